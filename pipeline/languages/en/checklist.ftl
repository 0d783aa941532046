# The field's checklists, answered by the rules of pipeline/chapters/checklist.py.

checklist-title = Checklists of the method
checklist-opening = The checklist of Roth and others [@rothsantannabilinskipoe2023] and the guide of Baker and others [@baker2025] ask what a reader of a difference-in-differences study should be told. @tbl-checklist answers from this study's own numbers.
tbl-checklist = The field's questions, and what this study answers
checklist-question = Question
checklist-source = Asked by
checklist-answer = Answer

checklist-timing-staggered = No. Effects are estimated by cohort and period and then averaged; the two-way coefficient stands for comparison only.
checklist-timing-once = Yes: there is one cohort.
checklist-trends-chosen = Not by design: who took part was not drawn by lot.
checklist-trends-random = By design, as far as the start was drawn by lot, as the study states.
checklist-trends-of = { $outcome }: joint test of trends before, { P("pretrend", $o) }{ $bias ->
    [yes] ; the smallest trend that it finds with probability { SHARE($power) } amounts to a bias of { NUM("detectable_bias", $o, unit: "no") } in the effect
   *[no] { "" }
    }.
checklist-trends-not-shown = A test that does not reject does not show that trends are parallel [@roth2022].
checklist-trends-untested = Where no test is named there are too few periods before.
checklist-covariates = This cannot be tested. The main estimate assumes them without covariates; estimates with the declared ones, which assume them among units alike in these, stand beside it.
checklist-covariates-none = The study declares no covariates.
checklist-covariates-of = { $outcome }: { NUM("att", $o, unit: "no") } without, { NUM("att_adjusted", $o, unit: "no") } with covariates.
checklist-violations-of = { $outcome }: the finding holds up to a violation { NUM("sensitivity_mbar", $o, unit: "no") } times the largest before entry.
checklist-violations-none = No violation is named that would undo a finding: none was found up to the largest tried, or no period before entry can be compared.
checklist-clusters = The primary effects rest on those of the { $unit } that took part ({ $differ ->
    [yes] up to{ " " }
   *[no] { "" }
    }{ NUM("n_compared_treated", unit: "no") }) and on those that did not ({ NUM("n_compared_never", unit: "no") }).
checklist-clusters-unit = Participation was decided by { $unit }, and standard errors are clustered there.
checklist-clusters-cluster = Participation was decided by { $cluster }, and standard errors are clustered there.
checklist-form-standardise = Standardised outcomes: what is assumed is parallel trends in standard deviations of those never treated.
checklist-form-log = Outcomes in logarithms: what is assumed is parallel trends in per cent.
checklist-form-none = Outcomes in their own unit: what is assumed is parallel trends in levels.
checklist-form-other = On another scale the assumption would be another; effects on ranks are among the specifications (@sec-robustness).
checklist-target = The average effect on the treated, over all measured periods since entry.
checklist-weights-equal = Every unit counts alike.
checklist-weights-periods = Every measured period since entry counts by the number of units of its cohort: units that entered earlier count more often.
checklist-weights-declared = Every measured period since entry of a unit counts by the weight that the study declares.
checklist-comparison-never = With those never treated; with those not yet treated as a check.
checklist-comparison-later = With those that had not started yet, until the last start: none was never treated.
checklist-comparison-not-yet = With those not yet treated; with those never treated as a check.
checklist-anticipation = The base period is moved one period back as a check; where the effect does not survive it, the verdict says so.
checklist-anticipation-of = { $outcome }: { NUM("att", $o, unit: "no") } from the last period before entry, { NUM("earlier_base", $o, unit: "no") } from the one before it.
checklist-anticipation-none = No estimate that allows for anticipation was made.
checklist-heterogeneity-time = Effects are told by time since entry and by cohort (@sec-tables).
checklist-heterogeneity-of = { $outcome }: test that cohorts have equal effects, { P("cohorts_differ", $o) }.
checklist-heterogeneity-groups = Tests that groups of { $unit } have equal effects: { NUM("heterogeneity_tests", unit: "no") }, of which { NUM("heterogeneity_found", unit: "no") } reject after allowance for their number.
checklist-composition-of = { $outcome }: bounds that allow for those not measured, { CI("lee", $o) }.
checklist-composition-none = Nothing is known of persons that were not measured.
checklist-several = Primary outcomes are judged together by Holm's rule.
checklist-several-one = There is one primary outcome.
checklist-planned-before = Yes: { NUM("plan_choices", unit: "no") } choices were frozen before there were data.
checklist-planned-partly = Only for data after { $until }: { NUM("plan_choices", unit: "no") } choices were frozen when data up to { $until } already lay there.
checklist-planned-after = It cannot be shown: { NUM("plan_choices", unit: "no") } choices were frozen when data up to { $until } already lay there.
checklist-planned-revised = Since then the plan was revised { COUNT("plan_revisions") ->
    [1] once
   *[other] { NUM("plan_revisions", unit: "no") } times
    }.
checklist-planned-differ = { COUNT("plan_deviations") ->
    [0] No choice differs now from the plan in force.
   *[other] { NUM("plan_deviations", unit: "no") } differ now from the plan in force.
    }
checklist-planned-listed = @tbl-plan lists the changes.
checklist-planned-not = No plan was frozen.

# -- questions
checklist-asks-timing = Is everyone treated at the same time?
checklist-asks-trends = How sure are parallel trends?
checklist-asks-covariates = Do they hold only given covariates?
checklist-asks-violations = What if trends were not parallel?
checklist-asks-clusters = Are there many treated and untreated clusters?
checklist-asks-form = Does the functional form matter?
checklist-asks-target = Which effect is meant?
checklist-asks-weights = Who counts how much?
checklist-asks-comparison = With whom are the treated compared?
checklist-asks-anticipation = Could units change before entry?
checklist-asks-heterogeneity = Do effects differ between units or over time?
checklist-asks-composition = Does who is measured change?
checklist-asks-several = Are several outcomes judged?
checklist-asks-planned = Were choices made before the data were seen?
