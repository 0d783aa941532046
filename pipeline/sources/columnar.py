"""Parquet files as the rows of text that the readers take."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow

from pipeline.errors import SourceError
from pipeline.sources.headings import Row
from pipeline.sources.table import SourceSpec, cell_text


def parquet_rows(path: Path, spec: SourceSpec, shown: str) -> list[Row]:
    """The header and all rows, numbered from 1 as a text file's would be.

    Raises:
        SourceError: Not a whole Parquet file.
    """
    try:
        frame = pd.read_parquet(path)
    except (OSError, pyarrow.ArrowException):
        raise SourceError(
            "The Parquet file cannot be opened: it is cut short, damaged, or of another kind.",
            where=shown,
            expected="a whole .parquet file",
            todo="Copy or write the file again.",
        ) from None
    header: Row = (1, [str(name) for name in frame.columns])
    rows: list[Row] = [header]
    for number, cells in enumerate(frame.astype(object).to_numpy(), 2):
        rows.append((number, [None if pd.isna(cell) else cell_text(cell, spec.decimal) for cell in cells]))
    return rows
