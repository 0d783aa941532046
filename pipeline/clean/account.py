"""The account of rows: each row read is kept or set aside once, by the first rule it breaks; corrections are noted."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import pandas as pd

from pipeline.errors import Faults, SourceError
from pipeline.sources import values
from pipeline.sources.identifiers import bare, looks_like_person
from pipeline.sources.names import alike
from pipeline.sources.table import RawTable
from pipeline.study.rules import ADVICE, EXEMPT_RULES, USUAL_TOLERANCES

DATES = frozenset({"date", "birth_date", "appointed", "start", "end"})
NUMBERS = frozenset({"literacy", "numeracy", "innovative_methods", "pupil_activity", "pupils", "teachers", "jp",
    "sessions_planned", "sessions_held", "amount", "contacts", "answered_at", "qualification", "competence", "performance",
    "discipline", "index", *(f"u{k}" for k in range(1, 10))})  # fmt: skip
IDENTIFIERS = frozenset({"npsn", "nip", "nisn", "mentor_nip"})
OPEN_FIELDS = frozenset({"level", "status", "kecamatan", "grade", "activity", "attendance", "disposition", "mode", "batch",
    "period", "cohort", "treated", "subject"})  # fmt: skip
"""Fields, beside those of numbers, whose cells name no person and may be shown."""
_LONGEST = 24


@dataclass
class FileAccount:
    """One file's rows: which are left, which were set aside and why."""

    source: str
    period: int
    raw: RawTable
    tolerances: Mapping[str, float]
    aside: list[tuple[int, str, str]] = field(default_factory=list)
    """Row number, rule and field of each row set aside."""
    notes: Counter[str] = field(default_factory=Counter)
    faults: Faults | None = None
    """Where faults are kept after which the rows that are left can still be looked at; None: `check` stops."""
    cohorts: pd.Series | None = None
    """Of a ready panel: each unit's cohort as the file gives it, before units are left out."""
    from_start: frozenset[str] = frozenset()
    """Units that were left out of the panel, since they are treated in their first period."""
    doubtful: frozenset[str] = frozenset()
    """Rules that say nothing, for what they look a row up in is itself at fault."""
    _broken: Counter[str] = field(default_factory=Counter)
    _first: dict[str, tuple[int, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for row in self.raw.aside:
            self._set_aside([row.row], row.rule, "")
        self.frame = self.raw.frame.copy()

    def drop(self, rows: Collection[int], rule: str, column: str = "") -> None:
        """Set rows aside by a rule; those gone already are not counted again."""
        here = self.frame.index[self.frame.index.isin(list(rows))].tolist()
        self._set_aside(here, rule, column)
        self.frame = self.frame.drop(index=here)

    def blank(self, rows: Collection[int], rule: str, column: str) -> None:
        """Leave out single values of rows that are kept, and note it."""
        here = self.frame.index[self.frame.index.isin(list(rows))].tolist()
        self._count(here, rule, column)
        self.frame.loc[here, column] = None
        if here:
            self.notes[f"value_left_out_{rule}"] += len(here)

    def left_out(self, rows: Collection[int], rule: str, column: str) -> None:
        """Note single values that were left out, one entry of `rows` a value; the rule's tolerance counts their rows."""
        self._count(set(rows), rule, column)
        self.note(len(rows), rule)

    def note(self, count: int, rule: str) -> None:
        """Note that values of kept rows were read in a corrected form."""
        if count:
            self.notes[rule] += int(count)

    def numbers(self, name: str) -> pd.Series:
        """A field of the rows that are left as float64, NaN where blank or no number, in its column's own style."""
        return values.numbers(self.frame[name], self.raw.marks.get(name, "."))

    def open_cell(self, row: int, name: str) -> str | None:
        """A cell as the file has it, where it can be shown: no person's, and no longer than a word or two."""
        if (name not in self.raw.marks and name not in OPEN_FIELDS) or name not in self.raw.frame:
            return None
        cell = self.raw.frame[name].get(row)
        shown = isinstance(cell, str) and len(cell) <= _LONGEST and not looks_like_person(cell)
        return cell if shown else None

    def check(self) -> None:
        """Stop where a rule takes more than its tolerance, with all such rules at once.

        Raises:
            SourceError: Names file, sheet, first row, column, rule, and what to do.
        """
        faults = Faults() if self.faults is None else self.faults
        for rule, (count, allowed) in self.beyond().items():
            row, column = self._first[rule]
            expected, todo = ADVICE.get(rule, ("rows that keep the rule", "Correct the file."))
            if rule == "bad_number" and column in self.raw.others:
                other = "." if self.raw.marks[column] == "," else ","
                todo = f'The other decimal mark reads {self.raw.others[column]} of these cells: `decimal: "{other}"`.'
            cell = self.open_cell(row, column)
            shown = "" if cell is None else f", the first with {cell!r}"
            key = "panel" if self.source == "panel" else f"sources.{self.source}"
            todo += (
                f" To set such rows aside and go on: {key}.tolerances: {{{rule}: {_enough(count / self.raw.read)}}}."
            )
            faults.meet(
                SourceError(
                    f"{count} of {self.raw.read} rows break the rule {rule}{shown}; at most {allowed:.1%} may.",
                    where=self.raw.place(row, column or None),
                    expected=expected,
                    todo=todo,
                    code=rule,
                )
            )
        if self.faults is None:
            faults.stop()

    def beyond(self) -> dict[str, tuple[int, float]]:
        """Rules that take more than their tolerance: how many rows, and which share they may."""
        over = {}
        for rule, count in sorted(self._broken.items()):
            least, usual = USUAL_TOLERANCES.get(rule, (0, 0.0)) if rule not in self.tolerances else (0, 0.0)
            allowed = self.tolerances.get(rule, usual)
            if rule not in EXEMPT_RULES and rule not in self.doubtful and count > max(least, allowed * self.raw.read):
                over[rule] = (count, allowed)
        return over

    def rows(self) -> list[dict[str, object]]:
        """The account: per rule the rows set aside, notes of corrections, and the rows kept."""
        counts = Counter(rule for _, rule, _ in self.aside)
        base = {"source": self.source, "period": self.period, "file": self.raw.label}
        kept = [{**base, "rule": "kept", "outcome": "kept", "rows": self.raw.read - len(self.aside)}]
        aside = [{**base, "rule": r, "outcome": "set_aside", "rows": n} for r, n in sorted(counts.items())]
        return [
            *kept,
            *aside,
            *({**base, "rule": r, "outcome": "corrected", "rows": n} for r, n in sorted(self.notes.items())),
        ]

    def set_aside_rows(self) -> list[dict[str, object]]:
        """Each row set aside, by place and rule; never its content."""
        base = {"source": self.source, "period": self.period, "file": self.raw.label}
        sheet = self.raw.sheet or ""
        return [
            {**base, "sheet": sheet, "row": row, "column": self.heading(c), "rule": rule, "message": _message(rule)}
            for row, rule, c in sorted(self.aside)
        ]

    def _set_aside(self, rows: Collection[int], rule: str, column: str) -> None:
        self._count(rows, rule, column)
        self.aside += [(int(row), rule, column) for row in rows]

    def heading(self, column: str) -> str:
        """A field's heading as the file spells it."""
        return self.raw.headings.get(column, column)

    def _count(self, rows: Collection[int], rule: str, column: str) -> None:
        if rows:
            self._broken[rule] += len(rows)
            self._first.setdefault(rule, (int(min(rows)), column))


def _enough(share: float) -> str:
    """A share written with the fewest decimals that is not smaller."""
    return f"{math.ceil(share * 1000) / 1000:.3f}".rstrip("0")


def _message(rule: str) -> str:
    """A rule in words; never a cell's content, which may be a person's."""
    if rule in EXEMPT_RULES or rule in USUAL_TOLERANCES:
        return "Part of the sheet's form, no row of its table."
    expected, todo = ADVICE.get(rule, ("rows that keep the rule", "Correct the file."))
    return f"Expected {expected}. {todo}"


def drop_duplicates(account: FileAccount, keys: list[str] | None = None) -> None:
    """Set aside rows that say the same as an earlier one, and, with `keys`, all rows that share a key and differ.

    Rows are compared as they are read: the same date in another style or an NPSN with a blank in it is no difference.
    """
    account.drop(said_before(account.frame, account.raw.marks).tolist(), "duplicate_row")
    if keys:
        frame = account.frame
        account.drop(frame.index[frame.duplicated(keys, keep=False)].tolist(), "duplicate_key", keys[0])


def alike_words(count: int) -> str:
    """How many names of a column are written in several ways."""
    names = "One name of this column is" if count == 1 else f"{count} names of this column are"
    return f"{names} written in ways that only look alike."


def same_look(account: FileAccount, name: str) -> None:
    """Refuse a column of categories in which one stands in two ways that only look alike.

    Raises:
        SourceError: Names the first pairs.
    """
    groups = alike(account.frame[name].dropna())
    if groups:
        pairs = "; ".join(" and ".join(repr(text) for text in group) for group in groups[:3])
        raise SourceError(
            alike_words(len(groups)),
            where=account.raw.place(None, name),
            expected=f"one name for one thing; here {pairs}",
            todo="Correct the file.",
            code="alike",
        )


def said_before(frame: pd.DataFrame, marks: Mapping[str, str]) -> pd.Index:
    """Rows of a raw table that say the same as an earlier one: dates, numbers and identifiers are compared as values, other
    text without case and blanks.

    Args:
        frame: The raw table, as text.
        marks: Field of numbers -> decimal mark.
    """
    reading = pd.DataFrame(index=frame.index)
    for name in sorted(frame.columns, key=lambda name: name not in IDENTIFIERS):
        # Who is alone in what was read so far has no double: most tables end with their first identifier.
        reading[name] = _said(frame.loc[reading.index, name], name, marks.get(name))
        reading = reading[reading.duplicated(keep=False)]
        if reading.empty:
            return reading.index
    return reading.index[reading.duplicated(keep="first")]


def _said(column: pd.Series, name: str, mark: str | None) -> pd.Series:
    def plain(text: object) -> str | None:
        return " ".join(str(text).split()).casefold() or None if text is not None else None

    if name in DATES:
        return values.parsed(column, lambda text: values.parse_date(text) or plain(text))
    if mark is not None:
        number = values.parsed(column, lambda text: values.parse_number(text, mark))
        return number.where(number.notna(), values.parsed(column[number.isna()], plain))
    if name in IDENTIFIERS:
        return values.parsed(column, _identifier)
    return values.parsed(column, plain)


def _identifier(text: str) -> str | None:
    return text if text.isalnum() else bare(re.sub(r"[.,]0+$", "", text.strip())) or None


def account_table(accounts: list[FileAccount]) -> pd.DataFrame:
    """The row account over all files."""
    columns = ["source", "period", "file", "rule", "outcome", "rows"]
    return pd.DataFrame([row for account in accounts for row in account.rows()], columns=columns)


def set_aside_table(accounts: list[FileAccount]) -> pd.DataFrame:
    """Every row set aside, over all files."""
    columns = ["source", "period", "file", "sheet", "row", "column", "rule", "message"]
    return pd.DataFrame([row for account in accounts for row in account.set_aside_rows()], columns=columns)
