specification-codes-baseline = Baseline covariates
specification-codes-group-time = Group-time
specification-codes-imputation = Imputation
specification-codes-never = Comparison: never
specification-codes-not-yet = Comparison: not yet
specification-comparison-method-s = Comparison: the method's
specification-codes-declared = Study's scale
specification-codes-rank = Rank scores
specification-codes-unit = Clusters: units
specification-codes-cluster = Clusters: areas
tbl-specifications = Specification curve: summary and joint tests
    .notes = Joint tests, either direction, each estimate once: how often data without an effect give a curve as extreme (median, the larger of both shares of intervals beyond zero, Stouffer's Z), the dependence between specifications kept.
fig-specifications =
    .alt = Estimates of all specifications by size, with intervals; below, the choices behind each. Summed up in the table of the specification curve.
specification-specifications = Specifications
specification-refused = Refused
specification-median = Median
specification-wanted-direction = Wanted direction
specification-beyond-wanted = Beyond zero, wanted direction
specification-beyond-against = Beyond zero, other direction
specification-p-share = p (larger share)
specification-p-stouffer = p (Stouffer)
specification-specification-curve = Specification curve
specification-specifications-size-estimate = Specifications by size of the estimate (rank)
specification-interval-excludes-zero = Interval excludes zero
specification-interval-includes-zero = Interval includes zero
specification-study-s-main-choice = The study's main choice
specification-p-median = p value (median)
specification-all-units = All units

# -- robust
specification-title = Specification curve
specification-opening = Analysts could defend choices other than those of this study. Every combination that the study declares (sample, covariates, estimator, comparison group, scale of the outcome, level of clustering) is tried, and every estimate is shown [@simonsohn2020].
specification-outcome = { $outcome }: over { NUM("spec_n", $o) } specifications the estimates run from { NUM("spec_lowest", $o, unit: "no") } to { NUM("spec_highest", $o) }, with a median of { NUM("spec_median", $o) }.
specification-mostly = In { NUM("spec_significant", $o) } of them the interval lies beyond zero in the wanted direction: that there is an improvement does not hang on one choice.
specification-partly = In { NUM("spec_significant", $o) } of them the interval lies beyond zero in the wanted direction: the finding depends in part on the choices made.
specification-never = In none of them does the interval lie beyond zero in the wanted direction: no choice tried would have shown an improvement.
specification-seldom = In only { NUM("spec_significant", $o) } of them the interval lies beyond zero in the wanted direction: the choices decide what one would report.
specification-against = In { NUM("spec_against", $o) } of them it lies beyond zero in the other direction.
specification-graded = How strong the evidence is called does hang on the choices (@tbl-whatif).
specification-rare = A median this far from zero would be rare without an effect ({ P("spec_p", $o) }).
specification-not-rare = A median this far from zero would not be rare without an effect ({ P("spec_p", $o) }).

# -- technical
specification-technical = **Specification curve.** Every combination $s$ of the declared choices gives an estimate $\hat\theta_s$ with influence { MATH("specification-1") }. Without an effect the estimates' joint law is that of { MATH("specification-2") } with independent weights $v_i$ of mean 0 and variance 1 (one a unit or, where participation was decided by area, one an area); the joint tests compare the median, the larger of both shares of intervals beyond zero and $\sum_s t_s/\sqrt S$ with that law [@simonsohn2020]. Imputation after @borusyak2024. Covariates enter interacted with period.
