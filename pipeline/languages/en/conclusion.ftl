conclusion-title = Conclusions and Recommendations
conclusion-conclusions-title = Conclusions
conclusion-aims = @tbl-aims closes the evaluation aim by aim. Of { NUM("n_aims", unit: "no") } aims, { NUM("n_aims_judged", unit: "no") } { COUNT("n_aims_judged") ->
    [1] is
   *[other] are
    } judged against a comparison.
conclusion-aims-open = { NUM("n_aims_open", unit: "no") } could not be assessed in this edition, since their indicators are not measured yet; of these this report says nothing.

# -- recommendations
conclusion-office = { " " }({ $office })
conclusion-recommendations-title = Recommendations
conclusion-recommendations = Each recommendation names its addressee, a deadline, its ground and the strength of the evidence behind it.
conclusion-programme = *To:* the head of the programme{ $office-programme }. *By:* before the intake of { PERIOD($next) }. *Ground:* @tbl-verdict{ $aims ->
    [yes] { " " }and @tbl-aims
   *[no] { "" }
    }. *Strength:* { VERDICT("headline") }.
conclusion-lot = The order of entry is best drawn by lot where places are few, so that groups differ by chance only.
conclusion-lot-short = Among the { $unit } that wait, a lottery by itself would not find the smallest effect of interest within one { $unit-period }: { $labels } (@sec-robustness).
conclusion-lot-fresh = A new study with half of its { $unit } drawn would need more { $unit } than there are: { $labels }.
conclusion-lot-to = *To:* the head of the programme{ $office-programme } with the evaluation team{ $office-evaluation }. *By:* before the intake of { PERIOD($next) }. *Ground:* @sec-discussion. *Strength:* a consideration of design, not a finding.
conclusion-hours = Development should be steered to civil servants who have not reached { $hours } JP a year; in the last year { NUM("share_min_jp") } of civil servants reached them.
conclusion-hours-permanent = Of the permanent ones (PNS), whom the duty binds, { NUM("delivery_minimum_pns") } did (@tbl-delivery-groups).
conclusion-hours-to = *To:* those who provide training{ $office-training }. *By:* { PERIOD($next) }. *Ground:* @tbl-delivery-years and the duty of @pp11-2017. *Strength:* a description of delivery, no causal claim.
conclusion-power = Measurement has to be strengthened (more { $unit } or more measured periods) until the smallest effect of interest can be detected. *To:* the evaluation team{ $office-evaluation }. *By:* edition { $next-edition }. *Ground:* the smallest detectable effects of @tbl-verdict. *Strength:* a calculation of power.
conclusion-files = Outcomes should be measured in all { $unit } at the same time each { $unit-period }, and identifiers kept as text in every file; { NUM("rows_set_aside", unit: "no") } of { NUM("rows_read", unit: "no") } rows were set aside in this edition. *To:* the offices that send data{ $office-data }. *By:* delivery for edition { $next-edition }. *Ground:* @fig-flow and @tbl-row-account. *Strength:* a count of rows.
conclusion-survey = The next staff survey should follow @tbl-next-wave.
conclusion-survey-fear = The next staff survey should follow @tbl-next-wave, and what people fear to answer should go on being asked under protection, since { NUM("sensitive_pooled") } of those who answer affirm the sensitive statement under protection, { NUM("hidden_share") } only there.
conclusion-survey-to = *To:* the evaluation team{ $office-evaluation }. *By:* before the wave of { PERIOD($next) }. *Ground:* @tbl-response{ $sensitive ->
    [yes] { " " }and @tbl-sensitive
   *[no] { "" }
    }. *Strength:* a description of survey answers.
