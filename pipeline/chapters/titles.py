"""Messages of figures: what a reader may take from the numbers that a figure shows, chosen by rule from these numbers.

A message counts and names; it never says that the programme worked. What may be said of an effect is the verdict's, and a
figure of one estimate cannot know it. Each rule is told beside its messages in `titles.ftl`, and tests hold on which
numbers each message may not stand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from pipeline.languages.message import Digits, Text, literal, msg
from pipeline.ledger.entries import Number


def sides(rows: pd.DataFrame, better: str) -> tuple[int, int]:
    """How many intervals lie wholly on the wanted side of zero, and how many on the other.

    Args:
        rows: `low`, `high`.
        better: "higher" or "lower".
    """
    above, below = int((rows["low"] > 0).sum()), int((rows["high"] < 0).sum())
    return (above, below) if better == "higher" else (below, above)


def by_outcome(panels: Mapping[str, pd.DataFrame], better: Mapping[str, str]) -> Text:
    """Of effects by time since entry, several outcomes: in how many all intervals after entry lie on one side.

    Args:
        panels: By outcome `event_time`, `low`, `high`.
        better: By outcome "higher" or "lower".
    """
    wanted = unwanted = some = 0
    for name, rows in panels.items():
        after = rows[rows["event_time"] >= 0]
        good, bad = sides(after, better[name])
        wanted += len(after) > 0 and good == len(after)
        unwanted += len(after) > 0 and bad == len(after)
        some += good + bad > 0 and len(after) not in (good, bad)
    count = len(panels)
    if not wanted + unwanted + some:
        return msg("titles-outcomes-none", count=count)
    if wanted == count:
        return msg("titles-outcomes-wanted", count=count)
    if unwanted == count:
        return msg("titles-outcomes-unwanted", count=count)
    return msg("titles-outcomes-mixed", count=count, wanted=wanted, unwanted=unwanted, some=some)


def event(rows: pd.DataFrame, better: str, decimals: int) -> Text:
    """Of one outcome's effects by time since entry: their range and on which side of zero intervals lie, and before.

    Args:
        rows: `event_time`, `value`, `low`, `high`.
        better: "higher" or "lower".
        decimals: Digits of the range.
    """
    after, before = rows[rows["event_time"] >= 0], rows[rows["event_time"] < 0]
    if after.empty:
        return msg("titles-event-nothing")
    good, bad = sides(after, better)
    ends = {
        "least": Digits(float(after["value"].min()), decimals),
        "most": Digits(float(after["value"].max()), decimals),
    }
    counted = {"count": len(after), "wanted": good, "unwanted": bad}
    said = msg("titles-event", **ends, **counted)
    if before.empty:
        return said
    return msg("titles-event-before", said=said, count=len(before), beyond=sum(sides(before, better)))


def cohorts(rows: pd.DataFrame, overall: tuple[float, float, float], better: str, decimals: int) -> Text:
    """Of effects by cohort: the overall one, and how many cohorts' intervals lie on which side of zero.

    Args:
        rows: `low`, `high` of each cohort.
        overall: Value and ends of the overall effect.
        better: "higher" or "lower".
        decimals: Digits of the overall effect.
    """
    good, bad = sides(rows, better)
    value, low, high = (Digits(number, decimals) for number in overall)
    return msg("titles-cohorts", value=value, low=low, high=high, count=len(rows), wanted=good, unwanted=bad)


def summary(panels: Sequence[tuple[Number, str]]) -> Text:
    """Of the first page's effects: how many lie beyond zero on which side.

    Args:
        panels: Number with its interval, and which direction is better.
    """
    good = bad = 0
    for number, better in panels:
        assert number.low is not None
        assert number.high is not None
        one, other = sides(pd.DataFrame({"low": [number.low], "high": [number.high]}), better)
        good, bad = good + one, bad + other
    return msg("titles-summary", count=len(panels), wanted=good, unwanted=bad, open=len(panels) - good - bad)


def coverage(rows: pd.DataFrame) -> Text:
    """Of participating units by district: where most are, among those that may be shown.

    Args:
        rows: `kecamatan`, `schools`, `shown` (missing where hidden).
    """
    known = rows.dropna(subset=["shown"])
    if known.empty:
        return msg("titles-coverage-none")
    most = known.sort_values(["shown", "kecamatan"], ascending=[False, True]).iloc[0]
    told = {"part": int(most["shown"]), "all": int(most["schools"])}
    return msg("titles-coverage", district=literal(most["kecamatan"]), **told)


def gaps(cells: pd.DataFrame, decimals: int) -> Text:
    """Of gaps between cohorts and their comparison: before entry, after it, and the change.

    They are means over the cells after entry, weighted by units, so that before and after are of the same cohorts.

    Args:
        cells: `gap`, `effect` (its change since the last period before entry), `n_units`, `after` (whether after entry).
        decimals: Digits.
    """
    after = cells[cells["after"].astype(bool)]
    if after.empty:
        return msg("titles-gaps-nothing")
    weights = after["n_units"].astype(float)
    then, change = (float(np.average(after[key].astype(float), weights=weights)) for key in ("gap", "effect"))
    return msg(
        "titles-gaps",
        before=Digits(then - change, decimals),
        after=Digits(then, decimals),
        change=Digits(change, decimals, signed=True),
    )
