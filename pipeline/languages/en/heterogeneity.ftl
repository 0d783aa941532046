heterogeneity-feature-level = Level
heterogeneity-feature-baseline = Baseline value
heterogeneity-feature-size = School size
heterogeneity-feature-cluster-size = Units in the area
heterogeneity-groups-middle = Middle
heterogeneity-groups-small = Small
heterogeneity-groups-large = Large
heterogeneity-groups-few = Few
heterogeneity-groups-many = Many
tbl-heterogeneity-effects = Effects by baseline group
tbl-heterogeneity-tests = Tests that effects are equal in all groups
    .notes = Common cells: cohorts and periods that all groups have. q values allow for the number of tests.
heterogeneity-left-out = Not compared: { $group } ({ $feature }, { $outcome }); too few { $unit } treated or too few compared there (fewer than { $least }).
heterogeneity-baseline-feature = Baseline feature
heterogeneity-treated = Treated
heterogeneity-groups = Groups
heterogeneity-common-cells = Common cells
heterogeneity-degrees-freedom-1 = Degrees of freedom 1
heterogeneity-degrees-freedom-2 = Degrees of freedom 2
fig-heterogeneity =
    .alt = A point and an interval for each group, by baseline feature; the numbers are in the table of effects by group.
heterogeneity-all-groups-have-same-weights-on =  All groups have the same weights on cohorts and periods. Differences are judged by the tests of @tbl-heterogeneity-tests, not by comparing intervals.
heterogeneity-effects-baseline-group = Effects by baseline group: { $outcome }
heterogeneity-effect-confidence-interval = Effect with confidence interval

# -- robust
heterogeneity-title = For whom the effect differs
heterogeneity-opening = Each group is compared with untreated units of the same group, all groups with the same weights on cohorts and periods. Whether effects differ is a question to the difference itself: an interval beyond zero in one group and not in another is no answer [@gelmanstern2006].
heterogeneity-differs = Of { NUM("heterogeneity_tests") } tests of equality, { NUM("heterogeneity_found") } reject after allowance for their number (smallest adjusted value { NUM("heterogeneity_smallest_q") }): the average hides a difference between groups, which the table shows.
heterogeneity-not-shown-to-differ = Not one of the { NUM("heterogeneity_tests") } tests of equality rejects after allowance for their number (smallest value before it { P("heterogeneity_smallest_p") }, after it { NUM("heterogeneity_smallest_q") }): the data give no ground for saying that the programme works better for one group than for another. That is not proof of equal effects: fewer units give less precise estimates.

# -- technical
heterogeneity-technical = **Heterogeneity.** In group $k$ the effect is { MATH("heterogeneity-1") } with weights $w$ proportional to cohort size in the whole sample, over the cells that every group has: the mean effect on the group's treated units if all groups had the same cohorts. With $C$ the contrasts to the last group and $\hat V$ the joint covariance over $G$ independent draws, { MATH("heterogeneity-2") } is set against $F(q,G-q)$. Groups are features from before treatment, and parallel trends must hold within each of them; terciles use the first measured period, so where that is also a cohort's base period, units picked for a low value tend to rise by themselves, treated and untreated alike only if their distributions agree.
