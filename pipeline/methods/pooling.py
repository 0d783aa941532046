"""Effects of many places pooled: random effects, with heterogeneity and the interval in which a new place's effect lies."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy

from pipeline.errors import DesignError

FEWEST = 2
"""Effects that can be pooled; a prediction interval needs one more."""


@dataclass(frozen=True)
class Pooled:
    """A pooled effect, in units of the outcome.

    Attributes:
        k: Effects pooled.
        value, se, low, high, p: Mean of the effects' distribution, its standard error, interval and two-sided p value.
        low_new, high_new: Prediction interval for the true effect of a new place; None with fewer than three.
        tau2: Variance of the true effects between places.
        i2: Share of the estimates' variance that is heterogeneity, 0 to 1.
        q, q_p: Cochran's Q (k - 1 degrees of freedom) and its p value.
        weights: Share of each effect in the mean, in the order given.
    """

    k: int
    value: float
    se: float
    low: float
    high: float
    p: float
    low_new: float | None
    high_new: float | None
    tau2: float
    i2: float
    q: float
    q_p: float
    weights: tuple[float, ...]


def pool(values: Sequence[float], errors: Sequence[float], level: float = 0.95) -> Pooled:
    """Pool effects by random effects.

    The variance between places is that of Paule & Mandel (1982). Interval and p value of the mean are those of Hartung &
    Knapp (2001) and Sidik & Jonkman (2002), t with k - 1 degrees of freedom, whose standard error is never taken below the
    usual one (Röver, Knapp & Friede 2015, BMC Medical Research Methodology 15, 99). I² as in Higgins & Thompson (2002).

    Args:
        values: Effects.
        errors: Their standard errors.
        level: Coverage of the intervals.

    Raises:
        DesignError: Fewer than two effects, or one without a positive standard error.
    """
    effect, error = np.asarray(values, dtype=float), np.asarray(errors, dtype=float)
    k = len(effect)
    if k < FEWEST:
        raise DesignError("One effect cannot be pooled.", expected="two or more")
    if not (np.isfinite(effect).all() and np.isfinite(error).all() and (error > 0).all()):
        raise DesignError("An effect without a standard error cannot be pooled.", expected="standard errors above zero")
    tau2 = between(effect, error**2)
    weight = 1 / (error**2 + tau2)
    value = float(weight @ effect / weight.sum())
    usual = 1 / float(weight.sum())
    knapp = float(weight @ (effect - value) ** 2) / float(weight.sum()) / (k - 1)
    se = math.sqrt(max(usual, knapp))
    half = float(scipy.stats.t.ppf(0.5 + level / 2, k - 1)) * se
    low_new, high_new = prediction(value, se, tau2, k, level)
    q = generalised_q(effect, error**2, 0.0)
    return Pooled(
        k=k,
        value=value,
        se=se,
        low=value - half,
        high=value + half,
        p=float(2 * scipy.stats.t.sf(abs(value) / se, k - 1)),
        low_new=low_new,
        high_new=high_new,
        tau2=tau2,
        i2=max(0.0, 1 - (k - 1) / q) if q > 0 else 0.0,
        q=q,
        q_p=float(scipy.stats.chi2.sf(q, k - 1)),
        weights=tuple(float(w) for w in weight / weight.sum()),
    )


def between(effect: np.ndarray, variance: np.ndarray) -> float:
    """The variance between places with which the generalised Q is what it is expected to be; 0 where Q is below it.

    Paule & Mandel (1982). The root is bracketed, for Newton's way to it (as in `statsmodels`' `combine_effects`) ends at zero
    where rounding puts the last step beyond the root.
    """
    df = len(effect) - 1
    if generalised_q(effect, variance, 0.0) <= df:
        return 0.0
    most = float(np.var(effect, ddof=1))
    while generalised_q(effect, variance, most) > df:
        most *= 2
    return float(
        scipy.optimize.brentq(lambda t: generalised_q(effect, variance, t) - df, 0.0, most, xtol=1e-14, rtol=1e-14)
    )


def generalised_q(effect: np.ndarray, variance: np.ndarray, tau2: float) -> float:
    """Weighted squares around the weighted mean; with `tau2` zero Cochran's Q."""
    weight = 1 / (variance + tau2)
    mean = float(weight @ effect / weight.sum())
    return float(weight @ (effect - mean) ** 2)


def prediction(value: float, se: float, tau2: float, k: int, level: float = 0.95) -> tuple[float | None, float | None]:
    """The interval in which the true effect of a new place lies: value ± t(k - 2) √(τ² + se²).

    Higgins, Thompson & Spiegelhalter (2009, Journal of the Royal Statistical Society A 172, 137-159, equation 12); IntHout,
    Ioannidis, Rovers & Goeman (2016, BMJ Open 6, e010247). None with fewer than three effects.
    """
    if k <= FEWEST:
        return None, None
    half = float(scipy.stats.t.ppf(0.5 + level / 2, k - 2)) * math.sqrt(tau2 + se**2)
    return value - half, value + half
