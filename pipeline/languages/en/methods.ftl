methods-title = Methods

methods-design-title = Design and estimands
methods-design = The design is difference-in-differences with staggered entry. The main quantity is the average effect on the treated by cohort and period, ATT(*g*, *t*) [@callaway2021]: the change in the outcome of cohort *g* since its last measured period before entry, less the change over the same time among { $unit } { $control ->
    [never] that were never treated
   *[not_yet] never or not yet treated
    }. What is compared is thus always a change, not a level: lasting differences between { $unit }, and events that affected all alike, drop out.
methods-summary = Its summary weights every cell after the start by the size of its cohort: each measured period since a cohort's entry counts by its { $unit }, each of which { $weights ->
    [declared] counts by the weight that the study declares
   *[alike] counts alike
    }, so that those measured for longer count more. It answers: "by how much does the outcome, in the average of these periods, differ from what it would have been without the programme?" It is the effect of taking part as it was carried out, those who seldom came included; it is no statement about { $unit } that did not take part. Beside the summary, effects are reported by time since entry (event study), by cohort and by period.
methods-two-way = The two-way fixed-effects regression is reported for comparison only, since it can mislead where effects differ between cohorts or grow: it uses { $unit } already treated as comparison for those that enter later [@goodmanbacon2021; @dechaisemartin2020].

methods-data-title = Data and outcomes
methods-rows = Every row of the raw files is kept or set aside with a reason: { NUM("rows_read", unit: "no") } rows were read, { NUM("rows_kept", unit: "no") } kept and { NUM("rows_set_aside", unit: "no") } set aside (@fig-flow and @tbl-row-account). A value that was read in spite of its form, such as a spelling, is noted and never repaired in silence.
methods-scores = Pupils' scores are standardised within year × grade × subject on pupils of { $unit } never treated, so that a change of the test's scale does not become an effect. Effects on achievement are in standard deviations of comparison pupils; effects on the indices of observed lessons in standard deviations of comparison { $unit }. The two are not to be compared with each other: means of schools vary less than pupils do.
methods-absent = For { PERIOD($period) } there are no files of: { $which }.
methods-absent-one = { $files } ({ $reason })
methods-absent-and = { $said }, { $one }
methods-absent-more = { $said }; { $one }
methods-event-time = Event time is counted in measured periods, so that a year without measurement is missing, not zero.
methods-indicators = @tbl-indicators gives the indicators of each aim. Only those judged by difference-in-differences allow a causal statement; an indicator that is described shows how things are, not what the programme did.

methods-assumptions-title = Identifying assumptions
methods-assumptions = The estimates can be read as effects of the programme only if the following hold.
methods-parallel-trends = **Parallel trends.** Without the programme, outcomes of those that took part would have moved as those of their comparison did. This cannot be proved, since it concerns what did not happen. Where there are periods enough, trends before the programme are tested jointly, and this report says how large a difference in trend that test could have found, since a test that finds nothing may only be weak [@roth2022].
methods-anticipation = **No anticipation.** Outcomes do not move before entry because of it. Where periods allow, @sec-robustness relaxes this by one measured period.
methods-interference = **No interference.** What happens in one of the { $unit } does not change another's outcome. Where people move or share what they learned, the comparison benefits too and estimates are too small.
methods-composition = **Stable composition.** Those observed before and after are the same { $unit }, composed alike. The number of units observed in every cell is in @sec-tables.

methods-threats-title = Threats to the conclusions
methods-selection = **Selection and baseline level.** { $timing ->
    [random] The study states that when each unit starts was drawn by lot; whether groups stood alike before is examined all the same.
   *[other] Nothing in the data says that participation was drawn by lot.
    } Differences in level before the programme are classed after the What Works Clearinghouse [@wwc2022]: up to 0.05 standard deviations satisfied; above that up to 0.25 in need of adjustment; beyond it not satisfied, which adjustment does not mend: a difference that large limits the verdict, unless the covariates explain it, so that no such difference remains given them, and the estimate with them agrees.
methods-regression-to-mean = **Regression to the mean.** Where those that come first have just had a bad { $unit-period }, natural recovery looks like an effect. So, where there are several periods before entry, their trend is examined and not the last one alone.
methods-concurrent = **Concurrent events.** Whatever else began at the same time in the same { $unit } (new staff, other rules, other programmes) cannot be told apart from the programme.

methods-uncertainty-title = Uncertainty and power
methods-standard-errors = Standard errors are clustered at the level at which participation was decided [@bertrand2004; @abadie2023]{ $by ->
    [unit] : here each of the { $unit }
    [cluster] : here the { $cluster }
   *[other] { "" }
    }. Intervals cover { SHARE($level) }. The simultaneous band covers all event times at once, so that one may look for the largest effect. Where there are clusters above the unit, the main effect is also tested by the restricted wild cluster bootstrap [@cameron2008; @webb2023].
methods-detectable = Beside every finding of no effect stands the smallest detectable effect: the true effect that this design would find with probability { SHARE($power) } [@bloom1995]. Where it exceeds the smallest effect of interest, the lack of evidence shows no more than weak data.

methods-verdicts-title = How verdicts are reached
methods-verdicts = Sentences that judge are chosen by written rules from estimate, interval, trends before the start, baseline balance and the checks of the annex on robustness (@sec-technical). No result in this report is typed by hand: each comes from the ledger of results, with the notebook and cell that made it.
methods-security = How secure a finding is has five steps. At 5 no rule limits it; at 4 one rule holds it at moderate evidence, at 3 several do; at 2 one rule holds it at weak evidence, at 1 several do; at 0 nothing is said of the effect, or the data cannot tell. What holds back a finding of no effect are the rules on the comparison alone, not those that ask whether an effect survives. The rule that limits it most stands beside it (@tbl-verdict). Placebo dates, parts left out, attrition and spill-over are examined on the primary outcomes where the data allow; where one of them could not be examined on another effect, a rule says so and the finding reaches 4 at most.

methods-protection-title = Protection of personal data
methods-protection = After cleaning, persons are known by keyed pseudonyms only [@rfc2104; @uu27-2022]. Cells with fewer persons than { $persons } or fewer { $unit } than { $units } are not shown, nor others from which they could be worked out.
methods-protection-cells = Of the { NUM("cells_counted", unit: "no") } cells that count persons or units, { NUM("cells_hidden", unit: "no") } are withheld ({ NUM("cells_hidden_share") }): { $rules }.
methods-protection-threshold = { NUM("cells_hidden_threshold", unit: "no") } below the threshold
methods-protection-group = { NUM("cells_hidden_group", unit: "no") } that would tell something of every member of a group
methods-protection-dominance = { NUM("cells_hidden_dominance", unit: "no") } that are sums which one contribution dominates
methods-protection-complementary = { NUM("cells_hidden_complementary", unit: "no") } that would give another away
methods-protection-sign = The sign \[c\] is printed in { NUM("cells_marked", unit: "no") } cells of tables: in these cells, wherever they are printed, and in shares, means or sums that rest on them. A dash means that there is no value.
methods-protection-none = Of the { NUM("cells_counted", unit: "no") } cells that count persons or units none had to be withheld. A dash means that there is no value.
methods-protection-survey = Answers of the survey are kept apart from the list of invited persons and without fine traits, so response is analysed by group from the list alone and items from the answers alone: no answer can be explained by what only the list tells.

# Threats that a study adds.
methods-threats-list = { "" }
