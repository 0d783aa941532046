"""Standard errors that allow neighbours to move together (Conley 1999, Journal of Econometrics 92, 1-45), by diff-diff.

The variance of the overall effect is sum_ij K(d_ij) psi_i psi_j with psi the influence function and K falling from 1 at
distance 0 to 0 at the cutoff. This is the spatial covariance of a mean whose residuals are psi, which diff-diff computes.
"""

from __future__ import annotations

import math
import warnings

import numpy as np
import pandas as pd

from pipeline.errors import DesignError
from pipeline.methods.effects.estimate import Estimate, normal_interval
from pipeline.methods.effects.group_time import GroupTime
from pipeline.methods.effects.library import diff_diff, plain_notes

COORDINATES = ("latitude", "longitude")


def coordinates_of(panel: pd.DataFrame) -> pd.DataFrame | None:
    """`latitude` and `longitude` by unit, where the panel has both for every unit; else None."""
    if not set(COORDINATES) <= set(panel.columns):
        return None
    found = panel.groupby("unit")[list(COORDINATES)].first()
    return None if found.isna().to_numpy().any() else found


def conley(result: GroupTime, coordinates: pd.DataFrame, cutoff_km: float) -> Estimate:
    """The overall effect with a spatial standard error and a normal interval.

    Args:
        result: From `group_time.estimate`.
        coordinates: `latitude`, `longitude` in degrees, indexed by unit.
        cutoff_km: Distance beyond which units are independent.

    Raises:
        DesignError: A unit has no coordinates, or the variance is not positive.
    """
    places = coordinates.reindex(result.units["unit"])[list(COORDINATES)].to_numpy(float)
    if not np.isfinite(places).all():
        raise DesignError("A unit has no coordinates.", expected="latitude and longitude of every unit")
    n = len(places)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        variance = n**2 * diff_diff().linalg.compute_robust_vcov(
            np.ones((n, 1)),
            result.scaled_influence,
            vcov_type="conley",
            conley_coords=places,
            conley_cutoff_km=cutoff_km,
            conley_kernel="bartlett",
        )
    if not float(variance[0, 0]) > 0:
        raise DesignError("The spatial variance is not positive.", where=f"cutoff {cutoff_km} km")
    value, se = result.overall.value, math.sqrt(float(variance[0, 0]))
    low, high, p = normal_interval(value, se, result.level)
    return Estimate(
        estimand="att",
        estimator="callaway_santanna",
        value=value,
        se=se,
        low=low,
        high=high,
        p=p,
        n_obs=result.overall.n_obs,
        n_units=result.overall.n_units,
        n_treated=result.overall.n_treated,
        n_clusters=n,
        inference="conley",
        level=result.level,
        extra={"cutoff_km": cutoff_km, "notes": plain_notes(caught)},
    )
