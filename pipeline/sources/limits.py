"""How much a file may hold before it is refused in one sentence, so that no file takes the machine down with it."""

from __future__ import annotations

from pipeline.errors import SourceError

MAX_CELLS = 5_000_000
"""Cells of a sheet, blank ones between the first and the last included; of a column file, cells of declared columns."""
MAX_TEXT_CELLS = 20_000_000
"""Cells of a text file, whose blank cells cost little."""
MAX_PART = 300_000_000
"""Bytes of one part of a workbook after unpacking, and of all texts that its cells hold."""
MAX_CELL = 1_000_000
"""Characters of one cell."""
MAX_CHILD = 1_500_000_000
"""Bytes of memory of the process that opens kinds whose size cannot be told beforehand."""
CHILD_SECONDS = 120


def too_many_cells(shown: str, rows: int, columns: int, outermost: str = "", *, most: int = MAX_CELLS) -> SourceError:
    """The error for a table of more cells than are read."""
    return SourceError(
        f"The table has {rows:,} rows by {columns:,} columns, more than the {most:,} cells that are read.",
        where=shown + (f", {outermost}" if outermost else ""),
        expected="the rows and columns of the table, and nothing far away from it",
        todo="Delete the rows and columns beyond the table, or save the columns that the study names as CSV.",
        code="too_large",
    )


def too_large(shown: str, what: str) -> SourceError:
    """The error for a part that unpacks to more bytes than are read."""
    return SourceError(
        f"{what} unpacks to more than {MAX_PART // 1_000_000} MB.",
        where=shown,
        expected="a table of the size of the others of its kind",
        todo="Save the columns that the study names as CSV.",
        code="too_large",
    )


def long_cell(where: str, length: int) -> SourceError:
    """The error for a cell of more text than any table holds."""
    return SourceError(
        f"A cell holds {length:,} characters, more than {MAX_CELL:,}.",
        where=where,
        expected="a cell of a table",
        todo="Empty this cell; a quotation mark that does not close swallows all that follows.",
        code="long_cell",
    )
