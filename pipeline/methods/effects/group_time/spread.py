"""Variances and degrees of freedom of combinations of cells, for few units and many.

Two estimates of one covariance:

* **robust**: sums of squared influence by independent draw, each side of a cell times n/(n-1) (Neyman's variance; HC2),
  with Bell & McCaffrey's (2002) degrees of freedom: (sum v_k)^2 / sum v_k^2/(n_k - 1), where v_k is what group k (a cohort,
  or the units never treated) adds to the variance if all units vary alike;
* **pooled**: all draws are taken to vary alike around their cohort's mean, Cov = S ∘ (W'W), with W the weights of the
  changes and S their covariance within cohorts, n - K degrees of freedom. It keeps its size where a cohort holds one or two
  draws, at the price of that assumption (Donald & Lang 2007; Conley & Taber 2011; Ferman & Pinto 2019).

The design alone decides between them: pooled where the robust one has fewer than `ENOUGH` degrees of freedom.
Independent draws are units, or clusters where whole clusters take part (Donald & Lang 2007). A cluster that holds several
cohorts is one draw all the same, and a treated one if any of its units is treated: `shared` has its formulas.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from pipeline.methods.effects.group_time.blocks import Blocks
from pipeline.methods.effects.group_time.joint import ENOUGH, Cluster, Joint, bell_mccaffrey, single_cells
from pipeline.methods.effects.group_time.means import NEVER, Cells
from pipeline.methods.effects.group_time.shared import (
    Shared,
    cells_inside,
    holdings,
    holds_several,
    part_of_mean,
    shares_of,
    within_parts,
)
from pipeline.methods.effects.group_time.spread_blocks import BlockSpread, block_spread

__all__ = ["ENOUGH", "Cluster", "Joint", "Spread", "spread", "whole_clusters"]
_BIG = 300_000


@dataclass(frozen=True, eq=False)
class Spread:
    """The cells by independent draw.

    Attributes:
        psi: Draws × cells, influence with the small-sample factors.
        group: Code of each draw's cohort (`NEVER` for none; -1 for all where a draw holds several).
        pull, rest, seen: As in `Cells`, by draw (by unit where a draw holds several cohorts); None where the pooled
            estimate is not possible.
        scale: Factor that `psi` would need without sides of cells (1 for units, G/(G-1) for mixed clusters).
        shared: The cells by cluster, where clusters hold several cohorts.
    """

    psi: np.ndarray
    group: np.ndarray
    pull: np.ndarray | None
    rest: np.ndarray | None
    seen: np.ndarray | None
    members: np.ndarray
    scale: float = 1.0
    shared: Shared | None = None

    @property
    def draws(self) -> int:
        return len(self.psi)

    def carrying(self, contrast: np.ndarray) -> tuple[int, int]:
        """Draws that carry a combination of cells: treated ones, and all."""
        used = np.abs(contrast) > 0
        if self.shared is not None:
            return self.shared.carrying(used)
        inside = np.abs(self.psi[:, used] if self.pull is None else self.pull[:, used]).sum(axis=1) > 0
        return int((inside & (self.group != NEVER)).sum()), int(inside.sum())

    def joint(self, contrasts: np.ndarray, extra: np.ndarray | None = None) -> Joint:
        """Covariance of the columns of `contrasts` (cells × m).

        Args:
            contrasts: One combination a column.
            extra: Units × m, further influence (that of estimated weights), independent of the changes.
        """
        more = np.zeros((self.draws, contrasts.shape[1])) if extra is None else self.members @ extra * self.scale
        if self.shared is not None:
            return self._joint_shared(self.shared, contrasts, more)
        df = self._robust_df(contrasts)
        if df < ENOUGH and self.pull is not None:
            used = (np.abs(contrasts) > 0).any(axis=1)
            part = contrasts[used]
            cov = part.T @ (self._common * self._weights)[np.ix_(used, used)] @ part
            return Joint(cov + more.T @ more, self._pooled_df(used), "pooled")
        total = self.psi @ contrasts + more
        return Joint(total.T @ total, max(df, 1.0), "robust")

    def _joint_shared(self, shared: Shared, contrasts: np.ndarray, more: np.ndarray) -> Joint:
        own, noise = np.zeros((self.draws, contrasts.shape[1])), np.zeros((contrasts.shape[1],) * 2)
        if self.pull is not None and shared.within is not None:
            used = (np.abs(contrasts) > 0).any(axis=1)
            pull, part, within = self.pull[:, used], contrasts[used], shared.within[np.ix_(used, used)]
            own = self.members @ np.column_stack([((pull * c) @ within * (pull * c)).sum(axis=1) for c in part.T])
            noise = part.T @ (within * (pull.T @ pull)) @ part
        df = shared.freedom(contrasts, own)
        if df < ENOUGH and shared.within is not None:
            return Joint(shared.pooled(contrasts) + noise + more.T @ more, shared.free[1], "pooled")
        total = self.psi @ contrasts + more
        return Joint(total.T @ total, max(min(df, self.draws - 1.0), 1.0), "robust")

    def single(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Standard error and degrees of freedom of every cell by itself, and whether they are the pooled ones."""
        se = np.sqrt((self.psi**2).sum(axis=0))
        if self.shared is not None and self.pull is not None:
            return self.shared.single(se, (self.pull**2).sum(axis=0))
        if self.shared is not None or self.pull is None or self.rest is None or self.seen is None:
            return se, np.full(len(se), max(self.draws - 1.0, 1.0)), np.zeros(len(se), bool)
        sides = self.pull > 0, self.pull < 0
        n = np.array([side.sum(axis=0) for side in sides])
        v = np.array([(self.pull**2 * side).sum(axis=0) for side in sides])
        free = sum(np.maximum(self.seen[self.group == k].sum(axis=0) - 1, 0) for k in np.unique(self.group))
        return single_cells(se, n, v, (self.rest**2).sum(axis=0) / np.maximum(free, 1), free)

    def gram(self) -> np.ndarray | None:
        """Sum over draws of products of their weights in the cells (cells × cells); None where it is not known."""
        return None if self.pull is None or self.shared is not None else np.asarray(self.pull.T @ self.pull)

    @cached_property
    def _common(self) -> np.ndarray:
        """S: covariance of changes within cohorts, each pair of cells over the draws that have both."""
        assert self.rest is not None
        return np.asarray(self.rest.T @ self.rest / np.maximum(self._free, 1.0))

    @cached_property
    def _free(self) -> np.ndarray:
        assert self.seen is not None
        free = np.zeros((self.seen.shape[1],) * 2)
        for code in np.unique(self.group):
            both = self.seen[self.group == code].astype(float)
            free += np.maximum(both.T @ both - 1, 0)
        return free

    @cached_property
    def _weights(self) -> np.ndarray:
        assert self.pull is not None
        return np.asarray(self.pull.T @ self.pull)

    def _pooled_df(self, used: np.ndarray) -> float:
        return max(float(self._free[np.ix_(used, used)].min()), 1.0)

    def _robust_df(self, contrasts: np.ndarray) -> float:
        """Least degrees of freedom of the columns; 0 where a side with weight holds one draw."""
        used = (np.abs(contrasts) > 0).any(axis=1)
        parts, sizes = [], []
        for code in np.unique(self.group):
            rows = self.group == code
            if self.pull is None or self.psi.size > _BIG:
                own = (self.psi[rows] @ contrasts) ** 2
                parts.append(own.sum(axis=0))
                sizes.append(int((np.abs(self.psi[np.ix_(rows, used)]).sum(axis=1) > 0).sum()))
                continue
            pull = self.pull[np.ix_(rows, used)]
            part = contrasts[used]
            weight = self._common[np.ix_(used, used)] * (pull.T @ pull)
            parts.append(np.einsum("am,ab,bm->m", part, weight, part))
            sizes.append(int((np.abs(pull).sum(axis=1) > 0).sum()))
        return bell_mccaffrey(np.array(parts), np.array(sizes))


def whole_clusters(units: pd.DataFrame) -> bool:
    """Whether treatment was given to whole clusters of several units: then a cluster is one draw, not its units.

    So it was where all units of a cluster start together, and where all of them start beside clusters that never do.
    """
    if units["cluster"].nunique() > 0.67 * len(units):
        return False
    codes = units["g"].fillna(NEVER)
    if (codes.groupby(units["cluster"]).nunique() == 1).all():
        return True
    never = (codes == NEVER).groupby(units["cluster"])
    return bool((never.nunique() == 1).all() and never.first().any())


def spread(cells: Cells, units: pd.DataFrame, cluster: Cluster) -> Spread | BlockSpread:
    """The cells by independent draw: unit, or cluster.

    Args:
        cells: Effects.
        units: `g` (NaN = never), `cluster` and `weight`; one row a unit.
        cluster: Level of the draws.
    """
    if isinstance(cells.influence, Blocks):
        return block_spread(cells.influence, units, cluster)
    code = units["g"].fillna(NEVER).astype(int).to_numpy()
    if cluster == "unit":
        psi = cells.influence * _factors(cells.influence if cells.pull is None else cells.pull, code, cells.table)
        return Spread(psi, code, cells.pull, cells.rest, cells.seen, _Identity())  # type: ignore[arg-type]
    label = pd.factorize(units["cluster"], sort=True)[0]
    member = (label[:, None] == np.arange(label.max() + 1)).astype(float).T
    if holds_several(code, label):
        return _shared_spread(cells, code, label, member, units["weight"].to_numpy(float))
    sums = member @ cells.influence
    group = pd.Series(code).groupby(label).first().to_numpy()
    pull = rest = seen = None
    if cells.pull is not None and cells.rest is not None and cells.seen is not None:
        w = units["weight"].to_numpy(float)
        inside = member @ (cells.seen * w[:, None])
        pull, seen = member @ cells.pull, inside > 0
        rest = (member @ (cells.rest * w[:, None])) / np.where(seen, inside, 1.0)
    return Spread(sums * _factors(sums if pull is None else pull, group, cells.table), group, pull, rest, seen, member)


def _shared_spread(cells: Cells, code: np.ndarray, label: np.ndarray, member: np.ndarray, w: np.ndarray) -> Spread:
    """Clusters as draws where some hold several cohorts."""
    assert isinstance(cells.influence, np.ndarray)
    weights = cells.influence if cells.pull is None else cells.pull
    inside = (np.abs(weights) > 0) * w[:, None]
    treated = code[:, None] == cells.table["g"].to_numpy()[None, :]
    rest = seen = within = None
    mean = 0.0
    if cells.rest is not None and cells.seen is not None:
        mass = member @ (cells.seen * w[:, None])
        seen = mass > 0
        rest = (member @ (cells.rest * w[:, None])) / np.where(seen, mass, 1.0)
        at, several = cells_inside(code, label)
        own = within_parts(cells.rest, cells.seen, at, w)
        both = cells.seen.astype(float)
        share = both.T @ both / len(both)
        within = own.T @ own / np.maximum(share * (len(at) - at.max() - 1), 1.0)
        mean = part_of_mean(label, w) if several else 0.0
    one, zero = (shares_of(member, inside * side) for side in (treated, ~treated))
    shared = Shared(one, zero, rest, seen, within, mean, holdings(code, label, w))
    psi = member @ (cells.influence * np.where(treated, *shared.sides[:, None, :]))
    G = len(member)
    known = (cells.pull, cells.rest, cells.seen)
    return Spread(psi, np.full(G, -1), *known, member, G / max(G - 1, 1), shared)


class _Identity:
    """Units as draws of their own, without a matrix of that size."""

    def __matmul__(self, other: np.ndarray) -> np.ndarray:
        return other


def _factors(pull: np.ndarray, group: np.ndarray, table: pd.DataFrame) -> np.ndarray:
    """sqrt(n/(n-1)) by draw and cell, n the draws on the draw's side of the cell."""
    one = group[:, None] == table["g"].to_numpy()[None, :]
    used = np.abs(pull) > 0
    n1, n0 = (one & used).sum(axis=0), (~one & used).sum(axis=0)
    f1, f0 = (np.sqrt(n / np.maximum(n - 1, 1)) for n in (n1, n0))
    return np.asarray(np.where(one, f1[None, :], f0[None, :]))
