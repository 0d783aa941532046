"""A share with its standard error, and the weighted mean that all share estimators rest on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy


@dataclass(frozen=True)
class Share:
    """An estimated share (as computed: protected designs can leave 0-1), its standard error, and persons behind it."""

    value: float
    se: float
    n: int

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Normal interval, as computed."""
        half = float(scipy.stats.norm.ppf(0.5 + level / 2)) * self.se
        return self.value - half, self.value + half


def design_mean(values: pd.Series, weights: pd.Series) -> Share:
    """Weighted mean with its linearised variance, n/(n-1) Σ w²(y - ȳ)² / (Σw)² (Särndal, Swensson & Wretman 1992, 5.7).

    With equal weights this is the usual s²/n. A single answer has no standard error (not a number).
    """
    y, w = values.to_numpy(float), weights.to_numpy(float)
    n = len(y)
    if n == 0:
        return Share(float("nan"), float("nan"), 0)
    mean = float(np.average(y, weights=w))
    if n == 1:
        return Share(mean, float("nan"), 1)
    variance = n / (n - 1) * float(np.sum((w * (y - mean)) ** 2)) / float(w.sum()) ** 2
    return Share(mean, float(np.sqrt(variance)), n)


def agreement(shares: list[Share]) -> tuple[Share, float]:
    """Precision-weighted mean of independent estimates, and the p value of Cochran's Q that they agree.

    Q = Σ (x_i - x̄)² / s_i² on k - 1 degrees of freedom (Cochran 1954).
    """
    precision = np.array([1 / share.se**2 for share in shares])
    values = np.array([share.value for share in shares])
    mean = float(np.average(values, weights=precision))
    q = float(np.sum(precision * (values - mean) ** 2))
    pooled = Share(mean, float(1 / np.sqrt(precision.sum())), sum(share.n for share in shares))
    return pooled, float(scipy.stats.chi2.sf(q, len(shares) - 1)) if len(shares) > 1 else float("nan")
