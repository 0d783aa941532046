"""Equity of reach: how unevenly hours are spread over persons, within units and between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

VENTILES = 20
"""A curve that is shown has this many steps at most: one a person would give each person's hours away."""


def lorenz(hours: np.ndarray, least: int) -> tuple[np.ndarray, np.ndarray]:
    """Lorenz curve: cumulative shares of persons (least hours first) and of hours, both from 0 to 1.

    The curve is known at ventiles, or at fewer points where a ventile would hold fewer than `least` persons.
    """
    ordered = np.sort(np.asarray(hours, float))
    n, total = len(ordered), ordered.sum()
    steps = max(1, min(VENTILES, n // max(least, 1)))
    at = np.round(np.linspace(0, n, steps + 1)).astype(int)
    sums = np.concatenate([[0.0], np.cumsum(ordered)])
    persons = at / n if n else np.linspace(0, 1, steps + 1)
    return persons, (sums[at] / total if total > 0 else persons)


def gini(hours: np.ndarray) -> float:
    """Gini coefficient, 2Σ i·x_(i) / (nΣx) - (n+1)/n: 0 = all alike, (n-1)/n = one person has all."""
    ordered = np.sort(np.asarray(hours, float))
    n, total = len(ordered), ordered.sum()
    return float(2 * np.sum(np.arange(1, n + 1) * ordered) / (n * total) - (n + 1) / n) if total > 0 else 0.0


@dataclass(frozen=True)
class Theil:
    """Theil's index and its exact parts."""

    total: float
    between: float
    within: float


def theil(hours: pd.Series, groups: pd.Series) -> Theil:
    """Theil's T = (1/n) Σ (x/μ) ln(x/μ), with 0·ln 0 = 0, split between and within groups (Theil 1967, ch. 4).

    T = Σ_g s_g ln(μ_g/μ) + Σ_g s_g T_g, where s_g is group g's share of all hours.

    Args:
        hours: One value a person, none negative.
        groups: The group of each, aligned.
    """
    x = hours.to_numpy(float)
    if x.sum() <= 0:
        return Theil(0.0, 0.0, 0.0)

    def index(values: np.ndarray) -> float:
        ratio = values / values.mean()
        positive = ratio[ratio > 0]
        return float(np.sum(positive * np.log(positive)) / len(values))

    between = within = 0.0
    for _, part in hours.groupby(groups):
        values = part.to_numpy(float)
        if values.sum() > 0:
            share = values.sum() / x.sum()
            between += share * float(np.log(values.mean() / x.mean()))
            within += share * index(values)
    return Theil(index(x), between, within)


def standardised_difference(reached: pd.Series, never: pd.Series) -> float | None:
    """Difference of means over the root of the mean variance (Austin 2009); None where neither varies."""
    if not len(reached) or not len(never):
        return None
    spread = float(np.sqrt((reached.var(ddof=0) + never.var(ddof=0)) / 2))
    return float((reached.mean() - never.mean()) / spread) if spread > 0 else None
