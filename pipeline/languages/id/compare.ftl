# Halaman `make compare`.
compare-title = Edisi { $edition } di samping edisi { $then }
compare-split-title = Asal Perbedaan
compare-split = Setiap baris mengubah satu hal terhadap baris di atasnya dan sungguh dihitung, dari edisi terdahulu sebagaimana diterbitkan sampai edisi ini; semua perubahan berjumlah sama dengan seluruh perbedaan (@tbl-since-split).
compare-not-run = Tidak setiap langkah dapat dihitung; baris yang mengubah beberapa hal sekaligus menyebutkannya:
compare-lost = { $part }: { $why }
compare-what-title = Apa yang Berbeda
compare-as-published = edisi { $edition } sebagaimana diterbitkan
compare-part = Langkah
compare-part-code = kode dan perangkat lunak sekarang
compare-part-revised = berkas tahun terdahulu yang direvisi
compare-part-new = data baru
compare-part-choices = pilihan sekarang
compare-together = tidak terpisahkan: { $parts }
compare-change = Perubahan
compare-after = Sesudahnya
tbl-since-split = Perbedaan angka utama menurut asalnya
    .notes = Langkah diambil dalam urutan ini; dalam urutan lain, bagian yang bekerja bersama akan terbagi secara lain. Panel siap pakai yang datang lagi setiap tahun dihitung sebagai data baru, termasuk tahun-tahun terdahulunya.
