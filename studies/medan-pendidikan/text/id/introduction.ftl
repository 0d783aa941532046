# original: e2090120
introduction-list = introduction-background-title introduction-background introduction-claims introduction-law-title introduction-law introduction-questions-title introduction-reach-step introduction-achievement-step introduction-teaching-step introduction-aims-step introduction-answers-step introduction-strength-step introduction-scope-title introduction-scope
# original: 96662345
introduction-background = Pemerintah Kota Medan menyelenggarakan program pengembangan karier aparatur sipil negara (ASN): pelatihan formal (lokakarya, seminar, kursus luar daerah) dan mentoring dari ASN senior kepada junior. Program itu dimaksudkan meningkatkan kompetensi melayani masyarakat, motivasi, dan komitmen, dan melaluinya profesionalisme serta mutu pelayanan publik. Pada studi kasus pendidikan dinyatakan bahwa guru yang dilatih memakai metode yang lebih inovatif, murid menjadi lebih tertarik dan aktif, dan capaian belajar naik di sekolah peserta.
introduction-claims = Pernyataan seperti itu lazim didasarkan pada perbandingan sebelum dan sesudah di sekolah peserta saja. Perbandingan demikian tidak dapat membedakan akibat program dari hal yang berubah di semua sekolah: kurikulum, ujian, dan pulihnya pembelajaran setelah pandemi. Laporan ini menguji pernyataan itu dengan membandingkan perubahan di sekolah peserta dan di sekolah yang tidak pernah ikut.
introduction-law-title = Dasar hukum
introduction-law = Pengembangan kompetensi ASN diatur dalam @uu20-2023 serta @pp11-2017 sebagaimana diubah dengan @pp17-2020, yang menetapkan sedikitnya 20 jam pelajaran (JP) setahun bagi setiap PNS. Pengukuran profesionalitas mengikuti @permenpanrb38-2018 dan @perbkn8-2019, dan kepuasan masyarakat @permenpanrb14-2017. Pembagian urusan pendidikan mengikuti @uu23-2014: kota mengurus SD dan SMP, provinsi SMA dan SMK. Pelindungan data pribadi mengikuti @uu27-2022.
introduction-reach-step = Siapa yang terjangkau pelatihan dan mentoring?
introduction-achievement-step = Seberapa besar efek program pada capaian literasi dan numerasi murid di sekolah peserta, dan bagaimana efek itu bertumbuh?
introduction-teaching-step = Apakah metode mengajar dan keaktifan murid berubah, sebagaimana diasumsikan teori perubahan?
introduction-aims-step = Apakah motivasi, profesionalisme, dan kepuasan masyarakat berubah, dan di mana rancangannya tidak mengizinkan pernyataan sebab?
introduction-answers-step = Siapa yang menjawab survei, siapa nonrespondennya, dan apa yang tidak berani dikatakan?
introduction-strength-step = Seberapa kuat bukti untuk setiap jawaban itu, dan tujuan mana yang belum dapat dinilai?
# original: a6b9b1f2
introduction-scope = Evaluasi mencakup { NUM("n_units", unit: "no") } SD dan SMP negeri pada { NUM("n_clusters", unit: "no") } kecamatan, tahun ajaran { PERIOD("first_period") } sampai { PERIOD("last_period") }. Sekolah swasta tidak dicakup karena guru ASN terutama bertugas di sekolah negeri; SMA dan SMK tidak dicakup karena bukan urusan kota. Tujuan di luar pendidikan dibaca dari IP ASN, survei pegawai tanpa nama, dan SKM; @tbl-aims menutupnya tujuan demi tujuan.

# -- the programme
# original: 9e707df1
background-opening-list = background-parts-title background-parts
# original: e91c268e
background-theory-list = background-links
# original: 23291a35
background-closing-list = background-size-title background-size
# original: 1a73fe54
background-title = Program dan Teori Perubahan
background-parts-title = Program
background-parts = Program terdiri atas dua bagian. Dalam pelatihan formal (lokakarya, seminar, kursus luar daerah) ASN memperoleh pengetahuan dan metode; dalam mentoring seorang senior mendampingi junior dalam pekerjaan. Keikutsertaan ditetapkan per sekolah dan per tahun ajaran dengan surat keputusan; guru ASN di sekolah peserta mengikuti kegiatan yang tercatat dalam register pelatihan dengan jenis, tanggal, dan jam pelajarannya.
# original: 1c342b06
background-participation = Sekolah masuk dalam kohort, dan sekolah yang lemah didahulukan. Dari { NUM("n_units", unit: "no") } sekolah dalam panel, { NUM("n_treated", unit: "no") } ({ NUM("share_treated") }) ikut dan { NUM("n_never", unit: "no") } tidak pernah ikut sampai edisi ini. @tbl-cohorts memuat jumlahnya menurut tahun ajaran mulai ikut.
# original: 857668fc
background-theory = @fig-theory menunjukkan apa yang hendak digerakkan program dan melalui jalan mana. Pelatihan dan mentoring diharapkan menambah kompetensi dan motivasi; keduanya diharapkan mengubah cara bekerja (profesionalisme, metode mengajar), dan perubahan itu diharapkan tampak pada mutu pelayanan serta pada keaktifan dan capaian murid. Menurut tingkat Kirkpatrick [@kirkpatrick2006], rantainya berjalan dari pembelajaran ke perilaku dan hasil.
background-links = Setiap mata rantai diukur dengan indikatornya sendiri dan dinilai terpisah (@tbl-indicators). Bila ada tujuan yang belum memiliki indikator, tujuan itu digambar dengan garis putus, dan tentang tujuan itu tidak ada yang dinyatakan.
background-size-title = Besar efek yang wajar
background-size = Sebagai ukuran kewajaran, telaah atas banyak studi di negara berpendapatan rendah dan menengah menemukan efek tengah sekitar sepersepuluh simpangan baku pada hasil belajar [@evansyuan2022; @mcewan2015]; pendampingan di kelas cenderung lebih besar daripada pelatihan terpusat [@cilliers2020]. Estimasi yang beberapa kali lebih besar patut diragukan lebih dahulu. Efek pada perilaku di kelas biasanya lebih besar daripada efek pada capaian, karena lebih dekat dengan pelatihannya.
