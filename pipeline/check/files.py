"""What was read of each file: how, and every row by its fate, with examples that show no person."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from pipeline.clean.account import FileAccount
from pipeline.sources.reading import Reading
from pipeline.study.rules import EXEMPT_RULES

EXAMPLES = 3


@dataclass(frozen=True)
class Fate:
    """What became of some rows of a file.

    Attributes:
        rule: The rule by which they were set aside or their reading was corrected; "kept" for the rest.
        outcome: kept, set_aside or corrected.
        rows: How many.
        examples: Up to three places, such as "row 12, Numerasi: 250,0".
    """

    rule: str
    outcome: str
    rows: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class FileRead:
    """One file: its source and year, how it was read, and its rows by fate."""

    source: str
    period: int
    reading: Reading
    read: int
    fates: list[Fate] = field(default_factory=list)

    @property
    def kept(self) -> int:
        return sum(fate.rows for fate in self.fates if fate.outcome == "kept")

    @property
    def broken(self) -> int:
        """Rows set aside by a rule, without what stands above the table and blank rows."""
        return sum(f.rows for f in self.fates if f.outcome == "set_aside" and f.rule not in EXEMPT_RULES)


def file_read(account: FileAccount) -> FileRead:
    """What an account says of its file."""
    counts = Counter(rule for _, rule, _ in account.aside)
    fates = [Fate("kept", "kept", account.raw.read - len(account.aside))]
    fates += [Fate(rule, "set_aside", rows, _examples(account, rule)) for rule, rows in sorted(counts.items())]
    fates += [Fate(rule, "corrected", rows) for rule, rows in sorted(account.notes.items())]
    return FileRead(account.source, account.period, account.raw.reading, account.raw.read, fates)


def _examples(account: FileAccount, rule: str) -> tuple[str, ...]:
    told = next((f.examples for f in account.raw.reading.furniture if f.rule == rule), None)
    if told is not None:
        return told
    rows = sorted((row, name) for row, found, name in account.aside if found == rule)[:EXAMPLES]
    return tuple(_example(account, row, name) for row, name in rows)


def _example(account: FileAccount, row: int, name: str) -> str:
    place = f"row {row}" + (f", {account.heading(name)}" if name else "")
    cell = account.open_cell(row, name)
    return place if cell is None else f"{place}: {cell}"
