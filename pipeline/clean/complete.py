"""Whether a file is whole: against the office's control totals, its own shape, the years before and the other files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from pipeline.clean.account import FileAccount
from pipeline.errors import SourceError
from pipeline.study.parts import Expect
from pipeline.study.rules import FEWER

_LEAST = 3
"""Rows or units short that are no sign of a cut, however small the file."""


@dataclass(frozen=True)
class Size:
    """What a file holds: rows of its table and different units."""

    rows: int
    units: frozenset[str]


def check_expected(account: FileAccount, size: Size, expect: Expect | None, key: str) -> None:
    """Compare with control totals.

    Raises:
        SourceError: The file holds another number of rows or units.
    """
    if expect is None:
        return
    for name, said, found in (("rows", expect.rows, size.rows), ("units", expect.units, len(size.units))):
        if said is not None and said != found:
            short = "is short: it" if found < said else ""
            raise SourceError(
                f"The file {short} has {found} {name} and not {said}.".replace("  ", " "),
                where=account.raw.place(),
                expected=f"the control total of the office, {key}.expect: {said} {name}",
                todo="Ask the office for the whole file, or correct the control total.",
                code="control_total",
            )


def check_before(account: FileAccount, now: Size, before: Size | None, still: frozenset[str] | None, year: int) -> None:
    """Compare a file with the one of the year before.

    Args:
        account: The file's account.
        now: What it holds.
        before: What the file of `year` held; None where there was none.
        still: Units that can be in the file this year; None where no list tells.
        year: The year before.

    Raises:
        SourceError: Units or rows are missing beyond the tolerance `fewer_units` or `fewer_rows`.
    """
    if before is None:
        return
    due = before.units if still is None else before.units & still
    gone = due - now.units
    _refuse(account, "fewer_units", len(gone), len(due), f"{len(gone)} of {len(due)} units of {year} have no row")
    short = before.rows - now.rows
    closed = len(before.units - due) / max(1, len(before.units)) * before.rows
    text = f"{now.rows} rows, and {before.rows} in {year}"
    _refuse(account, "fewer_rows", round(short - closed), before.rows, text)


def check_against(account: FileAccount, units: frozenset[str], due: frozenset[str], other: str) -> None:
    """Compare a file's units with those of another file of the year.

    Raises:
        SourceError: Units of the other file have no row here, beyond the tolerance `fewer_units`.
    """
    gone = due - units
    _refuse(account, "fewer_units", len(gone), len(due), f"{len(gone)} of {len(due)} units of {other} have no row")


def _refuse(account: FileAccount, rule: str, short: int, of: int, what: str) -> None:
    allowed = account.tolerances.get(rule, FEWER[rule])
    if short <= max(_LEAST, allowed * of):
        return
    last = account.raw.last_row
    raise SourceError(
        f"The file looks cut: {what} (rule {rule}; at most {allowed:.0%} may be missing).",
        where=account.raw.place(last),
        expected="about as many rows and units as the year before and the other files of the year",
        todo="Compare the end of this file with the office's, or ask for its totals. If it is whole, raise the tolerance"
        f" {rule} of this source, or say so: expect: {{rows: {account.raw.rows}}}.",
        code="cut",
    )


def check_tail(account: FileAccount, frame: pd.DataFrame, expect: Expect | None) -> None:
    """Refuse a panel whose end is missing: every unit is whole but the last, or the last period breaks off.

    Args:
        account: The file's account.
        frame: `unit` and `period` of every row, in the file's order.
        expect: Control totals; where they give the rows, the file is known to be whole.
    """
    if (expect is not None and expect.rows is not None) or len(frame) < 12:
        return
    frame = frame.drop_duplicates()
    units = _runs(frame["unit"].tolist())
    counts = frame.groupby("unit", sort=False).size()
    if units is not None and len(units) > 3 and counts.iloc[:-1].nunique() == 1 and counts.iloc[-1] < counts.iloc[0]:
        raise _cut(account, f"its last unit has {counts.iloc[-1]} of {counts.iloc[0]} periods, and every other one all")
    periods = _runs(frame["period"].tolist())
    if periods is None or len(periods) < 3:
        return
    by_period = [frame.loc[frame["period"] == period, "unit"].tolist() for period in periods]
    last, usual = by_period[-1], by_period[-2]
    if len({tuple(names) for names in by_period[:-1]}) == 1 and len(last) < len(usual) and last == usual[: len(last)]:
        raise _cut(account, f"its last period has {len(last)} of {len(usual)} units, and every other one all")


def _cut(account: FileAccount, what: str) -> SourceError:
    rows = len(account.raw.frame)
    return SourceError(
        f"The file looks cut: {what}.",
        where=account.raw.place(int(account.raw.frame.index.max())),
        expected="a whole file",
        todo=f"Ask the office for the whole file. If it is whole, say so: panel.expect: {{rows: {rows}}}.",
        code="cut",
    )


def _runs(values: Sequence[object]) -> list[object] | None:
    """The different values in order, or None if one comes back after another."""
    seen: dict[object, None] = {}
    last: object = None
    for value in values:
        if value != last and value in seen:
            return None
        seen[value] = None
        last = value
    return [*seen]


def of_year(expect: Expect | Mapping[int, Expect] | None, period: int, edition: int) -> Expect | None:
    """The control totals of a year: those named for it, or, named for no year, those of the edition's own."""
    if isinstance(expect, Mapping):
        return expect.get(period)
    return expect if period == edition else None
