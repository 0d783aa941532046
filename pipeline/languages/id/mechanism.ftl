tbl-mechanism-steps = Efek ikut serta pada tiap langkah
tbl-mechanism-links = Keterkaitan perubahan antarlangkah
    .notes = Kaitan perubahan di dalam unit, setelah yang sama pada satu kohort dan tahun dikeluarkan: bukan efek. Nisbah efek: efek pada langkah kedua dibagi efek pada langkah pertama, yakni kaitan yang diperlukan bila seluruh efek melewatinya.
tbl-mechanism-shares = Bagian efek menurut jalur, dan kepekaannya
    .notes = Hasil kali koefisien; artinya sebagai bagian efek bergantung pada asumsi keterabaian berurutan. Rho bagi nol: korelasi galat yang membuat hasil kali nol. Kisaran: gabungan selang kepercayaan bila korelasi itu antara −{ $limit } dan { $limit }. Tanda pisah: efek keseluruhan tidak jelas berbeda dari nol.
fig-mechanism = Hasil kali koefisien menurut korelasi galat yang diasumsikan
    .alt = Tiap langkah sebuah garis dengan pita: hasil kali terhadap korelasi galat rho; garis putus-putus pada efek keseluruhan; bidang kelabu tempat rho yang dipakai untuk kisaran. Angkanya ada pada tabel bagian.
mechanism-step = Langkah
mechanism-goes = Berkaitan dengan
mechanism-ratio-effects = Nisbah efek
mechanism-path = Jalur
mechanism-product = Hasil kali
mechanism-share = Bagian
mechanism-rho-for-zero = Rho bagi nol
mechanism-range-lower = Kisaran, bawah
mechanism-range-upper = Kisaran, atas
mechanism-correlation-errors-rho = Korelasi galat (rho)
mechanism-whole-effect = Efek keseluruhan
mechanism-path-2 = { $step1 } → { $step2 }
mechanism-path-3 = { $step1 } → { $step2 } → { $step3 }

# -- robust
mechanism-title = Mekanisme
mechanism-opening = Program diharapkan bekerja melalui suatu rantai: keikutsertaan mengubah langkah pertama, lalu langkah itu mengubah yang berikutnya. Yang diestimasi dengan rancangan laporan ini hanyalah efek *keikutsertaan* pada tiap langkah (@tbl-mechanism-steps). Kaitan antarlangkah tidak: tidak ada yang menetapkan perubahan suatu langkah bagi { $unit }. Yang dapat dilihat ialah apakah perubahan di dalam { $unit } berjalan bersama setelah segala yang sama pada suatu kohort dan tahun, termasuk efek program, dikeluarkan (@tbl-mechanism-links).
mechanism-pair = { $first } – { $second }:
mechanism-with = yang pertama naik lebih banyak, yang kedua juga: beda satu satuan berkaitan dengan { NUM($link) } ({ CI($link) }).
mechanism-against = yang pertama naik lebih banyak, yang kedua justru naik *lebih sedikit*: beda satu satuan berkaitan dengan { NUM($link) } ({ CI($link) }).
mechanism-no-association = tidak tampak kaitan ({ NUM($link) }, { CI($link) }).
mechanism-outcome = **{ $outcome }.**
mechanism-total-unclear = Efek keseluruhan tidak jelas berbeda dari nol, sehingga bagiannya tidak berarti apa-apa.
mechanism-on-last-step = Hasil kali koefisien menaruh { NUM($share) } efek ({ CI($share) }) pada langkah terakhir rantai.
mechanism-share-held = Ini bertahan sekalipun galat kedua persamaan berkorelasi sampai { NUM("mechanism_rho_max") } ke arah mana pun: kisarannya menjadi { CI($range) }.
mechanism-share-clear = Namun ini mensyaratkan tidak ada hal lain yang menggerakkan keduanya: korelasi galat { NUM($zero) } sudah membuatnya nol, dan dengan korelasi sampai { NUM("mechanism_rho_max") } ke arah mana pun kisarannya { CI($range) }.
mechanism-share-unclear = Nilai itu tidak jelas berbeda dari nol, dan dengan galat yang berkorelasi sampai { NUM("mechanism_rho_max") } ke arah mana pun kisarannya { CI($range) }. Jadi data ini tidak menunjukkan bahwa efek berjalan lewat jalur itu. Data ini juga tidak menyangkalnya: galat dalam mengukur suatu langkah menarik kaitan semacam ini ke arah nol.
mechanism-ignorability = Menyebutnya bagian efek yang *bekerja melalui* suatu langkah memerlukan asumsi keterabaian berurutan [@imai2010], yang tidak diberikan rancangan ini: { $unit } yang langkahnya lebih banyak berubah mungkin berbeda dalam banyak hal lain.

# -- technical
mechanism-technical-title = Mekanisme: identifikasi dan rumus
mechanism-technical-steps = **Efek pada langkah.** $ATT$ tiap langkah seperti hasil lain; $a$ untuk langkah pertama suatu jalur, $c$ untuk hasil.
mechanism-technical-links = **Kaitan.** { MATH("mechanism-1") } dengan efek bagi tiap kohort dan periode, sehingga $b$ bertumpu pada perubahan di dalam { $unit } yang tidak sama dengan kohort dan tahunnya. Galat baku dikelompokkan pada aras penetapan, dengan kuantil $t$. *Dalam satu kalimat:* berapa lebih banyak hasil naik bila langkah itu naik satu satuan lebih banyak. Ini bukan efek.
mechanism-technical-shares = **Bagian.** $a\,b/c$, untuk rantai $a\,b_1 b_2/c$. Selang diperoleh dengan menarik $(a, b, c)$ dari sebaran normal dengan kovarians bersama fungsi pengaruhnya, sebab hasil kali estimasi menceng [@mackinnon2004]. Bila selang $c$ memuat nol, bagian tidak dihitung.
mechanism-technical-sensitivity = **Kepekaan.** Hasil kali itu ialah rata-rata efek melalui langkah bila langkah tersebut seakan ditetapkan secara acak dengan keikutsertaan, unit, kohort, dan periode tertentu (keterabaian berurutan), persamaannya linear, dan pengaruh langkah itu sama dengan maupun tanpa program [@imai2010]. Misalkan $\rho$ korelasi galat persamaan langkah dan persamaan hasil, $\sigma_1, \sigma_2$ simpangan baku residu hasil dan langkah bila langkah dikeluarkan dari persamaan, dan $\tilde\rho$ korelasinya. Maka hasil kali itu { MATH("mechanism-2") } [@imai2010, teorema 4]: $a\,b$ pada $\rho = 0$ dan nol pada $\rho = \tilde\rho$. Kisaran ialah gabungan selang atas $|\rho| \le$ { NUM("mechanism_rho_max", decimals: 1) }; pada rantai semua kaitan memakai $\rho$ yang sama. Langkah terdahulu yang juga langsung menggerakkan hasil adalah pembaur yang diubah program sendiri; maka bagian langkah terakhir pun tidak teridentifikasi. Galat pengukuran pada langkah menarik $b$ ke arah nol.
