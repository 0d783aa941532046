# -- tables
tbl-timing = Yang dikatakan undian semata
    .notes = Estimasi efisien dan galat baku menurut Roth dan Sant'Anna. Rasio: galat baku estimasi utama dibagi galat baku estimasi ini. Bagian: dari selisih sebelum mulai yang dikurangkan; selisih ganda mengurangkan seluruhnya. Nilai p permutasi adalah bagi tanpa efek pada unit mana pun; nilai p selisih sebelumnya, bagi waktu yang diundi (dalam sampel besar).
timing-share = Bagian yang dikurangkan
timing-ratio = Rasio galat baku
timing-permutation = Permutasi, p
timing-before = Sebelum mulai, p

# -- robust
timing-title = Waktu mulai yang diundi
timing-opening = Kapan tiap { $unit } mulai ditetapkan dengan undian, menurut pernyataan studi. Asumsi itu menggantikan tren sejajar: sebelum ada yang mulai, kelompok berbeda hanya karena kebetulan. Estimasi di sini bersandar pada asumsi itu, pada tiadanya efek sebelum mulai, dan pada tiadanya pengaruh antarunit, tetapi tidak pada tren sejajar [@rothsantanna2023efficient]; bila waktunya ternyata dipilih, estimasi ini tidak berlaku. Estimasi ini tidak masuk ke dalam simpulan.
timing-strata = Undian dilakukan di dalam strata (jumlah: { NUM("timing_strata") }), sehingga unit hanya dibandingkan dengan unit lain dari stratanya sendiri, dan permutasi pun tetap di dalam strata; strata tanpa dua kelompok yang dapat dibandingkan tidak menerangkan apa pun dan tidak dipakai.
timing-one-lot = Studi tidak menyebut strata, sehingga diasumsikan satu undian atas semua unit; andai undian dilakukan di dalam strata, perbandingan antarstrata memuat lebih dari kebetulan.
timing-large = Selang, galat baku, dan keuntungan ketelitian berlaku bagi banyak unit pada tiap kelompok{ $strata ->
    [yes] {" "}pada tiap strata, atau bagi banyak strata,
   *[no] {","}
 } dan terlalu sempit bila kelompoknya kecil; hanya permutasi yang eksak dengan sedikit unit, dan itu pun hanya bagi hipotesis bahwa tidak ada unit yang berefek.
timing-outcome = **{ $outcome }.** Efeknya { NUM("timing", $o, signed: "yes") } ({ CI("timing", $o) }; menurut permutasi waktu mulai { P("timing_permutation", $o) }).
timing-gain = Galat baku estimasi utama adalah { NUM("timing_ratio", $o) } kali galat baku estimasi ini.
timing-doubt = Namun sebelum mulai kelompok berbeda lebih daripada yang patut bagi undian ({ P("timing_before", $o) }): bahwa waktunya acak diragukan, dan estimasi ini pula.
timing-sound = Sebelum mulai kelompok tidak berbeda lebih daripada yang patut bagi undian ({ P("timing_before", $o) }).
