discussion-title = Pembahasan dan Keterbatasan

# -- what the results mean
discussion-meaning-title = Tafsiran hasil
discussion-meaning-wanted = Perubahan hasil utama pada { $unit } yang ikut melebihi perubahan pembandingnya, dan perbedaan itu muncul setelah mulai ikut. Penjelasan lain yang masih mungkin adalah kejadian yang menimpa { $unit } yang ikut saja, pada waktu yang sama; hal itu tidak dapat disingkirkan oleh data, hanya oleh pengetahuan tentang apa yang terjadi.
discussion-meaning-weak = Perubahan hasil utama searah dengan harapan, tetapi buktinya lemah: pilihan metode atau tren yang sudah ada sebelumnya masih dapat menerangkannya. Hasil ini lebih tepat dibaca sebagai alasan untuk mengukur lebih baik daripada sebagai alasan untuk memperluas.
discussion-meaning-unwanted = Sedikitnya satu hasil utama bergerak ke arah yang tidak dikehendaki. Sebelum disimpulkan bahwa program merugikan, perlu diperiksa apakah ada kejadian lain yang menimpa { $unit } yang ikut saja; namun beban pembuktian kini ada pada pihak yang hendak meneruskan program.
discussion-meaning-none = Perubahan pada { $unit } yang ikut tidak dapat dibedakan dari perubahan pembandingnya pada sedikitnya satu hasil utama. Tiga keadaan sejalan dengan temuan ini: program tidak menggerakkan hasil; program menggerakkannya terlalu sedikit untuk dideteksi; atau pembanding ikut memperoleh manfaatnya.
discussion-meaning-not-credible = Rancangan tidak dapat dipercaya untuk sedikitnya satu hasil utama: { $unit } yang ikut sudah bergerak lain sebelum program. Angka efeknya karena itu tidak boleh dibaca sebagai akibat program, betapapun besar atau pastinya tampak.
discussion-meaning-weak-decline = Sedikitnya satu hasil utama bergerak ke arah yang tidak dikehendaki, tetapi buktinya lemah: pilihan metode, kebetulan, atau tren yang sudah ada sebelumnya masih dapat menerangkannya. Meskipun demikian beban pembuktian ada pada pihak yang hendak meneruskan program, dan pengukuran berikutnya perlu memastikannya.
discussion-meaning-not-assessable = Data tidak cukup untuk menilai sedikitnya satu hasil utama. Hal itu bukan bukti adanya efek dan bukan pula bukti ketiadaannya.
discussion-meaning-mixed = Sebagian hasil utama bergerak sesuai harapan dan sebagian tidak. Satu simpulan tunggal tentang program akan menutupi hal ini: @tbl-verdict memuat hasil yang mana, dan masing-masing perlu dibaca tersendiri.
discussion-mechanism = Hasil antara dianalisis dengan rancangan yang sama seperti hasil utama. Apa pun yang ditunjukkannya tidak membuktikan bahwa yang satu menyebabkan yang lain: untuk itu diperlukan asumsi yang lebih kuat daripada yang dipakai di sini.
discussion-mechanism-together = Keduanya membaik, sejalan dengan teori perubahan.
discussion-mechanism-apart = Keduanya tidak membaik bersama, padahal demikian menurut teori perubahan.
discussion-links-none = Namun di dalam { $unit } perubahan satu langkah tidak tampak berkaitan dengan perubahan langkah lain atau hasil (@tbl-mechanism-links): data ini tidak menunjukkan bahwa efek berjalan melalui rantai itu. Data ini juga tidak menyangkalnya, sebab galat pengukuran menarik kaitan seperti itu ke arah nol.
discussion-links-some = Di dalam { $unit } sebagian pasangan langkah berubah bersama dan sebagian tidak (@tbl-mechanism-links); kaitan itu bukan bukti bahwa yang satu menyebabkan yang lain.
discussion-links-all = Di dalam { $unit } perubahan langkah-langkah itu berjalan bersama (@tbl-mechanism-links); kaitan itu bukan bukti bahwa yang satu menyebabkan yang lain.
discussion-links-against = Namun di dalam { $unit } sedikitnya satu pasangan langkah berubah berlawanan dengan teori perubahan (@tbl-mechanism-links).

# -- method
discussion-method-title = Ketergantungan pada pilihan metode
discussion-method = Estimasi dengan pembanding lain, kovariat, dan galat baku lain dimuat pada @sec-tables, sedangkan estimator dan spesifikasi lain pada @sec-robustness; perbedaannya menunjukkan seberapa jauh simpulan bergantung pada pilihan metode [@rambachanroth2023; @rothsantannabilinskipoe2023].
discussion-outcome = **{ $outcome }.**
discussion-whatif-ruled = Dengan estimator kohort dan periode, { NUM("whatif_ruled_same", $o) } dari { NUM("whatif_ruled_n", $o) } gabungan pilihan memperoleh simpulan laporan ini (@tbl-whatif).
discussion-whatif-others = Dengan estimator lain, { NUM("whatif_others_same", $o) } dari { NUM("whatif_others_n", $o) } (@tbl-whatif).
discussion-breakdown = Simpulan bertahan selama perubahan tren setelah mulai paling banyak { NUM("sensitivity_mbar", $o) } kali perubahan terbesar sebelumnya (@tbl-sensitivity-breakdown).
discussion-before-dip = Awal yang digeser { NUM("placebo_shift", $o) } { COUNT("placebo_shift", $o) ->
   *[other] periode
    } terukur lebih dini memperlihatkan { NUM("placebo_date", $o, signed: "yes") } ({ P("placebo_date", $o) }): yang ikut turun sebelum masuk, sehingga pemulihan saja (kembali ke rata-rata, @sec-methods) akan tampak sebagai bagian efek.
discussion-before-rise = Awal yang digeser { NUM("placebo_shift", $o) } { COUNT("placebo_shift", $o) ->
   *[other] periode
    } terukur lebih dini memperlihatkan { NUM("placebo_date", $o, signed: "yes") } ({ P("placebo_date", $o) }): sebagian perbaikan sudah dimulai sebelum masuk.
discussion-earlier-base = Diukur dari satu periode lebih dini, efeknya { NUM("earlier_base", $o) }.
discussion-placebos = **Plasebo.** Dari { NUM("sensitivity_placebos") } waktu mulai yang digeser ke sebelum yang sebenarnya, { NUM("sensitivity_placebos_beyond") } akan tampak sebagai efek walaupun tidak mungkin ada (@tbl-sensitivity-placebo).

discussion-diverging = **Tren.** Dari 100 studi simulasi seperti studi ini yang tanpa dampak apa pun tetapi trennya sedikit menyimpang, aturan ini akan menyebut { NUM("like_diverging_increase", unit: "no") } membaik (@tbl-like).

# -- limitations
discussion-limitations-title = Keterbatasan
discussion-selection = **Seleksi.** Kecuali bila tempat diundi, peserta dapat berbeda dari pembandingnya. Perbedaan tingkat tidak membiaskan selisih ganda, tetapi perbedaan tren membiaskannya, dan uji tren sebelum program hanya menemukan tren yang cukup besar.
discussion-power = **Daya uji.** Efek di bawah efek terkecil yang dapat terdeteksi mungkin terlewat. Tidak ditemukannya bukti bukanlah bukti ketiadaan dampak.
discussion-spill-over = **Rembesan.** Bila pembanding ikut memperoleh manfaat, misalnya melalui perpindahan orang, estimasi terlalu kecil.
discussion-concurrent = **Kejadian bersamaan.** Kebijakan lain yang mulai pada waktu dan tempat yang sama tidak dapat dipisahkan dari program oleh rancangan ini.
discussion-measurement = **Pengukuran.** Efek pada suatu ukuran adalah efek pada apa yang ditangkap ukuran itu.
discussion-observation = Observasi menunjukkan apa yang terjadi ketika ada yang mengamati.
discussion-generality = **Keberlakuan.** Hasil berlaku bagi { $unit } yang ikut pada kurun ini. Yang masuk kemudian, atas undangan atau syarat lain, mungkin menanggapi secara berbeda.
discussion-plan-departs = **Rencana.** Studi ini menyimpang dari rencananya dalam { NUM("plan_deviations", unit: "no") } pilihan tanpa revisi yang bertanggal dan beralasan (@tbl-plan).
discussion-plan-revised = **Revisi rencana.** Rencana direvisi { COUNT("plan_revisions") ->
    [1] satu kali
   *[other] { NUM("plan_revisions", unit: "no") } kali
    } sesudah ada data, dengan tanggal dan alasan (@tbl-plan); pilihan yang diubah saat itu tidak dibuat tanpa melihat data.
