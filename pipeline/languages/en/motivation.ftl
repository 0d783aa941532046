motivation-level-configural = Same form (configural)
motivation-level-metric = Same loadings (metric)
motivation-level-scalar = Same intercepts (scalar)
motivation-holds-false = no
tbl-reliability = Reliability of the survey's scales
    .notes = Bounds: Feldt's interval of alpha. Straight-lining: the same point on all items, reversed ones included.
tbl-scales = Scale scores by wave of the survey
    .notes = Among those who answered; reversed items turned.
tbl-scale-effects = Effects of the programme on the survey's scales
    .notes = In standard deviations of answers of groups never treated. Unit: the batch of invitations (workplaces of one kecamatan with one planned year of entry), since answers are anonymous.
tbl-reward = The reward (a course outside the region) and the scales
    .notes = Compared within the same batch and wave: an association, not an effect.
motivation-items = Items
motivation-alpha = Alpha
motivation-omega = Omega
motivation-floor = Floor (%)
motivation-ceiling = Ceiling (%)
motivation-straight-lining = Straight-lining (%)
motivation-complete-answers = Complete answers
tbl-invariance = Invariance of measurement over waves
    .notes = A step holds where CFI falls by 0.01 at most.
motivation-difference-standard-deviations = Difference (standard deviations)
motivation-had-reward = Had the reward
motivation-level = Level
motivation-chi-squared = Chi-squared
motivation-df = df
motivation-cfi = CFI
motivation-p-step = p of the step
motivation-holds = Holds

# -- results
motivation-title = Motivation and commitment
motivation-opening = The scales come from the yearly anonymous survey; reversed items are turned.
motivation-alpha-of = Alpha of the scale of { $scale } is { NUM("alpha", $code) } ({ CI("alpha", $code) }).
motivation-broken = In at least one scale measurement is not the same in all waves (@tbl-invariance), so that a change in its score is to be read with care.
motivation-comparable = Measurement is the same in all waves (@tbl-invariance), so that scores of different years can be compared.
motivation-scale = { $scale }:
motivation-rise = { VERDICT_OF($effect, "verdict") }, { NUM($effect) } (interval { CI($effect) }).
motivation-rise-holm = { VERDICT_OF($effect, "verdict") }, { NUM($effect) } (interval { CI($effect) }; { P("holm", $code) } after Holm's adjustment).
motivation-unwanted = moved the way that is not wanted, { NUM($effect) } (interval { CI($effect) }).
motivation-not-credible = the design is not credible; no effect is stated.
motivation-none = { VERDICT_OF($effect, "verdict") }, { NUM($effect) } (interval { CI($effect) }). This is no evidence that the programme has no impact.
motivation-none-mde = { VERDICT_OF($effect, "verdict") }, { NUM($effect) } (interval { CI($effect) }); smallest detectable { NUM($effect, "mde") }. This is no evidence that the programme has no impact.
motivation-not-assessable = an effect cannot be assessed; none is stated.
motivation-who-answers = What is compared is what those say who answer.
motivation-response-moved = The response rate itself moved with the programme ({ NUM("effect_response", signed: "yes") } percentage points; { P("effect_response") }), so that a difference in scores may come from who answers.
motivation-response-not-moved = The same design does not find that the programme moved the response rate ({ NUM("effect_response", signed: "yes") } percentage points; { P("effect_response") }).
motivation-reward-differs = Within the same batch and wave, scores on { $scales } of those who attended a course outside the region differ from those who did not{ $others ->
    [0] { "" }
   *[other] ; on other scales no difference is shown
    } (@tbl-reward). This is an association: the more motivated may be sent more often.
motivation-reward-alike = Within the same batch and wave, scores of those who attended a course outside the region cannot be told from those who did not on any scale (@tbl-reward).

# -- technical
motivation-technical = **Survey scales.** Score: mean of the items answered, where at least half are. Alpha: { MATH("motivation-1") } [@cronbach1951] with Feldt's interval [@feldt1987]; omega { MATH("motivation-2") } of a one-factor model [@mcdonald1999]. Invariance: the multi-group one-factor model by maximum likelihood [@joreskog1971]; a step is refused where CFI falls by more than 0.01 [@cheungrensvold2002]. *Estimand in a plain sentence:* the mean change in the score among those who answer in batches that take part, compared with these batches not taking part. The panel is one of batches by wave, since answers hold neither person nor unit.
