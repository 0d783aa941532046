"""Clusters that hold units of several cohorts: the cluster is the draw, whatever stands inside it.

Around its cohort's mean a cluster that holds a cohort alone does not vary, so that sums of squared influence by cluster say
nothing of how treated clusters vary. Here a cell's two sides are shares of clusters, and what a cluster adds to a combination
follows from them and from one shock a cluster:

* **robust**: each side's part of a cluster times sqrt(n/(n-1)), n the clusters on that side; degrees of freedom of a sum of
  squares (Bell & McCaffrey 2002) from the covariance of the clusters' parts, means taken off, if all clusters vary alike;
* **pooled**: Cov = S ∘ (W'W) + N ∘ (P'P), W the net weights of clusters in the cells, P those of units, N the covariance of
  units' changes within cohorts of a cluster, and S that of clusters' changes around the means of the cohorts they hold, less
  what N makes of it (Donald & Lang 2007). Means that clusters share cost degrees of freedom: with A the cohorts' shares in
  the clusters and Q the clusters' shares in the cohorts they are those of the quadratic form of I - A Q.

The noise of single units stands by itself, since a cohort is a part of its cluster only; so the formulas hold too where
treated units stand beside units never treated, and the shock of a cluster cancels inside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from pipeline.methods.effects.group_time.joint import fitting, powers_of, side_factors, single_cells

_MANY = 300
"""Clusters from which what the cohorts' means cost is left out of the degrees of freedom."""


@dataclass(frozen=True, eq=False)
class Shared:
    """The two sides of each cell by cluster.

    Attributes:
        one, zero: Clusters × cells, the cluster's share of the treated and of the compared side; columns add up to 1.
        rest, seen: Clusters × cells, mean change of the cluster's units around the means of their cohorts, and whether it is
            observed; None where effects are no differences of means.
        within: N, covariance of cells' changes between units of one cohort and cluster; None where effects are no differences
            of means.
        mean: Part of `within` that a cluster's mean change has; 0 where `within` cannot be told from it.
        holds: Clusters × cohorts (never treated among them), weights.
    """

    one: np.ndarray
    zero: np.ndarray
    rest: np.ndarray | None
    seen: np.ndarray | None
    within: np.ndarray | None
    mean: float
    holds: np.ndarray

    @property
    def net(self) -> np.ndarray:
        """Net weight of a cluster's shock in each cell."""
        return np.asarray(self.one - self.zero)

    @cached_property
    def sides(self) -> np.ndarray:
        """sqrt(n/(n-1)) of both sides of each cell (2 × cells), or what that is for clusters of unequal shares."""
        return side_factors(self.powers)

    @cached_property
    def powers(self) -> np.ndarray:
        """Sums of powers of the clusters' shares, as `side_factors` takes them."""
        return np.stack([powers_of(self.one), powers_of(self.zero)], axis=1)

    @cached_property
    def counts(self) -> np.ndarray:
        """Clusters on both sides of each cell (2 × cells)."""
        return np.array([(self.one > 0).sum(axis=0), (self.zero > 0).sum(axis=0)])

    @cached_property
    def free(self) -> tuple[float, float]:
        """Sum of squares around the cohorts' means in shocks' variances, and its degrees of freedom."""
        G, cohorts = self.holds.shape
        if G > _MANY:
            return float(G - cohorts), float(G - cohorts)
        inside = self.holds / self.holds.sum(axis=1, keepdims=True)
        across = self.holds / self.holds.sum(axis=0, keepdims=True)
        form = np.eye(G) - inside @ across.T
        form = form.T @ form
        trace = float(np.trace(form))
        return max(trace, 1e-9), max(trace**2 / max(float((form**2).sum()), 1e-12), 1.0)

    @cached_property
    def common(self) -> np.ndarray:
        """S: covariance of the shocks of clusters; all alike where it is not known."""
        if self.rest is None or self.seen is None or self.within is None:
            return np.ones((self.one.shape[1],) * 2)
        both = self.seen.astype(float)
        share = both.T @ both / len(both)
        found = self.rest.T @ self.rest / np.maximum(share * self.free[0], 1e-9) - self.mean * self.within
        return fitting(found)

    def single(self, se: np.ndarray, squares: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Standard error and degrees of freedom of every cell by itself, and whether its few draws decided.

        Args:
            se: Robust standard errors.
            squares: Sum of units' squared weights in each cell.
        """
        noise = 0.0 if self.within is None else np.diag(self.within) * squares / self.powers[0].sum(axis=0)
        return single_cells(se, self.counts, self.powers, np.diag(self.common) + noise, np.full(len(se), self.free[1]))

    def carrying(self, used: np.ndarray) -> tuple[int, int]:
        """Clusters with a treated unit behind the cells in `used`, and all clusters behind them."""
        treated = (self.one[:, used] > 0).any(axis=1)
        return int(treated.sum()), int((treated | (self.zero[:, used] > 0).any(axis=1)).sum())

    def pooled(self, contrasts: np.ndarray) -> np.ndarray:
        """What clusters' shocks make of the covariance of combinations (cells × m) if all clusters vary alike."""
        return np.asarray(contrasts.T @ (self.common * (self.net.T @ self.net)) @ contrasts)

    def freedom(self, contrasts: np.ndarray, own: np.ndarray) -> float:
        """Least degrees of freedom of the robust variances; 0 where a side with weight is one cluster.

        Args:
            contrasts: Cells × m.
            own: Clusters × m, what single units' noise adds to the variance.
        """
        used = (np.abs(contrasts) > 0).any(axis=1)
        if self.counts[:, used].min() < 2:
            return 0.0
        return min(self._freedom(column, noise) for column, noise in zip(contrasts.T, own.T, strict=True))

    def _freedom(self, contrast: np.ndarray, noise: np.ndarray) -> float:
        used = np.flatnonzero(contrast)
        values, vectors = np.linalg.eigh(self.common[np.ix_(used, used)])
        kept = values > max(float(values.max()), 0.0) * 1e-8
        left = (vectors[:, kept] * np.sqrt(values[kept])).T * contrast[used]
        one, zero = self.one[:, used], self.zero[:, used]
        f1, f0 = self.sides[:, used]
        along = (one * f1 - zero * f0) @ left.T
        if len(one) > _MANY:
            v = (along**2).sum(axis=1) + noise
            return float(v.sum() ** 2 / max(float((v**2).sum()), 1e-300)) - 1
        total = np.diag(noise)
        for row, diagonal in zip(left, along.T, strict=True):
            part = np.diag(diagonal) - (one * f1 * row) @ one.T + (zero * f0 * row) @ zero.T
            total += part @ part.T
        return float(np.trace(total) ** 2 / max(float((total**2).sum()), 1e-300))


def holds_several(code: np.ndarray, label: np.ndarray) -> bool:
    """Whether a cluster (`label` of each unit) holds units of several cohorts."""
    groups = pd.Series(code).groupby(label).agg(["min", "max"])
    return bool((groups["min"] != groups["max"]).any())


def shares_of(members: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Clusters × cells, each cluster's share of the units' weights (units × cells)."""
    sums = np.asarray(members @ weight)
    return np.asarray(sums / np.maximum(sums.sum(axis=0), 1e-300))


def holdings(code: np.ndarray, label: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Weights of cohorts in clusters (clusters × cohorts)."""
    cohorts, at = np.unique(code, return_inverse=True)
    found = np.zeros((int(label.max()) + 1, len(cohorts)))
    np.add.at(found, (label, at), w)
    return found


def cells_inside(code: np.ndarray, label: np.ndarray) -> tuple[np.ndarray, bool]:
    """Number of each unit's cohort in its cluster, and whether such parts of clusters hold several units."""
    at = np.unique(np.column_stack([label, code]), axis=0, return_inverse=True)[1].ravel()
    several = int(at.max()) + 1 < len(code)
    return (at, True) if several else (np.unique(code, return_inverse=True)[1], False)


def part_of_mean(label: np.ndarray, w: np.ndarray) -> float:
    """Variance of clusters' mean changes in units' variances, over clusters."""
    return float((np.bincount(label, weights=w**2) / np.bincount(label, weights=w) ** 2).mean())


def within_parts(rest: np.ndarray, seen: np.ndarray, at: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Changes (units × cells) less the mean of each part `at` by units' weights, 0 where not observed."""
    sums, mass = np.zeros((2, int(at.max()) + 1, rest.shape[1]))
    inside = seen * w[:, None]
    np.add.at(sums, at, rest * inside)
    np.add.at(mass, at, inside)
    return np.where(seen, rest - (sums / np.where(mass > 0, mass, 1.0))[at], 0.0)
