multiplicity-codes-never = Seluruhnya
tbl-multiplicity = Hasil utama: nilai p yang disesuaikan untuk banyaknya uji
    .notes = Nilai p dari bootstrap pengali bersama; Romano–Wolf memperhitungkan korelasi antarhasil, Holm tidak.
tbl-multiplicity-exploratory = Efek eksploratif: nilai q
    .notes = Nilai q: tingkat penemuan keliru terkecil yang masih menolak, dalam langkah seperseribu; dapat lebih kecil daripada nilai p bila kebanyakan uji lain menolak.
multiplicity-p-on-its-own = Nilai p sendiri
multiplicity-holm = Holm
multiplicity-romano-wolf = Romano–Wolf

# -- robust
multiplicity-title = Beberapa hasil sekaligus
multiplicity-opening = Studi menyatakan { NUM("multiplicity_n") } hasil utama. Dengan beberapa uji, salah satunya dapat menolak karena kebetulan; prosedur bertahap Romano dan Wolf menjaga peluang adanya penolakan keliru dalam keluarga itu pada taraf studi [@romanowolf2005].
multiplicity-all-hold = Semuanya tetap menolak setelah penyesuaian.
multiplicity-none-holds = Tidak satu pun menolak setelah penyesuaian.
multiplicity-some-hold = Sebanyak { NUM("multiplicity_rejected") } di antaranya tetap menolak setelah penyesuaian; yang lain tidak boleh dihitung sebagai temuan.
multiplicity-exploratory = Efek lain tidak dinyatakan sebagai utama. Efek itu bersifat eksploratif dan disertai nilai q, yaitu bagian temuan keliru di antara temuan sekuat itu [@anderson2008].
multiplicity-found-all = Seluruh { NUM("multiplicity_explored") } efek bernilai q di bawah taraf studi.
multiplicity-found-some = Dari { NUM("multiplicity_explored") } efek, { NUM("multiplicity_found") } bernilai q di bawah taraf studi.
multiplicity-found-none = Tidak satu pun dari { NUM("multiplicity_explored") } efek bernilai q di bawah taraf studi.
multiplicity-found-open = Selang di antaranya yang tetap memuat nol: { NUM("multiplicity_found_open") }. Nilai q yang kecil berarti sedikit di antara temuan itu yang keliru, bukan bahwa masing-masing terbukti.
multiplicity-where-next = Hasil ini menunjukkan apa yang patut ditelaah berikutnya.
multiplicity-alone = Tidak ada simpulan yang bertumpu pada tabel ini: hasil yang bukan utama, dan indikator tujuan lain yang tidak termuat di dalamnya, dinilai sendiri tanpa penyesuaian atas banyaknya. Pada halaman pertama hal itu ditandai (@tbl-summary).

# -- technical
multiplicity-technical = **Banyaknya uji.** Untuk hasil utama $k=1,\dots,K$ dengan { MATH("multiplicity-1") }, nilai yang disesuaikan adalah { MATH("multiplicity-2") }, dengan ulangan $t^*$ dari bobot pengali yang dipakai bersama oleh semua hasil suatu unit (atau wilayah, bila wilayah yang ditetapkan) sehingga korelasinya terjaga [@romanowolf2005; @romanowolf2016]. Yang diuji adalah efek keseluruhan tiap hasil sama dengan nol, dan hanya diperlukan limit normal fungsi pengaruh. Nilai q: tingkat terkecil yang masih menolak menurut prosedur dua tahap [@benjamini2006; @anderson2008]; pengandaiannya adalah uji yang bebas atau berkorelasi positif. Bobot pengali memakai pengaruh pada estimasi: bila sedikit wilayah yang ikut, nilai p ini cenderung terlalu kecil.
