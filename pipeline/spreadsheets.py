"""Cells that a spreadsheet would take for a formula are written as text: who names a batch must not run code elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

_STARTS = ("=", "+", "-", "@", "\t", "\r")


def as_text(value: Any) -> Any:
    """The value for a CSV cell; a text that begins like a formula gets an apostrophe in front, numbers stay as they are."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_STARTS) else value


def write_csv(path: Path, frame: pd.DataFrame) -> None:
    """Write a frame as CSV, headings and cells free of formulas."""
    safe = frame.map(as_text).rename(columns=as_text)
    safe.to_csv(path, index=False, lineterminator="\n")


def append_row(page: Any, row: list[Any]) -> None:
    """Append a row to an openpyxl sheet; texts are texts, whatever they begin with."""
    page.append(row)
    for cell, value in zip(page[page.max_row], row, strict=True):
        if isinstance(value, str):
            cell.data_type = "s"
            cell.quotePrefix = value.startswith(_STARTS)
