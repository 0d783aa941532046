# Kalimat tentang satu hasil, dipilih oleh aturan pipeline/chapters/outcomes.py.

# -- judgement
outcomes-judge-wanted = Terdapat **{ VERDICT($o) }** pada { $phrase }: efek rata-rata pada yang ikut adalah { NUM("att", $o) } (selang kepercayaan { CI("att", $o) }; { P("att", $o) }).
outcomes-judge-none = Pada { $phrase } **tidak ditemukan bukti adanya { $better ->
    [higher] kenaikan
   *[lower] penurunan
    }**: estimasinya { NUM("att", $o) } (selang kepercayaan { CI("att", $o) }); efek terkecil yang dapat terdeteksi adalah { NUM("mde", $o) }, dan efek terkecil yang berarti dapat disingkirkan.
outcomes-judge-none-underpowered = Pada { $phrase } **tidak ditemukan bukti adanya { $better ->
    [higher] kenaikan
   *[lower] penurunan
    }**, dan datanya terlalu lemah untuk memutuskan: estimasinya { NUM("att", $o) } (selang kepercayaan { CI("att", $o) }), sedangkan efek terkecil yang dapat terdeteksi adalah { NUM("mde", $o) }. Hal ini bukan bukti bahwa program tidak berdampak.
outcomes-judge-unwanted = Pada { $phrase } terdapat **{ VERDICT($o) }**, yakni arah yang tidak dikehendaki: estimasinya { NUM("att", $o) } (selang kepercayaan { CI("att", $o) }; { P("att", $o) }).
outcomes-judge-not-credible = Pada { $phrase } **tidak diberikan pernyataan tentang efek**: rancangan tidak dapat dipercaya untuk hasil ini (lihat @tbl-verdict).
outcomes-judge-not-assessable = Pada { $phrase } **tidak diberikan pernyataan tentang efek**: data tidak cukup untuk menilai hasil ini (lihat @tbl-verdict).

# -- yardstick
outcomes-yardstick = Efek terkecil yang berarti untuk { $phrase } ditetapkan sebesar { NUM("smallest", $o, unit: "no") }; estimasi { $side ->
    [above] lebih besar ukurannya, apa pun arahnya
   *[below] lebih kecil ukurannya
    }, dan efek terkecil yang dapat terdeteksi adalah { NUM("mde", $o, unit: "no") }.

# -- growth and cohorts
outcomes-first-and-last = Pada periode pertama setelah mulai ikut efeknya { NUM("att_first", $o, unit: "no") } ({ CI("att_first", $o) }), pada periode terakhir yang terukur { NUM("att_last", $o, unit: "no") } ({ CI("att_last", $o) }, pada { N("att_last", $o) } { $unit } dari kohort terawal).
outcomes-growth = Pada kohort { PERIOD("growth_cohort", $o) }, yang paling lama diamati, efek { $found ->
    [yes] berubah
   *[no] tidak terbukti berubah
    } antara periode pertama dan terakhir itu: selisihnya { NUM("growth", $o, unit: "no", signed: "yes") } (selang { CI("growth", $o) }).
outcomes-cohorts = Menurut kohort, efek terbentang dari { NUM("att_least", $o, unit: "no") } ({ CI("att_least", $o) }; mulai { PERIOD("cohort_least", $o) }) sampai { NUM("att_most", $o, unit: "no") } ({ CI("att_most", $o) }; mulai { PERIOD("cohort_most", $o) }); uji bersama { $found ->
    [yes] menunjukkan bahwa kohort berbeda
   *[no] tidak menunjukkan perbedaan antarkohort
    } ({ P("cohorts_differ", $o) }).{ $found ->
    [yes] { " " }Kohort yang masuk lebih awal juga lebih lama diamati, sehingga perbedaan itu memuat pertumbuhan efek.
   *[no] { "" }
    }
outcomes-by-unit = Jika setiap { $unit } dihitung satu kali, berapa pun periodenya sejak mulai, efek rata-ratanya { NUM("att_by_unit", $o) } ({ CI("att_by_unit", $o) }).
outcomes-exposure = Pada lama sejak masuk yang sama (periode terukur: { NUM("exposure_periods", $o, unit: "no") }), efeknya { NUM("exposure_newest", $o, unit: "no") } pada kohort terbaru dan { NUM("exposure_earlier", $o, unit: "no") } pada kohort sebelumnya; { $side ->
    [less] kohort terbaru memperoleh lebih sedikit (selisih { NUM("exposure_gap", $o, unit: "no", signed: "yes") }, selang { CI("exposure_gap", $o) }), yang tidak dijelaskan oleh pengamatannya yang lebih singkat
    [more] kohort terbaru memperoleh lebih banyak (selisih { NUM("exposure_gap", $o, unit: "no", signed: "yes") }, selang { CI("exposure_gap", $o) })
   *[alike] perbedaannya tidak terbukti (selisih { NUM("exposure_gap", $o, unit: "no", signed: "yes") }, selang { CI("exposure_gap", $o) })
    }.

# -- before the programme
outcomes-baseline = Pada { $phrase }, { $unit } yang ikut { $side ->
    [below] berada di bawah
    [above] berada di atas
   *[level] setara dengan
    } pembandingnya (beda baku { NUM("baseline", $o, unit: "no", signed: "yes") }).
outcomes-pretrend = Pada { $phrase }, uji bersama { $found ->
    [yes] menolak
   *[no] tidak menolak
    } tren yang sejajar ({ P("pretrend", $o) }).
outcomes-detectable-bias = Tren yang akan ditemukan uji itu dengan peluang { SHARE($power) } setara dengan bias { NUM("detectable_bias", $o) } pada efek rata-rata, { $side ->
    [less] lebih kecil daripada jarak ujung dekat selangnya dari nol: setelah dikurangi tren sebesar itu, selang tetap tidak memuat nol
    [inside] lebih kecil daripada estimasinya, tetapi tidak lebih kecil daripada jarak ujung dekat selangnya dari nol: setelah dikurangi tren sebesar itu, selang akan memuat nol
    [zero] dan tanpa tren itu pun selangnya memuat nol
   *[more] tidak lebih kecil daripada estimasinya: tren yang luput dari uji dapat menerangkan seluruh efek
    }.
outcomes-pretrend-untested = Pada { $phrase }, tren sebelum program tidak dapat diuji karena tidak ada cukup periode terukur sebelum mulai ikut.
