"""Tables of an HTML page, which offices' systems hand out under the name .xls."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import html

from pipeline.errors import SourceError
from pipeline.sources.cells import clean_text
from pipeline.sources.grid import Grid, Merged, Row
from pipeline.sources.limits import MAX_CELL, MAX_CELLS, MAX_PART, long_cell, too_large, too_many_cells
from pipeline.sources.table import SourceSpec
from pipeline.sources.text_files import decode

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)


def html_grid(content: bytes, spec: SourceSpec, shown: str, fits: Callable[[Grid], bool]) -> Grid:
    """The table of the page that holds the declared headings, as text; every row with its number in the table.

    Raises:
        SourceError: No table, or several that hold the headings; not in its encoding; or too large.
    """
    if len(content) > MAX_PART:
        raise too_large(shown, "The page")
    named = _CHARSET.search(content[:4000])
    text, used = decode(content, named[1].decode() if named else spec.encoding, shown)
    try:
        page = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    except (ValueError, html.etree.ParserError):
        page = html.document_fromstring("<html/>")
    tables = [table for table in page.iter("table") if not list(table.iterdescendants("table"))]
    grids = [_grid(table, shown, used) for table in tables]
    fitting = [grid for grid in grids if fits(grid)]
    if not grids or len(fitting) > 1:
        raise SourceError(
            f"The page holds {len(fitting) or 'no'} tables with the declared headings."
            if grids
            else "The page holds no table.",
            where=shown,
            expected="one table with the declared headings",
            todo="Open it in a spreadsheet, keep the one table that is meant, and save it as .xlsx.",
            code="several_tables",
        )
    return fitting[0] if fitting else max(grids, key=lambda grid: len(grid.rows))


def _grid(table: html.HtmlElement, shown: str, encoding: str) -> Grid:
    rows: list[Row] = []
    merged: list[Merged] = []
    hidden: set[int] = set()
    covered: dict[tuple[int, int], bool] = {}
    count = 0
    for number, row in enumerate(table.iter("tr"), 1):
        cells: dict[int, str | None] = {}
        column = 0
        for cell in row.iterchildren("td", "th"):
            while covered.pop((number, column), False):
                column += 1
            wide, tall = _span(cell, "colspan"), _span(cell, "rowspan")
            text = "".join(cell.itertext())
            if len(text) > MAX_CELL:
                raise long_cell(f"{shown}, row {number}", len(text))
            cells[column] = clean_text(text)
            count += wide
            if count > MAX_CELLS or tall * wide > MAX_CELLS:
                raise too_many_cells(shown, number, column + wide)
            if wide > 1 or tall > 1:
                merged.append((number, number + tall - 1, column, column + wide - 1))
                covered |= {(number + i, column + k): True for i in range(1, min(tall, 1000)) for k in range(wide)}
            column += wide
        if "display:none" in (row.get("style") or "").replace(" ", "").casefold():
            hidden.add(number)
        width = max(cells, default=-1) + 1
        rows.append((number, [cells.get(i) for i in range(width)]))
    return Grid(rows, "html", encoding=encoding, merged=merged, hidden_rows=frozenset(hidden))


def _span(cell: html.HtmlElement, name: str) -> int:
    text = (cell.get(name) or "1").strip()
    return max(1, min(int(text), MAX_CELLS)) if text.isdigit() and len(text) < 9 else 1
