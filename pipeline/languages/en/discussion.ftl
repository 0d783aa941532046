discussion-title = Discussion and Limitations

# -- what the results mean
discussion-meaning-title = What the results mean
discussion-meaning-wanted = Primary outcomes of the { $unit } that took part changed by more than those of their comparison, and the difference appears after entry. What remains possible as another explanation is an event that affected only the { $unit } that took part, at the same time; data cannot rule that out, only knowledge of what happened can.
discussion-meaning-weak = Primary outcomes moved the way that was hoped for, but the evidence is weak: choices of method, or trends that were there before, could still account for it. The result is better read as a reason to measure more than as a reason to extend.
discussion-meaning-unwanted = At least one primary outcome moved the way that is not wanted. Before concluding that the programme does harm, one should ask whether something else affected only the { $unit } that took part; but the burden of proof now lies with those who wish to go on.
discussion-meaning-none = The change among the { $unit } that took part cannot be told apart from that of their comparison on at least one primary outcome. Three states of affairs agree with this: the programme does not move the outcome; it moves it too little to be detected; or the comparison benefits as well.
discussion-meaning-not-credible = The design is not credible for at least one primary outcome: the { $unit } that took part were moving differently before the programme. Numbers for its effect must therefore not be read as brought about by the programme, however large or precise they look.
discussion-meaning-weak-decline = At least one primary outcome moved the way that is not wanted, but the evidence is weak: choices of method, chance, or trends that were there before could still account for it. The burden of proof nevertheless lies with those who wish to go on, and the next measurement has to settle it.
discussion-meaning-not-assessable = The data do not suffice to assess at least one primary outcome. That is neither evidence of an effect nor evidence that there is none.
discussion-meaning-mixed = Some primary outcomes moved the way that was hoped for and others did not. A single judgement on the programme would hide this: @tbl-verdict tells which outcome is which, and each is to be read by itself.
discussion-mechanism = Intermediate outcomes are analysed by the same design as the primary ones. Whatever they show, it does not prove that one causes the other: that would take stronger assumptions than those made here.
discussion-mechanism-together = Both improved, which agrees with the theory of change.
discussion-mechanism-apart = They did not improve together, which the theory of change would have them do.
discussion-links-none = Yet within { $unit } changes in one step do not visibly go with changes in another or in an outcome (@tbl-mechanism-links): these data do not show that effects run through that chain. Nor do they deny it, for errors of measurement pull such associations towards zero.
discussion-links-some = Within { $unit } some pairs of steps change together and others do not (@tbl-mechanism-links); that is no proof that one causes the other.
discussion-links-all = Within { $unit } changes in these steps go together (@tbl-mechanism-links); that is no proof that one causes the other.
discussion-links-against = Yet within { $unit } at least one pair of steps changes against the theory of change (@tbl-mechanism-links).

# -- method
discussion-method-title = How far results depend on method
discussion-method = Estimates with other comparison groups, covariates and standard errors are in @sec-tables, and other estimators and specifications in @sec-robustness; their differences show how far the conclusion rests on choices of method [@rambachanroth2023; @rothsantannabilinskipoe2023].
discussion-outcome = **{ $outcome }.**
discussion-whatif-ruled = With the estimator by cohort and period, { NUM("whatif_ruled_same", $o) } of { NUM("whatif_ruled_n", $o) } combinations of choices reach this report's verdict (@tbl-whatif).
discussion-whatif-others = With other estimators { NUM("whatif_others_same", $o) } of { NUM("whatif_others_n", $o) } do (@tbl-whatif).
discussion-breakdown = The finding holds as long as trends after the start change by at most { NUM("sensitivity_mbar", $o) } times the largest change before (@tbl-sensitivity-breakdown).
discussion-before-dip = A start moved earlier by { NUM("placebo_shift", $o) } measured { COUNT("placebo_shift", $o) ->
    [1] period
   *[other] periods
    } shows { NUM("placebo_date", $o, signed: "yes") } ({ P("placebo_date", $o) }): those that took part fell back before they entered, so that recovery alone (regression to the mean, @sec-methods) would look like a part of the effect.
discussion-before-rise = A start moved earlier by { NUM("placebo_shift", $o) } measured { COUNT("placebo_shift", $o) ->
    [1] period
   *[other] periods
    } shows { NUM("placebo_date", $o, signed: "yes") } ({ P("placebo_date", $o) }): part of the improvement had begun before they entered.
discussion-earlier-base = Measured from one period earlier, the effect is { NUM("earlier_base", $o) }.
discussion-placebos = **Placebo.** Of { NUM("sensitivity_placebos") } starts moved to before the real one, { NUM("sensitivity_placebos_beyond") } would look like an effect where there can be none (@tbl-sensitivity-placebo).

discussion-diverging = **Trends.** Of 100 simulated studies like this one without any effect, but with trends that diverge a little, the rules would have called { NUM("like_diverging_increase", unit: "no") } an improvement (@tbl-like).

# -- limitations
discussion-limitations-title = Limitations
discussion-selection = **Selection.** Unless places were drawn by lot, those that took part may differ from their comparison. A difference in level does not bias difference-in-differences; a difference in trend does, and the test of earlier trends finds only those that are large enough.
discussion-power = **Power.** Effects below the smallest detectable effect may be missed. To find no evidence is not to find evidence of no impact.
discussion-spill-over = **Spill-over.** Where the comparison benefits too, for instance as people move, the estimates are too small.
discussion-concurrent = **Concurrent events.** Other policies that began at the same time and in the same places cannot be told apart from the programme by this design.
discussion-measurement = **Measurement.** An effect on a measure is an effect on what the measure captures.
discussion-observation = Observation shows what happens while somebody watches.
discussion-generality = **Generality.** Results hold for the { $unit } that took part in this time. Those that enter later, on other invitations or terms, may respond differently.
discussion-plan-departs = **Plan.** The study departs from its plan in { NUM("plan_deviations", unit: "no") } choices without a dated and reasoned revision (@tbl-plan).
discussion-plan-revised = **Revised plan.** The plan was revised { COUNT("plan_revisions") ->
    [1] once
   *[other] { NUM("plan_revisions", unit: "no") } times
    } when data were there, with date and reason (@tbl-plan); what was changed then was not chosen blindly.
