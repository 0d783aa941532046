# A map of tiles.
fig-tiles = Bagian { $unit } yang ikut menurut kecamatan
    .alt = Peta petak, utara di atas, satu petak tiap kecamatan.
    .notes = Setiap petak adalah satu kecamatan, kira-kira pada letaknya. Berarsir, [c]: tidak ditampilkan karena terlalu sedikit { $unit } di baliknya atau karena dapat membuka kecamatan seperti itu. Tanda pisah: tidak ada.
tiles-north = Utara di atas; petak mewakili kecamatan, bukan luasnya.
tiles-one = { $district } { $share }%
tiles-uneven = Antara { $low }% dan { $high }% { $unit } di kecamatan yang ditampilkan ikut: terbanyak di { $most }, paling sedikit di { $least }
tiles-even = Program menjangkau kecamatan yang ditampilkan secara merata: { $low }% sampai { $high }% { $unit } ikut
tiles-none = Bagian { $unit } yang ikut tidak dapat ditampilkan untuk satu kecamatan pun
tiles-ends = Tertinggi: { $most }. Terendah: { $least }.
tiles-all = Yang ditampilkan: { $all }.
tiles-hidden = Tidak ditampilkan karena terlalu sedikit unit di baliknya atau karena dapat membuka kecamatan seperti itu: { $count ->
   *[other] { $count } petak
    }.
results-tiles = @fig-tiles memperlihatkan letaknya.

