"""Synthetic difference-in-differences (Arkhangelsky et al. 2021), cohort by cohort for staggered starts.

Each cohort is set against weighted units never treated and weighted periods before its start; the cohorts' effects are
averaged by their number of units times periods under treatment (Clarke et al. 2024). The library finds the
weights. The jackknife with fixed weights (algorithm 3 of the first paper) is done here over all cohorts at once, as
they share their comparison units and the library knows one cohort only.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.methods.effects.design import Design
from pipeline.methods.effects.estimate import Estimate, Note
from pipeline.methods.effects.estimators.base import Method, RefusedError, Settings, cluster_df, finish
from pipeline.methods.effects.estimators.library import call
from pipeline.methods.effects.estimators.samples import complete_panel
from pipeline.methods.effects.library import diff_diff, frame


@dataclass(frozen=True, eq=False)
class _Cohort:
    """Of one cohort: each unit's change of outcome (after less weighted before), the units' weights, its members."""

    change: np.ndarray
    weights: np.ndarray
    member: np.ndarray
    periods: int

    def effect(self, keep: np.ndarray) -> tuple[float, float]:
        """Effect among the units kept, and its mass (units × periods under treatment); NaN where none are left."""
        treated, weights = self.member & keep, self.weights * keep
        if not treated.any() or weights.sum() <= 0:
            return math.nan, 0.0
        comparison = float(weights @ self.change / weights.sum())
        return float(self.change[treated].mean()) - comparison, float(treated.sum() * self.periods)


def synthetic_did(design: Design, settings: Settings) -> Estimate:
    """Effect on the treated against weighted units and weighted periods, on units observed in every period.

    The standard error is missing where leaving out one unit (or cluster) leaves a cohort empty.

    Raises:
        RefusedError: Too few units are observed in every period, or the weights cannot be found.
    """
    code = "synthetic_did"
    balanced, notes = complete_panel(design, code)
    rows = frame(balanced)
    wide = rows.pivot_table(index="unit", columns="time", values="y")
    first = rows.groupby("unit")["first"].first().reindex(wide.index).to_numpy()
    cohorts = []
    for g in np.unique(first[first > 0]):
        cohort, more = _cohort(balanced, settings, rows, wide, first, int(g))
        cohorts.append(cohort)
        notes.extend(more)
    value = _overall(cohorts, np.ones(len(wide), bool))
    key = "unit" if settings.cluster == "unit" else "cluster"
    groups = rows.groupby("unit")[key].first().reindex(wide.index).to_numpy()
    se = _jackknife(cohorts, groups)
    return finish(
        balanced,
        settings,
        code,
        value,
        se,
        df=cluster_df(balanced, settings),
        estimand="att",
        inference="jackknife",
        notes=notes,
    )


def _cohort(
    design: Design, settings: Settings, rows: pd.DataFrame, wide: pd.DataFrame, first: np.ndarray, g: int
) -> tuple[_Cohort, tuple[Note, ...]]:
    part = rows[rows["first"].isin([0, g])].assign(ever=lambda r: (r["first"] == g).astype(int))
    periods = [int(str(t)) for t in wide.columns]
    after = [t for t in periods if t >= g]
    # Two draws are the fewest; the jackknife that is asked for needs none.
    model = diff_diff().SyntheticDiD(variance_method="jackknife", n_bootstrap=2, seed=settings.seed)
    result, notes = call(
        design,
        "synthetic_did",
        lambda: model.fit(part, outcome="y", treatment="ever", unit="unit", time="time", post_periods=after),
    )
    before = [t for t in periods if t < g]
    share = np.array([result.time_weights[t] for t in before])
    change = wide[after].to_numpy().mean(axis=1) - wide[before].to_numpy() @ share
    weights = np.array([float(result.unit_weights.get(u, 0.0)) for u in wide.index])
    if not np.isfinite(weights).all() or weights.sum() <= 0:
        raise RefusedError("No weights of comparison units were found.", code="no_value", where="synthetic_did")
    return _Cohort(change, weights / weights.sum(), first == g, len(after)), notes


def _overall(cohorts: list[_Cohort], keep: np.ndarray) -> float:
    parts = [cohort.effect(keep) for cohort in cohorts]
    mass = sum(m for _, m in parts)
    return sum(e * m for e, m in parts) / mass if mass > 0 else math.nan  # NaN as soon as one cohort is empty


def _jackknife(cohorts: list[_Cohort], groups: np.ndarray) -> float:
    """Square root of (G-1)/G times the squared deviations of the estimates without one group each."""
    label = np.unique(groups, return_inverse=True)[1]
    G = int(label.max()) + 1
    total, mass = np.zeros(G), np.zeros(G)
    for cohort in cohorts:
        effect, size = _without_each(cohort, label, G)
        total += effect * size
        mass += size
    with np.errstate(divide="ignore", invalid="ignore"):
        left_out = total / mass  # NaN as soon as one cohort is empty
    if not np.isfinite(left_out).all():
        return math.nan
    return float(np.sqrt((G - 1) / G * ((left_out - left_out.mean()) ** 2).sum()))


def _without_each(cohort: _Cohort, label: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """A cohort's effect without each group of units, and its mass then: sums less the group's own."""
    change, weights, member = cohort.change, cohort.weights, cohort.member.astype(float)

    def rest(values: np.ndarray) -> np.ndarray:
        return np.asarray(values.sum() - np.bincount(label, weights=values, minlength=count))

    treated, share = rest(member), rest(weights)
    share = np.where(share > 1e-12, share, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        effect = rest(member * change) / treated - rest(weights * change) / share
    return np.where((treated > 0) & (share > 0), effect, np.nan), treated * cohort.periods


METHODS = (
    Method(
        code="synthetic_did",
        place=140,
        comparison="weighted",
        handles_covariates=False,
        citations=("arkhangelsky2021", "clarke2024"),
        run=synthetic_did,
        source="Arkhangelsky et al. 2021; staggered as Clarke et al. 2024",
        held_by=("test_effects_estimators.py::test_synthetic_did_of_one_cohort_is_the_library_s",),
    ),
)
