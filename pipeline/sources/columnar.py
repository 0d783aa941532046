"""Column files, Parquet and Stata's .dta: only the columns that the study names."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from pandas.io.stata import StataReader

from pipeline.errors import SourceError
from pipeline.sources.grid import Grid, Row
from pipeline.sources.headings import normalise
from pipeline.sources.kinds import Kind, damaged
from pipeline.sources.limits import MAX_CELL, MAX_CELLS, long_cell, too_many_cells
from pipeline.sources.table import SourceSpec


def column_grid(content: bytes, kind: Kind, spec: SourceSpec, shown: str, numbers: Sequence[str]) -> Grid:
    """The header and all rows, numbered from 1 as a text file's would be; columns that nothing names stay unread.

    Args:
        content: The file.
        kind: "parquet" or "dta".
        spec: The declared headings.
        shown: The file's path as messages show it.
        numbers: Fields whose cells are numbers: their codes are read and not the labels of the codes.

    Raises:
        SourceError: Damaged, a column of lists or records, or more cells than are read.
    """
    wanted = {normalise(option) for options in spec.columns.values() for option in options}
    figures = {normalise(option) for name in numbers for option in spec.columns.get(name, ())}
    names, columns = _parquet(content, wanted, shown) if kind == "parquet" else _stata(content, wanted, figures, shown)
    rows: list[Row] = [(1, names)]
    rows += [(number, cells) for number, cells in enumerate(zip(*columns, strict=True), 2)]
    return Grid(rows, kind)


def _parquet(content: bytes, wanted: set[str], shown: str) -> tuple[list[str], list[list[Any]]]:
    try:
        with pq.ParquetFile(io.BytesIO(content)) as file:
            schema = file.schema_arrow
            chosen = [name for name in schema.names if normalise(name) in wanted] or list(schema.names)
            _check_size(file.metadata.num_rows, len(chosen), shown)
            for name in chosen:
                check_flat(schema.field(name).type, name, shown)
            texts = [name for name in chosen if pa.types.is_string(schema.field(name).type)]
        with pq.ParquetFile(io.BytesIO(content), read_dictionary=texts) as file:
            table = file.read(columns=chosen)
        return [*chosen], [_values(table.column(name), name, shown) for name in chosen]
    except (OSError, pa.ArrowException, MemoryError):
        raise damaged(shown, "Parquet") from None


def _check_size(rows: int, columns: int, shown: str) -> None:
    if rows * columns > MAX_CELLS:
        raise too_many_cells(shown, rows, columns)


def check_flat(kind: pa.DataType, name: str, shown: str) -> None:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        raise SourceError(
            f"The column {name!r} holds {kind} in each cell.",
            where=f"{shown}, column {name}",
            expected="one text, number, date or truth value in a cell",
            todo="Write the column flat: one value in a cell.",
            code="nested",
        )


def _values(column: pa.ChunkedArray, name: str, shown: str) -> list[Any]:
    """A column's values; each distinct text is one object, however often it stands there."""
    values: list[Any] = []
    for chunk in column.chunks:
        if pa.types.is_dictionary(chunk.type):
            _check_lengths(chunk.dictionary.to_pylist(), name, shown)
        values += plain_values(chunk)
    return values


def plain_values(cells: pa.Array) -> list[Any]:
    """The values of some cells, as the readers know them."""
    if pa.types.is_dictionary(cells.type):
        known = plain_values(cells.dictionary)
        return [None if code is None else known[code] for code in cells.indices.to_pylist()]
    plain = cells.cast(pa.timestamp("us")) if pa.types.is_timestamp(cells.type) else cells
    return plain.to_pylist()  # type: ignore[no-any-return]


def _check_lengths(texts: Sequence[object], name: str, shown: str) -> None:
    longest = max((len(text) for text in texts if isinstance(text, str)), default=0)
    if longest > MAX_CELL:
        raise long_cell(f"{shown}, column {name}", longest)


def _stata(content: bytes, wanted: set[str], figures: set[str], shown: str) -> tuple[list[str], list[list[Any]]]:
    if content.startswith(b"<stata_dta>") and not content.rstrip().endswith(b"</stata_dta>"):
        raise damaged(shown, "Stata (.dta)")
    try:
        with StataReader(io.BytesIO(content)) as reader:
            labels = reader.variable_labels()
            chosen = [name for name in labels if normalise(name) in wanted] or list(labels)
        codes = pd.read_stata(
            io.BytesIO(content), columns=chosen, convert_categoricals=False, convert_dates=True, preserve_dtypes=True
        )
        _check_size(len(codes), len(chosen), shown)  # nothing is packed in such a file: it is as large as it is long
        words = _labelled(content, [name for name in chosen if normalise(name) not in figures])
    except Exception:  # the bytes may be anything, and pandas passes on whatever its parser raises
        raise damaged(shown, "Stata (.dta)") from None
    columns = []
    for name in chosen:
        column = words[name] if name in words else codes[name]
        cells = [None if pd.isna(cell) else cell for cell in column.tolist()]
        _check_lengths(cells, name, shown)
        columns.append([cell.to_pydatetime() if isinstance(cell, pd.Timestamp) else cell for cell in cells])
    return [*chosen], columns


def _labelled(content: bytes, names: Sequence[str]) -> dict[str, pd.Series]:
    """Columns of codes by the labels of the codes, where each code of a column has its own."""
    if not names:
        return {}
    try:
        frame = pd.read_stata(io.BytesIO(content), columns=list(names), convert_categoricals=True)
    except ValueError:  # two codes with one label: the codes tell them apart
        return {}
    return {name: frame[name] for name in names if isinstance(frame[name].dtype, pd.CategoricalDtype)}
