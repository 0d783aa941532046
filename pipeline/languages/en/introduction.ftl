# A list names messages in the order in which they are said: "-title" a heading, "-item" a bullet, "-step" a numbered line,
# any other a paragraph. A study says a list anew with messages of its own.

introduction-title = Introduction
introduction-list = introduction-background-title introduction-background introduction-questions-title introduction-size-step introduction-growth-step introduction-evidence-step introduction-scope-title introduction-scope
introduction-background-title = Background
introduction-background = This report assesses whether { $program } moved the outcomes that it was meant to move. It compares the change among { $unit } that took part with the change, over the same time, among { $unit } that did not.
introduction-questions-title = Questions
introduction-size-step = How large is the programme's average effect on the { $unit } that took part?
introduction-growth-step = How does the effect grow after entry, and does it differ between cohorts?
introduction-evidence-step = How strong is the evidence for each answer, and what can the data not answer?
introduction-scope-title = Scope
introduction-scope = The panel holds { NUM("n_units", unit: "no") } { $unit } in { NUM("n_periods", unit: "no") } measured periods, from { PERIOD("first_period") } to { PERIOD("last_period") }. Conclusions hold for the { $unit } that took part in that time.

# -- how to read
introduction-reading-title = How to read this report
introduction-reading = Each assessment uses one of eight verdicts, chosen by written rules (@sec-technical): *strong*, *moderate* or *weak evidence* of the change that is wanted; *no evidence*, told as *the data cannot tell* where they are too weak; *weak evidence* or *evidence of a change that is not wanted*; *design not credible*; and *cannot be assessed*. To find no evidence is not to find that the programme has no impact: beside it always stands the smallest effect that could be detected. A { SHARE($level) } confidence interval gives the range of effects that agree with the data; a wide one means that the data can say little.
introduction-readers = Readers who have to decide may confine themselves to the executive summary and @sec-conclusion. Readers who wish to examine the methods will follow @sec-methods, @sec-results and @sec-robustness; formulas and assumptions are in @sec-technical.
introduction-supplement = Whatever is numbered with a letter (appendices, their tables and figures) is in the supplement, a file of its own that lies beside this one.
introduction-following = Every number can be followed to the files of the offices. The source note under each table and figure leads to the notebook's cell that made it, and to its data, not rounded. In the HTML a click on any number, table or figure, or the Enter key, shows what it is, where it comes from and, where an earlier edition was published, what it was then. The whole chain lies beside the report in `ledger.json` (W3C PROV).

# -- the programme
background-title = The Programme
background-participation-title = Participation
background-participation = The units assessed are { $unit }; a period is a { $unit-period }. Of the { NUM("n_units", unit: "no") } { $unit } in the panel, { NUM("n_treated", unit: "no") } ({ NUM("share_treated") }) took part and { NUM("n_never", unit: "no") } never did up to this edition. @tbl-cohorts gives their number by period of entry.
background-compared = The primary effects rest on those of the { $unit } that took part ({ $differ ->
    [yes] up to{ " " }
   *[no] { "" }
    }{ NUM("n_compared_treated", unit: "no") }) and on those that did not ({ NUM("n_compared_never", unit: "no") }). The others carry no effect: their cohort has fewer than { $least } { $unit }, or they were not measured both before a start and after it.
background-comparison = The comparison is not without training: since the first { $unit } entered, the civil servants of { $unit } that never took part have received { NUM("dose_mean_never") } each a year, those of { $unit } that took part { NUM("dose_mean") } since their own entry. An effect is that of taking part against what the comparison received all the same.
background-theory-title = Theory of change
background-theory = @fig-theory shows what the programme is meant to move, and by which way.
# What a study adds: before the participation, between the theory's text and its figure, and after the figure.
background-opening-list = { "" }
background-theory-list = { "" }
background-closing-list = { "" }
