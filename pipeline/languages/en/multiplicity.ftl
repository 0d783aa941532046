multiplicity-codes-never = All
tbl-multiplicity = Primary outcomes: p values adjusted for the number of tests
    .notes = p values from a joint multiplier bootstrap; Romano–Wolf uses the correlation of outcomes, Holm does not.
tbl-multiplicity-exploratory = Exploratory effects: q values
    .notes = q value: the smallest false discovery rate that still rejects, in steps of one thousandth; it may be below the p value where most of the other tests reject.
multiplicity-p-on-its-own = p on its own
multiplicity-holm = Holm
multiplicity-romano-wolf = Romano–Wolf

# -- robust
multiplicity-title = Several outcomes at once
multiplicity-opening = The study declares { NUM("multiplicity_n") } primary outcomes. With several tests, one may reject by chance; the step-down procedure of Romano and Wolf keeps the probability of any false rejection in the family at the study's level [@romanowolf2005].
multiplicity-all-hold = All of them still reject after the adjustment.
multiplicity-none-holds = Not one of them rejects after the adjustment.
multiplicity-some-hold = Of these, { NUM("multiplicity_rejected") } still reject after the adjustment; the others must not be counted as findings.
multiplicity-exploratory = The other effects were not declared as primary. They are exploratory and carry q values, the share of false findings among those as strong [@anderson2008].
multiplicity-found-all = All { NUM("multiplicity_explored") } of them have a q value below the study's level.
multiplicity-found-some = Of { NUM("multiplicity_explored") } effects, { NUM("multiplicity_found") } have a q value below the study's level.
multiplicity-found-none = Not one of the { NUM("multiplicity_explored") } effects has a q value below the study's level.
multiplicity-found-open = Intervals among these that include zero all the same: { NUM("multiplicity_found_open") }. A small q value says that few of those found are false, not that each is shown.
multiplicity-where-next = They suggest where to look next.
multiplicity-alone = No verdict rests on this table: outcomes that are not primary, and indicators of other aims, which are not in it, are judged by themselves and not adjusted for their number. On the first page a mark says so (@tbl-summary).

# -- technical
multiplicity-technical = **Multiplicity.** For primary outcomes $k=1,\dots,K$ with { MATH("multiplicity-1") } the adjusted value is { MATH("multiplicity-2") }, with draws $t^*$ from multiplier weights that all outcomes of a unit (or of an area, where areas were assigned) share, so that their correlation is kept [@romanowolf2005; @romanowolf2016]. It tests each outcome's overall effect being zero and needs the influence functions' normal limit only. Sharpened q values: the smallest rate at which the two-stage procedure rejects [@benjamini2006; @anderson2008]; it supposes independent or positively dependent tests. The multiplier weights take the influence at the estimate: where few areas are treated, these p values are on the small side.
