"""What a pre-trend test lets through (Roth 2022, AER: Insights 4, 305-322)."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from pipeline.methods.effects.diagnostics.pretrend import detectable_noncentrality
from pipeline.methods.effects.group_time import GroupTime
from pipeline.methods.effects.sensitivity.honest import targets


def bias_after_passing(
    result: GroupTime, powers: tuple[float, ...] = (0.5, 0.8), alpha: float = 0.05, draws: int = 20_000, seed: int = 0
) -> pd.DataFrame:
    """Bias of the average effect under a linear difference in trend, always and among samples that pass the test.

    Leads and effects are drawn from their joint normal law around the trend that the joint test of the leads finds with
    the stated power; a sample passes where the test does not reject at `alpha`.

    Returns:
        `power`, `slope` (a measured period), `bias` (without testing first), `bias_passed`, `pass_share`.
    """
    target = targets(result)[0]
    n = len(target.leads)
    inverse = np.linalg.pinv(target.cov[:n, :n], hermitian=True)
    df = int(np.linalg.matrix_rank(target.cov[:n, :n]))
    ones = np.ones(n)
    rng = np.random.default_rng(seed)
    root = np.linalg.cholesky(target.cov + 1e-14 * np.eye(len(target.cov)))
    noise = rng.standard_normal((draws, len(target.cov))) @ root.T
    rows = []
    for power in powers:
        slope = float(np.sqrt(detectable_noncentrality(df, alpha, power) / (ones @ inverse @ ones)))
        leads = noise[:, :n] + slope
        passed = np.einsum("ij,jk,ik->i", leads, inverse, leads) < stats.chi2.ppf(1 - alpha, df)
        error = noise[:, n:] @ target.weights + slope * target.reach
        rows.append((power, slope, slope * target.reach, float(error[passed].mean()), float(passed.mean())))
    return pd.DataFrame(rows, columns=["power", "slope", "bias", "bias_passed", "pass_share"])
