"""Goodman-Bacon (2021) decomposition of the two-way coefficient into comparisons of two groups and two times."""

from __future__ import annotations

import pandas as pd

from pipeline.methods.effects.design import Design
from pipeline.methods.effects.group_time.engine import bacon as _bacon

KINDS = {
    "treated_vs_never": "treated_vs_never",
    "earlier_vs_later": "earlier_vs_later",
    "later_vs_earlier": "later_vs_earlier",
}


def decompose(design: Design) -> pd.DataFrame:
    """Weights and estimates of all comparisons (theorem 1 of the paper), on the units observed in every period.

    Returns:
        Rows with `kind` ("treated_vs_never"; "earlier_vs_later": not-yet-treated as comparison; "later_vs_earlier":
        already-treated as comparison, which misleads where effects grow), `treated_cohort`, `control_cohort`
        (calendar; missing = never), `weight`, `estimate`. The weights sum to one and the weighted sum of the
        estimates is the two-way coefficient of `design.balanced()`. `attrs`: `n_units`, `n_dropped`, `notes`.

    Raises:
        DesignError: No treated or no comparison unit is observed in every period.
    """
    balanced = design.balanced()
    raw, notes = _bacon(balanced)
    cohort = {i + 1: p for i, p in enumerate(balanced.periods)}
    frame = pd.DataFrame(
        {
            "kind": raw["comparison_type"].map(KINDS),
            "treated_cohort": raw["treated_group"].map(lambda g: cohort[int(g)]).astype("Int64"),
            "control_cohort": raw["control_group"].map(lambda g: _calendar(g, cohort)).astype("Int64"),
            "weight": raw["weight"].astype(float),
            "estimate": raw["estimate"].astype(float),
        }
    ).sort_values(["kind", "treated_cohort", "control_cohort"], ignore_index=True)
    frame.attrs.update(n_units=balanced.n_units, n_dropped=design.n_units - balanced.n_units, notes=notes)
    return frame


def by_kind(decomposition: pd.DataFrame) -> pd.DataFrame:
    """Total weight and weighted mean estimate of each kind of comparison."""
    d = decomposition.assign(product=decomposition["weight"] * decomposition["estimate"])
    sums = d.groupby("kind", as_index=False).agg(weight=("weight", "sum"), product=("product", "sum"))
    sums["estimate"] = sums["product"] / sums["weight"]
    return sums[["kind", "weight", "estimate"]]


def _calendar(group: object, cohort: dict[int, int]) -> object:
    try:
        return cohort.get(int(float(str(group))), pd.NA)
    except (ValueError, OverflowError):  # "never_treated" or inf
        return pd.NA
