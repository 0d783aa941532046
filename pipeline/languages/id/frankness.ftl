frankness-design-direct = Ditanya langsung
frankness-design-list = Eksperimen daftar
frankness-design-forced = Jawaban paksa
frankness-design-warner = Warner
frankness-design-crosswise = Model silang
frankness-design-pooled = Gabungan rancangan terlindung
frankness-design-hidden = Selisih: hanya bila terlindung
frankness-check-planned = Bagian tiap rancangan sesuai rencana (nilai p)
frankness-check-sex = Rancangan tidak bergantung pada jenis kelamin (nilai p)
frankness-check-rank-group = Rancangan tidak bergantung pada golongan (nilai p)
frankness-check-mode = Rancangan tidak bergantung pada moda (nilai p)
frankness-check-no-design-effect = Daftar: tanpa efek rancangan (nilai p, Bonferroni)
frankness-check-floor = Daftar: tidak satu pun benar pada kendali (%)
frankness-check-ceiling = Daftar: semua benar pada kendali (%)
frankness-check-refused-direct = Tidak menjawab bila ditanya langsung (%)
frankness-check-refused-protected = Tidak menjawab bila terlindung (%)
frankness-groups-active = Ikut program
frankness-groups-not-active = Belum atau tidak ikut
frankness-crosswise-if-per-cent-answer-at = Model silang bila { $g } persen menjawab acak (%)
tbl-sensitive = Pernyataan peka: bagian yang mengiyakan menurut rancangan pertanyaan
    .notes = Bagian dan batas ditulis sebagaimana dihitung; rancangan terlindung dapat memberi nilai di luar 0-100.
fig-sensitive = Pernyataan peka menurut rancangan pertanyaan
    .alt = Titik dengan selang: bagian yang mengiyakan bila ditanya langsung dan pada tiap rancangan terlindung.
tbl-sensitive-checks = Pemeriksaan rancangan pertanyaan peka
tbl-themes = Tema jawaban terbuka
    .notes = Satu jawaban dapat menyentuh beberapa tema. Jumlah di bawah { $least } tidak ditampilkan; jawaban tidak dikutip.
frankness-check = Pemeriksaan
tbl-sensitive-groups = Pernyataan peka menurut keikutsertaan
frankness-theme = Tema
frankness-open-answers = Dari jawaban terbuka
frankness-per-cent-confidence-interval = Mengiyakan, dengan selang kepercayaan (persen)

# -- results
frankness-title = Keberanian menjawab terus terang
frankness-opening = Satu pernyataan peka diajukan dengan beberapa cara: sebagian responden ditanya langsung, sebagian lain dengan rancangan yang melindungi penjawab, sehingga tidak seorang pun dapat mengetahui jawaban perorangan. Pembagiannya acak.
frankness-statement = Bunyi pernyataan itu: “{ $statement }”
frankness-direct = Bila ditanya langsung, { NUM("sensitive_direct") } mengiyakan pernyataan itu (selang { CI("sensitive_direct") }).
frankness-protected = Dengan perlindungan, bagiannya { NUM("sensitive_pooled") } (selang { CI("sensitive_pooled") }).
frankness-fear = Jadi { NUM("hidden_share") } dari semua penjawab (selang { CI("hidden_share") }; { P("hidden_share") }) mengiyakan hanya bila terlindung: **sebagian orang tidak menjawab terus terang bila ditanya langsung**. Hasil umpan balik yang ditanyakan langsung karena itu perlu dibaca sebagai terlalu baik.
frankness-reverse = Di luar dugaan, bagian yang mengiyakan lebih besar bila ditanya langsung; ini menandakan salah paham atas petunjuk rancangan terlindung, dan perlu diperiksa sebelum angkanya dipakai.
frankness-unclear = Selisihnya, { NUM("hidden_share") } (selang { CI("hidden_share") }), tidak dapat dibedakan dari nol. Itu bukan bukti bahwa semua orang menjawab terus terang: rancangan terlindung kurang teliti.
frankness-designs-disagree = Rancangan-rancangan terlindung tidak sejalan satu sama lain ({ P("sensitive_agree") }); gabungannya perlu dibaca dengan hati-hati.
frankness-designs-agree = Rancangan-rancangan terlindung sejalan satu sama lain ({ P("sensitive_agree") }).
frankness-checks-fail = Sedikitnya satu pemeriksaan rancangan gagal (@tbl-sensitive-checks).
frankness-checks-hold = Tidak ada pemeriksaan rancangan yang gagal (@tbl-sensitive-checks).
frankness-answered-only = Angka ini berlaku bagi yang menjawab survei; bila yang takut lebih jarang menjawab, bagian di antara semua pegawai lebih besar.
frankness-open-title = Jawaban terbuka
frankness-open-waves = @tbl-themes memuat dua gelombang terakhir saja.
frankness-open-counted = Semua gelombang bersama-sama memuat { NUM("open_answers", unit: "no") } jawaban terbuka. Nama dan nomor dihapus pada langkah pembersihan, tema dihitung dari kata-kata yang dinyatakan lebih dahulu, dan teksnya tidak disimpan maupun dikutip.

# -- technical
frankness-technical = **Pertanyaan peka.** *Yang diestimasi dalam satu kalimat:* bagian penjawab survei yang membenarkan pernyataan peka. Eksperimen daftar: $\hat\pi=\bar y_1-\bar y_0$, beda rata-rata hitungan antara daftar dengan dan tanpa pernyataan itu [@blairimai2012]; asumsi: pernyataan itu tidak mengubah jawaban atas yang lain, dan tidak ada yang berbohong. Respons acak: bagian jawaban "ya" ialah $\lambda=a+b\pi$, maka $\hat\pi=(\hat\lambda-a)/b$ dan $Var(\hat\pi)=Var(\hat\lambda)/b^2$; jawaban paksa $a=P(\text{"{"}paksa ya{"}"})$, $b=1-P(\text{"{"}paksa{"}"})$ [@foxtracy1986]; Warner $a=1-p$, $b=2p-1$ [@warner1965]; model silang sama, dengan $p$ bagian pernyataan biasa [@yutiantang2008]. Gabungan ditimbang dengan kebalikan varians dan kesamaannya diuji dengan $Q$ [@cochran1954]. Bila sebagian $g$ menjawab acak, model silang bergeser ke arah 50 persen [@hoglingerdiekmann2017]; tabel pemeriksaan menunjukkan nilainya bila $g$ bernilai 5, 10, atau 20 persen.
