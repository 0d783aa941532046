results-title = Results
results-opening = This chapter begins with how groups stood before the programme, gives the effects, examines trends and says how sure each finding is.
results-opening-reach = Before the effects it tells who was reached.
results-opening-more = It ends with the programme's other aims and with what those who were asked say.

# -- before the programme
results-before-title = Before the programme
results-balance = @tbl-balance compares those that took part with their comparison in the last measured period before the first cohort's start.
results-level = A difference in level does not bias difference-in-differences; it warns that trends may differ as well.

# -- reach
results-reach-title = Reach of training and mentoring
results-trained = In all, { NUM("n_trained_staff", unit: "no") } civil servants are on record with at least one activity.
results-hours = In the last year the mean was { NUM("jp_mean") } of development, and { NUM("share_min_jp") } of the civil servants reached at least { $hours } JP [@pp11-2017; @pp17-2020].
results-training = @tbl-training gives attendance by kind of activity.
results-training-coverage = @tbl-training gives attendance by kind of activity, and @fig-coverage the participating { $unit } by kecamatan.
results-delivery-only = These numbers describe delivery; they do not show what it brought about.

# -- effects
results-effects-title = Effects by outcome
results-effects = @tbl-effects gives the average effect on the treated for all outcomes.
results-events = @fig-events shows each effect before and after entry. Figures and tables of each outcome are in @sec-tables.
results-outcome = **{ $outcome }.**
results-published-title = Published results
results-published = As a check, the fixed-effects regression with lags of treatment is run again on the same data. @tbl-replication sets the published numbers beside those of this report.
results-figures = Means by cohort are in @fig-trends-{ $id }, effects by time since entry in @fig-event-{ $id }, and effects by cohort in @fig-cohort-{ $id }.
results-two-way = The two-way coefficient is { NUM("twfe", $o) }.
results-two-way-decomposed = The two-way coefficient is { NUM("twfe", $o) }; the decomposition in @tbl-bacon-{ $id } explains its distance from the ATT.
results-trends-title = Trends before the programme
results-verdicts-title = Verdicts by outcome
results-aim-verdicts-title = Verdicts on other aims
results-verdicts-aims = Those on the indicators of other aims are in @tbl-aim-verdicts.
results-verdicts = @tbl-verdict gives each outcome's verdict, the smallest effect that could be detected, and the reasons that decided it. A reason with a cap lowers the verdict to the degree named.
results-rounds-away = **{ $outcome }** is printed with too few decimals for its scale: its standard error is no zero and prints as one. The data beside the report hold all digits; the study can give `decimals`, or another unit.
