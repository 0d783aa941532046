# The effect and how it comes about.
how-caption = Efek dan asal-usulnya
how-alt = Tiga panel: rata-rata kohort dan unit yang tidak pernah ikut; selisih kohort terhadap unit itu; perubahan setiap selisih sejak periode terukur terakhir sebelum ikut program.
how-notes = Garis tegak bertitik: mulainya setiap kohort. Panel ketiga adalah panel kedua dikurangi selisih kohort itu sendiri pada periode terukur terakhir sebelum ikut program.
how-notes-equal = Tanpa kovariat, itulah efek kohort.
how-notes-unequal = Setiap rata-rata memuat semua unit yang terukur pada periode itu, sedangkan efek hanya membandingkan unit yang terukur pada kedua periode; karena tidak setiap unit terukur pada setiap periode, perubahan di sini dapat berbeda dari estimasi.
how-notes-comparison = Efek dibandingkan pula dengan unit yang belum ikut, sehingga perubahan di sini dapat berbeda dari estimasi.
how-notes-intervals = Selang ada pada tabel efek
how-gap = Selisih
how-change = Perubahan
how-means = 1. Rata-rata
how-gaps = 2. Selisih terhadap unit yang tidak pernah ikut
how-changes = 3. Perubahan selisih sejak periode terakhir sebelum ikut program
results-how = @fig-how-{ $id } memperlihatkan asal-usul efek pada { $phrase }: dari rata-rata kohort ke selisihnya, dan dari selisih ke perubahannya.
