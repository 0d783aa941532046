# -- tables
tbl-shape = Yang dikatakan nilai hasil tentang skalanya
tbl-shape-poisson = Cacahan: efek menurut tren sejajar dalam poin dan dalam persen
    .notes = Regresi Poisson memuat kohort, periode, dan satu koefisien bagi tiap kohort per periode dalam perlakuan; galat baku per unit atau klaster. Efeknya dalam persen adalah pada rata-rata peserta, dari nilai yang akan terjadi tanpa program. Hanya rata-rata yang perlu sesuai dengan regresi: tidak ada yang harus bersebaran Poisson, dan nol sama baiknya dengan nilai lain.
shape-row-main = Estimasi utama (tren sejajar dalam poin)
shape-row-poisson = Regresi Poisson (tren sejajar dalam persen)
shape-row-poisson-percent = Sama, dalam persen
tbl-shape-ratio = Rasio: efek pada rata-rata rasio dan pada rasio jumlah
    .notes = Pada baris kedua tiap unit dihitung menurut penyebutnya pada periode pertamanya, sehingga program yang menggerakkan penyebut tidak menggerakkan bobot.
shape-row-ratios = Rata-rata rasio (estimasi utama)
shape-row-totals = Rasio jumlah (unit menurut penyebutnya)

# -- robust
shape-title = Skala hasil
shape-opening = Selisih ganda membandingkan perubahan dalam poin. Bila suatu hasil tidak dapat turun di bawah, atau naik di atas, ujung skalanya, perubahan yang sama dalam poin bukanlah yang patut diharapkan dari kelompok yang berbeda titik awal [@rothsantanna2023]; dan pada rasio perlu jelas rata-rata siapa yang dimaksud. Hasil berikut memerlukan catatan seperti itu.
shape-count = **{ $outcome }** adalah cacahan: bilangan bulat mulai nol dengan rata-rata kecil ({ NUM("shape_count", $o) } baris bernilai nol).
shape-binary = **{ $outcome }** bernilai dua; efek adalah pada bagian yang bernilai lebih tinggi, yang tidak dapat keluar dari 0 sampai 1.
shape-floor = Dari baris **{ $outcome }**, { NUM("shape_floor", $o) } bernilai paling rendah yang teramati. Penurunan di bawahnya tidak terlihat, sehingga perubahan unit pada batas bawah terukur terlalu kecil: bias dapat ke kedua arah, menurut kelompok mana yang berada di sana.
shape-ceiling = Dari baris **{ $outcome }**, { NUM("shape_ceiling", $o) } bernilai paling tinggi yang teramati. Kenaikan di atasnya tidak terlihat, sehingga perubahan unit pada batas atas terukur terlalu kecil: bias dapat ke kedua arah, menurut kelompok mana yang berada di sana.
shape-log-of-zeros = **{ $outcome }** tampak sebagai logaritma satu ditambah cacahan, dengan nol pada { NUM("shape_log_of_zeros", $o) } baris. Bila program mengubah bagian nol, besar efek padanya bergantung tanpa batas pada satuan cacahan [@chenroth2024]; itu bukan perubahan dalam persen, dan tandanya hanya boleh dibaca bila bagian nol dan cacahan di atas nol bergerak searah. Berikan cacahan itu sendiri sebagai hasil: laporan lalu menyebut efeknya dalam poin dan dalam persen.
shape-poisson = Menurut tren sejajar dalam persen, bukan poin, efeknya { NUM("shape_poisson", $o, signed: "yes") } ({ CI("shape_poisson", $o) }), atau { NUM("shape_poisson_percent", $o, signed: "yes") } dari nilai yang akan terjadi ({ CI("shape_poisson_percent", $o) }; { P("shape_poisson_percent", $o) }) [@wooldridge2023].
shape-poisson-missing = Regresi Poisson tidak dapat disandingkan: regresi itu memerlukan unit yang berbobot sama dan, dalam tiap kohort dan periode, nilai di atas nol tanpa program.
shape-ratio-declared = **{ $outcome }** adalah rasio dua kolom.
shape-ratio-looks = Hampir semua nilai **{ $outcome }** adalah hasil bagi bilangan bulat dengan penyebut yang berbeda-beda, seperti rata-rata, bagian, dan tingkat; bila memang demikian, studinya dapat menyebut penyebutnya.
shape-ratio-alike = Efek yang disebut adalah efek pada rata-rata rasio tiap unit, dengan unit kecil dihitung sama seperti unit besar; itu bukan efek pada rasio jumlah, seperti yang diterbitkan suatu dinas, yang ditentukan oleh unit besar. Program dapat menggerakkan rasio lewat pembilangnya, penyebutnya, atau keduanya.
shape-ratio-weighted = Efek yang disebut adalah efek pada rata-rata rasio tiap unit, dibobot menurut bobot studi; itu merupakan efek pada rasio jumlah hanya bila bobotnya adalah penyebutnya. Program dapat menggerakkan rasio lewat pembilangnya, penyebutnya, atau keduanya.
shape-ratio-pooled = Dengan unit dibobot menurut penyebut awalnya, yakni rasio jumlah dengan unit sebesar semula, efeknya { NUM("shape_pooled", $o, signed: "yes") } ({ CI("shape_pooled", $o) }).
shape-still-treated = Pada setiap unit yang ikut, **{ $outcome }** bernilai sama pada semua periode. Estimasinya lalu adalah perubahan pembanding dengan tanda terbalik, dan tidak menerangkan apa yang digerakkan program; periksa apakah kolomnya memang pengukuran.
shape-still-comparison = Pada setiap unit pembanding, **{ $outcome }** bernilai sama pada semua periode. Estimasinya lalu adalah perubahan peserta saja, seakan tanpa pembanding; periksa apakah kolomnya memang pengukuran.
