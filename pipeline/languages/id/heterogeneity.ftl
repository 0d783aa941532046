heterogeneity-feature-level = Jenjang
heterogeneity-feature-baseline = Nilai awal
heterogeneity-feature-size = Besar sekolah
heterogeneity-feature-cluster-size = Banyaknya unit di wilayah
heterogeneity-groups-middle = Tengah
heterogeneity-groups-small = Kecil
heterogeneity-groups-large = Besar
heterogeneity-groups-few = Sedikit
heterogeneity-groups-many = Banyak
tbl-heterogeneity-effects = Efek menurut kelompok awal
tbl-heterogeneity-tests = Uji bahwa efek sama di semua kelompok
    .notes = Sel bersama: kohort dan periode yang ada pada semua kelompok. Nilai q memperhitungkan banyaknya uji.
heterogeneity-left-out = Tidak dibandingkan: { $group } ({ $feature }, { $outcome }); { $unit } peserta atau pembandingnya terlalu sedikit (kurang dari { $least }).
heterogeneity-baseline-feature = Ciri awal
heterogeneity-treated = Ikut program
heterogeneity-groups = Kelompok
heterogeneity-common-cells = Sel bersama
heterogeneity-degrees-freedom-1 = Derajat bebas 1
heterogeneity-degrees-freedom-2 = Derajat bebas 2
fig-heterogeneity =
    .alt = Titik dan selang kepercayaan untuk tiap kelompok, menurut ciri awal; angkanya ada pada tabel efek menurut kelompok.
heterogeneity-all-groups-have-same-weights-on =  Semua kelompok memakai bobot kohort dan periode yang sama. Beda antarkelompok dinilai dengan uji pada @tbl-heterogeneity-tests, bukan dengan membandingkan selang.
heterogeneity-effects-baseline-group = Efek menurut kelompok awal: { $outcome }
heterogeneity-effect-confidence-interval = Efek dengan selang kepercayaan

# -- robust
heterogeneity-title = Bagi siapa efeknya berbeda
heterogeneity-opening = Tiap kelompok dibandingkan dengan unit kelompok yang sama yang tidak ikut program, dan semua kelompok memakai bobot kohort dan periode yang sama. Apakah efek berbeda adalah pertanyaan tentang bedanya itu sendiri: selang di luar nol pada satu kelompok dan tidak pada kelompok lain bukanlah jawaban [@gelmanstern2006].
heterogeneity-differs = Dari { NUM("heterogeneity_tests") } uji kesamaan, { NUM("heterogeneity_found") } menolak setelah banyaknya uji diperhitungkan (nilai terkecil setelah penyesuaian { NUM("heterogeneity_smallest_q") }): rata-rata menyembunyikan beda antarkelompok, yang tampak pada tabel.
heterogeneity-not-shown-to-differ = Tidak satu pun dari { NUM("heterogeneity_tests") } uji kesamaan menolak setelah banyaknya uji diperhitungkan (nilai terkecil sebelum penyesuaian { P("heterogeneity_smallest_p") }, sesudahnya { NUM("heterogeneity_smallest_q") }): data tidak memberi dasar untuk mengatakan bahwa program lebih berhasil pada satu kelompok daripada kelompok lain. Ini bukan bukti bahwa efeknya sama: bagian unit yang lebih kecil memberi estimasi yang kurang teliti.

# -- technical
heterogeneity-technical = **Beda efek.** Pada kelompok $k$ efeknya { MATH("heterogeneity-1") } dengan bobot $w$ sebanding dengan besar kohort pada seluruh sampel, atas sel yang ada pada setiap kelompok: efek rata-rata pada unit kelompok itu yang ikut program seandainya semua kelompok memiliki kohort yang sama. Dengan $C$ kontras terhadap kelompok terakhir dan $\hat V$ kovarians bersama atas $G$ pengambilan bebas, { MATH("heterogeneity-2") } dibandingkan dengan $F(q,G-q)$. Kelompok adalah ciri sebelum program, dan tren sejajar harus berlaku di dalam tiap kelompok; tersil memakai periode terukur pertama, sehingga bila periode itu juga periode dasar suatu kohort, unit yang terpilih karena nilai rendah cenderung naik dengan sendirinya, dan sama pada yang ikut dan tidak ikut hanya bila sebarannya serupa.
