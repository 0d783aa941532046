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
csv-source = buku catatan dan sel
