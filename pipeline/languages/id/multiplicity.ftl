multiplicity-codes-never = Seluruhnya
tbl-multiplicity = Luaran utama: nilai p yang disesuaikan untuk banyaknya uji
    .notes = Nilai p dari bootstrap pengali bersama; Romano–Wolf memperhitungkan korelasi antarluaran, Holm tidak.
tbl-multiplicity-exploratory = Efek eksploratif: nilai q
    .notes = Nilai q: tingkat penemuan keliru terkecil yang masih menolak, dalam langkah seperseribu; dapat lebih kecil daripada nilai p bila kebanyakan uji lain menolak.
multiplicity-p-on-its-own = Nilai p sendiri
multiplicity-holm = Holm
multiplicity-romano-wolf = Romano–Wolf
