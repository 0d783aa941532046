sensitivity-target-average = Rata-rata
sensitivity-target-first = Periode pertama
sensitivity-kind-cluster = Wilayah
sensitivity-placebo-date = Mulai digeser lebih awal (periode)
sensitivity-placebo-outcome = Bukan sasaran program
sensitivity-placebo-spillover = Rembesan
sensitivity-name-exposed = Tidak pernah ikut, banyak tetangga ikut
sensitivity-name-low-exposure = Efek utama, pembanding dengan sedikit tetangga
sensitivity-name-share-pns = Bagian pegawai PNS
sensitivity-pupils-tested = Murid yang diuji: { $outcome }
tbl-sensitivity-breakdown = Berapa besar pelanggaran tren sejajar yang menggugurkan hasil
    .notes = Relatif: perubahan tren setelah mulai paling banyak M kali perubahan terbesar sebelumnya; tanda pisah: lebih dari { $largest }. Kelengkungan: perubahan kemiringan antarperiode, dalam satuan hasil; tanda pisah: lebih dari estimasinya sendiri.
fig-sensitivity-breakdown = Selang efek rata-rata bila tren tidak sejajar
    .alt = Selang yang melebar dengan besar pelanggaran yang dibolehkan; angkanya ada pada tabel batas runtuh.
tbl-sensitivity-pretest = Apa yang diloloskan uji tren
    .notes = Beda tren per periode, terukur atau tidak, dan uji beserta tarafnya seperti pada @tbl-pretrends: pada peluang yang sama bedanya sama.
tbl-sensitivity-leave-out = Efek tanpa satu bagian data
    .notes = Pada unit efek utama; kohort yang tidak masuk karena unitnya terlalu sedikit tetap tidak masuk bila satu periode ditinggalkan.
tbl-sensitivity-stability = Kemantapan koefisien terhadap kovariat
    .notes = Regresi perubahan tiap unit pada keikutsertaan. Nilai negatif: kovariat menggerakkan koefisien menjauhi nol.
tbl-sensitivity-placebo = Plasebo dan rembesan
    .notes = Waktu mulai yang digeser: pada unit efek utama, tanpa kohort yang tidak punya periode sebelum waktu mulai yang digeser. Rembesan: pada unit efek utama atau, bila disebut, sebagian di antaranya. Lainnya: pada unit yang menjadi dasar efek atasnya.
sensitivity-lower-bound-m-1 = Batas bawah, M = 1
sensitivity-upper-bound-m-1 = Batas atas, M = 1
sensitivity-breakdown-relative = Batas runtuh, relatif
sensitivity-breakdown-smoothness = Batas runtuh, kelengkungan
sensitivity-found-test = Peluang ditemukan uji
sensitivity-difference-trend-period = Beda tren per periode
sensitivity-bias-where-test-passes = Bias bila lolos uji
sensitivity-left-out = Yang ditinggalkan
sensitivity-times = Kali
sensitivity-without = tanpa
fig-sensitivity-areas = Efek tanpa satu wilayah
    .alt = Titik dan selang saat tiap wilayah ditinggalkan; ringkasannya pada tabel.
sensitivity-highest-r2 = R² paling tinggi
sensitivity-relative-selection-that-removes-effect = Seleksi relatif yang menghapus efek
sensitivity-check = Uji
sensitivity-what = Apa
sensitivity-relative-violation-m = Pelanggaran relatif (M)
sensitivity-one-area-left-out = Satu wilayah ditinggalkan

# -- robust
sensitivity-title = Kepekaan
sensitivity-opening = Tren sejajar tidak dapat diuji setelah program mulai. Pertanyaannya ialah seberapa besar penyimpangan yang menggugurkan hasil [@rambachanroth2023].
sensitivity-outcome = { $outcome }:
sensitivity-nothing-to-overturn = selang memuat nol walaupun tren sejajar; tidak ada simpulan yang dapat gugur.
sensitivity-beyond-grid = simpulan bertahan sekalipun perubahan tren setelah mulai lima kali perubahan terbesar sebelumnya.
sensitivity-holds = simpulan bertahan selama perubahan tren setelah mulai paling banyak { NUM("sensitivity_mbar", $o) } kali perubahan terbesar sebelumnya.
sensitivity-holds-below-seen = simpulan bertahan selama perubahan tren setelah mulai paling banyak { NUM("sensitivity_mbar", $o) } kali perubahan terbesar sebelumnya; pelanggaran yang tidak lebih besar daripada yang sudah terlihat akan menggugurkannya.
sensitivity-event-time = Waktu kejadian dihitung dalam periode terukur: melintasi tahun tanpa pengukuran, satu perubahan mencakup dua tahun.
sensitivity-pretest = @tbl-sensitivity-pretest menunjukkan apa yang diloloskan uji tren sebelum mulai: bias yang ditinggalkan beda tren linear, dan berapa yang tersisa pada sampel yang ujinya tidak menemukan apa-apa [@roth2022].
sensitivity-one-by-one = Ditinggalkan satu demi satu, tidak boleh ada kohort, wilayah, atau periode yang menopang hasil sendirian:
sensitivity-left-out-outcome = { $outcome }: efek terbentang dari { NUM("sensitivity_least", $o, unit: "no") } sampai { NUM("sensitivity_most", $o) }.
sensitivity-placebo = Di tempat yang tidak mungkin ada efek, seharusnya tidak ditemukan efek.
sensitivity-placebo-dates = Dari { NUM("sensitivity_placebos") } waktu mulai yang digeser ke sebelum yang sebenarnya, { NUM("sensitivity_placebos_beyond") } akan tampak sebagai efek.
sensitivity-neighbours = Baris *rembesan* pada @tbl-sensitivity-placebo menanyakan apakah unit yang tidak pernah ikut berubah di tempat banyak tetangganya ikut, dan berapa efeknya terhadap yang bertetangga sedikit.
sensitivity-stability = Kovariat hanya mewakili apa yang diukurnya. @tbl-sensitivity-stability menanyakan seberapa lebih kuat daripada seleksi menurut kovariat, seleksi menurut hal yang tidak teramati harus ada agar efeknya hapus [@oster2019]; nilai satu berarti sama kuat.
sensitivity-covariates = Kovariat studi ini ({ $names }) diukur pada pengamatan pertama tiap { $unit }.
sensitivity-covariates-same = Pada { $unit } dalam regresi itu tidak ada beda pada kovariat berikut, sehingga kovariat itu tidak mengubah apa pun: { $names }.
sensitivity-covariates-uses = Estimasi berkovariat pada @sec-tables membandingkan setiap kohort dengan pembanding yang berkovariat serupa, sel demi sel; estimasi itu ATT seperti estimasi utama. Regresi pada @tbl-sensitivity-stability lain: satu perubahan tiap { $unit }, dari rata-rata sebelum kohort pertama mulai ke periode terakhir. Koefisiennya bukan ATT dan tidak untuk disandingkan dengan @sec-tables; yang dibaca hanyalah seberapa jauh koefisien itu bergerak ketika kovariat masuk.

# -- technical
sensitivity-technical-trends = **Kepekaan terhadap tren.** Misalkan $\Delta_s$ perubahan sebelum mulai dan $\bar k$ rata-rata banyaknya periode dari dasar ke efek. Bila tidak ada perubahan tren setelah mulai yang melebihi $M \max_s |\Delta_s|$, efek terletak dalam $\hat\theta \pm M \bar k \max_s|\Delta_s|$; selangnya adalah gabungan, untuk semua $s$, dari selang kedua ujung dengan kovarians bersama [@rambachanroth2023, lema 2.2]. Pada batasan kelengkungan, kemiringan berubah paling banyak $M$ antarperiode, dan selangnya adalah selang panjang-tetap mereka. Batas runtuh adalah $M$ terkecil yang membuat nol termuat.
sensitivity-technical-pretest = **Bias setelah uji tren.** Dengan beda pra dan efek bersebaran normal bersama di sekitar tren linear berkemiringan $\delta$: $E[\hat\theta - \theta \mid \text{"{"}uji lolos{"}"}]$ dengan simulasi [@roth2022].
sensitivity-technical-spillover = **Rembesan.** Keterpaparan adalah bagian unit yang ikut di antara unit lain di wilayahnya; yang dijawab ialah apakah pembanding berubah di tempat yang paling mungkin memperoleh manfaat dari tetangganya.
sensitivity-technical-stability = **Kemantapan koefisien.** Dalam regresi perubahan tiap unit pada keikutsertaan, $\beta$ dan $R^2$ bergerak ketika kovariat masuk. Seleksi relatif $\delta$ yang menghapus efek mengikuti proposisi 3 dari @oster2019, dengan $R^2$ paling tinggi 1,3 kali nilainya dengan kovariat.
