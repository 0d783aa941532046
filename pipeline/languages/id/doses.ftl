# -- tables
doses-row-fixed-effects = Efek tetap
doses-row-fixed-effects-adjusted = Efek tetap, dengan kovariat
doses-row-first-differences = Selisih pertama
doses-row-first-differences-adjusted = Selisih pertama, dengan kovariat
doses-mean = Rata-rata dosis
doses-low = Persentil ke-10
doses-high = Persentil ke-90
doses-r2 = R²
doses-rows = Baris
tbl-doses-periods = Dosis menurut periode
    .notes = Unit yang memiliki dosis pada periode itu, menurut transformasi dalam studi.
tbl-doses = Efek { $step } pada { $outcome }
    .notes = Di samping efek unit dan efek periode. Pada selisih pertama, baris adalah perubahan antara periode bertetangga dan R² adalah R² perubahan; pada efek tetap, R² adalah R² dari sisa setelah efek unit. Kovariat boleh berubah menurut waktu.

# -- the report
doses-question = Apakah hasil mengikuti { $dose }? Setiap { $unit } dari { NUM("n_units", unit: "no") } { $unit } memilikinya lebih banyak atau lebih sedikit pada tiap periode dari { NUM("n_periods", unit: "no") } periode terukur, { PERIOD("first_period") } sampai { PERIOD("last_period") }; tidak ada yang mulai pada satu waktu di sebagian unit dan tidak di unit lain.
doses-no-verdict = **Rancangan ini tidak dapat dinilai dengan aturan laporan ini.** Tingkat kesalahan aturan itu diukur untuk program yang mulai pada sebagian unit dan tidak pada yang lain. Dosis yang selalu dimiliki semua unit tidak mengenal masa sebelumnya, tempat tren kelompok dapat dibandingkan. Yang tersaji di sini adalah estimasi beserta asumsinya, dan dua uji atas hal yang melawannya. Membacanya sebagai efek adalah pertimbangan pembaca.
doses-outcome = **{ $outcome }.** Dengan efek tetap, { $step } disertai { NUM("doses_effect", $o, signed: "yes") } ({ CI("doses_effect", $o) }; { P("doses_effect", $o) }).
doses-outcome-changes = Dari perubahan antara periode bertetangga nilainya { NUM("doses_changes", $o, signed: "yes") } ({ CI("doses_changes", $o) }).
doses-reading-lead = Namun hasil juga sejalan dengan dosis periode *berikutnya*, yang tidak mungkin menggerakkannya: dosis mengikuti hasil, atau keduanya mengikuti hal lain. **Angka ini tidak untuk dibaca sebagai efek.**
doses-reading-differ = Keduanya tidak bersesuaian, padahal seharusnya sesuai bila asumsinya benar: **angka ini tidak untuk dibaca sebagai efek.**
doses-reading-both = Kedua selang tidak memuat nol; bila asumsi di bawah benar, ini adalah efek.
doses-reading-one = Satu dari kedua selang tidak memuat nol dan yang lain memuatnya: efek tidak terbukti.
doses-reading-neither = Selang memuat nol: efek tidak terbukti, dan dalam selang itu tidak pula dapat dikesampingkan.
doses-reading-alone = Selang tidak memuat nol; bila asumsi di bawah benar, ini adalah efek. Periode bertetangga terlalu sedikit untuk pemeriksaan dengan perubahan.
doses-lead-rejects = Dosis kemudian tidak semestinya menerangkan hasil sebelumnya; di sini koefisien dosis periode berikutnya { NUM("doses_lead", $o, signed: "yes") } ({ CI("doses_lead", $o) }; { P("doses_lead", $o) }) [@wooldridge2010].
doses-lead-silent = Dosis kemudian tidak semestinya menerangkan hasil sebelumnya; koefisien dosis periode berikutnya { NUM("doses_lead", $o, signed: "yes") } ({ CI("doses_lead", $o) }; { P("doses_lead", $o) }), sehingga hal itu tidak ditolak [@wooldridge2010].
doses-lead-none = Apakah dosis kemudian sejalan dengan hasil sebelumnya tidak dapat diuji dengan periode sesedikit ini.
doses-curve-yes = Satu tambahan dosis tidak berdampak sama pada setiap dosis ({ P("doses_curve", $o) } bagi kuadratnya): estimasi ini rata-rata dengan bobot yang tidak dipilih siapa pun.
doses-curve-no = Bahwa satu tambahan berdampak sama pada setiap dosis tidak ditolak ({ P("doses_curve", $o) } bagi kuadratnya).
doses-few = Dengan hanya { NUM("doses_clusters", $o) } tarikan bebas, selangnya mungkin terlalu sempit.
doses-how-much-title = Seberapa banyak, dan bagaimana berubah
doses-how-much = @tbl-doses-periods memuat dosis menurut periode. Dari variansnya, { NUM("doses_within") } tersisa di dalam unit setelah perubahan bersama dikeluarkan: estimasi hanya bersandar pada bagian itu.
doses-methods = Dua regresi menelaah { $dose }. **Efek tetap** membandingkan tiap unit dengan rata-ratanya sendiri, di samping efek bersama tiap periode; **selisih pertama** membandingkan perubahannya antara periode bertetangga dengan perubahan unit lain [@wooldridge2010]. Keduanya mengestimasi besaran yang sama bila hal berikut benar; bila keduanya berbeda, sebagian darinya tidak benar.
doses-methods-lags = Dosis periode-periode sebelumnya turut masuk (jumlah periode: { $lags }); efek yang disebut adalah efek dosis yang lebih besar pada semuanya.
doses-assumes-trends = **Tren sejajar pada setiap dosis.** Unit yang dosisnya naik lebih banyak akan, dengan perubahan dosis yang sama, rata-rata mengalami perubahan hasil yang sama. Asumsi ini lebih kuat daripada asumsi perbandingan dengan unit tanpa perlakuan, yang hanya menyangkut perubahan tanpa dosis apa pun: di sini dosis tidak boleh dipilih menurut manfaat tambahannya bagi unit itu [@callaway2024].
doses-assumes-exogenous = **Tanpa arah balik.** Hasil suatu periode tidak menggerakkan dosis periode berikutnya, seperti dana yang diberikan ketika hasil buruk.
doses-assumes-carryover = **Tanpa bawaan.** { $lags ->
    [0] Hasil suatu periode bergantung pada dosis periode itu dan tidak pada dosis sebelumnya
   *[other] Hasil suatu periode bergantung pada dosis periode itu dan periode-periode sebelumnya yang turut masuk, dan tidak pada yang lebih awal
 }; tidak pula pada dosis yang belum tiba. Bila dosis bekerja lebih lama, angka itu memuat pula sebagian efek dosis lain [@dechaisemartin2024].
doses-assumes-constant = **Sama pada setiap dosis.** Satu tambahan dosis berdampak sama pada setiap unit, pada setiap periode, dan dari setiap dosis. Bila tidak, koefisiennya rata-rata efek yang bobotnya dapat negatif [@callaway2024; @dechaisemartin2020].
doses-start-seen = **Data ini memuat permulaan.** Pada { NUM("doses_never", unit: "no") } { $unit } dosisnya nol pada setiap periode, dan pada { NUM("doses_starting", unit: "no") } mula-mula nol lalu di atas nol sejak suatu periode. Dibandingkan dengan yang pertama, efek dari telah mulai dapat diestimasi tanpa asumsi tentang dosis, tren sebelum mulai diperiksa, dan simpulan diberikan: studi cukup menyebut permulaannya (`cohort` atau `treated`) sebagai ganti dosis [@callaway2024].
doses-untreated = Andai sebagian unit tanpa dosis sama sekali dan yang lain mulai sekali, efek tiap dosis terhadap tanpa dosis dapat diestimasi dengan asumsi pertama bagi perbandingan dengan tanpa dosis saja [@callaway2024]. Studi ini tidak menyebut permulaan seperti itu.
doses-errors-unit = Galat baku memperhitungkan korelasi apa pun antarperiode dalam satu unit.
doses-errors-cluster = Galat baku memperhitungkan korelasi apa pun di dalam satu { $cluster }.
