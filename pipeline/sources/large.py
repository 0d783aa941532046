"""A table larger than memory: its columns are looked through, and only the rows that are asked for come out of it.

The rules stay where they are. A column of few different texts (schools, grades, dates, scores) is judged text by text by
the same functions that judge a small file; rows in which anything is out of the ordinary come out as the reader of small
files would have read them. What is left are rows that keep every rule: of these numbers are enough.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import itemgetter

import numpy as np
import pandas as pd

from pipeline.errors import SourceError
from pipeline.sources.cells import cell_text, clean_text
from pipeline.sources.coded import Coded, Coder
from pipeline.sources.decimals import Style
from pipeline.sources.furniture import RowTeller
from pipeline.sources.grid import Grid
from pipeline.sources.headings import Header, Row
from pipeline.sources.large_furniture import WholeTeller
from pipeline.sources.parts import Batch, Part
from pipeline.sources.readers import empty_file, style_of, table_of
from pipeline.sources.table import MISSING, Fields, RawTable, SourceSpec
from pipeline.sources.values import parse_number
from pipeline.uncollected import uncollected

MOST_ROWS = 3_000_000
"""Rows out of the ordinary that are taken into memory: where there are more, no tolerance would let the file pass."""


@dataclass
class LargeTable:
    """A table that stays in its files.

    Attributes:
        parts: Where its rows are.
        header: Where its header stands.
        grid: Its header and the rows above it, and how it was read.
        spec, fields: What the study and the caller say of it.
        shown: Its place as messages show it.
        irregular: Rows with more or fewer cells than the header, as they are; of a text known when it has been scanned.
    """

    parts: Sequence[Part]
    header: Header
    grid: Grid
    spec: SourceSpec
    fields: Fields
    shown: str
    irregular: Mapping[int, Sequence[str | None]] = field(default_factory=dict)
    _coded: dict[str, Coded] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """Columns of the table, those that the study does not name among them."""
        return len(self.grid.rows[self.header.last][1])

    @cached_property
    def rows(self) -> int:
        """Rows below the header."""
        return sum(part.count for part in self.parts)

    def place(self, name: str) -> int:
        """The place of a declared field's column."""
        return self.header.columns[name][0]

    def scan(self, columns: Sequence[int], few: Sequence[int] = ()) -> Iterator[Batch]:
        """Columns by their places, batch by batch in the file's order (`parts.Part.scan`)."""
        for part in self.parts:
            for batch in part.scan(columns, few):
                self.refuse_many(len(self.irregular))
                yield batch

    def code(self, names: Sequence[str], also: Sequence[int] = ()) -> Iterator[Batch]:
        """Look through the file once: fields of few different texts are coded, further columns handed out batch by batch.

        Args:
            names: The fields; after the last batch `coded` has them.
            also: Places of the columns that the batches hold.
        """
        few = [self.place(name) for name in names]
        coders = [Coder(self.rows) for _ in names]
        for batch in self.scan([*few, *also], few):
            for coder, cells in zip(coders, batch.columns, strict=False):
                coder.add(batch.rows, cells)
            yield replace(batch, columns=batch.columns[len(few) :])
        self._coded |= {name: coder.done(self.text_of) for name, coder in zip(names, coders, strict=True)}

    def coded(self, name: str) -> Coded:
        """A declared field by its different cells."""
        if name not in self._coded:
            for _ in self.code([name]):
                pass
        return self._coded[name]

    @cached_property
    def blanks(self) -> frozenset[str]:
        """Words for no value, in lower case."""
        return MISSING | {str(word).casefold() for word in self.spec.missing}

    def style(self, name: str, aside: Sequence[tuple[int, object]] = ()) -> Style:
        """The style of a column of numbers, from all of its cells but those of rows `aside`.

        Raises:
            SourceError: It can be read in two ways (`decimals.decide`).
        """
        gone = Counter(cell_text(cell) for _, cell in aside)
        grouped = self.coded(name).frame.groupby(["text", "figure"], sort=False, as_index=False)
        frame = grouped.agg(rows=("rows", "sum"), first=("first", "min"))
        frame = frame.assign(left=frame["rows"] - [gone[text] for text in frame["text"]])
        frame = frame[frame["left"] > 0]
        texts = frame[~frame["figure"]]
        where = f"{self.shown}, column {self.header.headings[name]}"
        cells = {int(row): str(text) for row, text in zip(texts["first"], texts["text"], strict=True)}
        style = style_of(cells, bool(frame["figure"].any()), self.spec.decimal, where, self.fields.decimal_key)
        if self.spec.decimal is None:
            return style
        other = "," if style.mark == "." else "."
        strange = [
            rows
            for text, rows in zip(texts["text"], texts["left"], strict=True)
            if ("," in text or "." in text)
            and parse_number(text, style.mark) is None
            and parse_number(text, other) is not None
        ]
        return replace(style, others=int(sum(strange)))

    def written(self, name: str, mark: str) -> pd.Series:
        """The texts of a column of numbers by its different cells: those that are numbers in the file in its own style."""
        frame = self.coded(name).frame
        if mark == ".":
            return frame["text"]
        cells = zip(frame["raw"], frame["text"], frame["figure"], strict=True)
        texts = [cell_text(r, mark) if figure else text for r, text, figure in cells]
        return pd.Series(texts, index=frame.index, dtype=object)

    @uncollected()
    def read(self, rows: np.ndarray, at: np.ndarray, told: Mapping[str, Sequence[object]]) -> RawTable:
        """Some rows as the reader of small files reads them, furniture set apart.

        Args:
            rows: Their numbers.
            at: Their places in the order in which rows were scanned, for fields that are coded.
            told: Fields whose cells in these rows are known; the file is not asked for them again.

        Raises:
            SourceError: What the reader of small files refuses.
        """
        order = np.argsort(rows, kind="stable")
        rows, at = rows[order], at[order]
        columns: dict[int, Sequence[object]] = {
            self.place(name): coded.by_code(coded.frame["raw"], object)[coded.codes[at]].tolist()
            for name, coded in self._coded.items()
        }
        columns |= {self.place(name): [cells[k] for k in order] for name, cells in told.items()}
        others = [i for i in range(self.width) if i not in columns]
        if others:
            found = sorted((record for part in self.parts for record in part.records(rows, others)), key=itemgetter(0))
            columns |= {i: [cells[k] for _, cells in found] for k, i in enumerate(others)}
        whole: Iterator[Sequence[object]] = zip(*(columns[i] for i in range(self.width)), strict=True)
        below = [(row, self.irregular.get(row, cells)) for row, cells in zip(rows.tolist(), whole, strict=True)]
        if self.grid.kind == "text":
            below = [(row, [clean_text(str(c)) if c is not None else None for c in cells]) for row, cells in below]
        grid = replace(self.grid, rows=[*self.grid.rows[: self.header.last + 1], *below])
        known = _Known(self, dict(below))
        return table_of(
            grid, self.header, self.spec, self.shown, self.shown, self.fields, may_be_empty=True, whole=known
        )

    def refuse_many(self, count: int) -> None:
        """Refuse a table of which so many rows are to be read one by one.

        Raises:
            SourceError: Too many to be exceptions.
        """
        if count > MOST_ROWS:
            raise too_many(count, self.rows, self.shown)

    def refuse_empty(self) -> None:
        """Refuse a table without rows.

        Raises:
            SourceError: A header and no rows.
        """
        if not self.rows:
            raise empty_file(self.shown, "The file has a header but no data.")

    def text_of(self, cell: object) -> str | None:
        """A cell as the readers read it: None where blank or a word for no value."""
        text = cell_text(cell)
        return None if text is not None and text.casefold() in self.blanks else text


class _Known:
    """What `table_of` asks about the rows that are not in memory."""

    def __init__(self, table: LargeTable, rows: Mapping[int, Sequence[object]]) -> None:
        self._table, self._rows = table, rows

    def teller(self, rows: Sequence[Row], header: Header, marks: Mapping[int, str]) -> RowTeller:
        return WholeTeller(self._table, rows, header, marks)

    def style(self, name: str, aside: set[int]) -> Style:
        column = self._table.header.columns[name][0]
        cells = [(row, self._rows[row][column]) for row in aside if row in self._rows and column < len(self._rows[row])]
        return self._table.style(name, cells)


def too_many(count: int, rows: int, shown: str) -> SourceError:
    """The error for a file in which too many rows are out of the ordinary to be looked at one by one."""
    return SourceError(
        f"{count:,} of {rows:,} rows break a rule or are written in an unusual way, more than the {MOST_ROWS:,} that are"
        " looked at one by one.",
        where=shown,
        expected="a table of which nearly all rows keep the rules",
        todo="Look at the first rows of the file: is a column another one than the study names, or the school list of"
        " another year?",
        code="too_many_exceptions",
    )
