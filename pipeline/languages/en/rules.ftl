# Rules of cleaning that are no fault of a file; the others are said as their fault (check.ftl).

rules-place-spelling = A kecamatan was spelled otherwise and read as meant.
rules-nisn-written-otherwise = A pupil number was written with marks or blanks and read without.
rules-nip-written-otherwise = An employee number was written with marks or blanks and read without.
rules-activity-written-otherwise = A kind of activity was written otherwise and read as meant.
rules-batch-written-otherwise = A batch was written otherwise and read as meant.
rules-name-written-otherwise = A name of a unit was written otherwise and read as meant.
rules-index-differs-from-sum = An index differs from the sum of its parts; the sum is used.
rules-value-missing = A value is missing; the row counts where it has one.
rules-value-left-out = A value was left out: { $why }
rules-title-row = A title above the table.
rules-blank-row = A blank row.
rules-fewer-rows = The file has fewer rows than the year before.
rules-fewer-units = The file has fewer units than the year before.
rules-part-of-period = A share of a period under the programme was read as all or nothing, by the threshold of the study.
