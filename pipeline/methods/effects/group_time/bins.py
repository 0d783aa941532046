"""Effects of neighbouring event times, cohorts or periods joined, for tables and figures of many of them.

The rule: nothing is joined up to `MOST` rows; beyond, neighbours are joined into bins of one width, the least of `WIDTHS`
that leaves at most `MOST`. Bins of event time begin at the start of treatment, so that none holds both before and after.
A bin's effect is the mean of its cells, weighted by cohort like every other aggregate, with its own interval and a
band over all bins: no row of the finer table is dropped.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipeline.methods.effects.group_time.aggregate import Family
from pipeline.methods.effects.group_time.att_gt import GroupTime

MOST = 24
"""Rows of a table or figure from which on neighbours are joined."""
MOST_CELLS = 60
"""The same for tables of cohorts by periods."""
WIDTHS = (1, 2, 3, 4, 6, 12, 24, 36, 60, 120, 240, 600)


def width_of(values: Sequence[float] | np.ndarray, most: int | None = None, origin: float | None = None) -> int:
    """The least width of bins that leaves at most `most` of them.

    Args:
        values: What is binned.
        most: Most bins; `MOST` where not given.
        origin: Where a bin begins; the least value where not given.
    """
    found = np.unique(np.asarray(values, float))
    start = found.min() if origin is None else origin
    return next((w for w in WIDTHS if len(np.unique((found - start) // w)) <= (most or MOST)), WIDTHS[-1])


def width_of_cells(cohorts: np.ndarray, periods: np.ndarray, most: int | None = None) -> int:
    """The same for pairs of a cohort and a period, binned alike."""
    for w in WIDTHS:
        pairs = {(a, b) for a, b in zip(left(cohorts, w), left(periods, w), strict=True)}
        if len(pairs) <= (most or MOST_CELLS):
            return w
    return WIDTHS[-1]


def left(values: np.ndarray, width: int, origin: float | None = None) -> np.ndarray:
    """First value of each value's bin."""
    values = np.asarray(values, float)
    start = values.min() if origin is None else origin
    return np.asarray(start + (values - start) // width * width)


def event(result: GroupTime, level: float, draws: int, seed: int) -> tuple[pd.DataFrame, int]:
    """`result.event.table` with event times joined, and the width: `event_time` and `last` are the ends of a bin."""
    times = result.att["event_time"].to_numpy()
    width = width_of(times, origin=0.0)
    if width == 1:
        return result.event.table.assign(last=result.event.table["event_time"]), 1
    found = _family(result, left(times, width, 0.0), np.ones(len(times), bool), level, draws, seed)
    return _ends(found, times, width, "event_time", 0.0).assign(reference=False), width


def cohorts(result: GroupTime, level: float, draws: int, seed: int) -> tuple[pd.DataFrame, int]:
    """`result.group` with cohorts joined, and the width: `cohort` and `last` are the ends of a bin."""
    return _after(result, "cohort", result.group, level, draws, seed)


def calendar(result: GroupTime, level: float, draws: int, seed: int) -> tuple[pd.DataFrame, int]:
    """`result.calendar` with periods joined, and the width: `period` and `last` are the ends of a bin."""
    return _after(result, "period", result.calendar, level, draws, seed)


def cells(result: GroupTime, level: float, draws: int, seed: int) -> tuple[pd.DataFrame, int]:
    """`result.att` with cohorts and periods joined alike, before and after the start apart, and the width.

    A cohort's rows are in the order of event time: those before its start first. Periods of both sides may overlap where
    its cohorts start in different ones; `event_time` (the least) is below 0 in rows from before.
    """
    att = result.att
    first, period = att["cohort"].to_numpy(), att["period"].to_numpy()
    width = width_of_cells(first, period)
    if width == 1:
        return att.assign(cohort_last=first, last=period), 1
    after = (att["event_time"] >= 0).to_numpy()
    keys = pd.DataFrame({"cohort": left(first, width), "period": left(period, width), "after": after})
    groups = keys.groupby(["cohort", "after", "period"]).ngroup().to_numpy()
    table = _family(result, groups.astype(float), np.ones(len(att), bool), level, draws, seed).table
    rows = keys.assign(first=first, time=period, event_time=att["event_time"], n_control=att["n_control"], key=groups)
    ends = rows.groupby("cohort")["first"].agg(["min", "max"])
    sums = att.groupby(["cohort", groups])["n_treated"].max().groupby(level=1).sum()
    each = rows.groupby("key").agg(
        cohort=("cohort", "first"),
        period=("time", "min"),
        last=("time", "max"),
        event_time=("event_time", "min"),
        n_control=("n_control", "max"),
    )
    joined = table.assign(**{str(name): each[name].to_numpy() for name in each}, n_treated=sums.to_numpy())
    return joined.assign(cohort=joined["cohort"].map(ends["min"]), cohort_last=joined["cohort"].map(ends["max"])), width


def _after(
    result: GroupTime, key: str, plain: pd.DataFrame, level: float, draws: int, seed: int
) -> tuple[pd.DataFrame, int]:
    width = width_of(plain[key].to_numpy())
    if width == 1:
        return plain.assign(last=plain[key]), 1
    values, post = result.att[key].to_numpy(), (result.att["event_time"] >= 0).to_numpy()
    origin = float(plain[key].min())
    found = _family(result, left(values, width, origin), post, level, draws, seed)
    return _ends(found, values[post], width, key, origin), width


def _family(result: GroupTime, labels: np.ndarray, inside: np.ndarray, level: float, draws: int, seed: int) -> Family:
    make = result.make.drawing(level, draws, seed)
    return make.family("bin", [(int(k), inside & (labels == k)) for k in np.unique(labels[inside])])


def _ends(found: Family, values: np.ndarray, width: int, key: str, origin: float) -> pd.DataFrame:
    """The ends of each bin, as far as values reach into it."""
    at = left(values, width, origin)
    ends = pd.DataFrame({"bin": at, "value": values}).groupby("bin")["value"].agg(["min", "max"])
    table = found.table.assign(**{key: ends["min"].to_numpy(), "last": ends["max"].to_numpy()})
    return table.drop(columns="bin")
