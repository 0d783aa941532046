# -- data
annexes-data-title = Account of the Data
annexes-data = Every row is on record as kept or set aside, by file and rule. Corrected readings (the spelling of a place, for instance) are noted and change nothing in the files.

# -- tables
annexes-tables-title = Full Tables

# -- robustness
annexes-robustness-title = Robustness
annexes-robustness = How far the results of @sec-results rest on choices that other analysts might have made otherwise.

# -- technical notes
annexes-technical-title = Technical Notes
annexes-group-time = **Group-time effects.** With outcome $Y_t$, comparison $C$ and $b$ the last measured period before $g$:
    { MATH("att-gt") }
    In words: how much more that cohort changed than its comparison. Estimates with covariates use the doubly robust estimator [@callaway2021; @santannazhao2020].
annexes-aggregates = **Aggregates.** The mean of $ATT(g,t)$ over $t \ge g$, weighted by cohort size, which counts each measured period since entry of a cohort by the number of its units, whoever of them is missing in it; beside it the mean over cohorts, by size, of each cohort's own mean, which counts each unit once. The size of a cohort is the number of its units that were measured in its base period and in one since (or the sum of their weights, where the study declares weights): others say nothing of the effect. Intervals, bands and tests take the sizes of cohorts as given, since the report speaks of the units of this study; the column of standard errors takes them as drawn with the units, as published tables do, and so can be the larger one where effects differ between cohorts. By event time $e$: the mean of $ATT(g, g+e)$ over cohorts. The critical value of simultaneous bands is drawn from the joint *t* distribution of the estimates (seed { $seed }) [@montielolea2019].
annexes-growth = **Growth and differences between cohorts.** Growth is $ATT(g,T) - ATT(g,g)$ in the earliest cohort $g$, with $T$ the last period: the same units stand behind both cells. That cohorts are alike is tested by a Wald test (chi-squared) of their cells' means. Both use the joint covariance, since the difference of two estimates cannot be read off from two intervals [@gelmanstern2006].
annexes-two-way = **Two-way regression.** { MATH("two-way") }; $\beta$ is a weighted mean of two-by-two comparisons [@goodmanbacon2021], some of them against units already treated.
annexes-pretrend = **Pre-trend test.** F test that the leads are zero, but for those with three participants (units, or clusters where they are the draws) or fewer behind them where there are others: the Wald statistic with their full covariance matrix over their number, referred to F since that matrix is estimated (Hotelling). Where the degrees of freedom are fewer than five a lead, sums of neighbouring leads are tested, so that departures which cancel inside such a block are not seen; a lead that is known exactly and not zero rejects. The detectable trend is the linear trend that this test finds with probability { SHARE($power) } [@roth2022].
annexes-wild = **Wild cluster bootstrap**, where there are clusters above the unit. With the null imposed, new outcomes are unit and period effects plus whole clusters' residuals with random sign and size; the main estimator is run on each. p value and interval of the main effect from { FMT($draws) } draws with Webb weights [@cameron2008; @webb2023].
annexes-std-diff = **Standardised difference.** Difference in means over the pooled standard deviation, with the small-sample factor [@hedges1981].
annexes-verdict = **Rules of the verdict**, in this order. Cannot be assessed without an estimate and its interval, with one unit (or cluster) on either side, or with too few degrees of freedom. Not credible where three things hold: the pre-trend test rejects, by Holm's rule over the primary outcomes; the departure is material; and the effect does not survive, that is, its interval includes zero as it stands or less a linear trend, or it is not confirmed from a base one period earlier; with three units (or clusters) or fewer on a side, or before the start, it cannot be assessed instead, nor where no trend can be seen, since their own ups and downs would look the same. No evidence where the interval includes zero, where the primary outcomes judged together do not confirm it (Holm), or where its sign turns from a base one period earlier. Otherwise strong, or a change for the worse where the interval lies on the side not wanted, unless a reason caps it at moderate or weak. @tbl-caps has every reason that can; the tables of verdicts name those that held. The joint verdict of the primary outcomes is the grade that more than half of them reach, where one that is not credible or not assessable counts as not reached; a decline of one outcome is the joint verdict, and so is a weak one where none improves; where nothing can be said of most, that is it; and where some improve and most do not it is mixed.
tbl-caps = Every reason that caps a verdict, and at what
    .notes = The lowest cap decides.{ $settings ->
    [yes] { " " }Numbers of the rules (verdict.…): @tbl-check-settings.
   *[no] { "" }
    }
annexes-criteria = **Rules of the OECD's criteria.** Relevance is partly met where on every primary outcome the treated stood more than 0.05 standard deviations below their comparison before the programme. Effectiveness is met where each outcome's verdict is strong or moderate and no aim is unmeasured, partly met where one is, not met where one changed for the worse. Impact follows the joint verdict of the primary outcomes. Sustainability is partly met where the last effect of each primary outcome with a strong or moderate verdict still excludes zero: last by time since entry, which the earliest cohorts alone reach where entry was staggered.
annexes-software = Software: regressions by statsmodels [@seabold2010], tables by pandas [@mckinney2010], execution of notebooks by papermill [@papermill].

# -- record of the run
annexes-record-title = Record of the Run
annexes-record = Study `{ $study }`, edition { $edition }, seed { $seed }. The executed notebooks lie beside this report; the hashes (SHA-256) of every input are as follows.
annexes-record-raw = each raw file, with its hash in `manifest.json`
annexes-manifest = The hash of the code, versions of software and the hash of every file of the report are in `manifest.json`.

# -- references
annexes-references-title = References

# -- reporting standards
annexes-standards-title = Reporting Standards
annexes-standards = What the standards for studies without random assignment and for studies from administrative data ask for, and where this report answers [@desjarlais2004; @wwc2022; @vonelm2007; @benchimol2015]. Items without an answer are named as such.
annexes-standard = Standard
annexes-item = Item
annexes-where = Where
tbl-standards = Reporting standards and where they are answered
    .notes = Items are numbered as each standard was published.
standards-trend-1 = Design named in the abstract
    .standard = TREND 1
    .where = @sec-summary
standards-trend-2 = Background and theory
    .standard = TREND 2
    .where = @sec-introduction, @sec-programme
standards-trend-3 = Units, eligibility, setting
    .standard = TREND 3
    .where = @sec-introduction, @sec-data
standards-trend-4 = Intervention: content, dose, time span
    .standard = TREND 4
    .where = @sec-programme, @sec-results
standards-trend-5 = Objectives
    .standard = TREND 5
    .where = @sec-introduction
standards-trend-6 = Outcomes and how they are measured
    .standard = TREND 6
    .where = @sec-methods
standards-trend-7 = Smallest detectable effect
    .standard = TREND 7
    .where = @sec-results, @sec-technical
standards-trend-8 = How units came to take part
    .standard = TREND 8
    .where = @sec-programme, @sec-methods
standards-trend-9 = Blinding of outcome assessors
    .standard = TREND 9
    .where = not known
standards-trend-10 = Unit of analysis and of assignment
    .standard = TREND 10
    .where = @sec-methods
standards-trend-11 = Statistical methods
    .standard = TREND 11
    .where = @sec-methods, @sec-technical
standards-trend-12 = Flow of units and rows
    .standard = TREND 12
    .where = @sec-methods, @sec-data
standards-trend-14-15 = Baseline and its equivalence
    .standard = TREND 14–15
    .where = @sec-results
standards-trend-16-17 = Numbers analysed, effects with intervals
    .standard = TREND 16–17
    .where = @sec-results, @sec-tables
standards-trend-18 = Ancillary analyses
    .standard = TREND 18
    .where = @sec-robustness
standards-trend-20-22 = Interpretation, generality, other evidence
    .standard = TREND 20–22
    .where = @sec-discussion, @sec-programme
standards-strobe-1-4 = Design named early
    .standard = STROBE 1, 4
    .where = @sec-summary, @sec-methods
standards-strobe-8 = Source of each variable
    .standard = STROBE 8
    .where = @sec-methods, @sec-data
standards-strobe-9 = Efforts against bias
    .standard = STROBE 9
    .where = @sec-methods, @sec-robustness
standards-strobe-10 = Study size
    .standard = STROBE 10
    .where = @sec-methods, @sec-robustness
standards-strobe-19 = Limitations
    .standard = STROBE 19
    .where = @sec-discussion
standards-strobe-22 = Funding
    .standard = STROBE 22
    .where = not stated
standards-record-12 = Cleaning and linking of files
    .standard = RECORD 12
    .where = @sec-methods, @sec-data
standards-record-22 = Access to code and raw data
    .standard = RECORD 22
    .where = @sec-record
standards-wwc-baseline = Baseline difference of the analytic sample
    .standard = WWC
    .where = @sec-results
standards-wwc-clusters = Clusters in the standard errors
    .standard = WWC
    .where = @sec-methods
standards-wwc-attrition = Changes in who is observed
    .standard = WWC
    .where = @sec-tables, sample size of every cell
standards-open-science = Plan, inputs, code and their hashes
    .standard = Open science
    .where = @sec-robustness, @sec-record
