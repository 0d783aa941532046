"""What a ledger holds: numbers, tables and figures with their columns, and reading them back from an edition's ledgers."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pipeline.languages.message import Text, from_json, to_json
from pipeline.ledger.counts import Counts, Thresholds
from pipeline.ledger.reads import Reads

Kind = Literal["text", "int", "number", "p", "percent", "period", "code"]


@dataclass(frozen=True)
class Column:
    """A column of a ledger table: its key in the frame, heading by language, and how its values are printed.

    `kind` "code" looks the value up in `codes` (value -> wording by language). A column of integers says what it
    `counts`; a column of shares, means or estimates names the counting columns of the table that are `behind` it and is
    hidden with them. A column that is not `shown` is there for the gate alone.
    """

    key: str
    label: Text
    kind: Kind = "text"
    decimals: int = 3
    codes: Mapping[str, Text] = field(default_factory=dict)
    group: Text | None = None
    counts: Counts | None = None
    behind: tuple[str, ...] = ()
    shown: bool = True

    def resting_on(self, keys: tuple[str, ...]) -> Column:
        """The column, resting on these counting columns if it holds numbers and says nothing itself."""
        silent = self.counts is None and not self.behind and self.kind not in ("text", "code", "period")
        return replace(self, behind=keys) if silent else self

    def to_json(self) -> dict[str, Any]:
        """The column as JSON holds it."""
        return {
            "key": self.key,
            "label": to_json(self.label),
            "kind": self.kind,
            "decimals": self.decimals,
            "codes": {code: to_json(text) for code, text in self.codes.items()},
            "group": to_json(self.group),
            "counts": None if self.counts is None else asdict(self.counts),
            "behind": list(self.behind),
            "shown": self.shown,
        }

    @staticmethod
    def from_json(held: Mapping[str, Any]) -> Column:
        """The column that `to_json` wrote."""
        texts = {"label": from_json(held["label"]), "group": from_json(held["group"])}
        codes = {code: from_json(text) for code, text in held["codes"].items()}
        counts = Counts(**held["counts"]) if held.get("counts") else None
        return Column(**{**held, **texts, "codes": codes, "counts": counts, "behind": tuple(held.get("behind", ()))})


@dataclass(frozen=True)
class Number:
    """A number with its interval, unit, N, what it counts or rests on, and origin.

    `withheld` where the gate took it out: its value is then not a number. `unknown` names what has no finite value
    ("value", "low", "high", "p"): the prose says so in words.
    """

    value: float
    unit: str
    decimals: int
    low: float | None
    high: float | None
    p: float | None
    n: int | None
    origin: str
    counts: tuple[Counts, ...] = ()
    withheld: bool = False
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table: column descriptions, rows of plain values (None where missing), wordings, N and origin."""

    columns: list[Column]
    rows: list[dict[str, Any]]
    caption: Text
    notes: Text | None
    n: Text | None
    origin: str
    shown: bool = True
    """False for the data of a figure, which only the gate and the audit read."""


@dataclass(frozen=True)
class FigureEntry:
    """A figure: files by language (`{lang: {"svg": name, "png": name}}`), wordings and origin.

    `data` is what the picture of a language draws (`pipeline.ledger.drawn`), and `messages` what stands above it. Where it
    shows counted cells, the table of the same name says so to the gate.
    """

    files: Mapping[str, Mapping[str, str]]
    caption: Text
    alt: Text
    notes: Text | None
    origin: str
    data: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    messages: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Results:
    """All ledger entries of an edition, by name, and the folder that holds the figures."""

    numbers: dict[str, Number]
    texts: dict[str, str]
    tables: dict[str, Table]
    figures: dict[str, FigureEntry]
    inputs: dict[str, dict[str, str]]
    folder: Path
    thresholds: Thresholds = field(default_factory=Thresholds)
    makers: Mapping[str, Mapping[str, list[str]]] = field(default_factory=dict)
    """By kind ("numbers", "texts", "tables", "figures") and name: cell, topic and function that made the entry."""
    reads: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """By notebook what it read (`pipeline.ledger.reads.Reads.to_json`)."""


def read_results(folder: Path, *, anew: bool = False) -> Results:
    """Read all ledgers of an edition as one, as they may be published: the gate has hidden what must be.

    Args:
        folder: The ledgers' folder.
        anew: Whether the gate decides anew, also where the same ledgers came before it in an earlier run.

    Raises:
        ValueError: Two notebooks gave an entry the same name.
        DisclosureError: An entry counts something and does not say what.
        FileNotFoundError: There is no ledger in the folder.
    """
    from pipeline.ledger.gate import gate

    return _once(gate, Path(folder), _contents(folder), anew=anew)


@lru_cache(maxsize=4)
def _once(gate: Callable[..., Results], folder: Path, contents: tuple[bytes, ...], *, anew: bool) -> Results:
    """The gate's work, once for the same bytes: several chapters of a notebook look at what was recorded before."""
    found = merged([json.loads(content) for content in contents], folder)
    if anew:
        return gate(found)
    from pipeline.ledger.decided import Decided

    decided = Decided(folder, contents)
    shown = gate(found, decided.protect)
    decided.keep()
    return shown


def _contents(folder: Path) -> tuple[bytes, ...]:
    paths = sorted(Path(folder).glob("*.json"))
    if not paths:
        raise FileNotFoundError(f"no ledger in {folder}")
    if Reads.current is not None and Reads.current.ledgers_of == Path(folder):
        Reads.current.ledger(path.stem for path in paths)
    return tuple(path.read_bytes() for path in paths)


def read_ledgers(folder: Path) -> Results:
    """Read all ledgers of an edition as one, as recorded: small cells included. For the gate and the audit alone.

    Raises:
        ValueError: Two notebooks gave an entry the same name.
        FileNotFoundError: There is no ledger in the folder.
    """
    return merged([json.loads(content) for content in _contents(folder)], folder)


def merged(contents: Iterable[Mapping[str, Any]], folder: Path) -> Results:
    """The contents of ledgers as one; `folder` holds their figures.

    Raises:
        ValueError: Two notebooks gave an entry the same name.
    """
    found: dict[str, dict[str, Any]] = {"numbers": {}, "texts": {}, "tables": {}, "figures": {}}
    inputs: dict[str, dict[str, str]] = {}
    makers: dict[str, dict[str, list[str]]] = {}
    reads: dict[str, Mapping[str, Any]] = {}
    limits = Thresholds(0, 0)
    for content in contents:
        given = content.get("thresholds", asdict(Thresholds()))
        limits = Thresholds(max(limits.persons, given["persons"]), max(limits.units, given["units"]))
        inputs[content["notebook"]] = content["inputs"]
        reads[content["notebook"]] = content.get("reads", {})
        for section, held in content.get("makers", {}).items():
            makers.setdefault(section, {}).update(held)
        for section, entries in found.items():
            twice = sorted(set(entries) & set(content[section]))
            if twice:
                raise ValueError(f"{content['notebook']} repeats the ledger name {twice[0]!r}")
            entries.update(content[section])
    return Results(
        numbers={name: _number(entry) for name, entry in found["numbers"].items()},
        texts=found["texts"],
        tables={name: _table(entry) for name, entry in found["tables"].items()},
        figures={name: _figure(entry) for name, entry in found["figures"].items()},
        inputs=inputs,
        folder=Path(folder),
        thresholds=limits,
        makers=makers,
        reads=reads,
    )


def _number(entry: dict[str, Any]) -> Number:
    counts, unknown = tuple(Counts(**one) for one in entry.get("counts", ())), tuple(entry.get("unknown", ()))
    value = math.nan if "value" in unknown else entry["value"]
    return Number(**{**entry, "value": value, "counts": counts, "unknown": unknown})


def _table(entry: dict[str, Any]) -> Table:
    texts = {key: from_json(entry[key]) for key in ("caption", "notes", "n")}
    return Table(**{**entry, **texts, "columns": [Column.from_json(column) for column in entry["columns"]]})


def _figure(entry: dict[str, Any]) -> FigureEntry:
    return FigureEntry(**{**entry, **{key: from_json(entry[key]) for key in ("caption", "alt", "notes")}})
