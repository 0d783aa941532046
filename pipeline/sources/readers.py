"""One way into a raw file, whatever its kind: `read_table`.

What the file is, is told by its bytes. A file's furniture (titles above the header, repeated headers, column numbers,
totals, notes, blank rows) is set apart by its shape, with row numbers; everything else comes out as text under the names
of the declared fields. How the file was read is kept beside the table (`pipeline.sources.reading`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

import pandas as pd

from pipeline.errors import Faults, SourceError
from pipeline.sources.cells import cell_text, is_blank
from pipeline.sources.columnar import column_grid
from pipeline.sources.decimals import Style, decide
from pipeline.sources.furniture import RowTeller
from pipeline.sources.grid import Grid
from pipeline.sources.headings import (
    MOST_LEVELS,
    SEARCHED_ROWS,
    Header,
    Row,
    Wanted,
    locate,
    looks_like_number,
    nearest,
)
from pipeline.sources.html_tables import html_grid
from pipeline.sources.kinds import BOOKS, kind_of
from pipeline.sources.reading import Furniture, Reading
from pipeline.sources.table import MISSING, Aside, Fields, RawTable, SourceSpec
from pipeline.sources.text_files import text_grid
from pipeline.sources.workbooks import workbook_grid

_FAULTS = {
    "formula": (
        "A cell is a formula without a stored value.",
        "a value: the program that wrote the workbook did not calculate it",
        "Open the workbook in a spreadsheet and save it, so that values are stored; or paste the column as values.",
    ),
    "zero": (
        "A cell is a formula whose stored value is the 0 of a program that does not calculate.",
        "a calculated value: the workbook asks to be calculated when it is opened",
        "Open the workbook in a spreadsheet and save it, so that values are stored; or paste the column as values.",
    ),
}


class Whole(Protocol):
    """What is known of all rows of a file of which only some are in memory (`pipeline.sources.large`)."""

    def teller(self, rows: Sequence[Row], header: Header, marks: Mapping[int, str]) -> RowTeller:
        """Who tells the furniture among these rows, minding all others."""
        ...

    def style(self, name: str, aside: set[int]) -> Style:
        """The style of a column of numbers, from all rows but those `aside`."""
        ...


def read_table(
    path: Path, spec: SourceSpec, shown: str, *, may_be_empty: bool = False, fields: Fields | None = None
) -> RawTable:
    """Read a raw file.

    Args:
        path: The file.
        spec: Sheet, encoding, separator, decimal mark, words for missing values and headings, from the study.
        shown: The file's path as messages show it.
        may_be_empty: Whether a header without rows is a valid table (no school in a programme yet).
        fields: What is known of the fields; nothing where not given.

    Raises:
        SourceError: Missing, empty, damaged, locked, in another encoding or with another separator, without a declared
            column, with a declared column cut off, with formulas without values, with numbers that can be read in two
            ways, or larger than what is read.
    """
    check_there(path, shown, yearly=hasattr(spec, "absent_periods"))
    fields = fields or Fields()
    grid = _grid(path.read_bytes(), spec, shown, fields)
    place = f"{shown}, sheet {grid.sheet}" if grid.sheet else shown + (" (an HTML page)" if grid.kind == "html" else "")
    if not any(not is_blank(cell) for _, cells in grid.rows for cell in cells):
        closed = (
            "The sheet is empty; the workbook has a " + grid.hidden[0] + "." if grid.hidden else "The file is empty."
        )
        raise empty_file(place, closed)
    header = locate(head_of(grid), Wanted(spec.columns, place, fields.keys, fields.versions), grid.merged)
    return table_of(grid, header, spec, shown, place, fields, may_be_empty=may_be_empty)


def _grid(content: bytes, spec: SourceSpec, shown: str, fields: Fields) -> Grid:
    def fits(grid: Grid) -> bool:
        try:
            locate(head_of(grid), Wanted(spec.columns, shown, fields.keys, fields.versions), grid.merged)
        except SourceError:
            return False
        return True

    kind, content = kind_of(content, shown)
    if kind in BOOKS:
        return workbook_grid(content, kind, spec.sheet, shown, fits)
    check_no_sheet(spec, shown)
    if kind in ("parquet", "dta"):
        return column_grid(content, kind, spec, shown, fields.numbers)
    if kind == "html":
        return html_grid(content, spec, shown, fits)
    return text_grid(content, spec, shown)


def head_of(grid: Grid) -> list[Row]:
    return [(number, [cell_text(c) for c in cells]) for number, cells in grid.rows[: SEARCHED_ROWS + MOST_LEVELS]]


def table_of(
    grid: Grid, header: Header, spec: SourceSpec, shown: str, place: str, fields: Fields, *, may_be_empty: bool,
    whole: Whole | None = None,
) -> RawTable:  # fmt: skip
    """The raw table of a grid; of a file larger than memory the grid holds some rows, and `whole` speaks for all."""
    below = grid.rows[header.last + 1 :]
    texts: list[Row] = below  # type: ignore[assignment]  # the cells of a text file are clean texts as they are read
    if grid.kind != "text":
        texts = [(number, [cell_text(cell) for cell in cells]) for number, cells in below]
    marks = {i: spec.decimal for name in fields.numbers for i in header.columns.get(name, ()) if spec.decimal}
    tell = RowTeller(texts, header, marks) if whole is None else whole.teller(texts, header, marks)
    data, aside, parts = _sort_rows(texts, grid.rows[: header.first], tell)
    if grid.kind == "text":
        _check_width(data, len(grid.rows[header.last][1]), header, place)
    if not data and not may_be_empty and whole is None:
        raise empty_file(place, "The file has a header but no data.")
    faults = Faults()
    _check_faults(grid, header, [number for number, _ in data], place, faults)
    blanks = MISSING | {str(word).casefold() for word in spec.missing}
    raw = dict(below)
    columns: dict[str, list[str | None]] = {}
    styles: dict[str, Style] = {}
    numbers: dict[str, frozenset[int]] = {}
    notes = [*grid.notes, *parts.notes]
    if spec.separator is not None and grid.separator is None:
        notes.append("The study names a separator; a file of this kind has none.")
    for name in spec.columns:
        cells: list[str | None] = [None] * len(data)
        with faults.kept():
            cells = _column(data, header, name, place, notes)
        words = {cell for cell in set(cells) if cell is not None and cell.casefold() in blanks}
        cells = [None if cell in words else cell for cell in cells] if words else cells
        asked = grid.kind in BOOKS or name in fields.numbers
        figures = _figures(data, raw, header.columns[name][0]) if asked else frozenset()
        if figures and grid.kind in BOOKS:
            numbers[name] = figures
        if name in fields.numbers:
            with faults.kept():
                told = None if whole is None else whole.style(name, {row.row for row in aside})
                cells, styles[name] = _numbers(cells, data, raw, figures, header, name, spec, place, fields, told)
        elif name in fields.dates and grid.serial_shift:
            cells = _shifted(cells, figures, data, grid.serial_shift)
        columns[name] = cells
    faults.stop()
    if grid.serial_shift and set(fields.dates) & set(spec.columns):
        notes.append("The workbook counts days from 1904; serial numbers of dates were read so.")
    frame = pd.DataFrame(
        columns,
        index=pd.Index([number for number, _ in data], name="row", dtype="int64"),
        columns=list(spec.columns),
        dtype=object,
    )
    reading = Reading(
        shown, grid.kind, grid.sheet, tuple(number for number, _ in grid.rows[header.first : header.last + 1]),
        grid.encoding, grid.separator, {name: str(style) for name, style in styles.items()},
        [*grid.hidden, *_hidden(grid, header, {number for number, _ in data})], parts.furniture(aside), notes,
    )  # fmt: skip
    return RawTable(
        shown, grid.sheet, frame, header.headings, tuple(aside), numbers,
        {name: style.mark for name, style in styles.items()},
        {name: style.others for name, style in styles.items() if style.others}, reading,
    )  # fmt: skip


def check_there(path: Path, shown: str, *, yearly: bool = True) -> None:
    if not path.parent.is_dir():
        raise SourceError(
            "The year's folder is missing.",
            where=str(Path(shown).parent),
            expected="a folder a year, with the files that the study names",
            todo="Put the files that the offices sent for this year into this folder.",
            code="folder_missing",
        )
    if not path.is_file():
        names = sorted(p.name for p in path.parent.iterdir() if p.is_file())
        near = nearest(path.name, names)
        raise SourceError(
            "The file is missing.",
            where=shown,
            expected=f"a file called {path.name}",
            todo=(f"Is it the file called {near!r}? " if near else "")
            + "Put the file there under this name"
            + (
                "; if none can exist for this year, say so in the study (`absent_periods` of its source)."
                if yearly
                else ", or name the file that lies there under `panel.file`."
            ),
            code="file_missing",
        )
    if path.stat().st_size == 0:
        raise empty_file(shown, "The file is empty (0 bytes).")


def check_no_sheet(spec: SourceSpec, shown: str) -> None:
    """Refuse a sheet that the study names of a file that can have none.

    Raises:
        SourceError: The study names one.
    """
    if spec.sheet is not None:
        raise SourceError(
            f"The study names the sheet {spec.sheet!r}, and the file has no sheets.",
            where=shown,
            expected="a workbook",
            todo="Take `sheet` out of the study, or ask the office for the workbook.",
            code="sheet_missing",
        )


def empty_file(place: str, what: str) -> SourceError:
    return SourceError(
        what,
        where=place,
        expected="a header and rows",
        todo="Ask the office to send the file again.",
        code="file_empty",
    )


class _Apart:
    """Rows set apart by their form, with the words that may be shown of them."""

    def __init__(self) -> None:
        self.words: dict[int, str] = {}
        self.notes: list[str] = []

    def furniture(self, aside: Sequence[Aside]) -> list[Furniture]:
        counts = Counter(row.rule for row in aside)
        found = []
        for rule in counts:
            rows = [row.row for row in aside if row.rule == rule][:3]
            shown = tuple(f"row {row}" + (f": {self.words[row]}" if self.words.get(row) else "") for row in rows)
            found.append(Furniture(rule, counts[rule], shown))
        return found


def _sort_rows(
    rows: Sequence[Row], above: Sequence[tuple[int, Sequence[object]]], tell: RowTeller
) -> tuple[list[Row], list[Aside], _Apart]:
    """Rows of data, rows that are none, and what may be said of these."""
    aside = [Aside(number, "title_row") for number, cells in above if any(not is_blank(cell) for cell in cells)]
    apart = _Apart()
    data: list[Row] = []
    for number, cells in rows:
        found = tell.rule(number, cells)
        if found is None:
            data.append((number, cells))
        else:
            aside.append(Aside(number, found[0]))
            apart.words[number] = found[1]
    if tell.wrong_totals:
        places = ", ".join(map(str, tell.wrong_totals[:3]))
        apart.notes.append(
            f"rows of totals that the rows above do not add up to: {len(tell.wrong_totals)} (row {places}); "
            "rows may be missing, or the totals are old."
        )
    return data, aside, apart


def _check_width(data: Sequence[Row], width: int, header: Header, place: str) -> None:
    """Refuse rows whose cells are cut or shifted; a row that only lacks cells which nothing reads is whole."""
    needed = max(i for hits in header.columns.values() for i in hits) + 1
    for number, cells in data:
        if len(cells) < needed or any(cells[width:]):
            raise SourceError(
                f"A row has {len(cells)} cells where the header has {width}.",
                where=f"{place}, row {number}",
                expected="as many cells as the header, with the separator inside a cell put in quotation marks",
                todo="Correct this line in the office's export; if it is the last one, the file was cut.",
                code="row_cut",
            )


def _check_faults(grid: Grid, header: Header, rows: Sequence[int], place: str, faults: Faults) -> None:
    here = set(rows)
    for name, hits in header.columns.items():
        for column in hits:
            bad = sorted(row for row, at in grid.faults if at == column and row in here)
            told = [row for row in bad if grid.faults[row, column] in _FAULTS]
            if told:
                what, expected, todo = _FAULTS[grid.faults[told[0], column]]
                more = f" ({len(told)} such cells in this column)" if len(told) > 1 else ""
                faults.meet(
                    SourceError(
                        what[:-1] + f"{more}.",
                        where=f"{place}, row {told[0]}, column {header.headings[name]}",
                        expected=expected,
                        todo=todo,
                        code="formula",
                    )
                )


def _column(data: Sequence[Row], header: Header, name: str, place: str, notes: list[str]) -> list[str | None]:
    """A field's cells; where a form's versions gave it several columns, the one that is filled."""
    first, *others = header.columns[name]
    cells = [row[first] if first < len(row) else None for _, row in data]
    for column in others:
        for k, (number, row) in enumerate(data):
            text = row[column] if column < len(row) else None
            if text is not None and cells[k] is not None and text != cells[k]:
                raise SourceError(
                    "Two columns hold the same item, and differ in a row.",
                    where=f"{place}, row {number}, column {header.headings[name]}",
                    expected="an item of two versions of a form in one of its columns",
                    todo="Ask which column holds, and take the other one out of the export.",
                    code="two_versions",
                )
            cells[k] = cells[k] if text is None else text
    if others:
        notes.append(f"{len(others) + 1} columns hold {name}; in each row the one that is filled was read.")
    return cells


def _figures(data: Sequence[Row], raw: Mapping[int, Sequence[object]], column: int) -> frozenset[int]:
    """Rows whose cell is a number in the file, not text."""
    found = []
    for number, _ in data:
        cells = raw[number]
        if column < len(cells) and type(cells[column]) in (int, float) and cells[column] == cells[column]:
            found.append(number)
    return frozenset(found)


def _numbers(
    cells: list[str | None], data: Sequence[Row], raw: Mapping[int, Sequence[object]],
    figures: frozenset[int], header: Header, name: str,
    spec: SourceSpec, place: str, fields: Fields, told: Style | None = None,
) -> tuple[list[str | None], Style]:  # fmt: skip
    """A column of numbers in its own style (`told` where it is known already): cells that are numbers in the file are
    written in it."""
    column = header.columns[name][0]
    texts = {
        number: cell
        for (number, _), cell in zip(data, cells, strict=True)
        if cell is not None and number not in figures
    }
    where = f"{place}, column {header.headings[name]}"
    style = told or style_of(texts, bool(figures), spec.decimal, where, fields.decimal_key)
    if style.mark == ",":
        cells = [
            cell_text(raw[number][column], ",") if number in figures else cell
            for (number, _), cell in zip(data, cells, strict=True)
        ]
    return cells, style


def style_of(texts: Mapping[int, str], figures: bool, declared: str | None, where: str, key: str) -> Style:
    """A column's style from its cells that are text, and whether others are numbers in the file (`decimals.decide`)."""
    style = decide(texts, declared, where, key)
    if figures and not any(looks_like_number(text) for text in texts.values()):
        style = Style(style.mark, "numbers in the file, not text", style.others)
    return style


def _shifted(cells: list[str | None], figures: frozenset[int], data: Sequence[Row], days: int) -> list[str | None]:
    """Serial numbers of dates that count from 1904, as those that count from 1900."""
    out = []
    for (number, _), cell in zip(data, cells, strict=True):
        out.append(cell_text(float(cell) + days) if number in figures and cell is not None else cell)
    return out


def _hidden(grid: Grid, header: Header, rows: set[int]) -> list[str]:
    said = []
    if count := len(grid.hidden_rows & rows):
        said.append(f"{count} rows of the table are hidden or filtered out in the sheet; read")
    said += [
        f"column {header.headings[name]} is hidden in the sheet; read"
        for name, hits in header.columns.items()
        if grid.hidden_columns & set(hits)
    ]
    return said
