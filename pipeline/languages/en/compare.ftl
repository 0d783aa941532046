# The page of `make compare`.
compare-title = Edition { $edition } beside edition { $then }
compare-split-title = Where the Differences Come From
compare-split = Each row changes one thing against the row above it and was really computed, from the earlier edition as it was published to this one; the changes add up to the whole difference (@tbl-since-split).
compare-not-run = Not every step could be computed; a row that changes several things at once says so:
compare-lost = { $part }: { $why }
compare-what-title = What Differs
compare-as-published = edition { $edition } as it was published
compare-part = Step
compare-part-code = code and software of today
compare-part-revised = revised files of earlier years
compare-part-new = new data
compare-part-choices = choices of today
compare-together = not told apart: { $parts }
compare-change = Change
compare-after = Afterwards
tbl-since-split = Differences of the headline numbers by their source
    .notes = The steps are taken in this order; in another order parts that act together would be divided otherwise. A ready panel that arrives anew each year counts as new data, its earlier years too.
