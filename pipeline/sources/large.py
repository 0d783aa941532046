"""A table larger than memory: an engine holds it, and only the rows that are asked for come out of it.

The rules stay where they are. A column of few different texts (schools, grades, dates, scores) is judged text by text by
the same functions that judge a small file; rows in which anything is out of the ordinary come out as the reader of small
files would have read them. What is left are rows that keep every rule: these can stay with the engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pipeline.errors import SourceError
from pipeline.sources.cells import cell_text, clean_text
from pipeline.sources.decimals import Style
from pipeline.sources.furniture import WORD, RowTeller, Shape
from pipeline.sources.grid import Grid
from pipeline.sources.headings import Header, Row, looks_like_number
from pipeline.sources.readers import empty_file, style_of, table_of
from pipeline.sources.table import MISSING, Fields, RawTable, SourceSpec
from pipeline.sources.values import parse_number

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

MOST_ROWS = 3_000_000
"""Rows out of the ordinary that are taken into memory: where there are more, no tolerance would let the file pass."""
_BATCH = 1 << 20


@dataclass(frozen=True)
class Distinct:
    """The different cells of a column.

    Attributes:
        frame: `raw` (as the engine holds it), `text` (as the readers read it; None where blank or a word for no value),
            `figure` (whether it is a number in the file), `rows`, `first` (number of the first such row).
    """

    frame: pd.DataFrame


@dataclass
class LargeTable:
    """A table that an engine holds.

    Attributes:
        connection: The engine.
        relation: SQL of its rows: `row` (number from 1) and the columns `c0`, `c1` … in the file's order.
        header: Where its header stands.
        grid: Its header and the rows above it, and how it was read.
        spec, fields: What the study and the caller say of it.
        shown: Its place as messages show it.
        irregular: Rows with more or fewer cells than the header, as they are; they are in `relation`, too.
    """

    connection: DuckDBPyConnection
    relation: str
    header: Header
    grid: Grid
    spec: SourceSpec
    fields: Fields
    shown: str
    irregular: Mapping[int, Sequence[str | None]] = field(default_factory=dict)
    _distinct: dict[str, Distinct] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """Columns of the table, those that the study does not name among them."""
        return len(self.grid.rows[self.header.last][1])

    @cached_property
    def rows(self) -> int:
        """Rows below the header."""
        return int(self.one(f"SELECT count(*) FROM {self.relation}")[0])

    def column(self, name: str) -> str:
        """A declared field's column in SQL."""
        return f"c{self.header.columns[name][0]}"

    def type_of(self, name: str) -> str:
        """The engine's type of a declared field."""
        return str(self.one(f"SELECT typeof(any_value({self.column(name)})) FROM {self.relation}")[0])

    def distinct(self, name: str) -> Distinct:
        """The different cells of a declared field, as the readers read them; in the engine the table `cells_<field>`."""
        if name not in self._distinct:
            self.connection.execute(
                f"CREATE OR REPLACE TABLE memory.main.cells_{name} AS SELECT {self.column(name)} AS raw, count(*) AS rows,"
                f" min(row) AS first FROM {self.relation} GROUP BY 1"
            )
            found = self.connection.execute(
                f"SELECT raw, rows, first FROM memory.main.cells_{name} ORDER BY first"
            ).fetchall()
            cells = [cell for cell, _, _ in found]
            frame = pd.DataFrame(
                {
                    "raw": pd.Series(cells, dtype=object),
                    "text": pd.Series([self.text_of(cell) for cell in cells], dtype=object),
                    "figure": [type(cell) in (int, float) and cell == cell for cell in cells],
                    "rows": [rows for _, rows, _ in found],
                    "first": [first for _, _, first in found],
                }
            )
            self._distinct[name] = Distinct(frame)
        return self._distinct[name]

    @cached_property
    def blanks(self) -> frozenset[str]:
        """Words for no value, in lower case."""
        return MISSING | {str(word).casefold() for word in self.spec.missing}

    def style(self, name: str, aside: Sequence[tuple[int, object]] = ()) -> Style:
        """The style of a column of numbers, from all of its cells but those of rows `aside`.

        Raises:
            SourceError: It can be read in two ways (`decimals.decide`).
        """
        frame = self.distinct(name).frame
        gone = pd.Series([cell for _, cell in aside], dtype=object).value_counts() if aside else pd.Series(dtype=int)
        left = frame["rows"] - frame["raw"].map(gone).fillna(0).astype(int)
        frame = frame.assign(left=left)[left > 0]
        texts = frame[frame["text"].notna() & ~frame["figure"]]
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
        frame = self.distinct(name).frame
        if mark == ".":
            return frame["text"]
        cells = zip(frame["raw"], frame["text"], frame["figure"], strict=True)
        return pd.Series([cell_text(r, mark) if figure else text for r, text, figure in cells], dtype=object)

    def batches(self, name: str) -> Iterator[tuple[np.ndarray, pa.Array]]:
        """Row numbers and cells of a column, in the file's order, a million at a time."""
        found = self.connection.execute(f"SELECT row, {self.column(name)} FROM {self.relation}")
        for batch in (
            found.to_arrow_reader(_BATCH) if hasattr(found, "to_arrow_reader") else found.fetch_record_batch(_BATCH)
        ):
            yield batch.column(0).to_numpy(), batch.column(1)

    def read(self, wanted: str, count: int, values: Sequence[str] = ()) -> tuple[RawTable, pd.DataFrame]:
        """Some rows as the reader of small files reads them.

        Args:
            wanted: SQL after FROM: the relation as `t`, with what tells which rows.
            count: How many they are.
            values: Further SQL values of these rows.

        Returns:
            Their raw table (furniture set apart), and `row` with the further values as `v0`, `v1` …

        Raises:
            SourceError: Too many rows to be exceptions, or what the reader of small files refuses.
        """
        if count > MOST_ROWS:
            raise too_many(count, self.rows, self.shown)
        own = ", ".join([*(f"t.c{i}" for i in range(self.width)), *(f"{v} AS v{k}" for k, v in enumerate(values))])
        found = self.connection.execute(f"SELECT t.row, {own} FROM {wanted} ORDER BY t.row").fetchall()
        text = self.grid.kind == "text"
        rows: list[tuple[int, Sequence[object]]] = []
        for record in found:
            cells = self.irregular.get(record[0]) or record[1 : 1 + self.width]
            rows.append((record[0], [clean_text(c) if c is not None else None for c in cells] if text else cells))
        grid = replace(self.grid, rows=[*self.grid.rows[: self.header.last + 1], *rows])
        raw = table_of(
            grid,
            self.header,
            self.spec,
            self.shown,
            self.shown,
            self.fields,
            may_be_empty=True,
            whole=_Known(self, dict(rows)),
        )
        said = pd.DataFrame(
            [(record[0], *record[1 + self.width :]) for record in found],
            columns=["row", *(f"v{k}" for k in range(len(values)))],
            dtype=object,  # whole numbers beside blanks stay whole
        )
        return raw, said

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

    def cells(self, column: int, among: str) -> Iterator[tuple[str | None, int]]:
        """The different cells of a column as text, with how often each stands among some rows (SQL after FROM)."""
        found = self.connection.cursor().execute(f"SELECT c{column}, count(*) FROM {among} GROUP BY 1")
        while part := found.fetchmany(_BATCH):
            yield from ((cell_text(cell), rows) for cell, rows in part)

    @contextmanager
    def known(self, name: str, rows: Sequence[int] | np.ndarray) -> Iterator[None]:
        """Row numbers as a table of the engine, for as long as they are needed."""
        import pyarrow as pa

        self.connection.execute(f"CREATE OR REPLACE TABLE {name} (row BIGINT)")
        self.connection.register("_given", pa.table({"row": pa.array(np.asarray(rows, dtype=np.int64))}))
        self.connection.execute(f"INSERT INTO {name} SELECT row FROM _given")
        self.connection.unregister("_given")
        try:
            yield
        finally:
            self.connection.execute(f"DROP TABLE {name}")

    def one(self, query: str) -> tuple[Any, ...]:
        """The only row of a query."""
        found = self.connection.execute(query).fetchone()
        assert found is not None
        return found


class _Known:
    """What `table_of` asks about the rows that are not in memory."""

    def __init__(self, table: LargeTable, rows: Mapping[int, Sequence[object]]) -> None:
        self._table, self._rows = table, rows

    def teller(self, rows: Sequence[Row], header: Header, marks: Mapping[int, str]) -> RowTeller:
        return _WholeTeller(self._table, rows, header, marks)

    def style(self, name: str, aside: set[int]) -> Style:
        column = self._table.header.columns[name][0]
        cells = [(row, self._rows[row][column]) for row in aside if row in self._rows and column < len(self._rows[row])]
        return self._table.style(name, cells)


class _WholeTeller(RowTeller):
    """Tells furniture among the rows that came out; what stands between them counts for shape, sums and numbers."""

    def __init__(self, table: LargeTable, rows: Sequence[Row], header: Header, marks: Mapping[int, str]) -> None:
        super().__init__(rows, header, marks)
        self._table, self._here, self._done, self._seen = table, [number for number, _ in rows], 0, 0
        self._above = table.grid.rows[table.header.last][0]

    @cached_property
    def shape(self) -> Shape:
        return _shape(self._table, self._marks)

    def rule(self, number: int, cells: Sequence[str | None]) -> tuple[str, str] | None:
        self._first = self._first and number - self._above - 1 == self._seen  # no row of data has come before
        self._seen += 1
        word = next(filter(None, cells), None)
        if self._summing and word and WORD.match(word):
            self._add_between(number)
        return super().rule(number, cells)

    def _add_between(self, number: int) -> None:
        """Add the rows that stayed with the engine, from the last such row to this one, to numbers and sums."""
        between = (
            f"{self._table.relation} WHERE row > {self._done} AND row < {number} AND row NOT IN (SELECT row FROM _here)"
        )
        with self._table.known("_here", self._here):
            count = int(self._table.one(f"SELECT count(*) FROM {between}")[0])
            self._counted = [had + count for had in self._counted]
            for i in self.shape.marks:
                for text, rows in self._table.cells(i, between):
                    value = self._value(text, i) if text else None
                    if value is not None:
                        both = self._sums.setdefault(i, [0.0, 0.0])
                        both[0] += rows * value
                        both[1] += rows * value
        self._done = number


def _shape(table: LargeTable, marks: Mapping[int, str]) -> Shape:
    """`furniture._shape`, from the different cells of each column."""
    counts, small, figures = [0] * table.width, [0] * table.width, [0] * table.width
    for i in range(table.width):
        for text, rows in table.cells(i, table.relation):
            if text:
                counts[i] += rows
                if len(text) <= 18 and looks_like_number(text):
                    figures[i] += rows
                    small[i] += rows * (len(text) <= 2)
    none = " AND ".join(f"(c{i} IS NULL OR trim(c{i}::VARCHAR) = '')" for i in range(table.width))
    total = table.rows - int(table.one(f"SELECT count(*) FROM {table.relation} WHERE {none}")[0])
    usual = frozenset(i for i in range(table.width) if counts[i] >= 0.6 * total)
    numbers = {i: "" for i in range(table.width) if counts[i] and figures[i] >= 0.5 * counts[i] and i in usual}
    few = frozenset(i for i in range(table.width) if counts[i] and small[i] >= 0.9 * counts[i])
    return Shape(usual, {**numbers, **marks}, few)


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
