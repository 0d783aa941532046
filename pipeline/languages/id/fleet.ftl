# Halaman `make fleet`: satu evaluasi di banyak tempat.
fleet-page = Satu Evaluasi di Banyak Tempat
fleet-by = Alur laporan evaluasi
fleet-places = tempat
fleet-title = { $places ->
    [1] Satu tempat
   *[other] { $places } tempat
    }
fleet-opening = Setiap tempat memiliki laporannya sendiri, dan semua angka di sini diambil sebagaimana diterbitkan di sana; yang ditahan di sana tidak masuk ke dalam jumlah, efek gabungan, atau gambar apa pun.
fleet-counted = Laporan dibuat untuk { NUM("fleet_made", unit: "no") } dari { NUM("fleet_asked", unit: "no") } tempat.
fleet-all = Setiap tempat memiliki laporan.
fleet-some = Alasan untuk tempat lainnya tercantum pada @tbl-fleet-faults.

# -- the effects
fleet-outcome-title = { $outcome }
fleet-pooled-title = Yang Berlaku Secara Rata-rata, dan yang Akan Berlaku di Tempat Baru
fleet-pooled-one = Pada { NUM("fleet_k", $o, unit: "no") } tempat, rata-rata efek pada { $phrase } adalah { NUM("fleet_pooled", $o) } ({ CI("fleet_pooled", $o) }).
fleet-pooled-new = Di tempat yang tidak termasuk di antaranya, efek sebenarnya, dengan tingkat kepercayaan yang sama, akan terletak antara { NUM("fleet_new_low", $o, unit: "no") } dan { NUM("fleet_new_high", $o, unit: "no") }.
fleet-pooled-few = Dengan dua tempat, selang untuk tempat baru tidak dapat diberikan.
fleet-heterogeneity = Dari varians estimasi, { NUM("fleet_i2", $o) } melebihi yang ditimbulkan oleh kebetulan (I²).
fleet-not-pooled-few = Efek pada { $phrase } tidak digabungkan: kurang dari dua tempat memiliki estimasi dengan galat baku.
fleet-not-pooled-apart = Efek pada { $phrase } tidak digabungkan dan tidak digambar bersama: tempat-tempat mengukurnya dalam satuan yang berbeda, atau membawanya ke satuan itu dengan cara yang berbeda.
fleet-deviations-comparison = Efek tiap tempat dinyatakan dalam simpangan baku pembandingnya sendiri, dan satu simpangan baku tidak sama banyak poinnya di setiap tempat: ini rata-rata efek terstandar, yang sebanding sejauh simpangan baku antartempat serupa, dan sebagian perbedaan antartempat mungkin hanya perbedaan simpangan bakunya.
fleet-deviations-given = Efek tiap tempat dinyatakan dalam simpangan baku menurut berkasnya sendiri; apakah satu simpangan baku sama banyak poinnya di setiap tempat tidak diketahui di sini, sehingga ini rata-rata efek terstandar dan bukan rata-rata efek pada satu skala.
fleet-measure = Diukur dalam
fleet-measure-none = { $unit }
fleet-measure-log = { $unit }, logaritma
fleet-measure-standardise = { $unit }, distandarkan menurut pembanding tempat itu sendiri
fleet-pooled-left = { COUNT("fleet_left", $o) ->
    [0] Tidak ada tempat berlaporan yang disisihkan.
    [1] Satu tempat berlaporan disisihkan, karena efeknya ditahan atau tidak dapat diestimasi.
   *[other] { NUM("fleet_left", $o, unit: "no") } tempat berlaporan disisihkan, karena efeknya ditahan atau tidak dapat diestimasi.
    }
fleet-verdicts-title = Simpulan
fleet-faults-title = Tempat Tanpa Laporan
fleet-faults = Semua tentang suatu kesalahan, beserta apa yang perlu dilakukan, disampaikan kepada orang yang menjalankan evaluasi; halaman yang dibaca orang lain menyebut jenisnya. Tempat lain tidak terpengaruh.
fleet-method = Efek gabungan berasal dari model efek acak: varians antartempat menurut Paule dan Mandel, selang dan *p* menurut Hartung dan Knapp dengan galat baku yang tidak pernah di bawah galat biasa, dan selang untuk tempat baru menurut Higgins, Thompson, dan Spiegelhalter (*t* dengan derajat bebas dua lebih sedikit daripada banyaknya tempat). Dengan sedikit tempat, varians antartempat hanya diketahui secara kasar.
fleet-method-title = Cara Efek Digabungkan

# -- tables and figures
fleet-place = Tempat
fleet-pooled = Efek gabungan
fleet-new = Tempat baru
fleet-new-low = Tempat baru, dari
fleet-new-high = Tempat baru, sampai
fleet-k = Tempat
fleet-tau = Sebaran efek sebenarnya (τ)
fleet-tau2 = Varians (τ²)
fleet-i2 = I², persen
fleet-q = Q
fleet-q-p = p dari Q
fleet-fault = Yang terjadi
fleet-step = Notebook
fleet-sorted = Tempat, diurutkan menurut efek
tbl-fleet = Efek dan simpulan menurut tempat: { $outcome }
    .notes = Setiap tempat adalah tautan ke laporannya. Selangnya adalah selang laporan tempat itu sendiri.
tbl-fleet-pooled = Efek gabungan
tbl-fleet-heterogeneity = Seberapa jauh efek berbeda antartempat
tbl-fleet-verdicts = Tempat menurut simpulan
tbl-fleet-faults = Tempat tanpa laporan
fig-fleet = Efek menurut tempat, dengan efek gabungan: { $outcome }
    .notes = Titik dengan selang adalah efek setiap tempat; belah ketupat adalah efek gabungan dengan selangnya, dan batang di bawahnya adalah selang untuk tempat baru.
    .alt = Efek setiap tempat dengan selangnya, diurutkan menurut besarnya, di atas efek gabungan dan selang untuk tempat baru; angkanya tercantum dalam tabel.

# -- faults
fleet-fault-study = Berkas studi tidak memuat yang diharuskan.
fleet-fault-source = Sebuah berkas mentah tidak ada, tidak dapat dibaca, atau melanggar aturan.
fleet-fault-design = Data tidak memungkinkan perbandingan yang diminta studi, misalnya karena terlalu sedikit unit yang ikut atau yang tidak ikut.
fleet-fault-render = Laporan tidak dapat ditulis.
fleet-fault-disclosure = Audit menemukan bahwa seseorang atau suatu unit dapat dikenali; tidak ada yang diterbitkan.
fleet-fault-step = Sebuah langkah analisis terhenti.
fleet-fault-worker = Mesin yang membuat laporan hilang berulang kali.
fleet-fault-other = Sesuatu yang tidak terduga menghentikan laporan.
