methods-title = Metodologi

methods-design-title = Rancangan dan besaran yang diestimasi
methods-design = Rancangan yang dipakai adalah selisih ganda (difference-in-differences) dengan waktu mulai yang bertahap. Besaran utamanya adalah efek rata-rata pada yang ikut menurut kohort dan periode, ATT(*g*, *t*) [@callaway2021]: perubahan hasil kohort *g* sejak periode terukur terakhir sebelum ikut, dikurangi perubahan pada kurun yang sama pada { $unit } { $control ->
    [never] yang tidak pernah ikut
   *[not_yet] yang tidak pernah atau belum ikut
    }. Yang dibandingkan dengan demikian selalu perubahan, bukan tingkat: perbedaan tetap antara { $unit } dan kejadian yang menimpa semuanya secara sama gugur dari perhitungan.
methods-summary = Ringkasannya menimbang setiap sel setelah mulai dengan besar kohortnya: setiap periode terukur sejak suatu kohort mulai dihitung menurut { $unit }-nya, yang masing-masing { $weights ->
    [declared] dihitung menurut bobot yang dinyatakan studi
   *[alike] dihitung sama
    }, sehingga yang lebih lama diukur lebih besar bobotnya. Yang dijawab ialah: "seberapa jauh hasil, pada rata-rata periode itu, berbeda daripada seandainya tidak ada program?" Besaran ini adalah efek dari keikutsertaan sebagaimana terlaksana, termasuk peserta yang jarang hadir; besaran ini tidak menyatakan apa pun tentang { $unit } yang tidak ikut. Selain ringkasan, dilaporkan efek menurut waktu sejak ikut (studi kejadian), menurut kohort, dan menurut periode.
methods-two-way = Regresi efek tetap dua arah hanya dilaporkan sebagai pembanding, karena dapat menyesatkan bila efek berbeda antarkohort atau bertumbuh: regresi itu memakai { $unit } yang sudah ikut sebagai pembanding bagi yang masuk kemudian [@goodmanbacon2021; @dechaisemartin2020].

methods-data-title = Data dan hasil
methods-rows = Setiap baris berkas mentah dipakai atau disisihkan dengan alasan: { NUM("rows_read", unit: "no") } baris dibaca, { NUM("rows_kept", unit: "no") } dipakai, dan { NUM("rows_set_aside", unit: "no") } disisihkan (@fig-flow dan @tbl-row-account). Nilai yang terbaca walaupun ditulis berbeda, misalnya ejaan, dicatat dan tidak pernah diperbaiki diam-diam.
methods-scores = Skor murid dibakukan dalam tahun × kelas × mata uji terhadap murid pada { $unit } yang tidak pernah ikut, sehingga perubahan skala ujian tidak menjadi efek. Satuan efek pada capaian adalah simpangan baku murid pembanding; pada indeks observasi kelas, simpangan baku { $unit } pembanding. Keduanya tidak untuk saling dibandingkan: rata-rata sekolah kurang beragam daripada murid.
methods-absent = Untuk { PERIOD($period) } tidak ada: { $which }.
methods-absent-one = { $files } ({ $reason })
methods-absent-and = { $said }, { $one }
methods-absent-more = { $said }; { $one }
methods-event-time = Waktu kejadian dihitung dalam periode terukur, sehingga tahun tanpa pengukuran bukan nol melainkan tidak ada.
methods-indicators = @tbl-indicators memuat indikator setiap tujuan program. Hanya indikator dengan rancangan selisih ganda yang memungkinkan pernyataan sebab; indikator yang diuraikan menunjukkan keadaan, bukan akibat program.

methods-assumptions-title = Asumsi identifikasi
methods-assumptions = Estimasi dapat dibaca sebagai efek program hanya bila asumsi berikut berlaku.
methods-parallel-trends = **Tren sejajar.** Tanpa program, hasil yang ikut akan berubah seperti hasil pembandingnya. Asumsi ini tidak dapat dibuktikan karena menyangkut hal yang tidak terjadi. Bila periodenya cukup, tren sebelum program diuji bersama, dan laporan ini menyebut berapa besar beda tren yang dapat ditemukan uji itu, karena uji yang tidak menemukan apa-apa bisa saja hanya lemah [@roth2022].
methods-anticipation = **Tanpa antisipasi.** Hasil tidak berubah sebelum masuk karena akan masuk. Bila periodenya cukup, @sec-robustness melonggarkan hal ini satu periode terukur.
methods-interference = **Tanpa saling pengaruh.** Apa yang terjadi pada satu { $unit } tidak mengubah hasil yang lain. Bila orang berpindah atau berbagi hal yang dipelajari, pembanding ikut memperoleh manfaat dan estimasi terlalu kecil.
methods-composition = **Susunan yang tetap.** Yang diamati sebelum dan sesudah adalah { $unit } yang sama dengan susunan yang sebanding. Banyaknya unit yang teramati pada setiap sel dimuat pada @sec-tables.

methods-threats-title = Ancaman terhadap simpulan
methods-selection = **Seleksi dan tingkat awal.** { $timing ->
    [random] Studi menyatakan bahwa waktu mulai tiap unit diundi; apakah kelompok setara sebelumnya tetap diperiksa.
   *[other] Tidak ada dalam data yang menyatakan bahwa keikutsertaan diundi.
    } Perbedaan tingkat sebelum program dinilai menurut kelas What Works Clearinghouse [@wwc2022]: sampai 0,05 simpangan baku memenuhi; di atasnya sampai 0,25 perlu penyesuaian; lebih dari itu tidak memenuhi, dan penyesuaian tidak memperbaikinya: beda sebesar itu membatasi simpulan, kecuali bila kovariat menjelaskannya, sehingga beda sebesar itu tidak tersisa, dan estimasi berkovariat sejalan.
methods-regression-to-mean = **Kembali ke rata-rata.** Bila yang didahulukan adalah yang baru saja mengalami { $unit-period } buruk, pemulihan alamiah menyerupai efek. Karena itu, bila ada beberapa periode sebelum masuk, trennya diperiksa, bukan hanya periode terakhir.
methods-concurrent = **Kejadian bersamaan.** Hal lain yang mulai pada waktu dan { $unit } yang sama (pegawai baru, aturan lain, program lain) tidak dapat dipisahkan dari program.

methods-uncertainty-title = Ketidakpastian dan daya uji
methods-standard-errors = Galat baku dikelompokkan menurut tingkat tempat keikutsertaan ditetapkan [@bertrand2004; @abadie2023]{ $by ->
    [unit] : di sini tiap { $unit }
    [cluster] : di sini { $cluster }
   *[other] { "" }
    }. Selang mencakup { SHARE($level) }. Pita simultan mencakup seluruh waktu kejadian sekaligus, sehingga efek terbesar boleh dicari padanya. Bila ada klaster di atas unit, efek utama diuji pula dengan bootstrap liar klaster terbatas [@cameron2008; @webb2023].
methods-detectable = Di samping setiap temuan tanpa efek disebut efek terkecil yang dapat terdeteksi, yakni efek sebenarnya yang akan ditemukan rancangan ini dengan peluang { SHARE($power) } [@bloom1995]. Bila angka itu melebihi efek terkecil yang berarti, ketiadaan bukti hanya menunjukkan lemahnya data.

methods-verdicts-title = Cara menyimpulkan
methods-verdicts = Kalimat yang menilai dipilih oleh aturan tertulis dari estimasi, selang, tren sebelum program, keseimbangan awal, dan pemeriksaan pada lampiran kekokohan (@sec-technical). Tidak ada angka hasil dalam laporan ini yang diketik dengan tangan: masing-masing berasal dari daftar angka hasil, dengan notebook dan sel yang membuatnya.
methods-security = Tingkat keyakinan bertingkat lima. Pada tingkat 5 tidak ada aturan yang membatasinya; pada tingkat 4 satu aturan menahannya pada bukti sedang, pada tingkat 3 beberapa; pada tingkat 2 satu aturan menahannya pada bukti lemah, pada tingkat 1 beberapa; pada tingkat 0 tidak ada yang dinyatakan tentang efeknya, atau data tidak dapat menjawab. Simpulan tanpa efek hanya dibatasi aturan tentang pembanding, bukan aturan yang menanyakan apakah suatu efek bertahan. Aturan yang paling membatasi tercantum di sampingnya (@tbl-verdict). Tanggal plasebo, bagian yang ditinggalkan, data hilang dan rembesan diperiksa pada hasil utama sejauh data memungkinkan; bila salah satunya tidak dapat diperiksa pada efek lain, satu aturan menyatakannya dan simpulan mencapai tingkat 4 paling tinggi.

methods-protection-title = Pelindungan data pribadi
methods-protection = Setelah pembersihan, orang hanya dikenal melalui pseudonim berkunci [@rfc2104; @uu27-2022]. Sel dengan kurang dari { $persons } orang atau { $units } { $unit } tidak ditampilkan, demikian pula sel lain yang dapat dipakai untuk menghitungnya.
methods-protection-cells = Dari { NUM("cells_counted", unit: "no") } sel yang menghitung orang atau unit, { NUM("cells_hidden", unit: "no") } dirahasiakan ({ NUM("cells_hidden_share") }): { $rules }.
methods-protection-threshold = { NUM("cells_hidden_threshold", unit: "no") } di bawah ambang
methods-protection-group = { NUM("cells_hidden_group", unit: "no") } akan mengungkap sesuatu tentang setiap anggota suatu kelompok
methods-protection-dominance = { NUM("cells_hidden_dominance", unit: "no") } merupakan jumlah yang didominasi satu sumbangan
methods-protection-complementary = { NUM("cells_hidden_complementary", unit: "no") } akan membuka sel lain
methods-protection-sign = Tanda \[c\] tercetak pada { NUM("cells_marked", unit: "no") } sel tabel: sel itu sendiri, di setiap tempat ia tercetak, dan bagian, rata-rata, atau jumlah yang bersandar padanya. Tanda pisah berarti tidak ada nilai.
methods-protection-none = Dari { NUM("cells_counted", unit: "no") } sel yang menghitung orang atau unit tidak satu pun perlu dirahasiakan. Tanda pisah berarti tidak ada nilai.
methods-protection-survey = Jawaban survei disimpan terpisah dari daftar undangan dan tanpa ciri rinci, sehingga tingkat respons dianalisis per kelompok dari daftar saja dan butir dari jawaban saja: tidak ada jawaban yang dapat dijelaskan oleh apa yang hanya ada pada daftar.

# Threats that a study adds.
methods-threats-list = { "" }
