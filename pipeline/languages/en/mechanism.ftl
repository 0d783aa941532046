tbl-mechanism-steps = Effect of taking part on each step
tbl-mechanism-links = Associations of changes between steps
    .notes = Associations of changes within units, freed of what a cohort and year have in common: no effects. Ratio of effects: effect on the second step over that on the first, the association it would take for the whole effect to pass through.
tbl-mechanism-shares = Shares of the effect by path, and their sensitivity
    .notes = Product of coefficients; that it is a share of the effect rests on sequential ignorability. Rho for zero: the correlation of errors that makes the product zero. Range: union of the confidence intervals where that correlation lies between −{ $limit } and { $limit }. A dash: the whole effect is not clearly different from zero.
fig-mechanism = Product of coefficients by the assumed correlation of errors
    .alt = A line with a band for each step: the product against the correlation of errors rho; a dashed line at the whole effect; a grey field over the rho used for the range. The numbers are in the table of shares.
mechanism-step = Step
mechanism-goes = Goes with
mechanism-ratio-effects = Ratio of effects
mechanism-path = Path
mechanism-product = Product
mechanism-share = Share
mechanism-rho-for-zero = Rho for zero
mechanism-range-lower = Range, lower
mechanism-range-upper = Range, upper
mechanism-correlation-errors-rho = Correlation of errors (rho)
mechanism-whole-effect = Whole effect
mechanism-path-2 = { $step1 } → { $step2 }
mechanism-path-3 = { $step1 } → { $step2 } → { $step3 }

# -- robust
mechanism-title = Mechanism
mechanism-opening = The programme is meant to work by a chain: taking part changes the first steps, and these change those that follow. Only the effect of *taking part* on each step is estimated by the design of this report (@tbl-mechanism-steps). The links between steps are not: nobody assigned { $unit } a change of a step. What can be seen is whether changes within { $unit } go together once everything that a cohort and year have in common, the effect of the programme included, is taken out (@tbl-mechanism-links).
mechanism-pair = { $first } – { $second }:
mechanism-with = where the first rose more, so did the second: a difference of one unit goes with { NUM($link) } ({ CI($link) }).
mechanism-against = where the first rose more, the second rose *less*: a difference of one unit goes with { NUM($link) } ({ CI($link) }).
mechanism-no-association = no association is shown ({ NUM($link) }, { CI($link) }).
mechanism-outcome = **{ $outcome }.**
mechanism-total-unclear = The whole effect is not clearly different from zero, so a share of it says nothing.
mechanism-on-last-step = The product of coefficients puts { NUM($share) } of the effect ({ CI($share) }) on the last step of the chain.
mechanism-share-held = That holds even if the errors of both equations correlated by up to { NUM("mechanism_rho_max") } either way: the range is then { CI($range) }.
mechanism-share-clear = But this needs that nothing else moves both together: a correlation of errors of { NUM($zero) } would make it zero, and with up to { NUM("mechanism_rho_max") } either way the range is { CI($range) }.
mechanism-share-unclear = It is not clearly different from zero, and with errors that correlate by up to { NUM("mechanism_rho_max") } either way the range is { CI($range) }. So these data do not show that the effect goes along this way. Nor do they exclude it: error in measuring a step draws such associations towards zero.
mechanism-ignorability = To call any of this the part of the effect that *works through* a step would take sequential ignorability [@imai2010], which this design does not provide: { $unit } in which a step changed more may differ in much else.

# -- technical
mechanism-technical-title = Mechanism: identification and formulas
mechanism-technical-steps = **Effects on steps.** $ATT$ of each step as for any outcome; $a$ is that of the first step of a path, $c$ that of the outcome.
mechanism-technical-links = **Links.** { MATH("mechanism-1") } with an effect for each cohort and period, so that $b$ rests on changes within { $unit } that their cohort and year do not share. Standard errors are clustered at the level of assignment, with $t$ quantiles. *In a plain sentence:* by how much more the outcome rose where the step rose by one unit more. It is no effect.
mechanism-technical-shares = **Shares.** $a\,b/c$, for a chain $a\,b_1 b_2/c$. Intervals draw $(a, b, c)$ from the normal with the joint covariance of their influence functions, since a product of estimates is skewed [@mackinnon2004]. Where the interval of $c$ includes zero no share is formed.
mechanism-technical-sensitivity = **Sensitivity.** The product is the mean effect through the step if the step is as good as assigned given participation, unit, cohort and period (sequential ignorability), the equations are linear and the effect of the step is the same with and without the programme [@imai2010]. Let $\rho$ be the correlation of the errors of the equations of step and outcome, $\sigma_1, \sigma_2$ the standard deviations of the residuals of outcome and step when the step is left out of the equation, and $\tilde\rho$ their correlation. Then the product is { MATH("mechanism-2") } [@imai2010, theorem 4]: $a\,b$ at $\rho = 0$, and zero at $\rho = \tilde\rho$. The range is the union of the intervals over $|\rho| \le$ { NUM("mechanism_rho_max", decimals: 1) }; along a chain all links have the same $\rho$. Earlier steps of the chain that also move the outcome directly are confounders that the programme itself changes; then even a share of the last step alone is not identified. Errors of measurement in a step draw $b$ towards zero.
