"""Workbooks of every kind: one sheet, values only, with what the sheet hides."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import python_calamine as calamine

from pipeline.errors import SourceError
from pipeline.sources import child
from pipeline.sources.cells import clean_text, is_blank
from pipeline.sources.grid import Grid, Row
from pipeline.sources.headings import nearest
from pipeline.sources.kinds import Kind, damaged
from pipeline.sources.limits import MAX_CELL, long_cell
from pipeline.sources.old_parts import ods_parts, xls_parts, xlsb_parts
from pipeline.sources.xlsx_parts import DAYS_1904, XlsxParts

Fits = Callable[[Grid], bool]
"""Whether a sheet holds the declared headings."""


def workbook_grid(content: bytes, kind: Kind, sheet: str | None, shown: str, fits: Fits) -> Grid:
    """The declared sheet; where none is declared, the visible one that holds the headings.

    Args:
        content: The file, opened.
        kind: Kind of workbook.
        sheet: Name of the sheet that the study declares, or None.
        shown: The file's path as messages show it.
        fits: Asked where several sheets are visible and none is declared.

    Raises:
        SourceError: Not a whole workbook, no such sheet, several that fit, or more cells than are read.
    """
    parts = XlsxParts(content, shown) if kind == "xlsx" else None
    if parts is None:
        book: _Book = _Remote(content, kind, shown)
    else:
        book = _Here(content, shown)
    if sheet is not None:
        name = _named(sheet, book.sheets, shown)
        return _grid(book, parts, name, content, kind, shown, declared=True)
    visible = [name for name, seen in book.sheets.items() if seen]
    if not visible:
        raise SourceError(
            "Every sheet of the workbook is hidden.",
            where=shown,
            expected="a visible sheet, or the key `sheet`",
            todo=f"Say which one is meant: sheet: {next(iter(book.sheets), '…')}",
            code="sheet_hidden",
        )
    if len(visible) == 1:
        return _grid(book, parts, visible[0], content, kind, shown)
    grids = [_grid(book, parts, name, content, kind, shown) for name in visible]
    fitting = [grid for grid in grids if fits(grid)]
    if len(fitting) > 1:
        raise SourceError(
            f"{len(fitting)} visible sheets hold the declared headings.",
            where=shown,
            expected="one such sheet, or the key `sheet`",
            todo="Say which one is meant: sheet: " + " or ".join(str(grid.sheet) for grid in fitting),
            code="several_tables",
        )
    return fitting[0] if fitting else next((grid for grid in grids if grid.rows), grids[0])


class _Here:
    """A workbook opened in this process; its size is known to be bearable."""

    def __init__(self, content: bytes, shown: str) -> None:
        self._shown = shown
        try:
            self._book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
            self.sheets = child.visible_sheets(self._book)
        except Exception:  # the bytes may be anything
            raise damaged(shown, "xlsx") from None

    def page(self, name: str) -> child.Page:
        try:
            return child.page(self._book, name)
        except Exception:  # the bytes may be anything
            raise damaged(self._shown, "xlsx") from None


class _Remote:
    """A workbook opened in a process of its own, whose memory and time are limited."""

    def __init__(self, content: bytes, kind: Kind, shown: str) -> None:
        self._content, self._kind, self._shown = content, kind, shown
        self.sheets: dict[str, bool] = child.ask(content, None, kind, shown)

    def page(self, name: str) -> child.Page:
        found: child.Page = child.ask(self._content, name, self._kind, self._shown)
        return found


_Book = _Here | _Remote


def _named(wanted: str, sheets: dict[str, bool], shown: str) -> str:
    by_name = {(clean_text(name) or "").casefold(): name for name in sheets}
    found = by_name.get((clean_text(wanted) or "").casefold())
    if found is not None:
        return found
    near = nearest(wanted, list(sheets))
    raise SourceError(
        f"The workbook has no sheet {wanted!r}.",
        where=shown,
        expected=f"a sheet {wanted!r}; the workbook has " + ", ".join(repr(name) for name in sheets),
        todo=(f"Did the office rename it to {near!r}? " if near else "")
        + "Rename the sheet, or change `sheet` of this source in the study.",
        code="sheet_missing",
    )


def _grid(
    book: _Book, parts: XlsxParts | None, name: str, content: bytes, kind: Kind, shown: str, *, declared: bool = False
) -> Grid:
    found = parts.sheet(name) if parts else None
    page = book.page(name)
    rows = _rows(page.rows, f"{shown}, sheet {name}")
    grid = Grid(rows, kind, name)
    if page.merged is not None:
        grid.merged = [(top + 1, bottom + 1, left, right) for (top, left), (bottom, right) in page.merged]
    hidden = [other for other, seen in book.sheets.items() if not seen and other != name]
    grid.hidden += [f"hidden sheet {other!r}, not read" for other in hidden]
    if not book.sheets[name]:
        grid.hidden.append(f"sheet {name!r} is hidden; read, for the study names it")
    others = [other for other, seen in book.sheets.items() if seen and other != name]
    if others and not declared:
        grid.notes.append(f"Sheet {name!r} was read and not " + ", ".join(repr(other) for other in others) + ".")
    if parts is not None and found is not None:
        grid.faults = found.faults
        grid.hidden_rows = frozenset(found.hidden_rows)
        grid.hidden_columns = frozenset(found.hidden_columns)
        grid.serial_shift = DAYS_1904 if parts.from_1904 else 0
        if found.formulas:
            grid.notes.append(f"{found.formulas} cells are formulas; the values stored with them were read.")
    elif kind == "xls":
        xls_parts(content, name, grid)
    elif kind == "xlsb":
        xlsb_parts(content, grid)
        grid.notes.append("Rows and columns that an .xlsb hides are read and cannot be told.")
    elif kind == "ods":
        ods_parts(content, name, grid)
    _show_errors(grid)
    return grid


def _show_errors(grid: Grid) -> None:
    """Put errors such as #REF! into the cells that the reader of values leaves blank."""
    for (row, column), fault in grid.faults.items():
        if fault.startswith("#") and row <= len(grid.rows):
            number, cells = grid.rows[row - 1]
            if column < len(cells):
                grid.rows[row - 1] = (number, [*cells[:column], fault, *cells[column + 1 :]])


def _rows(values: Sequence[Sequence[object]], place: str) -> list[Row]:
    last = len(values)
    while last and all(is_blank(cell) for cell in values[last - 1]):
        last -= 1
    rows: list[Row] = []
    for number, cells in enumerate(values[:last], 1):
        for cell in cells:
            if isinstance(cell, str) and len(cell) > MAX_CELL:
                raise long_cell(f"{place}, row {number}", len(cell))
        rows.append((number, cells))
    return rows
