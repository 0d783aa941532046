"""The rules by which rows are set aside: what each asks for, what to do, and how many rows it may take."""

from __future__ import annotations

from collections.abc import Mapping

EXEMPT_RULES = frozenset({"title_row", "blank_row"})
"""Rules that need no tolerance: a blank row holds nothing, and what stands above the header is above the table."""

USUAL_TOLERANCES: Mapping[str, tuple[int, float]] = {
    "total_or_note": (6, 0.25), "header_again": (6, 0.10), "treated_from_start": (0, 1.0),
    "answer_code_unknown": (0, 0.02),
}  # fmt: skip
"""Rule -> rows, and share of rows, that it may take where the study names no tolerance."""

FEWER: Mapping[str, float] = {"fewer_rows": 0.08, "fewer_units": 0.05}
"""Rule -> share of the year before by which a file may be short where the study names no tolerance."""

ADVICE: Mapping[str, tuple[str, str]] = {
    "bad_number": ("a number in the source's decimal style", "Correct the cell, or empty it where nothing was measured."),
    "out_of_range": (
        "a value inside the range of its column: the declared `value_range`, or 1 to 4 of a satisfaction survey's answers",
        "Check the decimal mark of this cell.",
    ),
    "bad_status": ("1 in periods under treatment and 0 before", "Correct the cell."),
    "no_score": ("at least one score in the row", "Ask the office whether the scores were lost."),
    "duplicate_row": ("each row once", "Take the repeated rows out of the export."),
    "duplicate_key": ("one row for each identifier and period", "Ask the office which of the rows holds."),
    "unknown_npsn": ("an NPSN of this year's school list", "Correct the NPSN, or add the school to sekolah.xlsx."),
    "unknown_person": ("a NIP of the roster", "Correct the NIP, or add the teacher to the roster."),
    "person_number": ("units that are no persons", "Set `person_units: true`, so that units become pseudonyms."),
    "bad_weight": ("a number above 0", "Correct the weight, or leave `panel.weight` out of the study."),
    "bad_denominator": ("a number above 0", "Correct the denominator, or empty it: the ratio of that row is missing then."),
    "bad_npsn": ("eight digits", "Correct the NPSN."),
    "bad_nip": ("eighteen digits by the rules of NIP or NI PPPK", "Correct the NIP; store the column as text."),
    "spoilt_nip": ("eighteen digits as text", "A spreadsheet lost the last digits: export the column again as text."),
    "bad_nisn": ("ten digits", "Correct the NISN; store the column as text."),
    "bad_grade": ("a grade from 1 to 9", "Correct the grade."),
    "bad_date": ("a date such as 31/12/2023 or 31 Desember 2023", "Correct the date."),
    "outside_period": ("a date or school year of this folder's year", "Move the row to the folder of its year."),
    "unknown_place": ("one of the 21 kecamatan", "Correct the spelling."),
    "out_of_scope": ("a public SD or SMP", "Take schools of other kinds out of the list."),
    "unknown_activity": ("workshop, seminar, course outside the region or mentoring", "Correct the kind of activity."),
    "answer_code_unknown": (
        "a code or a label of the item bank",
        "Export the form with XML values and headings, or correct these answers.",
    ),
    "unknown_batch": ("a batch of this year's list of invited persons", "Correct the batch on the form's record."),
    "no_answer": ("at least one answer in the form", "Take empty forms out of the export."),
    "unknown_disposition": ("what became of it, such as Lengkap, Menolak or Tidak terhubung", "Correct the cell."),
    "cohort_varies": ("the same first treated period in all rows of a unit", "Correct the unit's rows."),
    "cohort_unlikely": (
        "a period, or a word for never",
        "If it means never treated, say so with the words of the cell: panel.never: [-1, belum ikut].",
    ),
    "entry_unseen": (
        "a row in the period before the first one under treatment",
        "Add the row, or give the first treated period of each unit in a column (panel.cohort).",
    ),
    "treated_from_start": ("a period before treatment", "Nothing: such units tell nothing about the effect."),
    "bad_period": ("a quarter such as 2023-T2, or a month such as 2023-04 or April 2023", "Correct the cell."),
    "missing_key": ("a unit, and a cluster where one is declared, in every row", "Fill the cell."),
    "total_or_note": ("few totals and notes among the rows", "Take totals and notes out of the table."),
    "total_unclear": (
        "a unit's row, or a total that the rows above add up to",
        "Take totals out of the table; a unit that is called so needs a fuller name.",
    ),
    "header_again": ("the header once", "Take the repeated headers out of the table."),
    "not_a_table_row": ("rows of the table", "Take notes and signatures out of the table."),
}  # fmt: skip
"""Rule -> what it asks for, and what to do where a row breaks it."""

RULES = frozenset({*ADVICE, *FEWER, *USUAL_TOLERANCES})
"""Every rule that a study may name a tolerance for."""
