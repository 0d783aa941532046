# Aturan pembersihan yang bukan kesalahan berkas; yang lain disebut sebagai kesalahannya (check.ftl).

rules-place-spelling = Ejaan kecamatan berbeda dan dibaca sesuai maksudnya.
rules-nisn-written-otherwise = Nomor murid ditulis dengan tanda atau spasi dan dibaca tanpanya.
rules-nip-written-otherwise = Nomor pegawai ditulis dengan tanda atau spasi dan dibaca tanpanya.
rules-activity-written-otherwise = Jenis kegiatan ditulis berbeda dan dibaca sesuai maksudnya.
rules-batch-written-otherwise = Kelompok ditulis berbeda dan dibaca sesuai maksudnya.
rules-name-written-otherwise = Nama unit ditulis berbeda dan dibaca sesuai maksudnya.
rules-index-differs-from-sum = Indeks berbeda dari jumlah bagiannya; jumlahnya yang dipakai.
rules-value-missing = Sebuah nilai tidak ada; baris dihitung sejauh ada nilainya.
rules-value-left-out = Sebuah nilai dikosongkan: { $why }
rules-title-row = Judul di atas tabel.
rules-blank-row = Baris kosong.
rules-fewer-rows = Baris berkas lebih sedikit daripada tahun sebelumnya.
rules-fewer-units = Unit dalam berkas lebih sedikit daripada tahun sebelumnya.
rules-part-of-period = Bagian periode yang dijalani dalam program dibaca sebagai penuh atau tidak sama sekali, menurut ambang dalam studi.
