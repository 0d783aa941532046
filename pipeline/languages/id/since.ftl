# Apa yang berubah sejak edisi terakhir.
since-title = Sejak edisi terakhir
since-first = Tidak ada edisi sebelum edisi ini yang catatannya tersimpan, sehingga tidak ada yang dapat dibandingkan.
since-blind = Dalam laporan ini keikutsertaan dibagikan ulang secara acak; laporan ini tidak dibandingkan dengan suatu edisi.
since-unreadable = Catatan edisi { TEXT("since_edition") } ditulis oleh versi lain dari proyek ini dan tidak dapat dibaca; bila edisi itu diterbitkan lagi, bab ini akan membandingkannya.
since-opening = Edisi ini dibandingkan dengan catatan yang disimpan ketika edisi { TEXT("since_edition") } diterbitkan: data, pengaturan, metode, perangkat lunak, serta setiap angka utama beserta simpulannya.

# -- effects
since-limit = Alasan pembatas
since-then = Edisi { $edition }
since-now = Edisi { $edition }
tbl-since-verdicts = Simpulan dahulu dan sekarang
    .notes = Alasan pembatas ialah aturan yang mencegah simpulan menjadi lebih baik; bila tidak ada, aturan yang menjadi dasarnya.
tbl-since-effects = Efek dahulu dan sekarang, dengan selang kepercayaan
    .notes = Masing-masing sebagaimana diterbitkan dalam edisinya.
since-verdicts = { COUNT("since_verdicts_moved_n") ->
    [0] Tidak ada simpulan yang berbeda dari edisi terakhir
    [1] Satu simpulan berbeda dari edisi terakhir
   *[other] Sebanyak { NUM("since_verdicts_moved_n", unit: "no") } simpulan berbeda dari edisi terakhir
    }, di antara { NUM("since_effects_n", unit: "no") } yang dapat dibandingkan (@tbl-since-verdicts); angkanya ada pada @tbl-since-effects.

# -- data
since-new = baru
since-revised = direvisi
since-gone = tidak ada lagi
since-read-otherwise = isi sama, dibaca secara lain
since-unread = isi sama, tidak dibaca lagi
since-file = Berkas
since-change = Perubahan
tbl-since-data = Berkas mentah yang berbeda, dengan barisnya
    .notes = Suatu berkas disebut direvisi bila isinya lain dari yang dibaca edisi terakhir. Baris adalah baris dalam pertanggungjawaban baris.
since-data = Berkas mentah: { NUM("since_new_n", unit: "no") } baru, { NUM("since_revised_n", unit: "no") } direvisi, { NUM("since_gone_n", unit: "no") } tidak ada lagi, { NUM("since_read_otherwise_n", unit: "no") } dibaca secara lain, { NUM("since_unread_n", unit: "no") } tidak dibaca lagi, { NUM("since_same_n", unit: "no") } tetap.

# -- settings, methods, software
since-settings-key = Pengaturan
since-methods-key = Nama
since-part = Bagian
since-part-estimators = Estimator
since-part-rules = Aturan simpulan
since-part-topics = Topik
since-part-software = Perangkat lunak
tbl-since-settings = Pengaturan yang berbeda
tbl-since-methods = Metode dan perangkat lunak yang berbeda
since-settings-some = Sebanyak { NUM("since_settings_n", unit: "no") } pengaturan studi berbeda (@tbl-since-settings).
since-settings-none = Tidak ada pengaturan studi yang berbeda.
since-methods-some = Metode dan perangkat lunak berbeda dalam { NUM("since_methods_n", unit: "no") } bagian (@tbl-since-methods).
since-methods-none = Estimator, aturan simpulan, topik dan versi perangkat lunak yang dipakai sama.
since-code-same = Kode proyek (notebook dan bab milik studi sendiri tidak termasuk) sama persis.
since-code-other = Kode proyek berbeda; catatan perubahannya menyebutkan apa yang berubah, dan angka utama simulasi mana yang bergeser karenanya.

# -- asal perbedaan
since-split-none = Bagian perbedaan yang berasal dari data, pilihan, atau kode belum dihitung untuk catatan edisi terdahulu ini.
since-lost-absent = isi yang dibaca edisi terdahulu tidak tersedia, baik di sini maupun dalam riwayat kendali versi
since-lost-error = tidak dapat dianalisis demikian oleh kode sekarang

# -- recommendations
since-edition = Edisi
since-recommendation = Rekomendasi
since-state = Keadaan
since-remark = Keterangan
since-state-done = telah dilaksanakan
since-state-under-way = sedang berjalan
since-state-open = belum dilaksanakan
since-state-dropped = dibatalkan
tbl-since-recommendations = Rekomendasi edisi sebelumnya dan tindak lanjutnya
since-recommendations-told = Dari { NUM("since_recommendations_n", unit: "no") } rekomendasi edisi sebelumnya yang disebut studi ini, { NUM("since_undone_n", unit: "no") } belum selesai dilaksanakan (@tbl-since-recommendations).
since-recommendations-none = Studi ini tidak menyebutkan tindak lanjut rekomendasi edisi sebelumnya.
auxiliary-since = Perubahan sejak edisi terakhir
    .needs = catatan edisi terakhir
