"""What the estimators share: their options, their description, their refusal, and the form of their result."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from pipeline.errors import DesignError
from pipeline.methods.effects.design import Design
from pipeline.methods.effects.estimate import Estimate, EventStudy, Note, normal_interval
from pipeline.methods.effects.group_time.spread import Cluster

Comparison = Literal["never", "not_yet", "untreated", "all", "weighted"]


@dataclass(frozen=True)
class Settings:
    """Options of all estimators.

    Attributes:
        level: Coverage of the intervals.
        seed, draws: Multiplier bootstrap, where an estimator draws a simultaneous band.
        cluster: Level at which units are taken as independent.
        covariates: Condition on the design's covariates, in estimators that can.
        strata: Stratum of each unit (index) within which the start was drawn by lot, for those that rest on the lot.
    """

    level: float = 0.95
    seed: int = 0
    draws: int = 999
    cluster: Cluster = "unit"
    covariates: bool = False
    strata: pd.Series | None = None


Run = Callable[[Design, Settings], Estimate]


@dataclass(frozen=True)
class Method:
    """An estimator.

    Attributes:
        code: Its name in tables and in `estimate`.
        comparison: Whom the treated are compared with: units never treated, also those not treated yet, all rows
            without treatment, all rows (those under treatment too), or a weighted mean of units.
        handles_covariates: Whether `Settings.covariates` changes it.
        citations: Keys of the references.
        run: The estimator itself.
        handles_weights: Whether units' weights enter; refused for weighted designs otherwise.
        heavy: Whether its time or memory grows with rows times cohorts times periods; refused where these are too many.
        common: Whether it aims at the mean over all units and measured periods under treatment.
        random_timing: Whether it holds only where the start was drawn by lot.
        place: Its place in tables; the lowest comes first.
        source: Paper and equation, for docs/methods.md.
        deviates: Where ours deviates from the paper.
        held_by: Tests that hold it to a published number or an independent implementation, as "test_file.py::test_name".
    """

    code: str
    comparison: Comparison
    handles_covariates: bool
    citations: tuple[str, ...]
    run: Run
    common: bool = True
    handles_weights: bool = False
    heavy: bool = False
    random_timing: bool = False
    place: int = 1000
    source: str = ""
    deviates: str = "–"
    held_by: tuple[str, ...] = ()


class RefusedError(DesignError):
    """An estimator does not apply to a design; `code` is the reason's name."""


def finish(
    design: Design,
    settings: Settings,
    code: str,
    value: float,
    se: float,
    *,
    df: float = math.inf,
    estimand: str = "att",
    inference: str = "influence_function",
    event: EventStudy | None = None,
    notes: Sequence[Note] = (),
    extra: dict[str, Any] | None = None,
) -> Estimate:
    """An `Estimate` on the rows of `design`, with the normal or t interval; a missing standard error is noted.

    Raises:
        RefusedError: There is no finite value.
    """
    if not math.isfinite(value):
        raise RefusedError(
            "The estimate has no finite value.", code="no_value", where=f"outcome {design.outcome!r}, {code}"
        )
    told = list(notes)
    if not (math.isfinite(se) and se > 0):
        se = math.nan
        told.append(Note("no_standard_error", "the standard error is not finite, so no interval is given"))
    low, high, p = normal_interval(value, se, settings.level, df)
    return Estimate(
        estimand=estimand,
        estimator=code,
        value=float(value),
        se=float(se),
        low=low,
        high=high,
        p=p,
        n_obs=design.n_obs,
        n_units=design.n_units,
        n_treated=design.n_treated,
        n_clusters=design.n_units if settings.cluster == "unit" else design.n_clusters,
        inference=f"{inference}_{settings.cluster}",
        level=settings.level,
        extra={**(extra or {}), "event": event, "notes": tuple(dict.fromkeys(told))},
    )


def cluster_df(design: Design, settings: Settings) -> float:
    """Degrees of freedom of cluster-robust t statistics: independent draws less one."""
    return float((design.n_units if settings.cluster == "unit" else design.n_clusters) - 1)


def event_study(
    design: Design, settings: Settings, code: str, rows: pd.DataFrame, *, df: float = math.inf
) -> EventStudy | None:
    """An event study from `event_time`, `value`, `se`, with pointwise intervals only (the bands are missing).

    Rows whose standard error is zero or missing are references, zero by construction, or kept without an interval.
    """
    rows = rows[np.isfinite(rows["value"])].sort_values("event_time")
    if rows.empty:
        return None
    units = design.data.dropna(subset="event_time").groupby("event_time")["unit"].nunique()
    reference = (rows["value"] == 0) & ~(rows["se"] > 0)
    bounds = [normal_interval(v, s, settings.level, df)[:2] for v, s in zip(rows["value"], rows["se"], strict=True)]
    table = pd.DataFrame(
        {
            "event_time": rows["event_time"].astype(int).to_numpy(),
            "value": rows["value"].astype(float).to_numpy(),
            "se": rows["se"].astype(float).to_numpy(),
            "low": [b[0] for b in bounds],
            "high": [b[1] for b in bounds],
            "band_low": math.nan,
            "band_high": math.nan,
            "n_units": rows["event_time"].map(units).fillna(0).astype(int).to_numpy(),
            "reference": reference.to_numpy(),
        }
    )
    table.loc[table["reference"], ["se", "low", "high"]] = 0.0
    return EventStudy(code, table, settings.level)
