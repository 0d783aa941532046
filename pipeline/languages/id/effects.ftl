effects-kind-treated-vs-never = Perlakuan lawan tidak pernah
effects-kind-earlier-vs-later = Awal lawan belum
effects-kind-later-vs-earlier = Kemudian lawan sudah
effects-simultaneous-band-covers-all-event-times =  Pita simultan mencakup seluruh waktu kejadian.
effects-comparison-cohort = Kohort pembanding
tbl-effects = Efek rata-rata pada yang ikut (ATT), menurut hasil
    .notes = ATT menurut Callaway dan Sant'Anna, seluruh sel setelah mulai, ditimbang dengan besar kohort: setiap periode terukur suatu kohort sejak mulai dihitung menurut jumlah unitnya. Galat baku ialah dari fungsi pengaruh, sebagaimana dicetak tabel terbitan, dengan besar kohort dianggap ikut terambil{ $pooled ->
        [yes] ; bila yang ikut atau pembandingnya sedikit, semua dianggap beragam sama besar, sebab dari yang sedikit variansnya sendiri kurang dapat diketahui
       *[no] { "" }
    }. Selang dan nilai p memakai besar kohort sebagaimana adanya serta faktor sampel kecil dan derajat bebas, sehingga lebarnya bukan dua galat baku itu. Dua arah: koefisien regresi efek tetap dua arah, hanya sebagai pembanding.
    .units = Unit yang memuat efek: terukur sebelum dan sesudah suatu awal, dalam kohort yang cukup besar (pada efek utama{ $differ ->
        [yes] { " " }sampai
       *[no] { "" }
    } { $compared-treated } dari { $treated } peserta dan { $compared-never } dari { $never } yang tidak pernah ikut).
    .units-later = Unit yang memuat efek: terukur sebelum dan sesudah suatu awal, dalam kohort yang cukup besar (pada efek utama{ $differ ->
        [yes] { " " }sampai
       *[no] { "" }
    } { $compared-treated } dari { $treated } peserta).
fig-events = Efek menurut waktu sejak ikut program, setiap hasil pada skalanya sendiri
    .alt = Satu panel untuk setiap hasil: efek sebelum dan sesudah ikut program dengan selangnya; angkanya ada pada tabel efek menurut waktu sejak mulai.
    .notes = Abu-abu: sebelum ikut program. Kotak kosong seharusnya dekat nol bila tren kelompok sama; titik penuh adalah efek sesudah ikut, dengan selang kepercayaan.
fig-cohort =
    .alt = Titik dan selang untuk tiap kohort; angkanya ada pada tabel efek menurut kohort.
fig-event =
    .alt = Efek sebelum dan sesudah mulai ikut, dengan selang dan pita simultan; angkanya ada pada lampiran.
tbl-bacon =
    .notes = Panel seimbang dengan { $balanced } unit. Bobot berjumlah satu; perbandingan dengan yang sudah ikut menyesatkan bila efek bertumbuh.
tbl-replication = Hasil terbitan dan hasil laporan ini
    .notes = Terbitan: { $source }. N = { $published }.
effects-observations = Observasi
effects-effect-cohort = Efek menurut kohort
effects-effect-period = Efek menurut periode
effects-effect-cohort-period = Efek menurut kohort dan periode
effects-band-lower = Pita bawah
effects-band-upper = Pita atas
effects-effect-time-since-start = Efek menurut waktu sejak ikut
effects-event-study = Studi kejadian
effects-units-observed = Unit teramati
effects-sample-size-every-cell = Besar sampel tiap sel
effects-comparison = Perbandingan
effects-weight = Bobot
effects-goodman-bacon-decomposition = Dekomposisi Goodman-Bacon
effects-term = Suku
effects-published-standard-error = Galat baku terbitan
effects-smallest-effect-interest = Efek terkecil yang berarti
effects-event-time-measured-periods-since-entry = Waktu kejadian (periode terukur sejak mulai ikut)
effects-average-effect-on-treated = Efek rata-rata pada yang ikut
effects-all-cohorts = Semua kohort
effects-side = Sebelum atau sesudah mulai
effects-before = Sebelum
effects-after = Sesudah
effects-pointwise-interval = Selang per titik
effects-simultaneous-band = Pita simultan
effects-bacon-kinds = Perbandingannya dijumlahkan menurut jenis, sebab bila dirinci akan memenuhi berhalaman-halaman
