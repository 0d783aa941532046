# -- tables
doses-row-fixed-effects = Fixed effects
doses-row-fixed-effects-adjusted = Fixed effects, with covariates
doses-row-first-differences = First differences
doses-row-first-differences-adjusted = First differences, with covariates
doses-mean = Mean dose
doses-low = 10th percentile
doses-high = 90th percentile
doses-r2 = R²
doses-rows = Rows
tbl-doses-periods = The dose by period
    .notes = Units with a dose in that period, as the study transforms it.
tbl-doses = Effect of { $step } on { $outcome }
    .notes = Beside unit and period effects. Of first differences, rows are changes between neighbouring periods and R² is of changes; of fixed effects, R² is of what unit effects leave. Covariates may vary in time.

# -- the report
doses-question = Do outcomes follow { $dose }? Every one of the { NUM("n_units", unit: "no") } { $unit } has more or less of it in each of { NUM("n_periods", unit: "no") } measured periods, from { PERIOD("first_period") } to { PERIOD("last_period") }; nothing of it starts at one time in some units and not in others.
doses-no-verdict = **This design cannot be judged by the rules of these reports.** Their error rates are measured for programmes that start in some units and not in others. A dose that all have all the time has no time before it, in which the trends of groups could be compared. What stands here are estimates with their assumptions, and two tests of what speaks against them. To take them for effects is a judgement of the reader's.
doses-outcome = **{ $outcome }.** With fixed effects, { $step } goes with { NUM("doses_effect", $o, signed: "yes") } ({ CI("doses_effect", $o) }; { P("doses_effect", $o) }).
doses-outcome-changes = From changes between neighbouring periods it is { NUM("doses_changes", $o, signed: "yes") } ({ CI("doses_changes", $o) }).
doses-reading-lead = But the outcome also goes with the dose of the *next* period, which cannot have moved it: the dose followed the outcome, or both followed something else. **This is not to be read as an effect.**
doses-reading-differ = The two do not agree, as they should if the assumptions held: **this is not to be read as an effect.**
doses-reading-both = Both intervals exclude zero; if the assumptions below hold, this is an effect.
doses-reading-one = One of the two intervals excludes zero and the other does not: no effect is established.
doses-reading-neither = The interval includes zero: no effect is established, and none is ruled out within it.
doses-reading-alone = The interval excludes zero; if the assumptions below hold, this is an effect. There are too few neighbouring periods for the check by changes.
doses-lead-rejects = A later dose ought to tell nothing of an outcome before it; here the coefficient of the next period's dose is { NUM("doses_lead", $o, signed: "yes") } ({ CI("doses_lead", $o) }; { P("doses_lead", $o) }) [@wooldridge2010].
doses-lead-silent = A later dose ought to tell nothing of an outcome before it; the coefficient of the next period's dose is { NUM("doses_lead", $o, signed: "yes") } ({ CI("doses_lead", $o) }; { P("doses_lead", $o) }), which does not reject it [@wooldridge2010].
doses-lead-none = Whether later doses go with earlier outcomes cannot be tested with so few periods.
doses-curve-yes = One more unit of dose does not do the same at every dose ({ P("doses_curve", $o) } for its square): the estimate is a mean with weights that nobody chose.
doses-curve-no = That one more unit does the same at every dose is not rejected ({ P("doses_curve", $o) } for its square).
doses-few = With { NUM("doses_clusters", $o) } independent draws only, the intervals are likely too narrow.
doses-how-much-title = How much, and how it changes
doses-how-much = @tbl-doses-periods gives the doses by period. Of their variance, { NUM("doses_within") } is left within units once common changes are taken out: the estimates rest on that part alone.
doses-methods = Two regressions look at { $dose }. **Fixed effects** compare each unit with its own mean, beside a common effect of each period; **first differences** compare its change between neighbouring periods with the changes of others [@wooldridge2010]. Both estimate the same quantity if the following holds; where they differ, something of it does not.
doses-methods-lags = The doses of earlier periods enter too (number of periods: { $lags }); the effect told is that of a dose that is larger in all of them.
doses-assumes-trends = **Parallel trends in every dose.** Units whose dose rises more would, with equal changes of the dose, on average have had equal changes of the outcome. It is stronger than the assumption of a comparison with units without treatment, which is about changes without any dose only: here units may not have chosen their doses by what more of it does to them [@callaway2024].
doses-assumes-exogenous = **No way back.** The outcome of a period does not move the doses of later ones, such as money that is given where results are poor.
doses-assumes-carryover = **No carry-over.** { $lags ->
    [0] The outcome of a period depends on the dose of that period and on no earlier one
   *[other] The outcome of a period depends on the doses of that period and of those before it that enter, and on no earlier one
 }; nor on a dose that is still to come. Where doses work on for longer, the number holds parts of their effects too [@dechaisemartin2024].
doses-assumes-constant = **The same at every dose.** One more unit of dose does the same in every unit, in every period and from every dose on. Where it does not, the coefficient is a mean of effects whose weights may be negative [@callaway2024; @dechaisemartin2020].
doses-start-seen = **These data hold a start.** In { NUM("doses_never", unit: "no") } { $unit } the dose is zero in every period, and in { NUM("doses_starting", unit: "no") } it is zero at first and above zero from some period on. Compared with the first, the effect of having started can be estimated without the assumption on doses, its trends before the start examined, and a verdict given: the study would name the start (`cohort` or `treated`) in the place of the dose [@callaway2024].
doses-untreated = Had some units no dose at all, and had the others started once, the effect of each dose against none could be estimated with the first assumption for a comparison with none alone [@callaway2024]. This study does not name such a start.
doses-errors-unit = Standard errors allow for any correlation of the periods of a unit.
doses-errors-cluster = Standard errors allow for any correlation within a { $cluster }.
