# A map of tiles.
fig-tiles = Share of { $unit } that took part, by district
    .alt = A map of tiles, north at the top, one tile a district.
    .notes = Each tile is a district, roughly where it lies. Hatched, [c]: not shown, because too few { $unit } stand behind it or because it would give away such a district. A dash: there are none.
tiles-north = North is at the top; tiles stand for districts, not for their size.
tiles-one = { $district } { $share }%
tiles-uneven = Between { $low }% and { $high }% of the { $unit } of the districts shown took part: most in { $most }, fewest in { $least }
tiles-even = The programme reached the districts shown alike: between { $low }% and { $high }% of their { $unit } took part
tiles-none = For no district may the share of { $unit } that took part be shown
tiles-ends = Highest: { $most }. Lowest: { $least }.
tiles-all = Shown: { $all }.
tiles-hidden = Not shown, since too few stand behind it or since it would give away such a district: { $count ->
    [one] one tile
   *[other] { $count } tiles
    }.
results-tiles = @fig-tiles shows where they lie.

