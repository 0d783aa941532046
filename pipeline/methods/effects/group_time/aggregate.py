"""Aggregates of cohort-by-period effects, with the covariance and the simultaneous band of each family."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.methods.effects.estimate import normal_interval
from pipeline.methods.effects.group_time.blocks import Blocks
from pipeline.methods.effects.group_time.means import Cells
from pipeline.methods.effects.group_time.spread import Cluster, Joint, Spread, spread
from pipeline.methods.effects.group_time.spread_blocks import BlockSpread


@dataclass(frozen=True, eq=False)
class Family:
    """Aggregates that share a simultaneous band: table, critical value, covariance in the table's order.

    `df` and `kind` say how well the covariance is known, and which it is (`spread.Joint`).
    """

    table: pd.DataFrame
    critical: float
    cov: np.ndarray
    df: float = np.inf
    kind: str = "robust"


def collapse(psi: np.ndarray, units: pd.DataFrame, cluster: Cluster) -> np.ndarray:
    """Influence by independent draw: by unit as it is; by cluster the sums, times sqrt(G/(G-1)) for few clusters."""
    if cluster == "unit":
        return psi
    codes = pd.factorize(units["cluster"], sort=True)[0]
    sums = np.zeros((codes.max() + 1, psi.shape[1]))
    np.add.at(sums, codes, psi)
    return np.asarray(sums * np.sqrt(len(sums) / max(len(sums) - 1, 1)))


def sup_t(cov: np.ndarray, df: float, level: float, draws: int, seed: int) -> float:
    """Quantile of max |t| over estimates with this covariance, known with `df` degrees of freedom.

    Plug-in sup-t critical value (Montiel Olea & Plagborg-Moller 2019, Journal of Applied Econometrics 34, 1-17), drawn from
    the multivariate t distribution; never below the pointwise quantile.
    """
    pointwise = -normal_interval(0.0, 1.0, level, df)[0]
    se = np.sqrt(np.diag(cov))
    keep = se > 0
    if keep.sum() < 2 or draws < 1:
        return pointwise
    values, vectors = np.linalg.eigh(cov[np.ix_(keep, keep)] / np.outer(se[keep], se[keep]))
    rng = np.random.default_rng(seed)
    root = vectors * np.sqrt(np.maximum(values, 0))
    largest = np.abs(rng.standard_normal((draws, int(keep.sum()))) @ root.T).max(axis=1)
    if np.isfinite(df):
        largest = largest / np.sqrt(rng.chisquare(df, draws) / df)
    return max(pointwise, float(np.quantile(largest, level)))


class Aggregator:
    """Weighted means of cells with weights P(G = g), and their influence functions.

    A cohort weighs by its units that carry an effect (`Cells.carriers`), before the start as after it. On a balanced panel
    these are all of them; on another one the others say nothing of the effect, so that they are not to move the mean.

    Args:
        cells: Columns `g`, `t`, `value`, `n_treated`; one row a column of `psi`.
        psi: Units × cells, as a matrix or as blocks.
        units: Columns `g` (NaN = never) , `cluster` and `weight`; one row a row of `psi`.
        carries: Which units count in the weight of their cohort.
        parts: The cells by independent draw; from `psi` where not given.
        pull: As `Cells.entering`, where known; blocks know it.
    """

    def __init__(
        self,
        cells: pd.DataFrame,
        psi: np.ndarray | Blocks,
        units: pd.DataFrame,
        *,
        carries: np.ndarray,
        cluster: Cluster,
        level: float,
        draws: int,
        seed: int,
        parts: Spread | BlockSpread | None = None,
        pull: np.ndarray | None = None,
    ) -> None:
        self.cells, self.psi, self.units = cells, psi, units
        self.cluster: Cluster = cluster
        self.level, self.draws, self.seed = level, draws, seed
        self._parts, self._pull, self._known = parts, psi if pull is None else pull, pull is not None
        self.weight = units["weight"].to_numpy(float) * carries
        """Of each unit in its cohort's, 0 where it carries no effect."""
        self._cohorts, self._at = np.unique(cells["g"].to_numpy(float), return_inverse=True)
        g = units["g"].to_numpy(float)
        self._unit = np.searchsorted(self._cohorts, np.where(np.isnan(g), -1, g)).clip(max=len(self._cohorts) - 1)
        self._own = self._cohorts[self._unit] == g
        mass = np.bincount(self._unit, weights=self.weight * self._own, minlength=len(self._cohorts))
        self.mass = mass[self._at]
        """Weight of each cell's cohort."""

    @classmethod
    def of(
        cls,
        cells: Cells,
        units: pd.DataFrame,
        *,
        cluster: Cluster,
        level: float,
        draws: int,
        seed: int,
        parts: Spread | BlockSpread | None = None,
        start: int = 0,
    ) -> Aggregator:
        """From the cells of all cohorts; effects begin `start` periods after a cohort's first."""
        pull = None if isinstance(cells.influence, Blocks) else cells.entering
        return cls(
            cells.table, cells.influence, units, carries=cells.carriers(start), cluster=cluster, level=level, draws=draws,
            seed=seed, parts=parts, pull=pull,
        )  # fmt: skip

    def drawing(self, level: float, draws: int, seed: int) -> Aggregator:
        """The same with other intervals and bands."""
        other = copy(self)
        other.level, other.draws, other.seed = level, draws, seed
        return other

    @property
    def parts(self) -> Spread | BlockSpread:
        if self._parts is None:
            none = Cells(self.cells, self.psi, np.arange(len(self.units)), ())
            self._parts = spread(none, self.units, self.cluster)
        return self._parts

    def in_cells(self, mask: np.ndarray) -> np.ndarray:
        """Which units' changes enter the cells in `mask`."""
        if isinstance(self._pull, Blocks):
            return self._pull.touched(mask)
        return np.asarray((np.abs(self._pull[:, mask]) > 0).any(axis=1))

    def compared(self, mask: np.ndarray) -> np.ndarray:
        """Which units the treated are compared with in the cells in `mask`."""
        if isinstance(self._pull, Blocks):
            return self._pull.compared(mask)
        if self._known:
            return np.asarray((self._pull[:, mask] < 0).any(axis=1))
        other = self.units["g"].to_numpy(float)[:, None] != self.cells["g"].to_numpy(float)[mask]
        return np.asarray((other & (np.abs(self._pull[:, mask]) > 0)).any(axis=1))

    def weights(self, mask: np.ndarray) -> np.ndarray:
        """Weight of every cell in the mean of those in `mask`; their sum is 1."""
        mass = np.where(mask, self.mass, 0.0)
        return np.asarray(mass / mass.sum())

    def mean(self, mask: np.ndarray) -> tuple[float, np.ndarray]:
        """Weighted mean of the cells in `mask` and its influence on each unit, the cohorts' sizes taken as known."""
        weight = self.weights(mask)
        return float(weight @ self.cells["value"].to_numpy()), np.asarray(self.psi @ weight)

    def weights_influence(self, mask: np.ndarray) -> np.ndarray:
        """Influence of the cohorts' sizes, drawn with all their units (supplement of the paper; in the R package `did` wif).

        With S the sum of the cells' cohorts' weights, i's contribution is w_i sum_k 1{G_i = g_k} (a_k - mean) / S. Published
        tables count whole cohorts here, whoever of them carries an effect.
        """
        drawn = self.units["weight"].to_numpy(float) * self._own
        mass = np.bincount(self._unit, weights=drawn, minlength=len(self._cohorts))[self._at] * mask
        values = self.cells["value"].to_numpy()
        apart = np.where(mask, values - mass @ values / mass.sum(), 0.0)
        by_cohort = np.bincount(self._at, weights=apart, minlength=len(self._cohorts))
        return np.asarray(drawn * by_cohort[self._unit] / mass.sum())

    def joint(self, masks: Sequence[np.ndarray]) -> Joint:
        """Covariance of the means over these masks, given the sizes of the cohorts.

        A report speaks of the units of its study, whose cohorts are as large as they are. Where effects differ by cohort,
        sizes taken as drawn would add what no interval for these units needs, and with few draws so much that no effect,
        however large, could be told from zero.
        """
        return self.parts.joint(np.column_stack([self.weights(mask) for mask in masks]))

    def plain_se(self, masks: Sequence[np.ndarray]) -> np.ndarray:
        """Standard errors by the influence functions alone, as published tables print them: no small-sample factor, and the
        cohorts' sizes taken as drawn with the units (`weights_influence`)."""
        changes = self.psi @ np.column_stack([self.weights(mask) for mask in masks])
        return np.asarray(np.sqrt(((self.parts.members @ (changes + self._sizes(masks))) ** 2).sum(axis=0)))

    def _sizes(self, masks: Sequence[np.ndarray]) -> np.ndarray:
        """What sizes taken as drawn add to each unit's influence on the means over these masks."""
        return np.column_stack([self.weights_influence(mask) for mask in masks])

    def family(self, key: str, parts: Sequence[tuple[int, np.ndarray]]) -> Family:
        """One row a (label, mask), with pointwise intervals and a band that covers all rows at once.

        `se` is the published kind (`plain_se`); intervals and bands rest on `interval_se`, given the cohorts' sizes and with
        small-sample factors (`joint`). Where draws are taken to vary alike both rest on the pooled variance of changes.
        """
        masks = [mask for _, mask in parts]
        joint = self.joint(masks)
        known = np.sqrt(np.diag(joint.cov))
        if joint.kind == "pooled":
            shown = np.sqrt(known**2 + ((self.parts.members @ self._sizes(masks)) ** 2).sum(axis=0))
        else:
            shown = self.plain_se(masks)
        critical = sup_t(joint.cov, joint.df, self.level, self.draws, self.seed)
        values = self.cells["value"].to_numpy()
        g, n_treated = self.cells["g"].to_numpy(), self.cells["n_treated"].to_numpy()
        rows = []
        for (label, mask), se, plain in zip(parts, known, shown, strict=True):
            value = float(self.weights(mask) @ values)
            low, high, _ = normal_interval(value, float(se), self.level, joint.df)
            behind = sum(n_treated[mask & (g == k)].max() for k in np.unique(g[mask]))
            band = (value - critical * se, value + critical * se)
            rows.append((label, value, plain, se, low, high, *band, int(behind)))
        columns = [key, "value", "se", "interval_se", "low", "high", "band_low", "band_high", "n_units"]
        return Family(pd.DataFrame(rows, columns=columns), critical, joint.cov, joint.df, joint.kind)
