"""What a reader hands on: text cells by declared field, with row numbers, and the rows that are no data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import pandas as pd

from pipeline.sources.reading import Reading

MISSING = frozenset({"na", "n/a", "#n/a", "<na>", "nan", "null", "none", "."})
"""Words (in lower case) for "no value" of spreadsheets, statistical programs and form servers."""


class SourceSpec(Protocol):
    """What the readers ask of a source in a study file (`pipeline.study.Source` fits)."""

    @property
    def file(self) -> str: ...
    @property
    def sheet(self) -> str | None: ...
    @property
    def encoding(self) -> str: ...
    @property
    def separator(self) -> str | None: ...
    @property
    def decimal(self) -> str | None: ...
    @property
    def missing(self) -> Sequence[str | int | float]: ...
    @property
    def columns(self) -> Mapping[str, Sequence[str]]: ...


@dataclass(frozen=True)
class Fields:
    """What the caller knows of a table's fields.

    Attributes:
        numbers: Fields whose cells are numbers: their decimal mark is decided.
        dates: Fields whose cells are dates: a workbook that counts days from 1904 is minded.
        keys: Field -> key of the study that names its heading.
        decimal_key: Key of the study under which `decimal` stands.
        versions: Whether several columns may hold one field (exports of forms).
    """

    numbers: Sequence[str] = ()
    dates: Sequence[str] = ()
    keys: Mapping[str, str] = field(default_factory=dict)
    decimal_key: str = "this source"
    versions: bool = False


@dataclass(frozen=True)
class Aside:
    """A row of the file that is no row of its table: row number from 1 and the rule that says so."""

    row: int
    rule: str


class Remainder(Protocol):
    """Rows of a file that an engine holds, so that they need not be in memory: how many, the last one's number, and the
    units that they name."""

    @property
    def rows(self) -> int: ...
    @property
    def last_row(self) -> int: ...
    @property
    def units(self) -> frozenset[str]: ...


@dataclass(frozen=True)
class RawTable:
    """A raw table as text.

    Attributes:
        file: Path as messages show it.
        sheet: Sheet of a workbook, else None.
        frame: One column a declared field, text or None (blank); the index is the file's own row number from 1.
        headings: Field -> heading as the file spells it.
        aside: Rows that are no data, ascending.
        numbers: Field -> rows whose cell was a number in the workbook, not text.
        marks: Field of numbers -> decimal mark of its column.
        others: Field of numbers -> cells that only the other mark can read.
        reading: How the file was read.
        kept_whole: Of a file larger than memory, the rows that are not in `frame`: an engine holds them, and they keep
            every rule.
        query: The query that a database was asked, else blank.
    """

    file: str
    sheet: str | None
    frame: pd.DataFrame
    headings: Mapping[str, str]
    aside: tuple[Aside, ...] = ()
    numbers: Mapping[str, frozenset[int]] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, int] = field(default_factory=dict)
    reading: Reading = field(default_factory=lambda: Reading("", "text"))
    kept_whole: Remainder | None = None
    query: str = ""

    @property
    def label(self) -> str:
        """What the account of rows calls it: the file's name, or the query."""
        return self.query or self.file.rsplit("/", 1)[-1]

    @property
    def rows(self) -> int:
        """Rows of data."""
        return len(self.frame) + (self.kept_whole.rows if self.kept_whole is not None else 0)

    @property
    def last_row(self) -> int | None:
        """Number of the last row of data; None where there is none."""
        ends = [int(self.frame.index.max())] if len(self.frame) else []
        if self.kept_whole is not None and self.kept_whole.rows:
            ends.append(self.kept_whole.last_row)
        return max(ends, default=None)

    @property
    def read(self) -> int:
        """Rows read: data rows and rows that are no data, without the header."""
        return self.rows + len(self.aside)

    def place(self, row: int | None = None, field_name: str | None = None) -> str:
        """The place of a cell in words: file, sheet, row, column."""
        parts = [self.file]
        if self.sheet:
            parts.append(f"sheet {self.sheet}")
        if row is not None:
            parts.append(f"row {row}")
        if field_name is not None:
            parts.append(f"column {self.headings.get(field_name, field_name)}")
        return ", ".join(parts)
