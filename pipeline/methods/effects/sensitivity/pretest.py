"""What a pre-trend test lets through (Roth 2022, AER: Insights 4, 305-322)."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import special

from pipeline.methods.effects.diagnostics.pretrend import (
    Tested,
    blocks,
    detectable_noncentrality,
    inverse_of,
    remaining,
    tested,
    years_of,
)
from pipeline.methods.effects.group_time import GroupTime
from pipeline.methods.effects.group_time.joint import fitting
from pipeline.methods.effects.sensitivity.honest import targets


def bias_after_passing(
    result: GroupTime, alpha: float, powers: Sequence[float] = (0.5, 0.8), draws: int = 20_000, seed: int = 0
) -> pd.DataFrame:
    """Bias of the average effect under a linear difference in trend, always and among samples that pass the test.

    Leads and effects are drawn from their joint normal law around the trend that the joint test of the leads finds with
    the stated power; a sample passes where the test does not reject at `alpha`, which is to be the level that the test is
    judged by (`PreTrend.alpha`). Trend and test are those of `pretrend.assess`: the trend is one a calendar year, whether
    measured or not, and the test is Hotelling's where the covariance is known with few degrees of freedom (its F is a
    noncentral over a central chi-squared).

    Returns:
        `power`, `slope` (a calendar year), `bias` (without testing first), `bias_passed`, `pass_share`.
    """
    target = targets(result)[0]
    n, span = len(target.leads), years_of(result)
    times = result.event.table["event_time"].astype(int)
    years = np.array([span[e] for e in [*times[times < 0], *times[times >= 0]]])
    test = tested(result)
    joint = blocks(int(test.leads.sum()), test.df)
    inverse, df = inverse_of(joint @ test.cov @ joint.T)
    rest = math.inf if math.isinf(test.df) else remaining(test.df, df)
    pull, reach = joint @ years[:n][test.leads], float(target.weights @ years[n:])
    rng = np.random.default_rng(seed)
    cov = _with_own(target.cov, test)
    root = np.linalg.cholesky(cov + 1e-14 * np.eye(len(cov)))
    noise = rng.standard_normal((draws, len(cov))) @ root.T
    bound: float | np.ndarray = float(special.chdtri(df, alpha))
    if math.isfinite(rest):
        bound = df * float(special.fdtri(df, rest, 1 - alpha)) * rng.chisquare(rest, draws) / rest
    rows = []
    for power in powers:
        slope = math.sqrt(detectable_noncentrality(df, alpha, power, rest) / float(pull @ inverse @ pull))
        leads = (noise[:, :n] + slope * years[:n])[:, test.leads] @ joint.T
        passed = np.einsum("ij,jk,ik->i", leads, inverse, leads) < bound
        error = noise[:, n:] @ target.weights + slope * reach
        rows.append((power, slope, slope * reach, float(error[passed].mean()), float(passed.mean())))
    return pd.DataFrame(rows, columns=["power", "slope", "bias", "bias_passed", "pass_share"])


def _with_own(cov: np.ndarray, test: Tested) -> np.ndarray:
    """The covariance of leads and effects with that of the leads tested by themselves in its place."""
    here = np.flatnonzero(test.leads)
    scale = np.ones(len(cov))
    scale[here] = np.sqrt(np.diag(test.cov) / np.diag(cov)[here])
    found = cov * np.outer(scale, scale)
    found[np.ix_(here, here)] = test.cov
    return fitting(found)
