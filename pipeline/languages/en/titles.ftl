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
titles-outcomes-mixed = Of { $count } outcomes, { $wanted } have every interval after entry on the wanted side of zero, { $unwanted } on the other; { $some } have only some that exclude zero
titles-event = After entry the effects run from { $least } to { $most }; of { $count } intervals { $wanted } lie on the wanted side of zero, { $unwanted } on the other
titles-event-before = { $said } (before entry { $beyond } of { $count } exclude zero)
titles-event-nothing = No effect after entry can be shown
titles-cohorts = The average effect is { $value } ({ $low } to { $high }); of { $count } cohorts { $wanted } have their interval on the wanted side of zero, { $unwanted } on the other
titles-summary = Of { $count } intervals { $wanted } lie on the wanted side of zero, { $unwanted } on the other, { $open } include it
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
