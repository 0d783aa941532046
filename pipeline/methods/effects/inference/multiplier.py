"""Bootstraps over clusters of the main estimand, the overall group-time effect.

`cluster_bootstrap` multiplies the cluster sums of the influence function by random weights (Kline & Santos 2012, Journal
of Econometric Methods 1, 23-41; Callaway & Sant'Anna 2021, algorithm 1): it works for every estimate with an influence
function, covariates included, but takes it at the estimate. `restricted_bootstrap` imposes the null as the wild cluster
restricted bootstrap of a regression does (Cameron, Gelbach & Miller 2008; Roodman, MacKinnon, Nielsen & Webb 2019): new
outcomes are unit and period effects plus signed residuals of whole clusters, and the estimator is run on each anew. As it
is linear in the outcome, sums by cluster suffice.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.errors import DesignError
from pipeline.methods.effects.design import Design, refuse_large
from pipeline.methods.effects.estimate import Estimate
from pipeline.methods.effects.group_time import GroupTime
from pipeline.methods.effects.group_time.cell_means import Changes, by_cluster, carriers, changes, overall
from pipeline.methods.effects.group_time.means import Control
from pipeline.methods.effects.inference.small_sample import regress
from pipeline.methods.effects.inference.wild import Weights, draw_weights

_TIE = 1e-9


def cluster_bootstrap(result: GroupTime, draws: int = 9999, seed: int = 0, weights: Weights = "webb") -> Estimate:
    """p value and interval of the overall effect by multiplier weights on cluster sums of its influence function.

    With s_g the sums and v_g the weights: t* = sum v_g s_g / se*, se*^2 = G/(G-1) sum (v_g s_g - mean)^2. The interval is
    the estimate and its standard error times the quantile of |t*|.

    Raises:
        DesignError: One cluster only.
    """
    units = result.units
    sums = by_cluster(result.overall_influence[None, :], units["cluster"].to_numpy())[0]
    G = len(sums)
    refuse_large("The bootstrap by multiplier weights", float(draws) * G, 5e7)
    if G < 2:
        raise DesignError("All units belong to one cluster.", expected="two clusters or more for the bootstrap")
    v, enumerated = draw_weights(G, draws, weights, np.random.default_rng(seed))
    drawn = v * sums
    se = math.sqrt(float(sums @ sums))
    spread = np.sqrt(((drawn - drawn.mean(axis=1, keepdims=True)) ** 2).sum(axis=1))
    with np.errstate(divide="ignore", invalid="ignore"):
        star = np.abs(drawn.sum(axis=1) / spread)
    value = result.overall.value
    critical = float(np.quantile(star, result.level, method="higher"))
    return Estimate(
        estimand="att",
        estimator="multiplier_bootstrap",
        value=value,
        se=se,
        low=value - critical * se,
        high=value + critical * se,
        p=_share(star, abs(value) / se, enumerated),
        n_obs=result.overall.n_obs,
        n_units=result.overall.n_units,
        n_treated=result.overall.n_treated,
        n_clusters=G,
        inference=f"multiplier_{weights}",
        level=result.level,
        extra={"draws": len(v), "enumerated": enumerated, "weights": weights},
    )


def restricted_bootstrap(
    design: Design,
    *,
    control: Control = "never",
    draws: int = 9999,
    seed: int = 0,
    weights: Weights = "webb",
    level: float = 0.95,
) -> Estimate:
    """p value and interval of the overall effect by the wild cluster bootstrap with the null imposed.

    The null is a constant effect b0 in every row under treatment (0 for the p value); the interval inverts the test.

    Raises:
        DesignError: One cluster only, or no effect can be estimated.
    """
    cells = len(design.cohorts) * len(design.periods)
    refuse_large("The restricted bootstrap", float(draws) * design.n_clusters * cells, 4e9)
    found = changes(design, control)
    value, psi = overall(found)
    sums = by_cluster(psi, found.units["cluster"].to_numpy())[0]
    G, se = len(sums), math.sqrt(float(sums @ sums))
    if G < 2 or not se > 0:
        raise DesignError("The bootstrap needs two clusters and outcomes that vary.", where=design.outcome)
    v, enumerated = draw_weights(G, draws, weights, np.random.default_rng(seed))
    y, d = (_Linear.of(design, found, column, v) for column in (design.data["y"], design.treated))

    def p_at(b0: float) -> float:
        star = np.abs(_studentised(y.minus(d, b0)))
        return _share(star, abs(float(value[0]) - b0) / se, enumerated)

    return Estimate(
        estimand="att",
        estimator="restricted_bootstrap",
        value=float(value[0]),
        se=se,
        low=_bound(p_at, float(value[0]), se, 1 - level, -1),
        high=_bound(p_at, float(value[0]), se, 1 - level, 1),
        p=p_at(0.0),
        n_obs=design.n_obs,
        n_units=int(np.count_nonzero(psi[0])),
        n_treated=design.n_treated,
        n_clusters=G,
        inference=f"restricted_{weights}",
        level=level,
        extra={"draws": len(v), "enumerated": enumerated, "weights": weights},
    )


@dataclass(frozen=True, eq=False)
class _Linear:
    """What the bootstrap needs of one column, all linear in it: the overall effect and the cluster sums of influence."""

    value: np.ndarray
    sums: np.ndarray

    @classmethod
    def of(cls, design: Design, frame: Changes, column: pd.Series, v: np.ndarray) -> _Linear:
        """Residuals on unit and period effects, signed by cluster, and the estimator on every draw of them."""
        data = design.data
        periods = pd.get_dummies(data["t"], dtype=float).iloc[:, 1:]
        unit = data["unit"].to_numpy()
        free = regress(column.to_numpy(float), periods, unit, unit).residuals
        found = changes(design, frame.control, free)
        codes, labels = found.codes, pd.factorize(found.units["cluster"], sort=True)[0]
        member = (labels[:, None] == np.arange(labels.max() + 1)).astype(float).T
        G = len(member)
        count = range(len(found.g))
        one = np.column_stack([found.treated(codes, c) for c in count])
        size = (one * carriers(found)[0][:, None]).sum(axis=0)
        one, zero = one * found.seen, np.column_stack([found.compared(codes, c) for c in count]) * found.seen
        n1, n0 = one.sum(axis=0), zero.sum(axis=0)
        usable = (n1 > 0) & (n0 > 0)
        share = np.where(usable, size, 0.0)
        n1, n0 = np.where(usable, n1, 1.0), np.where(usable, n0, 1.0)
        weight = share / share.sum()
        S1, S0 = member @ (one * found.change) / n1, member @ (zero * found.change) / n0
        mean1, mean0 = v @ S1, v @ S0
        effect = mean1 - mean0
        value = effect @ weight
        sums = v * ((S1 - S0) @ weight)
        sums -= (mean1 * weight / n1) @ (member @ one).T - (mean0 * weight / n0) @ (member @ zero).T
        return cls(value, sums * math.sqrt(G / (G - 1)))

    def minus(self, other: _Linear, times: float) -> _Linear:
        return _Linear(self.value - times * other.value, self.sums - times * other.sums)


def _studentised(drawn: _Linear) -> np.ndarray:
    se = np.sqrt((drawn.sums**2).sum(axis=1))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(se > 0, drawn.value / se, np.where(np.abs(drawn.value) > 0, np.inf, 0.0))


def _share(star: np.ndarray, t: float, enumerated: bool) -> float:
    """Share of draws at least as far out; random draws count the sample as one of them."""
    beyond = int((star >= t * (1 - _TIE)).sum())
    return beyond / len(star) if enumerated else (beyond + 1) / (len(star) + 1)


def _bound(p_at: Callable[[float], float], value: float, se: float, alpha: float, side: int) -> float:
    """Farthest null value on one side that is not rejected, to 1e-3 standard errors; infinite where none is rejected."""
    inside, outside = 0.0, 4.0
    while p_at(value + side * outside * se) > alpha:
        inside, outside = outside, outside * 2
        if outside > 1e4:
            return side * math.inf
    while outside - inside > 1e-3:
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if p_at(value + side * middle * se) > alpha else (inside, middle)
    return value + side * inside * se
