# -- data
annexes-data-title = Pertanggungjawaban Data
annexes-data = Setiap baris tercatat sebagai dipakai atau disisihkan, menurut berkas dan aturan. Pembetulan cara baca (misalnya ejaan nama tempat) dicatat dan tidak mengubah isi berkas.

# -- tables
annexes-tables-title = Tabel Lengkap

# -- robustness
annexes-robustness-title = Kekokohan Hasil
annexes-robustness = Lampiran ini menunjukkan seberapa jauh hasil pada @sec-results bergantung pada pilihan yang mungkin diambil berbeda oleh analis lain.

# -- technical notes
annexes-technical-title = Catatan Teknis
annexes-group-time = **Efek kohort-periode.** Dengan $Y_t$ hasil, $C$ pembanding, dan $b$ periode terukur terakhir sebelum $g$:
    { MATH("att-gt") }
    Artinya: berapa lebih banyak kohort itu berubah daripada pembandingnya. Estimasi dengan kovariat memakai estimator tahan-ganda [@callaway2021; @santannazhao2020].
annexes-aggregates = **Ringkasan.** Rata-rata $ATT(g,t)$ untuk $t \ge g$, ditimbang dengan besar kohort, sehingga setiap periode terukur suatu kohort sejak mulai dihitung menurut jumlah unitnya, siapa pun yang tidak terukur saat itu; di sampingnya rata-rata atas kohort, menurut besarnya, dari rata-rata kohort itu sendiri, yang menghitung setiap unit satu kali. Besar kohort adalah jumlah unitnya yang diukur pada periode dasarnya dan pada suatu periode sejak mulai (atau jumlah bobotnya, bila studi menyatakan bobot): unit lain tidak mengatakan apa pun tentang efek. Selang, pita, dan uji memakai besar kohort sebagaimana adanya, karena laporan berbicara tentang unit studi ini; kolom galat baku menganggapnya ikut terambil bersama unit, sebagaimana tabel terbitan, sehingga dapat lebih besar bila efek berbeda antarkohort. Menurut waktu kejadian $e$: rata-rata $ATT(g, g+e)$ atas kohort. Nilai kritis pita simultan ditarik dari sebaran *t* bersama estimasi (seed { $seed }) [@montielolea2019].
annexes-growth = **Pertumbuhan dan perbedaan kohort.** Pertumbuhan adalah $ATT(g,T) - ATT(g,g)$ pada kohort terawal $g$, dengan $T$ periode terakhir: unit yang sama berdiri di belakang kedua sel. Kesamaan kohort diuji dengan uji Wald (khi-kuadrat) atas rata-rata selnya. Keduanya memakai kovarians bersama, sebab beda dua estimasi tidak dapat dibaca dari dua selang [@gelmanstern2006].
annexes-two-way = **Regresi dua arah.** { MATH("two-way") }; $\beta$ adalah rata-rata tertimbang perbandingan dua-kali-dua [@goodmanbacon2021], sebagian dengan pembanding yang sudah ikut.
annexes-pretrend = **Uji tren sebelum program.** Uji F bahwa beda sebelum program nol, kecuali beda yang bersandar pada tiga peserta (unit, atau klaster bila klaster menjadi tarikan) atau kurang bila ada yang lain: statistik Wald dengan matriks kovarians penuh dibagi banyaknya, dinilai menurut F karena matriks itu diestimasi (Hotelling). Bila derajat bebasnya kurang dari lima per beda, yang diuji ialah jumlah beda yang berdampingan, sehingga penyimpangan yang saling meniadakan di dalam satu blok tidak terlihat; beda yang diketahui pasti dan bukan nol menolak. Tren yang terdeteksi adalah tren linear yang ditemukan uji itu dengan peluang { SHARE($power) } [@roth2022].
annexes-wild = **Bootstrap liar klaster**, bila ada klaster di atas unit. Di bawah hipotesis nol, hasil baru adalah efek unit dan periode ditambah galat seluruh klaster dengan tanda dan besar acak; estimator utama dijalankan pada masing-masing. Nilai p dan selang efek utama dari { FMT($draws) } penarikan dengan bobot Webb [@cameron2008; @webb2023].
annexes-std-diff = **Beda baku.** Beda rata-rata dibagi simpangan baku gabungan dengan koreksi sampel kecil [@hedges1981].
annexes-verdict = **Aturan simpulan.** Menurut urutan ini: tidak dapat dinilai bila tidak ada estimasi dengan selangnya, bila di salah satu pihak hanya ada satu unit (atau klaster), atau bila derajat bebasnya terlalu sedikit. Rancangan tidak dapat dipercaya bila ketiganya berlaku: uji tren menolak, menurut aturan Holm atas hasil-hasil utama; penyimpangannya berarti; dan efek tidak bertahan, yakni selangnya memuat nol sebagaimana adanya atau setelah dikurangi tren linear, atau efek tidak dikukuhkan dari dasar satu periode lebih awal; bila di salah satu pihak, atau sebelum mulai, hanya ada tiga unit (atau klaster) atau kurang, simpulannya tidak dapat dinilai, begitu pula bila tren tidak terlihat, sebab naik-turunnya sendiri akan tampak sama. Tidak ada bukti bila selang memuat nol, bila penilaian bersama hasil-hasil utama tidak mengukuhkannya (Holm), atau bila tandanya berbalik dari dasar satu periode lebih awal. Selebihnya kuat, atau perubahan ke arah yang tidak dikehendaki bila selang seluruhnya di sisi itu, kecuali ada alasan yang membatasi pada sedang atau lemah. @tbl-caps memuat semua alasan yang dapat membatasi; tabel simpulan menyebut yang berlaku. Simpulan gabungan hasil utama ialah tingkat yang dicapai lebih dari separuhnya; hasil yang rancangannya tidak dapat dipercaya atau tidak dapat dinilai terhitung tidak mencapainya. Perburukan satu hasil menjadi simpulan gabungan, begitu pula perburukan lemah bila tidak ada yang membaik; bila tentang sebagian besar hasil tidak dapat dikatakan apa pun, itulah simpulannya; dan bila sebagian membaik tetapi sebagian besar tidak, simpulannya campuran.
tbl-caps = Semua alasan yang membatasi simpulan, dan batasnya
    .notes = Batas terendah yang menentukan.{ $settings ->
    [yes] { " " }Angka aturan (verdict.…): @tbl-check-settings.
   *[no] { "" }
    }
annexes-criteria = **Aturan kriteria OECD.** Relevansi terpenuhi sebagian bila pada setiap hasil utama yang ikut berada lebih dari 0,05 simpangan baku di bawah pembandingnya sebelum program. Efektivitas terpenuhi bila setiap hasil bersimpulan kuat atau sedang dan tidak ada tujuan yang belum diukur, terpenuhi sebagian bila sedikitnya satu, dan tidak terpenuhi bila ada yang memburuk. Dampak mengikuti simpulan gabungan hasil utama. Keberlanjutan terpenuhi sebagian bila efek pada periode terakhir setiap hasil utama yang bersimpulan kuat atau sedang masih tidak memuat nol: terakhir menurut lama sejak mulai, yang hanya dicapai kohort terawal bila mulainya bertahap.
annexes-software = Perangkat: regresi dengan statsmodels [@seabold2010], tabel dengan pandas [@mckinney2010], pelaksanaan notebook dengan papermill [@papermill].

# -- record of the run
annexes-record-title = Catatan Pembuatan
annexes-record = Studi `{ $study }`, edisi { $edition }, seed { $seed }. Notebook yang dijalankan tersimpan di samping laporan ini; nilai hash (SHA-256) setiap masukan adalah sebagai berikut.
annexes-record-raw = setiap berkas mentah, dengan nilai hashnya di `manifest.json`
annexes-manifest = Nilai hash kode, versi perangkat, dan nilai hash setiap berkas laporan ada pada `manifest.json`.

# -- references
annexes-references-title = Daftar Pustaka

# -- reporting standards
annexes-standards-title = Standar Pelaporan
annexes-standards = Hal yang diminta standar pelaporan bagi studi tanpa pengundian dan bagi studi dari data administrasi, dan letak jawabannya dalam laporan ini [@desjarlais2004; @wwc2022; @vonelm2007; @benchimol2015]. Butir yang tidak terjawab disebut apa adanya.
annexes-standard = Standar
annexes-item = Butir
annexes-where = Letak
tbl-standards = Standar pelaporan dan letak jawabannya
    .notes = Nomor butir menurut terbitan standarnya masing-masing.
standards-trend-1 = Rancangan disebut dalam ringkasan
    .standard = TREND 1
    .where = @sec-summary
standards-trend-2 = Latar belakang dan teori
    .standard = TREND 2
    .where = @sec-introduction, @sec-programme
standards-trend-3 = Unit, kelayakan, lingkungan
    .standard = TREND 3
    .where = @sec-introduction, @sec-data
standards-trend-4 = Intervensi: isi, dosis, kurun waktu
    .standard = TREND 4
    .where = @sec-programme, @sec-results
standards-trend-5 = Tujuan
    .standard = TREND 5
    .where = @sec-introduction
standards-trend-6 = Hasil dan cara mengukurnya
    .standard = TREND 6
    .where = @sec-methods
standards-trend-7 = Efek terkecil yang dapat terdeteksi
    .standard = TREND 7
    .where = @sec-results, @sec-technical
standards-trend-8 = Cara unit menjadi peserta
    .standard = TREND 8
    .where = @sec-programme, @sec-methods
standards-trend-9 = Pembutaan penilai hasil
    .standard = TREND 9
    .where = tidak diketahui
standards-trend-10 = Unit analisis dan unit penetapan
    .standard = TREND 10
    .where = @sec-methods
standards-trend-11 = Metode statistik
    .standard = TREND 11
    .where = @sec-methods, @sec-technical
standards-trend-12 = Alur unit dan baris
    .standard = TREND 12
    .where = @sec-methods, @sec-data
standards-trend-14-15 = Keadaan awal dan kesetaraannya
    .standard = TREND 14–15
    .where = @sec-results
standards-trend-16-17 = Jumlah yang dianalisis, efek dengan selang
    .standard = TREND 16–17
    .where = @sec-results, @sec-tables
standards-trend-18 = Analisis tambahan
    .standard = TREND 18
    .where = @sec-robustness
standards-trend-20-22 = Tafsiran, keberlakuan, bukti lain
    .standard = TREND 20–22
    .where = @sec-discussion, @sec-programme
standards-strobe-1-4 = Rancangan disebut di awal
    .standard = STROBE 1, 4
    .where = @sec-summary, @sec-methods
standards-strobe-8 = Sumber data tiap peubah
    .standard = STROBE 8
    .where = @sec-methods, @sec-data
standards-strobe-9 = Usaha mengatasi bias
    .standard = STROBE 9
    .where = @sec-methods, @sec-robustness
standards-strobe-10 = Besar sampel
    .standard = STROBE 10
    .where = @sec-methods, @sec-robustness
standards-strobe-19 = Keterbatasan
    .standard = STROBE 19
    .where = @sec-discussion
standards-strobe-22 = Pendanaan
    .standard = STROBE 22
    .where = tidak disebut
standards-record-12 = Pembersihan dan penautan berkas
    .standard = RECORD 12
    .where = @sec-methods, @sec-data
standards-record-22 = Akses ke kode dan data mentah
    .standard = RECORD 22
    .where = @sec-record
standards-wwc-baseline = Beda awal pada sampel analisis
    .standard = WWC
    .where = @sec-results
standards-wwc-clusters = Klaster dalam galat baku
    .standard = WWC
    .where = @sec-methods
standards-wwc-attrition = Perubahan unit yang teramati
    .standard = WWC
    .where = @sec-tables, besar sampel tiap sel
standards-open-science = Rencana, masukan, kode, dan hash-nya
    .standard = Sains terbuka
    .where = @sec-robustness, @sec-record
