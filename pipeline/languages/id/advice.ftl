# Apa yang dianjurkan, menurut aturan pipeline/chapters/advice.py: bagi program, bagi satu tujuan, dan dalam tabel penutup.
advice-in-table = { $number }: { $advice }
advice-beside = Tanpa rekomendasi sendiri
advice-extend = Teruskan; perluas bertahap
advice-observe = Teruskan dengan pemantauan
advice-strengthen = Perkuat pengukuran dahulu
advice-review = Tinjau isi dan pelaksanaan
advice-halt = Tinjau segera; tunda perluasan
advice-compare = Bangun pembanding yang sahih
advice-gather = Libatkan lebih banyak unit atau periode
advice-measure = Ukur pada edisi berikutnya
advice-hours = Dahulukan yang belum mencapai batas jam
advice-fear = Tetap tanyakan dengan perlindungan

# -- the programme as a whole
advice-extend-programme = Program layak diteruskan; penambahan peserta sebaiknya bertahap agar efeknya tetap dapat diukur.
advice-observe-programme = Program layak diteruskan dengan pemantauan; keraguan yang dicatat pada @tbl-verdict perlu dijawab pada edisi berikutnya.
advice-strengthen-programme = Belum ada dasar yang cukup untuk memperluas program; pengukuran perlu diperkuat lebih dahulu.
advice-review-programme = Hasil ini tidak memberi dasar untuk memperluas program; isi dan pelaksanaannya perlu ditinjau bersama pengukurannya.
advice-halt-programme = Program perlu ditinjau segera, dan penambahan peserta ditunda sampai penyebab hasil ini jelas.
advice-compare-programme = Keputusan tentang program tidak dapat didasarkan pada hasil ini; rancangan pembanding yang lebih baik diperlukan, misalnya urutan masuk yang diundi.
advice-gather-programme = Keputusan tentang program tidak dapat didasarkan pada hasil ini; diperlukan lebih banyak { $unit } atau periode terukur sebelum hasilnya dapat dinilai.
advice-select-programme = Program layak diteruskan hanya pada hal yang terbukti berhasil; untuk hasil yang lain, isi dan pelaksanaannya perlu ditinjau (@tbl-verdict).
advice-newest = Sebelum peserta ditambah, perlu dicari sebabnya kohort terbaru memperoleh lebih sedikit daripada kohort sebelumnya pada lama yang sama: { $labels }.
advice-topic-extend = yang efeknya kuat
advice-topic-observe = yang perlu dipantau
advice-topic-strengthen = temuan yang lemah
advice-topic-review = isi dan pelaksanaan
advice-topic-halt = yang memburuk
advice-topic-compare = pembanding yang lebih baik
advice-topic-gather = unit atau periode tambahan
advice-topic-measure = yang belum diukur
advice-topic-lot = undian urutan masuk
advice-topic-hours = jam pelatihan
advice-topic-power = daya uji
advice-topic-files = berkas data
advice-topic-survey = survei pegawai
advice-topic-fear = survei pegawai
advice-likewise = Hal yang sama berlaku bagi indikator berikut: { $labels }.

# -- single aims
advice-extend-step = Kegiatan yang mendorong indikator berikut layak diteruskan, dan diperluas bertahap sejauh rekomendasi 1 memungkinkan: { $labels }.
advice-observe-step = Kegiatan yang mendorong indikator berikut layak diteruskan dengan pemantauan: { $labels }.
advice-strengthen-step = Pengukuran indikator berikut perlu diperkuat sebelum menjadi dasar untuk memperluas program: { $labels }.
advice-review-step = Isi dan pelaksanaan kegiatan yang dimaksudkan mendorong indikator berikut perlu ditinjau: { $labels }.
advice-halt-step = Penyebab memburuknya indikator berikut perlu ditinjau segera, dan perluasan yang menyangkutnya ditunda: { $labels }.
advice-compare-step = Pembanding yang sahih perlu dibangun bagi indikator berikut: { $labels }.
advice-gather-step = Lebih banyak { $unit } atau periode perlu dilibatkan agar indikator berikut dapat dinilai: { $labels }.
advice-measure-step = Indikator berikut perlu diukur, sebab tanpa itu tidak ada yang dapat dinyatakan tentangnya: { $labels }.
advice-to-office = *Kepada:* penanggung jawab program{ $office-programme }. *Tenggat:* sebelum penerimaan { PERIOD($next) }. *Dasar:* @tbl-aims. *Kekuatan:* menurut kolom kekuatan bukti tabel itu.
advice-to-team = *Kepada:* tim evaluasi{ $office-evaluation }. *Tenggat:* edisi { $next-edition }. *Dasar:* @tbl-aims. *Kekuatan:* menurut kolom kekuatan bukti tabel itu.
