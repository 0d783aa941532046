# The first page, by the rules of pipeline/chapters/summary.py and pipeline/chapters/facts.py.

summary-title = Executive Summary
summary-question = Did { $program } reach its aims? By difference-in-differences, this edition compares those of the { $unit } that took part ({ $differ ->
    [yes] up to{ " " }
   *[no] { "" }
    }{ NUM("n_compared_treated", unit: "no") }) with those that did not ({ NUM("n_compared_never", unit: "no") }; @tbl-effects), over { NUM("n_periods", unit: "no") }{ $gap ->
    [yes] { " " }of { NUM("n_periods_spanned", unit: "no") }
   *[no] { "" }
    } periods: { PERIOD("first_period") } to { PERIOD("last_period") } (@tbl-check-periods).
summary-question-later = Did { $program } reach its aims? By difference-in-differences, this edition compares those of the { $unit } that took part ({ $differ ->
    [yes] up to{ " " }
   *[no] { "" }
    }{ NUM("n_compared_treated", unit: "no") }) with one another: those that had started with those that had not yet. In the end all took part. It covers { NUM("n_periods", unit: "no") }{ $gap ->
    [yes] { " " }of { NUM("n_periods_spanned", unit: "no") }
   *[no] { "" }
    } periods: { PERIOD("first_period") } to { PERIOD("last_period") } (@tbl-check-periods).
summary-demonstration = **The data are invented**: the numbers show how the evaluation works, not how things are.
summary-headline = Taken together, there is **{ VERDICT("headline") }** in the primary outcomes ({ $outcomes }).
summary-headline-plain = Of the primary outcomes taken together ({ $outcomes }): **{ VERDICT("headline") }**.
summary-cost = The programme cost { NUM("cost_pupil") } rupiah per pupil per year where it had begun (@tbl-costs).
summary-cost-tenth = For each tenth of a standard deviation of the effect that is, in rupiah: { $costs }.

# -- table and figure
tbl-summary = The aims at a glance
    .notes = Security has five steps (@sec-methods), followed by what limits it; full reasons: @tbl-verdict{ $others ->
    [yes] { " " }and @tbl-aim-verdicts
   *[no] { "" }
    }.
    .ranks = Rank: where the average { $of } would stand among 100 on average since entry, counted from the lowest; without the programme at 50.
    .alone = †: judged by itself, not adjusted for the number of outcomes.
summary-or = { $first } or { $second }
fig-summary = Size of each effect with its confidence interval, on its own scale{ $marked ->
    [yes] ; grey: smallest effect of interest
   *[no] { "" }
    }
    .alt = One panel an indicator, each with its estimate and interval.
    .line = { $label }: { $size }.
summary-measure = Measured by
summary-answer = Answer: evidence
summary-size = Size
summary-security = Security
summary-answer-alone = { $answer }{"\u00A0"}†
summary-answer-strong = Improved: strong
summary-answer-moderate = Improved: moderate
summary-answer-weak = Perhaps improved: weak
summary-answer-none = No effect that matters
summary-answer-none-underpowered = Data cannot tell
summary-answer-weak-decline = Perhaps worse: weak
summary-answer-decline = Worse
summary-answer-not-credible = No answer: no valid comparison
summary-answer-not-assessable = No answer: too few data
summary-answer-descriptive = Described only
summary-answer-none-yet = Not measured
summary-size-points = { $value } points
summary-size-scale = { $value }: { $points } { $unit }; rank 50 to { $place }
summary-size-log = { $share } per cent
summary-secure = { $steps } of 5
summary-secure-but = { $steps } of 5: { $limit }
summary-cost-of = { $outcome } { NUM("cost_tenth", $o) }
summary-limit-trend = earlier trends
summary-limit-few = few took part
summary-limit-precision = imprecise
summary-limit-comparison = comparison
summary-limit-placebo = placebo tests
summary-limit-others = other estimators
summary-limit-missing = who is missing
summary-limit-examined = not all checked

# -- below the table
summary-uncomfortable = **Least comfortable.**
summary-fact-harm = { $count ->
    [1] One indicator moved the wrong way
   *[other] Several indicators moved the wrong way
    }: { $labels }.
summary-fact-silent = { $count ->
    [1] For one indicator
   *[other] For several indicators
    } no answer can be given: { $labels }.
summary-fact-null = { $count ->
    [1] For one indicator
   *[other] For several indicators
    } no improvement is shown: { $labels }.
summary-fact-doubted = { $outcome } is less secure than its steps say.
summary-fact-doubted-others = Of { NUM("whatif_others_n", $o) } combinations with other estimators { NUM("whatif_others_same", $o) } reach this verdict (@tbl-whatif).
summary-fact-doubted-before = Before entry, where there can be no effect, it moved by { NUM("placebo_date", $o, signed: "yes") } ({ P("placebo_date", $o) }; @tbl-sensitivity-placebo).
summary-fact-apart = Before the programme those that took part stood far from their comparison (@tbl-balance): { $labels }.
summary-fact-apart-one = { $outcome } { NUM("baseline", $o, signed: "yes") }
summary-fact-groups = Few units stand behind what is found (@fig-summary): { $labels }.
summary-fact-groups-one = { $label } ({ N($number) })
summary-fact-unlinked = Within { $unit }, changes of one step are not seen to go with those of the next (@tbl-mechanism-links).
summary-fact-fragile = What is found on { $labels } is held back: { $reason } (@tbl-verdict).
summary-fact-open = { $count ->
    [1] One indicator is
   *[other] Several indicators are
    } not measured: { $labels }.
summary-fact-unheard = Of those invited to the staff survey only { NUM("response_rate") } answered (@tbl-response).
summary-fact-fear = Of those who answered the survey, { NUM("sensitive_pooled") } affirm a sensitive statement under protection, { NUM("hidden_share") } only there (@tbl-sensitive).
summary-fact-unreached = Only { NUM("share_min_jp") } of civil servants reached the yearly minimum of training (@tbl-delivery-years).
summary-fact-newest = On the newest cohort{ $less ->
    [yes] { "" }
   *[no] , which was observed for the shortest time,
    } the interval includes zero (@sec-tables): { $labels }{ $others ->
    [yes] ; on other outcomes that improved it does not.
   *[no] ; these are all outcomes that improved.
    }
summary-fact-newest-one = { $outcome } { NUM("att_newest", $o, unit: "no") }
summary-fact-exposure = After as long, earlier cohorts had gained more: { $labels }.
summary-fact-exposure-one = { $outcome } { NUM("exposure_earlier", $o, unit: "no") }
summary-fact-dear = One hour of { $dear } costs at least five times one of { $cheap } (@tbl-delivery-costs).
summary-fact-not-drawn = Who took part was not drawn by lot.
summary-fact-unseen = What happens once support ends was not observed.
summary-more = and others

# -- costs, in the annex
summary-costs-title = Costs and what they bring about
summary-cost-what = Quantity
summary-cost-value = Value
summary-spent = Spending since the first entry (rupiah)
summary-pupil-years = Pupils times years in units that had entered
summary-each = Cost per pupil per year (rupiah)
summary-tenth = Cost per tenth of a standard deviation: { $outcome }, effect { $effect } (rupiah)
tbl-costs = Costs of the programme and its effects
    .notes = Cost per pupil per year is spending over pupils times years; cost per tenth of a standard deviation is that times 0.1 over the effect, which is an average over the periods since entry.
summary-supplement = Tables and figures numbered with a letter are in the supplement, a file beside this one.
summary-unknown = **Not known.**
summary-unknown-undecided = The data cannot tell for: { $labels }.
summary-unknown-described = Without a comparison, so that no cause can be named: { $labels } (@tbl-aims).
summary-described-one = { $label } ({ NUM($number) })
summary-unknown-always = Not observed: whether effects last once support ends, and whether { $unit } that never joined would gain as much.
summary-advice = **What to do.**
summary-to = To decide: the head of the programme{ $office-programme }, before the intake of { PERIOD($next) }.
summary-others = Other recommendations (@sec-conclusion): { $topics }.
summary-change = **What would change this.**
summary-change-down = The judgement falls if in edition { $next } the interval of an effect that is shown here comes to include zero.
summary-change-trend = It rises if a new cohort, whose earlier trend is alike or which is drawn by lot, shows the same effect.
summary-change-few = It rises if more { $unit } or areas take part.
summary-change-precision = It changes if more data narrow an interval until it leaves zero.
summary-change-comparison = It rises if other comparisons give the same result.
summary-change-placebo = It rises if no effect shows any more where there can be none.
summary-change-examined = It rises if the checks of the primary outcomes can be made here too.
summary-change-missing = It rises if fewer participants go unmeasured.
summary-change-harm = It changes if in edition { $next } the interval of a worsening includes zero.
summary-change-any = It changes if the interval of an effect leaves or reaches zero in edition { $next }.
