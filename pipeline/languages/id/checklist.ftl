# Daftar periksa bidang ini, dijawab oleh aturan pipeline/chapters/checklist.py.

checklist-title = Daftar periksa metode
checklist-opening = Daftar periksa Roth dkk. [@rothsantannabilinskipoe2023] dan panduan Baker dkk. [@baker2025] menanyakan apa yang perlu diketahui pembaca studi selisih ganda. @tbl-checklist menjawabnya dari angka studi ini sendiri.
tbl-checklist = Pertanyaan bidang ini dan jawaban studi ini
checklist-question = Pertanyaan
checklist-source = Ditanyakan oleh
checklist-answer = Jawaban

checklist-timing-staggered = Tidak. Efek diestimasi menurut kohort dan periode lalu dirata-ratakan; koefisien dua arah hanya sebagai pembanding.
checklist-timing-once = Ya: hanya ada satu kohort.
checklist-trends-chosen = Tidak dijamin oleh rancangan: peserta tidak ditentukan dengan undian.
checklist-trends-random = Dijamin oleh rancangan, sejauh waktu mulai diundi, menurut pernyataan studi.
checklist-trends-of = { $outcome }: uji bersama tren sebelumnya, { P("pretrend", $o) }{ $bias ->
    [yes] ; tren terkecil yang ditemukannya dengan peluang { SHARE($power) } setara dengan bias { NUM("detectable_bias", $o, unit: "no") } pada efek
   *[no] { "" }
    }.
checklist-trends-not-shown = Uji yang tidak menolak tidak membuktikan bahwa tren sejajar [@roth2022].
checklist-trends-untested = Bila uji tidak disebut, periode sebelumnya terlalu sedikit.
checklist-covariates = Ini tidak dapat diuji. Estimasi utama berasumsi demikian tanpa kovariat; di sampingnya ada estimasi dengan kovariat yang dinyatakan, dengan asumsi itu di antara unit yang serupa dalam kovariat itu.
checklist-covariates-none = Studi ini tidak menyatakan kovariat.
checklist-covariates-of = { $outcome }: { NUM("att", $o, unit: "no") } tanpa, { NUM("att_adjusted", $o, unit: "no") } dengan kovariat.
checklist-violations-of = { $outcome }: temuan bertahan sampai pelanggaran { NUM("sensitivity_mbar", $o, unit: "no") } kali yang terbesar sebelum mulai ikut.
checklist-violations-none = Tidak ada pelanggaran yang disebut membatalkan temuan: tidak ditemukan sampai yang terbesar yang dicoba, atau tidak ada periode sebelumnya untuk dibandingkan.
checklist-clusters = Efek utama bersandar pada { $differ ->
    [yes] sampai{ " " }
   *[no] { "" }
    }{ NUM("n_compared_treated", unit: "no") } { $unit } yang ikut dan { NUM("n_compared_never", unit: "no") } yang tidak.
checklist-clusters-unit = Keikutsertaan diputuskan per { $unit }, dan galat baku dikelompokkan di sana.
checklist-clusters-cluster = Keikutsertaan diputuskan per { $cluster }, dan galat baku dikelompokkan di sana.
checklist-form-standardise = Hasil yang dibakukan: asumsinya ialah tren sejajar dalam simpangan baku yang tidak pernah ikut.
checklist-form-log = Hasil dalam logaritma: asumsinya ialah tren sejajar dalam persen.
checklist-form-none = Hasil dalam satuannya sendiri: asumsinya ialah tren sejajar dalam tingkat.
checklist-form-other = Pada skala lain asumsinya pun lain; efek pada peringkat termasuk di antara spesifikasi (@sec-robustness).
checklist-target = Efek rata-rata pada yang ikut, atas semua periode terukur sejak mulai.
checklist-weights-equal = Setiap unit dihitung sama.
checklist-weights-periods = Setiap periode terukur sejak mulai dihitung menurut jumlah unit kohortnya: unit yang mulai lebih awal dihitung lebih sering.
checklist-weights-declared = Setiap periode terukur sejak mulai dari suatu unit dihitung menurut bobot yang dinyatakan studi.
checklist-comparison-never = Dengan yang tidak pernah ikut; dengan yang belum ikut sebagai pemeriksaan.
checklist-comparison-later = Dengan yang belum mulai, sampai permulaan terakhir: tidak ada yang tidak pernah ikut.
checklist-comparison-not-yet = Dengan yang belum ikut; dengan yang tidak pernah ikut sebagai pemeriksaan.
checklist-anticipation = Periode dasar dimundurkan satu periode sebagai pemeriksaan; bila efek tidak bertahan, simpulan menyatakannya.
checklist-anticipation-of = { $outcome }: { NUM("att", $o, unit: "no") } dari periode terakhir sebelum mulai, { NUM("earlier_base", $o, unit: "no") } dari periode sebelumnya lagi.
checklist-anticipation-none = Tidak dibuat estimasi yang mengizinkan antisipasi.
checklist-heterogeneity-time = Efek disajikan menurut lama sejak mulai dan menurut kohort (@sec-tables).
checklist-heterogeneity-of = { $outcome }: uji bahwa efek semua kohort sama, { P("cohorts_differ", $o) }.
checklist-heterogeneity-groups = Uji bahwa efek semua kelompok { $unit } sama: { NUM("heterogeneity_tests", unit: "no") }, dan { NUM("heterogeneity_found", unit: "no") } di antaranya menolak setelah memperhitungkan banyaknya uji.
checklist-composition-of = { $outcome }: batas yang memperhitungkan yang tidak diukur, { CI("lee", $o) }.
checklist-composition-none = Tidak diketahui siapa yang tidak diukur.
checklist-several = Hasil utama dinilai bersama dengan aturan Holm.
checklist-several-one = Hanya ada satu hasil utama.
checklist-planned-before = Ya: { NUM("plan_choices", unit: "no") } pilihan dibekukan sebelum ada data.
checklist-planned-partly = Hanya untuk data sesudah { $until }: { NUM("plan_choices", unit: "no") } pilihan dibekukan ketika data sampai dengan { $until } sudah ada.
checklist-planned-after = Tidak dapat ditunjukkan: { NUM("plan_choices", unit: "no") } pilihan dibekukan ketika data sampai dengan { $until } sudah ada.
checklist-planned-revised = Sesudah itu rencana direvisi { COUNT("plan_revisions") ->
    [1] satu kali
   *[other] { NUM("plan_revisions", unit: "no") } kali
    }.
checklist-planned-differ = { COUNT("plan_deviations") ->
    [0] Tidak satu pun kini berbeda dari rencana yang berlaku.
   *[other] { NUM("plan_deviations", unit: "no") } pilihan kini berbeda dari rencana yang berlaku.
    }
checklist-planned-listed = @tbl-plan mencantumkan perubahannya.
checklist-planned-not = Tidak ada rencana yang dibekukan.

# -- questions
checklist-asks-timing = Apakah semua mulai ikut pada waktu yang sama?
checklist-asks-trends = Seberapa yakin tren sejajar?
checklist-asks-covariates = Apakah hanya berlaku dengan kovariat?
checklist-asks-violations = Bagaimana bila tren tidak sejajar?
checklist-asks-clusters = Apakah klaster peserta dan pembanding banyak?
checklist-asks-form = Apakah bentuk fungsi berpengaruh?
checklist-asks-target = Efek mana yang dimaksud?
checklist-asks-weights = Siapa dihitung seberapa besar?
checklist-asks-comparison = Peserta dibandingkan dengan siapa?
checklist-asks-anticipation = Mungkinkah unit berubah sebelum mulai ikut?
checklist-asks-heterogeneity = Apakah efek berbeda antarunit atau menurut waktu?
checklist-asks-composition = Apakah siapa yang diukur berubah?
checklist-asks-several = Apakah beberapa hasil dinilai?
checklist-asks-planned = Apakah pilihan dibuat sebelum data dilihat?
