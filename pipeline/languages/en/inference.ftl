inference-estimands-att = Group-time ATT
inference-estimands-att-twfe = Two-way coefficient
inference-methods-unit-normal = Influence function by unit, normal
inference-methods-cluster-normal = Influence function by { $cluster }, normal
inference-methods-cluster-t = Influence function by { $cluster }, t
inference-methods-multiplier = Multiplier bootstrap by { $cluster } (Webb)
inference-methods-restricted = Wild restricted bootstrap by { $cluster } (Webb)
inference-methods-cr1s = Regression, CR1 by { $cluster }
inference-methods-cr2 = Regression, CR2 and Satterthwaite
inference-methods-cr3 = Regression, CR3 and Satterthwaite
inference-methods-wild-rademacher = Regression, wild restricted (Rademacher)
inference-methods-wild-webb = Regression, wild restricted (Webb)
inference-methods-randomisation = Randomisation of the assignment
tbl-inference =
    .notes = Group-time ATT: the main estimate. Two-way coefficient: the fixed-effects regression, another estimand. A dash: normal law, no bound or an infinite one, or the method does not apply to this design.
inference-spatial-conley-km = Spatial (Conley), { $km } km
inference-what-is-tested = What is tested
inference-independent-draws = Independent draws
inference-same-effect-under-each-inference = The same effect under each inference: { $outcome }

# -- robust
inference-title = Inference with few clusters
inference-areas-named = Whole areas ({ $cluster }) entered the programme together. What is drawn independently is then an area and not a unit: standard errors by unit would take what an area's units share for many separate pieces of evidence. The intervals of this report are therefore formed by area, and with few areas a normal law makes them too narrow; the rows with a restricted bootstrap or with Satterthwaite's degrees of freedom are the ones to read [@cameron2008; @pustejovskytipton2018].
inference-areas = Whole areas entered the programme together. What is drawn independently is then an area and not a unit: standard errors by unit would take what an area's units share for many separate pieces of evidence. The intervals of this report are therefore formed by area, and with few areas a normal law makes them too narrow; the rows with a restricted bootstrap or with Satterthwaite's degrees of freedom are the ones to read [@cameron2008; @pustejovskytipton2018].
inference-units = Participation was decided unit by unit. Units are then the independent draws, and the intervals of this report are formed by unit [@abadie2023]. The first row of each table below is that choice.
inference-shared-shocks = Units of one { $cluster } may share shocks; the rows by { $cluster } allow for that, with corrections for the small number of areas [@cameron2008; @pustejovskytipton2018].
inference-shared-shocks-unnamed = Units of one area may share shocks; the rows by area allow for that, with corrections for the small number of areas [@cameron2008; @pustejovskytipton2018].
inference-no-level-above = There is no level above the unit, so the corrections concern the number of units [@cameron2008; @pustejovskytipton2018].
inference-outcome = { $outcome }:
inference-small = over { NUM("inference_n", $o) } kinds of inference every p value is small ({ P("inference_highest", $o) }).
inference-range = over { NUM("inference_n", $o) } kinds of inference the p values run from { P("inference_lowest", $o) } to { P("inference_highest", $o) }.
inference-all-reject = Each of them rejects the absence of an effect at the study's level: the conclusion does not hang on how uncertainty is reckoned.
inference-none-rejects = Not one of them rejects the absence of an effect at the study's level.
inference-some-reject = Of these, { NUM("inference_rejecting", $o) } reject the absence of an effect at the study's level: the conclusion depends on how uncertainty is reckoned.
inference-worth = The regression's { NUM("inference_clusters", $o) } clusters are worth { NUM("inference_df", $o) } degrees of freedom.
inference-randomisation = Randomisation inference asks how often other assignments of the same cohorts would have given an estimate as far from zero. It is exact where assignment was drawn by lot [@mackinnonwebb2020].
inference-assigned-chosen = Here it is a comparison under the supposition that the units' changes could have been exchanged.
inference-assigned-random = Here the study states that the start was drawn by lot; where it names strata, assignments are exchanged within them.

# -- technical
inference-technical = **Few clusters.** With $X=QR$, $S_g=Q_g'Q_g$ and residuals $e_g$ of cluster $g$, the covariance of the regression is { MATH("inference-1") } with $f=I$ (CR1, times a factor), { MATH("inference-2") } (CR2) or { MATH("inference-3") } (CR3); unit effects are swept out first [@bellmccaffrey2002; @pustejovskytipton2018]. Satterthwaite's degrees of freedom are { MATH("inference-4") }, where $B$ holds the products of the clusters' parts under independent errors of one variance; joint tests use the approximate Hotelling law. Estimand: the two-way coefficient, a weighted mean of effects. **Multiplier bootstrap.** With $s_g$ the cluster sums of the influence function of the overall effect and weights $v_g$ of mean 0 and variance 1, { MATH("inference-5") } [@klinesantos2012; @callaway2021]. **Wild restricted bootstrap of the overall effect.** Outcomes { MATH("inference-6") } with residuals under the null; the group-time estimator is run on each and studentised; the interval holds the $b_0$ that are not rejected [@cameron2008; @roodman2019; @webb2023]. Estimand of both: the mean effect on treated units over all periods under treatment. The multiplier bootstrap takes its residuals at the estimate and rejects too often where few clusters are treated; the restricted one does not. **Randomisation inference.** { MATH("inference-7") } over permutations $\pi$ of the cohorts at the level of assignment, $t$ studentised [@mackinnonwebb2020; @wuding2021]; null: no effect on any unit.
inference-permuted-areas = Permuted are whole areas.
inference-permuted-units = Permuted are units.
inference-spatial = Where coordinates are given, spatial standard errors use { MATH("inference-8") } with a kernel that falls to zero at the cutoff [@conley1999].
inference-pooled = Few take part or few are compared: the influence function is scaled to the standard error that takes all to vary alike; what does not take that, such as the multiplier bootstrap, can be far too small here.
inference-too-large = Methods without a value whose time grows with units times cells were left out: with so many units the influence function needs no small-sample help
