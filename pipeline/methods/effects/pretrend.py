"""Were groups on the same path before treatment, and could the test have seen it if they were not?

Each lead and their joint Wald test with the full covariance; then, after Roth (2022), the linear difference in trend
that the joint test finds with a stated power, and what such a trend would add to the overall effect unseen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import optimize, stats

from pipeline.methods.effects.estimate import normal_interval
from pipeline.methods.effects.group_time import GroupTime


@dataclass(frozen=True, eq=False)
class PreTrend:
    """Leads and what they say. Slopes are in outcome units per calendar year; NaN where there is no lead.

    Attributes:
        leads: `event_time`, `value`, `se`, `low`, `high`, `band_low`, `band_high`, `p`, `n_units`, `years` (calendar
            years that the change spans, weighted as the lead is).
        stat, df, p: Wald test that all leads by event time are zero (chi-squared).
        cells_stat, cells_df, cells_p: The same over all cohort-by-period cells before treatment, as R's `did` prints.
        slope, slope_se: Linear difference in trend fitted to the leads by generalised least squares.
        detectable_slope: Linear trend that the joint test at `alpha` finds with probability `power`.
        exposure: Mean years from the base period to the outcome behind the overall effect.
        trend_bias, detectable_bias: `slope` and `detectable_slope` times `exposure`: what such a trend, continued,
            adds to the overall effect.
        power_to_explain: Probability that the joint test finds a trend that alone makes up the overall effect.
        largest_lead: Largest lead in absolute value.
    """

    leads: pd.DataFrame
    stat: float
    df: int
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
    power_to_explain: float
    largest_lead: float
    alpha: float
    power: float

    @property
    def testable(self) -> bool:
        return self.df > 0


def assess(result: GroupTime, *, power: float = 0.80, alpha: float = 0.05) -> PreTrend:
    """Test the leads of `result` and say what the test could have found.

    Args:
        result: Group-time effects (varying base period: each lead is a change between neighbouring periods, so a
            linear trend of slope d shows in each lead as d times the years it spans).
        power: Probability of detection that `detectable_slope` refers to.
        alpha: Level of the joint test.
    """
    assert result.event.cov is not None
    table = result.event.table
    before = (table["event_time"] < 0).to_numpy()
    leads = table[before].reset_index(drop=True)
    years = _years(result)
    leads = leads.assign(
        p=[normal_interval(v, s, result.level)[2] for v, s in zip(leads["value"], leads["se"], strict=True)],
        years=[years[e] for e in leads["event_time"]],
    ).drop(columns="reference")
    exposure = _exposure(result)
    stat, df, p = wald(leads["value"].to_numpy(), result.event.cov[np.ix_(before, before)])
    cells = (result.att["event_time"] < 0).to_numpy()
    cells_stat, cells_df, cells_p = wald(result.att["value"].to_numpy()[cells], result.cell_cov[np.ix_(cells, cells)])
    slope = slope_se = detectable = explain = largest = math.nan
    if df > 0:
        information, score = _information(leads, result.event.cov[np.ix_(before, before)])
        slope, slope_se = score / information, 1 / math.sqrt(information)
        detectable = math.sqrt(detectable_noncentrality(df, alpha, power) / information)
        explain = wald_power((result.overall.value / exposure) ** 2 * information, df, alpha)
        largest = float(leads["value"].abs().max())
    return PreTrend(
        leads=leads,
        stat=stat,
        df=df,
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
        power_to_explain=explain,
        largest_lead=largest,
        alpha=alpha,
        power=power,
    )


def wald(values: np.ndarray, cov: np.ndarray) -> tuple[float, int, float]:
    """Chi-squared statistic, its degrees of freedom (rank of `cov`) and p value; NaN, 0, NaN without values."""
    if len(values) == 0:
        return math.nan, 0, math.nan
    inverse, rank = _inverse(cov)
    if rank == 0:
        return math.nan, 0, math.nan
    stat = float(values @ inverse @ values)
    return stat, rank, float(stats.chi2.sf(stat, rank))


def wald_power(noncentrality: float, df: int, alpha: float) -> float:
    """Probability that a Wald test of `df` restrictions rejects at `alpha`."""
    return float(stats.ncx2.sf(stats.chi2.ppf(1 - alpha, df), df, noncentrality))


def detectable_noncentrality(df: int, alpha: float, power: float) -> float:
    """Noncentrality at which a Wald test of `df` restrictions at `alpha` has the stated power."""
    return float(optimize.brentq(lambda x: wald_power(x, df, alpha) - power, 1e-9, 1e4, xtol=1e-10))


def _inverse(cov: np.ndarray) -> tuple[np.ndarray, int]:
    values, vectors = np.linalg.eigh(cov)
    keep = values > max(values.max(), 0) * 1e-10
    return np.asarray((vectors[:, keep] / values[keep]) @ vectors[:, keep].T), int(keep.sum())


def _information(leads: pd.DataFrame, cov: np.ndarray) -> tuple[float, float]:
    inverse, _ = _inverse(cov)
    w, values = leads["years"].to_numpy(float), leads["value"].to_numpy(float)
    return float(w @ inverse @ w), float(w @ inverse @ values)


def _weighted(result: GroupTime, cells: pd.DataFrame) -> float:
    sizes = cells["cohort"].map(result.units.groupby("cohort")["weight"].sum()).to_numpy(float)
    return float(np.average(cells["period"] - cells["base_period"], weights=sizes))


def _years(result: GroupTime) -> dict[int, float]:
    return {int(str(e)): _weighted(result, cells) for e, cells in result.att.groupby("event_time")}


def _exposure(result: GroupTime) -> float:
    return _weighted(result, result.att[result.att["event_time"] >= 0])
