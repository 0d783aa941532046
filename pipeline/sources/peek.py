"""A look into a file of which no study says anything yet: its sheet, its header and its cells as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from pipeline.errors import SourceError
from pipeline.sources.cells import cell_text
from pipeline.sources.columnar import column_grid
from pipeline.sources.grid import Grid
from pipeline.sources.headings import looks_like_number
from pipeline.sources.html_tables import html_grid
from pipeline.sources.kinds import BOOKS, kind_of
from pipeline.sources.table import MISSING
from pipeline.sources.text_files import SEPARATORS, text_grid
from pipeline.sources.workbooks import workbook_grid

_ENCODINGS = ("utf-8", "utf-16", "windows-1252")
_SEARCHED = 15


@dataclass(frozen=True)
class _Open:
    """A source of which nothing is declared."""

    file: str
    encoding: str = "utf-8"
    separator: str | None = None
    sheet: str | None = None
    decimal: str | None = None
    missing: tuple[str, ...] = ()
    columns: Mapping[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Peek:
    """A file as it looks: how it was opened, and its cells as text under the headings of its header row."""

    grid: Grid
    header_row: int
    frame: pd.DataFrame


def peek(path: Path, shown: str) -> Peek:
    """Open a file of any kind; of several sheets or tables the one with the most rows.

    Raises:
        SourceError: Missing, damaged, locked, or without a header and rows.
    """
    if not path.is_file():
        raise SourceError("The file is missing.", where=shown, todo="Check the path.", code="file_missing")
    grid = _grid(path, shown)
    rows = [(number, [cell_text(cell) for cell in cells]) for number, cells in grid.rows]
    head = max(range(min(len(rows), _SEARCHED)), key=lambda k: (_words(rows[k][1]), -k), default=None)
    if head is None or head + 1 >= len(rows) or _words(rows[head][1]) < 2:
        raise SourceError(
            "No header row was found.",
            where=shown,
            expected="a row of headings above the rows of the table",
            todo="Keep the table alone in the file, with its headings in one row.",
            code="no_header",
        )
    names = {k: text for k, text in enumerate(rows[head][1]) if text}
    twice = sorted({text for text in names.values() if list(names.values()).count(text) > 1})
    if twice:
        raise SourceError(
            f"The heading {twice[0]!r} stands more than once.",
            where=f"{shown}, row {rows[head][0]}",
            expected="each heading once",
            todo="Rename one of the columns.",
            code="column_twice",
        )
    cells = [[_value(row, k) for k in names] for _, row in rows[head + 1 :] if any(row)]
    return Peek(grid, rows[head][0], pd.DataFrame(cells, columns=list(names.values()), dtype=object))


def _value(row: list[str | None], k: int) -> str | None:
    text = row[k] if k < len(row) else None
    return None if text is None or text.casefold() in MISSING else text


def _words(cells: list[str | None]) -> int:
    """Cells of a row that are words and no numbers."""
    return sum(bool(text) and not looks_like_number(text or "") for text in cells)


def _grid(path: Path, shown: str) -> Grid:
    seen: list[Grid] = []

    def keep(grid: Grid) -> bool:
        seen.append(grid)
        return False

    kind, content = kind_of(path.read_bytes(), shown)
    if kind in BOOKS:
        return max([workbook_grid(content, kind, None, shown, keep), *seen], key=lambda grid: len(grid.rows))
    if kind in ("parquet", "dta"):
        return column_grid(content, kind, _Open(path.name), shown, ())
    if kind == "html":
        return max([html_grid(content, _Open(path.name), shown, keep), *seen], key=lambda grid: len(grid.rows))
    return _text(content, path.name, shown)


def _text(content: bytes, name: str, shown: str) -> Grid:
    for encoding in _ENCODINGS:
        grids = []
        try:
            for mark in SEPARATORS:
                grids.append(text_grid(content, _Open(name, encoding, mark), shown))
        except SourceError:
            if encoding == _ENCODINGS[-1] or grids:
                raise
            continue
        return max(grids, key=_columns)
    raise AssertionError("the last encoding reads or raises")


def _columns(grid: Grid) -> int:
    """How many columns most of the first rows have, blank ones not counted."""
    counts = [sum(bool(cell) for cell in cells) for _, cells in grid.rows[:40]]
    return max(set(counts), key=counts.count) if counts else 0
