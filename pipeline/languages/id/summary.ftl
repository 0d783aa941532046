# Halaman pertama, menurut aturan pipeline/chapters/summary.py dan pipeline/chapters/facts.py.

summary-title = Ringkasan Eksekutif
summary-question = Apakah { $program } mencapai tujuannya? Dengan selisih ganda, edisi ini membandingkan { $differ ->
    [yes] sampai{ " " }
   *[no] { "" }
    }{ NUM("n_compared_treated", unit: "no") } { $unit } yang ikut dengan { NUM("n_compared_never", unit: "no") } yang tidak ikut (@tbl-effects), pada { NUM("n_periods", unit: "no") }{ $gap ->
    [yes] { " " }dari { NUM("n_periods_spanned", unit: "no") }
   *[no] { "" }
    } periode: { PERIOD("first_period") } sampai { PERIOD("last_period") } (@tbl-check-periods).
summary-question-later = Apakah { $program } mencapai tujuannya? Dengan selisih ganda, edisi ini membandingkan { $differ ->
    [yes] sampai{ " " }
   *[no] { "" }
    }{ NUM("n_compared_treated", unit: "no") } { $unit } peserta satu sama lain: yang sudah mulai dengan yang belum mulai. Pada akhirnya semua ikut. Edisi ini mencakup { NUM("n_periods", unit: "no") }{ $gap ->
    [yes] { " " }dari { NUM("n_periods_spanned", unit: "no") }
   *[no] { "" }
    } periode: { PERIOD("first_period") } sampai { PERIOD("last_period") } (@tbl-check-periods).
summary-demonstration = **Datanya rekaan**, bukan keadaan sebenarnya.
summary-headline = Secara keseluruhan terdapat **{ VERDICT("headline") }** pada hasil utama ({ $outcomes }).
summary-headline-plain = Untuk hasil utama ({ $outcomes }) secara keseluruhan: **{ VERDICT("headline") }**.
summary-cost = Biayanya Rp{ NUM("cost_pupil") } per murid per tahun pada unit yang sudah ikut (@tbl-costs).
summary-cost-tenth = Untuk setiap sepersepuluh simpangan baku efek, per murid per tahun: { $costs }.

# -- table and figure
tbl-summary = Tujuan program sekilas
    .notes = Tingkat keyakinan bertingkat lima (@sec-methods), diikuti hal yang membatasinya; alasan lengkap: @tbl-verdict{ $others ->
    [yes] { " " }dan @tbl-aim-verdicts
   *[no] { "" }
    }.
    .ranks = Urutan: tempat { $of } rata-rata di antara 100 selama periode sejak mulai, dari nilai terendah; tanpa program 50.
    .alone = †: dinilai sendiri, tanpa penyesuaian atas banyaknya hasil.
summary-or = { $first } atau { $second }
fig-summary = Besar setiap efek dengan selangnya, pada skalanya sendiri{ $marked ->
    [yes] ; abu-abu: efek terkecil yang berarti
   *[no] { "" }
    }
    .alt = Satu panel untuk setiap indikator, dengan estimasi dan selangnya.
    .line = { $label }: { $size }.
summary-measure = Diukur dengan
summary-answer = Jawaban: bukti
summary-size = Besar efek
summary-security = Tingkat keyakinan
summary-answer-alone = { $answer }{"\u00A0"}†
summary-answer-strong = Membaik: kuat
summary-answer-moderate = Membaik: sedang
summary-answer-weak = Mungkin membaik: lemah
summary-answer-none = Tidak ada efek yang berarti
summary-answer-none-underpowered = Belum dapat disimpulkan
summary-answer-weak-decline = Mungkin memburuk: lemah
summary-answer-decline = Memburuk
summary-answer-not-credible = Tanpa jawaban: tanpa pembanding sahih
summary-answer-not-assessable = Tanpa jawaban: data terlalu sedikit
summary-answer-descriptive = Hanya diuraikan
summary-answer-none-yet = Tidak diukur
summary-size-points = { $value } poin
summary-size-scale = { $value }: { $points } { $unit }; urutan 50 ke { $place }
summary-size-log = { $share } persen
summary-secure = { $steps } dari 5
summary-secure-but = { $steps } dari 5: { $limit }
summary-cost-of = { $outcome } Rp{ NUM("cost_tenth", $o) }
summary-limit-trend = tren awal
summary-limit-few = peserta sedikit
summary-limit-precision = kurang teliti
summary-limit-comparison = pembanding
summary-limit-placebo = uji plasebo
summary-limit-others = estimator lain
summary-limit-missing = yang tak terukur
summary-limit-examined = uji tak lengkap

# -- below the table
summary-uncomfortable = **Catatan kritis.**
summary-fact-harm = { $count ->
   *[other] Indikator yang bergerak ke arah yang salah
    }: { $labels }.
summary-fact-silent = { $count ->
   *[other] Indikator yang tidak dapat dijawab
    }: { $labels }.
summary-fact-null = { $count ->
   *[other] Indikator yang tidak terlihat membaik
    }: { $labels }.
summary-fact-doubted = { $outcome } kurang pasti daripada tingkat keyakinannya.
summary-fact-doubted-others = Dari { NUM("whatif_others_n", $o) } gabungan dengan estimator lain, { NUM("whatif_others_same", $o) } mencapai simpulan ini (@tbl-whatif).
summary-fact-doubted-before = Sebelum masuk, saat efek belum mungkin ada, nilainya bergerak { NUM("placebo_date", $o, signed: "yes") } ({ P("placebo_date", $o) }; @tbl-sensitivity-placebo).
summary-fact-apart = Sebelum program, yang ikut jauh berbeda dari pembandingnya (@tbl-balance): { $labels }.
summary-fact-apart-one = { $outcome } { NUM("baseline", $o, signed: "yes") }
summary-fact-groups = Sedikit unit di belakang temuan (@fig-summary): { $labels }.
summary-fact-groups-one = { $label } ({ N($number) })
summary-fact-unlinked = Di dalam { $unit }, perubahan satu langkah tidak tampak seiring dengan langkah berikutnya (@tbl-mechanism-links).
summary-fact-fragile = Simpulan atas { $labels } dibatasi satu alasan: { $reason } (@tbl-verdict).
summary-fact-open = { $count ->
   *[other] Indikator yang tidak diukur
    }: { $labels }.
summary-fact-unheard = Dari pegawai yang diundang mengisi survei, hanya { NUM("response_rate") } menjawab (@tbl-response).
summary-fact-fear = Dari yang menjawab survei, { NUM("sensitive_pooled") } mengiyakan pernyataan peka secara terlindung, { NUM("hidden_share") } hanya bila terlindung (@tbl-sensitive).
summary-fact-unreached = Hanya { NUM("share_min_jp") } pegawai mencapai batas minimum pelatihan tahunan (@tbl-delivery-years).
summary-fact-newest = Pada kohort terbaru{ $less ->
    [yes] { "" }
   *[no] , yang paling singkat diamati,
    } selang efek memuat nol (@sec-tables): { $labels }{ $others ->
    [yes] ; pada hasil lain yang membaik tidak.
   *[no] ; itulah semua hasil yang membaik.
    }
summary-fact-newest-one = { $outcome } { NUM("att_newest", $o, unit: "no") }
summary-fact-exposure = Pada lama yang sama, kohort sebelumnya memperoleh lebih banyak: { $labels }.
summary-fact-exposure-one = { $outcome } { NUM("exposure_earlier", $o, unit: "no") }
summary-fact-dear = Satu jam { $dear } berbiaya sedikitnya lima kali satu jam { $cheap } (@tbl-delivery-costs).
summary-fact-not-drawn = Peserta program tidak ditentukan dengan undian.
summary-fact-unseen = Keadaan setelah dukungan berakhir tidak diamati.
summary-more = dan lainnya

# -- costs, in the annex
summary-costs-title = Biaya dan hasilnya
summary-cost-what = Besaran
summary-cost-value = Nilai
summary-spent = Pengeluaran sejak unit pertama masuk (rupiah)
summary-pupil-years = Murid dikali tahun pada unit yang sudah masuk
summary-each = Biaya per murid per tahun (rupiah)
summary-tenth = Biaya per sepersepuluh simpangan baku: { $outcome }, efek { $effect } (rupiah)
tbl-costs = Biaya program dan efeknya
    .notes = Biaya per murid per tahun ialah pengeluaran dibagi murid dikali tahun; biaya per sepersepuluh simpangan baku ialah biaya itu dikali 0,1 dan dibagi efek, yakni rata-rata atas periode sejak mulai.
summary-supplement = Tabel dan gambar yang bernomor huruf ada dalam suplemen, berkas di samping berkas ini.
summary-unknown = **Yang belum diketahui.**
summary-unknown-undecided = Belum dapat disimpulkan: { $labels }.
summary-unknown-described = Tanpa pembanding, sehingga tanpa pernyataan sebab: { $labels } (@tbl-aims).
summary-described-one = { $label } ({ NUM($number) })
summary-unknown-always = Tidak diamati: apakah efek bertahan setelah dukungan berakhir, dan apakah { $unit } yang tidak pernah ikut akan memperoleh manfaat yang sama.
summary-advice = **Yang perlu dilakukan.**
summary-to = Yang memutuskan: penanggung jawab program{ $office-programme }, sebelum penerimaan { PERIOD($next) }.
summary-others = Rekomendasi lain (@sec-conclusion): { $topics }.
summary-change = **Yang akan mengubah simpulan ini.**
summary-change-down = Simpulan melemah bila pada edisi { $next } selang efek yang di sini terlihat menjadi memuat nol.
summary-change-trend = Simpulan menguat bila kohort baru yang tren awalnya sejajar, atau yang dipilih dengan undian, menunjukkan efek yang sama.
summary-change-few = Simpulan menguat bila lebih banyak { $unit } atau wilayah ikut serta.
summary-change-precision = Simpulan berubah bila data yang lebih banyak menyempitkan selang sampai tidak lagi memuat nol.
summary-change-comparison = Simpulan menguat bila pembanding lain memberi hasil yang sama.
summary-change-placebo = Simpulan menguat bila tidak ada lagi efek di tempat yang tidak mungkin ada.
summary-change-examined = Simpulan menguat bila pemeriksaan hasil utama dapat dilakukan juga di sini.
summary-change-missing = Simpulan menguat bila lebih sedikit peserta yang tidak terukur.
summary-change-harm = Simpulan berubah bila pada edisi { $next } selang perburukan memuat nol.
summary-change-any = Simpulan berubah bila pada edisi { $next } selang suatu efek meninggalkan atau mencapai nol.
