programme-covariates-level-smp = Lower secondary (SMP)
programme-covariates-share-pns = Share of permanent civil servants
programme-wwc-satisfied = satisfied
programme-wwc-adjustment = needs adjustment
programme-wwc-exceeds = not satisfied
tbl-cohorts = Units by period of entry
fig-trends =
    .alt = Lines of each cohort's mean by period, with a mark where it enters.
tbl-balance = Groups before the programme
    .notes = Standardised difference after Hedges.
    .units = Each row counts the units that have a value in that period, out of { $treated } that took part and { $never } that never did.
    .units-later = Each row counts the units that have a value in that period, out of { $treated } that took part.
    .shares = Shares (0-1) are rounded to multiples of { $step }{ $differ ->
        [yes] { "" } or less, the less the more units a row counts
       *[no] { "" }
    }.
programme-places-title = Participants by district
tbl-training = Training and mentoring of civil servants
    .notes = Cells of fewer than { $min_persons } persons are not shown.
    .once = Nobody is on record twice with the same activity in a period.
fig-coverage = Participating schools by district (kecamatan)
    .alt = Bars: participating and all public schools of each kecamatan.
    .notes = Small cells and their complements are not shown.
programme-means-cohort = Means by cohort
programme-variable = Variable
programme-treated-units = Treated units
programme-wwc-class = WWC class
programme-attendances = Attendances
programme-persons = Persons
programme-hours-jp = Hours (JP)
programme-not-shown-small-cell = Not shown [c]
programme-number-schools = Number (schools)
programme-from = From { $cohort }
programme-no-data = no data
programme-all-public-schools = All public schools
programme-set-aside = set aside
