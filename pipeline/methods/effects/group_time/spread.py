"""Variances and degrees of freedom of combinations of cells, for few units and many.

Two estimates of one covariance:

* **robust**: sums of squared influence by independent draw, each side of a cell times n/(n-1), or what that is for draws of
  unequal weight (Neyman's variance; HC2), with Bell & McCaffrey's (2002) degrees of freedom:
  (sum q_i)^2 / sum_k n_k/(n_k - 1) sum q_i^2, where q_i is what draw i of group k (a cohort, or the units never treated) adds
  to the variance if all units vary alike. One draw that outweighs the others leaves it few, however many there are;
* **pooled**: all draws are taken to vary alike around their cohort's mean, Cov = S ∘ (W'W), with W the weights of the
  changes and S their covariance within cohorts, n - K degrees of freedom. It keeps its size where a cohort holds one or two
  draws, at the price of that assumption (Donald & Lang 2007; Conley & Taber 2011; Ferman & Pinto 2019).

The robust one stands where it has `ENOUGH` degrees of freedom. Else the one with the wider interval does (`cautious`): so
few treated draws that vary more than the others, or fewer, are not taken to vary as they do.
Independent draws are units, or clusters where whole clusters take part (Donald & Lang 2007). A cluster that holds several
cohorts is one draw all the same, and a treated one if any of its units is treated: `shared` has its formulas.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from pipeline.methods.effects.group_time.blocks import Blocks
from pipeline.methods.effects.group_time.joint import (
    ENOUGH,
    Cluster,
    Joint,
    by_group,
    chosen,
    fitting,
    powers_of,
    shared_df,
    side_factors,
    single_cells,
    without_rounding,
)
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

__all__ = ["ENOUGH", "Cluster", "Joint", "Spread", "spread"]
_BIG = 300_000


@dataclass(frozen=True, eq=False)
class Spread:
    """The cells by independent draw.

    Attributes:
        psi: Draws × cells, influence with the small-sample factors.
        group: Code of each draw's cohort (`NEVER` for none; -1 for all where a draw holds several).
        pull, rest, seen: As in `Cells`, by draw (by unit where a draw holds several cohorts); None where the pooled
            estimate is not possible.
        shared: The cells by cluster, where clusters hold several cohorts.
        rounding: As in `Cells`.
    """

    psi: np.ndarray
    group: np.ndarray
    pull: np.ndarray | None
    rest: np.ndarray | None
    seen: np.ndarray | None
    members: np.ndarray
    shared: Shared | None = None
    rounding: float = 0.0

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

    def joint(self, contrasts: np.ndarray) -> Joint:
        """Covariance of the columns of `contrasts` (cells × m), one combination each."""
        changes = self.psi @ contrasts
        joint = self._joint if self.shared is None else self._joint_shared
        return without_rounding(joint(contrasts, changes), changes, self._least @ np.abs(contrasts))

    @cached_property
    def _least(self) -> np.ndarray:
        """What rounding may make of each cell's standard error."""
        if self.pull is None:
            return np.zeros(self.psi.shape[1])
        return np.asarray(self.rounding * np.sqrt((self.pull**2).sum(axis=0)))

    def _joint(self, contrasts: np.ndarray, total: np.ndarray) -> Joint:
        def pooled() -> Joint:
            used = (np.abs(contrasts) > 0).any(axis=1)
            part, alike = contrasts[used], (self._common * self._weights)[np.ix_(used, used)]
            # each pair of cells by its part in the variance
            df = shared_df(np.abs(alike) * (np.abs(part) @ np.abs(part).T), self._free[np.ix_(used, used)])
            return Joint(part.T @ alike @ part, df, "pooled")

        return by_group(total, self.group, self._groups(contrasts), None if self.pull is None else pooled)

    def _joint_shared(self, contrasts: np.ndarray, total: np.ndarray) -> Joint:
        shared = self.shared
        assert shared is not None
        own, noise = np.zeros((self.draws, contrasts.shape[1])), np.zeros((contrasts.shape[1],) * 2)
        if self.pull is not None and shared.within is not None:
            used = (np.abs(contrasts) > 0).any(axis=1)
            pull, part, within = self.pull[:, used], contrasts[used], shared.within[np.ix_(used, used)]
            own = self.members @ np.column_stack([((pull * c) @ within * (pull * c)).sum(axis=1) for c in part.T])
            noise = part.T @ (within * (pull.T @ pull)) @ part

        def pooled() -> Joint:
            return Joint(shared.pooled(contrasts) + noise, shared.free[1], "pooled")

        df = min(shared.freedom(contrasts, own), self.draws - 1.0)
        return chosen(total, df, None if shared.within is None else pooled)

    def single(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Standard error and degrees of freedom of every cell by itself, and whether its few draws decided."""
        se = np.sqrt((self.psi**2).sum(axis=0))
        se = np.where(se <= self._least, 0.0, se)
        if self.shared is not None and self.pull is not None:
            return self.shared.single(se, (self.pull**2).sum(axis=0))
        if self.shared is not None or self.pull is None or self.rest is None or self.seen is None:
            return se, np.full(len(se), max(self.draws - 1.0, 1.0)), np.zeros(len(se), bool)
        sides = np.maximum(self.pull, 0.0), np.maximum(-self.pull, 0.0)
        n = np.array([(side > 0).sum(axis=0) for side in sides])
        powers = np.stack([powers_of(side) for side in sides], axis=1)
        free = sum(np.maximum(self.seen[self.group == k].sum(axis=0) - 1, 0) for k in np.unique(self.group))
        return single_cells(se, n, powers, (self.rest**2).sum(axis=0) / np.maximum(free, 1), free)

    def gram(self) -> np.ndarray | None:
        """Sum over draws of products of their weights in the cells (cells × cells); None where it is not known."""
        return None if self.pull is None or self.shared is not None else np.asarray(self.pull.T @ self.pull)

    @cached_property
    def _common(self) -> np.ndarray:
        """S: covariance of changes within cohorts, each pair of cells over the draws that have both."""
        assert self.rest is not None
        assert self.seen is not None
        found = self.rest.T @ self.rest / np.maximum(self._free, 1.0)
        return np.asarray(found) if self.seen.all() else fitting(found)

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

    def _groups(self, contrasts: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """What `bell_mccaffrey` asks of each cohort."""
        used = (np.abs(contrasts) > 0).any(axis=1)
        parts, squares, sizes = [], [], []
        for code in np.unique(self.group):
            rows = self.group == code
            if self.pull is None or self.psi.size > _BIG:
                own = ((self.psi[rows] @ contrasts) ** 2).sum(axis=0)
                sizes.append(int((np.abs(self.psi[np.ix_(rows, used)]).sum(axis=1) > 0).sum()))
                parts.append(own)
                squares.append(own**2 / max(sizes[-1], 1))  # their weights are not known: all add as much
                continue
            adds = self._adds(self.pull[rows], contrasts)
            parts.append(adds.sum(axis=0))
            squares.append((adds**2).sum(axis=0))
            sizes.append(int((np.abs(self.pull[np.ix_(rows, used)]).sum(axis=1) > 0).sum()))
        return np.array(parts), np.array(squares), np.array(sizes)

    def _adds(self, pull: np.ndarray, contrasts: np.ndarray) -> np.ndarray:
        """What each draw adds to the variance of each combination if all vary alike (draws × m)."""
        found = []
        for column in contrasts.T:
            used = np.flatnonzero(column)
            own = pull[:, used] * column[used]
            found.append(np.maximum(((own @ self._common[np.ix_(used, used)]) * own).sum(axis=1), 0.0))
        return np.column_stack(found)


def spread(cells: Cells, units: pd.DataFrame, cluster: Cluster) -> Spread | BlockSpread:
    """The cells by independent draw: unit, or cluster.

    Args:
        cells: Effects.
        units: `g` (NaN = never), `cluster` and `weight`; one row a unit.
        cluster: Level of the draws.
    """
    if isinstance(cells.influence, Blocks):
        return block_spread(cells.influence, units, cluster, cells.rounding)
    code = units["g"].fillna(NEVER).astype(int).to_numpy()
    if cluster == "unit":
        weights = cells.influence if cells.pull is None else cells.pull
        psi = cells.influence * _factors(weights, code, cells.table, cells.pull is not None)
        known = (cells.pull, cells.rest, cells.seen)
        return Spread(psi, code, *known, _Identity(), rounding=cells.rounding)  # type: ignore[arg-type]
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
    factors = _factors(sums if pull is None else pull, group, cells.table, pull is not None)
    return Spread(sums * factors, group, pull, rest, seen, member, rounding=cells.rounding)


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
    known = (cells.pull, cells.rest, cells.seen)
    return Spread(psi, np.full(len(member), -1), *known, member, shared, cells.rounding)


class _Identity:
    """Units as draws of their own, without a matrix of that size."""

    def __matmul__(self, other: np.ndarray) -> np.ndarray:
        return other


def _factors(pull: np.ndarray, group: np.ndarray, table: pd.DataFrame, known: bool) -> np.ndarray:
    """sqrt(n/(n-1)) by draw and cell (`side_factors`), n the draws on the draw's side of the cell.

    Where weights are not known, `pull` being influence (`known` False), all draws of a side count alike.
    """
    one = group[:, None] == table["g"].to_numpy()[None, :]
    weights = np.abs(pull) if known else (np.abs(pull) > 0).astype(float)
    powers = []
    for side in (one, ~one):
        inside = np.where(side, weights, 0.0)
        powers.append(powers_of(inside / np.maximum(inside.sum(axis=0), 1e-300)))
    f1, f0 = side_factors(np.stack(powers, axis=1))
    return np.asarray(np.where(one, f1[None, :], f0[None, :]))
