# Messages of figures, by the rules of pipeline/chapters/titles.py: they count and name, and judge nothing.
titles-outcomes-wanted = { $count ->
   *[other] Pada semua { $count } hasil setiap selang sesudah ikut program terletak di sisi nol yang diharapkan
    }
titles-outcomes-unwanted = { $count ->
   *[other] Pada semua { $count } hasil setiap selang sesudah ikut program terletak di sisi nol yang tidak diharapkan
    }
titles-outcomes-none = { $count ->
   *[other] Tidak satu pun dari { $count } hasil memiliki selang sesudah ikut program yang tidak memuat nol
    }
titles-outcomes-mixed = Dari { $count } hasil, { $wanted } memiliki semua selang sesudah ikut program di sisi nol yang diharapkan, { $unwanted } di sisi lain; pada { $some } hanya sebagian selang yang tidak memuat nol
titles-event = Sesudah ikut program efek berkisar dari { $least } sampai { $most } { $unit }; dari { $count } selang { $wanted } di sisi nol yang diharapkan, { $unwanted } di sisi lain
titles-event-before = { $said } (sebelum ikut program { $beyond } dari { $count } tidak memuat nol)
titles-event-nothing = Tidak ada efek sesudah ikut program yang dapat ditampilkan
titles-cohorts = Efek rata-rata { $value } { $unit } ({ $low } sampai { $high }); dari { $count } kohort { $wanted } memiliki selang di sisi nol yang diharapkan, { $unwanted } di sisi lain
titles-summary = Dari { $count } selang { $wanted } di sisi nol yang diharapkan, { $unwanted } di sisi lain, { $open } memuat nol
titles-coverage = Sekolah peserta terbanyak di satu kecamatan ada di { $district }: { $part } dari { $all }
titles-coverage-none = Tidak ada kecamatan yang sekolah pesertanya boleh ditampilkan
titles-gaps = Selisih terhadap pembanding berubah dari { $before } tepat sebelum ikut program menjadi { $after } sesudahnya, perubahan { $change } { $unit }
titles-gaps-effect = { $said }; estimasi efek { $effect }, bedanya diterangkan dalam catatan
titles-gaps-nothing = Tidak ada selisih sebelum dan sesudah ikut program yang dapat ditampilkan
titles-smallest = efek terkecil yang berarti
titles-n = n = { $n }
titles-n-range = n = { $low } sampai { $high }
titles-axis = { $what } ({ $unit })
titles-with-n = { $label } ({ $n })
titles-intervals = { $what }, dari { $count } selang { $wanted } di sisi nol yang diharapkan, { $unwanted } di sisi lain, { $open } memuat nol
titles-by-estimator = Menurut estimator
titles-by-group = Menurut kelompok awal
titles-by-third = Menurut sepertiga jam
titles-by-specification = Menurut spesifikasi
titles-by-area = Tanpa satu wilayah
titles-flow = Dari { $read } baris { $kept } dipakai; dari { $units } unit dalam analisis { $treated } ikut program
titles-flow-rows = Dari { $read } baris { $kept } dipakai
titles-theory = Dari { $count } tujuan { $judged } dinilai dengan pembanding, { $described } hanya diuraikan, { $open } belum diukur
titles-lorenz = Separuh pegawai dengan jam paling sedikit memperoleh { $share }% dari semua jam
titles-dimensions = Dari { $first } ke { $last } indeks berubah dari { $then } menjadi { $now }: { $change } poin, { $competence } di antaranya pada dimensi yang menghitung pelatihan
titles-ends = Tertinggi: { $most }, { $high } { $unit }; terendah: { $least }, { $low } { $unit }
titles-ends-percent = Tertinggi: { $most }, { $high }%; terendah: { $least }, { $low }%
titles-ends-none = Tidak ada nilai yang dapat ditampilkan
titles-shares = Ditanya langsung { $direct }% mengiyakan, dengan perlindungan { $pooled }%: selisih { $hidden } poin ({ $low } sampai { $high })
titles-shares-designs = Bagian yang mengiyakan menurut { $count } cara bertanya
titles-mechanism = Tanpa korelasi galat hasil kali tidak memuat nol pada { $some } dari { $count } langkah
titles-power = Efek terkecil yang berarti dapat ditemukan oleh rancangan yang digambar pada { $some } dari { $count } hasil
titles-breakdown = Dengan pelanggaran sebesar yang terbesar sebelumnya (M = 1) selang tidak memuat nol pada { $some } dari { $count } hasil
titles-trends = Dari { $first } ke { $last } rata-rata yang tidak pernah ikut berubah { $never } { $unit }; dari { $count } kohort { $more } berubah lebih jauh ke arah yang diharapkan
titles-trends-none = Tidak ada perbandingan antarwaktu yang dapat ditampilkan
titles-theory-all = Semua tujuan ({ $count }) dinilai dengan pembanding
titles-flow-kept = { $kept } baris dipakai
