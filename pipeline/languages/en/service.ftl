service-label-u1 = U1 Requirements
service-label-u2 = U2 System, mechanism, procedure
service-label-u3 = U3 Time to completion
service-label-u4 = U4 Cost or fee
service-label-u5 = U5 Product of the service
service-label-u6 = U6 Competence of staff
service-label-u7 = U7 Conduct of staff
service-label-u8 = U8 Handling of complaints
service-label-u9 = U9 Facilities
service-label-score = SKM index
tbl-skm-grades = SKM index and grades of units
    .notes = Index: mean of the nine elements (weights 1/9) times 25, rounded to two decimals before grading ({ $basis }). Units with fewer than { $least_respondents } respondents get no score; small cells are not shown.
tbl-skm-elements = SKM elements in the last period
    .notes = Units weighted by their respondents; intervals take units as clusters.
fig-skm =
    .alt = Points with intervals: score of each element, with the bounds of grades A, B and C.
tbl-skm-dose = SKM index on the share of staff trained
    .notes = Regression with unit and period effects, standard errors by unit. It needs strong parallel trends.
service-units-score = Units with a score
service-too-few-respondents = Too few respondents
service-mean-index = Mean index
service-element = Element
service-score-25-100 = Score (25-100)
tbl-skm-effects = Effects of the programme on units' SKM
    .notes = In points of the index (25-100). Design and rules of verdict are those of the primary outcomes; of their checks those are made that these data allow (cluster bootstrap, placebo dates, parts left out, spill-over), and what could not be examined limits the verdict.
service-index-if-all-staff-are-trained = Index if all staff are trained
service-grade = Grade { $code }
service-score-confidence-interval = Score with confidence interval (points, 25 to 100)
service-grade-2 = grade { $code } →

# -- results
service-title = Quality of public service: SKM
service-mean = In the last period the mean SKM index of the { $unit } was { NUM("skm_mean") } (grade { TEXT("skm_grade") }, { N("skm_mean") } units with a score).
service-mean-good = In the last period the mean SKM index of the { $unit } was { NUM("skm_mean") } (grade { TEXT("skm_grade") }, { N("skm_mean") } units with a score); { NUM("skm_good") } of the units have grade A or B.
service-caveat = The level of SKM tells the satisfaction of people who came and were willing to answer; by itself it does not tell what the programme brought about.
service-without = { NUM("skm_without", unit: "no") } units get no score, since they have fewer than { NUM("skm_least", unit: "no") } respondents.
service-effect-elsewhere = The effect on the index itself is judged with the outcomes (@tbl-verdict); here are the elements that the programme addresses.
service-effect-rise = By difference-in-differences, the index of the { $unit } that took part rose by { NUM("skm_effect") } points more than that of their comparison (interval { CI("skm_effect") }; { VERDICT_OF("skm_effect_verdict") }).
service-effect-decline = By difference-in-differences, the index of the { $unit } that took part moved the way that is not wanted: { NUM("skm_effect") } points (interval { CI("skm_effect") }).
service-effect-not-credible = The design is not credible for SKM, and no effect is stated.
service-effect-not-assessable = An effect on SKM cannot be assessed, and none is stated.
service-effect-none = The effect of the programme on the index, { VERDICT_OF("skm_effect", "verdict") }: { NUM("skm_effect") } points (interval { CI("skm_effect") }), with { NUM("skm_effect_mde") } the smallest effect that could be detected. This is no evidence that the programme has no impact.
service-dose = By dose, the index differs by { NUM("skm_dose") } points ({ CI("skm_dose") }) between a unit whose civil servants have all been trained since its entry and one with none; to read it as an effect takes a stronger assumption, strong parallel trends [@callaway2024]. On average { NUM("skm_dose_share") } of the staff are trained, so that this number rests mostly on taking part against not taking part.

# -- technical
service-technical = **SKM.** Index of a unit { MATH("skm-index") }, rounded half up to two decimals and then graded: A from 88.31, B from 76.61, C from 65.00, D below [@permenpanrb14-2017]. Weights are one ninth, not 0.111, which would cap the index at 99.9. Dose: { MATH("skm-dose") } with { MATH("skm-share") } the share of staff trained since the unit's entry. *Estimand in a plain sentence:* the difference in the index between all and none of the staff trained, if the effect is proportional to that share.
