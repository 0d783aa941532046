"""Variances and degrees of freedom of combinations of cells that are kept as blocks (`blocks`): the formulas of `spread`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse

from pipeline.methods.effects.group_time.blocks import NEVER, Blocks
from pipeline.methods.effects.group_time.joint import (
    Cluster,
    Joint,
    by_group,
    chosen,
    shared_df,
    side_factors,
    single_cells,
    without_rounding,
)
from pipeline.methods.effects.group_time.shared import (
    Shared,
    cells_inside,
    holdings,
    holds_several,
    part_of_mean,
    shares_of,
)


@dataclass(frozen=True, eq=False)
class BlockSpread:
    """The cells by independent draw.

    Attributes:
        units: The cells by unit.
        by_draw: The same with draws' levels; that of units where draws hold several cohorts, which have none.
        members: Draws × units, 1 where the unit is the draw's.
        shared: The cells by cluster, where clusters hold several cohorts.
        within: Covariance of levels within cohorts of a cluster (periods × periods), there.
        rounding: As in `means.Cells`.
    """

    units: Blocks
    by_draw: Blocks
    members: sparse.csr_array
    shared: Shared | None = None
    within: np.ndarray | None = None
    rounding: float = 0.0

    @property
    def draws(self) -> int:
        return int(self.members.shape[0])

    @property
    def group(self) -> np.ndarray:
        """Code of each draw's cohort; -1 where a draw holds several."""
        return self.by_draw.code if self.shared is None else np.full(self.draws, -1)

    def carrying(self, contrast: np.ndarray) -> tuple[int, int]:
        """Draws that carry a combination of cells: treated ones, and all."""
        if self.shared is not None:
            return self.shared.carrying(np.abs(contrast) > 0)
        inside = (self.members @ self.units.touched(np.abs(contrast) > 0)) > 0
        return int((inside & (self.group != NEVER)).sum()), int(inside.sum())

    def joint(self, contrasts: np.ndarray) -> Joint:
        """Covariance of the columns of `contrasts` (cells × m)."""
        changes = self.members @ self.units.scaled(contrasts, self._sides)
        joint = self._joint if self.shared is None else self._joint_shared
        return without_rounding(joint(contrasts, changes), changes, self._least @ np.abs(contrasts))

    @cached_property
    def _least(self) -> np.ndarray:
        """What rounding may make of each cell's standard error."""
        return np.asarray(self.rounding * np.sqrt(self._counts[1][0].sum(axis=0)))

    def _joint(self, contrasts: np.ndarray, total: np.ndarray) -> Joint:
        def pooled() -> Joint:
            df = shared_df(np.abs(contrasts).sum(axis=1), self._free)
            return Joint(self.by_draw.pooled(contrasts), df, "pooled")

        return by_group(total, self.by_draw.code, self._groups(contrasts), pooled)

    def _joint_shared(self, contrasts: np.ndarray, total: np.ndarray) -> Joint:
        shared = self.shared
        assert shared is not None
        assert self.within is not None

        def pooled() -> Joint:
            cov = shared.pooled(contrasts) + self.units.pooled(contrasts, self.within)
            return Joint(cov, shared.free[1], "pooled")

        df = shared.freedom(contrasts, self.members @ self.units.own(contrasts, self.within))
        return chosen(total, min(df, self.draws - 1.0), pooled)

    def single(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Standard error and degrees of freedom of every cell by itself, and whether its few draws decided."""
        se = np.sqrt(self._squares(self._sides))
        se = np.where(se <= self._least, 0.0, se)
        if self.shared is not None:
            return self.shared.single(se, self.units.counts()[1][0].sum(axis=0))
        n, powers, free = self._counts
        t, base, common = self.units.t, self.units.base, self.by_draw.common
        variance = _clean(common[t, t] + common[base, base] - 2 * common[t, base])
        return single_cells(se, n, powers, variance, free)

    def plain_se(self) -> np.ndarray:
        """Standard error of every cell by influence alone."""
        return np.asarray(np.sqrt(self._squares(None)))

    def gram(self) -> np.ndarray | None:
        """Sum over draws of products of their weights in the cells (cells × cells); None where it is not known."""
        return self.by_draw.gram() if self.shared is None else None

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
        """sqrt(n/(n-1)) of both sides of each cell (2 × cells), or what that is for draws of unequal weight."""
        return side_factors(self._counts[1]) if self.shared is None else self.shared.sides

    def _groups(self, contrasts: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """What `bell_mccaffrey` asks of each cohort."""
        codes = np.unique(self.by_draw.code)
        v, n = np.zeros((2, len(codes), contrasts.shape[1])), np.zeros(len(codes))
        used = (np.abs(contrasts) > 0).any(axis=1)
        for kind, adds, own in zip(self.by_draw.kinds, *self.by_draw.adds(contrasts), strict=True):
            at = int(np.searchsorted(codes, kind.code))
            v[0, at] += adds
            v[1, at] += own
            n[at] += len(kind.rows) if (kind.p[used] != 0).any() else 0
        return v[0], v[1], n


def _clean(variance: np.ndarray) -> np.ndarray:
    """Zero where a variance is nothing but rounding: sums of levels cancel to 1e-16 of them."""
    return np.where(variance > variance.max(initial=0.0) * 1e-20, variance, 0.0)


def block_spread(blocks: Blocks, units: pd.DataFrame, cluster: Cluster, rounding: float = 0.0) -> BlockSpread:
    """The cells by independent draw: unit, or cluster (`spread.spread` has the arguments)."""
    count = len(units)
    label = np.arange(count) if cluster == "unit" else pd.factorize(units["cluster"], sort=True)[0]
    members = sparse.csr_array((np.ones(count), (label, np.arange(count))), shape=(int(label.max()) + 1, count))
    if cluster == "unit":
        return BlockSpread(blocks, blocks, members, rounding=rounding)
    if holds_several(blocks.code, label):
        return BlockSpread(blocks, blocks, members, *_shared(blocks, label, members), rounding)
    return BlockSpread(blocks, blocks.by_draw(label), members, rounding=rounding)


def _shared(blocks: Blocks, label: np.ndarray, members: sparse.csr_array) -> tuple[Shared, np.ndarray]:
    """The cells by cluster, one cell after the other, and the covariance of levels within cohorts of a cluster."""
    size = (members.shape[0], blocks.shape[1])
    one, zero, rest, seen = np.zeros(size), np.zeros(size), np.zeros(size), np.zeros(size, bool)
    _, at = np.unique(blocks.code, return_inverse=True)
    sides = {code: blocks.sides_of(int(code)) for code in np.unique(blocks.code)}
    for a in range(size[1]):
        w = blocks.w * (blocks.seen[:, blocks.t[a]] & blocks.seen[:, blocks.base[a]])
        change = blocks.y[:, blocks.t[a]] - blocks.y[:, blocks.base[a]]
        mean = np.bincount(at, weights=w * change) / np.maximum(np.bincount(at, weights=w), 1e-300)
        mass = members @ w
        seen[:, a] = mass > 0
        rest[:, a] = (members @ (w * (change - mean[at]))) / np.where(mass > 0, mass, 1.0)
        treated, compared = (np.array([sides[c][k][a] for c in sides])[at] for k in (0, 1))
        one[:, a] = shares_of(members, (w * treated)[:, None])[:, 0]
        zero[:, a] = shares_of(members, (w * compared)[:, None])[:, 0]
    part, several = cells_inside(blocks.code, label)
    levels = replace(blocks, code=part).common
    t, b = blocks.t, blocks.base
    within = levels[np.ix_(t, t)] - levels[np.ix_(t, b)] - levels[np.ix_(b, t)] + levels[np.ix_(b, b)]
    noise = part_of_mean(label, blocks.w) if several else 0.0
    return Shared(one, zero, rest, seen, within, noise, holdings(blocks.code, label, blocks.w)), levels
