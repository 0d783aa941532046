programme-covariates-level-smp = SMP
programme-covariates-share-pns = Bagian pegawai PNS
programme-wwc-satisfied = memenuhi
programme-wwc-adjustment = perlu penyesuaian
programme-wwc-exceeds = tidak memenuhi
tbl-cohorts = Unit menurut periode mulai ikut
fig-trends =
    .alt = Garis rata-rata tiap kohort menurut periode, dengan tanda saat mulai ikut.
tbl-balance = Keadaan sebelum program
    .notes = Beda baku menurut Hedges.
    .units = Setiap baris menghitung unit yang memiliki nilai pada periode itu, dari { $treated } peserta dan { $never } yang tidak pernah ikut.
    .units-later = Setiap baris menghitung unit yang memiliki nilai pada periode itu, dari { $treated } peserta.
    .shares = Bagian (0-1) dibulatkan ke kelipatan { $step }{ $differ ->
        [yes] { "" } atau kurang, makin kecil bila unitnya makin banyak
       *[no] { "" }
    }.
programme-places-title = Peserta menurut kecamatan
tbl-training = Pelatihan dan mentoring pegawai ASN
    .notes = Sel dengan kurang dari { $min_persons } orang tidak ditampilkan.
    .once = Tidak seorang pun tercatat dua kali pada kegiatan dan periode yang sama.
fig-coverage = Sekolah peserta menurut kecamatan
    .alt = Diagram batang: sekolah peserta dan seluruh sekolah negeri tiap kecamatan.
    .notes = Sel kecil dan sel pelengkapnya tidak ditampilkan.
programme-means-cohort = Rata-rata menurut kohort
programme-variable = Peubah
programme-treated-units = Unit peserta
programme-wwc-class = Kelas WWC
programme-attendances = Keikutsertaan
programme-persons = Orang
programme-hours-jp = Jam pelajaran (JP)
programme-not-shown-small-cell = Tidak ditampilkan [c]
programme-number-schools = Banyaknya (sekolah)
programme-from = Mulai { $cohort }
programme-no-data = tanpa data
programme-all-public-schools = Seluruh sekolah negeri
programme-set-aside = disisihkan
