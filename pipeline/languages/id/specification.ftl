specification-codes-baseline = Kovariat awal
specification-codes-group-time = Kohort dan periode
specification-codes-imputation = Imputasi
specification-codes-never = Pembanding: tidak pernah
specification-codes-not-yet = Pembanding: belum
specification-comparison-method-s = Pembanding: menurut metode
specification-codes-declared = Skala studi
specification-codes-rank = Skor peringkat
specification-codes-unit = Klaster: unit
specification-codes-cluster = Klaster: wilayah
tbl-specifications = Kurva spesifikasi: ringkasan dan uji bersama
    .notes = Uji bersama, ke arah mana pun, tiap estimasi sekali: seberapa sering data tanpa efek memberi kurva seekstrem ini (median, yang terbesar dari kedua bagian dengan selang di luar nol, Z Stouffer), dengan ketergantungan antarspesifikasi diperhitungkan.
fig-specifications =
    .alt = Estimasi tiap spesifikasi menurut besarnya, dengan selang; di bawahnya pilihan yang membentuknya. Ringkasannya ada pada tabel kurva spesifikasi.
specification-specifications = Spesifikasi
specification-refused = Ditolak
specification-median = Median
specification-wanted-direction = Arah baik
specification-beyond-wanted = Di luar nol, arah yang diharapkan
specification-beyond-against = Di luar nol, arah sebaliknya
specification-p-share = Nilai p (bagian terbesar)
specification-p-stouffer = Nilai p (Stouffer)
specification-specification-curve = Kurva spesifikasi
specification-specifications-size-estimate = Spesifikasi menurut besar estimasi (nomor urut)
specification-interval-excludes-zero = Selang tidak memuat nol
specification-interval-includes-zero = Selang memuat nol
specification-study-s-main-choice = Pilihan utama studi
specification-p-median = Nilai p (median)
specification-all-units = Seluruh unit

# -- robust
specification-title = Kurva spesifikasi
specification-opening = Analis lain dapat membela pilihan yang berbeda dari pilihan studi ini. Setiap gabungan pilihan yang dinyatakan studi (sampel, kovariat, estimator, kelompok pembanding, skala hasil, tingkat klaster) dicoba, dan setiap estimasi ditampilkan [@simonsohn2020].
specification-outcome = { $outcome }: pada { NUM("spec_n", $o) } spesifikasi, estimasi terbentang dari { NUM("spec_lowest", $o, unit: "no") } sampai { NUM("spec_highest", $o) }, dengan median { NUM("spec_median", $o) }.
specification-mostly = Pada { NUM("spec_significant", $o) } di antaranya selang terletak di luar nol ke arah yang diharapkan: adanya perbaikan tidak bergantung pada satu pilihan.
specification-partly = Pada { NUM("spec_significant", $o) } di antaranya selang terletak di luar nol ke arah yang diharapkan: temuan sebagian bergantung pada pilihan.
specification-never = Pada tidak satu pun di antaranya selang terletak di luar nol ke arah yang diharapkan: tidak ada pilihan yang dicoba yang akan memperlihatkan perbaikan.
specification-seldom = Hanya pada { NUM("spec_significant", $o) } di antaranya selang terletak di luar nol ke arah yang diharapkan: pilihan analis menentukan apa yang dilaporkan.
specification-against = Pada { NUM("spec_against", $o) } di antaranya selang terletak di luar nol ke arah sebaliknya.
specification-graded = Seberapa kuat buktinya disebut memang bergantung pada pilihan itu (@tbl-whatif).
specification-rare = Median sejauh ini dari nol jarang terjadi tanpa efek ({ P("spec_p", $o) }).
specification-not-rare = Median sejauh ini dari nol tidak jarang terjadi tanpa efek ({ P("spec_p", $o) }).

# -- technical
specification-technical = **Kurva spesifikasi.** Tiap gabungan $s$ dari pilihan yang dinyatakan memberi estimasi $\hat\theta_s$ dengan pengaruh { MATH("specification-1") }. Tanpa efek, sebaran bersama estimasi adalah sebaran { MATH("specification-2") } dengan bobot bebas $v_i$ yang bernilai rata-rata 0 dan varians 1 (satu untuk tiap unit atau, bila keikutsertaan diputuskan menurut wilayah, satu untuk tiap wilayah); uji bersama membandingkan median, yang terbesar dari kedua bagian selang di luar nol, dan $\sum_s t_s/\sqrt S$ dengan sebaran itu [@simonsohn2020]. Imputasi menurut @borusyak2024. Kovariat masuk dalam interaksi dengan periode.
