"""From estimates to what the verdict's rules look at."""

from __future__ import annotations

import math

import pandas as pd

from pipeline.errors import DesignError
from pipeline.methods.effects.design import Design
from pipeline.methods.effects.diagnostics.balance import at_baseline, remaining_share, spread_df, usual_spread
from pipeline.methods.effects.diagnostics.pretrend import PreTrend
from pipeline.methods.effects.estimate import Estimate
from pipeline.methods.effects.group_time import GroupTime
from pipeline.methods.effects.judgement.types import Evidence, Robustness
from pipeline.methods.effects.sensitivity.honest import breakdown, relative_magnitudes, targets

LARGEST = 5.0
"""Largest relative magnitude that the breakdown is sought to."""


def gather(
    design: Design,
    main: GroupTime,
    pretrend: PreTrend,
    *,
    adjusted: GroupTime | None = None,
    wild: Estimate | None = None,
    balance: pd.DataFrame | None = None,
    direction: int = 1,
    robustness: Robustness | None = None,
) -> Evidence:
    """Evidence on one outcome for `verdict.judge`.

    Args:
        design: The design of the main estimate.
        main: Group-time effects without covariates.
        pretrend: `pretrend.assess(main)`.
        adjusted: Group-time effects with covariates.
        wild: Wild cluster restricted bootstrap of the overall effect (`inference.restricted_bootstrap`).
        balance: `balance.table(design, …)` where its standard deviation was given; made here otherwise.
        direction: 1 where a higher outcome is better, -1 where a lower one is.
        robustness: What the other checks found, where they were made.
    """
    overall, after = main.overall, main.event.table[main.event.table["event_time"] >= 0]
    own, mean, difference = at_baseline(design)
    sd = own
    if balance is not None:
        row = balance[(balance["variable"] == design.outcome) & balance["cohort"].isna()]
        if len(row):
            sd, difference = float(row["sd"].iloc[0]), float(row["std_diff"].iloc[0])
    if not sd > 0:
        sd = own = usual_spread(design)
    remaining = difference * remaining_share(design) if adjusted else math.nan
    mbar, (mbar_low, mbar_high) = _relative(main)
    extra = overall.extra
    return Evidence(
        value=overall.value,
        se=overall.interval_se,
        low=overall.low,
        high=overall.high,
        p=overall.p,
        level=overall.level,
        df=float(extra.get("df", math.inf)),
        direction=direction,
        n_treated=overall.n_treated,
        n_compared=extra.get("n_compared"),
        n_clusters=extra.get("clusters", overall.n_clusters),
        draws=extra.get("draws"),
        treated_draws=extra.get("treated_draws"),
        compared_draws=extra.get("compared_draws"),
        pooled=extra.get("variance", "robust") != "robust",
        band_above=bool((after["band_low"] > 0).any()),
        band_below=bool((after["band_high"] < 0).any()),
        pretrend_p=_number(pretrend.p),
        trend_bias=_number(pretrend.trend_bias),
        largest_lead=_number(pretrend.largest_lead),
        detectable_bias=None if math.isnan(pretrend.detectable_bias) else pretrend.detectable_bias,
        exposure=_number(pretrend.exposure),
        lead_draws=pretrend.draws or None,
        detrended_low=_number(pretrend.detrended.low),
        detrended_high=_number(pretrend.detrended.high),
        earlier_value=_number(pretrend.earlier.value),
        earlier_se=_number(pretrend.earlier.se),
        earlier_df=pretrend.earlier.df,
        mbar=mbar,
        mbar_low=mbar_low,
        mbar_high=mbar_high,
        baseline_difference=_number(difference),
        baseline_remaining=_number(remaining),
        sd=_number(sd),
        sd_df=spread_df(design, main.cluster) if math.isclose(sd, own) else math.inf,
        mean=_number(mean),
        adjusted_value=adjusted.overall.value if adjusted else None,
        adjusted_low=adjusted.overall.low if adjusted else None,
        adjusted_high=adjusted.overall.high if adjusted else None,
        wild_p=wild.p if wild else None,
        robustness=robustness or Robustness(),
    )


def _relative(main: GroupTime) -> tuple[float | None, tuple[float | None, float | None]]:
    """Breakdown in relative magnitudes and the interval at 1; None where no period before the start can be seen."""
    try:
        target = targets(main)[0]
    except DesignError:
        return None, (None, None)
    if not math.isfinite(target.value):
        return None, (None, None)
    found = breakdown(target, relative_magnitudes, LARGEST)
    return (math.inf if found is None else found), relative_magnitudes(target, 1.0)


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None
