# -- results
switching-title = Treatment that was given up
switching-how-many = Of the { NUM("switching_units", unit: "no") } { $unit } that started, { NUM("switching_off", unit: "no") } were later without treatment again. From the start on, { NUM("switching_share") } of their periods were under treatment.
switching-estimand = The effects in this report are those of **having started**: what those that started became, stops included, against staying without [@dechaisemartin2024]. They assume parallel trends of outcomes without treatment, and need none on what treatment leaves behind when it stops.
switching-effect = { $outcome }: in the cells behind its effect { NUM("switching_share", $o) } of the periods were under treatment; per period really under treatment the effect is { NUM("switching_effect", $o, signed: "yes") } ({ CI("switching_effect", $o) }).
