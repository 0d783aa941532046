# -- tables
tbl-shape = What the outcomes' values say of their scale
tbl-shape-poisson = Counts: effects under parallel trends in points and in per cent
    .notes = The Poisson regression has cohorts, periods and a coefficient for each cohort by period under treatment; standard errors by unit or cluster. Its effect in per cent is that on the mean of those treated, of what it would have been without the programme. The mean alone needs to be as the regression says: nothing has to follow a Poisson distribution, and zeros are as good as any value.
shape-row-main = Main estimate (parallel trends in points)
shape-row-poisson = Poisson regression (parallel trends in per cent)
shape-row-poisson-percent = The same, in per cent
tbl-shape-ratio = Ratios: the effect on the mean of ratios and on the ratio of totals
    .notes = In the second row each unit counts by its denominator in its first period, so that a programme that moves denominators moves no weight.
shape-row-ratios = Mean of ratios (main estimate)
shape-row-totals = Ratio of totals (units by their denominator)

# -- robust
shape-title = The scale of the outcomes
shape-opening = Difference-in-differences compares changes in points. Where an outcome cannot fall below an end of its scale, or rise above one, equal changes in points are not what one would expect of groups that start apart [@rothsantanna2023]; and of a ratio it matters whose mean is meant. The following outcomes ask for such a word.
shape-count = **{ $outcome }** is a count: whole numbers from zero on with a small mean ({ NUM("shape_count", $o) } of rows are zero).
shape-binary = **{ $outcome }** has two values; the effect is on the share of the higher one, which cannot leave 0 to 1.
shape-floor = Of the rows of **{ $outcome }**, { NUM("shape_floor", $o) } have the least value that was observed. A fall below it cannot be seen, so that changes of units at the floor are understated: the bias may go either way, by which group stands there.
shape-ceiling = Of the rows of **{ $outcome }**, { NUM("shape_ceiling", $o) } have the greatest value that was observed. A rise above it cannot be seen, so that changes of units at the ceiling are understated: the bias may go either way, by which group stands there.
shape-log-of-zeros = **{ $outcome }** looks like the logarithm of one plus a count, with zeros in { NUM("shape_log_of_zeros", $o) } of rows. Where the programme changes the share of zeros, the size of an effect on it depends on the unit of the count without bound [@chenroth2024]; it is no change in per cent, and its sign may be read only where that share and the counts above zero move the same way. Give the count itself as the outcome: the report then tells its effect in points and in per cent.
shape-poisson = Under parallel trends in per cent instead of points the effect is { NUM("shape_poisson", $o, signed: "yes") } ({ CI("shape_poisson", $o) }), or { NUM("shape_poisson_percent", $o, signed: "yes") } of what would have been ({ CI("shape_poisson_percent", $o) }; { P("shape_poisson_percent", $o) }) [@wooldridge2023].
shape-poisson-missing = A Poisson regression cannot be set beside it: it needs units that count alike, and in every cohort and period a value above zero without the programme.
shape-ratio-declared = **{ $outcome }** is a ratio of two columns.
shape-ratio-looks = Nearly all values of **{ $outcome }** are quotients of whole numbers with different denominators, as means, shares and rates are; if it is one, its study can name the denominator.
shape-ratio-alike = The effect told is that on the mean of the units’ ratios, in which a small unit counts as much as a large one; it is not the effect on the ratio of totals, such as an office publishes, which large units decide. A programme may move a ratio by its numerator, its denominator or both.
shape-ratio-weighted = The effect told is that on the mean of the units’ ratios, weighted as the study weighs units; it is the effect on the ratio of totals only where the weights are the denominators. A programme may move a ratio by its numerator, its denominator or both.
shape-ratio-pooled = With units weighted by their denominators at first, which is the ratio of totals with units as large as they were, the effect is { NUM("shape_pooled", $o, signed: "yes") } ({ CI("shape_pooled", $o) }).
shape-still-treated = In every unit that took part **{ $outcome }** has one value in all periods. The estimate is then the change of the comparison with the other sign, and says nothing of what the programme moved; look whether the column is the measurement.
shape-still-comparison = In every unit of the comparison **{ $outcome }** has one value in all periods. The estimate is then the change of those that took part alone, as if there were no comparison; look whether the column is the measurement.
