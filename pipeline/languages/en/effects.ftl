effects-kind-treated-vs-never = Treated against never treated
effects-kind-earlier-vs-later = Earlier against not yet treated
effects-kind-later-vs-earlier = Later against already treated
effects-simultaneous-band-covers-all-event-times =  The simultaneous band covers all event times at once.
effects-comparison-cohort = Comparison cohort
tbl-effects = Average effect on the treated (ATT), by outcome
    .notes = ATT after Callaway and Sant'Anna over all cells after the start, weighted by cohort size: each measured period of a cohort since its start counts, by the number of its units. The standard error is that of the influence function, as published tables print it, with the sizes of cohorts taken as drawn{ $pooled ->
        [yes] ; where few take part or few are compared, it takes all to vary alike, since few tell too little of how they vary themselves
       *[no] { "" }
    }. Intervals and p values take the sizes as given and have small-sample factors and degrees of freedom, so that they are not two such standard errors wide. Two-way: coefficient of the two-way fixed-effects regression, for comparison only.
    .units = Units that carry the effect: measured before a start and after it, in a cohort that is large enough (in the primary effects{ $differ ->
        [yes] { " " }up to
       *[no] { "" }
    } { $compared-treated } of { $treated } that took part and { $compared-never } of { $never } that never did).
    .units-later = Units that carry the effect: measured before a start and after it, in a cohort that is large enough (in the primary effects{ $differ ->
        [yes] { " " }up to
       *[no] { "" }
    } { $compared-treated } of { $treated } that took part).
fig-events = Effects by time since entry, each outcome on its own scale
    .alt = One panel an outcome: effects before and after entry with their intervals; the numbers are in the tables of effects by time since entry.
    .notes = Grey: before entry. Hollow squares should lie near zero where groups moved alike; dots are effects after entry, with confidence intervals.
fig-cohort =
    .alt = A point and an interval for each cohort; the numbers are in the table of effects by cohort.
fig-event =
    .alt = Effects before and after the start, with intervals and a simultaneous band; numbers in the annex.
tbl-bacon =
    .notes = Balanced panel of { $balanced } units. Weights sum to one; comparisons with units already treated mislead where effects grow.
tbl-replication = Published results and those of this report
    .notes = Published: { $source }. N = { $published }.
effects-observations = Observations
effects-effect-cohort = Effect by cohort
effects-effect-period = Effect by period
effects-effect-cohort-period = Effect by cohort and period
effects-band-lower = Band, lower
effects-band-upper = Band, upper
effects-effect-time-since-start = Effect by time since the start
effects-event-study = Event study
effects-units-observed = Units observed
effects-sample-size-every-cell = Sample size of every cell
effects-comparison = Comparison
effects-weight = Weight
effects-goodman-bacon-decomposition = Goodman-Bacon decomposition
effects-term = Term
effects-published-standard-error = Published standard error
effects-smallest-effect-interest = Smallest effect of interest
effects-event-time-measured-periods-since-entry = Event time (measured periods since entry)
effects-average-effect-on-treated = Average effect on the treated
effects-all-cohorts = All cohorts
effects-side = Before or after the start
effects-before = Before
effects-after = After
effects-pointwise-interval = Pointwise interval
effects-simultaneous-band = Simultaneous band
effects-bacon-kinds = The comparisons are summed up by kind, for they would fill pages
