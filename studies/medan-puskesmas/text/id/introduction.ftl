# original: e2090120
introduction-list = introduction-background-title introduction-background introduction-comparison introduction-law-title introduction-law introduction-questions-title introduction-reach-step introduction-satisfaction-step introduction-strength-step introduction-scope-title introduction-scope
# original: 96662345
introduction-background = Pemerintah Kota Medan menyelenggarakan program pengembangan karier aparatur sipil negara (ASN) melalui pelatihan formal (lokakarya, seminar, kursus luar daerah) dan mentoring dari ASN senior kepada junior. Di bidang kesehatan program itu diharapkan memperbaiki pelayanan pusat kesehatan masyarakat (puskesmas), sebagaimana dinilai oleh warga yang dilayani.
introduction-comparison = Perbandingan sebelum dan sesudah di puskesmas peserta saja tidak dapat memisahkan akibat program dari hal yang berubah di semua puskesmas, misalnya musim penyakit, sarana baru, atau aturan pelayanan. Laporan ini karena itu membandingkan perubahan di puskesmas peserta dan di puskesmas yang tidak pernah ikut dalam kurun yang sama.
introduction-law-title = Dasar hukum
introduction-law = Pengembangan kompetensi ASN diatur dalam @uu20-2023 serta @pp11-2017 sebagaimana diubah dengan @pp17-2020. Kepuasan masyarakat diukur menurut @permenpanrb14-2017: sembilan unsur yang dinilai 1 sampai 4, dengan indeks 25 sampai 100. Profesionalitas ASN diukur menurut @permenpanrb38-2018 dan @perbkn8-2019. Pelindungan data pribadi mengikuti @uu27-2022.
introduction-reach-step = Siapa yang terjangkau pelatihan dan mentoring?
introduction-satisfaction-step = Seberapa besar efek program pada kepuasan masyarakat atas pelayanan puskesmas peserta, dan bagaimana efek itu berkembang dari triwulan ke triwulan?
introduction-strength-step = Seberapa kuat bukti untuk setiap jawaban itu, dan tujuan mana yang hanya dapat diuraikan?
# original: a6b9b1f2
introduction-scope = Evaluasi mencakup { NUM("n_units", unit: "no") } puskesmas pada { NUM("n_clusters", unit: "no") } kecamatan, dari triwulan { PERIOD("first_period") } sampai { PERIOD("last_period") } (T1 sampai T4 menandai triwulan). Survei kepuasan masyarakat dilaksanakan setiap triwulan, sedangkan daftar pegawai, register pelatihan, nilai IP ASN, dan survei pegawai bersifat tahunan. Karena jumlah puskesmas pada setiap kohort kecil, ketidakpastian dan daya uji mendapat perhatian khusus.
