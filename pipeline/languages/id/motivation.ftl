motivation-level-configural = Bentuk sama
motivation-level-metric = Muatan sama
motivation-level-scalar = Titik potong sama
motivation-holds-false = tidak
tbl-reliability = Keandalan skala survei
    .notes = Batas: selang alfa menurut Feldt. Jawaban seragam: titik yang sama pada semua butir, butir terbalik termasuk.
tbl-scales = Skor skala menurut gelombang survei
    .notes = Di antara yang menjawab; butir terbalik telah dibalik.
tbl-scale-effects = Efek program pada skala survei
    .notes = Dalam simpangan baku jawaban kelompok yang tidak pernah ikut. Unit: kelompok undangan (unit kerja sekecamatan dengan rencana tahun mulai yang sama), sebab jawaban tanpa nama.
tbl-reward = Kaitan penghargaan (kursus luar daerah) dengan skala
    .notes = Perbandingan di dalam kelompok dan gelombang yang sama: suatu kaitan, bukan efek.
motivation-items = Butir
motivation-alpha = Alfa
motivation-omega = Omega
motivation-floor = Terendah (%)
motivation-ceiling = Tertinggi (%)
motivation-straight-lining = Jawaban seragam (%)
motivation-complete-answers = Jawaban lengkap
tbl-invariance = Kesamaan pengukuran antargelombang
    .notes = Suatu langkah berlaku bila CFI turun paling banyak 0,01.
motivation-difference-standard-deviations = Beda (simpangan baku)
motivation-had-reward = Pernah menerima
motivation-level = Tingkat
motivation-chi-squared = Khi-kuadrat
motivation-df = Derajat bebas
motivation-cfi = CFI
motivation-p-step = p langkah
motivation-holds = Berlaku

# -- results
motivation-title = Motivasi dan komitmen
motivation-opening = Skala berasal dari survei tahunan tanpa nama; butir terbalik telah dibalik.
motivation-alpha-of = Alfa skala { $scale } adalah { NUM("alpha", $code) } ({ CI("alpha", $code) }).
motivation-broken = Pada sedikitnya satu skala pengukuran tidak sama antargelombang (@tbl-invariance), sehingga perubahan skornya perlu dibaca dengan hati-hati.
motivation-comparable = Pengukuran sama antargelombang (@tbl-invariance), sehingga skor dapat dibandingkan antartahun.
motivation-scale = { $scale }:
motivation-rise = { VERDICT_OF($effect, "verdict") }, { NUM($effect) } (selang { CI($effect) }).
motivation-rise-holm = { VERDICT_OF($effect, "verdict") }, { NUM($effect) } (selang { CI($effect) }; { P("holm", $code) } setelah penyesuaian Holm).
motivation-unwanted = bergerak ke arah yang tidak dikehendaki, { NUM($effect) } (selang { CI($effect) }).
motivation-not-credible = rancangan tidak dapat dipercaya; efek tidak dinyatakan.
motivation-none = { VERDICT_OF($effect, "verdict") }, { NUM($effect) } (selang { CI($effect) }). Itu bukan bukti bahwa program tidak berdampak.
motivation-none-mde = { VERDICT_OF($effect, "verdict") }, { NUM($effect) } (selang { CI($effect) }); terkecil terdeteksi { NUM($effect, "mde") }. Itu bukan bukti bahwa program tidak berdampak.
motivation-not-assessable = efek tidak dapat dinilai; efek tidak dinyatakan.
motivation-who-answers = Yang dibandingkan adalah jawaban mereka yang menjawab.
motivation-response-moved = Tingkat jawaban sendiri ikut berubah bersama program ({ NUM("effect_response", signed: "yes") } poin persen; { P("effect_response") }), sehingga beda skor dapat berasal dari siapa yang menjawab.
motivation-response-not-moved = Rancangan yang sama tidak menemukan bahwa program mengubah tingkat jawaban ({ NUM("effect_response", signed: "yes") } poin persen; { P("effect_response") }).
motivation-reward-differs = Di dalam kelompok dan gelombang yang sama, skor { $scales } mereka yang pernah mengikuti kursus luar daerah berbeda dari yang tidak pernah{ $others ->
    [0] { "" }
   *[other] ; pada skala lain perbedaan tidak terbukti
    } (@tbl-reward). Ini suatu kaitan: yang bermotivasi tinggi mungkin lebih sering dikirim.
motivation-reward-alike = Di dalam kelompok dan gelombang yang sama, skor mereka yang pernah mengikuti kursus luar daerah tidak dapat dibedakan dari yang tidak pernah pada satu skala pun (@tbl-reward).

# -- technical
motivation-technical = **Skala survei.** Skor: rata-rata butir yang dijawab, bila sedikitnya separuh dijawab. Alfa: { MATH("motivation-1") } [@cronbach1951], selang menurut Feldt [@feldt1987]; omega { MATH("motivation-2") } dari model satu faktor [@mcdonald1999]. Kesamaan pengukuran: model satu faktor multikelompok dengan kemungkinan maksimum [@joreskog1971]; suatu langkah ditolak bila CFI turun lebih dari 0,01 [@cheungrensvold2002]. *Yang diestimasi dalam satu kalimat:* rata-rata perubahan skor di antara yang menjawab pada kelompok yang ikut, dibandingkan dengan seandainya kelompok itu tidak ikut. Panelnya kelompok undangan menurut gelombang, sebab jawaban tidak memuat orang maupun unit.
