"""The main effect without one cohort, one cluster or one period at a time."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from pipeline.errors import DesignError
from pipeline.methods.effects import group_time
from pipeline.methods.effects.design import make_design
from pipeline.methods.effects.group_time.means import Control
from pipeline.methods.effects.group_time.spread import Cluster

COLUMNS = ["kind", "left_out", "value", "low", "high"]


def leave_out(
    panel: pd.DataFrame, outcome: str, *, control: Control = "never", level: float = 0.95, cluster: Cluster = "unit"
) -> pd.DataFrame:
    """One row a part left out: `COLUMNS`; `kind` is "cohort", "cluster" or "period", `left_out` its name as text.

    A part without which the effect cannot be estimated is passed over.
    """
    rows = []
    for kind, name, rest in _parts(panel):
        try:
            design = make_design(rest, outcome, cluster="cluster" if "cluster" in rest else "unit")
            found = group_time.estimate(design, control=control, level=level, cluster=cluster, draws=199).overall
        except DesignError:
            continue
        rows.append((kind, name, found.value, found.low, found.high))
    return pd.DataFrame(rows, columns=COLUMNS)


def _parts(panel: pd.DataFrame) -> Iterator[tuple[str, str, pd.DataFrame]]:
    for cohort in sorted(panel["cohort"].dropna().unique()):
        yield "cohort", str(int(cohort)), panel[(panel["cohort"] != cohort).fillna(True)]
    if "cluster" in panel and panel["cluster"].nunique() < panel["unit"].nunique():
        for name in sorted(panel["cluster"].unique()):
            yield "cluster", str(name), panel[panel["cluster"] != name]
    for period in sorted(panel["period"].unique()):
        yield "period", str(int(period)), panel[panel["period"] != period]
