"""Who takes part since when, as a ready panel says it: first periods, and statuses of 0 and 1."""

from __future__ import annotations

import pandas as pd

from pipeline.clean.account import FileAccount
from pipeline.errors import DesignError, StudyError
from pipeline.periods import year_of
from pipeline.study import PanelSpec

_FAR = 60
"""Years between a cohort and the nearest period from which on it is taken for a code and no year."""


def unlikely(cohort: pd.Series, period: pd.Series) -> pd.Series:
    """Cohorts that no programme has: below zero where no period is, or far from every period."""
    years = period.dropna().map(year_of)
    if years.empty:
        return pd.Series(False, index=cohort.index)
    entry = cohort.map(year_of, na_action="ignore")
    far = (entry < years.min() - _FAR) | (entry > years.max() + _FAR)
    return far | ((cohort < 0) & (years.min() >= 0))


def whole_status(account: FileAccount, spec: PanelSpec) -> None:
    """Statuses of 0 and 1: shares of a period become one of both by `panel.treated_from`, and without it are a fault.

    It is the study's fault and not the file's: a law of August is in force for 0.417 of its first year. The rows stay, so
    that nothing is missing where other rules look.
    """
    numbers = account.numbers("treated")
    part = (numbers > 0) & (numbers < 1)
    if part.any() and spec.treated_from is not None:
        on = (numbers >= spec.treated_from).map({True: "1", False: "0"})
        account.frame["treated"] = account.frame["treated"].mask(part, on)
        account.note(int(part.sum()), "part_of_period")
    elif part.any():
        assert account.faults is not None, "a ready panel keeps its faults"
        row = int(part.index[part].min())
        cell = account.open_cell(row, "treated")
        account.faults.meet(
            StudyError(
                f"{int(part.sum())} of {account.raw.read} rows hold a value between 0 and 1, where the column says who takes "
                f"part{'' if cell is None else f'; the first is {cell!r}'}.",
                where=account.raw.place(row, "treated"),
                expected="1 in periods under treatment and 0 before; a share of a period is neither",
                todo="Say in the study which shares count as under treatment: `panel.treated_from: 0.5` (half the period or "
                "more) or `panel.treated_from: 1` (whole periods only, so that a start counts from the next period on). "
                "If the value is a quantity that units have more or less of, name the column `panel.dose`.",
                code="part_of_period",
            )
        )
    account.drop(numbers.index[~numbers.isin([0, 1]) & ~part].tolist(), "bad_status", "treated")


def check_entries(account: FileAccount, spec: PanelSpec) -> None:
    """Set aside units whose entry falls into a gap: unseen in the period before the first row under treatment."""
    if spec.treated is None:
        return
    if account.beyond() or (account.faults is not None and account.faults.found):
        account.doubtful |= {"entry_unseen"}  # the row before may be one of those that another rule took
    frame = pd.DataFrame(
        {"unit": account.frame["unit"], "period": account.numbers("period"), "on": account.numbers("treated")}
    ).dropna()
    periods = sorted(frame["period"].unique())
    previous = dict(zip(periods[1:], periods[:-1], strict=True))
    first = frame[frame["on"] == 1].groupby("unit")["period"].min()
    seen = set(zip(frame["unit"], frame["period"], strict=True))
    start = frame.groupby("unit")["period"].min()
    unclear = {unit for unit, entry in first.items() if start[unit] < entry and (unit, previous[entry]) not in seen}
    account.drop(frame.index[frame["unit"].isin(unclear)].tolist(), "entry_unseen", "treated")


def check_cohorts(account: FileAccount, spec: PanelSpec) -> None:
    """Set aside rows of units whose first treated period is not the same in all their rows."""
    if spec.cohort is None:
        return
    cohort = account.numbers("cohort").fillna(0)
    units = account.frame["unit"].str.strip()
    many = cohort.groupby(units).transform("nunique") > 1
    first = cohort.groupby(units).transform("first")
    wrong = account.frame.index[many & (cohort != first)]
    account.drop(wrong.tolist(), "cohort_varies", "cohort")


def check_status(account: FileAccount, spec: PanelSpec) -> None:
    """Stop where treatment switches off; by row, for a unit may be a person, whose number no message names."""
    if spec.treated is None or spec.switches == "started":
        return
    status = pd.DataFrame({name: account.numbers(name) for name in ("period", "treated")})
    status = status.assign(unit=account.frame["unit"].str.strip()).sort_values(["unit", "period"], kind="stable")
    status = status[status["treated"].isin([0, 1])]  # a share of a period is a fault of its own
    off = status[status["treated"] < status.groupby("unit")["treated"].cummax()]
    if len(off):
        raise DesignError(
            f"Treatment switches off in {off['unit'].nunique()} units.",
            where=account.raw.place(int(off.index.min()), "treated"),
            expected="a unit that is treated once stays treated (staggered adoption)",
            todo="Correct the status, or say `panel.switches: started`: the effect is then that of having started.",
            code="switches_off",
        )
