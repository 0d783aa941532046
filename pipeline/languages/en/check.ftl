check-title = What Was Understood
check-opening = How each file was read, which settings are in force, and what the panel holds, before anything is estimated.
check-not-made = The panel could not be made; its tables are missing here.
check-result =
    { $faults ->
        [0] No file or setting stops the report.
        [one] One fault stops the report until somebody decides.
       *[other] { $faults } faults stop the report until somebody decides.
    } { $looks ->
        [0] Nothing else needs a look.
        [one] One thing needs a look.
       *[other] { $looks } things need a look.
    }
check-faults = What stops the report
check-looks = What needs a look
check-understood = What was read
check-kind = Kind
check-sheet = Sheet
check-header = Header rows
check-encoding = Encoding
check-separator = Separator
check-decimal = Decimal mark
check-key = Key
check-value = Value
check-from-study = study
check-from-default = default
check-from-data = as the data tell
check-from-disclosure = raised to what may be shown (disclosure)
check-why = Left out of the estimates
check-why-too-few = the cohort: it has too few units
check-why-treated-from-start = units under treatment from their first measured period on
check-why-not-measured = units without any value of the outcome
check-why-seen-once = units with a value of one period only
check-why-no-change = units without values both before a start and after it
check-why-after-comparison = units measured only once the last cohort, which serves as comparison, has started
check-why-no-estimate = all, since the data allow no estimate
check-why-none = nothing
check-used = In the estimates
check-since = Counted there as
check-values = Values
check-missing = Missing
check-low = 5th percentile
check-median = Median
check-high = 95th percentile
check-jumps = Jumps
tbl-check-files = How each file was read
    .notes = Row numbers are those of the file. The decimal mark is the declared one or was decided from the whole column.
check-examples = Examples (year: row)
tbl-check-fates = Rows of the files by what became of them
    .notes = Up to three examples a rule; a cell is shown only of columns that hold no person.
tbl-check-settings = Settings in force
    .notes = Source: said by the study, or the default.
tbl-check-cohorts = Cohorts of the panel, and what is left out of the estimates
    .notes = Fewest { $unit } that a cohort needs: { $least }; smaller ones are left out of the estimates.
    .moved = A cohort that starts between measured periods counts from the next one on; one that starts after all of them, or last where every unit starts, serves as comparison.
tbl-check-periods = Units by period
tbl-check-outcomes = Values of the outcomes
    .notes = A jump is a unit's change by more than ten robust standard deviations of all changes, or a change of a period's median by more than a factor of five.
check-look-hidden = hidden in the workbook: { $said }.
check-look-note = the reader notes: { $said }
check-look-aside = { $rows } of { $of } rows were set aside by the rule { $rule }, such as { $shown }.
check-look-cohort-too-few =
    Cohorts with too few units to be shown are left out of the estimates and counted together{ $which ->
        [some] { " " }for { $outcome }.
       *[all] .
    }
check-look-unused =
    { $who ->
        [never] Not all units never treated are used
       *[cohort] Not all units of cohort { $cohort } are used
    }{ $which ->
        [some] { " " }for { $outcome }:
       *[all] :
    } { $reason ->
        [treated_from_start] some are under treatment from their first measured period on.
        [seen_once] some have a value of one period only, so that no change of theirs is known.
        [no_change] some have no values both before a start and after it.
        [after_comparison] some are measured only once the last cohort, which serves as comparison, has started.
       *[not_measured] some have no value of the outcome.
    }
check-look-period = Period { $period } has clearly fewer units than the fullest one.
check-look-gap =
    { $count ->
        [one] No unit is measured in period { $period }, which lies between measured ones:
       *[other] No unit is measured in { $count } periods between the first and the last, first in { $period }:
    } changes reach over the gap, and who enters in it counts from the next measured period on.
check-look-level = program.assigned_at says that units were taken one by one, but clusters take part as wholes, or in shares less alike than single draws leave them: if clusters were chosen, say so (or leave the key out), for errors by unit are then far too small.
check-look-jump-unit =
    { $count ->
        [one] One change of { $outcome } is hard to believe:
       *[other] { $count } changes of { $outcome } are hard to believe, the largest
    } in period { $period }, unit { $unit }, from { $before } to { $after }.
check-look-jump-period =
    { $count ->
        [one] The median of { $outcome } jumps
       *[other] The median of { $outcome } jumps { $count } times, first
    } in period { $period }, from { $before } to { $after } (unit { $unit }): is it another unit of measure?

# -- letter to the office
letter-title = Request to correct a file
letter-to = To the head of { $office }
letter-office = the office that sent the file
letter-subject = Subject: correction of the file { $file }
letter-opening = For the evaluation { $title }, edition { $edition }, we read the file { $file } that your office sent. The following keeps it from being used.
letter-place-sheet = sheet { $sheet }
letter-place-row = row { $row }
letter-place-column = column { $column }
letter-technical = Message of the program
letter-request = Please send the corrected file under the same name and in the same form. The rows above are numbered as in your file.
letter-closing = Thank you for your help.

# -- kinds of fault
fault-other = The file or the setting cannot be used as it stands.
fault-file-missing = The file has not arrived.
fault-folder-missing = The files of this year have not arrived.
fault-file-unexpected = There is a file of a year for which none was said to exist.
fault-file-empty = The file holds no rows.
fault-no-header = The row with the column headings was not found.
fault-column-missing = A column that the evaluation needs is missing or has another heading.
fault-column-group = The heading that was asked for stands over several columns.
fault-column-twice = A heading stands more than once.
fault-split-question = A question with several answers is split into several columns.
fault-formula = Cells hold formulas whose results were not saved.
fault-row-cut = A row has fewer or more cells than the header.
fault-two-versions = Two columns hold the same question and differ.
fault-decimal-unclear = The numbers can be read in two ways: it is not clear whether a comma or a point is the decimal mark.
fault-damaged = The file cannot be opened: it is damaged or cut short.
fault-not-a-table = The file is neither a workbook nor a table of text.
fault-locked = The workbook is locked with a password.
fault-too-large = The table is far larger than others of its kind.
fault-long-cell = A cell holds far more text than a cell of a table; a quotation mark may not close.
fault-several-tables = More than one sheet or table fits, so it is not clear which one is meant.
fault-sheet-hidden = Every sheet of the workbook is hidden.
fault-sheet-missing = The sheet that was agreed is not in the workbook.
fault-nested = A column holds lists where single values are needed.
fault-encoding = The letters were saved in another encoding than agreed.
fault-encoding-unknown = The study names an encoding that there is not.
fault-separator = The columns are separated by another mark than agreed.
fault-quotes = The quotation marks of a line do not match.
fault-alike = The same name is written in several ways.
fault-control-total = The number of rows or units is not the one that was reported.
fault-engine-memory = The file needs more memory than the study allows for.
fault-engine-kind = A file for the engine for large tables is neither Parquet nor text.
fault-parts-differ = The parts of a folder have different columns.
fault-too-many-exceptions = Too many rows break a rule or are written in an unusual way.
fault-sql-moved = Files of a folder were written while they were read.
fault-sql-query = The query of a source is not one that is allowed.
fault-sql-variable = The environment variable of a connection holds nothing.
fault-sql-unreachable = The server or file of a database cannot be reached.
fault-sql-refused = A database refuses the user of the connection.
fault-sql-permission = The user of the connection may not read a table.
fault-sql-table = A table that a query names is not in the database.
fault-sql-column = A column that a query names is not in the database.
fault-sql-failed = A database stopped a query.
fault-cut = The file looks cut: rows or units of earlier files are missing.
fault-list-missing = The list of a year is missing.
fault-switches-off = A unit that took part is no longer listed as taking part.
fault-no-scale = There are too few units that never took part to compare with.
fault-no-values = The column of the results holds no values.
fault-not-positive = A value is zero or below where only positive ones can be used.
fault-bad-number = Cells of a column of numbers hold something else.
fault-out-of-range = Numbers lie outside the agreed range.
fault-bad-status = The column of participation holds something other than 0 and 1.
fault-part-of-period = The column of participation holds shares between 0 and 1.
fault-no-score = Rows have no score at all.
fault-duplicate-row = Rows stand more than once.
fault-duplicate-key = Rows that share identifier and period differ.
fault-unknown-npsn = School numbers (NPSN) are not in the school list of the year.
fault-unknown-person = Employee numbers are not in the roster of the year.
fault-person-number = Numbers of persons stand where units are expected.
fault-bad-weight = Weights are missing or not above zero.
fault-bad-denominator = Denominators are not above zero.
fault-bad-npsn = School numbers (NPSN) are not of eight digits.
fault-bad-nip = Employee numbers (NIP or NI PPPK) break the rules for such numbers.
fault-spoilt-nip = A spreadsheet has spoilt the last digits of employee numbers.
fault-bad-nisn = Pupil numbers (NISN) are not of ten digits.
fault-bad-grade = Grades are not between 1 and 9.
fault-bad-date = Dates cannot be read.
fault-outside-period = Rows are dated outside the school year.
fault-unknown-place = Names of kecamatan are unknown.
fault-out-of-scope = Schools are not public SD or SMP.
fault-unknown-activity = Kinds of activity are unknown.
fault-answer-code-unknown = Answers are neither a code nor a label of the questionnaire.
fault-unknown-batch = Forms name a batch that is not among those invited.
fault-no-answer = Forms hold no answer.
fault-unknown-disposition = Results of contact are unknown.
fault-cohort-varies = The first year of participation differs between rows of a unit.
fault-cohort-unlikely = The first period of participation is no likely year.
fault-entry-unseen = Units are unseen in the period before they took part.
fault-treated-from-start = Units took part from the first period on.
fault-bad-period = Quarters cannot be read.
fault-missing-key = Rows have no name of a unit or cluster.
fault-total-or-note = Many totals and notes stand among the rows.
fault-total-unclear = Rows may be totals or units.
fault-header-again = The header is repeated among the rows.
fault-not-a-table-row = Rows are no rows of the table.
fault-dated-before-plan = The report would bear a date before the last revision of its plan.
