data-source = Sumber
data-outcome-set-aside = Disisihkan
data-outcome-corrected = Dibetulkan
fig-flow = Alur data dari berkas ke analisis
    .alt = Kotak berurutan dari berkas mentah ke panel analisis, dengan jumlah yang disisihkan pada tiap tahap.
tbl-row-account = Pertanggungjawaban baris menurut berkas
    .notes = Dibaca = dipakai + disisihkan, untuk setiap berkas.
tbl-rules = Baris yang disisihkan atau dibetulkan, menurut aturan
    .notes = Nomor baris dan alasan setiap baris ada pada tabel set_aside.
data-read = Dibaca
data-kept = Dipakai
data-rule = Aturan
data-action = Tindakan
data-rows = Baris
