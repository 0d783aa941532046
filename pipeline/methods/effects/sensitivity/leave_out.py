"""The main effect without one cohort, one cluster or one period at a time."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from pipeline.errors import DesignError
from pipeline.methods.effects.design import Design
from pipeline.methods.effects.group_time.means import Control
from pipeline.methods.effects.group_time.refit import Wide, control_of, overall, rows_of
from pipeline.methods.effects.group_time.spread import Cluster

COLUMNS = ["kind", "left_out", "value", "low", "high"]


def leave_out(
    design: Design,
    *,
    control: Control = "never",
    level: float = 0.95,
    cluster: Cluster = "unit",
    most_clusters: int | None = None,
) -> pd.DataFrame:
    """One row a part left out: `COLUMNS`; `kind` is "cohort", "cluster" or "period", `left_out` its name as text.

    On the rows of the main effect's design alone: a cohort that it left out for its few units does not come in where the
    period that told it from the next one is gone, and one that has become small by what is left out stays. Clusters are
    left out one at a time where there are no more of them than `most_clusters`.

    A part without which the effect cannot be estimated is passed over, and so is one without an interval.
    """
    rows = []
    chosen = control_of(design, control)
    for kind, name, rest in _parts(rows_of(design), most_clusters):
        try:
            found = overall(rest, control=chosen, level=level, cluster=cluster, min_cohort_units=1)
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
