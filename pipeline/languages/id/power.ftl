power-known-now = Sekarang
power-known-all-before = Sekarang, dari semua periode sebelum mulai
power-known-years = Ditambah { $n } periode
power-known-pupils = Ditambah { $n } periode, murid diukur dua kali lipat
power-known-enter = { $k } masuk, { $n } periode
power-known-lottery = { $k } masuk dengan undian, { $n } periode
tbl-power-variance = Varians hasil dan susunannya
    .notes = Bagian varians antar-{ $unit } pada satu periode: yang tetap, yang memudar dari periode ke periode, dan yang hanya satu periode. Korelasi dalam klaster: korelasi perubahan antar-{ $unit } dalam satu klaster.
    .pupils = Yang hanya satu periode memuat yang timbul karena sedikit murid diukur.
    .close = Galat baku menurut varians dekat dengan yang diestimasi.
    .apart = Galat baku menurut varians dan yang diestimasi berselisih seperempat atau lebih: satu varians yang dicocokkan pada semua tidak menggambarkan setiap kelompok. Tabel rancangan bertolak dari yang diestimasi; undian dan studi baru, yang belum punya estimasi, dari varians itu.
tbl-power =
    .notes = Efek terkecil terdeteksi: dengan daya { $target } persen, pada baris pertama sama dengan yang pada simpulan untuk satu hasil yang diuji sendiri. Daya: peluang menemukan efek { $effect }. Baris yang memperluas rancangan sekarang bertolak dari galat baku dan derajat bebasnya, lalu mengubahnya menurut varians yang dicocokkan.
    .entering = Yang masuk berasal dari pembanding, yang tetap memiliki sekurangnya dua { $unit }. Undian: efek pada yang terundi saja terhadap yang menunggu, dari varians yang dicocokkan, dengan derajat bebas sebanyak tarikan yang saling bebas dikurangi dua. Tanda pisah: satu saja tidak dapat diundi.
    .nobody = Pembanding terlalu sedikit ({ $unit }) untuk memberi satu pun: agar lebih banyak yang masuk diperlukan yang baru dari luar studi ini.
    .family = Di sini setiap hasil diuji sendiri; @tbl-verdict membagi taraf uji dengan { $family } hasil utama, sehingga efek terkecil terdeteksi di sana lebih besar.
fig-power = Efek terkecil terdeteksi menurut banyaknya unit yang masuk
    .alt = Garis untuk unit yang masuk seperti biasa dan dengan undian, masing-masing dengan satu dan dua periode pengamatan; garis mendatar pada efek terkecil yang berarti. Angkanya ada pada tabel daya.
power-standard-deviation-between-units = Simpangan baku antarunit
power-permanent = Tetap
power-fading = Memudar
power-one-period = Satu periode
power-from-few-pupils = Karena sedikit murid
power-correlation-between-periods = Korelasi antarperiode
power-correlation-clusters = Korelasi dalam klaster
power-standard-error-from-variance = Galat baku menurut varians
power-standard-error-estimated = Galat baku estimasi
power-minimum-detectable-effect = Efek terkecil terdeteksi
power-power = Daya
power-what-next-design-could-find = Apa yang dapat ditemukan rancangan berikut: { $outcome }
power-kind-enter = seperti biasa
power-kind-lottery = undian
power-units-that-enter = Unit yang masuk
power-smallest-interest = Efek terkecil yang berarti
power-enter-per = Masuk { $value0 }, { $years } per.

# -- robust
power-title = Daya uji, dan rancangan berikutnya
power-opening = Apa yang dapat ditemukan suatu rancangan mengikuti varians hasil antar-{ $unit } dan antar-{ $unit-period } (@tbl-power-variance). Dengan varians itu tabel-tabel di bawah memberi tahu perencana apa hasil tiap langkah berikutnya.
power-present-enough = **{ $outcome }.** Rancangan sekarang menemukan efek sebesar { NUM("power_mde", $o) } atau lebih dengan daya { NUM("power_target", $o) }. Efek sebesar { NUM("power_effect", $o) }, yakni yang terkecil yang berarti, ditemukan dengan peluang { NUM("power_now", $o) }: rancangan ini cukup besar untuk pertanyaannya.
power-present-short = **{ $outcome }.** Rancangan sekarang menemukan efek sebesar { NUM("power_mde", $o) } atau lebih dengan daya { NUM("power_target", $o) }. Efek sebesar { NUM("power_effect", $o) }, yakni yang terkecil yang berarti, ditemukan dengan peluang { NUM("power_now", $o) }, sehingga hasil nihil tidak akan menyelesaikan pertanyaan. Bila perubahan diukur dari semua { $unit-period } sebelum mulai alih-alih { $unit-period } terakhir saja, yang memerlukan tren sejajar selama itu, data yang sama menemukan { NUM("power_all_before", $o) }.
power-derived = Studi tidak menyatakan efek terkecil yang berarti; nilai ini diturunkan, seperti bagi simpulan.
power-longer = Mengamati { $unit } yang sama lebih lama sudah memadai ({ $unit-period } tambahan: { NUM("power_years", $o) }).
power-longer-not = Sepuluh { $unit-period } lagi dengan { $unit } yang sama pun tidak memadai, sebab derau pada { $unit-period } terakhir sebelum mulai, tempat semua perubahan diukur, tetap ada.
power-more-enter = Memasukkan { NUM("power_enter", $o) } dari pembanding pada { $unit-period } berikutnya sudah memadai.
power-more-enter-not = Memasukkan lebih banyak dari { NUM("power_never", $o) } pembanding pada { $unit-period } berikutnya tidak memadai: yang didapat satu kelompok hilang dari kelompok lain.
power-draw-lots = Undian yang memasukkan { NUM("power_lottery", $o) } di antaranya akan menemukannya pada yang terundi saja, tanpa asumsi tren sejajar.
power-draw-lots-not = Undian di antaranya tidak akan menemukannya dalam satu { $unit-period } pada yang terundi saja, tetapi tidak memerlukan asumsi tren sejajar.
power-nobody-enters = Pembanding ({ $unit }: { NUM("power_never", $o) }) tidak dapat memberi satu pun dan tetap menjadi pembanding: agar lebih banyak yang masuk diperlukan yang baru dari luar studi ini.
power-no-figure = Tidak ada gambar tentang hasil bila lebih banyak yang masuk, sebab tidak ada pembanding yang dapat memberi satu pun dari { $unit }-nya.
power-new-study = Studi baru yang mengundi separuh { $unit }, dengan dua { $unit-period } sebelum dan dua sesudah, memerlukan { NUM("power_fresh", $o) } { $unit }.

# -- technical
power-technical-title = Daya uji
power-technical-mde = **Efek terkecil terdeteksi.** { MATH("power-1") } dengan daya $\kappa$ [@bloom1995]. Galat baku dan derajat bebas rancangan sekarang ialah milik estimasi utama, sehingga efek terkecil terdeteksinya sama dengan yang pada simpulan. Rancangan yang memperluasnya memakai keduanya kali suatu faktor: bagi galat baku menurut varians yang dicocokkan, bagi derajat bebas menurut $(\sum_g V_g)^2 / \sum_g V_g^2/(n_g-1)$, dengan $V_g$ tambahan kohort $g$ atau pembanding pada varians; bila klaster utuh yang ditetapkan, derajat bebasnya tetap. Undian dan studi baru memakai varians yang dicocokkan dan derajat bebas sebanyak tarikan yang saling bebas dikurangi dua. *Dalam satu kalimat:* efek yang ditemukan rancangan sebesar ini dengan peluang tersebut.
power-technical-variance = **Varians.** Simpangan hasil unit dari rata-rata kohortnya pada periode itu berkovarians { MATH("power-2") }: tetap, memudar, satu periode. Ini dicocokkan pada kovarians teramati menurut jarak periode, semua komponen sekurangnya nol. Rata-rata efek kelompok-waktu linear dalam data: dengan $c_g$ bobot kohort $g$ atas periode ({ MATH("power-3") } sejak ikut, dikurangi jumlahnya pada periode terakhir sebelum mulai) dan $c_0 = \sum_g c_g$, $Var = \sum_g c_g'\Sigma c_g / n_g + c_0'\Sigma c_0/n_0$. Untuk satu kohort dan rata-rata $m$ periode sebelum dan $r$ sesudah, ini ialah rumus yang tahan korelasi serial { MATH("power-4") } [@burlig2020]. Bila klaster utuh yang ditetapkan, varians dikalikan $1 + (\bar n - 1)\rho_c$, dengan $\rho_c$ korelasi intrakelas perubahan.
power-technical-lottery = **Undian.** $\left(\frac{"{"}1{"}"}{"{"}n_1{"}"} + \frac{"{"}1{"}"}{"{"}n_0{"}"}\right)\left(V_{"{"}sesudah{"}"} - C^2/V_{"{"}sebelum{"}"}\right)$, regresi pada rata-rata sebelum mulai [@mckenzie2012].
power-technical-assumptions = **Asumsi.** Periode berikutnya beragam seperti yang teramati; efek sama besar pada semua sel; yang masuk kemudian beragam seperti yang sudah. Efek yang berbeda antarunit dalam satu kohort terhitung sebagai derau.
