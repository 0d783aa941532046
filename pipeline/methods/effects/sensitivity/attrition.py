"""Attrition: whether treatment moves who is measured, and bounds on the effect if it does (Lee 2009)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from pipeline.methods.effects import group_time
from pipeline.methods.effects.design import make_design
from pipeline.methods.effects.estimate import Estimate
from pipeline.methods.effects.group_time.means import Control
from pipeline.methods.effects.group_time.spread import Cluster
from pipeline.methods.partial import Bounds, bounds_with_interval


@dataclass(frozen=True)
class Attrition:
    """The effect on the share measured, the share trimmed and on which side, and the bounds on the effect.

    `side` is "treated" where treatment raises the share measured, "comparison" where it lowers it.
    """

    on_share: Estimate
    trimmed: float
    side: str
    naive: Estimate
    lower: Estimate
    upper: Estimate
    bounds: Bounds


def lee_bounds(
    persons: pd.DataFrame,
    measured: pd.DataFrame,
    units: pd.DataFrame,
    *,
    control: Control = "never",
    cluster: Cluster = "unit",
    level: float = 0.95,
    draws: int = 199,
) -> Attrition:
    """Bounds on the overall effect under monotone selection (Lee 2009, propositions 1a and 2, carried to differences).

    The effect δ on the share measured comes from the same design. Where δ > 0, treated units after entry hold persons who
    would not have been measured without treatment: the share δ/q of each cohort's and period's distribution (q = its share
    measured) is cut from the top for the lower bound and from the bottom for the upper; where δ < 0, |δ|/q is cut from
    the comparison's distributions in periods with treated units, the other way round. Unit means are taken again and the
    effect is estimated on them. Monotone: treatment moves everybody's being measured one way only. The interval takes
    the share trimmed as known and covers the effect, not the whole set (Imbens & Manski 2004).

    Args:
        persons: `unit`, `period`, `value` (standardised), one row a person measured.
        measured: `unit`, `period`, `listed`, `scored`: persons who should have been measured, and who were.
        units: `unit`, `cohort` (missing = never), `cluster`; cohorts of any size enter, as who calls has chosen them.
        control, cluster, level, draws: As in the main estimate.

    Raises:
        DesignError: The design cannot be estimated on the share measured.
    """
    known = units.drop_duplicates("unit").set_index("unit")

    def effect(frame: pd.DataFrame, column: str) -> Estimate:
        panel = frame.assign(cohort=frame["unit"].map(known["cohort"]), cluster=frame["unit"].map(known["cluster"]))
        design = make_design(panel, column, cluster="cluster", min_cohort_units=1)
        return group_time.estimate(design, control=control, cluster=cluster, level=level, draws=draws).overall

    share = measured.assign(share=measured["scored"] / measured["listed"])
    if share["share"].nunique() < 2:
        return _nobody_lost(effect(_means(persons), "value"))
    on_share = effect(share, "share")
    cohort = persons["unit"].map(known["cohort"]).astype("float64")
    treated = (persons["period"] >= cohort).to_numpy()
    late = persons["period"].ge(cohort.min()).to_numpy()
    side = "treated" if on_share.value >= 0 else "comparison"
    struck = treated if side == "treated" else (late & ~treated)
    # q is the share measured where something is cut: these units in these periods, not those before treatment
    cut = persons.loc[struck, ["unit", "period"]].drop_duplicates()
    rates = share.merge(cut, on=["unit", "period"])["share"]
    trimmed = min(abs(on_share.value) / float(rates.mean()), 1.0) if len(rates) else 0.0
    top, bottom = (_trim(persons, cohort, struck, trimmed, end) for end in ("top", "bottom"))
    first, second = (effect(_means(part), "value") for part in (top, bottom))
    # cutting the top lowers what is cut: the treated's mean, or the comparison's, which raises the effect
    lower, upper = (first, second) if side == "treated" else (second, first)
    found = bounds_with_interval(lower.value, upper.value, lower.interval_se, upper.interval_se, level)
    return Attrition(on_share, trimmed, side, effect(_means(persons), "value"), lower, upper, found)


def _nobody_lost(found: Estimate) -> Attrition:
    """The share measured is one and the same everywhere: nothing to trim, the bounds are the estimate."""
    none = replace(found, value=0.0, se=0.0, low=0.0, high=0.0, p=1.0)
    bounds = bounds_with_interval(found.value, found.value, found.interval_se, found.interval_se, found.level)
    return Attrition(none, 0.0, "treated", found, found, found, bounds)


def _trim(persons: pd.DataFrame, cohort: pd.Series, struck: np.ndarray, share: float, end: str) -> pd.DataFrame:
    """Persons without the share at one end of each struck cohort-by-period distribution; ties are cut in row order."""
    groups = [cohort.fillna(0), persons["period"]]
    ascending = end == "bottom"
    rank = persons["value"].groupby(groups).rank(method="first", ascending=ascending)
    size = persons["value"].groupby(groups).transform("size")
    gone = struck & (rank <= np.floor(share * size + 1e-9)).to_numpy()
    kept: pd.DataFrame = persons.loc[~gone]
    return kept


def _means(persons: pd.DataFrame) -> pd.DataFrame:
    return persons.groupby(["unit", "period"])["value"].mean().reset_index()
