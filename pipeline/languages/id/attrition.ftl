attrition-sides-treated = peserta
attrition-sides-comparison = pembanding
tbl-attrition = Murid yang tidak diuji: batas efek menurut Lee
    .notes = Batas atas dan bawah terakhir: selang Imbens dan Manski. Bagian yang dipangkas dianggap diketahui.
attrition-effect-on-share-tested-points = Efek pada bagian yang diuji (poin)
attrition-trimmed = Dipangkas (%)
attrition-among = Pada
attrition-lower-lee-bound = Batas Lee bawah
attrition-upper-lee-bound = Batas Lee atas

# -- robust
attrition-title = Murid yang tidak diuji
attrition-opening = Daftar peserta asesmen memuat pula murid tanpa nilai. Bila program mengubah siapa yang diuji, rata-rata berubah tanpa seorang pun belajar lebih banyak.
attrition-effect = Untuk { $phrase }, efek pada bagian yang diuji ialah { NUM("attrition", $o, signed: "yes") } poin persen ({ CI("attrition", $o) }; { P("attrition", $o) }), dan dengan batas Lee [@lee2009] efek terletak dalam selang { CI("lee", $o) }.
attrition-one-way = Batas itu menganggap program menggerakkan keikutsertaan uji ke satu arah saja.

# -- technical
attrition-technical = **Batas Lee.** Dengan $\delta$ efek pada bagian yang diuji dan $q$ bagian itu pada kelompok yang bertambah, bagian $|\delta|/q$ dari sebaran nilai tiap kohort dan periode dipangkas dari atas atau dari bawah, lalu efek diestimasi lagi [@lee2009]; selang menurut Imbens dan Manski [@imbensmanski2004]. *Yang diestimasi dalam satu kalimat:* efek pada murid yang akan diuji dengan maupun tanpa program.
