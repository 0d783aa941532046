"""Randomisation inference: the effect against those that other assignments of the same cohorts would have given.

Under the sharp null that treatment changes no unit's outcome, every assignment of the cohorts that was as likely as the
one that happened gives an estimate from the same outcomes; the p value is the share at least as far from zero (Fisher
1935; MacKinnon & Webb 2020, Journal of Econometrics 218, 435-450). The statistic is studentised, so that the test keeps
its level in large samples also where effects differ but are zero on average (Wu & Ding 2021, JASA 116, 1898-1913). It is
exact where assignment was random, within strata if given; else it asks the same of changes that are exchangeable.
"""

from __future__ import annotations

import math
from typing import Literal

import numpy as np
import pandas as pd

from pipeline.errors import DesignError
from pipeline.methods.effects.design import Design, refuse_large
from pipeline.methods.effects.estimate import Estimate
from pipeline.methods.effects.group_time.cell_means import by_cluster, changes, overall
from pipeline.methods.effects.group_time.means import Control

_BLOCK = 1_000_000
_TIE = 1e-9


def randomisation_test(
    design: Design,
    *,
    control: Control = "never",
    assigned_at: Literal["unit", "cluster"] = "unit",
    strata: pd.Series | None = None,
    draws: int = 1999,
    seed: int = 0,
    level: float = 0.95,
) -> Estimate:
    """p value of the overall group-time effect from permuted assignments; bounds are NaN.

    Args:
        design: From `make_design`.
        control: Comparison group.
        assigned_at: Cohorts are permuted over units, or over whole clusters.
        strata: Stratum of each unit (index), within which assignment took place.
        draws, seed: Permutations; the assignment that happened counts as one more.
        level: Carried into the estimate.

    Raises:
        DesignError: Units of one cluster have different cohorts where clusters were assigned; a unit has no stratum; a
            cluster lies in two strata; or nothing can be permuted.
    """
    cells = len(design.cohorts) * len(design.periods)
    refuse_large("The randomisation test", float(draws) * design.n_units * cells, 1e9)
    found = changes(design, control)
    units = found.units
    blocks = _strata(units, strata)
    rng = np.random.default_rng(seed)
    permute = _Units(found.codes, blocks) if assigned_at == "unit" else _clusters(units, blocks)
    value, psi = overall(found)
    observed, se = _studentised(value, psi, units, assigned_at)
    size = max(1, _BLOCK // len(units))
    beyond = usable = 0
    for start in range(0, draws, size):
        codes = np.stack([permute(rng) for _ in range(min(size, draws - start))])
        t = np.abs(_studentised(*overall(found, codes), units, assigned_at)[0])
        usable += int(np.isfinite(t).sum())
        beyond += int((t >= abs(observed[0]) * (1 - _TIE)).sum())
    return Estimate(
        estimand="att",
        estimator="randomisation",
        value=float(value[0]),
        se=float(se[0]),
        low=math.nan,
        high=math.nan,
        p=(1 + beyond) / (1 + usable),
        n_obs=design.n_obs,
        n_units=design.n_units,
        n_treated=design.n_treated,
        n_clusters=int(units[assigned_at].nunique()),
        inference=f"randomisation_{assigned_at}",
        level=level,
        extra={"draws": usable, "control": control, "strata": strata is not None},
    )


def _studentised(value: np.ndarray, psi: np.ndarray, units: pd.DataFrame, level: str) -> tuple[np.ndarray, np.ndarray]:
    sums = psi if level == "unit" else by_cluster(psi, units["cluster"].to_numpy())
    se = np.sqrt((sums**2).sum(axis=1))
    with np.errstate(divide="ignore", invalid="ignore"):
        return value / se, se


def _strata(units: pd.DataFrame, strata: pd.Series | None) -> np.ndarray:
    if strata is None:
        return np.zeros(len(units), dtype=int)
    found = strata.reindex(units["unit"])
    if found.isna().any():
        raise DesignError("A unit has no stratum.", where=f"unit {found.index[found.isna()][0]}")
    return np.asarray(pd.factorize(found)[0])


class _Units:
    """Draws of cohorts permuted over units within strata."""

    def __init__(self, codes: np.ndarray, blocks: np.ndarray) -> None:
        self.codes = codes
        self.blocks = [np.flatnonzero(blocks == b) for b in np.unique(blocks)]
        if all(len(np.unique(codes[rows])) < 2 for rows in self.blocks):
            raise DesignError("No stratum holds two cohorts, so nothing can be permuted.")

    def __call__(self, rng: np.random.Generator) -> np.ndarray:
        drawn = self.codes.copy()
        for rows in self.blocks:
            drawn[rows] = rng.permutation(self.codes[rows])
        return drawn


def _clusters(units: pd.DataFrame, blocks: np.ndarray) -> _Clustered:
    groups = units.assign(block=blocks).groupby("cluster", sort=True)[["code", "block"]]
    different, first = groups.nunique() > 1, groups.first()
    if different["code"].any():
        raise DesignError(
            "Units of one cluster have different cohorts, so assignment was not by cluster.",
            where=f"cluster {different['code'].idxmax()}",
            todo="Set program.assigned_at to unit.",
        )
    if different["block"].any():
        raise DesignError("A cluster lies in two strata.", where=f"cluster {different['block'].idxmax()}")
    inner = _Units(first["code"].to_numpy(), first["block"].to_numpy())
    return _Clustered(inner, pd.factorize(units["cluster"], sort=True)[0])


class _Clustered:
    """Draws over clusters, handed down to their units."""

    def __init__(self, inner: _Units, labels: np.ndarray) -> None:
        self.inner, self.labels = inner, labels

    def __call__(self, rng: np.random.Generator) -> np.ndarray:
        return np.asarray(self.inner(rng)[self.labels])
