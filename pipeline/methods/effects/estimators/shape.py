"""Outcomes whose scale says how an effect on them can be read: counts, floors and ceilings, logs of counts with zeros.

Difference-in-differences compares changes of means. Where an outcome cannot fall below zero or rise above full marks, equal
changes are the harder to believe the nearer the groups are to that end and the further they lie apart, and parallel trends
in one scale (points) are not those in another (per cent). Nothing here changes an estimate.
"""

from __future__ import annotations

import numpy as np

from pipeline.methods.effects.estimate import Note
from pipeline.study.thresholds import Shape

_FEW_QUOTIENTS = 20
"""Different values below which nothing is said of their being quotients."""


def shape_notes(values: np.ndarray, limits: Shape | None = None) -> tuple[Note, ...]:
    """What the outcome's own values say of its scale.

    Codes: "count" (whole numbers, none below zero, of a small mean); "binary" (two values); "floor", "ceiling" (a large share
    of rows at the least or greatest value: Terwee et al. 2007 take 15 per cent); "log_of_zeros" (log(1 + y) of whole
    numbers with zeros among them: Chen & Roth 2024, proposition 1, show that its effect has any size one likes by the choice
    of the outcome's unit).

    Args:
        values: The outcome, one a row of the design; missing ones are passed over.
        limits: From the study's `shape`.
    """
    limits = limits or Shape()
    y = np.asarray(values, dtype=float)
    y = y[np.isfinite(y)]
    different = len(np.unique(y))
    if different < 2:
        return ()
    if different == 2:
        return (Note("binary", "the outcome has two values; the effect is on the share of the higher one"),)
    if is_count(y, limits):
        zero = float((y == 0).mean())
        return (Note("count", f"whole numbers with mean {y.mean():.3g}; {zero:.0%} of rows are zero"),)
    notes = []
    if _log_of_whole(y):
        notes.append(
            Note("log_of_zeros", f"the outcome is log(1 + y) of whole numbers, {float((y == 0).mean()):.0%} zero")
        )
    # Two or three steps make a scale on which much lies at either end without a floor or ceiling being hit.
    if different >= limits.steps:
        for code, end in (("floor", y.min()), ("ceiling", y.max())):
            share = float((y == end).mean())
            if share > limits.bound_share:
                notes.append(Note(code, f"{share:.0%} of rows have the value {end:g}"))
    return tuple(notes)


def is_count(values: np.ndarray, limits: Shape | None = None) -> bool:
    """Whether the values are whole numbers of three kinds or more, none negative, and their mean is small."""
    limits = limits or Shape()
    y = np.asarray(values, dtype=float)
    y = y[np.isfinite(y)]
    whole = bool(len(y)) and bool((y >= 0).all()) and bool((y == np.round(y)).all())
    return whole and len(np.unique(y)) > 2 and float(y.mean()) < limits.count_mean


def is_quotient(values: np.ndarray) -> bool:
    """Whether nearly all values are quotients of whole numbers with different denominators: means, shares, rates.

    A value printed with d decimals is taken for a/b where b is at most so large that fewer than three in ten numbers at
    random are as near to such a quotient (about 3 b² / π² of them lie between 0 and 1), and 95 per cent of twenty values or
    more must be. One denominator for all makes no ratio: a mean of quotients by it is the quotient of means.
    """
    y = np.unique(np.asarray(values, dtype=float)[np.isfinite(values)])
    y = y[y != np.round(y)]
    if len(y) < _FEW_QUOTIENTS:
        return False
    digits = next((d for d in range(1, 10) if np.allclose(y, np.round(y, d), rtol=1e-12, atol=1e-12)), 10)
    most = min(500, int(np.pi * np.sqrt(0.1 * 10.0**digits)))
    if digits < 4:
        return False
    whole = [np.abs(y * b - np.round(y * b)) <= 0.51 * b * 10.0**-digits for b in range(2, most + 1)]
    alone = max(float(hit.mean()) for hit in whole)
    return float(np.any(whole, axis=0).mean()) >= 0.95 > alone


def _log_of_whole(y: np.ndarray) -> bool:
    """Whether the values are log(1 + n) of whole numbers n, zeros among them, and not whole themselves."""
    if y.min() != 0 or (y == np.round(y)).all():
        return False
    raw = np.expm1(y)
    # As files print them: four digits or more.
    return bool((np.abs(raw - np.round(raw)) <= 1e-3 * np.maximum(1.0, raw)).all()) and bool(raw.max() < 1e6)
