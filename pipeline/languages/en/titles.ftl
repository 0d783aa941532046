# Messages of figures, by the rules of pipeline/chapters/titles.py: they count and name, and judge nothing.
titles-outcomes-wanted = { $count ->
    [one] After entry every interval lies on the wanted side of zero
   *[other] In all { $count } outcomes every interval after entry lies on the wanted side of zero
    }
titles-outcomes-unwanted = { $count ->
    [one] After entry every interval lies on the side of zero that is not wanted
   *[other] In all { $count } outcomes every interval after entry lies on the side of zero that is not wanted
    }
titles-outcomes-none = { $count ->
    [one] No interval after entry excludes zero
   *[other] In none of the { $count } outcomes does an interval after entry exclude zero
    }
titles-outcomes-mixed = Outcomes with every interval after entry on the wanted side of zero: { $wanted } of { $count }; on the other side: { $unwanted }; with only some intervals that exclude zero: { $some }
titles-event = After entry the effects run from { $least } to { $most } { $unit }; intervals on the wanted side of zero: { $wanted } of { $count }, on the other: { $unwanted }
titles-event-before = { $said } (excluding zero before entry: { $beyond } of { $count })
titles-event-nothing = No effect after entry can be shown
titles-cohorts = The average effect is { $value } { $unit } ({ $low } to { $high }); cohorts with their interval on the wanted side of zero: { $wanted } of { $count }, on the other: { $unwanted }
titles-summary = Intervals on the wanted side of zero: { $wanted } of { $count }; on the other: { $unwanted }; that include it: { $open }
titles-coverage = Most participating schools of a district are in { $district }: { $part } of { $all }
titles-coverage-none = In no district may participating schools be shown
titles-gaps = The gap to the comparison went from { $before } just before entry to { $after } after it, a change of { $change } { $unit }
titles-gaps-effect = { $said }; the estimated effect is { $effect }, and the notes say why they differ
titles-gaps-nothing = No gap before and after entry can be shown
titles-smallest = smallest effect of interest
titles-n = n = { $n }
titles-n-range = n = { $low } to { $high }
titles-axis = { $what } ({ $unit })
titles-with-n = { $label } ({ $n })
titles-intervals = { $what }, intervals on the wanted side of zero: { $wanted } of { $count }; on the other: { $unwanted }; that include it: { $open }
titles-by-estimator = By estimator
titles-by-group = By baseline group
titles-by-third = By third of hours
titles-by-specification = By specification
titles-by-area = With one area left out
titles-flow = Of { $read } rows { $kept } are used; of { $units } units in the analysis { $treated } took part
titles-flow-rows = Of { $read } rows { $kept } are used
titles-theory = Of { $count } aims { $judged } are judged against a comparison, { $described } only described, { $open } not measured
titles-lorenz = The half with the fewest hours has { $share }% of all hours
titles-dimensions = From { $first } to { $last } the index went from { $then } to { $now }: { $change } points, of which { $competence } in the dimension that counts training
titles-ends = Highest: { $most }, { $high } { $unit }; lowest: { $least }, { $low } { $unit }
titles-ends-percent = Highest: { $most }, { $high }%; lowest: { $least }, { $low }%
titles-ends-none = No value can be shown
titles-shares = Asked directly { $direct }% agree, under protection { $pooled }%: a difference of { $hidden } points ({ $low } to { $high })
titles-shares-designs = The share that agrees, by { $count } ways of asking
titles-mechanism = Without correlation of errors the product excludes zero for { $some } of { $count } steps
titles-power = Outcomes whose smallest effect of interest a design that is drawn can find: { $some } of { $count }
titles-breakdown = Outcomes whose interval excludes zero with a violation as large as the largest before (M = 1): { $some } of { $count }
titles-trends = From { $first } to { $last } the mean of those never treated changed by { $never } { $unit }; cohorts that changed by more the way that is wanted: { $more } of { $count }
titles-trends-none = No comparison over time can be shown
titles-theory-all = All aims ({ $count }) are judged against a comparison
titles-flow-kept = { $kept } rows are used
