"""Files larger than memory: Parquet, text, or a folder of parts of either."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import SourceError
from pipeline.sources.columnar import check_flat
from pipeline.sources.engine import Engine, check_memory, opened
from pipeline.sources.grid import Grid
from pipeline.sources.headings import MOST_LEVELS, SEARCHED_ROWS, Header, Wanted, locate, normalise
from pipeline.sources.kinds import damaged
from pipeline.sources.large import LargeTable
from pipeline.sources.limits import MAX_CELLS
from pipeline.sources.parts import EnginePart, ParquetPart, Part, TextPart
from pipeline.sources.readers import check_no_sheet, check_there, empty_file, head_of
from pipeline.sources.table import Fields, SourceSpec
from pipeline.sources.text_files import separator_of
from pipeline.sources.text_scan import TextLook, look_through, records

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LARGE_TEXT = 100_000_000
"""Bytes from which on a text is read by the engine."""
_CHUNK = 100_000
_KINDS = {".parquet": "parquet", ".csv": "text", ".tsv": "text", ".txt": "text"}


def is_large(path: Path, columns: int) -> bool:
    """Whether a file is one for the engine: a folder of parts, or larger than small files are read.

    Args:
        path: The file; one that is not there is not large.
        columns: Columns that the study names.
    """
    if path.is_dir():
        return True
    if not path.is_file():
        return False
    with path.open("rb") as file:
        parquet = file.read(4) == b"PAR1"
    if not parquet:
        return path.stat().st_size > LARGE_TEXT and _is_text(path)
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return int(pq.read_metadata(path).num_rows) * columns > MAX_CELLS
    except (OSError, pa.ArrowException):
        return False  # the reader of small files says what is damaged


def _is_text(path: Path) -> bool:
    from pipeline.sources.kinds import kind_of

    with path.open("rb") as file:
        head = file.read(4000)
    return not head.startswith((b"PK", b"\xd0\xcf\x11\xe0")) and kind_of(head, path.name)[0] == "text"


@contextmanager
def large_file(path: Path, spec: SourceSpec, shown: str, fields: Fields, engine: Engine) -> Iterator[LargeTable]:
    """Open a file, or a folder of parts in the order of their names, with the engine.

    Rows are numbered from 1 as in a small file; those of a folder go on from part to part, headers not counted again.

    Raises:
        SourceError: As `readers.read_table`; or a folder without parts, or with parts of two kinds or headers.
    """
    check_no_sheet(spec, shown)
    parts, kind = _parts(path, shown)
    with ExitStack() as stack:
        held = _Held(engine, stack)
        table = (_parquet if kind == "parquet" else _text)(held, parts, spec, shown, fields)
        table.refuse_empty()
        check_memory(table.rows, engine)
        yield table


@dataclass
class _Held:
    """The engine, opened where something must be held that no file can be read for again."""

    engine: Engine
    stack: ExitStack

    @cached_property
    def connection(self) -> DuckDBPyConnection:
        return self.stack.enter_context(opened(self.engine))


def _parts(path: Path, shown: str) -> tuple[list[tuple[Path, str]], str]:
    """The files of a source with their names for messages, and their kind."""
    if not path.is_dir():
        check_there(path, shown)
        with path.open("rb") as file:
            head = file.read(4)
        if head != b"PAR1" and not _is_text(path):
            raise _no_kind(shown)
        return [(path, shown)], "parquet" if head == b"PAR1" else "text"
    found = sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith((".", "_", "~")))
    if not found:
        raise empty_file(shown, "The folder has no files.")
    names = [(part, f"{shown}/{part.relative_to(path).as_posix()}") for part in found]
    kinds = [_KINDS.get(part.suffix.lower()) for part in found]
    for kind, (_, name) in zip(kinds, names, strict=True):
        if kind is None or kind != kinds[0]:
            raise _no_kind(name)
    return names, str(kinds[0])


def _no_kind(shown: str) -> SourceError:
    return SourceError(
        "The engine for large tables reads Parquet and text, and this is neither, or not the kind of the parts before it.",
        where=shown,
        expected="Parquet (.parquet) or text (.csv, .tsv, .txt); in a folder all of one kind",
        todo="Save the table as Parquet or CSV, or take `engine` out of this source.",
        code="engine_kind",
    )


def _parquet(
    held: _Held, parts: Sequence[tuple[Path, str]], spec: SourceSpec, shown: str, fields: Fields
) -> LargeTable:
    del held
    import pyarrow as pa
    import pyarrow.parquet as pq

    wanted = {normalise(option) for options in spec.columns.values() for option in options}
    found, names, before = list[ParquetPart](), list[str](), 0
    for path, part in parts:
        try:
            with pq.ParquetFile(path) as file:
                schema, count = file.schema_arrow, int(file.metadata.num_rows)
        except (OSError, pa.ArrowException):
            raise damaged(part, "Parquet") from None
        chosen = [name for name in schema.names if normalise(name) in wanted] or list(schema.names)
        for name in chosen:
            check_flat(schema.field(name).type, name, part)
        names = names or chosen
        if sorted(names) != sorted(chosen):
            raise _other_header(part, sorted(set(names) ^ set(chosen)))
        found.append(ParquetPart(path, names, before + 2, count, part))
        before += count
    grid = Grid([(1, names)], "parquet")
    return LargeTable(found, _located(grid, spec, shown, fields), grid, spec, fields, shown)


def _other_header(part: str, names: Sequence[str]) -> SourceError:
    return SourceError(
        "The parts of the folder have different columns: " + ", ".join(repr(name) for name in names[:5]) + ".",
        where=part,
        expected="the same headings in every part",
        todo="Write the parts anew from one table.",
        code="parts_differ",
    )


def _located(grid: Grid, spec: SourceSpec, shown: str, fields: Fields) -> Header:
    return locate(head_of(grid), Wanted(spec.columns, shown, fields.keys, fields.versions), grid.merged)


def _text(held: _Held, parts: Sequence[tuple[Path, str]], spec: SourceSpec, shown: str, fields: Fields) -> LargeTable:
    irregular: dict[int, Sequence[str | None]] = {}
    first: tuple[Grid, Header] | None = None
    found, before = list[Part](), 0
    for path, part in parts:
        if path.stat().st_size == 0:
            raise empty_file(part, "The file is empty (0 bytes).")
        look = look_through(path, spec.encoding, part)
        grid = _head(path, look, spec, part)
        if first is not None and _names(grid, first[1]) != _names(*first):
            raise _other_header(part, _names(grid, first[1]))
        header = _located(grid, spec, part, fields)
        first = first or (grid, header)
        above, width = int(grid.rows[header.last][0]), len(grid.rows[header.last][1])
        shift = before - above if before else 0
        if look.plain:
            lines = look.lines + (not look.ended)
            text = TextPart(path, str(grid.separator), look.encoding, part, width, above, lines, shift, irregular)
            found.append(text)
            before = max(lines, above) + shift
        else:
            into = _Into(held.connection, f"part{len(found)}", width, above, shift)
            found.append(_by_records(into, path, look.encoding, str(grid.separator), part, irregular))
            before = into.last
    assert first is not None
    return LargeTable(found, first[1], first[0], spec, fields, shown, irregular)


def _head(path: Path, look: TextLook, spec: SourceSpec, shown: str) -> Grid:
    """The first rows of a text, and how it is read."""
    separator, text = separator_of(look.head, spec, shown)
    rows = list(islice(records(path, look.encoding, separator, shown), SEARCHED_ROWS + MOST_LEVELS))
    if text is not look.head and text.startswith("\n"):
        rows[0] = (rows[0][0], [])  # the line that names the separator
    grid = Grid([*rows], "text", encoding=look.encoding, separator=separator)
    if not any(cell for _, cells in rows for cell in cells):
        raise empty_file(shown, "The file is empty.")
    if not look.ended and look.lines > 1:
        grid.notes.append("The last line has no line end: the file may have been cut there.")
    return grid


def _names(grid: Grid, header: Header) -> list[str]:
    cells = grid.rows[header.last][1] if header.last < len(grid.rows) else []
    return [normalise(str(cell or "")) for cell in cells]


@dataclass(frozen=True)
class _Into:
    """The engine's table for a part: its name and width, the rows above its data, and what is added to its row numbers."""

    connection: DuckDBPyConnection
    table: str
    width: int
    above: int
    shift: int

    @property
    def count(self) -> int:
        """Its rows."""
        return int(self.connection.execute(f"SELECT count(*) FROM {self.table}").fetchall()[0][0])

    @property
    def last(self) -> int:
        """The number of its last row."""
        found = self.connection.execute(f"SELECT max(row) FROM {self.table}").fetchall()[0][0]
        return self.above + self.shift if found is None else int(found)


def _by_records(
    into: _Into, path: Path, encoding: str, separator: str, shown: str, irregular: dict[int, Sequence[str | None]]
) -> EnginePart:
    """Read a text record by record, as a small one is read, and hand it to the engine in chunks."""
    names = ["row", *(f"c{i}" for i in range(into.width))]
    columns = ", ".join(f"c{i} VARCHAR" for i in range(into.width))
    into.connection.execute(f"CREATE TABLE {into.table} (row BIGINT, {columns})")
    rows: list[list[Any]] = []
    for line, cells in records(path, encoding, separator, shown):
        if line <= into.above:
            continue
        if len(cells) != into.width:
            irregular[line + into.shift] = cells
        rows.append([line + into.shift, *cells[: into.width], *[None] * (into.width - len(cells))])
        if len(rows) == _CHUNK:
            _insert(into, names, rows)
            rows = []
    if rows:
        _insert(into, names, rows)
    return EnginePart(into.connection, into.table, into.count, irregular)


def _insert(into: _Into, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    import pyarrow as pa

    kinds = [pa.int64(), *[pa.string()] * into.width]
    arrays = [pa.array(column, kind) for column, kind in zip(zip(*rows, strict=True), kinds, strict=True)]
    into.connection.register("_chunk", pa.table(dict(zip(names, arrays, strict=True))))
    into.connection.execute(f"INSERT INTO {into.table} SELECT * FROM _chunk")
    into.connection.unregister("_chunk")
