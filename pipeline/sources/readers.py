"""One way into a raw file, whatever its kind: `read_table`.

A file's furniture (titles above the header, repeated headers, column numbers, totals, notes, blank rows) is set apart
by its form, with row numbers; everything else comes out as text under the names of the declared fields.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from pipeline.errors import SourceError
from pipeline.sources.columnar import parquet_rows
from pipeline.sources.headings import Header, Row, locate, nearest, normalise
from pipeline.sources.table import Aside, RawTable, SourceSpec
from pipeline.sources.text_files import text_rows
from pipeline.sources.workbooks import workbook_rows

WORKBOOK_SUFFIXES = frozenset({".xlsx", ".xlsm"})
_FURNITURE = re.compile(
    r"(?:sub ?-?total|grand total|total|jumlah|catatan|sumber|keterangan ?:|ket\.? ?:|n\.?b\.? ?:|mengetahui|rekapitulasi"
    r"|\*|nihil\b)",
    re.IGNORECASE,
)


def read_table(path: Path, spec: SourceSpec, shown: str, *, may_be_empty: bool = False) -> RawTable:
    """Read a raw file.

    Args:
        path: The file.
        spec: Sheet, encoding, separator, decimal mark and headings, from the study.
        shown: The file's path as messages show it.
        may_be_empty: Whether a header without rows is a valid table (no school in a programme yet).

    Raises:
        SourceError: Missing, empty, damaged, in another encoding or with another separator, without a declared column,
            or with rows of another number of cells than the header.
    """
    _check_there(path, shown)
    is_book = path.suffix.casefold() in WORKBOOK_SUFFIXES
    rows, numeric = _rows(path, spec, shown)
    place = f"{shown}, sheet {spec.sheet}" if is_book and spec.sheet else shown
    if not any(any(cells) for _, cells in rows):
        raise _empty(place, "The file is empty.")
    header = locate(rows, spec.columns, place, two_rows=is_book)
    data, aside = _sort_rows(rows, header)
    if not is_book:
        _check_width(data, rows[header.last][1], place)
    if not data and not may_be_empty:
        raise _empty(place, "The file has a header but no data.")
    fields = list(spec.columns)
    frame = pd.DataFrame(
        {name: [_cell(cells, header.columns[name]) for _, cells in data] for name in fields},
        index=pd.Index([number for number, _ in data], name="row", dtype="int64"),
        columns=fields,
        dtype=object,
    )
    numbers = {name: numeric[column] for name, column in header.columns.items() if column in numeric}
    return RawTable(shown, spec.sheet if is_book else None, frame, header.headings, tuple(aside), numbers)


def _rows(path: Path, spec: SourceSpec, shown: str) -> tuple[list[Row], dict[int, frozenset[int]]]:
    suffix = path.suffix.casefold()
    if suffix in WORKBOOK_SUFFIXES:
        return workbook_rows(path, spec, shown)
    if suffix == ".parquet":
        return parquet_rows(path, spec, shown), {}
    return text_rows(path, spec, shown), {}


def _check_there(path: Path, shown: str) -> None:
    if not path.parent.is_dir():
        raise SourceError(
            "The year's folder is missing.",
            where=str(Path(shown).parent),
            expected=f"a folder with the file {path.name}",
            todo="Put the files that the offices sent for this year into this folder.",
        )
    if not path.is_file():
        names = sorted(p.name for p in path.parent.iterdir() if p.is_file())
        near = nearest(path.name, names)
        raise SourceError(
            "The file is missing.",
            where=shown,
            expected=f"a file called {path.name}",
            todo=(f"Is it the file called {near!r}? " if near else "")
            + "Put the file there under this name; if none can exist for this year, say so in the study"
            " (`absent_periods` of its source).",
        )
    if path.stat().st_size == 0:
        raise _empty(shown, "The file is empty (0 bytes).")


def _empty(place: str, what: str) -> SourceError:
    return SourceError(what, where=place, expected="a header and rows", todo="Ask the office to send the file again.")


def _cell(cells: Sequence[str | None], column: int) -> str | None:
    return cells[column] if column < len(cells) else None


def _sort_rows(rows: Sequence[Row], header: Header) -> tuple[list[Row], list[Aside]]:
    data: list[Row] = []
    aside = [Aside(number, "title_row") for number, cells in rows[: header.first] if any(cells)]
    for number, cells in rows[header.last + 1 :]:
        rule = _furniture(cells, header)
        if rule is None:
            data.append((number, cells))
        else:
            aside.append(Aside(number, rule))
    return data, aside


def _furniture(cells: Sequence[str | None], header: Header) -> str | None:
    """The rule by which a row below the header is no data, or None."""
    filled = [cell for cell in cells if cell]
    if not filled:
        return "blank_row"
    if _FURNITURE.match(filled[0]):
        return "total_or_note"
    declared = {name: _cell(cells, column) for name, column in header.columns.items()}
    known = {name: text for name, text in declared.items() if text}
    if len(known) > 1 and all(normalise(text) == normalise(header.headings[name]) for name, text in known.items()):
        return "header_again"
    counts = [text.strip("()") for text in filled]
    if len(counts) > 2 and counts == [str(i) for i in range(1, len(counts) + 1)]:
        return "header_again"  # the row of column numbers under a header
    if len(header.columns) > 2 and len(known) <= 1 and len(filled) <= 2:
        return "not_a_table_row"  # a line of text: a note, a signature
    return None


def _check_width(data: Sequence[Row], header_cells: Sequence[str | None], place: str) -> None:
    width = len(header_cells)
    for number, cells in data:
        extra = any(cells[width:])
        if len(cells) < width or extra:
            raise SourceError(
                f"A row has {len(cells)} cells where the header has {width}.",
                where=f"{place}, row {number}",
                expected="as many cells as the header, with the separator inside a cell put in quotation marks",
                todo="Correct this line in the office's export.",
            )
