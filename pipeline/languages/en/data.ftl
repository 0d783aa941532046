data-source = Source
data-outcome-set-aside = Set aside
data-outcome-corrected = Corrected
fig-flow = Flow of the data from files to analysis
    .alt = Boxes in sequence from raw files to the panel, with the numbers set aside at each stage.
tbl-row-account = Account of rows by file
    .notes = Read = kept + set aside, for each file.
tbl-rules = Rows set aside or corrected, by rule
    .notes = Each row's number and reason: table set_aside.
data-read = Read
data-kept = Kept
data-rule = Rule
data-action = Action
data-rows = Rows
