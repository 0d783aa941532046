"""From estimates to what the verdict's rules look at."""

from __future__ import annotations

import math

import pandas as pd

from pipeline.methods.effects.balance import table as balance_table
from pipeline.methods.effects.design import Design
from pipeline.methods.effects.estimate import Estimate
from pipeline.methods.effects.group_time import GroupTime
from pipeline.methods.effects.pretrend import PreTrend
from pipeline.methods.effects.verdict import Evidence


def gather(
    design: Design,
    main: GroupTime,
    pretrend: PreTrend,
    *,
    adjusted: GroupTime | None = None,
    wild: Estimate | None = None,
    balance: pd.DataFrame | None = None,
    direction: int = 1,
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
    """
    overall, after = main.overall, main.event.table[main.event.table["event_time"] >= 0]
    rows = balance_table(design) if balance is None else balance
    row = rows[(rows["variable"] == design.outcome) & rows["cohort"].isna()]
    difference = float(row["std_diff"].iloc[0]) if len(row) else math.nan
    return Evidence(
        value=overall.value,
        se=overall.se,
        low=overall.low,
        high=overall.high,
        p=overall.p,
        level=overall.level,
        direction=direction,
        n_treated=overall.n_treated,
        n_clusters=design.n_clusters,
        band_above=bool((after["band_low"] > 0).any()),
        band_below=bool((after["band_high"] < 0).any()),
        pretrend_p=_number(pretrend.p),
        trend_bias=_number(pretrend.trend_bias),
        largest_lead=_number(pretrend.largest_lead),
        detectable_bias=_number(pretrend.detectable_bias),
        baseline_difference=_number(difference),
        adjusted_value=adjusted.overall.value if adjusted else None,
        adjusted_low=adjusted.overall.low if adjusted else None,
        adjusted_high=adjusted.overall.high if adjusted else None,
        wild_p=wild.p if wild else None,
    )


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None
