"""The main effect without one cohort, one cluster or one period at a time."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from pipeline.errors import DesignError
from pipeline.methods.effects.group_time.means import Control
from pipeline.methods.effects.group_time.refit import Wide, overall, wide
from pipeline.methods.effects.group_time.spread import Cluster

COLUMNS = ["kind", "left_out", "value", "low", "high"]


def leave_out(
    panel: pd.DataFrame,
    outcome: str,
    *,
    control: Control = "never",
    level: float = 0.95,
    cluster: Cluster = "unit",
    min_cohort_units: int = 2,
    most_clusters: int | None = None,
) -> pd.DataFrame:
    """One row a part left out: `COLUMNS`; `kind` is "cohort", "cluster" or "period", `left_out` its name as text.

    Clusters are left out one at a time where there are no more of them than `most_clusters`.

    A part without which the effect cannot be estimated is passed over, and so is one without an interval.
    """
    rows = []
    for kind, name, rest in _parts(wide(panel, outcome), most_clusters):
        try:
            found = overall(rest, control=control, level=level, cluster=cluster, min_cohort_units=min_cohort_units)
        except DesignError:
            continue
        if np.isfinite([found.value, found.low, found.high]).all():
            rows.append((kind, name, found.value, found.low, found.high))
    return pd.DataFrame(rows, columns=COLUMNS)


def _parts(panel: Wide, most_clusters: int | None) -> Iterator[tuple[str, str, Wide]]:
    for cohort in np.unique(panel.cohort[np.isfinite(panel.cohort)]):
        yield "cohort", str(int(cohort)), panel.keep(panel.cohort != cohort)
    clusters = sorted(set(panel.cluster))
    several = len(clusters) < len(panel.unit) and (most_clusters is None or len(clusters) <= most_clusters)
    if panel.has_cluster and several:
        for name in clusters:
            yield "cluster", str(name), panel.keep(panel.cluster != name)
    for period in panel.period:
        yield "period", str(int(period)), panel.keep(periods=panel.period != period)
