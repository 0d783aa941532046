"""Robust intervals where trends are not parallel (Rambachan & Roth 2023, Review of Economic Studies 90, 2555-2591).

The leads of the event study are changes from one measured period to the next (varying base period), so they are the
first differences that both restrictions speak of; effects after the start are measured from the last period before it.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import scipy

from pipeline.errors import DesignError
from pipeline.methods.effects.diagnostics.pretrend import years_of
from pipeline.methods.effects.estimate import quantile
from pipeline.methods.effects.group_time import GroupTime
from pipeline.methods.effects.library import diff_diff

Interval = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Target:
    """A weighted mean of effects after the start, with the leads it is judged by.

    Attributes:
        name: "average" (event times weighted as in the overall effect) or "first".
        leads: Changes before the start, oldest first; `effects`: by event time from 0; `weights`: of `effects`.
        cov: Covariance of leads and effects, in this order; `df` the degrees of freedom it is known with.
        steps: Time from the base to each effect, as the periods count it; 1, 2, … where not given.
        spans: Time that each lead spans; 1 where not given.
    """

    name: str
    leads: np.ndarray
    effects: np.ndarray
    weights: np.ndarray
    cov: np.ndarray
    level: float
    steps: np.ndarray | None = None
    df: float = np.inf
    spans: np.ndarray | None = None

    @property
    def value(self) -> float:
        return float(self.weights @ self.effects)

    @property
    def reach(self) -> float:
        """Mean time from the base to the effects: what one unit of drift a period adds."""
        steps = np.arange(1, len(self.effects) + 1) if self.steps is None else self.steps
        return float(self.weights @ steps)


def targets(result: GroupTime) -> tuple[Target, ...]:
    """The average and the first effect of a group-time estimate.

    Raises:
        DesignError: There is no change before the start to judge by.
    """
    table, cov = result.event.table, result.event.cov
    assert cov is not None
    before = (table["event_time"] < 0).to_numpy()
    if not before.any():
        raise DesignError("No change before the start is observed.", todo="Add an earlier period.")
    leads, effects = table["value"].to_numpy()[before], table["value"].to_numpy()[~before]
    weight = pd.Series(result.overall_weights).groupby(result.att["event_time"].to_numpy()).sum()
    both = (
        ("average", weight.reindex(table["event_time"][~before]).to_numpy(float)),
        ("first", np.eye(len(effects))[0]),
    )
    time = years_of(result)
    spans = np.array([time[int(e)] for e in table["event_time"]])
    rest = (cov, result.level, spans[~before], result.event.df, spans[before])
    return tuple(Target(name, leads, effects, weights, *rest) for name, weights in both)


def relative_magnitudes(target: Target, mbar: float) -> Interval:
    """Interval if no change of trend after the start exceeds `mbar` times the largest one before (their section 2.4.2).

    With the largest change at lead s the effect lies within `mbar` * reach * |lead s| of the estimate; where periods are
    missing, a change counts by the time that it spans, so that a gap is as many periods as it is. Each end is linear
    in leads and effects, so its standard error counts that the leads are estimates too; the interval is the union over s
    (their lemma 2.2), which is valid and at least as wide as the conditional ones that they recommend.
    """
    n = len(target.leads)
    t = quantile(0.5 + target.level / 2, target.df)
    base = np.concatenate([np.zeros(n), target.weights])
    everything = np.concatenate([target.leads, target.effects])
    pull = mbar * target.reach / (np.ones(n) if target.spans is None else target.spans)
    rows = np.vstack([base + sign * pull[:, None] * np.eye(n, len(base)) for sign in (-1.0, 1.0)])
    middle = rows @ everything
    half = t * np.sqrt(np.maximum(np.einsum("ij,jk,ik->i", rows, target.cov, rows), 0))
    return float((middle - half).min()), float((middle + half).max())


def smoothness(target: Target, m: float) -> Interval:
    """Fixed-length interval if the trend's slope changes by at most `m` from one period to the next (their section 4.1).

    By diff-diff's HonestDiD on the event study with the last period before the start as base.
    """
    PeriodEffect = diff_diff().results.PeriodEffect
    before, k = len(target.leads), len(target.effects)
    # A level e periods before the base is minus the sum of the changes since.
    cumulate = -np.triu(np.ones((before, before)))
    change = np.block([[cumulate, np.zeros((before, k))], [np.zeros((k, before)), np.eye(k)]])
    values = change @ np.concatenate([target.leads, target.effects])
    cov = change @ target.cov @ change.T
    names = [*range(-before - 1, -1), *range(k)]
    effects = {
        e: PeriodEffect(period=e, effect=float(v), se=float(s), t_stat=0.0, p_value=1.0, conf_int=(0.0, 0.0))
        for e, v, s in zip(names, values, np.sqrt(np.diag(cov)), strict=True)
    }
    fields: dict[str, Any] = {
        "period_effects": effects, "avg_att": 0.0, "avg_se": 1.0, "avg_t_stat": 0.0, "avg_p_value": 1.0,
        "avg_conf_int": (0.0, 0.0), "n_obs": 0, "n_treated": 0, "n_control": 0, "pre_periods": names[:before],
        "post_periods": names[before:], "vcov": cov, "interaction_indices": {e: i for i, e in enumerate(names)},
        "reference_period": -1,
    }  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the set may be empty at small m; the interval is defined all the same
        model = diff_diff().HonestDiD(method="smoothness", M=m, alpha=1 - target.level, l_vec=target.weights)
        found = model.fit(diff_diff().MultiPeriodDiDResults(**fields))
    return float(found.ci_lb), float(found.ci_ub)


def breakdown(target: Target, interval: Callable[[Target, float], Interval], largest: float) -> float | None:
    """Smallest restriction at which the interval includes zero, to 1e-3 of `largest`; None beyond `largest`.

    By Brent's method on the end of the interval that comes to zero first: each interval of `smoothness` is an optimisation.
    """

    @cache
    def distance(size: float) -> float:
        """How far the interval stays from zero; negative where it includes it."""
        low, high = interval(target, size)
        return max(low, -high) if low <= high else abs(target.value) or 1.0  # no interval can be had: none with zero

    if distance(0.0) <= 0:
        return 0.0
    if distance(largest) > 0:
        return None
    return float(scipy.optimize.brentq(distance, 0.0, largest, xtol=largest * 1e-3))
