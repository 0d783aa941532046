"""What differs between two editions' records: files, settings, methods, software."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.published.record import METHODS, Record

PRESENT = "✓"
Kind = Literal["new", "revised", "gone", "read_otherwise", "unread"]


@dataclass(frozen=True)
class FileChange:
    """A raw file that differs; rows are None where there is no such file, or no account of it.

    Attributes:
        file: Path below the study's folder of raw data.
        kind: New, revised (other bytes), gone; or the same bytes read otherwise, or not read any more.
        read_then, read_now, kept_then, kept_now: Rows.
    """

    file: str
    kind: Kind
    read_then: Any = None
    kept_then: Any = None
    read_now: Any = None
    kept_now: Any = None

    @property
    def year(self) -> int | None:
        """The year folder that it lies in."""
        head = self.file.partition("/")[0]
        return int(head) if head.isdigit() else None


@dataclass(frozen=True)
class Change:
    """A value that differs, None where there is none: of a setting, a method's part or a program's version."""

    kind: str
    key: str
    then: str | None
    now: str | None


def files(then: Record, now: Record) -> list[FileChange]:
    """Raw files that differ, by path."""
    found = []
    for name in sorted(then.raw.keys() | now.raw.keys()):
        old, new = then.raw.get(name), now.raw.get(name)
        before, after = then.rows.get(name, [None, None]), now.rows.get(name, [None, None])
        if old != new or before != after:
            same: Kind = "read_otherwise" if name in now.rows else "unread"
            kind: Kind = "new" if old is None else "gone" if new is None else "revised" if old != new else same
            found.append(FileChange(name, kind, *before, *after))
    return found


def settings(then: Record, now: Record) -> list[Change]:
    """Settings that differ, by key."""
    return _changes("setting", then.settings, now.settings)


def methods(then: Record, now: Record) -> list[Change]:
    """Estimators, rules of the verdict and topics that came or went."""
    found: list[Change] = []
    for kind in METHODS:
        old, new = (dict.fromkeys(one.methods.get(kind, []), PRESENT) for one in (then, now))
        found += _changes(kind, old, new)
    return found


def software(then: Record, now: Record) -> list[Change]:
    """Programs whose version differs."""
    return _changes("software", then.software, now.software)


def _changes(kind: str, then: Mapping[str, str], now: Mapping[str, str]) -> list[Change]:
    keys = sorted(then.keys() | now.keys())
    return [Change(kind, key, then.get(key), now.get(key)) for key in keys if then.get(key) != now.get(key)]
