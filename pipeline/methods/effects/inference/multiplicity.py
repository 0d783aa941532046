"""Several outcomes at once: family-wise error for the declared family, false discovery rate for exploratory ones.

Romano & Wolf (2005, Econometrica 73, 1237-1282; 2016, Statistics & Probability Letters 113, 38-40) step down through the
largest t statistics; their joint law comes from multiplier draws that are shared by all outcomes of a unit, so that
correlated outcomes cost little. Sharpened q values: Benjamini, Krieger & Yekutieli (2006, Biometrika 93, 491-507) as used
by Anderson (2008, JASA 103, 1481-1495), from statsmodels' two-stage procedure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from pipeline.errors import DesignError
from pipeline.methods.effects.group_time import GroupTime
from pipeline.methods.effects.group_time.aggregate import collapse
from pipeline.methods.effects.group_time.spread import Cluster
from pipeline.methods.effects.inference.wild import random_weights

_BLOCK = 2_000_000
_STEP = 0.001


def romano_wolf(
    results: Mapping[str, GroupTime], *, cluster: Cluster = "unit", draws: int = 9999, seed: int = 0
) -> pd.DataFrame:
    """Adjusted p values of the overall effects of a family of outcomes.

    A unit missing in one outcome has influence 0 there. Rademacher weights; Webb's below 50 independent draws.

    Args:
        results: Group-time effects by name of outcome.
        cluster: Level of independent draws: where treatment was assigned.
        draws, seed: Multiplier draws, shared by all outcomes.

    Returns:
        `outcome`, `value`, `se`, `p` (bootstrap, one outcome at a time), `p_holm`, `p_romano_wolf`; in the order given.

    Raises:
        DesignError: No outcome, or one independent draw only.
    """
    if not results:
        raise DesignError("The family has no outcome.")
    psi = pd.concat([pd.Series(r.scaled_influence, index=r.units["unit"]) for r in results.values()], axis=1)
    place = pd.concat([r.units.set_index("unit")["cluster"] for r in results.values()])
    psi = psi.fillna(0.0).sort_index()
    clusters = place[~place.index.duplicated()].reindex(psi.index)
    sums = collapse(psi.to_numpy(), pd.DataFrame({"cluster": clusters.to_numpy()}), cluster)
    if len(sums) < 2:
        raise DesignError("All units belong to one cluster.", expected="two clusters or more")
    value, se = np.array([r.overall.value for r in results.values()]), np.sqrt((sums**2).sum(axis=0))
    t, star = np.abs(value / se), joint_draws(sums, draws, seed)
    from statsmodels.stats.multitest import multipletests  # what only looks at results does without it

    single = (1 + (star >= t).sum(axis=0)) / (1 + draws)
    return pd.DataFrame(
        {
            "outcome": list(results),
            "value": value,
            "se": se,
            "p": single,
            "p_holm": multipletests(single, method="holm")[1],
            "p_romano_wolf": step_down(t, star),
        }
    )


def step_down(t: np.ndarray, star: np.ndarray) -> np.ndarray:
    """Romano & Wolf's (2016) adjusted p values.

    Args:
        t: |t| of each hypothesis.
        star: Draws × hypotheses of |t*| under the null of all.

    Returns:
        For the k-th largest t: the share of draws whose maximum over the k-th and all smaller ones is at least as large,
        and never less than that of a larger t; the sample counts as one draw.
    """
    order = np.argsort(-t, kind="stable")
    adjusted = np.empty(len(t))
    floor = 0.0
    for k, hypothesis in enumerate(order):
        largest = star[:, order[k:]].max(axis=1)
        floor = max(floor, (1 + int((largest >= t[hypothesis]).sum())) / (1 + len(star)))
        adjusted[hypothesis] = floor
    return adjusted


def sharpened_q(p: Sequence[float]) -> np.ndarray:
    """Smallest false discovery rate, in steps of 0.001, at which the two-stage procedure rejects; 1 where none does."""
    from statsmodels.stats.multitest import fdrcorrection_twostage  # what only looks at results does without it

    values = np.asarray(p, float)
    q = np.ones(len(values))
    for rate in np.arange(1000, 0, -1) * _STEP:
        rejected = fdrcorrection_twostage(values, alpha=float(rate), method="bky")[0]
        q[rejected] = rate
    return q


def joint_draws(sums: np.ndarray, draws: int, seed: int) -> np.ndarray:
    """|t*| of every outcome, draws × outcomes, each draw studentised anew; `sums` is independent draws × outcomes."""
    rng, n = np.random.default_rng(seed), len(sums)
    parts = []
    for start in range(0, draws, max(1, _BLOCK // n)):
        size = min(max(1, _BLOCK // n), draws - start)
        v = random_weights(n, size, rng)
        total = v @ sums
        spread = np.sqrt((v**2) @ (sums**2) - total**2 / n)
        parts.append(np.abs(total / spread))
    return np.concatenate(parts)
