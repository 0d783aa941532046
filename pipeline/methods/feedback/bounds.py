"""Bounds on a mean over everybody invited, when only some answer."""

from __future__ import annotations

import numpy as np

from pipeline.methods.partial import Bounds, bounds_with_interval


def worst_case(
    mean: float, se: float, rate: float, n_frame: int, least: float, most: float, level: float = 0.95
) -> Bounds:
    """Bounds without any model: the silent could all say the least, or all the most (Manski 1989; Horowitz & Manski 1995).

    low = r·ȳ + (1-r)·least, high = r·ȳ + (1-r)·most.

    Args:
        mean: Mean among those who answered.
        se: Its standard error.
        rate: Share that answered.
        n_frame: Number of eligible cases behind the rate.
        least, most: Ends of the answer's range.
        level: Coverage of the interval (Imbens & Manski 2004, eqs. 6-7).
    """
    low, high = rate * mean + (1 - rate) * least, rate * mean + (1 - rate) * most
    spread = np.sqrt(rate * (1 - rate) / n_frame)
    se_low = float(np.hypot(rate * se, spread * (mean - least)))
    se_high = float(np.hypot(rate * se, spread * (most - mean)))
    return bounds_with_interval(low, high, se_low, se_high, level)


def monotone(mean: float, se: float, rate: float, n_frame: int, least: float, level: float = 0.95) -> Bounds:
    """Bounds if the silent are no better off than those who answer: low as before, high = ȳ (Manski 2003, ch. 2)."""
    low = rate * mean + (1 - rate) * least
    se_low = float(np.hypot(rate * se, np.sqrt(rate * (1 - rate) / n_frame) * (mean - least)))
    return bounds_with_interval(low, mean, se_low, se, level)
