feedback-rate = Tingkat jawaban RR2 (%)
tbl-response = Tingkat jawaban survei menurut definisi AAPOR
    .notes = RR1, RR3, RR5: lengkap saja; RR2, RR4, RR6: lengkap dan sebagian. RR3 dan RR4 memperkirakan bagian yang memenuhi syarat di antara yang tidak diketahui; RR5 dan RR6 menganggapnya nol.
tbl-response-groups = Tingkat jawaban menurut kelompok, gelombang terakhir
    .notes = Selang menurut Wilson.
fig-response =
    .alt = Titik dengan selang: tingkat jawaban tiap kelompok.
tbl-silence = Nonresponden: model jawaban, gelombang terakhir
    .notes = Efek marginal rata-rata dari model logit; galat baku menurut unit kerja.
tbl-bounds = Rata-rata skala sebelum dan sesudah pembobotan, dan batas tanpa model
    .notes = Gelombang terakhir. Selang batas menurut Imbens dan Manski.
tbl-effort = Jawaban menurut upaya menghubungi
    .notes = Semua gelombang.
tbl-next-wave = Saran untuk gelombang berikutnya
    .notes = Jumlah jawaban: bagi selang suatu bagian selebar ±5 poin pada nilai 50 persen, dengan efek pembobotan.
    .modes = Moda dinilai menurut selang tingkat jawabannya sendiri; @tbl-silence menyamakan ciri lain, sehingga dapat memberi hasil lain.
feedback-eligible = Memenuhi syarat
feedback-invited = Diundang
feedback-against = Dibandingkan dengan
feedback-difference-chance-points = Beda peluang (poin persen)
feedback-from = Dari
feedback-to = Sampai
feedback-answered-at-contact = Dijawab pada kontak ke-
feedback-mean-up-this-contact = Rata-rata sampai kontak ini
feedback-advice = Saran
feedback-advice-persons = Orang
feedback-advice-points = Poin persen
feedback-what = Kelompok atau moda
feedback-rr = RR{ $k } (%)
feedback-traits-mode = Moda
feedback-traits-active = Unit ikut program
feedback-values-mode-paper = kertas
feedback-values-mode-web = daring
feedback-values-mode-phone = telepon
feedback-values-active-yes = unit ikut program
feedback-values-active-no = unit belum atau tidak ikut
feedback-estimates-answered = Yang menjawab
feedback-estimates-raked = Ditimbang (raking)
feedback-estimates-inverse = Ditimbang (kebalikan peluang)
feedback-estimates-worst = Batas terburuk, tanpa model
feedback-estimates-monotone = Batas bila nonresponden tidak lebih tinggi
feedback-advice-answers = Jawaban yang diperlukan
feedback-advice-invite = Undangan yang cukup, dengan tingkat jawaban sekarang
feedback-advice-invite-all = Undang semua, dan naikkan tingkat jawaban: sekarang tidak mencukupi
feedback-advice-remind = Ingatkan lebih dahulu kelompok yang paling kurang terwakili
feedback-advice-mode-clear = Dahulukan moda dengan tingkat jawaban tertinggi
feedback-advice-mode-open = Moda dengan tingkat jawaban tertinggi, tetapi selangnya bertumpang tindih dengan moda berikutnya
feedback-advice-last-contact = Jawaban yang dibawa kontak terakhir
feedback-of-trait = { $trait } { $value }
feedback-response-rate-per-cent = Tingkat jawaban (persen)

# -- results
feedback-title = Umpan balik: siapa yang menjawab
feedback-rates = Pada gelombang terakhir { NUM("response_rate") } yang diundang menjawab (RR2, { N("response_rate") } yang memenuhi syarat); pada gelombang pertama { NUM("response_rate_first") }. @tbl-response memuat keenam definisi AAPOR [@aapor2023].
feedback-silent-units = Pada { NUM("units_silent") } unit yang cukup besar untuk dihitung tidak seorang pun menjawab.
feedback-silence = Jawaban yang sedikit baru menyesatkan bila nonresponden berbeda. R-indikator adalah { NUM("r_indicator") } (1 berarti terwakili seperti sampel acak) [@schouten2009], dan simpangan peluang menjawab { NUM("response_cv") } kali rata-ratanya. @tbl-silence menunjukkan siapa yang lebih jarang menjawab. Model ini hanya melihat ciri yang ada dalam daftar undangan; apa yang dipikirkan orang nonresponden tidak dilihatnya.
feedback-weighting = Pembobotan memperbaiki hanya apa yang tampak pada ciri itu (efek rancangan { NUM("weight_effect") }).
feedback-bounds = Tanpa asumsi apa pun, rata-rata { $scale } di antara semua yang diundang terletak pada rentang { CI($bounds) } pada skala 1 sampai { $points } [@manski1989].
feedback-bounds-next = Rata-rata { $scale } terletak pada rentang { CI($bounds) }.
feedback-bounds-wide = Selebar itulah ketidaktahuan karena diamnya sebagian orang; selang di sekitar rata-rata penjawab tidak memperhitungkannya.
feedback-late-differ = Yang menjawab setelah diingatkan menjawab berbeda (@tbl-effort), pertanda bahwa nonresponden pun berbeda.
feedback-late-alike = Yang menjawab setelah diingatkan tidak terbukti menjawab berbeda (@tbl-effort); itu mengurangi kekhawatiran, tetapi tidak menghapusnya.
feedback-next-wave-text = @tbl-next-wave memuat saran bagi gelombang berikutnya, dihitung dari gelombang ini.

# -- tables
feedback-tables-title = Umpan balik

# -- technical
feedback-technical = **Jawaban survei.** Dengan $I$ lengkap, $P$ sebagian, $R$ menolak, $NC$ tidak terhubung, $O$ lain, $U$ tidak diketahui: $RR2=(I+P)/(I+P+R+NC+O+U)$ [@aapor2023]. R-indikator: $1-2S(\hat\rho)$ dengan $S$ simpangan baku peluang menjawab dari model logit, dikoreksi atas bagian yang berasal dari estimasi [@schouten2009]. Bobot: raking menyamakan marjin jenis kelamin, golongan dan rencana tahun mulai dengan daftar undangan [@demingstephan1940]; efek rancangan $n\sum w^2/(\sum w)^2$ [@kish1992]. Batas: $r\bar y+(1-r)\cdot$ titik terendah atau tertinggi [@manski1989], selang menurut Imbens dan Manski [@imbensmanski2004]. *Yang diestimasi dalam satu kalimat:* rata-rata jawaban seandainya semua yang diundang menjawab.
