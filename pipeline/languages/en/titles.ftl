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
titles-event = After entry the effects run from { $least } to { $most }; intervals on the wanted side of zero: { $wanted } of { $count }, on the other: { $unwanted }
titles-event-before = { $said } (excluding zero before entry: { $beyond } of { $count })
titles-event-nothing = No effect after entry can be shown
titles-cohorts = The average effect is { $value } ({ $low } to { $high }); cohorts with their interval on the wanted side of zero: { $wanted } of { $count }, on the other: { $unwanted }
titles-summary = Intervals on the wanted side of zero: { $wanted } of { $count }; on the other: { $unwanted }; that include it: { $open }
titles-coverage = Most participating schools of a district are in { $district }: { $part } of { $all }
titles-coverage-none = In no district may participating schools be shown
titles-gaps = The gap to the comparison went from { $before } just before entry to { $after } after it, a change of { $change }
titles-gaps-nothing = No gap before and after entry can be shown
titles-smallest = smallest effect of interest
titles-n = n = { $n }
titles-n-range = n = { $low } to { $high }
titles-axis = { $what } ({ $unit })
titles-with-n = { $label } ({ $n })
titles-sentence = { $said }.
