"""Effect by dose: hours of development per member of staff and year since the unit's start.

Two ways. Bins: terciles of dose within each cohort, each against units never treated. Continuous: ATT(d|d) as a spline in
the dose, and its slope, after Callaway, Goodman-Bacon & Sant'Anna (2024), by diff-diff, where the support allows.

Parallel trends at every dose (their assumption PT: without treatment, units of each dose would have changed as the never
treated did) identifies the effect of a dose on units that took that dose, ATT(d|d) (theorem 3.1; C.1 with several starts).
The *difference* between two doses then holds selection as well (theorem 3.2). Strong parallel trends (SPT) is that, for each
dose d, all treated units would on average have changed, with d, as the units of d did: E[Y_t(d) - Y_t-1(0) | D > 0] =
E[Y_t(d) - Y_t-1(0) | D = d]. With both ATT(d|d) = ATT(d), the effect of d on all treated units, for every d; its derivative
is ACRT(d) (theorem 3.3). It is a statement of means over all treated units, not of each pair of doses. Units chose their
dose, so that nothing in the data can make sure of it; changes before the start can speak against PT, on which everything
here rests, and never tell of SPT by itself, which is about outcomes under a dose.
"""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pipeline.errors import DesignError
from pipeline.methods.effects.design import Design
from pipeline.methods.effects.estimate import Estimate, Note, normal_interval
from pipeline.methods.effects.group_time.spread import Cluster
from pipeline.methods.effects.heterogeneity.arms import GroupEffects, by_group
from pipeline.methods.effects.library import KEYS, diff_diff, frame, plain_notes

BINS = ("low", "middle", "high")
MIN_TREATED, MIN_NEVER, MIN_DOSES = 60, 20, 10


@dataclass(frozen=True, eq=False)
class DoseCurve:
    """The continuous dose response.

    Attributes:
        slope: Mean change of the effect per unit of dose, from a line (estimand "acrt").
        curve: `dose`, `value`, `low`, `high` (pointwise) of ATT(d|d) from a cubic spline, and `acrt`, `acrt_low`, `acrt_high`
            of its derivative: ACRT(d), the effect of one more hour at that dose, under strong parallel trends alone.
        n_treated: Treated units behind it (seen in every measured period).
        notes: a code and its detail.
    """

    slope: Estimate
    curve: pd.DataFrame
    n_treated: int
    notes: tuple[Note, ...]


def terciles(dose: pd.Series, cohort: pd.Series) -> pd.Series:
    """Low, middle or high dose of each unit within its cohort, so that the bins have the same cohorts and years.

    Args:
        dose: By unit.
        cohort: By unit, on the same index.
    """
    rank = dose.groupby(cohort).rank(pct=True, method="average")
    cut = np.minimum(np.ceil(rank.fillna(0.0).to_numpy(float) * len(BINS) - 1e-9).astype(int) - 1, len(BINS) - 1)
    labels = np.array(BINS)[np.maximum(cut, 0)]
    return pd.Series(labels, index=dose.index, name="group").where(dose.notna())


def binned(design: Design, dose: pd.Series, *, level: float = 0.95, cluster: Cluster = "unit") -> GroupEffects:
    """Effects by tercile of dose against units never treated.

    Args:
        design: From `make_design`.
        dose: By treated unit.
        level: Coverage of the intervals.
        cluster: Level at which influence functions are summed.

    Raises:
        DesignError: The terciles have no cell in common, or there are not two of them.
    """
    own = dose[dose.index.isin(design.units.index[design.units["g"].notna()])]
    return by_group(
        design, terciles(own, design.units["g"].reindex(own.index)), order=BINS, level=level, cluster=cluster
    )


def refusal(design: Design, dose: pd.Series, cluster: Cluster = "unit") -> str | None:
    """Why the continuous dose response may not be estimated, as a code; None where the support allows it.

    Codes: "weighted" (the library takes no weights), "clustered" (its standard errors are by unit only), "few_balanced",
    "few_never", "few_doses", "gap_in_dose" (over a third of the dose's range between the 5th and 95th percentile has no
    unit in it).
    """
    if design.weighted:
        return "weighted"
    if cluster == "cluster":
        return "clustered"
    try:
        units = design.balanced().units
    except DesignError:
        return "few_balanced"
    own = dose.reindex(units.index[units["g"].notna()]).dropna()
    own = own[own > 0]
    if len(own) < MIN_TREATED:
        return "few_balanced"
    if int(units["g"].isna().sum()) < MIN_NEVER:
        return "few_never"
    counts = own.groupby(units["g"].reindex(own.index)).nunique()
    if (counts < MIN_DOSES).any():
        return "few_doses"
    low, high = np.quantile(own, [0.05, 0.95])
    inside = np.sort(own[(own >= low) & (own <= high)].to_numpy(float))
    return "gap_in_dose" if np.diff(inside).max() > (high - low) / 3 else None


def continuous(design: Design, dose: pd.Series, *, level: float = 0.95, points: int = 25) -> DoseCurve:
    """ATT(d|d) over the dose and the mean slope, on units seen in every measured period, against units never treated.

    Args:
        design: From `make_design`.
        dose: By treated unit, constant in time; units without a positive dose are left out.
        level: Coverage of the intervals.
        points: Points of the curve, from the 5th to the 95th percentile of the dose.

    Raises:
        DesignError: The support does not allow it (see `refusal`), or the library refuses the data.
    """
    code = refusal(design, dose)
    if code is not None:
        raise DesignError(
            f"The doses do not support a continuous dose response ({code}).",
            where=f"outcome {design.outcome!r}",
            expected=f"{MIN_TREATED} treated units with {MIN_DOSES} doses a cohort, {MIN_NEVER} units never treated",
            todo="Use the terciles of dose.",
        )
    frame, own = _frame(design.balanced(), dose)
    low, high = (float(q) for q in np.quantile(own.to_numpy(float), [0.05, 0.95]))
    grid = np.linspace(low, high, points)
    line, notes = _fit(frame, 1, grid, level)
    spline, more = _fit(frame, 3, grid, level)
    below, above, p = normal_interval(line.overall_acrt, line.overall_acrt_se, level)
    slope = Estimate(
        estimand="acrt",
        estimator="continuous_did",
        value=float(line.overall_acrt),
        se=float(line.overall_acrt_se),
        low=below,
        high=above,
        p=p,
        n_obs=len(frame),
        n_units=int(frame["unit"].nunique()),
        n_treated=len(own),
        n_clusters=int(frame["unit"].nunique()),
        inference="influence_function_unit",
        level=level,
    )
    response, rise = spline.dose_response_att, spline.dose_response_acrt
    curve = pd.DataFrame(
        {
            "dose": grid,
            "value": response.effects,
            "low": response.conf_int_lower,
            "high": response.conf_int_upper,
            "acrt": rise.effects,
            "acrt_low": rise.conf_int_lower,
            "acrt_high": rise.conf_int_upper,
        }
    )
    return DoseCurve(slope, curve, len(own), tuple(dict.fromkeys([*notes, *more])))


def _frame(design: Design, dose: pd.Series) -> tuple[pd.DataFrame, pd.Series]:
    """Columns of the library, and the doses of the treated units in it."""
    units = design.units
    own = dose.reindex(units.index[units["g"].notna()]).dropna()
    own = own[own > 0].astype(float)
    part = design.keep(design.data["g"].isna() | design.data["unit"].isin(own.index))
    return frame(part).assign(dose=part.data["unit"].map(own).fillna(0.0).to_numpy(float)), own


def _fit(rows: pd.DataFrame, degree: int, grid: np.ndarray, level: float) -> tuple[Any, tuple[Note, ...]]:
    """A spline of the degree with no inner knot, by the library; and what it said."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        model = diff_diff().ContinuousDiD(degree=degree, num_knots=0, dvals=grid, alpha=1 - level, n_bootstrap=0)
        try:
            found = model.fit(rows, dose="dose", **KEYS)
        except (ValueError, NotImplementedError, np.linalg.LinAlgError) as error:
            raise DesignError(
                "The continuous dose response cannot be estimated.",
                expected=" ".join(str(error).split())[:300],
                todo="Use the terciles of dose.",
            ) from None
    if not math.isfinite(found.overall_acrt_se):
        raise DesignError("The continuous dose response has no standard error.", todo="Use the terciles of dose.")
    return found, plain_notes(caught)
