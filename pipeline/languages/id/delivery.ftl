delivery-traits-employment = Status
delivery-traits-level = Jenjang unit
delivery-traits-kecamatan = Kecamatan
delivery-values-pns = PNS
delivery-values-pppk = PPPK
delivery-seniority-senior = Mentor senior
delivery-seniority-not-senior = Mentor bukan senior
delivery-seniority-not-comparable = Tidak dapat dibandingkan (PNS dan PPPK, atau golongan tidak diketahui)
delivery-seniority-no-mentor = Tanpa mentor tercatat
delivery-seniority-self = Mentor diri sendiri
delivery-captions-tbl-delivery-years = Jangkauan menurut tahun
delivery-captions-tbl-delivery-groups = Jangkauan menurut kelompok, tahun terakhir
delivery-captions-tbl-delivery-places = Jangkauan menurut kecamatan, tahun terakhir
delivery-shares-that-rest-on-fewer-than = Bagian yang bersandar pada kurang dari { $least } orang tidak ditampilkan.
tbl-delivery-attendance = Pendaftaran dan kehadiran, semua tahun
tbl-mentoring = Pasangan mentoring: siapa membimbing siapa
    .notes = Senior: golongan lebih tinggi, atau sama dan tidak diangkat lebih lambat. Golongan PNS dan PPPK tidak diurutkan bersama.
fig-lorenz = Kurva Lorenz jam pengembangan, tahun terakhir
    .alt = Bagian kumulatif jam terhadap bagian kumulatif pegawai, dengan garis pemerataan sempurna.
delivery-female = Perempuan
delivery-rank-iv = Golongan IV
delivery-years-service = Masa kerja (tahun)
delivery-age = Usia
tbl-delivery-equity = Pegawai yang terjangkau dan yang belum
    .notes = Bagian (0-1) untuk ciri kategori. Beda baku di atas 0,25 berarti kelompoknya jelas lain.
tbl-delivery-costs = Biaya per jam-peserta, semua tahun
delivery-mean-jp = Rata-rata JP
delivery-at-least-20-jp = Sedikitnya 20 JP (%)
delivery-never-reached = Belum pernah terjangkau (%)
delivery-registered = Terdaftar
delivery-attended = Hadir
delivery-no-shows = Tidak hadir (%)
delivery-pair = Hubungan pasangan
delivery-pairs = Pasangan
delivery-reached = Pernah terjangkau
delivery-never-reached-2 = Belum pernah
delivery-cost-million-rupiah = Biaya (juta rupiah)
delivery-hours-attended-jp = Jam hadir (JP)
delivery-rupiah-per-participant-hour = Rupiah per jam-peserta
delivery-rupiah-per-attendance = Rupiah per keikutsertaan
delivery-share-persons = Bagian pegawai (dari 1)
delivery-share-hours = Bagian jam (dari 1)
delivery-equal = merata
delivery-hours = jam pengembangan

# -- results
delivery-title = Pelaksanaan dan pemerataan
delivery-reached-nobody = Sampai tahun terakhir { NUM("delivery_never") } pegawai ASN belum pernah terjangkau kegiatan apa pun.
delivery-minimum = Di { NUM("delivery_units_minimum") } { $unit } rata-rata pegawainya mencapai { NUM("delivery_jp_minimum") } setahun.
delivery-spread = Dari semua pendaftaran, { NUM("delivery_no_show") } tidak dihadiri. Jam pengembangan tidak merata: koefisien Gini { NUM("delivery_gini") } dan indeks Theil { NUM("delivery_theil") } [@theil1967].
delivery-spread-between = Dari semua pendaftaran, { NUM("delivery_no_show") } tidak dihadiri. Jam pengembangan tidak merata: koefisien Gini { NUM("delivery_gini") } dan indeks Theil { NUM("delivery_theil") }, dengan { NUM("delivery_theil_between") } di antaranya beda antarunit dan selebihnya beda di dalam unit [@theil1967].
delivery-mentoring-pairs = **Mentoring.** Dari { NUM("mentoring_pairs", unit: "no") } pasangan tercatat, { NUM("mentoring_not_senior") } dibimbing oleh orang yang bukan seniornya.
delivery-mentoring-load = Seorang mentor membimbing rata-rata { NUM("mentoring_load") } orang setahun; { NUM("mentoring_heavy") } mentor membimbing lebih dari { NUM("mentoring_most") }.
delivery-mentoring-early = Rata-rata { NUM("mentoring_sessions") } sesi terlaksana, dan { NUM("mentoring_early") } pasangan berakhir sebelum sesi yang direncanakan selesai.
delivery-costs = **Biaya.** Seluruh kegiatan berbiaya { NUM("delivery_amount") } juta rupiah. Angka ini membandingkan biaya kegiatan, bukan hasilnya.
delivery-costs-hour = **Biaya.** Seluruh kegiatan berbiaya { NUM("delivery_amount") } juta rupiah, atau { NUM("delivery_cost_hour") } rupiah per jam-peserta. Angka ini membandingkan biaya kegiatan, bukan hasilnya.

# -- tables
delivery-tables-title = Jangkauan

# -- technical
delivery-technical = **Pemerataan.** Gini: { MATH("delivery-1") }. Theil: { MATH("delivery-2") }, dengan $s_g$ bagian unit $g$ dari semua jam [@theil1967]. *Yang diestimasi dalam satu kalimat:* seberapa tidak merata jam tahun terakhir terbagi di antara semua pegawai. Beda baku: beda rata-rata dibagi akar rata-rata varians [@austin2009].
