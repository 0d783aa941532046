plan-status-revision = Revisi rencana
plan-status-deviation = Penyimpangan
tbl-plan = Revisi dan penyimpangan dari rencana pra-analisis
    .notes = Kunci sebagaimana tertulis dalam study.yml; tanda * berarti setiap hasil. Nilai – berarti pilihan itu belum ada atau tidak ada lagi.
plan-kind = Jenis
plan-choice = Pilihan
plan-planned = Rencana
plan-became = Menjadi
plan-date = Tanggal

# -- robust
plan-title = Rencana pra-analisis
plan-absent = Tidak ada rencana pra-analisis yang dibekukan untuk studi ini. Pilihan di balik estimasi dengan demikian masih terbuka ketika data sudah dapat dilihat; hal ini melemahkan arti satu hasil yang signifikan.
plan-frozen-before = Sebanyak { NUM("plan_choices", unit: "no") } pilihan utama studi (hasil, efek terkecil yang berarti, pembanding, kovariat, aturan simpulan, spesifikasi, toleransi) dibekukan pada { DATE("plan_first_date") }, sebelum ada data di folder studi. Hash rencana yang berlaku ialah `{ $hash }`.
plan-frozen-with-data = Sebanyak { NUM("plan_choices", unit: "no") } pilihan utama studi (hasil, efek terkecil yang berarti, pembanding, kovariat, aturan simpulan, spesifikasi, toleransi) dibekukan pada { DATE("plan_first_date") }, ketika data sampai dengan { $until } sudah ada di folder studi: untuk edisi sampai saat itu rencana menunjukkan bahwa pilihan tidak berubah sesudahnya, bukan bahwa pilihan dibuat tanpa melihat data. Hash rencana yang berlaku ialah `{ $hash }`.
plan-data-same = Berkas tahun-tahun itu, dicocokkan dengan nilai hash dalam rencana, sama dengan yang ada pada hari itu.
plan-data-changed = Berkas tahun-tahun itu bukan lagi yang ada pada hari itu: nilai hashnya tidak sama dengan yang tercatat dalam rencana.
plan-revised = Rencana direvisi { COUNT("plan_revisions") ->
    [1] satu kali
   *[other] { NUM("plan_revisions", unit: "no") } kali
    }, terakhir pada { DATE("plan_last_date") }; @tbl-plan memuat tiap perubahan dan alasannya.
plan-departs = **Laporan ini menyimpang dari rencana dalam { NUM("plan_deviations", unit: "no") } pilihan** (@tbl-plan).
plan-kept = Laporan ini tidak menyimpang dari rencana yang berlaku dalam satu pilihan pun.
