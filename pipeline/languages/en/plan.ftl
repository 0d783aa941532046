plan-status-revision = Revision of the plan
plan-status-deviation = Deviation
tbl-plan = Revisions of and deviations from the plan
    .notes = Keys as study.yml has them; * stands for each outcome. The value – means that there was no such choice yet, or is none any more.
plan-kind = Kind
plan-choice = Choice
plan-planned = Planned
plan-became = Became
plan-date = Date

# -- robust
plan-title = Pre-analysis plan
plan-absent = No pre-analysis plan was frozen for this study. The choices behind the estimates were therefore open when the data could be seen; this weakens what a single significant result can say.
plan-frozen-before = The study's { NUM("plan_choices", unit: "no") } primary choices (outcomes, smallest effects, comparison, covariates, rules of the verdict, specifications, tolerances) were frozen on { DATE("plan_first_date") }, before any data lay in the study's folder. The hash of the plan in force is `{ $hash }`.
plan-frozen-with-data = The study's { NUM("plan_choices", unit: "no") } primary choices (outcomes, smallest effects, comparison, covariates, rules of the verdict, specifications, tolerances) were frozen on { DATE("plan_first_date") }, when data up to { $until } already lay in the study's folder: for editions up to then the plan shows that later choices did not change, not that earlier ones were made blindly. The hash of the plan in force is `{ $hash }`.
plan-data-same = The files of those years, held against their hash in the plan, are the ones that lay there on that day.
plan-data-changed = Files of those years are not the ones that lay there on that day: their hash is not that of the plan.
plan-revised = It was revised { COUNT("plan_revisions") ->
    [1] once
   *[other] { NUM("plan_revisions", unit: "no") } times
    }, last on { DATE("plan_last_date") }; @tbl-plan gives each change and its reason.
plan-departs = **This report departs from the plan in { NUM("plan_deviations", unit: "no") } choices** (@tbl-plan).
plan-kept = This report departs from the plan in force in no choice.
