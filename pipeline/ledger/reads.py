"""What a notebook reads of its edition while it records, topic by topic: tables, ledgers and values of the study.

A topic is computed from at most what is noted under its name and under `OPENING`, which the notebook read before its
first topic.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

OPENING = "open"
"""Name of what is read outside any topic: in the cell that opens the notebook."""
_WORDS = (".en", ".id")


class Reads:
    """Notes of one notebook.

    `tables`, `ledgers` and `keys` map a topic to what it asked for; `columns` a table to its columns.
    """

    current: Reads | None = None
    """Those of the edition that was opened last, for readers of ledgers, which know no edition."""

    def __init__(self) -> None:
        self.topic = OPENING
        self.ledgers_of: Path | None = None  # folder of the edition's own ledgers: those of other editions are no part
        self.tables: dict[str, set[str]] = {}
        self.ledgers: dict[str, set[str]] = {}
        self.keys: dict[str, dict[str, Any]] = {}
        self.columns: dict[str, list[str]] = {}

    @contextmanager
    def of(self, topic: str) -> Iterator[None]:
        """What is read inside belongs to this topic."""
        before, self.topic = self.topic, topic
        try:
            yield
        finally:
            self.topic = before

    def table(self, name: str, columns: Iterable[str] = ()) -> None:
        """A tidy table, or a result that an earlier step kept."""
        self.tables.setdefault(self.topic, set()).add(name)
        if found := [str(column) for column in columns]:
            self.columns[name] = found

    def ledger(self, names: Iterable[str]) -> None:
        """Ledgers of other notebooks."""
        self.ledgers.setdefault(self.topic, set()).update(names)

    def key(self, path: str, value: Any) -> None:
        """A value of the study by its key; words that are only printed do not count."""
        if not path.endswith(_WORDS) and not (isinstance(value, str) and value.startswith("<")):
            self.keys.setdefault(self.topic, {})[path] = _plain(value)

    def to_json(self) -> dict[str, Any]:
        """By topic what was read, as a ledger holds it."""
        topics = sorted({*self.tables, *self.ledgers, *self.keys})
        return {
            "topics": {
                topic: {
                    "tables": sorted(self.tables.get(topic, ())),
                    "ledgers": sorted(self.ledgers.get(topic, ())),
                    "keys": dict(sorted(self.keys.get(topic, {}).items())),
                }
                for topic in topics
            },
            "columns": dict(sorted(self.columns.items())),
        }


def tables_of(reads: Mapping[str, Any], topic: str, kind: str = "tables") -> list[str]:
    """What a topic of a ledger read (`Reads.to_json`), with what its notebook had read when it began."""
    held = reads.get("topics", {})
    return sorted({name for one in (OPENING, topic) for name in held.get(one, {}).get(kind, ())})


def keys_of(reads: Mapping[str, Any], topic: str) -> dict[str, Any]:
    """The values of the study that a topic used, with those that its notebook had used when it began."""
    held = reads.get("topics", {})
    return {k: v for one in (OPENING, topic) for k, v in held.get(one, {}).get("keys", {}).items()}


def _plain(value: Any) -> Any:
    """Numbers and truth values as they are; of words and lists only that they were read."""
    return value if isinstance(value, bool | int | float) else None
