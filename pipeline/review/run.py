"""`make review`: gathers a returned file's remarks into the edition's list, and says what came and what is open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from pipeline.report.marks import origin
from pipeline.review import listing, sheet, word
from pipeline.review.package import is_packed, parts
from pipeline.review.places import by_bookmark, places
from pipeline.review.remark import STATES, Remark
from pipeline.run.steps import Target
from pipeline.spreadsheets import write_csv

Tell = Callable[[str], None]


def review(target: Target, lang: str, file: Path | None, tell: Tell) -> Path:
    """Gather the remarks of a file into the list of an edition; without one write the sheet to be filled in.

    Args:
        target: Study and edition, whose report has been made.
        lang: Language of the report that was reviewed.
        file: A returned report.docx or supplement.docx, or a sheet of remarks.
        tell: Says a line.

    Returns:
        Path of the list.

    Raises:
        UserError: The report has not been made, or the file cannot be read or is of another one. The list is then as it was.
    """
    study, edition, root = target.study.name, target.edition, target.root
    known = places(target.published(lang) / "report.html")
    path = listing.path_of(study, edition, root)
    held = listing.read(path)
    if file is None:
        blank = target.build / f"review-{lang}.csv"
        _write_sheet(blank, known)
        tell(f"A sheet for remarks: {blank.relative_to(root)}")
    else:
        found = read(file, known, origin(study, edition, lang))
        made, new = listing.merged(held, found)
        if new or made != held:
            listing.write(path, made)
        tell(f"{file.name}: {len(found)} remarks, {len(new)} new; the list holds {len(made.entries)}.")
        held = made
    if held.entries:
        listing.write_told(listing.told_path(study, edition, root), listing.told_text(held))
    _tell_list(held, known, tell)
    return path


def read(file: Path, known: dict[str, str], wanted: str) -> list[Remark]:
    """The remarks of a file, whatever its kind.

    Raises:
        SourceError: It is neither a DOCX of this report nor a sheet.
    """
    if is_packed(file) and "xl/workbook.xml" not in parts(file, ("xl/workbook.xml",)):
        return word.read_docx(file, by_bookmark(known), wanted)
    return sheet.read_sheet(file)


def _write_sheet(path: Path, known: dict[str, str]) -> None:
    rows = [
        {"paragraph": name, "text": text[:500], "comment": "", "author": ""}
        for name, text in known.items()
        if not name.startswith("n-")
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    write_csv(path, pd.DataFrame(rows, columns=["paragraph", "text", "comment", "author"]))


def _tell_list(held: listing.Listing, known: dict[str, str], tell: Tell) -> None:
    if not held.entries:
        tell("No remark has come in.")
        return
    counts = Counter(entry.state for entry in held.entries)
    tell("; ".join(f"{state}: {counts[state]}" for state in STATES))
    for place in dict.fromkeys(entry.remark.place for entry in held.entries):
        gone = place not in known and place not in (word.FRONT, word.NOTE)
        tell(place + (" (no longer in the report)" if gone else ""))
        for entry in held.entries:
            if entry.remark.place == place:
                one = entry.remark
                tell(f"  {entry.state:<9} {one.kind:<9} {one.by:<4} {one.date[:10]:<10} {one.text[:100]}")
