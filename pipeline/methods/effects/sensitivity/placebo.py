"""Effects where there can be none: before the start, and on what the programme cannot move."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pipeline.errors import DesignError
from pipeline.methods.effects.group_time.means import Control
from pipeline.methods.effects.group_time.refit import overall, wide
from pipeline.methods.effects.group_time.spread import Cluster

COLUMNS = ["kind", "name", "value", "se", "low", "high", "p", "n_units"]


def placebo_dates(
    panel: pd.DataFrame,
    outcome: str,
    shifts: Sequence[int] = (1, 2),
    *,
    control: Control = "never",
    level: float = 0.95,
    cluster: Cluster = "unit",
) -> pd.DataFrame:
    """The effect of a start moved `shift` measured periods earlier, on rows before the true start only: `COLUMNS`."""
    measured = sorted(panel.loc[panel[outcome].notna(), "period"].unique())
    before = panel[panel["cohort"].isna() | (panel["period"] < panel["cohort"]).fillna(False)]
    rows = []
    for shift in shifts:
        earlier = {}
        for cohort in before["cohort"].dropna().unique():
            index = sum(p < cohort for p in measured) - shift
            earlier[cohort] = measured[index] if index >= 0 else measured[0]
        moved = before.assign(cohort=before["cohort"].map(earlier).astype("Int64"))
        rows += _row("date", str(shift), moved, outcome, control, level, cluster)
    return pd.DataFrame(rows, columns=COLUMNS)


def placebo_outcomes(
    panel: pd.DataFrame,
    columns: Sequence[str],
    *,
    control: Control = "never",
    level: float = 0.95,
    cluster: Cluster = "unit",
) -> pd.DataFrame:
    """The "effect" on columns that the programme cannot move, or on who is observed: `COLUMNS`.

    Columns that do not vary within units are passed over.
    """
    rows = []
    for name in columns:
        if name in panel and panel.groupby("unit")[name].nunique().gt(1).any():
            rows += _row("outcome", name, panel, name, control, level, cluster)
    return pd.DataFrame(rows, columns=COLUMNS)


def _row(
    kind: str, name: str, panel: pd.DataFrame, outcome: str, control: Control, level: float, cluster: Cluster
) -> list[tuple[object, ...]]:
    try:
        found = overall(wide(panel, outcome), control=control, level=level, cluster=cluster)
    except DesignError:
        return []
    if not found.se > 0:
        return []
    return [(kind, name, found.value, found.se, found.low, found.high, found.p, found.n_units)]
