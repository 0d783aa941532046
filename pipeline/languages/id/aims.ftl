aims-p-earlier-trends = p tren sebelumnya
aims-by-rule = menurut aturan penilaian
aims-smallest-detectable = Terkecil terdeteksi
