"""Writers of the offices' formats, with the same bytes each time."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from pipeline.spreadsheets import repack

MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]  # as offices write them


def date_text(day: dt.date, style: int) -> str:
    """A date in one of the four styles that offices use: two numeric, one in words, a spreadsheet's serial."""
    if style == 2:
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    if style == 3:
        return str((day - dt.date(1899, 12, 30)).days)
    return day.strftime("%d/%m/%Y" if style == 0 else "%d-%m-%Y")


def decimal(value: float | None) -> str:
    """A number with a decimal comma; empty where there is none."""
    return "" if value is None else f"{value:.1f}".replace(".", ",")


def write_text(path: Path, rows: Iterable[Sequence[str]], separator: str, encoding: str) -> None:
    """Write a separated text file with Windows line ends."""
    content = "".join(separator.join(row) + "\r\n" for row in rows)
    path.write_bytes(content.encode(encoding))


def write_workbook(
    path: Path, sheet: str, rows: Iterable[Sequence[Any]], merged: Sequence[str] = (), widths: int = 18
) -> None:
    """Write one sheet; times inside the file are fixed, so that the same rows give the same bytes."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    for area in merged:
        page.merge_cells(area)
    for column in "ABCDEFGHIJKL":
        page.column_dimensions[column].width = widths
    raw = io.BytesIO()
    book.save(raw)
    path.write_bytes(repack(raw))
