conclusion-title = Simpulan dan Rekomendasi
conclusion-conclusions-title = Simpulan
conclusion-aims = @tbl-aims menutup evaluasi ini tujuan demi tujuan. Dari { NUM("n_aims", unit: "no") } tujuan, { NUM("n_aims_judged", unit: "no") } { COUNT("n_aims_judged") ->
   *[other] dinilai
    } terhadap pembanding.
conclusion-aims-open = { NUM("n_aims_open", unit: "no") } tidak dapat dinilai pada edisi ini karena indikatornya belum diukur; tentang itu laporan ini tidak menyatakan apa pun.

# -- recommendations
conclusion-office = { " " }({ $office })
conclusion-recommendations-title = Rekomendasi
conclusion-recommendations = Setiap rekomendasi menyebut kepada siapa ditujukan, tenggat, dasar, dan kekuatan bukti yang mendasarinya.
conclusion-programme = *Kepada:* penanggung jawab program{ $office-programme }. *Tenggat:* sebelum penerimaan { PERIOD($next) }. *Dasar:* @tbl-verdict{ $aims ->
    [yes] { " " }dan @tbl-aims
   *[no] { "" }
    }. *Kekuatan:* { VERDICT("headline") }.
conclusion-lot = Urutan masuk sebaiknya diundi bila tempat terbatas, sehingga kelompok hanya berbeda karena kebetulan.
conclusion-lot-short = Di antara { $unit } yang menunggu, undian saja tidak akan menemukan efek terkecil yang berarti dalam satu { $unit-period }: { $labels } (@sec-robustness).
conclusion-lot-fresh = Studi baru dengan undian atas setengah pesertanya memerlukan lebih banyak { $unit } daripada yang ada: { $labels }.
conclusion-lot-to = *Kepada:* penanggung jawab program{ $office-programme } bersama tim evaluasi{ $office-evaluation }. *Tenggat:* sebelum penerimaan { PERIOD($next) }. *Dasar:* @sec-discussion. *Kekuatan:* pertimbangan rancangan, bukan temuan.
conclusion-hours = Kesempatan pengembangan perlu diarahkan kepada pegawai yang belum mencapai { $hours } JP setahun; pada tahun terakhir { NUM("share_min_jp") } pegawai mencapainya.
conclusion-hours-permanent = Dari PNS, yang terikat kewajiban itu, { NUM("delivery_minimum_pns") } (@tbl-delivery-groups).
conclusion-hours-to = *Kepada:* penyelenggara pelatihan{ $office-training }. *Tenggat:* { PERIOD($next) }. *Dasar:* @tbl-delivery-years dan kewajiban dalam @pp11-2017. *Kekuatan:* uraian pelaksanaan, tanpa pernyataan sebab.
conclusion-power = Pengukuran perlu diperkuat (lebih banyak { $unit } atau periode terukur) sampai efek terkecil yang berarti dapat terdeteksi. *Kepada:* tim evaluasi{ $office-evaluation }. *Tenggat:* edisi { $next-edition }. *Dasar:* efek terkecil yang dapat terdeteksi pada @tbl-verdict. *Kekuatan:* perhitungan daya uji.
conclusion-files = Hasil perlu diukur pada semua { $unit } pada waktu yang sama setiap { $unit-period }, dan nomor pengenal disimpan sebagai teks dalam setiap berkas; { NUM("rows_set_aside", unit: "no") } dari { NUM("rows_read", unit: "no") } baris disisihkan pada edisi ini. *Kepada:* instansi pengirim data{ $office-data }. *Tenggat:* pengiriman untuk edisi { $next-edition }. *Dasar:* @fig-flow dan @tbl-row-account. *Kekuatan:* hitungan baris.
conclusion-survey = Survei pegawai berikutnya perlu mengikuti @tbl-next-wave.
conclusion-survey-fear = Survei pegawai berikutnya perlu mengikuti @tbl-next-wave, dan pertanyaan yang ditakuti tetap diajukan dengan perlindungan, sebab { NUM("sensitive_pooled") } penjawab mengiyakan pernyataan peka secara terlindung, { NUM("hidden_share") } hanya bila terlindung.
conclusion-survey-to = *Kepada:* tim evaluasi{ $office-evaluation }. *Tenggat:* sebelum gelombang { PERIOD($next) }. *Dasar:* @tbl-response{ $sensitive ->
    [yes] { " " }dan @tbl-sensitive
   *[no] { "" }
    }. *Kekuatan:* uraian jawaban survei.
