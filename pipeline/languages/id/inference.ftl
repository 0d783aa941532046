inference-estimands-att = ATT kohort dan periode
inference-estimands-att-twfe = Koefisien dua arah
inference-methods-unit-normal = Fungsi pengaruh menurut unit, normal
inference-methods-cluster-normal = Fungsi pengaruh menurut { $cluster }, normal
inference-methods-cluster-t = Fungsi pengaruh menurut { $cluster }, t
inference-methods-multiplier = Bootstrap pengali menurut { $cluster } (Webb)
inference-methods-restricted = Bootstrap liar terbatas menurut { $cluster } (Webb)
inference-methods-cr1s = Regresi, CR1 menurut { $cluster }
inference-methods-cr2 = Regresi, CR2 dan Satterthwaite
inference-methods-cr3 = Regresi, CR3 dan Satterthwaite
inference-methods-wild-rademacher = Regresi, bootstrap liar terbatas (Rademacher)
inference-methods-wild-webb = Regresi, bootstrap liar terbatas (Webb)
inference-methods-randomisation = Pengacakan penetapan
tbl-inference =
    .notes = ATT kohort dan periode: estimasi utama. Koefisien dua arah: regresi efek tetap, estimand lain. Tanda pisah: sebaran normal, batas tidak ada atau tidak terhingga, atau cara itu tidak berlaku pada desain ini.
inference-spatial-conley-km = Spasial (Conley), { $km } km
inference-what-is-tested = Yang diuji
inference-independent-draws = Pengambilan bebas
inference-same-effect-under-each-inference = Efek yang sama menurut beberapa cara inferensi: { $outcome }

# -- robust
inference-title = Inferensi dengan sedikit klaster
inference-areas-named = Seluruh wilayah ({ $cluster }) masuk program bersama-sama. Yang terambil secara bebas dengan demikian adalah wilayah, bukan unit: galat baku menurut unit akan menghitung hal yang dimiliki bersama oleh unit sewilayah sebagai banyak bukti terpisah. Karena itu selang dalam laporan ini dibentuk menurut wilayah, dan dengan sedikit wilayah sebaran normal membuatnya terlalu sempit; yang patut dibaca adalah baris bootstrap terbatas dan baris dengan derajat bebas Satterthwaite [@cameron2008; @pustejovskytipton2018].
inference-areas = Seluruh wilayah masuk program bersama-sama. Yang terambil secara bebas dengan demikian adalah wilayah, bukan unit: galat baku menurut unit akan menghitung hal yang dimiliki bersama oleh unit sewilayah sebagai banyak bukti terpisah. Karena itu selang dalam laporan ini dibentuk menurut wilayah, dan dengan sedikit wilayah sebaran normal membuatnya terlalu sempit; yang patut dibaca adalah baris bootstrap terbatas dan baris dengan derajat bebas Satterthwaite [@cameron2008; @pustejovskytipton2018].
inference-units = Keikutsertaan diputuskan unit demi unit. Maka unit adalah pengambilan yang bebas, dan selang dalam laporan ini dibentuk menurut unit [@abadie2023]. Baris pertama tiap tabel di bawah adalah pilihan itu.
inference-shared-shocks = Unit dalam satu { $cluster } dapat mengalami guncangan bersama; baris menurut { $cluster } memperhitungkannya, dengan koreksi untuk jumlah wilayah yang kecil [@cameron2008; @pustejovskytipton2018].
inference-shared-shocks-unnamed = Unit dalam satu wilayah dapat mengalami guncangan bersama; baris menurut wilayah memperhitungkannya, dengan koreksi untuk jumlah wilayah yang kecil [@cameron2008; @pustejovskytipton2018].
inference-no-level-above = Tidak ada tingkat di atas unit, sehingga koreksi menyangkut jumlah unit [@cameron2008; @pustejovskytipton2018].
inference-outcome = { $outcome }:
inference-small = pada { NUM("inference_n", $o) } cara inferensi, setiap nilai p kecil ({ P("inference_highest", $o) }).
inference-range = pada { NUM("inference_n", $o) } cara inferensi, nilai p terbentang dari { P("inference_lowest", $o) } sampai { P("inference_highest", $o) }.
inference-all-reject = Semuanya menolak ketiadaan efek pada taraf studi: simpulan tidak bergantung pada cara menghitung ketidakpastian.
inference-none-rejects = Tidak satu pun menolak ketiadaan efek pada taraf studi.
inference-some-reject = Sebanyak { NUM("inference_rejecting", $o) } di antaranya menolak ketiadaan efek pada taraf studi: simpulan bergantung pada cara menghitung ketidakpastian.
inference-worth = Sebanyak { NUM("inference_clusters", $o) } klaster dalam regresi setara dengan { NUM("inference_df", $o) } derajat bebas.
inference-randomisation = Inferensi pengacakan menanyakan seberapa sering penetapan lain dari kohort yang sama memberi estimasi sejauh ini dari nol. Cara ini eksak bila penetapan diundi [@mackinnonwebb2020].
inference-assigned-chosen = Di sini cara ini merupakan pembandingan dengan asumsi bahwa perubahan antarunit dapat dipertukarkan.
inference-assigned-random = Di sini studi menyatakan bahwa waktu mulai diundi; bila studi menyebut strata, penetapan dipertukarkan di dalamnya.

# -- technical
inference-technical = **Sedikit klaster.** Dengan $X=QR$, $S_g=Q_g'Q_g$, dan residu $e_g$ klaster $g$, kovarians regresi adalah { MATH("inference-1") } dengan $f=I$ (CR1, dikalikan faktor), { MATH("inference-2") } (CR2), atau { MATH("inference-3") } (CR3); efek unit disapih lebih dahulu [@bellmccaffrey2002; @pustejovskytipton2018]. Derajat bebas Satterthwaite adalah { MATH("inference-4") }, dengan $B$ memuat hasil kali bagian antarklaster bila galat bebas dan bervarians sama; uji bersama memakai sebaran Hotelling hampiran. Estimand: koefisien dua arah, rata-rata tertimbang efek. **Bootstrap pengali.** Dengan $s_g$ jumlah fungsi pengaruh efek keseluruhan per klaster dan bobot $v_g$ berata-rata 0 dan bervarians 1, { MATH("inference-5") } [@klinesantos2012; @callaway2021]. **Bootstrap liar terbatas atas efek keseluruhan.** Hasil { MATH("inference-6") } dengan residu di bawah hipotesis nol; estimator kohort dan periode dijalankan pada tiap ulangan dan distudentkan; selang memuat $b_0$ yang tidak ditolak [@cameron2008; @roodman2019; @webb2023]. Estimand keduanya: efek rata-rata pada unit yang ikut di seluruh periode sesudah mulai. Bootstrap pengali memakai residu pada estimasi dan terlalu sering menolak bila klaster yang ikut sedikit; bootstrap terbatas tidak demikian. **Inferensi pengacakan.** { MATH("inference-7") } atas permutasi $\pi$ dari kohort pada tingkat penetapan, $t$ distudentkan [@mackinnonwebb2020; @wuding2021]; hipotesis nol: tidak ada efek pada unit mana pun.
inference-permuted-areas = Yang dipermutasi adalah wilayah utuh.
inference-permuted-units = Yang dipermutasi adalah unit.
inference-spatial = Bila koordinat tersedia, galat baku spasial memakai { MATH("inference-8") } dengan kernel yang turun ke nol pada jarak batas [@conley1999].
inference-pooled = Yang ikut atau pembandingnya sedikit: fungsi pengaruh diskalakan ke galat baku yang menganggap semua beragam sama besar; cara yang tidak menganggapnya, seperti bootstrap pengali, di sini dapat jauh terlalu kecil.
inference-too-large = Cara tanpa nilai yang waktunya tumbuh bersama unit kali sel ditinggalkan: dengan unit sebanyak itu fungsi pengaruh tidak memerlukan bantuan untuk sampel kecil
