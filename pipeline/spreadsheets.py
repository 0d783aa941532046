"""What every writer of tables minds: no cell that a spreadsheet takes for a formula, and the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd

_FIXED, _STAMP = (1980, 1, 1, 0, 0, 0), b"2024-01-01T00:00:00Z"
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


def repack(raw: io.BytesIO, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A workbook's bytes with fixed times inside and its parts in a fixed order."""
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w") as target:
        for name in sorted(source.namelist()):
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", _STAMP, content)
            target.writestr(zipfile.ZipInfo(name, _FIXED), content, method, 9)
    return out.getvalue()
