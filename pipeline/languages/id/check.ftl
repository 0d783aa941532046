check-title = Pemahaman atas Berkas dan Pengaturan
check-opening = Cara setiap berkas dibaca, pengaturan yang berlaku, dan isi panel, sebelum ada yang diestimasi.
check-not-made = Panel tidak dapat dibentuk; tabelnya tidak ada di sini.
check-result =
    { $faults ->
        [0] Tidak ada berkas atau pengaturan yang menghentikan laporan.
       *[other] { $faults } kesalahan menghentikan laporan sampai ada keputusan.
    } { $looks ->
        [0] Tidak ada hal lain yang perlu diperiksa.
       *[other] { $looks } hal perlu diperiksa.
    }
check-faults = Yang menghentikan laporan
check-looks = Yang perlu diperiksa
check-understood = Yang dibaca
check-kind = Jenis
check-sheet = Lembar
check-header = Baris judul
check-encoding = Pengodean
check-separator = Pemisah
check-decimal = Tanda desimal
check-key = Kunci
check-value = Nilai
check-from-study = studi
check-from-default = bawaan
check-from-data = menurut data
check-from-disclosure = dinaikkan ke batas yang boleh ditampilkan (disclosure)
check-why = Tidak masuk estimasi
check-why-too-few = kohort ini: unitnya terlalu sedikit
check-why-treated-from-start = unit yang ikut program sejak periode terukur pertamanya
check-why-not-measured = unit tanpa satu pun nilai hasil
check-why-seen-once = unit yang nilainya hanya ada untuk satu periode
check-why-no-change = unit tanpa nilai sekaligus sebelum dan sesudah suatu awal
check-why-after-comparison = unit yang baru diukur setelah kohort terakhir, yang menjadi pembanding, mulai ikut program
check-why-no-estimate = semua, sebab data tidak memungkinkan estimasi
check-why-none = tidak ada
check-used = Masuk estimasi
check-since = Dihitung sebagai
check-values = Nilai
check-missing = Kosong
check-low = Persentil ke-5
check-median = Median
check-high = Persentil ke-95
check-jumps = Lonjakan
tbl-check-files = Cara setiap berkas dibaca
    .notes = Nomor baris adalah nomor dalam berkas. Tanda desimal dinyatakan dalam studi atau ditentukan dari seluruh kolom.
check-examples = Contoh (tahun: baris)
tbl-check-fates = Baris berkas menurut perlakuannya
    .notes = Paling banyak tiga contoh per aturan; isi sel hanya ditampilkan untuk kolom yang tidak memuat data perorangan.
tbl-check-settings = Pengaturan yang berlaku
    .notes = Sumber: dinyatakan dalam studi, atau bawaan.
tbl-check-cohorts = Kohort dalam panel dan yang tidak masuk estimasi
    .notes = Sebuah kohort memerlukan { $least } { $unit }; kohort yang lebih kecil tidak masuk estimasi.
    .moved = Kohort yang mulai di antara dua periode terukur dihitung sejak periode terukur berikutnya; kohort yang mulai setelah semua periode itu, atau yang terakhir bila semua unit pada akhirnya ikut, menjadi pembanding.
tbl-check-periods = Unit menurut periode
tbl-check-outcomes = Nilai hasil
    .notes = Lonjakan adalah perubahan sebuah unit yang melebihi sepuluh simpangan baku tegar dari semua perubahan, atau perubahan median sebuah periode lebih dari lima kali lipat.
check-look-hidden = tersembunyi dalam buku kerja: { $said }.
check-look-note = catatan pembaca berkas: { $said }
check-look-aside = { $rows } dari { $of } baris disisihkan menurut aturan { $rule }, misalnya { $shown }.
check-look-cohort-too-few =
    Kohort yang berisi terlalu sedikit unit untuk ditampilkan tidak masuk estimasi dan dihitung bersama{ $which ->
        [some] { " " }untuk { $outcome }.
       *[all] .
    }
check-look-unused =
    { $who ->
        [never] Tidak semua unit yang tidak pernah ikut program dipakai
       *[cohort] Tidak semua unit kohort { $cohort } dipakai
    }{ $which ->
        [some] { " " }untuk { $outcome }:
       *[all] :
    } { $reason ->
        [treated_from_start] sebagian ikut program sejak periode terukur pertamanya.
        [seen_once] sebagian hanya memiliki nilai untuk satu periode, sehingga perubahannya tidak diketahui.
        [no_change] sebagian tidak memiliki nilai sekaligus sebelum dan sesudah suatu awal.
        [after_comparison] sebagian baru diukur setelah kohort terakhir, yang menjadi pembanding, mulai ikut program.
       *[not_measured] sebagian tidak memiliki satu pun nilai hasil.
    }
check-look-period = Unit pada periode { $period } jauh lebih sedikit daripada pada periode terlengkap.
check-look-gap =
    { $count ->
        [1] Tidak ada unit yang diukur pada periode { $period }, padahal periode itu terletak di antara periode terukur:
       *[other] Tidak ada unit yang diukur pada { $count } periode di antara yang pertama dan yang terakhir, mulai { $period }:
    } perubahan dihitung melewati celah itu, dan unit yang masuk di dalamnya dihitung sejak periode terukur berikutnya.
check-look-level = program.assigned_at menyatakan unit dipilih satu per satu, tetapi klaster ikut seutuhnya, atau bagiannya lebih berbeda daripada bila unit dipilih satu per satu: bila klaster yang dipilih, nyatakan demikian (atau hapus kunci itu), sebab galat menurut unit jauh terlalu kecil.
check-look-jump-unit =
    { $count ->
        [1] Satu perubahan { $outcome } sulit dipercaya:
       *[other] { $count } perubahan { $outcome } sulit dipercaya, yang terbesar
    } pada periode { $period }, unit { $unit }, dari { $before } ke { $after }.
check-look-jump-period =
    { $count ->
        [1] Median { $outcome } melonjak
       *[other] Median { $outcome } melonjak { $count } kali, pertama
    } pada periode { $period }, dari { $before } ke { $after } (unit { $unit }): apakah satuannya berbeda?

# -- letter to the office
letter-title = Permohonan Perbaikan Berkas
letter-to = Yth. Kepala { $office }
letter-office = kantor pengirim berkas
letter-subject = Perihal: perbaikan berkas { $file }
letter-opening = Untuk { $title }, edisi { $edition }, kami telah membaca berkas { $file } yang dikirim oleh kantor Saudara. Hal-hal berikut membuat berkas itu belum dapat dipakai.
letter-place-sheet = lembar { $sheet }
letter-place-row = baris { $row }
letter-place-column = kolom { $column }
letter-technical = Pesan program
letter-request = Mohon berkas yang telah diperbaiki dikirim kembali dengan nama dan bentuk yang sama. Nomor baris di atas mengikuti berkas Saudara.
letter-closing = Atas perhatian dan kerja sama Saudara, kami ucapkan terima kasih.

# -- kinds of fault
fault-other = Berkas atau pengaturan ini tidak dapat dipakai sebagaimana adanya.
fault-file-missing = Berkas belum diterima.
fault-folder-missing = Berkas tahun ini belum diterima.
fault-file-unexpected = Ada berkas untuk tahun yang dinyatakan tidak memilikinya.
fault-file-empty = Berkas tidak berisi baris data.
fault-no-header = Baris judul kolom tidak ditemukan.
fault-column-missing = Kolom yang diperlukan tidak ada atau judulnya berbeda.
fault-column-group = Judul yang diminta mencakup beberapa kolom.
fault-column-twice = Sebuah judul kolom muncul lebih dari sekali.
fault-split-question = Pertanyaan dengan beberapa jawaban terpecah menjadi beberapa kolom.
fault-formula = Sel berisi rumus yang hasilnya tidak tersimpan.
fault-row-cut = Sebuah baris memiliki jumlah sel yang berbeda dari baris judul.
fault-two-versions = Dua kolom berisi pertanyaan yang sama dengan isi berbeda.
fault-decimal-unclear = Angka dapat dibaca dengan dua cara: tidak jelas apakah koma atau titik yang menjadi tanda desimal.
fault-damaged = Berkas tidak dapat dibuka: rusak atau terpotong.
fault-not-a-table = Berkas bukan buku kerja dan bukan tabel teks.
fault-locked = Buku kerja dikunci dengan kata sandi.
fault-too-large = Tabel jauh lebih besar daripada berkas sejenis.
fault-long-cell = Sebuah sel berisi teks yang jauh terlalu panjang; mungkin ada tanda petik yang tidak ditutup.
fault-several-tables = Ada lebih dari satu lembar atau tabel yang cocok, sehingga tidak jelas mana yang dimaksud.
fault-sheet-hidden = Semua lembar dalam buku kerja tersembunyi.
fault-sheet-missing = Lembar yang disepakati tidak ada dalam buku kerja.
fault-nested = Sebuah kolom berisi daftar, padahal diperlukan satu nilai dalam setiap sel.
fault-encoding = Huruf disimpan dengan pengodean yang berbeda dari kesepakatan.
fault-encoding-unknown = Studi menyebut pengodean yang tidak ada.
fault-separator = Kolom dipisahkan oleh tanda yang berbeda dari kesepakatan.
fault-quotes = Tanda petik pada sebuah baris tidak berpasangan.
fault-alike = Nama yang sama ditulis dengan beberapa cara.
fault-control-total = Jumlah baris atau unit tidak sama dengan yang dilaporkan.
fault-engine-memory = Berkas memerlukan memori lebih besar daripada yang diizinkan studi.
fault-engine-kind = Berkas untuk mesin tabel besar bukan Parquet dan bukan teks.
fault-parts-differ = Bagian-bagian dalam sebuah folder memiliki kolom yang berbeda.
fault-too-many-exceptions = Terlalu banyak baris melanggar aturan atau ditulis secara tidak lazim.
fault-sql-moved = Berkas dalam sebuah folder ditulis selagi dibaca.
fault-sql-query = Kueri sebuah sumber tidak termasuk yang diizinkan.
fault-sql-variable = Variabel lingkungan untuk sebuah koneksi kosong.
fault-sql-unreachable = Peladen atau berkas basis data tidak dapat dijangkau.
fault-sql-refused = Basis data menolak pengguna koneksi.
fault-sql-permission = Pengguna koneksi tidak berhak membaca sebuah tabel.
fault-sql-table = Tabel yang disebut sebuah kueri tidak ada dalam basis data.
fault-sql-column = Kolom yang disebut sebuah kueri tidak ada dalam basis data.
fault-sql-failed = Basis data menghentikan sebuah kueri.
fault-cut = Berkas tampak terpotong: baris atau unit dari berkas sebelumnya tidak ada.
fault-list-missing = Daftar untuk satu tahun tidak ada.
fault-switches-off = Unit yang pernah ikut program tidak lagi tercantum sebagai peserta.
fault-no-scale = Unit yang tidak pernah ikut program terlalu sedikit untuk dijadikan pembanding.
fault-no-values = Kolom hasil tidak berisi nilai.
fault-not-positive = Ada nilai nol atau negatif, padahal hanya nilai positif yang dapat dipakai.
fault-bad-number = Sel dalam kolom angka berisi sesuatu yang bukan angka.
fault-out-of-range = Angka berada di luar rentang yang disepakati.
fault-bad-status = Kolom keikutsertaan berisi nilai selain 0 dan 1.
fault-part-of-period = Kolom keikutsertaan berisi pecahan antara 0 dan 1.
fault-no-score = Ada baris tanpa nilai sama sekali.
fault-duplicate-row = Ada baris yang muncul lebih dari sekali.
fault-duplicate-key = Baris dengan identitas dan periode yang sama memiliki isi berbeda.
fault-unknown-npsn = NPSN tidak tercantum dalam daftar sekolah tahun ini.
fault-unknown-person = Nomor pegawai tidak tercantum dalam daftar pegawai tahun ini.
fault-person-number = Nomor perorangan berada di tempat nama unit.
fault-bad-weight = Bobot kosong atau tidak lebih besar dari nol.
fault-bad-denominator = Penyebut tidak lebih besar dari nol.
fault-bad-npsn = NPSN tidak terdiri atas delapan angka.
fault-bad-nip = NIP atau NI PPPK tidak memenuhi aturan penomoran.
fault-spoilt-nip = Angka terakhir nomor pegawai rusak oleh lembar kerja.
fault-bad-nisn = NISN tidak terdiri atas sepuluh angka.
fault-bad-grade = Kelas tidak berada antara 1 dan 9.
fault-bad-date = Tanggal tidak dapat dibaca.
fault-outside-period = Tanggal berada di luar tahun ajaran.
fault-unknown-place = Nama kecamatan tidak dikenal.
fault-out-of-scope = Sekolah bukan SD atau SMP negeri.
fault-unknown-activity = Jenis kegiatan tidak dikenal.
fault-answer-code-unknown = Jawaban bukan kode dan bukan label dalam kuesioner.
fault-unknown-batch = Formulir menyebut angkatan yang tidak tercantum dalam daftar undangan.
fault-no-answer = Ada formulir tanpa jawaban.
fault-unknown-disposition = Hasil kontak tidak dikenal.
fault-cohort-varies = Tahun pertama keikutsertaan berbeda antarbaris dari unit yang sama.
fault-cohort-unlikely = Periode pertama keikutsertaan bukan tahun yang wajar.
fault-entry-unseen = Unit tidak terlihat pada periode sebelum ikut program.
fault-treated-from-start = Unit sudah ikut program sejak periode pertama.
fault-bad-period = Triwulan tidak dapat dibaca.
fault-missing-key = Ada baris tanpa nama unit atau klaster.
fault-total-or-note = Banyak baris jumlah dan catatan berada di antara baris data.
fault-total-unclear = Ada baris yang mungkin jumlah, mungkin unit.
fault-header-again = Baris judul terulang di antara baris data.
fault-not-a-table-row = Ada baris yang bukan bagian dari tabel.
fault-dated-before-plan = Laporan akan bertanggal sebelum revisi terakhir rencananya.
