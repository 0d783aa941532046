"""Goodman-Bacon (2021) decomposition of the two-way coefficient into comparisons of two groups and two times."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.methods.effects.design import Design
from pipeline.methods.effects.group_time.engine import bacon as _bacon

KINDS = {
    "treated_vs_never": "treated_vs_never",
    "earlier_vs_later": "earlier_vs_later",
    "later_vs_earlier": "later_vs_earlier",
}

LARGE = 20_000_000
"""Rows times pairs of cohorts from which the decomposition is made of cohort means here, not by the library."""


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
    if balanced.n_obs * len(balanced.cohorts) ** 2 > LARGE:
        frame = _from_means(balanced)
        frame.attrs.update(n_units=balanced.n_units, n_dropped=design.n_units - balanced.n_units, notes=())
        return frame
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


def _from_means(design: Design) -> pd.DataFrame:
    """The same comparisons from the means by cohort and period (theorem 1, equations 7 and 10)."""
    design.refuse_weights("The Goodman-Bacon decomposition")
    data = design.data.assign(cohort=design.data["cohort"].fillna(np.inf))
    mean = data.pivot_table(index="cohort", columns="t", values="y", aggfunc="mean").to_numpy()
    cohorts = np.sort(data["cohort"].unique())
    n = data.groupby("cohort")["unit"].nunique().to_numpy() / design.n_units
    T = len(design.periods)
    start = np.array([T if np.isinf(c) else design.periods.index(int(c)) for c in cohorts])
    share = 1 - start / T  # of periods under treatment

    def change(one: int, other: int, before: slice, after: slice) -> float:
        step = mean[:, after].mean(axis=1) - mean[:, before].mean(axis=1)
        return float(step[one] - step[other])

    rows = []
    for k in range(len(cohorts)):
        for j in range(k + 1, len(cohorts)):
            both = n[k] + n[j]
            parts = (n[k] / both) * (n[j] / both) * both**2
            first, later = slice(0, start[k]), slice(start[k], start[j])
            if np.isinf(cohorts[j]):
                weight = parts * share[k] * (1 - share[k])
                rows.append(("treated_vs_never", cohorts[k], None, weight, change(k, j, first, slice(start[k], T))))
                continue
            earlier = parts * (share[k] - share[j]) * (1 - share[k])
            rows.append(("earlier_vs_later", cohorts[k], cohorts[j], earlier, change(k, j, first, later)))
            forbidden = parts * share[j] * (share[k] - share[j])
            rows.append(
                ("later_vs_earlier", cohorts[j], cohorts[k], forbidden, change(j, k, later, slice(start[j], T)))
            )
    frame = pd.DataFrame(rows, columns=["kind", "treated_cohort", "control_cohort", "weight", "estimate"])
    frame["weight"] /= frame["weight"].sum()
    for column in ("treated_cohort", "control_cohort"):
        frame[column] = pd.to_numeric(frame[column]).astype("Int64")
    return frame.sort_values(["kind", "treated_cohort", "control_cohort"], ignore_index=True)


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
