"""Where an entry comes from: its cell and function, the tables its topic read, and through them raw files and settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.ledger.reads import OPENING, keys_of, tables_of
from pipeline.ledger.results import Results

EFFECTS = "effects"
"""What the notebook that estimates keeps for those that judge."""
ESTIMATES = "03_effects"
CLEANING = "01_clean"


@dataclass(frozen=True)
class RawFile:
    """A file of an office as a source reads it: path below the study's raw folder, SHA-256, and the account of its rows,
    None where the report's table of it does not tell."""

    name: str
    hash: str
    source: str
    read: int | None = None
    kept: int | None = None
    aside: int | None = None


@dataclass(frozen=True)
class Origins:
    """What an edition was made from.

    Attributes:
        files: Every raw file by source.
        made_from: By tidy table, the sources whose files it was made from; a table that is missing tells of all files.
        seed: The study's.
        code: Hash of the project's code.
        settings: Hash of the study's file.
        last: The last edition's shipped ledger, where it is published, and its name.
    """

    files: tuple[RawFile, ...] = ()
    made_from: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    seed: int = 0
    code: str = ""
    settings: str = ""
    last: Mapping[str, Any] = field(default_factory=dict)
    last_name: str = ""

    def sources(self, tables: Iterable[str]) -> list[str]:
        """The sources behind tables, by name."""
        everything = {file.source for file in self.files}
        return sorted({source for table in tables for source in self.made_from.get(table, everything)} & everything)


@dataclass(frozen=True)
class Maker:
    """What made an entry.

    Attributes:
        notebook, cell: The cell; nothing where the gate counted.
        topic, function: The topic, and module and name of the function.
        tables: Tidy tables that the topic may rest on, directly or through estimates and other ledgers.
        ledgers: Other notebooks' ledgers that it read.
        keys: Values of the study by key; None for words and lists.
    """

    notebook: str
    cell: str
    topic: str
    function: str
    tables: tuple[str, ...] = ()
    ledgers: tuple[str, ...] = ()
    keys: tuple[tuple[str, Any], ...] = ()


def maker_of(results: Results, kind: str, name: str) -> Maker:
    """What made an entry of a kind ("numbers", "texts", "tables", "figures")."""
    origin, topic, function = results.makers.get(kind, {}).get(name, ("", "", ""))
    if not origin:
        return Maker("", "", "", "pipeline.ledger.gate.gate")
    notebook, _, cell = origin.partition("#")
    reads = results.reads.get(notebook, {})
    tables, keys = {*tables_of(reads, topic)}, keys_of(reads, topic)
    ledgers = [other for other in tables_of(reads, topic, "ledgers") if other != notebook]
    for other in ledgers:
        tables |= {table for one in results.reads.get(other, {}).get("topics", {}).values() for table in one["tables"]}
    if EFFECTS in tables:
        tables |= {*tables_of(results.reads.get(ESTIMATES, {}), OPENING)}
        keys = {**keys_of(results.reads.get(ESTIMATES, {}), OPENING), **keys}
    plain = tuple(sorted(tables - {EFFECTS}))
    return Maker(notebook, cell, topic, function, plain, tuple(ledgers), tuple(sorted(keys.items())))


def table_hash(results: Results, table: str) -> str:
    """SHA-256 of a tidy table as the notebooks read it; nothing where none did."""
    found = (held[f"{table}.parquet"] for held in results.inputs.values() if f"{table}.parquet" in held)
    return next(found, "")


def columns_of(results: Results, table: str) -> list[str]:
    """The columns of a tidy table as it was read."""
    found = (list(held["columns"][table]) for held in results.reads.values() if held.get("columns", {}).get(table))
    return next(found, [])
