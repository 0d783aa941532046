"""Cells of large panels, kept as levels of the outcome by cohort in place of a matrix of draws × cells.

Every effect is a difference of mean changes, so what a draw adds to a combination of cells is linear in its own levels, with
coefficients that all draws of one cohort which are seen in the same periods share:

    psi_i c = w_i (y_i A - a),   A = sum over cells of p c (e_t - e_base),   a = sum over cells of p c m,

with p the cohort's weight in a cell (1/W treated, -1/W compared) and m the mean change of its side. Memory grows with draws ×
periods and time with draws × periods × combinations, whatever the number of cells; the numbers are those of the matrices.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse

from pipeline.methods.effects.group_time.joint import fitting

NEVER = 1_000_000
_MANY = 500
"""Kinds of draws (a cohort seen in the same periods) up to which products of their weights are formed exactly."""


@dataclass(frozen=True, eq=False)
class Kind:
    """Draws of one cohort that are seen in the same periods: their rows, weights in the cells, and sides' means."""

    rows: np.ndarray
    p: np.ndarray
    mean: np.ndarray
    treated: np.ndarray
    code: int


@dataclass(frozen=True, eq=False)
class Blocks:
    """Levels of the outcome by draw, and the cells that are made of them.

    Attributes:
        y: Draws × periods, less each period's mean; 0 where not seen.
        seen: Draws × periods.
        code: Cohort of each draw, `NEVER` for none.
        w: Weight of each draw.
        g, t, base: Cohort and period of each cell, and the period it is measured from (indices).
        mass: Weight of the treated and of the compared side of each cell (2 × cells).
        mean: Mean change of each side (2 × cells).
        not_yet: Whether units treated later are compared with too.
    """

    y: np.ndarray
    seen: np.ndarray
    code: np.ndarray
    w: np.ndarray
    g: np.ndarray
    t: np.ndarray
    base: np.ndarray
    mass: np.ndarray
    mean: np.ndarray
    not_yet: bool

    @property
    def shape(self) -> tuple[int, int]:
        """Draws and cells."""
        return len(self.y), len(self.g)

    @property
    def complete(self) -> bool:
        """Whether every draw is seen in every period."""
        return bool(self.seen.all())

    def __matmul__(self, contrasts: np.ndarray) -> np.ndarray:
        """Influence of each draw on combinations of cells (cells, or cells × m)."""
        matrix = contrasts if contrasts.ndim == 2 else contrasts[:, None]
        found = self.scaled(matrix)
        return found if contrasts.ndim == 2 else found[:, 0]

    def __getitem__(self, key: tuple[slice, np.ndarray]) -> np.ndarray:
        """The influence on some cells, written out: draws × cells chosen."""
        rows, cells = key
        return np.asarray((self @ np.eye(len(self.g))[:, cells])[rows])

    def scaled(self, contrasts: np.ndarray, sides: np.ndarray | None = None) -> np.ndarray:
        """The same with each side's influence times a factor (2 × cells)."""
        out, parts = np.zeros((len(self.y), contrasts.shape[1])), _Parts.of(contrasts)
        for kind in self.kinds:
            p = kind.p if sides is None else kind.p * np.where(kind.treated, sides[0], sides[1])
            levels, constant = self._levels(p, kind.mean, parts)
            out[kind.rows] = (self.y[kind.rows] @ levels - constant) * self.w[kind.rows, None]
        return out

    def touched(self, used: np.ndarray) -> np.ndarray:
        """Which draws' changes enter the cells in `used`."""
        out = np.zeros(len(self.y), bool)
        for kind in self.kinds:
            out[kind.rows] = bool((kind.p[used] != 0).any())
        return out

    def only(self, kept: np.ndarray) -> Blocks:
        """The same of the cells in `kept`."""
        at = {"g": self.g[kept], "t": self.t[kept], "base": self.base[kept]}
        return replace(self, **at, mass=self.mass[:, kept], mean=self.mean[:, kept])

    def treated(self, used: np.ndarray) -> np.ndarray:
        """Which draws' changes enter the cells in `used` as those of treated ones."""
        out = np.zeros(len(self.y), bool)
        for kind in self.kinds:
            out[kind.rows] = bool((kind.p[used] > 0).any())
        return out

    def compared(self, used: np.ndarray) -> np.ndarray:
        """Which draws the treated are compared with in the cells in `used`."""
        out = np.zeros(len(self.y), bool)
        for kind in self.kinds:
            out[kind.rows] = bool((kind.p[used] < 0).any())
        return out

    def squares(self, sides: np.ndarray | None = None, members: sparse.sparray | None = None) -> np.ndarray:
        """Sum of squared influence on each cell, by draws or by sums of draws (`members` @ influence)."""
        if members is None:
            return self._own_squares(sides)
        out = np.empty(len(self.g))
        for start in range(0, len(self.g), 256):
            part = np.zeros((len(self.g), min(256, len(self.g) - start)))
            part[start + np.arange(part.shape[1]), np.arange(part.shape[1])] = 1.0
            out[start : start + part.shape[1]] = ((members @ self.scaled(part, sides)) ** 2).sum(axis=0)
        return out

    def _own_squares(self, sides: np.ndarray | None) -> np.ndarray:
        """The same by draws, from each cohort's sums of squared weights times changes, and times their squares."""
        out = np.zeros(len(self.g))
        for code in np.unique(self.code):
            rows = self.code == code
            s = self.seen[rows].astype(float)
            ws = s * self.w[rows, None]
            wy = ws * self.y[rows]
            square, cross = (wy**2).T @ s, (wy * ws).T @ s
            square, change, weight = square + square.T - 2 * (wy.T @ wy), cross - cross.T, (ws**2).T @ s
            for side, chosen in enumerate(self.sides_of(int(code))):
                at, mean = (self.t[chosen], self.base[chosen]), self.mean[side, chosen]
                sums = square[at] - 2 * mean * change[at] + mean**2 * weight[at]
                factor = 1.0 if sides is None else sides[side, chosen] ** 2
                out[chosen] += np.maximum(sums, 0.0) * factor / self.mass[side, chosen] ** 2
        return out

    def sides_of(self, code: int) -> tuple[np.ndarray, np.ndarray]:
        """Cells in which draws of a cohort are treated, and those in which they are compared with."""
        treated = self.g == code
        return treated, ~treated & _compared(code, self.g, self.t, self.base, self.not_yet)

    def pooled(self, contrasts: np.ndarray, common: np.ndarray | None = None) -> np.ndarray:
        """Covariance of combinations if all draws vary alike around their cohort's mean, or with this one of levels."""
        common = self.common if common is None else common
        cov, parts = np.zeros((contrasts.shape[1],) * 2), _Parts.of(contrasts)
        for kind in self.kinds:
            levels, _ = self._levels(kind.p, kind.mean, parts)
            cov += float((self.w[kind.rows] ** 2).sum()) * (levels.T @ common @ levels)
        return cov

    def adds(self, contrasts: np.ndarray) -> np.ndarray:
        """What each kind of draws adds to the variance of each combination if all vary alike, and the sum of squares of what
        its draws add, one by one (2 × kinds × m)."""
        out, parts = np.zeros((2, len(self.kinds), contrasts.shape[1])), _Parts.of(contrasts)
        for at, kind in enumerate(self.kinds):
            levels, _ = self._levels(kind.p, kind.mean, parts)
            one, w = ((self.common @ levels) * levels).sum(axis=0), self.w[kind.rows] ** 2
            out[:, at] = float(w.sum()) * one, float((w**2).sum()) * one**2
        return out

    def own(self, contrasts: np.ndarray, common: np.ndarray) -> np.ndarray:
        """What each draw adds to the variance of each combination with this covariance of levels (draws × m)."""
        out, parts = np.zeros((len(self.y), contrasts.shape[1])), _Parts.of(contrasts)
        for kind in self.kinds:
            levels, _ = self._levels(kind.p, kind.mean, parts)
            out[kind.rows] = self.w[kind.rows, None] ** 2 * ((common @ levels) * levels).sum(axis=0)
        return out

    def gram(self) -> np.ndarray | None:
        """Sum over draws of products of their weights in the cells (cells × cells); None where kinds are very many."""
        if len(self.kinds) > _MANY:
            return None
        rows = [kind.p * np.sqrt((self.w[kind.rows] ** 2).sum()) for kind in self.kinds]
        matrix = sparse.csr_array(np.array(rows))
        return np.asarray((matrix.T @ matrix).toarray())

    def counts(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Draws on each side of a cell (2 × cells), sums of the second, third and fourth powers of their shares (3 × 2 ×
        cells), degrees of freedom within cohorts of the cell's change."""
        n, powers, free = np.zeros((2, len(self.g))), np.zeros((3, 2, len(self.g))), np.zeros(len(self.g))
        for both in self._both.values():
            here = both[self.t, self.base]
            free += np.maximum(here - 1, 0)
        for kind in self.kinds:
            inside, w = kind.p != 0, self.w[kind.rows]
            for side, chosen in enumerate((kind.treated & inside, ~kind.treated & inside)):
                n[side] += np.where(chosen, len(kind.rows), 0)
                shares = np.where(chosen, np.abs(kind.p), 0.0)
                powers[:, side] += [shares**power * float((w**power).sum()) for power in (2, 3, 4)]
        return n, powers, free

    def by_draw(self, label: np.ndarray) -> Blocks:
        """The same with whole clusters as draws: weighted means of their units' levels."""
        count = int(label.max()) + 1
        member = sparse.csr_array((np.ones(len(label)), (label, np.arange(len(label)))), shape=(count, len(label)))
        mass = member @ (self.seen * self.w[:, None])
        y = np.divide(member @ (self.y * self.w[:, None]), mass, out=np.zeros_like(mass), where=mass > 0)
        code = np.zeros(count, dtype=int)
        code[label] = self.code
        return replace(self, y=y, seen=mass > 0, code=code, w=np.bincount(label, weights=self.w))

    @cached_property
    def kinds(self) -> list[Kind]:
        keys = np.column_stack(
            [self.code[:, None].view(np.uint8).reshape(len(self.code), -1), np.packbits(self.seen, axis=1)]
        )
        _, first, at = np.unique(keys, axis=0, return_index=True, return_inverse=True)
        order = np.argsort(at.ravel(), kind="stable")
        bounds = np.searchsorted(at.ravel()[order], np.arange(len(first) + 1))
        out = []
        for k, one in enumerate(first):
            code, seen = int(self.code[one]), self.seen[one]
            treated, compared = self.sides_of(code)
            both = seen[self.t] & seen[self.base]
            p = np.where(treated, 1 / self.mass[0], np.where(compared, -1 / self.mass[1], 0.0)) * both
            mean = np.where(treated, self.mean[0], self.mean[1])
            out.append(Kind(order[bounds[k] : bounds[k + 1]], p, mean, treated, code))
        return out

    @cached_property
    def common(self) -> np.ndarray:
        """Covariance of levels within cohorts, each pair of periods over the draws that have both (periods × periods)."""
        codes, at = np.unique(self.code, return_inverse=True)
        member = sparse.csr_array((np.ones(len(at)), (at, np.arange(len(at)))), shape=(len(codes), len(at)))
        w = self.w[:, None]
        mean = (member @ (self.y * w)) / np.maximum(member @ (self.seen * w), 1e-300)
        rest = np.where(self.seen, self.y - mean[at], 0.0)
        if self.complete:
            return np.asarray(rest.T @ rest / max(float(np.maximum(np.bincount(at) - 1, 0).sum()), 1.0))
        free = sum(np.maximum(both - 1, 0) for both in self._both.values())
        return fitting(rest.T @ rest / np.maximum(free, 1.0))

    @cached_property
    def _both(self) -> dict[int, np.ndarray]:
        """By cohort, the draws seen in each pair of periods."""
        out = {}
        for code in np.unique(self.code):
            seen = self.seen[self.code == code].astype(float)
            out[int(code)] = np.full((seen.shape[1],) * 2, float(len(seen))) if self.complete else seen.T @ seen
        return out

    def _levels(self, p: np.ndarray, mean: np.ndarray, parts: _Parts) -> tuple[np.ndarray, np.ndarray]:
        """Coefficients of the levels (periods × m) and the constants (m) of one kind of draws."""
        own, m = p[parts.cell] * parts.value, parts.m
        at = np.r_[self.t[parts.cell] * m + parts.column, self.base[parts.cell] * m + parts.column]
        levels = np.bincount(at, weights=np.r_[own, -own], minlength=self.y.shape[1] * m)
        constant = np.bincount(parts.column, weights=own * mean[parts.cell], minlength=m)
        return levels.reshape(-1, m), constant


@dataclass(frozen=True, eq=False)
class _Parts:
    """The entries of a matrix of combinations (cells × m) that are not zero."""

    cell: np.ndarray
    column: np.ndarray
    value: np.ndarray
    m: int

    @classmethod
    def of(cls, contrasts: np.ndarray) -> _Parts:
        cell, column = np.nonzero(contrasts)
        return cls(cell, column, contrasts[cell, column], contrasts.shape[1])


def block_cells(y: np.ndarray, code: np.ndarray, w: np.ndarray, not_yet: bool) -> tuple[pd.DataFrame, Blocks, int]:
    """All cells of a panel: their table (`g`, `t`, `value`, `n_treated`, `n_control`), and what they are made of.

    Args:
        y: Units × periods, NaN where not seen.
        code: Cohort of each unit (index of its first treated period), `NEVER` for none.
        w: Weight of each unit.
        not_yet: Compare with units treated later too.

    Returns:
        Table and blocks of the cells with both sides, and the number of cells that have not.
    """
    seen = np.isfinite(y)
    count = np.maximum(seen.sum(axis=0), 1)
    level = np.where(seen, y, 0.0)
    level = np.where(seen, level - level.sum(axis=0) / count, 0.0)
    codes = np.unique(code)
    sums = np.zeros((3, len(codes), y.shape[1], y.shape[1]))  # by cohort and pair of periods: units, weight, w × change
    whole = seen.all()
    if whole:  # changes are asked for alone: what a unit's periods share only costs digits
        level = level - level.mean(axis=1, keepdims=True)
    for k, one in enumerate(codes):
        rows = code == one
        if whole:
            total = w[rows] @ level[rows]
            sums[0, k], sums[1, k], sums[2, k] = rows.sum(), w[rows].sum(), total[:, None] - total
            continue
        s, ws = seen[rows].astype(float), seen[rows] * w[rows, None]
        cross = (ws * level[rows]).T @ s
        sums[:, k] = s.T @ s, ws.T @ s, cross - cross.T  # entry (t, b) of the last: w (y_t - y_b) where both are seen
    cohorts = codes[codes != NEVER]
    g = np.repeat(cohorts, y.shape[1] - 1)
    t = np.tile(np.arange(1, y.shape[1]), len(cohorts))
    base = np.minimum(t, g) - 1
    one = sums[:, np.searchsorted(codes, g), t, base]
    zero = np.zeros_like(one)
    for k, other in enumerate(codes):
        zero += np.where(_compared(int(other), g, t, base, not_yet), sums[:, k, t, base], 0.0)
    kept = (one[0] > 0) & (zero[0] > 0)
    one, zero, g, t, base = one[:, kept], zero[:, kept], g[kept], t[kept], base[kept]
    mean = np.stack([one[2] / one[1], zero[2] / zero[1]])
    # levels are deviations from the periods' means, the change of which both sides share
    table = pd.DataFrame(
        {"g": g, "t": t, "value": mean[0] - mean[1], "n_treated": one[0].astype(int), "n_control": zero[0].astype(int)}
    )
    mass = np.stack([one[1], zero[1]])
    return table, Blocks(level, seen, code, w, g, t, base, mass, mean, not_yet), int((~kept).sum())


def _compared(code: int, g: np.ndarray, t: np.ndarray, base: np.ndarray, not_yet: bool) -> np.ndarray:
    """The cells in which units of a cohort are compared with."""
    if code == NEVER:
        return np.ones(len(g), bool)
    return (code > np.maximum(t, base)) & (code != g) if not_yet else np.zeros(len(g), bool)
