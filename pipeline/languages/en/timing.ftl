# -- tables
tbl-timing = What the lot alone says
    .notes = Efficient estimate and standard errors after Roth and Sant'Anna. Ratio: standard error of the main estimate, divided by that of this one. Share: of the difference before the start that is taken off; difference-in-differences takes off all of it. The p value of permutation is of no effect in any unit; that of the difference before, of timing by lot (in large samples).
timing-share = Share taken off
timing-ratio = Ratio of standard errors
timing-permutation = Permutation, p
timing-before = Before the start, p

# -- robust
timing-title = Timing by lot
timing-opening = When each of the { $unit } started was drawn by lot, as the study states. That assumption takes the place of parallel trends: before anybody starts, groups differ by chance alone. The estimates here rest on it, on no effect before the start, and on no effect of one unit on another, but not on parallel trends [@rothsantanna2023efficient]; if the timing was chosen after all, they do not hold. They do not enter the verdict.
timing-strata = The lot was drawn within strata (number: { NUM("timing_strata") }), so that units are compared with others of their own stratum only, and the permutation stays within strata; strata without two groups to compare tell nothing and are left out.
timing-one-lot = The study names no strata, so that one lot over all units is supposed; had it been drawn within strata, the comparison across them would hold more than chance.
timing-large = Interval, standard error and gain in precision are results for many units in each group{ $strata ->
    [yes] {" "}of each stratum, or for many strata,
   *[no] {","}
 } and too narrow where groups are small; the permutation alone is exact with few, and only of the hypothesis that no unit has any effect.
timing-outcome = **{ $outcome }.** The effect is { NUM("timing", $o, signed: "yes") } ({ CI("timing", $o) }; by permutation of the timing { P("timing_permutation", $o) }).
timing-gain = The standard error of the main estimate is { NUM("timing_ratio", $o) } times that of this one.
timing-doubt = But before the start the groups differ by more than a lot would have it ({ P("timing_before", $o) }): that the timing was random is doubtful, and this estimate with it.
timing-sound = Before the start the groups do not differ by more than a lot would have it ({ P("timing_before", $o) }).
