# original: e2090120
introduction-list = introduction-background-title introduction-background introduction-questions-title introduction-published-step introduction-average-step introduction-scope-title introduction-scope
# original: 96662345
introduction-background = Pada akhir dasawarsa 1980-an negara bagian Michigan memberikan hibah satu kali kepada perusahaan manufaktur untuk melatih pekerjanya. Holzer dkk. meneliti apakah hibah itu mengurangi produk gagal [@holzer1993]; datanya dipakai sebagai contoh dalam buku ajar Wooldridge [@wooldridge2019] dan tersedia untuk umum. Hibah diberikan menurut urutan permohonan, bukan melalui undian. Laporan ini mengulang hasil terbitan itu dan menilai data yang sama dengan metode dan aturan simpulan laporan evaluasi.
introduction-published-step = Apakah angka terbitan dapat diperoleh kembali sampai angka terakhir yang dicetak?
introduction-average-step = Seberapa besar efek rata-rata { $program } pada { $unit } yang menerimanya, dan seberapa kuat buktinya?
# original: a6b9b1f2
introduction-scope = Analisis mencakup { NUM("n_units", unit: "no") } { $unit } yang melaporkan tingkat produk gagal, dalam { NUM("n_periods", unit: "no") } tahun, dari { PERIOD("first_period") } sampai { PERIOD("last_period") }. Hasil yang lebih rendah lebih baik.
