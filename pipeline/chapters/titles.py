"""Messages of figures: what a reader may take from the numbers that a figure shows, chosen by rule from these numbers.

A message counts and names; it never says that the programme worked. What may be said of an effect is the verdict's, and a
figure of one estimate cannot know it. Each rule is told beside its messages in `titles.ftl`, and tests hold on which
numbers each message may not stand.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

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


def event(rows: pd.DataFrame, better: str, decimals: int, unit: Text) -> Text:
    """Of one outcome's effects by time since entry: their range and on which side of zero intervals lie, and before.

    Args:
        rows: `event_time`, `value`, `low`, `high`.
        better: "higher" or "lower".
        decimals, unit: Of the range.
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
    said = msg("titles-event", **ends, **counted, unit=unit)
    if before.empty:
        return said
    return msg("titles-event-before", said=said, count=len(before), beyond=sum(sides(before, better)))


def cohorts(rows: pd.DataFrame, overall: tuple[float, float, float], better: str, decimals: int, unit: Text) -> Text:
    """Of effects by cohort: the overall one, and how many cohorts' intervals lie on which side of zero.

    Args:
        rows: `low`, `high` of each cohort.
        overall: Value and ends of the overall effect.
        better: "higher" or "lower".
        decimals, unit: Of the overall effect.
    """
    good, bad = sides(rows, better)
    value, low, high = (Digits(number, decimals) for number in overall)
    told = {"value": value, "low": low, "high": high}
    return msg("titles-cohorts", **told, unit=unit, count=len(rows), wanted=good, unwanted=bad)


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


def gaps(cells: pd.DataFrame, decimals: int, unit: Text, effect: float) -> Text:
    """Of gaps between cohorts and their comparison: before entry, after it, and the change.

    They are means over the cells after entry, weighted by units, so that before and after are of the same cohorts.

    Args:
        cells: `gap`, `effect` (its change since the last period before entry), `n_units`, `after` (whether after entry).
        decimals, unit: Of all of them.
        effect: The estimate, which is named where it is printed as another number than the change.
    """
    after = cells[cells["after"].astype(bool)]
    if after.empty:
        return msg("titles-gaps-nothing")
    weights = after["n_units"].astype(float)
    then, change = (float(np.average(after[key].astype(float), weights=weights)) for key in ("gap", "effect"))
    told = {"before": Digits(then - change, decimals), "after": Digits(then, decimals)}
    said = msg("titles-gaps", **told, change=Digits(change, decimals, signed=True), unit=unit)
    if not math.isfinite(effect) or round(change, decimals) == round(effect, decimals):
        return said
    return msg("titles-gaps-effect", said=said, effect=Digits(effect, decimals, signed=True))


# --- figures of delivery, of other aims and of the annexes --------------------------------------------------------------


def intervals(what: str, parts: Sequence[tuple[pd.DataFrame, str]]) -> Text:
    """Of effects one beside another: on which side of zero their intervals lie.

    Args:
        what: Message that says what they are by, such as "titles-by-estimator".
        parts: For each outcome `low`, `high` (missing where there is none), and which direction is better.
    """
    known = [(rows.dropna(subset=["low", "high"]), better) for rows, better in parts]
    count = sum(len(rows) for rows, _ in known)
    found = [sides(rows.astype({"low": float, "high": float}), better) for rows, better in known]
    good, bad = sum(one for one, _ in found), sum(other for _, other in found)
    return msg("titles-intervals", what=msg(what), count=count, wanted=good, unwanted=bad, open=count - good - bad)


def flow(table: pd.DataFrame) -> Text:
    """Of the flow: rows read and used, units and those that took part.

    Args:
        table: `stage`, `count`, `branch`, as `pipeline.clean.flow` has them.
    """
    trunk, ends = table[table["branch"] == 0], table[table["branch"] > 0].set_index("stage")["count"]
    stages = trunk.set_index("stage")["count"]
    if "files" not in stages:
        return msg("titles-flow-kept", kept=Digits(float(stages["rows"])))
    told = {"read": Digits(float(stages["files"])), "kept": Digits(float(stages["rows"]))}
    if "treated" not in ends:
        return msg("titles-flow-rows", **told)
    return msg("titles-flow", **told, units=Digits(float(ends.sum())), treated=Digits(float(ends["treated"])))


def theory(states: Sequence[str]) -> Text:
    """Of aims: how many are judged, described, and not measured; activities are none."""
    aims = [state for state in states if state != "activity"]
    counted = {state: aims.count(state) for state in ("judged", "described", "open")}
    if aims and counted["judged"] == len(aims):
        return msg("titles-theory-all", count=len(aims))
    return msg("titles-theory", count=len(aims), **counted)


def lorenz(persons: np.ndarray, hours: np.ndarray) -> Text:
    """Of a Lorenz curve: the share of hours of the half that has fewest."""
    return msg("titles-lorenz", share=Digits(100 * float(np.interp(0.5, persons, hours)), 1))


def dimensions(first: pd.Series, last: pd.Series, named: tuple[Text, Text]) -> Text:
    """Of an index over time: how it changed, and by how much of it in the dimension that counts training.

    Args:
        first, last: `index`, `competence` of the first and the last period.
        named: How these periods are called.
    """
    then, now = float(first["index"]), float(last["index"])
    part = Digits(float(last["competence"] - first["competence"]), 1, signed=True)
    change = Digits(now - then, 1, signed=True)
    told = {"then": Digits(then, 1), "now": Digits(now, 1), "change": change, "competence": part}
    return msg("titles-dimensions", first=named[0], last=named[1], **told)


def ends(rows: pd.DataFrame, value: str, name: str, labels: Mapping[str, Text], unit: Text | None = None) -> Text:
    """Of values one beside another, of a unit or in per cent: the highest and the lowest by name, among those shown."""
    known = rows.dropna(subset=[value])
    if known.empty:
        return msg("titles-ends-none")
    ranked = known.assign(**{value: known[value].astype(float)}).sort_values([value, name], ascending=[False, True])
    most, least = ranked.iloc[0], ranked.iloc[-1]
    told: dict[str, Text] = {"most": labels[most[name]], "least": labels[least[name]]}
    told |= {"high": literal(Digits(most[value], 1)), "low": literal(Digits(least[value], 1))}
    return msg("titles-ends-percent", **told) if unit is None else msg("titles-ends", **told, unit=unit)


def shares(rows: pd.DataFrame) -> Text:
    """Of a sensitive statement: the share asked directly, under protection, and their difference, as far as there are.

    Args:
        rows: `design`, `value`, `low`, `high` in per cent.
    """
    found = rows.set_index("design")
    if not {"direct", "pooled", "hidden"} <= set(found.index):
        return msg("titles-shares-designs", count=len(found))
    told: dict[str, Text] = {name: literal(Digits(float(found.at[name, "value"]), 1)) for name in ("direct", "pooled")}
    for name, column in (("hidden", "value"), ("low", "low"), ("high", "high")):
        told[name] = literal(Digits(float(found.at["hidden", column]), 1))
    return msg("titles-shares", **told)


def at_no_correlation(curves: Sequence[pd.DataFrame]) -> Text:
    """Of indirect effects: of how many steps the product excludes zero where errors do not correlate.

    Args:
        curves: `rho`, `low`, `high` of each step.
    """
    rows = [curve.iloc[int(curve["rho"].abs().to_numpy().argmin())] for curve in curves]
    return msg("titles-mechanism", count=len(rows), some=sum(bool(row["low"] > 0 or row["high"] < 0) for row in rows))


def detectable(panels: Sequence[tuple[pd.DataFrame, float]]) -> Text:
    """Of designs: for how many outcomes one that is drawn finds the smallest effect of interest.

    Args:
        panels: `mde` of the designs of each outcome, and its smallest effect of interest.
    """
    some = sum(bool((designs["mde"] <= smallest).any()) for designs, smallest in panels)
    return msg("titles-power", count=len(panels), some=some)


def breakdown(curves: Sequence[pd.DataFrame]) -> Text:
    """Of robust intervals: for how many outcomes zero is excluded with a violation as large as the largest before.

    Args:
        curves: `mbar`, `low`, `high` of each outcome.
    """
    rows = [curve[curve["mbar"] <= 1].iloc[-1] for curve in curves]
    return msg("titles-breakdown", count=len(rows), some=sum(bool(row["low"] > 0 or row["high"] < 0) for row in rows))


def trends(means: pd.DataFrame, better: str, name: Callable[[float], Text], decimals: int, unit: Text) -> Text:
    """Of means by cohort: how many cohorts changed by more than those never treated, from first to last period of both.

    Args:
        means: `cohort` (missing = never treated), `period`, `mean`, as may be shown.
        better: "higher" or "lower".
        name: How a period is called.
        decimals, unit: Of the change.
    """
    known = means.dropna(subset=["mean"]).astype({"mean": float})
    never = known[known["cohort"].isna()].set_index("period")["mean"].sort_index()
    if len(never) < 2:
        return msg("titles-trends-none")
    wanted = 1 if better == "higher" else -1
    cohorts = [rows.set_index("period")["mean"] for _, rows in known.groupby("cohort")]
    both = [pd.concat([rows, never], axis=1, keys=["own", "never"]).dropna().sort_index() for rows in cohorts]
    changes = [rows.iloc[-1] - rows.iloc[0] for rows in both if len(rows) > 1]
    more = sum(bool(wanted * (change["own"] - change["never"]) > 0) for change in changes)
    told = {
        "first": name(float(never.index[0])),
        "last": name(float(never.index[-1])),
        "count": len(changes),
        "more": more,
    }
    return msg(
        "titles-trends", **told, unit=unit, never=Digits(float(never.iloc[-1] - never.iloc[0]), decimals, signed=True)
    )
