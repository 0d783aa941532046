"""Wild cluster restricted bootstrap of the two-way fixed-effects coefficient, for few clusters.

Cameron, Gelbach & Miller (2008) with six-point weights of Webb (2014); the interval inverts the test (MacKinnon 2019).
Because the restricted residuals enter linearly, every bootstrap t statistic follows from sums over clusters (Roodman,
MacKinnon, Nielsen & Webb 2019, section 5), so thousands of draws cost one small matrix product.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from pipeline.errors import DesignError
from pipeline.methods.effects.design import Design, refuse_large
from pipeline.methods.effects.estimate import Estimate
from pipeline.methods.effects.sweep import Sweep

Weights = Literal["webb", "rademacher"]
FEW = 50
"""Independent draws below which two-point weights give too few different samples."""
_WEBB = np.sqrt(np.array([0.5, 1.0, 1.5]))
_TIE = 1e-9


@dataclass(frozen=True, eq=False)
class Sums:
    """Sums by cluster from which a bootstrap t statistic follows for any null value b0.

    With d the treatment and y the outcome, both freed of unit and period effects, and u = y - b0 d the restricted
    residual: `Hy[g, h]` = d_g' (residual of 1_h * y), `Hd` likewise with d; `D[g]` = d_g' d_g.
    """

    beta: float
    score: np.ndarray
    D: np.ndarray
    Hy: np.ndarray
    Hd: np.ndarray
    factor: float

    @property
    def se(self) -> float:
        return math.sqrt(self.factor * float(self.score @ self.score)) / float(self.D.sum())


def wild_cluster_bootstrap(
    design: Design,
    draws: int = 9999,
    weights: Weights = "webb",
    seed: int = 0,
    level: float = 0.95,
    cluster: Literal["cluster", "unit"] = "cluster",
) -> Estimate:
    """p value and interval of the two-way coefficient by the restricted wild bootstrap over clusters.

    With Rademacher weights and 2^G <= draws all sign patterns are enumerated. p = share of |t*| >= |t| (with random
    draws the sample counts as one of them). The interval holds the null values whose p value exceeds 1 - level; a
    side on which no value is rejected is infinite.

    Raises:
        DesignError: One cluster only, or treatment does not vary within units and periods.
    """
    design.refuse_weights("The wild bootstrap of the two-way regression")
    data = design.repeated().data
    refuse_large("The wild bootstrap of the two-way regression", float(draws) * data[cluster].nunique() ** 2, 1e9)
    sums = cluster_sums(data, cluster)
    v, enumerated = draw_weights(len(sums.D), draws, weights, np.random.default_rng(seed))
    if not sums.se > 0:
        raise DesignError("The outcome does not vary around the two-way regression.", where=design.outcome)
    p = p_value(sums, v, 0.0, enumerated)
    alpha = 1 - level
    return Estimate(
        estimand="att_twfe",
        estimator="wild_cluster_bootstrap",
        value=sums.beta,
        se=sums.se,
        low=_bound(sums, v, enumerated, alpha, -1),
        high=_bound(sums, v, enumerated, alpha, 1),
        p=p,
        n_obs=len(data),
        n_units=int(data["unit"].nunique()),
        n_treated=int(data.loc[data["cohort"].notna(), "unit"].nunique()),
        n_clusters=len(sums.D),
        inference=f"wild_{weights}",
        level=level,
        extra={
            "draws": len(v),
            "enumerated": enumerated,
            "weights": weights,
            "treated_clusters": int(data.loc[data["cohort"].notna(), cluster].nunique()),
        },
    )


def draw_weights(n_clusters: int, draws: int, weights: Weights, rng: np.random.Generator) -> tuple[np.ndarray, bool]:
    """Matrix (draws × clusters) of wild weights with mean 0 and variance 1, and whether it enumerates all of them."""
    if weights == "rademacher":
        if n_clusters < 31 and 2**n_clusters <= draws:
            return np.array(list(itertools.product([-1.0, 1.0], repeat=n_clusters))), True
        return rng.choice(np.array([-1.0, 1.0]), size=(draws, n_clusters)), False
    return rng.choice(np.concatenate([-_WEBB, _WEBB]), size=(draws, n_clusters)), False


def random_weights(n: int, draws: int, rng: np.random.Generator) -> np.ndarray:
    """Matrix (draws × independent draws of the sample) of random wild weights: Webb's where these are few, else signs."""
    values = np.concatenate([-_WEBB, _WEBB]) if n < FEW else np.array([-1.0, 1.0])
    return rng.choice(values, size=(draws, n))


def t_statistics(sums: Sums, v: np.ndarray, b0: float) -> tuple[float, np.ndarray]:
    """The sample's t statistic of coefficient = b0, and those of the bootstrap samples drawn under it."""
    total = float(sums.D.sum())
    t = (sums.beta - b0) / sums.se
    H = sums.Hy - b0 * sums.Hd
    raw = v @ H.T
    shift = raw.sum(axis=1) / total
    scores = raw - shift[:, None] * sums.D
    se = np.sqrt(sums.factor * (scores**2).sum(axis=1)) / total
    with np.errstate(divide="ignore", invalid="ignore"):
        return t, np.where(se > 0, shift / se, np.where(shift == 0, 0.0, np.inf))


def p_value(sums: Sums, v: np.ndarray, b0: float, enumerated: bool) -> float:
    """Symmetric bootstrap p value of coefficient = b0."""
    t, star = t_statistics(sums, v, b0)
    beyond = int((np.abs(star) >= abs(t) * (1 - _TIE)).sum())
    return beyond / len(star) if enumerated else (beyond + 1) / (len(star) + 1)


def cluster_sums(data: pd.DataFrame, cluster: str) -> Sums:
    """Sweep unit and period effects out of outcome and treatment and add up by cluster.

    Raises:
        DesignError: One cluster, or treatment does not vary within units and periods.
    """
    codes, _ = pd.factorize(data[cluster], sort=True)
    G = int(codes.max()) + 1
    if G < 2:
        raise DesignError("All units belong to one cluster.", expected="two clusters or more for the wild bootstrap")
    sweep = Sweep(data["unit"], data["t"])
    d = sweep((data["event_time"] >= 0).to_numpy(float)[:, None])[:, 0]
    y = sweep(data["y"].to_numpy(float)[:, None])[:, 0]
    if d @ d < 1e-10:
        raise DesignError(
            "The two-way regression cannot tell treatment from unit and period effects.",
            expected="treated and untreated units observed before and after treatment starts",
        )
    member = (codes[:, None] == np.arange(G)).astype(float)
    beta = float(d @ y / (d @ d))
    n, k = len(data), data["t"].nunique()
    return Sums(
        beta=beta,
        score=member.T @ (d * (y - beta * d)),
        D=member.T @ (d * d),
        Hy=member.T @ (d[:, None] * sweep(member * y[:, None])),
        Hd=member.T @ (d[:, None] * sweep(member * d[:, None])),
        factor=G / (G - 1) * (n - 1) / (n - k),
    )


def _bound(sums: Sums, v: np.ndarray, enumerated: bool, alpha: float, side: int) -> float:
    """Farthest null value on one side of the estimate that is not rejected, to 1e-4 standard errors."""
    step, inside = 4.0, 0.0
    outside = step
    while p_value(sums, v, sums.beta + side * outside * sums.se, enumerated) > alpha:
        inside, outside = outside, outside * 2
        if outside > 1e4:
            return side * math.inf
    while outside - inside > 1e-4:
        middle = (inside + outside) / 2
        if p_value(sums, v, sums.beta + side * middle * sums.se, enumerated) > alpha:
            inside = middle
        else:
            outside = middle
    return sums.beta + side * inside * sums.se
