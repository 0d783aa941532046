"""Contrasts of cohort-by-period effects: growth since entry, and differences between cohorts.

Both rest on the joint covariance of the cells, so that a comparison of two estimates is itself estimated, never read
off from two intervals (Gelman & Stern 2006).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy

from pipeline.methods.effects.estimate import normal_interval
from pipeline.methods.effects.group_time.att_gt import GroupTime


@dataclass(frozen=True)
class Growth:
    """Change of one cohort's effect from its first to its last measured period after entry, in the outcome's unit."""

    cohort: int
    first: int
    last: int
    value: float
    low: float
    high: float
    p: float
    n_units: int


@dataclass(frozen=True)
class CohortTest:
    """Wald test that all cohorts have the same average effect."""

    stat: float
    df: int
    p: float


def growth(effects: GroupTime) -> Growth | None:
    """How the effect of the earliest cohort changed: ATT(g, last) - ATT(g, first) with its interval.

    The same units stand behind both cells, so that a change of composition, which moves the event study's later
    points, does not pass for growth. None where that cohort was measured once after entry, or variances are zero.
    """
    after = effects.att[effects.att["event_time"] >= 0]
    mine = after[after["cohort"] == after["cohort"].min()].sort_values("period")
    if len(mine) < 2:
        return None
    contrast = np.zeros(len(effects.att))
    contrast[effects.att.index.get_indexer(mine.index[[0, -1]])] = -1.0, 1.0
    value = float(contrast @ effects.att["value"].to_numpy(float))
    se = float(np.sqrt(effects.parts.joint(contrast[:, None]).cov[0, 0]))
    if not se > 0:
        return None
    low, high, p = normal_interval(value, se, effects.level)
    return Growth(
        cohort=int(mine["cohort"].iloc[0]),
        first=int(mine["period"].iloc[0]),
        last=int(mine["period"].iloc[-1]),
        value=value,
        low=low,
        high=high,
        p=p,
        n_units=int(mine["n_treated"].max()),
    )


@dataclass(frozen=True)
class Exposure:
    """The newest cohort beside earlier ones over the same time since entry, in the outcome's unit.

    Attributes:
        cohort: The newest.
        others: The earlier cohorts that were measured at all of these times.
        periods: Measured periods since entry over which they are compared.
        newest, earlier: Mean effect over them; `earlier` over units of the earlier cohorts.
        value, low, high, p: `newest` less `earlier`.
    """

    cohort: int
    others: tuple[int, ...]
    periods: int
    newest: float
    earlier: float
    value: float
    low: float
    high: float
    p: float


def equal_exposure(effects: GroupTime) -> Exposure | None:
    """Whether the newest cohort gained as much as earlier ones had after the same number of periods since entry.

    Cohorts that entered earlier were observed longer, so that their mean effects differ where effects grow; over the same
    periods since entry they do not for that. None where no earlier cohort was measured in all of them.
    """
    after = effects.att[effects.att["event_time"] >= 0]
    mine = after[after["cohort"] == after["cohort"].max()]
    times = set(mine["event_time"])
    same = after[after["event_time"].isin(times) & ~after.index.isin(mine.index)]
    whole = same.groupby("cohort")["event_time"].nunique() == len(times)
    same = same[same["cohort"].isin(whole.index[whole])]
    if mine.empty or same.empty:
        return None
    at = effects.att.index.get_indexer(same.index)
    weights = effects.make.mass[at]
    contrast = np.zeros(len(effects.att))
    contrast[at] = -weights / weights.sum()
    earlier = -float(contrast @ effects.att["value"].to_numpy(float))
    contrast[effects.att.index.get_indexer(mine.index)] = 1.0 / len(mine)
    value = float(contrast @ effects.att["value"].to_numpy(float))
    se = float(np.sqrt(effects.parts.joint(contrast[:, None]).cov[0, 0]))
    if not se > 0:
        return None
    low, high, p = normal_interval(value, se, effects.level)
    others = tuple(sorted(int(g) for g in same["cohort"].unique()))
    newest = int(mine["cohort"].iloc[0])
    return Exposure(newest, others, len(times), value + earlier, earlier, value, low, high, p)


@dataclass(frozen=True)
class ByUnit:
    """The average effect where each unit counts once, in the outcome's unit."""

    value: float
    low: float
    high: float
    p: float
    n_units: int


def by_unit(effects: GroupTime) -> ByUnit | None:
    """The mean over cohorts, by size, of each cohort's mean over its periods ("group" aggregate of Callaway & Sant'Anna).

    The overall effect counts every period since entry, so that cohorts that entered early weigh more. The interval is given
    the cohorts' sizes. None where all cohorts have as many periods, so that both are the same.
    """
    att, weight = effects.att, effects.overall_weights
    cells = att["cohort"].map(att[weight > 0].groupby("cohort").size()).to_numpy(float)
    if len(np.unique(cells[weight > 0])) < 2:
        return None
    once = np.where(weight > 0, weight / cells, 0.0)
    once /= once.sum()
    value = float(once @ att["value"].to_numpy(float))
    joint = effects.parts.joint(once[:, None])
    se = float(np.sqrt(joint.cov[0, 0]))
    if not se > 0:
        return None
    low, high, p = normal_interval(value, se, effects.level, joint.df)
    return ByUnit(value, low, high, p, effects.overall.n_units)


def equal_cohorts(effects: GroupTime) -> CohortTest | None:
    """Test that the cohorts' average effects after entry are equal.

    A cohort's effect is the plain mean of its cells, so the weights of the aggregate add no uncertainty. None where
    there is one cohort, or its cells' covariance is singular.
    """
    after = (effects.att["event_time"] >= 0).to_numpy()
    cohort = effects.att["cohort"].to_numpy()
    known = np.unique(cohort[after])
    if len(known) < 2:
        return None
    means = np.array([(after & (cohort == g)) / (after & (cohort == g)).sum() for g in known])
    contrasts = means[1:] - means[0]
    cov = effects.parts.joint(contrasts.T).cov
    if np.linalg.matrix_rank(cov) < len(cov):
        return None
    difference = contrasts @ effects.att["value"].to_numpy(float)
    stat = float(difference @ np.linalg.solve(cov, difference))
    return CohortTest(stat, len(cov), float(scipy.stats.chi2.sf(stat, len(cov))))
