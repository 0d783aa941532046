sensitivity-target-average = Average
sensitivity-target-first = First period
sensitivity-kind-cluster = Area
sensitivity-placebo-date = Start moved earlier (periods)
sensitivity-placebo-outcome = Not aimed at
sensitivity-placebo-spillover = Spill-over
sensitivity-name-exposed = Never treated, many neighbours treated
sensitivity-name-low-exposure = Main effect, comparison with few neighbours
sensitivity-name-share-pns = Share of permanent civil servants
sensitivity-pupils-tested = Pupils tested: { $outcome }
tbl-sensitivity-breakdown = How large a violation of parallel trends overturns the result
    .notes = Relative: changes of trend after the start at most M times the largest before; a dash: above { $largest }. Smoothness: change of slope from period to period, in units of the outcome; a dash: above the estimate itself.
fig-sensitivity-breakdown = Interval of the average effect where trends are not parallel
    .alt = Intervals that widen with the violation allowed; numbers in the table of breakdown values.
tbl-sensitivity-pretest = What the pre-trend test lets through
    .notes = Differences in trend a period, measured or not, and the test with its level are those of @tbl-pretrends: with the same probability the difference is the same.
tbl-sensitivity-leave-out = The effect without one part of the data
    .notes = On the units of the main effect; a cohort left out of it for its few units does not come in where a period is left out.
tbl-sensitivity-stability = Stability of the coefficient to covariates
    .notes = Regression of each unit's change on having taken part. A negative value: covariates move the coefficient away from zero.
tbl-sensitivity-placebo = Placebos and spill-over
    .notes = Starts moved earlier: on the units of the main effect, without cohorts that have no period before the moved start. Spill-over: on its units or, where it says so, on some of them. Others: on the units that an effect on them rests on.
sensitivity-lower-bound-m-1 = Lower bound, M = 1
sensitivity-upper-bound-m-1 = Upper bound, M = 1
sensitivity-breakdown-relative = Breakdown, relative
sensitivity-breakdown-smoothness = Breakdown, smoothness
sensitivity-found-test = Found by the test
sensitivity-difference-trend-period = Difference in trend a period
sensitivity-bias-where-test-passes = Bias where the test passes
sensitivity-left-out = Left out
sensitivity-times = Times
sensitivity-without = without
fig-sensitivity-areas = The effect without one area
    .alt = A point and interval with each area left out; summed up in the table.
sensitivity-highest-r2 = Highest R²
sensitivity-relative-selection-that-removes-effect = Relative selection that removes the effect
sensitivity-check = Check
sensitivity-what = What
sensitivity-relative-violation-m = Relative violation (M)
sensitivity-one-area-left-out = One area left out

# -- robust
sensitivity-title = Sensitivity
sensitivity-opening = Parallel trends cannot be tested after the start. The question is how large a departure would overturn the result [@rambachanroth2023].
sensitivity-outcome = { $outcome }:
sensitivity-nothing-to-overturn = the interval includes zero even with parallel trends; there is no conclusion to overturn.
sensitivity-beyond-grid = the conclusion holds even if changes of trend after the start were five times the largest seen before it.
sensitivity-holds = the conclusion holds as long as changes of trend after the start are at most { NUM("sensitivity_mbar", $o) } times the largest seen before it.
sensitivity-holds-below-seen = the conclusion holds as long as changes of trend after the start are at most { NUM("sensitivity_mbar", $o) } times the largest seen before it; a violation no larger than one already seen would overturn it.
sensitivity-event-time = Event time counts measured periods: across a year without measurement one change spans two years.
sensitivity-pretest = @tbl-sensitivity-pretest shows what a test of trends before the start lets through: the bias that a linear difference in trend would leave, and how much of it remains among samples in which the test finds nothing [@roth2022].
sensitivity-one-by-one = Left out one at a time, no cohort, area or period may carry the result alone:
sensitivity-left-out-outcome = { $outcome }: the effect runs from { NUM("sensitivity_least", $o, unit: "no") } to { NUM("sensitivity_most", $o) }.
sensitivity-placebo = Where there can be no effect none should be found.
sensitivity-placebo-dates = Of { NUM("sensitivity_placebos") } starts moved to before the true one, { NUM("sensitivity_placebos_beyond") } would pass for an effect.
sensitivity-neighbours = The rows *spill-over* of @tbl-sensitivity-placebo ask whether units that never took part moved where many neighbours did, and what the effect is against those with few such neighbours.
sensitivity-stability = Covariates can only stand for what they measure. @tbl-sensitivity-stability asks how much stronger than on them selection on what is not observed would have to be to remove the effect [@oster2019]; a value of one is selection as strong as on the covariates.
sensitivity-covariates = The covariates of this study ({ $names }) are those of each unit's first observation ({ $unit }).
sensitivity-covariates-same = One that is the same for all { $unit } of that regression changes nothing: { $names }.
sensitivity-covariates-uses = Estimates with covariates in @sec-tables compare each cohort with a comparison alike in them, cell by cell; they are ATTs as the main estimate is. The regression of @tbl-sensitivity-stability is another one: one change for each of the { $unit }, from its mean before the first cohort's start to the last period. Its coefficient is no ATT and not to be set beside @sec-tables; what is read is how far it moves when covariates enter.

# -- technical
sensitivity-technical-trends = **Sensitivity to trends.** Let $\Delta_s$ be the changes before the start and $\bar k$ the mean number of periods from the base to the effects. If no change of trend after the start exceeds $M \max_s |\Delta_s|$, the effect lies in $\hat\theta \pm M \bar k \max_s|\Delta_s|$; the interval is the union over $s$ of the intervals of both ends, with the joint covariance of leads and effects [@rambachanroth2023, lemma 2.2]. Under smoothness the slope changes by at most $M$ from period to period, and the interval is their fixed-length one. The breakdown value is the smallest $M$ at which zero is included.
sensitivity-technical-pretest = **Bias after the pre-test.** With leads and effects jointly normal around a linear trend of slope $\delta$: $E[\hat\theta - \theta \mid \text{"{"}test passes{"}"}]$ by simulation [@roth2022].
sensitivity-technical-spillover = **Spill-over.** Exposure is the share of treated units among the other units of the area; it answers the plain question whether the comparison moved where it had most to gain from its neighbours.
sensitivity-technical-stability = **Coefficient stability.** In the regression of each unit's change on treatment let $\beta$ and $R^2$ move as covariates enter. The relative selection $\delta$ at which the effect is zero follows from proposition 3 of @oster2019, with a highest $R^2$ of 1.3 times that with covariates.
