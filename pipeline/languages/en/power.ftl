power-known-now = Now
power-known-all-before = Now, from all periods before the start
power-known-years = { $n ->
        [one] { $n } more period
       *[other] { $n } more periods
    }
power-known-pupils = { $n ->
        [one] { $n } more period, twice the pupils
       *[other] { $n } more periods, twice the pupils
    }
power-known-enter = { $k ->
        [one] { $k } enters
       *[other] { $k } enter
    }, { $n ->
        [one] { $n } period
       *[other] { $n } periods
    }
power-known-lottery = { $k ->
        [one] { $k } enters by lottery
       *[other] { $k } enter by lottery
    }, { $n ->
        [one] { $n } period
       *[other] { $n } periods
    }
tbl-power-variance = The outcomes' variance and what it is made of
    .notes = Shares of the variance between { $unit } in one period: what is permanent, what fades from period to period, and what lasts one period.
    .areas = Correlation in clusters: of the changes of { $unit } in one cluster.
    .pupils = What lasts one period holds what comes from measuring few pupils.
    .close = The standard error from the variance is close to the one estimated.
    .apart = The standard error from the variance and the one estimated are apart by a quarter or more: one variance fitted to all does not describe each group. The tables of designs start from the one estimated; a lottery and a new study, which have no estimate yet, from the variance.
tbl-power =
    .notes = Minimum detectable effect: with { $target } per cent power, in the first row that of the verdict for an outcome tested by itself. Power: probability of finding an effect of { $effect }. Rows that extend the present design start from its standard error and degrees of freedom, and change them as the fitted variance says.
    .entering = Those that enter come from the comparison, which keeps two { $unit } at least. Lottery: effect on those drawn alone, against those that wait, from the fitted variance, with as many degrees of freedom as independent draws less two. A dash: one alone cannot be drawn.
    .nobody = The comparison has too few { $unit } to give any: that more enter would take new ones from outside this study.
    .family = Here each outcome is tested by itself; @tbl-verdict divides the level among { $family } primary outcomes, so that the smallest detectable effect there is larger.
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

# -- robust
power-title = Power, and the next design
power-opening = What a design can find follows from how much the outcome varies between { $unit } and over { $unit-period }s (@tbl-power-variance). With that variance the tables below tell a planner what each next step would buy.
power-present-enough = **{ $outcome }.** The present design finds effects of { NUM("power_mde", $o) } or more with { NUM("power_target", $o) } power. An effect of { NUM("power_effect", $o) }, the smallest of interest, it finds with a probability of { NUM("power_now", $o) }: it is large enough for the question asked.
power-present-short = **{ $outcome }.** The present design finds effects of { NUM("power_mde", $o) } or more with { NUM("power_target", $o) } power. An effect of { NUM("power_effect", $o) }, the smallest of interest, it finds with a probability of { NUM("power_now", $o) }, so a finding of nothing would not settle the question. Measured from all { $unit-period }s before the start instead of the last one, which takes parallel trends over all of them, the same data find { NUM("power_all_before", $o) }.
power-derived = The study declares no smallest effect of interest; this one is derived, as for the verdict.
power-longer = Observing the same { $unit } longer would do (further { $unit-period }s: { NUM("power_years", $o) }).
power-longer-not = Ten more { $unit-period }s of the same { $unit } would not do, because the noise of the last { $unit-period } before the start, from which every change is measured, stays.
power-more-enter = Letting { NUM("power_enter", $o) } of the comparison enter in the next { $unit-period } would do.
power-more-enter-not = Letting more of the { NUM("power_never", $o) } in the comparison enter in the next { $unit-period } would not do: what one group gains the other loses.
power-draw-lots = A lottery that lets { NUM("power_lottery", $o) } of them enter would find it on these alone, without the assumption of parallel trends.
power-draw-lots-not = A lottery among them would not find it after one { $unit-period } on those drawn alone, but it would need no assumption of parallel trends.
power-nobody-enters = The comparison ({ $unit }: { NUM("power_never", $o) }) can give none and remain one: that more enter would take new ones from outside this study.
power-no-figure = No figure shows what more that enter would bring, since no comparison can give any of its { $unit }.
power-new-study = A new study, half of its { $unit } drawn to take part, with two { $unit-period }s before and two after, needs { NUM("power_fresh", $o) } { $unit }.

# -- technical
power-technical-title = Power
power-technical-mde = **Minimum detectable effect.** { MATH("power-1") } with power $\kappa$ [@bloom1995]. Standard error and degrees of freedom of the present design are those of the main estimate, so that its minimum detectable effect is that of the verdict. A design that extends it has them times a factor: of the standard error that which the fitted variance gives, of the degrees of freedom that of $(\sum_g V_g)^2 / \sum_g V_g^2/(n_g-1)$, with $V_g$ what cohort $g$ or the comparison adds to the variance; where whole clusters are assigned they keep their degrees of freedom. A lottery and a new study have the fitted variance and as many degrees of freedom as independent draws less two. *In a plain sentence:* the effect that a design of this size finds with that probability.
power-technical-variance = **Variance.** Deviations of a unit's outcome from the mean of its cohort in that period have the covariance { MATH("power-2") }: permanent, fading, one period. It is fitted to the observed covariances by periods apart, all components at least zero. The mean group-time effect is linear in the data: with $c_g$ the weights of cohort $g$ over the periods ({ MATH("power-3") } under treatment, minus their sum in the last period before) and $c_0 = \sum_g c_g$, $Var = \sum_g c_g'\Sigma c_g / n_g + c_0'\Sigma c_0/n_0$. For one cohort and a mean of $m$ periods before and $r$ after this is the serial-correlation-robust formula { MATH("power-4") } [@burlig2020]. Where whole clusters are assigned the variance is multiplied by $1 + (\bar n - 1)\rho_c$, with $\rho_c$ the intraclass correlation of changes.
power-technical-lottery = **Lottery.** $\left(\frac{"{"}1{"}"}{"{"}n_1{"}"} + \frac{"{"}1{"}"}{"{"}n_0{"}"}\right)\left(V_{"{"}after{"}"} - C^2/V_{"{"}before{"}"}\right)$, the regression on the mean before [@mckenzie2012].
power-technical-assumptions = **Assumptions.** Later periods vary as the observed ones did; the effect is of the same size in all cells; those that enter vary like those that did. Effects that differ between units of a cohort count as noise here.
