"""Intervals for an effect or mean of which only bounds are known."""

from __future__ import annotations

from dataclasses import dataclass

import scipy


@dataclass(frozen=True)
class Bounds:
    """Lower and upper bound with an interval that covers the true value (not the whole set) with the level."""

    low: float
    high: float
    ci_low: float
    ci_high: float


def bounds_with_interval(low: float, high: float, se_low: float, se_high: float, level: float = 0.95) -> Bounds:
    """Interval of Imbens & Manski (2004, eqs. 6-7): c solves Φ(c + (high - low)/max(se)) - Φ(-c) = level.

    Args:
        low, high: Estimated bounds.
        se_low, se_high: Their standard errors.
        level: Coverage of the true value.
    """
    widest = max(se_low, se_high)
    if not widest > 0:
        return Bounds(low, high, low, high)
    width = max(0.0, high - low) / widest

    def excess(c: float) -> float:
        return float(scipy.stats.norm.cdf(c + width) - scipy.stats.norm.cdf(-c) - level)

    c = float(scipy.optimize.brentq(excess, 0.0, 10.0))
    return Bounds(low, high, low - c * se_low, high + c * se_high)
