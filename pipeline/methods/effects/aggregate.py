"""Aggregates of cohort-by-period effects, with the covariance and the simultaneous band of each family."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from pipeline.methods.effects.estimate import normal_interval

Cluster = Literal["unit", "cluster"]
_BLOCK = 2_000_000
_FEW_CLUSTERS = 50
_WEBB = np.sqrt(np.array([1.5, 1.0, 0.5]))


@dataclass(frozen=True, eq=False)
class Family:
    """Aggregates that share a simultaneous band: table, critical value, covariance in the table's order."""

    table: pd.DataFrame
    critical: float
    cov: np.ndarray


def collapse(psi: np.ndarray, units: pd.DataFrame, cluster: Cluster) -> np.ndarray:
    """Influence by independent draw: by unit as it is; by cluster the sums, times sqrt(G/(G-1)) for few clusters."""
    if cluster == "unit":
        return psi
    codes = pd.factorize(units["cluster"], sort=True)[0]
    sums = np.zeros((codes.max() + 1, psi.shape[1]))
    np.add.at(sums, codes, psi)
    return np.asarray(sums * np.sqrt(len(sums) / max(len(sums) - 1, 1)))


def critical_value(psi: np.ndarray, level: float, draws: int, seed: int) -> float:
    """Quantile of max |t| over columns by the multiplier bootstrap (Callaway & Sant'Anna 2021, algorithm 1).

    Rademacher weights; below 50 independent draws Webb's six points. Never below the pointwise normal quantile.
    """
    se = np.sqrt((psi**2).sum(axis=0))
    scaled = psi[:, se > 0] / se[se > 0]
    pointwise = -normal_interval(0.0, 1.0, level)[0]
    if scaled.shape[1] < 2:
        return pointwise
    rng = np.random.default_rng(seed)
    points = np.concatenate([-_WEBB, _WEBB]) if len(scaled) < _FEW_CLUSTERS else np.array([-1.0, 1.0])
    block = max(1, _BLOCK // len(scaled))
    largest = [
        np.abs(rng.choice(points, size=(min(block, draws - start), len(scaled))) @ scaled).max(axis=1)
        for start in range(0, draws, block)
    ]
    return max(pointwise, float(np.quantile(np.concatenate(largest), level)))


class Aggregator:
    """Weighted means of cells with weights P(G = g), and their influence functions.

    Args:
        cells: Columns `g`, `t`, `value`, `n_treated`; one row a column of `psi`.
        psi: Units × cells.
        units: Columns `g` (NaN = never), `cluster` and `weight`; one row a row of `psi`.
    """

    def __init__(
        self,
        cells: pd.DataFrame,
        psi: np.ndarray,
        units: pd.DataFrame,
        *,
        cluster: Cluster,
        level: float,
        draws: int,
        seed: int,
    ) -> None:
        self.cells, self.psi, self.units = cells, psi, units
        self.cluster: Cluster = cluster
        self.level, self.draws, self.seed = level, draws, seed
        weight = units["weight"].to_numpy(float)
        self._member = (units["g"].to_numpy()[:, None] == cells["g"].to_numpy()[None, :]) * weight[:, None]
        self._total = weight.sum()
        self._share = self._member.sum(axis=0) / self._total

    def mean(self, mask: np.ndarray) -> tuple[float, np.ndarray]:
        """Weighted mean of the cells in `mask` and its influence on each unit.

        The second term of the influence is that of the estimated weights (supplement of the paper; in the R package
        `did` the function wif): with S the sum of shares, i's contribution is sum_k 1{G_i = g_k} (a_k - mean) / (n S),
        with weights w_i sum_k 1{G_i = g_k} (a_k - mean) / (S sum w).
        """
        share, value = self._share[mask], self.cells["value"].to_numpy()[mask]
        weight = share / share.sum()
        mean = float(weight @ value)
        psi = self.psi[:, mask] @ weight
        psi = psi + self._member[:, mask] @ (value - mean) / (self._total * share.sum())
        return mean, psi

    def family(self, key: str, parts: Sequence[tuple[int, np.ndarray]]) -> Family:
        """One row a (label, mask), with pointwise intervals and a band that covers all rows at once."""
        means = [self.mean(mask) for _, mask in parts]
        psi = collapse(np.column_stack([m[1] for m in means]), self.units, self.cluster)
        critical = critical_value(psi, self.level, self.draws, self.seed)
        rows = []
        for (label, mask), (value, _), se in zip(parts, means, np.sqrt((psi**2).sum(axis=0)), strict=True):
            low, high, _ = normal_interval(value, float(se), self.level)
            behind = self.cells.loc[mask].groupby("g")["n_treated"].max().sum()
            rows.append((label, value, se, low, high, value - critical * se, value + critical * se, int(behind)))
        columns = [key, "value", "se", "low", "high", "band_low", "band_high", "n_units"]
        return Family(pd.DataFrame(rows, columns=columns), critical, psi.T @ psi)
