"""The embedded engine (DuckDB) for tables larger than memory: opened with a bound on memory and a private place to spill.

Nothing of it is loaded unless a source needs it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import SourceError
from pipeline.private import passing_folder

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SPILL = ".spill-"
"""Beginning of the names of private folders below `build/` in which the engine puts what does not fit."""

A_ROW = 40
"""Bytes that are kept of each row of a year while it is looked through (`clean.education.plain_pupils`)."""
FREE_DISK = "free some of the disk that it spills to"


@dataclass(frozen=True)
class Engine:
    """What the engine may use.

    Attributes:
        memory_gb: Gigabytes of memory of the whole process, what Python holds of the rows included.
        root: Where `build/` lies: what does not fit is put on this disk, and taken away at the end.
        threads: Threads; as many as there are cores where not given.
    """

    memory_gb: float
    root: Path
    threads: int | None = None

    @property
    def own_mb(self) -> int:
        """Megabytes for the engine itself: half of the whole, for it counts neither results nor what files are read with."""
        return max(128, round(self.memory_gb * 500))


@contextmanager
def opened(engine: Engine) -> Iterator[DuckDBPyConnection]:
    """A connection without a file of its own, that neither installs nor loads anything by itself.

    Raises:
        SourceError: The engine ran out of its memory, or out of disk to spill to.
    """
    import duckdb

    place = engine.root / "build"
    place.mkdir(parents=True, exist_ok=True)
    with passing_folder(place, SPILL) as spill:  # readable by its owner only: it may hold identity numbers
        settings: dict[str, Any] = {
            "memory_limit": f"{engine.own_mb}MB",
            "threads": engine.threads or cores(),
            "temp_directory": str(spill),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
        connection = duckdb.connect(":memory:", config=settings)
        try:
            yield connection
        except duckdb.OutOfMemoryException:
            raise _no_memory(engine) from None
        finally:
            connection.close()


def check_memory(rows: int, engine: Engine, a_row: int = A_ROW, way: str = FREE_DISK) -> None:
    """Refuse a table of which what is kept of each row does not fit.

    Args:
        rows: How many.
        engine: What may be used.
        a_row: Bytes of each; where only numbers are kept, `A_ROW`.
        way: What helps beside more memory.

    Raises:
        SourceError: More rows than `Engine.memory_gb` holds.
    """
    if rows * a_row > engine.memory_gb * 1e9:
        raise _no_memory(engine, way)


def _no_memory(engine: Engine, way: str = FREE_DISK) -> SourceError:
    return SourceError(
        "The engine for large tables needs more memory than it may use.",
        where="the key run.memory_gb of the study",
        expected=f"tables that can be worked on with {engine.memory_gb:g} GB",
        todo=f"Raise run.memory_gb, or {way}.",
        code="engine_memory",
    )


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def quoted(name: str) -> str:
    """A column's name as SQL has it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL has it."""
    return "'" + text.replace("'", "''") + "'"
