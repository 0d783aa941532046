"""Cells of the raw files that name persons: what the audit of a report looks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa

from pipeline.clean.kits import kit_of
from pipeline.clean.tables import Cleaner, fields_of
from pipeline.sources.columnar import plain_values
from pipeline.sources.large import LargeTable
from pipeline.sources.large_files import large_file
from pipeline.sources.readers import read_table
from pipeline.study import Study

MOST = 100_000
"""Rows of a table larger than memory that are looked for: evenly spread over it, so that whatever leaks many shows."""


def person_cells(
    study: Study, source: str, years: Sequence[int], raw_root: Path, wanted: Sequence[str]
) -> list[pd.Series]:
    """The columns `wanted` of a source, year by year.

    Args:
        study: The study.
        source: Name of the source.
        years: The edition's.
        raw_root: Folder that holds the year folders.
        wanted: Fields that name persons.

    Raises:
        SourceError: A file or query cannot be read.
    """
    cleaner = Cleaner(study, raw_root, str, kit_of(study))
    cleaner.periods = [year for year in years if year not in study.sources[source].absent_periods]
    try:
        return [column for year in cleaner.periods for column in _cells(cleaner, source, year, wanted)]
    finally:
        cleaner.close()


def _cells(cleaner: Cleaner, source: str, year: int, wanted: Sequence[str]) -> Iterator[pd.Series]:
    spec, shown = cleaner.study.sources[source], f"{source} {year}"
    path, fields = cleaner.raw_root / str(year) / spec.file, fields_of(source, spec)
    if spec.sql is not None:
        with cleaner.databases.large(cleaner.query(source, year), source, year, spec, fields) as table:
            yield from _spread(table, wanted)
    elif not path.exists():
        return
    elif cleaner.by_engine(source):
        with large_file(path, spec, shown, fields, cleaner.engine) as table:
            yield from _spread(table, wanted)
    else:
        frame = read_table(path, spec, shown).frame
        yield from (frame[field] for field in wanted if field in frame)


def _spread(table: LargeTable, wanted: Sequence[str]) -> Iterator[pd.Series]:
    """Cells of up to `MOST` rows, evenly spread."""
    step, fields = -(-table.rows // MOST), [field for field in wanted if field in table.header.columns]
    found: list[list[object]] = [[] for _ in fields]
    for batch in table.scan([table.place(field) for field in fields]):
        here = pa.array(batch.rows % step == 0)
        for cells, column in zip(found, batch.columns, strict=True):
            cells += plain_values(column.filter(here))
    yield from (pd.Series([table.text_of(cell) for cell in cells], dtype=object) for cells in found)
