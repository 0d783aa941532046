"""Remarks of a sheet, for reviewers without a word processor: the paragraph's name, the remark, and who makes it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.errors import SourceError
from pipeline.languages.catalogue import say
from pipeline.languages.known import languages
from pipeline.review.package import is_packed, parts
from pipeline.review.remark import Remark, initials, kept

COLUMNS = ("paragraph", "comment", "author", "date")
_MOST_ROWS = 20_000
_MOST_COLUMNS = 50


def read_sheet(path: Path) -> list[Remark]:
    """The remarks of a CSV file or of a workbook's first sheet; rows without a remark are passed over.

    Raises:
        SourceError: It cannot be read, lacks a column, or a row has a remark and no paragraph.
    """
    rows = _workbook(path) if is_packed(path) else _text(path)
    head, *body = rows or [[]]
    place = _columns(head, path)
    made = []
    for number, row in enumerate(body, 2):
        values = {key: row[k].strip() if k < len(row) else "" for key, k in place.items()}
        if not values["comment"]:
            continue
        if not values["paragraph"]:
            raise SourceError(
                "A remark names no paragraph.", where=f"{path}, row {number}", expected="such as p-summary-question"
            )
        # A name that begins like a formula was given an apostrophe when the sheet was written.
        made.append(
            Remark(
                "comment",
                values["paragraph"].lstrip("'#"),
                initials(values["author"]),
                values.get("date", ""),
                kept(values["comment"]),
            )
        )
    return made


def _columns(head: Sequence[str], path: Path) -> dict[str, int]:
    """Where each column stands, by its heading in any language."""
    known = {
        one.strip().lower(): key
        for lang in languages()
        for key in COLUMNS
        for one in (key, *say(f"review-sheet-{key}", lang).split("|"))
    }
    found = {known[name]: k for k, name in reversed(list(enumerate(c.strip().lower() for c in head))) if name in known}
    lacking = [key for key in ("paragraph", "comment", "author") if key not in found]
    if lacking:
        raise SourceError(
            f"The sheet has no column {lacking[0]!r}.",
            where=f"{path}, row 1: {', '.join(head)[:120]}",
            expected=", ".join(COLUMNS),
        )
    return found


def _text(path: Path) -> list[list[str]]:
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        if encoding == "utf-16" and content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    if "\x00" in text:
        raise SourceError(
            "The file is neither a Word document nor a sheet.", where=str(path), expected=".docx, .xlsx or .csv"
        )
    first = text.split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    try:
        return _bounded(csv.reader(io.StringIO(text, newline=""), delimiter=mark), path)
    except csv.Error as error:
        raise SourceError("The sheet cannot be read as CSV.", where=f"{path}: {error}") from None


def _workbook(path: Path) -> list[list[str]]:
    if "xl/workbook.xml" not in parts(path, ("xl/workbook.xml",)):
        raise SourceError(
            "The file is neither a Word document nor a sheet.", where=str(path), expected=".docx, .xlsx or .csv"
        )
    import openpyxl  # no other way here needs it

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(max_col=_MOST_COLUMNS, values_only=True)
        return _bounded((["" if cell is None else str(cell) for cell in row] for row in rows), path)
    except (KeyError, ValueError, IndexError, TypeError, OSError) as error:
        raise SourceError(
            "The workbook cannot be read.", where=f"{path}: {error}", todo="Save it anew, or as CSV."
        ) from None


def _bounded(rows: Iterable[Sequence[str]], path: Path) -> list[list[str]]:
    made: list[list[str]] = []
    for row in rows:
        if len(made) > _MOST_ROWS:
            raise SourceError(f"The sheet has more than {_MOST_ROWS} rows.", where=str(path))
        if any(cell.strip() for cell in row):
            made.append([str(cell) for cell in row])
    return made
