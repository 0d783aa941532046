# original: e2090120
introduction-list = introduction-background-title introduction-background introduction-questions-title introduction-published-step introduction-average-step introduction-scope-title introduction-scope
# original: 96134b76
introduction-background = In the late 1980s the state of Michigan gave manufacturing firms one-time grants to train their workers. Holzer et al. asked whether the grants reduced scrap [@holzer1993]; their data serve as an example in Wooldridge's textbook [@wooldridge2019] and are public. Grants were given in the order of application, not drawn by lot. This report repeats the published result and assesses the same data by the methods and verdict rules of the evaluation report.
introduction-published-step = Are the published numbers found again to the last printed digit?
introduction-average-step = How large is the average effect of { $program } on the { $unit } that received it, and how strong is the evidence?
# original: 3294e053
introduction-scope = The analysis covers { NUM("n_units", unit: "no") } { $unit } that reported their scrap rate, in { NUM("n_periods", unit: "no") } years, from { PERIOD("first_period") } to { PERIOD("last_period") }. A lower outcome is better.
