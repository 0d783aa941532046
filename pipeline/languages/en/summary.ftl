summary-title = Executive Summary
summary-question = This report asks whether { $program } reached its aims, on { NUM("n_units", unit: "no") } { $unit } in { NUM("n_periods", unit: "no") } measured periods ({ PERIOD("first_period") } to { PERIOD("last_period") }). Of these, { NUM("n_treated", unit: "no") } took part and { NUM("n_never", unit: "no") } never did up to this edition.
summary-demonstration = The data of this report are demonstration data. Its numbers show how the evaluation works, not how things are.
summary-aims = Of the programme's { NUM("n_aims", unit: "no") } aims, { NUM("n_aims_judged", unit: "no") } { COUNT("n_aims_judged") ->
    [1] is
   *[other] are
    } judged against a comparison and { NUM("n_aims_open", unit: "no") } cannot be assessed in this edition (@tbl-aims).
summary-advice = **Advice.**
summary-grounds = The grounds and limits of this conclusion are set out in @sec-results and @sec-discussion.
