"""The overall group-time effect from plain cell means, fast enough for thousands of assignments.

Without covariates each effect of Callaway & Sant'Anna (2021) is a difference of mean changes, so the overall effect and
its influence function need no library: `group_time.estimate` gives the same numbers once, this gives them for many
assignments of cohorts to units at a time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.errors import DesignError
from pipeline.methods.effects.design import Design
from pipeline.methods.effects.group_time.means import Control

NEVER = 1_000_000
"""Cohort code of units never treated; later than any period."""


@dataclass(frozen=True, eq=False)
class Changes:
    """Every unit's change of the outcome from the base period of each cell after the start.

    Attributes:
        units: `unit`, `cluster`, `weight`, `code` (index of the cohort's first period, or `NEVER`), one row a unit.
        g, t: Cohort and period (indices) of each cell; its base is the measured period g - 1.
        change: Units × cells, 0 where not observed.
        seen: Units × cells, 1.0 where both periods are observed.
        control: Which units a cell is compared with.
    """

    units: pd.DataFrame
    g: np.ndarray
    t: np.ndarray
    change: np.ndarray
    seen: np.ndarray
    control: Control

    @property
    def codes(self) -> np.ndarray:
        return self.units["code"].to_numpy()

    @property
    def weight(self) -> np.ndarray:
        return self.units["weight"].to_numpy(float)

    def treated(self, codes: np.ndarray, cell: int) -> np.ndarray:
        """The unit's weight where its cohort is the cell's, else 0; shape of `codes`."""
        return np.asarray((codes == self.g[cell]) * self.weight, dtype=float)

    def compared(self, codes: np.ndarray, cell: int) -> np.ndarray:
        """The unit's weight where it belongs to the cell's comparison group, else 0; shape of `codes`."""
        return np.asarray((codes == NEVER if self.control == "never" else codes > self.t[cell]) * self.weight)


def changes(design: Design, control: Control = "never", outcome: np.ndarray | None = None) -> Changes:
    """Changes of the outcome (or of `outcome`, one value a row of the design's data) for the cells after the start.

    Raises:
        DesignError: No effect after the start can be estimated.
    """
    data = design.data
    units = design.units.reset_index()
    code = units["g"].fillna(NEVER).astype(int).to_numpy()
    y = np.full((len(units), len(design.periods)), np.nan)
    y[np.searchsorted(units["unit"], data["unit"]), data["t"]] = data["y"] if outcome is None else outcome
    cohorts = sorted({int(g) for g in code if g != NEVER})
    pairs = [(g, t) for g in cohorts for t in range(g, len(design.periods))]
    g, t = np.array([p[0] for p in pairs]), np.array([p[1] for p in pairs])
    change = y[:, t] - y[:, g - 1]
    frame = units[["unit", "cluster", "weight"]].assign(code=code)
    found = Changes(frame, g, t, np.nan_to_num(change), np.isfinite(change).astype(float), control)
    if not np.isfinite(overall(found)[0][0]):
        raise DesignError("No effect after the start of treatment can be estimated.", where=design.outcome)
    return found


def cells(found: Changes) -> tuple[np.ndarray, np.ndarray]:
    """Effect of each cell (NaN where a side is empty) and its influence on each unit (units × cells)."""
    value = np.full(len(found.g), np.nan)
    psi = np.zeros(found.change.shape)
    for c in range(len(found.g)):
        D, seen = found.change[:, c], found.seen[:, c]
        one, zero = found.treated(found.codes, c) * seen, found.compared(found.codes, c) * seen
        if one.sum() == 0 or zero.sum() == 0:
            continue
        mean1, mean0 = one @ D / one.sum(), zero @ D / zero.sum()
        value[c] = mean1 - mean0
        psi[:, c] = one * (D - mean1) / one.sum() - zero * (D - mean0) / zero.sum()
    return value, psi


def carriers(found: Changes, assignments: np.ndarray | None = None) -> np.ndarray:
    """Draws × units: whose changes enter a cell of their own cohort that has both sides (`Cells.carriers`)."""
    codes = found.codes[None, :] if assignments is None else assignments
    out = np.zeros(codes.shape, bool)
    for c in range(len(found.g)):
        inside = (codes == found.g[c]) & (found.seen[:, c] > 0)
        out |= inside & (found.compared(codes, c) * found.seen[:, c] > 0).any(axis=1)[:, None]
    return out


def overall(found: Changes, assignments: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Overall effect (cells after the start, weighted by the cohort's units that carry them) and its influence on each unit.

    Args:
        found: From `changes`.
        assignments: Draws × units of cohort codes; without it the one that happened.

    Returns:
        Draws of values (NaN where no cell has both sides), and draws × units of influence, scaled so that a variance is
        a sum of squares, given the cohorts' sizes: assignments that are permuted keep them.
    """
    codes = found.codes[None, :] if assignments is None else assignments
    draws, n, count = len(codes), codes.shape[1], len(found.g)
    carries = carriers(found, assignments)
    value = np.zeros((draws, count))
    share = np.zeros((draws, count))
    sides = []
    for c in range(count):
        one, zero = found.treated(codes, c), found.compared(codes, c)
        members = (one * carries).sum(axis=1)
        one, zero = one * found.seen[:, c], zero * found.seen[:, c]
        n1, n0 = one.sum(axis=1), zero.sum(axis=1)
        usable = (n1 > 0) & (n0 > 0)
        n1, n0 = np.where(usable, n1, 1.0), np.where(usable, n0, 1.0)
        mean1, mean0 = one @ found.change[:, c] / n1, zero @ found.change[:, c] / n0
        value[:, c] = np.where(usable, mean1 - mean0, 0.0)
        share[:, c] = np.where(usable, members, 0.0)
        sides.append((mean1, mean0, n1, n0))
    total = share.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = share / total[:, None]
        mean = (weight * value).sum(axis=1)
    psi = np.zeros((draws, n))
    for c, (mean1, mean0, n1, n0) in enumerate(sides):
        D, seen = found.change[:, c], found.seen[:, c]
        one, zero = found.treated(codes, c), found.compared(codes, c)
        psi += one * seen * (D - mean1[:, None]) * (weight[:, c] / n1)[:, None]
        psi -= zero * seen * (D - mean0[:, None]) * (weight[:, c] / n0)[:, None]
    return mean, psi


def by_cluster(psi: np.ndarray, clusters: np.ndarray) -> np.ndarray:
    """Draws × clusters: influence summed within clusters, times sqrt(G/(G-1)) as elsewhere for few clusters."""
    labels = pd.factorize(clusters, sort=True)[0]
    G = int(labels.max()) + 1
    member = (labels[:, None] == np.arange(G)).astype(float)
    return np.asarray(psi @ member * np.sqrt(G / max(G - 1, 1)))
