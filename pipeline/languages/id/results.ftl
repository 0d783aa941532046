results-title = Hasil
results-opening = Bab ini mulai dari keadaan sebelum program, memuat efek setiap hasil, memeriksa tren, dan memberi simpulan.
results-opening-reach = Sebelum efek dilaporkan siapa yang terjangkau.
results-opening-more = Bab ini ditutup dengan tujuan program yang lain dan tanggapan mereka yang ditanya.

# -- before the programme
results-before-title = Keadaan sebelum program
results-balance = @tbl-balance membandingkan yang ikut dan pembandingnya pada periode terukur terakhir sebelum kohort pertama mulai.
results-level = Perbedaan tingkat tidak membiaskan selisih ganda; perbedaan itu memperingatkan bahwa trennya mungkin berbeda pula.

# -- reach
results-reach-title = Jangkauan pelatihan dan mentoring
results-trained = Sebanyak { NUM("n_trained_staff", unit: "no") } pegawai ASN tercatat mengikuti sedikitnya satu kegiatan.
results-hours = Pada tahun terakhir rata-rata jam pengembangan adalah { NUM("jp_mean") }, dan { NUM("share_min_jp") } pegawai mencapai sedikitnya { $hours } JP [@pp11-2017; @pp17-2020].
results-training = @tbl-training memuat keikutsertaan menurut jenis kegiatan.
results-training-coverage = @tbl-training memuat keikutsertaan menurut jenis kegiatan, dan @fig-coverage bagian { $unit } peserta menurut kecamatan.
results-delivery-only = Angka ini menguraikan pelaksanaan; angka ini tidak menunjukkan akibatnya.

# -- effects
results-effects-title = Efek menurut hasil
results-effects = @tbl-effects memuat efek rata-rata pada yang ikut untuk semua hasil.
results-events = @fig-events memperlihatkan setiap efek sebelum dan sesudah ikut program. Gambar dan tabel setiap hasil ada pada @sec-tables.
results-outcome = **{ $outcome }.**
results-published-title = Hasil terbitan
results-published = Sebagai pemeriksaan, regresi efek tetap dengan lag perlakuan diulang pada data yang sama. @tbl-replication memuat angka terbitan di samping angka laporan ini.
results-figures = Perkembangan menurut kohort tampak pada @fig-trends-{ $id }, efek menurut waktu sejak ikut pada @fig-event-{ $id }, dan efek menurut kohort pada @fig-cohort-{ $id }.
results-two-way = Koefisien dua arah adalah { NUM("twfe", $o) }.
results-two-way-decomposed = Koefisien dua arah adalah { NUM("twfe", $o) }; selisihnya dengan ATT dijelaskan oleh dekomposisi pada @tbl-bacon-{ $id }.
results-trends-title = Tren sebelum program
results-verdicts-title = Simpulan menurut hasil
results-aim-verdicts-title = Simpulan atas tujuan lain
results-verdicts-aims = Simpulan setiap indikator tujuan lain ada pada @tbl-aim-verdicts.
results-verdicts = @tbl-verdict memuat simpulan setiap hasil, efek terkecil yang dapat terdeteksi, dan alasan yang menentukan simpulan itu. Alasan dengan batas menurunkan simpulan sampai tingkat yang disebut.
results-rounds-away = **{ $outcome }** dicetak dengan desimal yang terlalu sedikit bagi skalanya: galat bakunya bukan nol tetapi tercetak nol. Data yang menyertai laporan memuat semua digit; studi dapat menetapkan `decimals`, atau satuan lain.
