# The effect and how it comes about.
how-caption = The effect and how it comes about
how-alt = Three panels: means of cohorts and of units never treated; gaps of cohorts to these; change of each gap since the last measured period before entry.
how-notes = Dotted uprights: entry of each cohort. The third panel is the second less each cohort's own gap in the last measured period before entry.
how-notes-equal = Without covariates that is the cohort's effect.
how-notes-unequal = Each mean holds all units measured in that period, whereas an effect compares only units measured in both periods; since not every unit is measured in every period, the changes here may differ from the estimates.
how-notes-comparison = Effects are measured against units not yet treated too, so that the changes here may differ from the estimates.
how-notes-intervals = Intervals are in the tables of effects
how-gap = Gap
how-change = Change
how-means = 1. Means
how-gaps = 2. Gap to units never treated
how-changes = 3. Change of the gap since the last period before entry
results-how = @fig-how-{ $id } shows how the effect on { $phrase } comes about: from the means of cohorts to their gap, and from the gap to its change.
