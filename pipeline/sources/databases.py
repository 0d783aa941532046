"""Tables and queries of a database as sources: read only, by one SELECT, all of a run in one snapshot.

A connection is named `env:NAME`; what stands in the variable is a secret that appears nowhere else: PostgreSQL
(`postgresql://…` or `host=… dbname=…`), a DuckDB file, or a folder of Parquet whose files and folders are the tables.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from pipeline.errors import SourceError
from pipeline.sources.engine import Engine, check_memory, literal, opened, quoted
from pipeline.sources.grid import Grid
from pipeline.sources.headings import Wanted, locate, normalise
from pipeline.sources.large import LargeTable
from pipeline.sources.limits import MAX_CELLS, too_many_cells
from pipeline.sources.parts import EnginePart
from pipeline.sources.query import check_query
from pipeline.sources.query_errors import told, unset
from pipeline.sources.readers import empty_file, head_of, table_of
from pipeline.sources.table import Fields, RawTable, SourceSpec

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PREFIX = "env:"
_FLAT = (
    "VARCHAR",
    "CHAR",
    "INT",
    "HUGEINT",
    "FLOAT",
    "DOUBLE",
    "DECIMAL",
    "BOOLEAN",
    "DATE",
    "TIMESTAMP",
    "UUID",
    "ENUM",
)
_WIDE = ("UUID", "HUGEINT", "UHUGEINT")
_PATIENCE = "15"
"""Seconds until a server that does not answer counts as unreachable."""


@dataclass(frozen=True)
class Query:
    """A source's query for a year.

    Attributes:
        sql: The SELECT, with the year in it.
        connection: Name of the environment variable that holds the connection.
        place: The query as messages show it.
    """

    sql: str
    connection: str
    place: str

    @property
    def label(self) -> str:
        """The query on one line, as the account of rows names it."""
        return " ".join(self.sql.split())


@dataclass(frozen=True)
class Answer:
    """What a query gave.

    Attributes:
        query: The query.
        rows: How many rows.
        hash: SHA-256 of the rows as read, columns and types included; the order in which the database gave them does not
            count.
    """

    query: Query
    rows: int
    hash: str


@dataclass
class _Open:
    connection: DuckDBPyConnection
    secret: str
    broken: bool = False
    marks: list[tuple[Path, int, int]] = field(default_factory=list)


class Databases:
    """The databases of one run, each opened at the first query and in one transaction until `close`."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self._stack = engine, ExitStack()
        self._open: dict[str, _Open] = {}
        self.answers: dict[tuple[str, int], Answer] = {}
        """What was read, by source and period."""

    def close(self) -> None:
        """End the transactions.

        Raises:
            SourceError: Files of a folder were written while they were read.
        """
        here, self._open = self._open, {}
        self._stack.close()
        for name, opened_one in here.items():
            if any(_mark(path) != (path, *rest) for path, *rest in opened_one.marks):
                raise SourceError(
                    "Files of the folder of Parquet were written while they were read.",
                    where=f"connection {PREFIX}{name}",
                    expected="a folder that stands still while a report is made",
                    todo="Run again when the writing has ended.",
                    code="sql_moved",
                )

    def count(self, query: Query) -> int:
        """Rows that a query has."""
        with self._asked(query) as connection:
            return int(
                connection.execute(f"SELECT count(*) FROM ({check_query(query.sql, query.place)})").fetchall()[0][0]
            )

    @contextmanager
    def large(self, query: Query, source: str, period: int, spec: SourceSpec, fields: Fields) -> Iterator[LargeTable]:
        """A query's rows, held by the engine.

        Raises:
            SourceError: Not one SELECT, no connection, a table or column that is missing or not to be read, no row.
        """
        names = self._stage(query, source, period, spec)
        own = self._open[query.connection].connection
        grid = Grid([(1, names)], "sql", notes=[self._said(source, period)])
        header = locate(head_of(grid), Wanted(spec.columns, query.place, fields.keys, fields.versions), grid.merged)
        # numbers of rows that are not committed yet begin anywhere
        least = own.execute("SELECT coalesce(min(rowid), 0) FROM memory.main.answer").fetchall()[0][0]
        relation = f"(SELECT rowid - {least} + 2 AS row, {_told(own, len(names))} FROM memory.main.answer)"
        part = EnginePart(own, relation, self.answers[source, period].rows)
        table = LargeTable([part], header, grid, spec, fields, query.place)
        table.refuse_empty()
        check_memory(table.rows, self._engine)
        try:
            yield table
        finally:
            own.execute("DROP TABLE IF EXISTS memory.main.answer")

    def small(
        self, query: Query, source: str, period: int, spec: SourceSpec, fields: Fields, *, may_be_empty: bool
    ) -> RawTable:
        """A query's rows in memory, as a file's.

        Raises:
            SourceError: As `large`, or more rows than are read into memory.
        """
        names = self._stage(query, source, period, spec)
        own = self._open[query.connection].connection
        rows = self.answers[source, period].rows
        if rows * len(names) > MAX_CELLS:
            raise too_many_cells(query.place, rows, len(names))
        if not rows and not may_be_empty:
            raise empty_file(query.place, "The query gives no rows.")
        cells = own.execute("SELECT * FROM memory.main.answer ORDER BY rowid").fetchall()
        own.execute("DROP TABLE memory.main.answer")
        grid = Grid([(1, names), *enumerate(cells, 2)], "sql", notes=[self._said(source, period)])
        header = locate(head_of(grid), Wanted(spec.columns, query.place, fields.keys, fields.versions), grid.merged)
        return table_of(grid, header, spec, query.place, query.place, fields, may_be_empty=True)

    def _said(self, source: str, period: int) -> str:
        answer = self.answers[source, period]
        return f"{answer.query.connection} was asked: {answer.query.label} ({answer.rows} rows, SHA-256 {answer.hash})"

    def _stage(self, query: Query, source: str, period: int, spec: SourceSpec) -> list[str]:
        """Read a query's declared columns into the engine's table `answer`, in the order of their content; their names."""
        wanted = {normalise(option) for options in spec.columns.values() for option in options}
        sql = check_query(query.sql, query.place)
        with self._asked(query) as connection:
            described = connection.execute(f"DESCRIBE SELECT * FROM ({sql})").fetchall()
            kinds = {str(name): str(kind) for name, kind, *_ in described}
            names = [name for name in kinds if normalise(name) in wanted] or list(kinds)
            for name in names:
                if not kinds[name].startswith(("U", *_FLAT)) or kinds[name].endswith(("]", "ZONE")):
                    raise _nested(name, kinds[name], query.place)
            own = ", ".join(f"{quoted(name)} AS c{i}" for i, name in enumerate(names))
            connection.execute(f"CREATE OR REPLACE TABLE memory.main.answer AS SELECT {own} FROM ({sql}) ORDER BY ALL")
        own_connection = self._open[query.connection].connection
        found = _hash(own_connection, names, [kinds[name] for name in names])
        rows = int(own_connection.execute("SELECT count(*) FROM memory.main.answer").fetchall()[0][0])
        self.answers[source, period] = Answer(query, rows, found)
        return names

    @contextmanager
    def _asked(self, query: Query) -> Iterator[DuckDBPyConnection]:
        """The connection of a query, in the database that it asks; what goes wrong is told in words without the secret."""
        import duckdb

        held = self._held(query)
        if held.broken:
            raise told("aborted", query.place, query.connection, held.secret)
        try:
            held.connection.execute("USE asked")
            yield held.connection
        except duckdb.OutOfMemoryException:
            raise
        except duckdb.Error as error:
            held.broken = True  # its transaction is over, and with it the snapshot
            raise told(str(error), query.place, query.connection, held.secret) from None
        finally:
            if not held.broken:
                held.connection.execute("USE memory")

    def _held(self, query: Query) -> _Open:
        import duckdb

        name = query.connection
        if name not in self._open:
            secret = os.environ.get(name, "").strip()
            if not secret:
                raise unset(name, query.place)
            connection = self._stack.enter_context(opened(self._engine))
            held = _Open(connection, secret)
            try:
                _attach(held)
            except duckdb.Error as error:
                raise told(str(error), query.place, name, secret) from None
            self._open[name] = held
        return self._open[name]


def _attach(held: _Open) -> None:
    """Open what a connection names as the database `asked`, read only, and begin the transaction of the run."""
    connection, secret = held.connection, held.secret
    path = Path(secret.removeprefix("duckdb:").removeprefix("parquet:"))
    postgres = secret.startswith(("postgres://", "postgresql://")) or "=" in secret.split()[0].split("/")[0]
    if postgres:
        os.environ.setdefault("PGCONNECT_TIMEOUT", _PATIENCE)
        connection.execute(f"LOAD {literal(str(_scanner()))}")
        connection.execute(f"ATTACH {literal(secret)} AS asked (TYPE postgres, READ_ONLY)")
    elif path.is_dir():
        connection.execute("ATTACH ':memory:' AS asked")
        held.marks += _views(connection, path)
    else:
        connection.execute(f"ATTACH {literal(str(path))} AS asked (READ_ONLY)")
    # from here on nothing leads out of the database but what stands open
    spill = str(connection.execute("SELECT current_setting('temp_directory')").fetchall()[0][0])
    open_still = [spill, *([str(path)] if path.is_dir() and not postgres else [])]
    connection.execute(f"SET allowed_directories=[{', '.join(map(literal, open_still))}]")
    connection.execute("SET enable_external_access=false")
    connection.execute("BEGIN TRANSACTION")


def _views(connection: DuckDBPyConnection, folder: Path) -> list[tuple[Path, int, int]]:
    """A view for each file or folder of Parquet, called like it; the marks of all files."""
    marks = []
    for part in sorted(folder.iterdir()):
        if part.name.startswith((".", "_", "~")) or not (part.is_dir() or part.suffix == ".parquet"):
            continue
        files = [part] if part.is_file() else sorted(part.rglob("*.parquet"))
        marks += [_mark(file) for file in files]
        if files:
            name, listed = quoted(part.stem if part.is_file() else part.name), ", ".join(literal(str(f)) for f in files)
            connection.execute(
                f"CREATE VIEW asked.{name} AS SELECT * FROM read_parquet([{listed}], hive_partitioning=true)"
            )
    return marks


def _scanner() -> Path:
    """The scanner of PostgreSQL that came with the project's packages: nothing is fetched."""
    import duckdb
    import duckdb_extension_postgres_scanner as package

    return (
        Path(str(package.__file__)).parent
        / "extensions"
        / f"v{duckdb.__version__}"
        / "postgres_scanner.duckdb_extension"
    )


def _mark(path: Path) -> tuple[Path, int, int]:
    status = path.stat()
    return path, status.st_size, status.st_mtime_ns


def _nested(name: str, kind: str, place: str) -> SourceError:
    return SourceError(
        f"The column {name!r} holds {kind} in each cell.",
        where=f"{place}, column {name}",
        expected="one text, number, date or truth value in a cell",
        todo="Turn it into one in the query, such as `column::varchar`.",
        code="nested",
    )


def _told(connection: DuckDBPyConnection, width: int) -> str:
    """SQL of the columns of `answer`; whole numbers of more than 64 bits and UUIDs, which have no kind of column of their own
    outside the engine, as the number or text that they are."""
    kinds = connection.execute("DESCRIBE memory.main.answer").fetchall()
    told = []
    for i, (_, kind, *_) in enumerate(kinds[:width]):
        fits = "HUGEINT" in kind and connection.execute(
            f"SELECT count(c{i}) = count(try_cast(c{i} AS BIGINT)) FROM memory.main.answer"
        ).fetchall() == [(True,)]
        told.append(f"c{i}::BIGINT AS c{i}" if fits else f"c{i}::VARCHAR AS c{i}" if kind in _WIDE else f"c{i}")
    return ", ".join(told)


def _hash(connection: DuckDBPyConnection, names: Sequence[str], kinds: Sequence[str]) -> str:
    """SHA-256 over names, types and the rows of `answer` in the order of their content."""
    found = hashlib.sha256(repr(list(zip(names, kinds, strict=True))).encode())
    cells = ", ".join(
        f"coalesce(strlen(c{i}::VARCHAR)::VARCHAR || ':' || c{i}::VARCHAR, '-')" for i in range(len(names))
    )
    reader = connection.execute(
        f"SELECT sha256(concat({cells})) AS h FROM memory.main.answer ORDER BY rowid"
    ).to_arrow_reader(1 << 18)
    for batch in reader:
        column = cast(Any, batch.column(0))
        offsets = np.frombuffer(column.buffers()[1], dtype=np.int32)
        first, last = int(offsets[column.offset]), int(offsets[column.offset + len(column)])
        found.update(memoryview(column.buffers()[2])[first:last])
    return found.hexdigest()
