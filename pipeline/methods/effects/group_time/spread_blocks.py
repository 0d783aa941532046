"""Variances and degrees of freedom of combinations of cells that are kept as blocks (`blocks`): the formulas of `spread`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse

from pipeline.methods.effects.group_time.blocks import NEVER, Blocks
from pipeline.methods.effects.group_time.joint import ENOUGH, Cluster, Joint, bell_mccaffrey, single_cells


@dataclass(frozen=True, eq=False)
class BlockSpread:
    """The cells by independent draw.

    Attributes:
        units: The cells by unit.
        by_draw: The same with draws' levels; that of units where draws hold several cohorts, which have none.
        members: Draws × units, 1 where the unit is the draw's.
        mixed: Whether a draw holds units of several cohorts.
    """

    units: Blocks
    by_draw: Blocks
    members: sparse.csr_array
    mixed: bool

    @property
    def draws(self) -> int:
        return int(self.members.shape[0])

    @property
    def group(self) -> np.ndarray:
        """Code of each draw's cohort; -1 where a draw holds several."""
        return np.full(self.draws, -1) if self.mixed else self.by_draw.code

    @property
    def scale(self) -> float:
        """G/(G-1) on sums by cluster of mixed cohorts, else 1."""
        return self.draws / max(self.draws - 1, 1) if self.mixed else 1.0

    def carrying(self, contrast: np.ndarray) -> tuple[int, int]:
        """Draws that carry a combination of cells: treated ones, and all."""
        inside = (self.members @ self.units.touched(np.abs(contrast) > 0)) > 0
        return int((inside & (self.group != NEVER)).sum()), int(inside.sum())

    def joint(self, contrasts: np.ndarray, extra: np.ndarray | None = None) -> Joint:
        """Covariance of the columns of `contrasts` (cells × m); `extra` as in `spread.Spread.joint`."""
        more = np.zeros((self.draws, contrasts.shape[1])) if extra is None else self.members @ extra * self.scale
        df = float(self.draws - 1) if self.mixed else self._robust_df(contrasts)
        if not self.mixed and df < ENOUGH:
            used = (np.abs(contrasts) > 0).any(axis=1)
            return Joint(
                self.by_draw.pooled(contrasts) + more.T @ more, max(float(self._free[used].min()), 1.0), "pooled"
            )
        total = self.members @ self.units.scaled(contrasts, self._sides) + more
        return Joint(total.T @ total, max(df, 1.0), "robust")

    def single(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Standard error and degrees of freedom of every cell by itself, and whether they are the pooled ones."""
        se = np.sqrt(self._squares(self._sides))
        if self.mixed:
            return se, np.full(len(se), max(self.draws - 1.0, 1.0)), np.zeros(len(se), bool)
        n, squares, free = self._counts
        t, base, common = self.units.t, self.units.base, self.by_draw.common
        variance = _clean(common[t, t] + common[base, base] - 2 * common[t, base])
        return single_cells(se, n, squares, variance, free)

    def plain_se(self) -> np.ndarray:
        """Standard error of every cell by influence alone."""
        return np.asarray(np.sqrt(self._squares(None)))

    def gram(self) -> np.ndarray | None:
        """Sum over draws of products of their weights in the cells (cells × cells); None where it is not known."""
        return None if self.mixed else self.by_draw.gram()

    def _squares(self, sides: np.ndarray | None) -> np.ndarray:
        return _clean(self.units.squares(sides, None if self.draws == len(self.units.y) else self.members))

    @cached_property
    def _counts(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        return self.by_draw.counts()

    @property
    def _free(self) -> np.ndarray:
        return self._counts[2]

    @cached_property
    def _sides(self) -> np.ndarray:
        """sqrt(n/(n-1)) of both sides of each cell (2 × cells); the scale where draws hold several cohorts."""
        if self.mixed:
            return np.full((2, self.units.shape[1]), self.scale)
        n = self._counts[0]
        return np.asarray(np.sqrt(n / np.maximum(n - 1, 1)))

    def _robust_df(self, contrasts: np.ndarray) -> float:
        codes = np.unique(self.by_draw.code)
        v, n = np.zeros((len(codes), contrasts.shape[1])), np.zeros(len(codes))
        used = (np.abs(contrasts) > 0).any(axis=1)
        for kind, adds in zip(self.by_draw.kinds, self.by_draw.adds(contrasts), strict=True):
            at = int(np.searchsorted(codes, kind.code))
            v[at] += adds
            n[at] += len(kind.rows) if (kind.p[used] != 0).any() else 0
        return bell_mccaffrey(v, n)


def _clean(variance: np.ndarray) -> np.ndarray:
    """Zero where a variance is nothing but rounding: sums of levels cancel to 1e-16 of them."""
    return np.where(variance > variance.max(initial=0.0) * 1e-20, variance, 0.0)


def block_spread(blocks: Blocks, units: pd.DataFrame, cluster: Cluster) -> BlockSpread:
    """The cells by independent draw: unit, or cluster (`spread.spread` has the arguments)."""
    count = len(units)
    label = np.arange(count) if cluster == "unit" else pd.factorize(units["cluster"], sort=True)[0]
    members = sparse.csr_array((np.ones(count), (label, np.arange(count))), shape=(int(label.max()) + 1, count))
    if cluster == "unit":
        return BlockSpread(blocks, blocks, members, False)
    groups = pd.Series(blocks.code).groupby(label).agg(["min", "max"])
    mixed = bool((groups["min"] != groups["max"]).any())
    return BlockSpread(blocks, blocks if mixed else blocks.by_draw(label), members, mixed)
