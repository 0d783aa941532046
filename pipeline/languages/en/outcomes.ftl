# Sentences about one outcome, chosen by the rules of pipeline/chapters/outcomes.py.

# -- judgement
outcomes-judge-wanted = There is **{ VERDICT($o) }** in { $phrase }: the average effect on the treated is { NUM("att", $o) } (confidence interval { CI("att", $o) }; { P("att", $o) }).
outcomes-judge-none = For { $phrase } **no evidence of { $better ->
    [higher] an increase
   *[lower] a decrease
    } was found**: the estimate is { NUM("att", $o) } (confidence interval { CI("att", $o) }); the smallest effect that could be detected is { NUM("mde", $o) }, and the smallest effect of interest can be ruled out.
outcomes-judge-none-underpowered = For { $phrase } **no evidence of { $better ->
    [higher] an increase
   *[lower] a decrease
    } was found**, and the data are too weak to tell: the estimate is { NUM("att", $o) } (confidence interval { CI("att", $o) }), while the smallest effect that could be detected is { NUM("mde", $o) }. This is no evidence that the programme has no impact.
outcomes-judge-unwanted = For { $phrase } there is **{ VERDICT($o) }**, the direction that is not wanted: the estimate is { NUM("att", $o) } (confidence interval { CI("att", $o) }; { P("att", $o) }).
outcomes-judge-not-credible = For { $phrase } **no statement on an effect is made**: the design is not credible for this outcome (see @tbl-verdict).
outcomes-judge-not-assessable = For { $phrase } **no statement on an effect is made**: the data do not suffice to assess this outcome (see @tbl-verdict).

# -- yardstick
outcomes-yardstick = The smallest effect of interest in { $phrase } was set at { NUM("smallest", $o, unit: "no") }; the estimate { $side ->
    [above] is larger in size, whichever its direction
   *[below] is smaller in size
    }, and the smallest effect that could be detected is { NUM("mde", $o, unit: "no") }.

# -- growth and cohorts
outcomes-first-and-last = In the first period after entry the effect is { NUM("att_first", $o, unit: "no") } ({ CI("att_first", $o) }), in the last that was measured { NUM("att_last", $o, unit: "no") } ({ CI("att_last", $o) }, on { N("att_last", $o) } of the { $unit }, those of the earliest cohorts).
outcomes-growth = In the cohort of { PERIOD("growth_cohort", $o) }, which was observed longest, the effect { $found ->
    [yes] changed
   *[no] is not shown to have changed
    } between its first and last period: the difference is { NUM("growth", $o, unit: "no", signed: "yes") } (interval { CI("growth", $o) }).
outcomes-cohorts = By cohort the effect ranges from { NUM("att_least", $o, unit: "no") } ({ CI("att_least", $o) }; entry in { PERIOD("cohort_least", $o) }) to { NUM("att_most", $o, unit: "no") } ({ CI("att_most", $o) }; entry in { PERIOD("cohort_most", $o) }); a joint test { $found ->
    [yes] finds that cohorts differ
   *[no] does not find that cohorts differ
    } ({ P("cohorts_differ", $o) }).{ $found ->
    [yes] { " " }Cohorts that entered earlier were also observed longer, so their difference includes growth of the effect.
   *[no] { "" }
    }
outcomes-by-unit = Were each of the { $unit } counted once, whatever the number of its periods since entry, the average effect would be { NUM("att_by_unit", $o) } ({ CI("att_by_unit", $o) }).
outcomes-exposure = Over the same time since entry (measured periods: { NUM("exposure_periods", $o, unit: "no") }) the effect is { NUM("exposure_newest", $o, unit: "no") } in the newest cohort and { NUM("exposure_earlier", $o, unit: "no") } in earlier ones; { $side ->
    [less] the newest gained less (difference { NUM("exposure_gap", $o, unit: "no", signed: "yes") }, interval { CI("exposure_gap", $o) }), which its shorter time of observation does not explain
    [more] the newest gained more (difference { NUM("exposure_gap", $o, unit: "no", signed: "yes") }, interval { CI("exposure_gap", $o) })
   *[alike] that they differ is not shown (difference { NUM("exposure_gap", $o, unit: "no", signed: "yes") }, interval { CI("exposure_gap", $o) })
    }.

# -- before the programme
outcomes-baseline = In { $phrase }, the { $unit } that took part { $side ->
    [below] stood below
    [above] stood above
   *[level] were level with
    } their comparison (standardised difference { NUM("baseline", $o, unit: "no", signed: "yes") }).
outcomes-pretrend = For { $phrase }, the joint test { $found ->
    [yes] rejects
   *[no] does not reject
    } parallel trends ({ P("pretrend", $o) }).
outcomes-detectable-bias = The trend that it would find with probability { SHARE($power) } amounts to a bias of { NUM("detectable_bias", $o) } in the average effect, { $side ->
    [less] less than what the near end of the interval is from zero: less such a trend, the interval would still leave zero out
    [inside] less than the estimate, but not less than what the near end of its interval is from zero: less such a trend, the interval would include zero
    [zero] and the interval includes zero even without it
   *[more] no less than the estimate: a trend that the test misses could account for the whole effect
    }.
outcomes-pretrend-untested = For { $phrase }, trends before the programme cannot be tested, since there are not enough measured periods before entry.
