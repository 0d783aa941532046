multiplicity-codes-never = All
tbl-multiplicity = Primary outcomes: p values adjusted for the number of tests
    .notes = p values from a joint multiplier bootstrap; Romano–Wolf uses the correlation of outcomes, Holm does not.
tbl-multiplicity-exploratory = Exploratory effects: q values
    .notes = q value: the smallest false discovery rate that still rejects, in steps of one thousandth; it may be below the p value where most of the other tests reject.
multiplicity-p-on-its-own = p on its own
multiplicity-holm = Holm
multiplicity-romano-wolf = Romano–Wolf
