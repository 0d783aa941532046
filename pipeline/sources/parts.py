"""Files larger than memory in columns: many rows at a time, in the file's order, with each different text once a batch."""

from __future__ import annotations

import csv
import math
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.sources.columnar import plain_values
from pipeline.sources.kinds import damaged
from pipeline.sources.text_files import codec_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

BATCH = 1 << 17
"""Rows that are asked for at a time: few enough that a processor's own memory holds what is made of them."""
BLOCK = 1 << 24
"""Bytes of a text that are read at a time; a line of a plain text is shorter (`text_scan`)."""

Record = tuple[int, Sequence[object]]
"""A row's number and its cells as the file holds them."""


@dataclass(frozen=True)
class Batch:
    """Some rows.

    Attributes:
        rows: Their numbers (int64).
        columns: The columns asked for; those of few different texts as dictionaries where the file gives them so.
        regular: Whether they have as many cells as the header.
    """

    rows: np.ndarray
    columns: Sequence[pa.Array]
    regular: bool = True


class Part(Protocol):
    """One file of a table, or what an engine holds."""

    @property
    def count(self) -> int:
        """Rows."""
        ...

    def scan(self, columns: Sequence[int], few: Collection[int]) -> Iterator[Batch]:
        """The columns by their places, batch by batch; `few` are columns of few different texts."""
        ...

    def records(self, rows: np.ndarray, columns: Sequence[int]) -> Iterator[Record]:
        """The cells of some columns in the rows of some numbers (ascending)."""
        ...


def picked(part: Part, rows: np.ndarray, columns: Sequence[int]) -> Iterator[Record]:
    """`Part.records` of a part whose cells must be looked for in its columns."""
    for batch in part.scan(columns, ()):
        low, high = np.searchsorted(rows, [batch.rows[0], batch.rows[-1] + 1]) if len(batch.rows) else (0, 0)
        here = np.searchsorted(batch.rows, rows[low:high])
        here = here[batch.rows[here] == rows[low:high]]
        cells = [plain_values(column.take(pa.array(here))) for column in batch.columns]
        yield from zip(batch.rows[here].tolist(), zip(*cells, strict=True), strict=True)


@dataclass(frozen=True)
class ParquetPart:
    """A Parquet file: its columns in the order of the table, the number of its first row, how many, its name in messages."""

    path: Path
    names: Sequence[str]
    first: int
    count: int
    shown: str

    def scan(self, columns: Sequence[int], few: Collection[int]) -> Iterator[Batch]:
        """As `Part.scan`.

        Raises:
            SourceError: Damaged.
        """
        names = [self.names[i] for i in columns]
        row = self.first
        try:
            with pq.ParquetFile(self.path, read_dictionary=[self.names[i] for i in few]) as file:
                for batch in _ahead(file.iter_batches(_at_a_time(file), columns=list(dict.fromkeys(names)))):
                    yield Batch(np.arange(row, row + len(batch)), [batch.column(name) for name in names])
                    row += len(batch)
        except (OSError, pa.ArrowException):
            raise damaged(self.shown, "Parquet") from None

    def records(self, rows: np.ndarray, columns: Sequence[int]) -> Iterator[Record]:
        """As `Part.records`."""
        return picked(self, rows, columns)


def _at_a_time(file: pq.ParquetFile) -> int:
    """About `BATCH` rows, so many that batches end where groups of rows end: one over two groups would come as two."""
    group = file.metadata.row_group(0).num_rows if file.num_row_groups else 0
    return BATCH if group <= BATCH // 2 else math.ceil(group / math.ceil(group / BATCH))


def _ahead(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The same, the next one being read while one is worked on."""
    with ThreadPoolExecutor(1) as reader:
        coming = reader.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = reader.submit(next, batches, None)
            yield batch


@dataclass
class TextPart:
    """A plain text (`text_scan`): each line is a record.

    Attributes:
        path, separator, encoding, shown: The file, how it is read, its name in messages.
        width: Cells of the header.
        above: Lines down to the header.
        lines: All lines.
        shift: What is added to a line's number, for the rows of the parts before it.
        irregular: Rows of another width, as they are met.
    """

    path: Path
    separator: str
    encoding: str
    shown: str
    width: int
    above: int
    lines: int
    shift: int
    irregular: dict[int, Sequence[str | None]] = field(repr=False)

    @property
    def count(self) -> int:
        return self.lines - self.above

    def scan(self, columns: Sequence[int], few: Collection[int]) -> Iterator[Batch]:
        """As `Part.scan`; lines of another width come in a batch of their own, cut or filled up with blanks."""
        import pyarrow.csv as pc_csv

        if not self.count:
            return
        odd: list[tuple[int, str]] = []

        def aside(line: Any) -> str:
            odd.append((line.number, line.text))
            return "skip"

        wanted = sorted(set(columns))
        kinds = {f"c{i}": pa.dictionary(pa.int32(), pa.string()) if i in few else pa.string() for i in wanted}
        reading = pc_csv.open_csv(
            self.path,
            # one thread: only so are lines counted
            pc_csv.ReadOptions(
                use_threads=False, block_size=BLOCK, skip_rows=self.above,
                column_names=[f"c{i}" for i in range(self.width)],
            ),
            pc_csv.ParseOptions(
                delimiter=self.separator, quote_char=False, escape_char=False, newlines_in_values=False,
                ignore_empty_lines=False, invalid_row_handler=aside,
            ),
            pc_csv.ConvertOptions(
                check_utf8=False, column_types=kinds, include_columns=list(kinds), null_values=[""],
                strings_can_be_null=True,
            ),
        )  # fmt: skip
        line, told = self.above + 1, 0
        with reading as batches:
            for batch in batches:
                numbers = _next(line, len(batch), [number for number, _ in odd])
                if len(batch):
                    line = int(numbers[-1]) + 1
                    yield Batch(numbers + self.shift, [batch.column(f"c{i}") for i in columns])
                if odd[told:]:
                    yield self._irregular(odd[told:], columns)
                    told = len(odd)
        if odd[told:]:
            yield self._irregular(odd[told:], columns)

    def _irregular(self, met: Sequence[tuple[int, str]], columns: Sequence[int]) -> Batch:
        cells = self._cells([text for _, text in met])
        rows = np.array([number + self.shift for number, _ in met], dtype=np.int64)
        self.irregular.update(zip(rows.tolist(), cells, strict=True))
        filled = [self._fitted(row) for row in cells]
        return Batch(rows, [pa.array([row[i] for row in filled], pa.string()) for i in columns], regular=False)

    def records(self, rows: np.ndarray, columns: Sequence[int]) -> Iterator[Record]:
        """As `Part.records`: lines by their number, taken apart by the parser of small files."""
        wanted, codec = rows - self.shift, codec_of(self.encoding, self.shown)
        line, rest = 1, b""
        with self.path.open("rb", buffering=0) as file:
            while block := file.read(BLOCK):
                block = rest + block
                ends = np.flatnonzero(np.frombuffer(block, np.uint8) == ord("\n"))
                for row, cells in self._lines(block, np.concatenate([[-1], ends]), line, wanted, codec):
                    yield row, [cells[i] for i in columns]
                line += len(ends)
                rest = block[ends[-1] + 1 :] if len(ends) else block
        if rest:
            for row, cells in self._lines(rest, np.array([-1, len(rest)]), line, wanted, codec):
                yield row, [cells[i] for i in columns]

    def _lines(
        self, block: bytes, ends: np.ndarray, line: int, wanted: np.ndarray, codec: str
    ) -> Iterator[tuple[int, list[str | None]]]:
        """Wanted lines of a block of which the ends of lines are known; its first line has the number `line`."""
        low, high = np.searchsorted(wanted, [line, line + len(ends) - 1])
        here = wanted[low:high]
        spans = zip(ends[here - line] + 1, ends[here - line + 1], strict=True)
        texts = [block[start:end].rstrip(b"\r").decode(codec) for start, end in spans]
        for row, cells in zip((here + self.shift).tolist(), self._cells(texts), strict=True):
            yield row, self._fitted(cells)

    def _cells(self, lines: Sequence[str]) -> list[list[str]]:
        return list(csv.reader(lines, delimiter=self.separator, strict=True))

    def _fitted(self, cells: Sequence[str]) -> list[str | None]:
        return [*(cell or None for cell in cells[: self.width]), *[None] * (self.width - len(cells))]


def _next(first: int, count: int, gone: Sequence[int]) -> np.ndarray:
    """The next `count` numbers from `first` on that are not among those `gone` (ascending)."""
    skipped = np.array(gone[bisect_left(gone, first) :], dtype=np.int64)
    numbers = np.arange(first, first + count + len(skipped))
    return np.setdiff1d(numbers, skipped, assume_unique=True)[:count] if len(skipped) else numbers


@dataclass(frozen=True)
class EnginePart:
    """Rows that an engine holds: SQL of a relation with `row` and the columns `c0`, `c1` … in order, and what must be
    looked at with other rows than asked for: `irregular` ones."""

    connection: DuckDBPyConnection
    relation: str
    count: int
    irregular: Collection[int] = ()

    def scan(self, columns: Sequence[int], few: Collection[int]) -> Iterator[Batch]:
        """As `Part.scan`."""
        del few
        own = ", ".join(f"c{i} AS k{at}" for at, i in enumerate(columns))
        found = self.connection.execute(f"SELECT row{', ' if own else ''}{own} FROM {self.relation}")
        odd = np.array(sorted(self.irregular), dtype=np.int64)
        for batch in found.to_arrow_reader(BATCH):
            rows, cells = batch.column(0).to_numpy(), [batch.column(k + 1) for k in range(len(columns))]
            strange = np.isin(rows, odd) if len(odd) else np.zeros(len(rows), dtype=bool)
            if not strange.all():
                yield Batch(rows[~strange], [cell.filter(pa.array(~strange)) for cell in cells])
            if strange.any():
                yield Batch(rows[strange], [cell.filter(pa.array(strange)) for cell in cells], regular=False)

    def records(self, rows: np.ndarray, columns: Sequence[int]) -> Iterator[Record]:
        """As `Part.records`."""
        return picked(self, rows, columns)


def encoded(cells: pa.Array) -> pa.DictionaryArray:
    """A column's cells as numbers of its different ones."""
    return cells if pa.types.is_dictionary(cells.type) else pc.dictionary_encode(cells)
