"""Effects where there can be none: before the start, and on what the programme cannot move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from pipeline.errors import DesignError
from pipeline.methods.effects.design import Design, make_design
from pipeline.methods.effects.group_time.means import Control
from pipeline.methods.effects.group_time.refit import Wide, control_of, overall, rows_of
from pipeline.methods.effects.group_time.spread import Cluster

COLUMNS = ["kind", "name", "value", "se", "low", "high", "p", "n_units"]


def placebo_dates(
    design: Design,
    shifts: Sequence[int] = (1, 2),
    *,
    control: Control = "never",
    level: float = 0.95,
    cluster: Cluster = "unit",
) -> pd.DataFrame:
    """The effect of a start moved `shift` measured periods earlier, on rows before the true start only: `COLUMNS`.

    On the units of the main effect's design alone. Of these, a cohort does not enter that has no period before the moved
    start.
    """
    panel, rows = rows_of(design), []
    periods = np.array(design.periods, float)
    start = np.searchsorted(periods, panel.cohort)  # a missing cohort sorts beyond the last period
    before = replace(panel, y=np.where(np.arange(len(periods)) < start[:, None], panel.y, np.nan))
    for shift in shifts:
        earlier = np.where(np.isnan(panel.cohort), np.nan, periods[np.clip(start - shift, 0, len(periods) - 1)])
        moved = replace(before, cohort=earlier)
        rows += row("date", str(shift), moved, control_of(design, control), level, cluster)
    return pd.DataFrame(rows, columns=COLUMNS)


def placebo_outcomes(
    panel: pd.DataFrame,
    columns: Sequence[str],
    *,
    control: Control = "never",
    level: float = 0.95,
    cluster: Cluster = "unit",
    min_cohort_units: int = 2,
) -> pd.DataFrame:
    """The "effect" on columns that the programme cannot move, or on who is observed: `COLUMNS`.

    Each by the design that an effect on it is estimated by. Columns that do not vary within units are passed over.
    """
    rows = []
    for name in columns:
        if name in panel and panel.groupby("unit")[name].nunique().gt(1).any():
            try:
                level_above = "cluster" if "cluster" in panel else "unit"
                design = make_design(panel, name, cluster=level_above, min_cohort_units=min_cohort_units)
            except DesignError:
                continue
            rows += row("outcome", name, rows_of(design), control_of(design, control), level, cluster)
    return pd.DataFrame(rows, columns=COLUMNS)


def row(
    kind: str, name: str, panel: Wide, control: Control, level: float, cluster: Cluster
) -> list[tuple[object, ...]]:
    """One effect as a row of `COLUMNS`, none where it cannot be had; the design has chosen the cohorts already."""
    try:
        found = overall(panel, control=control, level=level, cluster=cluster, min_cohort_units=1)
    except DesignError:
        return []
    if not found.se > 0:
        return []
    return [(kind, name, found.value, found.se, found.low, found.high, found.p, found.n_units)]
