professionalism-label-qualification = Kualifikasi (0-25)
professionalism-label-competence = Kompetensi (0-40)
professionalism-label-performance = Kinerja (0-30)
professionalism-label-discipline = Disiplin (0-5)
professionalism-label-index = IP ASN (0-100)
professionalism-label-index-rest = IP ASN tanpa kompetensi (0-60)
professionalism-arm-labels-training = Lokakarya atau seminar pertama
professionalism-arm-labels-mentoring = Mentoring pertama
professionalism-arm-labels-course = Kursus luar daerah pertama
professionalism-captions-tbl-ip-asn-effects = Efek keikutsertaan pertama pada IP ASN pegawai
professionalism-captions-tbl-ip-asn-dimensions = Efek keikutsertaan pertama pada dimensi IP ASN
professionalism-bands-very-high = Sangat tinggi
professionalism-bands-moderate = Sedang
professionalism-bands-very-low = Sangat rendah
tbl-ip-asn = IP ASN menurut dimensi
    .notes = Rata-rata pegawai yang keempat dimensinya dinilai. Cakupan: bagian dari daftar pegawai tahun itu.
tbl-ip-asn-bands = Kategori IP ASN
    .notes = Kategori menurut { $basis }; nilai di antara dua kategori masuk yang lebih tinggi bila di atas 60, 70, 80 atau 90.
fig-ip-asn = IP ASN menurut dimensi dan tahun
    .alt = Batang bertumpuk: rata-rata keempat dimensi tiap tahun.
professionalism-points-index-comparison-persons-never-on = Dalam poin indeks; pembanding: sekitar { $never } pegawai yang tidak pernah tercatat mengikuti kegiatan. Galat baku menurut unit kerja. Pegawai masuk pada jenis kegiatan yang pertama diikutinya, atau pada beberapa bila mulai bersamaan.
professionalism-by-rule = Nilai yang memuat dimensi kompetensi tidak dinilai: dimensi itu menghitung jam pelatihan, sehingga pelatihan menaikkannya menurut aturan penilaian.
professionalism-coverage = Cakupan (%)
professionalism-points = IP ASN (poin)
professionalism-band-share = { $band } (%)

# -- results
professionalism-title = Profesionalisme: IP ASN
professionalism-mean = Pada tahun terakhir IP ASN rata-rata { NUM("ip_asn_mean") } dari 100 ({ N("ip_asn_mean") } pegawai), dan { NUM("ip_asn_rest_mean") } dari 60 tanpa dimensi kompetensi. Sejak tahun pertama nilai itu berubah { NUM("ip_asn_change", signed: "yes") } poin, dan { NUM("ip_asn_change_competence", signed: "yes") } di antaranya berasal dari dimensi kompetensi. Dimensi itu sendiri menghitung jam pelatihan: pegawai yang dilatih memperoleh nilainya karena aturan penilaian, bukan karena bekerja lebih baik. Karena itu nilai tanpa kompetensi yang menjadi ukuran di sini.
professionalism-mean-coverage = Pada tahun terakhir IP ASN rata-rata { NUM("ip_asn_mean") } dari 100 ({ N("ip_asn_mean") } pegawai; cakupan { NUM("ip_asn_coverage") }), dan { NUM("ip_asn_rest_mean") } dari 60 tanpa dimensi kompetensi. Sejak tahun pertama nilai itu berubah { NUM("ip_asn_change", signed: "yes") } poin, dan { NUM("ip_asn_change_competence", signed: "yes") } di antaranya berasal dari dimensi kompetensi. Dimensi itu sendiri menghitung jam pelatihan: pegawai yang dilatih memperoleh nilainya karena aturan penilaian, bukan karena bekerja lebih baik. Karena itu nilai tanpa kompetensi yang menjadi ukuran di sini.
professionalism-effects = @tbl-ip-asn-effects memuat efek keikutsertaan pertama dengan selisih ganda pada pegawai.
professionalism-effects-dimensions = @tbl-ip-asn-effects memuat efek keikutsertaan pertama dengan selisih ganda pada pegawai, dan @tbl-ip-asn-dimensions efek pada tiap dimensi.
professionalism-arm = Yang mulai dengan { $label }:
professionalism-rise = nilai tanpa kompetensi naik { NUM($effect) } poin ({ CI($effect) }; { VERDICT_OF($effect, "verdict") }).
professionalism-rise-index = nilai tanpa kompetensi naik { NUM($effect) } poin ({ CI($effect) }; { VERDICT_OF($effect, "verdict") }); nilai keseluruhan berbeda { NUM("ip_asn_index", $arm) } poin, sebagian besar menurut aturan penilaian.
professionalism-unwanted = nilai tanpa kompetensi turun: { NUM($effect) } poin ({ CI($effect) }).
professionalism-unwanted-index = nilai tanpa kompetensi turun: { NUM($effect) } poin ({ CI($effect) }); nilai keseluruhan berbeda { NUM("ip_asn_index", $arm) } poin, sebagian besar menurut aturan penilaian.
professionalism-not-credible = rancangan tidak dapat dipercaya, sehingga efek tidak dinyatakan.
professionalism-not-credible-index = rancangan tidak dapat dipercaya, sehingga efek tidak dinyatakan; nilai keseluruhan berbeda { NUM("ip_asn_index", $arm) } poin, sebagian besar menurut aturan penilaian.
professionalism-none = { VERDICT_OF($effect, "verdict") } pada nilai tanpa kompetensi: { NUM($effect) } poin ({ CI($effect) }; terkecil terdeteksi { NUM($effect, "mde") }).
professionalism-none-index = { VERDICT_OF($effect, "verdict") } pada nilai tanpa kompetensi: { NUM($effect) } poin ({ CI($effect) }; terkecil terdeteksi { NUM($effect, "mde") }); nilai keseluruhan berbeda { NUM("ip_asn_index", $arm) } poin, sebagian besar menurut aturan penilaian.
professionalism-not-assessable = efek tidak dapat dinilai, sehingga efek tidak dinyatakan.
professionalism-not-assessable-index = efek tidak dapat dinilai, sehingga efek tidak dinyatakan; nilai keseluruhan berbeda { NUM("ip_asn_index", $arm) } poin, sebagian besar menurut aturan penilaian.
professionalism-not-drawn = Tidak ada dalam data yang menyatakan bahwa yang berangkat lebih dahulu diundi. Selisih ganda mengeluarkan perbedaan tetap antarpegawai, tetapi bukan alasan yang membuat seseorang dikirim tepat ketika kinerjanya mulai naik. Sekitar { NUM("ip_asn_left_out", unit: "no") } pegawai yang sudah ikut pada tahun pertama tidak dapat dinilai.
professionalism-began-training = lokakarya atau seminar
professionalism-began-mentoring = mentoring
professionalism-began-course = kursus luar daerah

# -- tables
professionalism-tables-title = Dimensi IP ASN

# -- technical
professionalism-technical = **IP ASN.** Jumlah empat dimensi: kualifikasi (25), kompetensi (40), kinerja (30), disiplin (5) [@permenpanrb38-2018; @perbkn8-2019]. Tanpa kompetensi: jumlah tiga yang lain (paling banyak 60). *Yang diestimasi dalam satu kalimat:* rata-rata perubahan nilai pegawai sejak pertama kali ikut suatu kegiatan, dibandingkan dengan seandainya tidak pernah ikut. Unitnya pegawai, kohortnya tahun keikutsertaan pertama, pembandingnya pegawai yang tidak pernah tercatat ikut; galat baku dikelompokkan menurut unit kerja.
