aims-p-earlier-trends = p tren sebelumnya
aims-smallest-detectable = Terkecil terdeteksi
