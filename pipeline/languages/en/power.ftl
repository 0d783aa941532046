power-known-estimated = Now, as estimated
power-known-now = Now, from the variance
power-known-all-before = Now, from all periods before the start
power-known-years = { $n ->
        [one] { $n } more period
       *[other] { $n } more periods
    }
power-known-pupils = { $n ->
        [one] { $n } more period, twice the pupils
       *[other] { $n } more periods, twice the pupils
    }
power-known-enter = { $n ->
        [one] { $k } units enter, { $n } period
       *[other] { $k } units enter, { $n } periods
    }
power-known-lottery = { $n ->
        [one] { $k } units enter by lottery, { $n } period
       *[other] { $k } units enter by lottery, { $n } periods
    }
tbl-power-variance = The outcomes' variance and what it is made of
    .notes = Shares of the variance between units in one period: what is permanent, what fades from period to period, and what lasts one period (that from measuring few pupils included). Correlation in clusters: of the changes of units in one cluster. The standard error from the variance should be close to the one estimated.
tbl-power =
    .notes = Minimum detectable effect: with { $target } per cent power. Power: probability of finding an effect of { $effect }. Units that enter come from the comparison. Lottery: effect on those drawn alone, against those that wait. A dash: too few units would remain for a comparison.
fig-power = Minimum detectable effect by the number of units that enter
    .alt = Lines for units that enter as usual and by lottery, each with one and two periods of observation; a horizontal line at the smallest effect of interest. The numbers are in the tables of power.
power-standard-deviation-between-units = Standard deviation between units
power-permanent = Permanent
power-fading = Fading
power-one-period = One period
power-from-few-pupils = From few pupils
power-correlation-between-periods = Correlation between periods
power-correlation-clusters = Correlation in clusters
power-standard-error-from-variance = Standard error from variance
power-standard-error-estimated = Standard error estimated
power-minimum-detectable-effect = Minimum detectable effect
power-power = Power
power-what-next-design-could-find = What the next design could find: { $outcome }
power-kind-enter = as usual
power-kind-lottery = lottery
power-units-that-enter = Units that enter
power-smallest-interest = Smallest of interest
power-enter-per = Enter { $value0 }, { $years } per.
