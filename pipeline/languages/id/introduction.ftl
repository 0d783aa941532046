# Daftar menyebut nama pesan menurut urutan pengucapannya: "-title" judul, "-item" butir, "-step" baris bernomor, selain itu
# paragraf. Studi dapat menyatakan daftar baru dengan pesannya sendiri.

introduction-title = Pendahuluan
introduction-list = introduction-background-title introduction-background introduction-questions-title introduction-size-step introduction-growth-step introduction-evidence-step introduction-scope-title introduction-scope
introduction-background-title = Latar belakang
introduction-background = Laporan ini menilai apakah { $program } menggerakkan hasil yang menjadi tujuannya. Penilaian dilakukan dengan membandingkan perubahan pada { $unit } yang ikut dan perubahan pada { $unit } yang tidak ikut dalam kurun yang sama.
introduction-questions-title = Pertanyaan evaluasi
introduction-size-step = Seberapa besar efek rata-rata program pada { $unit } yang ikut?
introduction-growth-step = Bagaimana efek itu bertumbuh sejak mulai ikut, dan apakah berbeda antarkohort?
introduction-evidence-step = Seberapa kuat bukti untuk setiap jawaban, dan apa yang tidak dapat dijawab oleh data?
introduction-scope-title = Ruang lingkup
introduction-scope = Panel memuat { NUM("n_units", unit: "no") } { $unit } dalam { NUM("n_periods", unit: "no") } periode terukur, dari { PERIOD("first_period") } sampai { PERIOD("last_period") }. Simpulan berlaku bagi { $unit } yang ikut pada kurun itu.

# -- how to read
introduction-reading-title = Cara membaca laporan
introduction-reading = Setiap penilaian memakai salah satu dari delapan simpulan yang dipilih oleh aturan tertulis (@sec-technical): *bukti kuat*, *bukti sedang*, atau *bukti lemah* adanya perubahan yang dikehendaki; *tidak ada bukti*, yang disebut *belum dapat disimpulkan* bila datanya terlalu lemah untuk menunjukkannya; *bukti lemah* atau *bukti perubahan ke arah yang tidak dikehendaki*; *rancangan tidak dapat dipercaya*; dan *tidak dapat dinilai*. Tidak adanya bukti bukan bukti bahwa program tidak berdampak: di sampingnya selalu disebut efek terkecil yang dapat terdeteksi. Selang kepercayaan { SHARE($level) } menyatakan kisaran efek yang sejalan dengan data; kisaran yang lebar berarti data hanya dapat mengatakan sedikit.
introduction-readers = Pembaca yang memerlukan simpulan cukup membaca ringkasan eksekutif dan @sec-conclusion. Pembaca yang hendak memeriksa metode dapat mengikuti @sec-methods, @sec-results, dan @sec-robustness; rumus dan asumsi ada pada @sec-technical.
introduction-supplement = Semua yang bernomor huruf (lampiran beserta tabel dan gambarnya) ada dalam suplemen, berkas tersendiri di samping berkas ini.
introduction-following = Setiap angka dapat ditelusuri sampai ke berkas instansi. Catatan sumber di bawah tiap tabel dan gambar menuju sel notebook yang membuatnya dan datanya, tanpa pembulatan. Dalam HTML, klik pada angka, tabel, atau gambar mana pun, atau tombol Enter, menunjukkan artinya, asalnya, dan, bila edisi sebelumnya telah terbit, nilainya waktu itu. Seluruh rantai itu ada di samping laporan dalam `ledger.json` (W3C PROV).

# -- the programme
background-title = Program
background-participation-title = Keikutsertaan
background-participation = Unit yang dinilai adalah { $unit }; periode adalah { $unit-period }. Dari { NUM("n_units", unit: "no") } { $unit } dalam panel, { NUM("n_treated", unit: "no") } ({ NUM("share_treated") }) ikut dan { NUM("n_never", unit: "no") } tidak pernah ikut sampai edisi ini. @tbl-cohorts memuat jumlahnya menurut periode mulai ikut.
background-compared = Efek utama bersandar pada { $differ ->
    [yes] sampai{ " " }
   *[no] { "" }
    }{ NUM("n_compared_treated", unit: "no") } { $unit } yang ikut dan { NUM("n_compared_never", unit: "no") } yang tidak. Yang lain tidak memuat efek: kohortnya kurang dari { $least } { $unit }, atau tidak terukur sebelum dan sesudah suatu awal.
background-comparison = Pembanding bukan tanpa pelatihan: sejak { $unit } pertama masuk, tiap pegawai pada { $unit } yang tidak pernah ikut menerima { NUM("dose_mean_never") } setahun, pada { $unit } yang ikut { NUM("dose_mean") } sejak masuk. Efek berarti beda antara ikut program dan apa yang tetap diterima pembanding.
background-theory-title = Teori perubahan
background-theory = @fig-theory menunjukkan apa yang hendak digerakkan program dan melalui jalan mana.
# Yang ditambahkan studi: sebelum keikutsertaan, di antara teks teori dan gambarnya, dan setelah gambar.
background-opening-list = { "" }
background-theory-list = { "" }
background-closing-list = { "" }
