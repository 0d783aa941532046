validation-sets-jtrain = Job training grants (jtrain)
validation-sets-kielmc = Incinerator and house prices (kielmc)
validation-sets-injury = Injury benefits (injury)
validation-sets-mpdta = County teen employment (mpdta)
validation-sets-traffic1 = Drunk driving laws (traffic1)
validation-sets-ezunem = Enterprise zones and claims (ezunem)
validation-sets-wagepan = Wages and unions (wagepan)
validation-sets-castle = Castle doctrine laws and homicides (castle)
validation-sets-mathpnl = School spending and pass rates (mathpnl)
validation-worlds-none = No effect
validation-worlds-constant = Constant effect
validation-worlds-growing = Growing effects that differ by cohort
validation-worlds-few-clusters = Eight areas, assigned by area
validation-worlds-unbalanced = Unbalanced panel
validation-worlds-generator = The demonstration's own generator
validation-worlds-serial = Errors correlated over years
validation-worlds-gap = A year without measurement
validation-inference-wild = wild bootstrap
validation-pairs-twfe-dummies = Two-way: this module and a regression with all dummies
validation-pairs-linear-two-way-dummies = Two-way with influence: this module and the regression
validation-pairs-imputation-library = Imputation: this module and diff-diff
validation-pairs-imputation-wooldridge = Imputation and the extended regression (balanced panel)
validation-pairs-sun-abraham-group-time = Sun–Abraham and group-time (balanced panel)
validation-pairs-group-time-moderndid = Group-time: diff-diff and moderndid
validation-pairs-wild-enumeration = Wild bootstrap: cluster sums and full refits
validation-pairs-castle-dummies = Castle, two-way: this module and a regression with all dummies
validation-pairs-castle-group-time-moderndid = Castle, group-time: diff-diff and moderndid
validation-pairs-dose-dummies = Effect of spending, standard error by district: this module and a regression with all dummies
validation-no = NO
tbl-published = Published results and those of this program
    .notes = Numbers as printed, with decimal points.
tbl-agreement = Independent implementations
    .notes = Tolerance: { $tolerance }.
validation-coverage-default-choice = Coverage of the default choice
validation-bias-coverage-world-estimator-inference = Bias and coverage by world, estimator and inference
fig-validation-coverage = Coverage of 95 per cent intervals by world
    .alt = Points of coverage for each estimator in each world against the line of 95 per cent; numbers in the table.
validation-data-set = Data set
validation-quantity = Quantity
validation-ours = Ours
validation-difference = Difference
validation-same-printed-digit = Same to the printed digit
validation-first = First
validation-second = Second
validation-absolute-difference = Absolute difference
validation-agree = Agree
validation-world = World
validation-panels = Panels
validation-coverage = Coverage
validation-its-error = Its error
validation-n-93-97-not-outside-that-range = 93–97%: not outside that range by more than two Monte Carlo errors. Coverage: share of panels whose 95 per cent interval holds the true effect; in the world without effect, one hundred per cent less coverage is the size of the test. Two-way and stacked regressions estimate another quantity, so their bias holds the difference of quantities.
validation-inference = Inference
validation-its-error-2 = Its error
validation-standard-deviation = Standard deviation
validation-mean-standard-error = Mean standard error
validation-n-93-97 = 93–97%
validation-warned = Warned
validation-coverage-per-cent = Coverage (per cent)

# -- summary
validation-summary-title = Summary
validation-summary = The methods behind the evaluation reports were held against three kinds of evidence.
validation-summary-published = **Published tables.** Of { NUM("published_n", unit: "no") } printed numbers from { NUM("published_sets", unit: "no") } real data sets, { NUM("published_agree", unit: "no") } are reproduced to the printed digit (@sec-published).
validation-summary-agreement = **Independent implementations.** Of { NUM("agreement_n", unit: "no") } pairs, { NUM("agreement_agree", unit: "no") } agree (@sec-agreement).
validation-summary-experiments = **Experiments with a known effect.** On { NUM("replications", unit: "no") } simulated panels a world, the default choice keeps its promised coverage in { NUM("default_hold", unit: "no") } of { NUM("default_worlds", unit: "no") } worlds in which its assumptions hold (@sec-experiments).
validation-summary-experiments-few = **Experiments with a known effect.** On { NUM("replications", unit: "no") } simulated panels a world, the default choice keeps its promised coverage in { NUM("default_hold", unit: "no") } of { NUM("default_worlds", unit: "no") } worlds in which its assumptions hold; with eight areas that take part as a whole it covers in { NUM("few_coverage") } only, and the verdict's warning stands on { NUM("few_flagged") } of these panels (@sec-experiments).
validation-short = This is the short version. With so few panels a coverage is known to several percentage points only; `make validate` runs the full one.

# -- published
validation-published-title = Published Tables
validation-published = The data ship in the packages wooldridge and moderndid, but for castle, whose four columns come from the package causaldata (MIT licence) and lie beside the code. Examples 13.3, 13.4, 13.7, 13.8, 14.1 and 14.4 are those of Wooldridge [-@wooldridge2019], and so are the Computer Exercises 13.C11 and 14.C8 on school spending (mathpnl: the districts behind the schools of Papke [-@papke2005]), with the answers of its solutions manual; county teen employment is that of Callaway and Sant'Anna [-@callaway2021]; castle doctrine laws [@chenghoekstra2013] are as chapter 9 of Cunningham [-@cunningham2021] prints them. Two-by-two comparisons, lags of treatment, group-time effects, the decomposition and regressions on a dose run through the same code as the reports; traffic deaths, enterprise zones and wages are plain regressions.

# -- agreement
validation-agreement-title = Independent Implementations
validation-agreement = Each pair estimates the same quantity on the same data by code that is not shared.

# -- experiments
validation-experiments-title = Experiments
validation-experiments = Each world is a panel of schools like the demonstration's, with one assumption changed at a time; every panel has its own draw of participation, schools and errors. @tbl-default gives the default choice of the reports (group-time effects [@callaway2021], doubly robust, never-treated comparison, clustered by unit); @tbl-experiment all estimators.
validation-off-some = Of the { NUM("default_worlds", unit: "no") } worlds in which its assumptions hold, { NUM("default_off", unit: "no") } lie further than two Monte Carlo errors from 95%, where chance alone would bring { NUM("default_off_expected", unit: "no") }; that it brings so many or more has a probability of { NUM("default_off_chance", decimals: 3) }. These are:
validation-off-none = Of the { NUM("default_worlds", unit: "no") } worlds in which its assumptions hold, none lies further than two Monte Carlo errors from 95%; chance alone would bring { NUM("default_off_expected", unit: "no") }.
validation-off-above = { $world }: { NUM("coverage", $of) }, by { NUM("off", $of) } Monte Carlo errors above 95%. If that is no chance, intervals there are wider than promised.
validation-off-below = { $world }: { NUM("coverage", $of) }, by { NUM("off", $of) } Monte Carlo errors below 95%. If that is no chance, intervals there are narrower than promised.
validation-off = Monte Carlo errors from 95%

# -- the verdict's error rates
validation-like-title = How often these rules are wrong
validation-like = The rules that gave the verdicts were tried on { NUM("like_panels", unit: "no") } simulated studies of the shape nearest to this one: { NUM("like_units", unit: "no") } units, { NUM("like_treated", unit: "no") } of them treated{ TEXT("like_level") ->
    [cluster] { "" } in { NUM("like_draws", unit: "no") } clusters of which { NUM("like_treated_draws", unit: "no") } take part as a whole
   *[other] { "" }
    }, { NUM("like_periods", unit: "no") } periods, primary outcomes: { NUM("like_outcomes", unit: "no") }. Of 100 such studies without any effect ({ NUM("like_null", unit: "no") } of those tried), { NUM("like_increase", unit: "no") } would have been called an improvement, { NUM("like_harm", unit: "no") } a change for the worse, and { NUM("like_not_credible", unit: "no") } not credible (@tbl-like).
validation-like-diverging = Where there was no effect either, but trends diverged a little ({ NUM("like_diverging", unit: "no") } of those tried), { NUM("like_diverging_increase", unit: "no") } of 100 would have been called an improvement and { NUM("like_diverging_not_credible", unit: "no") } not credible.
validation-like-far = No simulated shape lies close to this study, whose estimate rests on { NUM("like_own_draws", unit: "no") } independent draws, { NUM("like_own_treated_draws", unit: "no") } of them treated, over { NUM("like_own_periods", unit: "no") } periods: these rates are a guide and no measurement of its own.
tbl-like = Of 100 simulated studies like this one, how many would have been given each verdict
    .notes = The headline over all primary outcomes. "Moderate or strong" is part of "an improvement", "strong" part of both. The minimum detectable effect is that of the simulated shape; divergence is half the smallest effect of interest a period. The simulated studies use the main estimate and the trends before the start, with cohorts of any size, while a report leaves out cohorts that are too small; placebos, parts left out, attrition, spill-over, covariates and the cluster bootstrap are not simulated. Not one of these decides whether an improvement or a change for the worse is claimed, only how strongly: most can but weaken a claim; a bootstrap that confirms it, and an estimate with covariates that explain a gap and agrees, lift a cap at moderate, so that "strong" may be given more often than printed here. Only an effect above what half the smallest effect of interest a period adds up to until the outcome is called moderate or strong: in a study that could detect smaller ones, fewer findings are firm than here. Units or clusters that share shocks are taken to be declared as one cluster.
validation-like-no-effect = No effect, parallel trends
validation-like-mde = An effect as large as the minimum detectable one
validation-like-twice-mde = An effect twice as large
validation-like-linear-half = No effect, trends that diverge
validation-event-increase = An improvement
validation-event-firm = Moderate or strong
validation-event-strong = Strong
validation-event-harm = A change for the worse
validation-event-not-credible = Not credible
validation-event-not-assessable = Cannot be assessed
validation-event-none = No evidence
validation-bound = Bound (per cent)
validation-share = Measured
validation-holds = Held
tbl-characteristics = Bounds on the verdict's errors and what was measured
    .notes = A bound counts as not held where the measured share breaks it by more than two Monte Carlo errors, taken at the bound. Shapes and worlds are those of pipeline/validation/judged.py.
validation-characteristics-title = Error Rates of the Verdict
validation-characteristics = Simulated studies of many shapes are judged by the reports' own functions, in worlds without effect, with an effect, and with trends that diverge; cohorts of one or two units, which a report would leave out, are tried as well. Each verdict has a bound on how often it may, or must, be given.
validation-summary-characteristics = **Error rates of the verdict.** Of { NUM("bounds_n", unit: "no") } bounds, the measured share keeps { NUM("bounds_held", unit: "no") }; { NUM("bounds_within", unit: "no") } more lie beyond by no more than two Monte Carlo errors, and { NUM("bounds_given_up", unit: "no") } given up because they pull against others (@sec-characteristics).
