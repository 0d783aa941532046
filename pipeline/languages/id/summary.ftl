summary-title = Ringkasan Eksekutif
summary-question = Laporan ini menilai apakah { $program } mencapai tujuannya, berdasarkan { NUM("n_units", unit: "no") } { $unit } pada { NUM("n_periods", unit: "no") } periode terukur ({ PERIOD("first_period") } sampai { PERIOD("last_period") }). Dari jumlah itu, { NUM("n_treated", unit: "no") } ikut program dan { NUM("n_never", unit: "no") } tidak pernah ikut sampai edisi ini.
summary-demonstration = Data laporan ini adalah data peragaan. Angka-angkanya memperlihatkan cara kerja evaluasi, bukan keadaan sebenarnya.
summary-aims = Dari { NUM("n_aims", unit: "no") } tujuan program, { NUM("n_aims_judged", unit: "no") } { COUNT("n_aims_judged") ->
   *[other] dinilai
    } terhadap pembanding dan { NUM("n_aims_open", unit: "no") } tidak dapat dinilai pada edisi ini (@tbl-aims).
summary-advice = **Saran.**
summary-grounds = Dasar dan batas kesimpulan ini diuraikan pada @sec-results dan @sec-discussion.
