"""A sheet or table before its header is known: rows of values as the file holds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Row = tuple[int, Sequence[object]]
"""Row number from 1, and its cells: text, numbers, dates or truth values; None or "" where blank."""
Merged = tuple[int, int, int, int]
"""First and last row (numbers from 1) and first and last column (from 0) of cells merged into one."""


@dataclass
class Grid:
    """What the reader of one kind of file hands on.

    Attributes:
        rows: All rows down to the last that is not blank.
        kind: See `Reading.kind`.
        merged: Merged cells, or None where the kind does not tell.
        faults: (row, column) -> what the file says instead of a value: "formula" where one has no stored value, "zero"
            where a formula's stored value is the 0 of a program that does not calculate, or an error such as "#REF!".
        hidden_rows: Numbers of rows that the sheet hides.
        hidden_columns: Columns that it hides, from 0.
        serial_shift: Days to add to serial numbers of dates (1462 in a workbook that counts from 1904).
    """

    rows: list[Row]
    kind: str
    sheet: str | None = None
    encoding: str | None = None
    separator: str | None = None
    merged: list[Merged] | None = None
    faults: Mapping[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    serial_shift: int = 0
    hidden: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
