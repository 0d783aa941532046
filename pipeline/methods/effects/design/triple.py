"""Triple difference: participating unit × part of it that the programme addresses, such as a subject taught.

The gap between the parts within a unit goes into the design of a difference-in-differences: what hits both parts of a
unit alike drops out (Olden & Møen 2022). Any estimator takes that design, and a unit's parts, which are
not independent, count as one unit.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pipeline.errors import DesignError
from pipeline.methods.effects.design.build import Design, make_design


def triple_design(
    panel: pd.DataFrame,
    outcome: str,
    *,
    eligible: str = "eligible",
    covariates: Sequence[str] = (),
    cluster: str = "cluster",
    min_cohort_units: int = 2,
) -> Design:
    """The design of the gap between eligible and other parts; for `estimate`.

    Args:
        panel: One row a unit, part and period: `unit`, `period`, `cohort` (first treated period, missing = never), the
            outcome, the flag `eligible` (1: the part that the programme addresses, in units never treated too; 0: the
            other part; constant in a part), and where given the cluster and covariates of the unit. Several rows of
            one kind in a unit and period are averaged.
        outcome: Column of the outcome.
        eligible: Column of the flag.
        covariates, cluster, min_cohort_units: As in `make_design`.

    Raises:
        DesignError: A column is missing, the flag is neither 0 nor 1, no unit has both parts in one period, or the
            design of the gap is refused.
    """
    keep = ["cohort", *([cluster] if cluster in panel else []), *covariates]
    missing = [c for c in ["unit", "period", outcome, eligible, *keep] if c not in panel]
    if missing:
        raise DesignError(f"The panel has no column {missing[0]!r}.", todo="Name a column that the panel has.")
    flag = pd.to_numeric(panel[eligible], errors="coerce")
    if not flag.isin([0, 1]).all():
        raise DesignError(
            "A part is neither eligible nor not.",
            where=f"column {eligible!r}",
            expected="1 for the part that the programme addresses, else 0",
            todo="Complete the flag.",
        )
    means = panel.assign(_flag=flag.astype(int)).pivot_table(
        index=["unit", "period"], columns="_flag", values=outcome, aggfunc="mean"
    )
    if len(means.columns) < 2 or means.dropna().empty:
        raise DesignError(
            "No unit has both an eligible and another part in the same period.",
            where=f"column {eligible!r}",
            expected="in a unit, rows with 1 and rows with 0",
            todo="Leave out the triple difference.",
        )
    gap = (means[1] - means[0]).rename(outcome).reset_index()
    units = panel.groupby("unit", as_index=False)[keep].first()
    return make_design(
        gap.merge(units, on="unit"),
        outcome,
        covariates=covariates,
        cluster=cluster,
        min_cohort_units=min_cohort_units,
    )
