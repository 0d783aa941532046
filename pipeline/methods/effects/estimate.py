"""What an estimator hands back."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import special


class Note(NamedTuple):
    """What a step changed, left out or doubts: a code that the prose words, and the detail for the notebook."""

    code: str
    detail: str

    def __str__(self) -> str:
        return f"{self.code}: {self.detail}"


@dataclass(frozen=True)
class Estimate:
    """One estimated effect, in units of the outcome.

    Attributes:
        estimand: What is estimated: "att", "att_twfe".
        estimator: How: "twfe", "callaway_santanna", "wild_cluster_bootstrap".
        value, se, low, high, p: Estimate, standard error, bounds at `level`, two-sided p value of no effect.
        n_obs, n_units, n_treated, n_clusters: Rows, units, units ever treated, clusters of the standard error.
        inference: Words for the kind of uncertainty, as a code: "classical", "cluster", "influence_function", "wild".
        level: Coverage of the interval.
        extra: Details of that estimator (plain values).
    """

    estimand: str
    estimator: str
    value: float
    se: float
    low: float
    high: float
    p: float
    n_obs: int
    n_units: int
    n_treated: int
    n_clusters: int
    inference: str
    level: float = 0.95
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def interval_se(self) -> float:
        """Standard error that interval and p value rest on: with small-sample factors where the estimator has them."""
        return float(self.extra.get("interval_se", self.se))


@dataclass(frozen=True, eq=False)
class EventStudy:
    """Effects by time since treatment, in measured periods.

    `table` columns: `event_time` (int), `value`, `se`, `low`, `high` (pointwise), `band_low`, `band_high`
    (simultaneous over all rows that are not the reference), `n_units` (treated units behind the row), `reference`.
    """

    estimator: str
    table: pd.DataFrame
    level: float = 0.95
    critical: float = math.nan
    """Critical value of the simultaneous band."""
    cov: np.ndarray | None = field(default=None, repr=False)
    """Covariance of the rows that are not the reference, in the table's order."""
    df: float = math.inf
    """Degrees of freedom with which the covariance is known."""


def quantile(share: float, df: float = math.inf) -> float:
    """Quantile of the t distribution; of the normal where `df` is infinite."""
    return float(special.ndtri(share) if math.isinf(df) else special.stdtrit(df, share))


def normal_interval(value: float, se: float, level: float, df: float = math.inf) -> tuple[float, float, float]:
    """Bounds and two-sided p value from the normal (or with `df` the t) distribution; NaN where `se` is not > 0."""
    if not (math.isfinite(value) and se > 0):
        return math.nan, math.nan, math.nan
    half = quantile(0.5 + level / 2, df) * se
    t = -abs(value / se)
    return value - half, value + half, float(2 * (special.ndtr(t) if math.isinf(df) else special.stdtr(df, t)))
