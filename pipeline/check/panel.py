"""What the panel holds: cohorts as the files give them and as they are used, units by period, outcomes and their jumps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.check.cohorts import Designs, cohorts
from pipeline.clean.run import Gathered
from pipeline.study import Study

JUMP = 10.0
"""A unit's change between two periods, in robust standard deviations of all such changes, that is hard to believe."""
SHIFT = 5.0
"""Factor between two periods, of the median and of the spread alike, that looks like another unit of measure."""
_MAD = 1.4826
"""Median absolute deviation -> standard deviation of a normal distribution."""


@dataclass(frozen=True)
class PanelRead:
    """The panel as four tables.

    Attributes:
        cohorts: As `pipeline.check.cohorts.cohorts` has them.
        periods: `period`, `units`, `treated` (units under treatment).
        outcomes: `outcome`, `values`, `missing`, `low`, `median`, `high` (5th, 50th and 95th percentile).
        jumps: `outcome`, `kind` (unit or period), `period`, `unit` ("" where it is a person), `before`, `after`.
    """

    cohorts: pd.DataFrame
    periods: pd.DataFrame
    outcomes: pd.DataFrame
    jumps: pd.DataFrame


def panel_read(study: Study, found: Gathered, designs: Designs) -> PanelRead | None:
    """The panel of what was gathered, with the designs of its primary outcomes; None where no panel could be made."""
    panel = found.tables.get("panel")
    if panel is None:
        return None
    persons = study.panel is not None and study.panel.person_units
    frames = [_jumps(panel, outcome.name, persons) for outcome in study.outcomes if outcome.name in panel]
    jumps = [row for rows in frames for row in rows]
    return PanelRead(
        cohorts(study, found, panel, designs),
        _periods(panel),
        pd.DataFrame([_range(panel, name) for name in study.outcome_names if name in panel]),
        pd.DataFrame(jumps, columns=["outcome", "kind", "period", "unit", "before", "after"]),
    )


def _periods(panel: pd.DataFrame) -> pd.DataFrame:
    on = (panel["cohort"] <= panel["period"]).fillna(False).astype(bool)
    grouped = panel.assign(on=on).groupby("period")
    return pd.DataFrame({"units": grouped["unit"].nunique(), "treated": grouped["on"].sum()}).reset_index()


def _range(panel: pd.DataFrame, name: str) -> dict[str, object]:
    values = panel[name].astype("float64").dropna()
    low, median, high = np.quantile(values, [0.05, 0.5, 0.95]) if len(values) else (np.nan,) * 3
    return {
        "outcome": name, "values": len(values), "missing": len(panel) - len(values),
        "low": low, "median": median, "high": high,
    }  # fmt: skip


def _jumps(panel: pd.DataFrame, name: str, persons: bool) -> list[tuple[str, str, int, str, float, float]]:
    """Changes that are hard to believe: the largest of single units, and whole periods in another unit of measure."""
    frame = panel[["unit", "period", "cohort", name]].dropna(subset=name).sort_values(["unit", "period"])
    frame["before"] = frame.groupby("unit")[name].shift()
    change = (frame[name] - frame["before"]).astype("float64")
    spread = _MAD * float((change - change.median()).abs().median())
    found = []
    if spread > 0:
        entry = (frame["period"] == frame["cohort"]).fillna(False).astype(bool)  # there the effect itself may jump
        far = frame[((change - change.median()).abs() > JUMP * spread) & ~entry]
        order = (far[name] - far["before"]).abs().sort_values(ascending=False, kind="stable").index
        for row in far.loc[order].to_dict("records"):
            unit = "" if persons else str(row["unit"])
            found.append((name, "unit", int(row["period"]), unit, float(row["before"]), float(row[name])))
    periods = frame.groupby("period")[name]
    median, quartiles = periods.median(), periods.quantile(0.75) - periods.quantile(0.25)
    for last, period in zip(median.index[:-1].tolist(), median.index[1:].tolist(), strict=True):
        factors = [_factor(float(of[last]), float(of[period])) for of in (median, quartiles)]
        if min(factors) > SHIFT or max(factors) < 1 / SHIFT:
            found.append((name, "period", int(period), "", float(median[last]), float(median[period])))
    return found


def _factor(before: float, after: float) -> float:
    return after / before if before > 0 and after > 0 else 1.0
