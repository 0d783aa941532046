# Menelusuri angka: judul kolom berkas CSV, dan kata-kata jendela yang menunjukkan asal sebuah angka.

# -- berkas CSV
trace-data = Data
csv-panel = panel
csv-series = seri
csv-mark = tanda
csv-x = x
csv-y = y
csv-x-end = x sampai
csv-y-end = y sampai
csv-x-name = nama pada x
csv-y-name = nama pada y
csv-x-axis = sumbu x
csv-y-axis = sumbu y
csv-text = teks
csv-mark-line = garis
csv-mark-points = titik
csv-mark-interval = selang
csv-mark-area = bidang
csv-mark-bar = batang
csv-mark-text = teks
csv-name = nama
csv-meaning = arti
csv-value = nilai
csv-unit = satuan
csv-low = batas bawah
csv-high = batas atas
csv-p = nilai p
csv-n = N
csv-source = notebook dan sel

# -- jendela
trace-title = Dari angka ke berkasnya
trace-close = Tutup
trace-follow = Dari mana asalnya?
trace-raw = Tanpa pembulatan
trace-what = Artinya
trace-cell = Sel notebook
trace-function = Fungsi
trace-tables = Dihitung dari
trace-files = Berkas dari instansi
trace-file = berkas
trace-read = baris dibaca
trace-kept = dipakai
trace-aside = disisihkan
trace-rule = Aturan yang memilih simpulan: alasannya
trace-last = Dalam edisi sebelumnya
trace-not-there = tidak diterbitkan di sana
trace-settings = Pengaturan yang dipakai
trace-seed = Seed
trace-withheld = tidak ditampilkan
trace-column = Kolom
trace-row = Baris
trace-cells = Tabel. Tombol Enter menunjukkan asalnya; panah bawah menuju sel-selnya.
