# -- results
switching-title = Perlakuan yang dihentikan
switching-how-many = Dari { NUM("switching_units", unit: "no") } { $unit } yang mulai, { NUM("switching_off", unit: "no") } kemudian kembali tanpa perlakuan. Sejak mulai, { NUM("switching_share") } periodenya berada dalam perlakuan.
switching-estimand = Efek dalam laporan ini adalah efek dari **telah mulai**: keadaan yang mulai, termasuk bila berhenti, dibandingkan dengan tetap tanpa perlakuan [@dechaisemartin2024]. Efek ini mengasumsikan tren sejajar hasil tanpa perlakuan, dan tidak mengasumsikan apa pun tentang yang tertinggal setelah perlakuan berhenti.
switching-effect = { $outcome }: dalam sel yang mendasari efeknya, { NUM("switching_share", $o) } periode berada dalam perlakuan; per periode yang sungguh dalam perlakuan, efeknya { NUM("switching_effect", $o, signed: "yes") } ({ CI("switching_effect", $o) }).
