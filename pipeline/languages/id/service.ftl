service-label-u1 = U1 Persyaratan
service-label-u2 = U2 Sistem, mekanisme, prosedur
service-label-u3 = U3 Waktu penyelesaian
service-label-u4 = U4 Biaya atau tarif
service-label-u5 = U5 Produk layanan
service-label-u6 = U6 Kompetensi pelaksana
service-label-u7 = U7 Perilaku pelaksana
service-label-u8 = U8 Penanganan pengaduan
service-label-u9 = U9 Sarana dan prasarana
service-label-score = Indeks SKM
tbl-skm-grades = Indeks SKM dan mutu pelayanan unit
    .notes = Indeks: rata-rata sembilan unsur (bobot 1/9) dikali 25, dibulatkan dua desimal sebelum dinilai ({ $basis }). Unit dengan kurang dari { $least_respondents } responden tidak diberi nilai; sel kecil tidak ditampilkan.
tbl-skm-elements = Unsur SKM pada periode terakhir
    .notes = Unit ditimbang dengan jumlah respondennya; selang memperlakukan unit sebagai klaster.
fig-skm =
    .alt = Titik dengan selang: nilai tiap unsur, dengan batas mutu A, B dan C.
tbl-skm-dose = Indeks SKM terhadap bagian pegawai terlatih
    .notes = Regresi dengan efek unit dan periode, galat baku menurut unit. Memerlukan tren sejajar kuat.
service-units-score = Unit bernilai
service-too-few-respondents = Responden kurang
service-mean-index = Rata-rata indeks
service-element = Unsur
service-score-25-100 = Nilai (25-100)
tbl-skm-effects = Efek program pada SKM unit
    .notes = Dalam poin indeks (25-100). Rancangan dan aturan simpulan sama dengan hasil utama; pemeriksaannya dilakukan sejauh data ini memungkinkan (bootstrap klaster, tanggal plasebo, bagian yang ditinggalkan, rembesan), dan yang tidak dapat diperiksa membatasi simpulan.
service-index-if-all-staff-are-trained = Indeks bila semua pegawai terlatih
service-grade = Mutu { $code }
service-score-confidence-interval = Nilai dengan selang kepercayaan (poin, 25 sampai 100)
service-grade-2 = mutu { $code } →

# -- results
service-title = Mutu pelayanan publik: SKM
service-mean = Pada periode terakhir indeks SKM { $unit } rata-rata { NUM("skm_mean") } (mutu { TEXT("skm_grade") }, { N("skm_mean") } unit bernilai).
service-mean-good = Pada periode terakhir indeks SKM { $unit } rata-rata { NUM("skm_mean") } (mutu { TEXT("skm_grade") }, { N("skm_mean") } unit bernilai); { NUM("skm_good") } unit bermutu A atau B.
service-caveat = Tingkat SKM menunjukkan kepuasan orang yang datang dan bersedia menjawab; dengan sendirinya tingkat itu tidak menunjukkan akibat program.
service-without = Sebanyak { NUM("skm_without", unit: "no") } unit tidak diberi nilai karena respondennya kurang dari { NUM("skm_least", unit: "no") }.
service-effect-elsewhere = Efek pada indeksnya sendiri dinilai bersama hasil (@tbl-verdict); di sini dimuat unsur yang dituju program.
service-effect-rise = Dengan selisih ganda, indeks { $unit } yang ikut naik { NUM("skm_effect") } poin lebih banyak daripada pembandingnya (selang { CI("skm_effect") }; { VERDICT_OF("skm_effect_verdict") }).
service-effect-decline = Dengan selisih ganda, indeks { $unit } yang ikut berubah ke arah yang tidak dikehendaki: { NUM("skm_effect") } poin (selang { CI("skm_effect") }).
service-effect-not-credible = Rancangan tidak dapat dipercaya bagi SKM, sehingga tidak dinyatakan efek.
service-effect-not-assessable = Efek pada SKM tidak dapat dinilai, sehingga efek tidak dinyatakan.
service-effect-none = Efek program pada indeks, { VERDICT_OF("skm_effect", "verdict") }: { NUM("skm_effect") } poin (selang { CI("skm_effect") }), dengan efek terkecil yang terdeteksi { NUM("skm_effect_mde") }. Itu bukan bukti bahwa program tidak berdampak.
service-dose = Menurut dosis, indeks berbeda { NUM("skm_dose") } poin ({ CI("skm_dose") }) antara unit yang semua pegawainya terlatih sejak mulai ikut dan unit tanpa pegawai terlatih; membacanya sebagai akibat memerlukan asumsi yang lebih kuat, yakni tren sejajar kuat [@callaway2024]. Rata-rata { NUM("skm_dose_share") } pegawai terlatih, sehingga angka ini sebagian besar bersandar pada perbandingan ikut dan tidak ikut.

# -- technical
service-technical = **SKM.** Indeks unit { MATH("skm-index") }, dibulatkan ke atas pada setengah sampai dua desimal, lalu dinilai: A mulai 88,31; B mulai 76,61; C mulai 65,00; D di bawahnya [@permenpanrb14-2017]. Bobotnya sepersembilan, bukan 0,111, yang membatasi indeks pada 99,9. Dosis: { MATH("skm-dose") }, dengan { MATH("skm-share") } bagian pegawai yang terlatih sejak unit ikut. *Yang diestimasi dalam satu kalimat:* beda indeks antara seluruh dan tidak satu pun pegawai terlatih, bila efek sebanding dengan bagian itu.
