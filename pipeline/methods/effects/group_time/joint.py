"""The covariance of combinations of cells, and degrees of freedom: what all forms of a spread share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import special

from pipeline.methods.effects.estimate import quantile

Kind = Literal["robust", "pooled", "wider"]
Cluster = Literal["unit", "cluster"]
ENOUGH = 10.0
"""Degrees of freedom of the robust covariance from which on it stands by itself."""
_LEAST = 3.0
"""Degrees of freedom that it must have to be set beside the pooled one."""
_REFUTED = 0.90
"""Share of ratios of two variances below that at which fewer refute that all draws vary alike."""


@dataclass(frozen=True, eq=False)
class Joint:
    """Covariance of several combinations of cells, the degrees of freedom it is known with, and which kind it is."""

    cov: np.ndarray
    df: float
    kind: Kind


def without_rounding(joint: Joint, found: np.ndarray, least: np.ndarray) -> Joint:
    """The covariance with zeros where nobody's change differs from anybody's by more than rounding.

    Args:
        joint: The covariance of m combinations.
        found: Draws × m, influence of the changes alone.
        least: What rounding makes of the standard errors (m).
    """
    gone = np.sqrt((found**2).sum(axis=0)) <= least
    if not gone.any():
        return joint
    return Joint(np.where(gone[:, None] | gone[None, :], 0.0, joint.cov), joint.df, joint.kind)


def by_group(
    total: np.ndarray,
    group: np.ndarray,
    told: tuple[np.ndarray, np.ndarray, np.ndarray],
    pooled: Callable[[], Joint] | None,
) -> Joint:
    """The covariance of combinations whose draws stand in groups of their own.

    Args:
        total: Draws × m, influence.
        group: Of each draw.
        told: What `bell_mccaffrey` asks of each group, in their order.
        pooled: Makes the pooled covariance; None where it is not possible.
    """

    def seen() -> float:
        return as_seen(np.array([(total[group == code] ** 2).sum(axis=0) for code in np.unique(group)]), *told)

    return chosen(total, bell_mccaffrey(*told), pooled, seen)


def chosen(
    total: np.ndarray, df: float, pooled: Callable[[], Joint] | None, seen: Callable[[], float] | None = None
) -> Joint:
    """The robust covariance where it has `ENOUGH` degrees of freedom or there is no other, else what `cautious` says.

    Args:
        total, pooled: As in `by_group`.
        df: Degrees of freedom if all draws vary alike.
        seen: Those by what they do vary; `df` where not given.
    """
    cov = total.T @ total
    if df >= ENOUGH or pooled is None:
        return Joint(cov, max(df, 1.0), "robust")
    return cautious(Joint(cov, df, "robust"), df if seen is None else seen(), pooled())


def cautious(robust: Joint, seen: float, pooled: Joint) -> Joint:
    """Which of the two stands where the robust one has fewer than `ENOUGH` degrees of freedom.

    That all draws vary alike is an assumption. The one with the wider interval stands; where the robust one has fewer than
    `_LEAST` degrees of freedom it does only if it refutes the assumption, and with so few it can carry no verdict.

    Args:
        robust: With its degrees of freedom if all draws vary alike.
        seen: Its degrees of freedom by what the draws do vary (`as_seen`).
        pooled: The other.
    """
    if robust.df < _LEAST:
        ratio = np.trace(robust.cov) / max(float(np.trace(pooled.cov)), 1e-300)
        refuted = robust.df > 0 and ratio > special.fdtri(robust.df, pooled.df, _REFUTED)
        return Joint(robust.cov, max(robust.df, 1.0), "wider") if refuted else pooled
    df = max(min(robust.df, seen), _LEAST)
    widths = [np.trace(cov) * quantile(0.975, free) ** 2 for cov, free in ((robust.cov, df), (pooled.cov, pooled.df))]
    return Joint(robust.cov, df, "wider") if widths[0] > widths[1] else pooled


def shared_df(parts: np.ndarray, free: np.ndarray) -> float:
    """Degrees of freedom of a sum whose terms have `free` each, by the terms' `parts` in it (harmonic mean)."""
    free = np.maximum(free, 1.0)
    return max(_whole(parts.sum() / (parts / free).sum()), 1.0) if parts.sum() > 0 else _whole(free.min())


def fitting(cov: np.ndarray) -> np.ndarray:
    """The covariance matrix nearest to one whose entries come from different draws each and need not fit together."""
    values, vectors = np.linalg.eigh(cov)
    return np.asarray((vectors * np.maximum(values, 0.0)) @ vectors.T)


def side_factors(powers: np.ndarray) -> np.ndarray:
    """sqrt(n/(n-1)) of the sides of cells, for draws of any weight (2 × cells).

    With s a draw's share of its side, a sum of squared shares times deviations from the side's mean is too small by
    (sum s^2 - 2 sum s^3 + (sum s^2)^2) / sum s^2 if all draws vary alike.

    Args:
        powers: 3 × 2 × cells, sums of the second, third and fourth powers of shares.
    """
    second, third = powers[0], powers[1]
    left = second - 2 * third + second**2
    return np.asarray(np.sqrt(np.where(left > 1e-9 * second, second / np.where(left > 0, left, 1.0), 1.0)))


def powers_of(shares: np.ndarray) -> np.ndarray:
    """Sums over draws of the second, third and fourth powers of shares (draws × cells), 3 × cells."""
    square = shares**2
    return np.array([square.sum(axis=0), (square * shares).sum(axis=0), (square**2).sum(axis=0)])


def bell_mccaffrey(v: np.ndarray, squares: np.ndarray, n: np.ndarray) -> float:
    """Least degrees of freedom of several combinations; 0 where a group of one draw has a part in one of them.

    Args:
        v: Groups × combinations, what each group adds to the variance.
        squares: Groups × combinations, the sum of squares of what its draws add, one by one: v^2/n where all add as much.
        n: Draws of each group.
    """
    total = v.sum(axis=0)
    alone = (n < 2)[:, None] & (v > 1e-9 * total)
    with np.errstate(divide="ignore", invalid="ignore"):
        df = total**2 / (squares * (n / np.maximum(n - 1, 1))[:, None]).sum(axis=0)
    df = np.where(alone.any(axis=0), 0.0, df)
    return _whole(np.nanmin(df)) if np.isfinite(df).any() else 0.0


def _whole(df: float) -> float:
    """Degrees of freedom without their rounding: three that are reckoned as 2.9999999999999996 reach a limit of three."""
    return round(float(df), 9)


def as_seen(own: np.ndarray, v: np.ndarray, squares: np.ndarray, n: np.ndarray) -> float:
    """The same from what the groups did add to the variance (`own`, groups × combinations): Welch's degrees of freedom."""
    ratio = np.divide(own, v, out=np.zeros_like(own), where=v > 0)
    return bell_mccaffrey(own, squares * ratio**2, n)


def single_cells(
    se: np.ndarray, n: np.ndarray, powers: np.ndarray, variance: np.ndarray, free: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Standard error and degrees of freedom of every cell by itself, and whether its few draws decided (`cautious`).

    Args:
        se: Robust standard errors.
        n: Draws of both sides (2 × cells).
        powers: As in `side_factors`.
        variance, free: Variance of each cell's change within cohorts, and its degrees of freedom.
    """
    second, fourth = powers[0], powers[2]
    with np.errstate(divide="ignore", invalid="ignore"):
        df = np.round(second.sum(axis=0) ** 2 / (fourth * n / (n - 1)).sum(axis=0), 9)
    df = np.where(n.min(axis=0) < 2, 0.0, df)
    few = df < ENOUGH
    pooled = np.sqrt(np.maximum(variance, 0) * second.sum(axis=0))
    free = np.maximum(free, 1.0)
    widths = se * special.stdtrit(np.maximum(df, 1.0), 0.975), pooled * special.stdtrit(free, 0.975)
    own = few & (df >= _LEAST) & (widths[0] > widths[1])
    return np.where(few & ~own, pooled, se), np.where(few & ~own, free, np.maximum(df, 1.0)), few
