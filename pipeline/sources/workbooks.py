"""Workbooks: one sheet, values only, every cell as text, row numbers kept."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import openpyxl

from pipeline.errors import SourceError
from pipeline.sources.headings import Row, nearest
from pipeline.sources.table import SourceSpec, cell_text

Cells = tuple[list[Row], dict[int, frozenset[int]]]


def workbook_rows(path: Path, spec: SourceSpec, shown: str) -> Cells:
    """All rows of the declared sheet (the first one where none is declared), trailing blank rows left out.

    Merged cells give their text in their first cell only.

    Returns:
        Row number and cells as text; and, by column from 0, the rows whose cell is a number.

    Raises:
        SourceError: Not a whole workbook, or no such sheet.
    """
    book = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and validation that values do not need
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
            sheet = _sheet(book, spec, shown)
            sheet.reset_dimensions()  # some programs write a wrong extent
            return _cells(sheet, spec.decimal)
    except SourceError:
        raise
    except Exception:  # the bytes may be anything, and openpyxl passes on whatever its parsers raise
        raise SourceError(
            "The workbook cannot be opened: it is cut short, damaged, or no xlsx file.",
            where=shown,
            expected="a whole .xlsx workbook",
            todo="Copy or download the file again; open it in a spreadsheet and save it as .xlsx.",
        ) from None
    finally:
        if book is not None:
            book.close()


def _sheet(book: Any, spec: SourceSpec, shown: str) -> Any:
    names = list(book.sheetnames)
    if spec.sheet is None:
        return book[names[0]]
    by_name = {name.strip().casefold(): name for name in names}
    found = by_name.get(spec.sheet.strip().casefold())
    if found is None:
        near = nearest(spec.sheet, names)
        raise SourceError(
            f"The workbook has no sheet {spec.sheet!r}.",
            where=shown,
            expected=f"a sheet {spec.sheet!r}; the workbook has " + ", ".join(repr(name) for name in names),
            todo=(f"Did the office rename it to {near!r}? " if near else "")
            + "Rename the sheet, or change `sheet` of this source in the study.",
        )
    return book[found]


def _cells(sheet: Any, decimal: str) -> Cells:
    rows: list[Row] = []
    numeric: dict[int, list[int]] = {}
    for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
        cells: list[str | None] = []
        for column, value in enumerate(values):
            if isinstance(value, int | float) and not isinstance(value, bool):
                numeric.setdefault(column, []).append(number)
            cells.append(cell_text(value, decimal))
        rows.append((number, cells))
    while rows and not any(rows[-1][1]):
        rows.pop()
    return rows, {column: frozenset(numbers) for column, numbers in numeric.items()}
