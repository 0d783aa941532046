"""Were groups on the same path before treatment, how large a difference do the earlier periods allow, and does the
effect survive it?

Each lead and their joint test, with the small-sample covariance of the effects themselves (Hotelling's T^2 as F; leads are
joined into blocks of neighbouring periods where units are too few for one restriction a lead). The test is no gate: what
counts is the size of the departure (Roth 2022; Bilinski & Hatfield 2018) and what is left of the effect once it is taken
off. So the overall effect is estimated again without the linear difference in trend of the earlier periods, and from a
base one period earlier, which a dip or an anticipation just before the start does not touch. All are combinations of the
same cells, so that one covariance serves them all.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

from pipeline.methods.effects.estimate import normal_interval, quantile
from pipeline.methods.effects.group_time import GroupTime
from pipeline.methods.effects.group_time.aggregate import collapse
from pipeline.methods.effects.group_time.blocks import Blocks

_PER_RESTRICTION = 5
"""Degrees of freedom that the covariance must have for each restriction tested."""

FEW = 3
"""Treated draws so few that they cannot show how much they vary."""
_MOST_CELLS = 500
_EXACT = 1e-10
"""Share of the largest variance below which a combination of leads is known exactly."""
_ROUNDINGS = 8
"""How often the data's rounding a lead may be and still be none."""


@dataclass(frozen=True)
class Shifted:
    """The overall effect under another assumption on the path without treatment; NaN where it cannot be estimated."""

    value: float = math.nan
    se: float = math.nan
    low: float = math.nan
    high: float = math.nan
    df: float = math.nan


@dataclass(frozen=True, eq=False)
class PreTrend:
    """Leads and what they say. Slopes are in outcome units per calendar year; NaN where there is no lead.

    Attributes:
        leads: `event_time`, `value`, `se`, `low`, `high`, `band_low`, `band_high`, `p`, `n_units`, `years` (calendar
            years that the change spans, weighted as the lead is).
        stat, df, df_rest, p: F test that the leads tested (or `df` blocks of them) are zero: those with more than `FEW`
            treated draws behind them where there are any, else all.
        draws: Fewest treated draws behind a lead tested; 0 without one.
        cells_stat, cells_df, cells_p: Chi-squared test over all cohort-by-period cells before treatment, as R's `did`
            prints it; its level holds with many units only. NaN for a large panel of more than 500 such cells.
        slope, slope_se: Linear difference in trend of the leads, weighted for errors that are independent over periods.
        detectable_slope: Linear trend that the joint test at `alpha` finds with probability `power`; infinite where no lead
            that varies spans a year of it.
        exposure: Mean years from the base period to the outcome behind the overall effect.
        trend_bias, detectable_bias: `slope` and `detectable_slope` times `exposure`: what such a trend, continued,
            adds to the overall effect.
        allowed_bias: Largest such addition, in absolute value, inside the slope's interval.
        power_to_explain: Probability that the joint test finds a trend that alone makes up the overall effect.
        largest_lead: Largest of the leads tested, in absolute value.
        detrended: The overall effect less a linear difference in trend.
        earlier: The overall effect measured from one period earlier.
    """

    leads: pd.DataFrame
    stat: float
    df: int
    df_rest: float
    p: float
    cells_stat: float
    cells_df: int
    cells_p: float
    slope: float
    slope_se: float
    detectable_slope: float
    exposure: float
    trend_bias: float
    detectable_bias: float
    allowed_bias: float
    power_to_explain: float
    largest_lead: float
    alpha: float
    power: float
    draws: int = 0
    detrended: Shifted = Shifted()
    earlier: Shifted = Shifted()

    @property
    def testable(self) -> bool:
        return self.df > 0


def assess(result: GroupTime, *, power: float = 0.80, alpha: float = 0.05) -> PreTrend:
    """Test the leads of `result` and say what the test could have found.

    Args:
        result: Group-time effects (varying base period: each lead is a change between neighbouring periods, so a
            linear trend of slope d shows in each lead as d times the years it spans).
        power: Probability of detection that `detectable_slope` refers to.
        alpha: Level of the joint test that `detectable_slope` refers to: the one by which it is judged
            (`judgement.limits.pretrend_level`).
    """
    assert result.event.cov is not None
    table = result.event.table
    before = (table["event_time"] < 0).to_numpy()
    leads = table[before].reset_index(drop=True)
    years = years_of(result)
    df_cov = result.event.df
    leads = leads.assign(
        p=[
            normal_interval(v, s, result.level, df_cov)[2]
            for v, s in zip(leads["value"], leads["interval_se"], strict=True)
        ],
        years=[years[e] for e in leads["event_time"]],
    ).drop(columns="reference")
    cells = (result.att["event_time"] < 0).to_numpy()
    span = (result.att["period"] - result.att["base_period"]).to_numpy(float)
    exposure = float(result.overall_weights @ span)
    test = tested(result)
    values, cov = leads["value"].to_numpy()[test.leads], test.cov
    joint = blocks(len(values), test.df)
    least = _ROUNDINGS * result.parts.rounding
    stat, df, rest, p = f_test(joint @ values, joint @ cov @ joint.T, test.df, least)
    cells_stat, cells_df, cells_p = _all_cells(result, cells)
    slope = slope_se = detectable = explain = largest = allowed = math.nan
    detrended, earlier = Shifted(), Shifted()
    if df > 0:
        path = _Path(result, span, cells)
        slope, slope_se, slope_df = path.slope()
        information = _information(joint @ leads["years"].to_numpy(float)[test.leads], joint @ cov @ joint.T)
        needed = detectable_noncentrality(df, alpha, power, rest)
        detectable = math.sqrt(needed / information) if information > 0 else math.inf
        explain = wald_power((result.overall.value / exposure) ** 2 * information, df, alpha, rest)
        largest = float(np.abs(values).max())
        half = quantile(0.5 + result.level / 2, slope_df) * slope_se
        allowed = (abs(slope) + half) * exposure
        detrended, earlier = path.shifted(path.detrending(exposure)), path.shifted(path.earlier())
    return PreTrend(
        leads=leads,
        stat=stat,
        df=df,
        df_rest=rest,
        p=p,
        cells_stat=cells_stat,
        cells_df=cells_df,
        cells_p=cells_p,
        slope=slope,
        slope_se=slope_se,
        detectable_slope=detectable,
        exposure=exposure,
        trend_bias=slope * exposure,
        detectable_bias=detectable * exposure,
        allowed_bias=allowed,
        power_to_explain=explain,
        largest_lead=largest,
        alpha=alpha,
        power=power,
        draws=test.draws,
        detrended=detrended,
        earlier=earlier,
    )


@dataclass(frozen=True, eq=False)
class Tested:
    """Which leads the joint test takes, oldest first, their own covariance with its degrees of freedom, and `draws`."""

    leads: np.ndarray
    cov: np.ndarray
    df: float
    draws: int


def tested(result: GroupTime) -> Tested:
    """The leads that can be tested: by themselves, since how well later effects are known says nothing of them."""
    times = result.att["event_time"].to_numpy()
    masks = [times == one for one in np.unique(times[times < 0])]
    if not masks:
        return Tested(np.zeros(0, dtype=bool), np.zeros((0, 0)), math.inf, 0)
    draws = np.array([result.parts.carrying(result.make.weights(mask))[0] for mask in masks])
    taken = draws > FEW if (draws > FEW).any() else np.ones(len(masks), dtype=bool)
    joint = result.make.joint([mask for mask, take in zip(masks, taken, strict=True) if take])
    return Tested(taken, joint.cov, joint.df, int(draws[taken].min()))


def _all_cells(result: GroupTime, cells: np.ndarray) -> tuple[float, int, float]:
    if isinstance(result.influence, Blocks) and cells.sum() > _MOST_CELLS:
        return math.nan, 0, math.nan
    plain = collapse(result.influence[:, cells], result.units, result.cluster)
    return wald(result.att["value"].to_numpy()[cells], plain.T @ plain)


class _Path:
    """Combinations of cells that take a difference in path off the overall effect."""

    def __init__(self, result: GroupTime, span: np.ndarray, before: np.ndarray) -> None:
        self.result, self.span, self.before = result, span, before
        self.values = result.att["value"].to_numpy()
        self.working = _working(result)
        self.inverse = np.linalg.pinv(self.working[np.ix_(before, before)], hermitian=True)

    def slope(self) -> tuple[float, float, float]:
        """Slope of the cells before the start on the years they span, its standard error and degrees of freedom."""
        contrast = np.zeros(len(self.values))
        x = self.span[self.before]
        pull = self.inverse @ x
        contrast[self.before] = pull / (pull @ x)
        joint = self.result.parts.joint(contrast[:, None])
        return float(contrast @ self.values), float(np.sqrt(joint.cov[0, 0])), joint.df

    def detrending(self, exposure: float) -> np.ndarray:
        """Cells whose sum is the overall effect less a linear trend, with least variance if errors are independent."""
        b = self.before
        inverse, x = self.inverse, self.span[b]
        contrast = self.result.overall_weights.copy()
        base = -inverse @ (self.working[b] @ contrast)
        along = inverse @ x
        contrast[b] = base + along * (-exposure - x @ base) / (along @ x)
        return contrast

    def earlier(self) -> np.ndarray | None:
        """Cells whose sum is the overall effect from a base one period earlier, over the cohorts that have one."""
        att, weights = self.result.att, self.result.overall_weights
        last = (att["event_time"] == -1).to_numpy()
        have = att["cohort"].isin(att.loc[last, "cohort"]).to_numpy()
        kept = np.where(have, weights, 0.0)
        if not kept.sum() > 0:
            return None
        kept = kept / kept.sum()
        by_cohort = pd.Series(kept).groupby(att["cohort"].to_numpy()).sum()
        return np.asarray(kept + np.where(last, att["cohort"].map(by_cohort).to_numpy(float), 0.0))

    def shifted(self, contrast: np.ndarray | None) -> Shifted:
        if contrast is None:
            return Shifted()
        joint = self.result.parts.joint(contrast[:, None])
        value, se = float(contrast @ self.values), float(np.sqrt(joint.cov[0, 0]))
        low, high, _ = normal_interval(value, se, self.result.level, joint.df)
        return Shifted(value, se, low, high, joint.df)


def _working(result: GroupTime) -> np.ndarray:
    """Covariance of the cells if all observations had independent errors of variance one; it only sets weights."""
    att, gram = result.att, result.parts.gram()
    t, b = att["period"].to_numpy(), att["base_period"].to_numpy()
    shared = (t[:, None] == t).astype(float) + (b[:, None] == b) - (t[:, None] == b) - (b[:, None] == t)
    if gram is not None:
        return np.asarray(shared * gram)
    n1, n0 = att["n_treated"].to_numpy(float), att["n_control"].to_numpy(float)
    same = (att["cohort"].to_numpy()[:, None] == att["cohort"].to_numpy()).astype(float)
    return np.asarray(shared * (same / np.minimum.outer(n1, n1) + 1 / np.minimum.outer(n0, n0)))


def blocks(leads: int, df: float) -> np.ndarray:
    """Restrictions of the joint test, sums of neighbouring leads (blocks × leads): one a lead, or as many as `df` carries."""
    count = max(1, min(leads, int(min(df, 1e6) // _PER_RESTRICTION)))
    rows = np.zeros((count if leads else 0, leads))
    for row, block in enumerate(np.array_split(np.arange(leads), count) if leads else []):
        rows[row, block] = 1.0
    return rows


def f_test(values: np.ndarray, cov: np.ndarray, df: float, least: float = 0.0) -> tuple[float, int, float, float]:
    """Hotelling's T^2 as F: statistic, restrictions, remaining degrees of freedom, p; NaN, 0, NaN, NaN without values.

    `least` as in `wald`.
    """
    stat, rank, p = wald(values, cov, least)
    if rank == 0:
        return math.nan, 0, math.nan, math.nan
    if math.isinf(df):
        return stat / rank, rank, math.inf, p
    rest = remaining(df, rank)
    if math.isinf(stat):
        return stat, rank, rest, p
    found = stat * rest / (df * rank)
    return found, rank, rest, float(special.fdtrc(rank, rest, found))


def remaining(df: float, rank: int) -> float:
    """Degrees of freedom that a covariance known with `df` leaves to the test of `rank` restrictions."""
    return max(df - rank + 1, 1.0)


def wald(values: np.ndarray, cov: np.ndarray, least: float = 0.0) -> tuple[float, int, float]:
    """Chi-squared statistic, its degrees of freedom (rank of `cov`) and p value; NaN, 0, NaN without values.

    A combination of the values that has no variance is known exactly: where it is not zero (above `least`) the statistic
    is infinite and p is 0, and where it is, it says nothing.
    """
    if len(values) == 0:
        return math.nan, 0, math.nan
    inverse, rank = inverse_of(cov)
    left = values - cov @ (inverse @ values)
    if np.abs(left).max() > max(least, math.sqrt(_EXACT * max(float(np.trace(cov)), 0.0)) * _ROUNDINGS):
        return math.inf, max(rank, 1), 0.0
    if rank == 0:
        return math.nan, 0, math.nan
    stat = float(values @ inverse @ values)
    return stat, rank, float(special.chdtrc(rank, stat))


def wald_power(noncentrality: float, df: int, alpha: float, df_rest: float = math.inf) -> float:
    """Probability that a test of `df` restrictions rejects at `alpha`: chi-squared, or F with `df_rest`."""
    if math.isinf(df_rest):
        return float(1 - special.chndtr(special.chdtri(df, alpha), df, noncentrality))
    found = float(1 - special.ncfdtr(df, df_rest, noncentrality, special.fdtri(df, df_rest, 1 - alpha)))
    return found if math.isfinite(found) else 1.0  # far out the series of the distribution ends


def detectable_noncentrality(df: int, alpha: float, power: float, df_rest: float = math.inf) -> float:
    """Noncentrality at which a test of `df` restrictions at `alpha` has the stated power."""
    if math.isinf(df_rest):
        return float(special.chndtrinc(special.chdtri(df, alpha), df, 1 - power))
    return float(special.ncfdtrinc(df, df_rest, 1 - power, special.fdtri(df, df_rest, 1 - alpha)))


def inverse_of(cov: np.ndarray) -> tuple[np.ndarray, int]:
    """Inverse on the range of a covariance matrix, and its rank."""
    values, vectors = np.linalg.eigh(cov)
    keep = values > max(values.max(), 0) * _EXACT
    return np.asarray((vectors[:, keep] / values[keep]) @ vectors[:, keep].T), int(keep.sum())


def _information(years: np.ndarray, cov: np.ndarray) -> float:
    """Of a slope, from the combinations of leads that vary: where nothing ever changed, nothing could have been seen."""
    return float(years @ inverse_of(cov)[0] @ years)


def years_of(result: GroupTime) -> dict[int, float]:
    """Calendar years between base and outcome by event time, weighted as the event study is."""
    sizes = result.make.mass
    spans = (result.att["period"] - result.att["base_period"]).to_numpy(float)
    sums = pd.DataFrame({"e": result.att["event_time"], "s": sizes, "w": sizes * spans}).groupby("e").sum()
    return {int(str(e)): float(w / s) for e, s, w in zip(sums.index, sums["s"], sums["w"], strict=True)}
