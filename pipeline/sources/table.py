"""What a reader hands on: text cells by declared field, with row numbers, and the rows that are no data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import pandas as pd

from pipeline.sources.reading import Reading

EXEMPT_RULES = frozenset({"title_row", "blank_row", "header_again", "total_or_note"})
"""Rules that recognise a sheet's furniture by its form: they need no tolerance."""

# A spreadsheet holds 15 significant digits; beyond 2**53 a float steps over whole numbers.
_EXACT_LIMIT = 10**15


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
    def decimal(self) -> str: ...
    @property
    def columns(self) -> Mapping[str, Sequence[str]]: ...


@dataclass(frozen=True)
class Aside:
    """A row of the file that is no row of its table: row number from 1 and the rule that says so."""

    row: int
    rule: str


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
        reading: How the file was read.
    """

    file: str
    sheet: str | None
    frame: pd.DataFrame
    headings: Mapping[str, str]
    aside: tuple[Aside, ...] = ()
    numbers: Mapping[str, frozenset[int]] = field(default_factory=dict)
    reading: Reading = field(default_factory=lambda: Reading("", "text"))

    @property
    def read(self) -> int:
        """Rows read: data rows and rows that are no data, without the header."""
        return len(self.frame) + len(self.aside)

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


def cell_text(value: object, decimal: str) -> str | None:
    """A workbook's cell as text in the source's own number style; None where blank.

    A whole number that a floating-point cell cannot tell from its neighbours is given in exponent form, so that the
    readers of identifiers see that digits are lost.
    """
    if value is None:
        return None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        lost = abs(value) >= _EXACT_LIMIT and int(float(value)) == value
        return f"{value:.14E}" if lost else str(value)
    if isinstance(value, float):
        return _float_text(value, decimal)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    if isinstance(value, dt.date):
        return value.isoformat()
    text = str(value).strip()
    return text or None


def _float_text(value: float, decimal: str) -> str | None:
    if value != value:
        return None
    if abs(value) >= _EXACT_LIMIT:
        return f"{value:.14E}"
    if value.is_integer():
        return str(int(value))
    plain = repr(value)
    if "e" in plain:
        plain = f"{value:.15f}".rstrip("0")
    return plain.replace(".", decimal)
