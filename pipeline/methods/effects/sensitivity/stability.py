"""How strong selection on what is not observed would have to be (Oster 2019, JBES 37, 187-204)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from pipeline.errors import DesignError
from pipeline.methods.effects.design import Design


@dataclass(frozen=True)
class Stability:
    """Coefficient of treatment without and with covariates, their R², and what that movement implies.

    `delta`: selection on unobservables, relative to that on the covariates, at which the effect is zero; NaN where the
    covariates do not move the coefficient at all. `same`: covariates that are the same for all its units.
    """

    short: float
    r2_short: float
    long: float
    r2_long: float
    r2_max: float
    delta: float
    n_units: int
    same: tuple[str, ...] = ()


def stability(design: Design, r2_max: float | None = None) -> Stability:
    """Coefficient stability in the regression of each unit's change on having been treated.

    The change is from the unit's mean before the first cohort's start to its mean in the last measured period. `r2_max`
    is the R² that all determinants would reach; 1.3 times that with covariates, at most 1, where it is not given
    (Oster's rule of thumb).

    Raises:
        DesignError: No covariates, or fewer units than coefficients.
    """
    design.refuse_weights("The test of coefficient stability")
    if not design.covariates:
        raise DesignError("The design has no covariate that varies between units.")
    data, start = design.data, design.data["g"].min()
    before = data[data["t"] < start].groupby("unit")["y"].mean()
    after = data[data["t"] == data["t"].max()].set_index("unit")["y"]
    frame = design.units.assign(change=after - before).dropna(subset=["change", *design.covariates])
    same = tuple(name for name in design.covariates if frame[name].nunique() < 2)
    if len(same) == len(design.covariates):
        raise DesignError("The design has no covariate that varies between units.")
    if len(frame) < len(design.covariates) + 4:
        raise DesignError("There are too few units with a change and every covariate.", where=design.outcome)
    treated = frame["cohort"].notna().to_numpy(float)
    controls = frame[list(design.covariates)].to_numpy(float)
    return replace(from_arrays(frame["change"].to_numpy(float), treated, controls, r2_max), same=same)


def from_arrays(y: np.ndarray, x: np.ndarray, controls: np.ndarray, r2_max: float | None = None) -> Stability:
    """The same from an outcome, a treatment and controls (rows are units).

    A control that is the same for all units is left out: it is the constant once more.
    """
    controls = controls[:, np.ptp(controls, axis=0) > 0]
    short, long = _fit(y, x[:, None]), _fit(y, np.column_stack([x, controls]))
    share = _fit(x, controls)
    top = min(1.0, 1.3 * long.rsquared) if r2_max is None else r2_max
    values = (float(short.params[1]), float(short.rsquared), float(long.params[1]), float(long.rsquared))
    variances = (float(np.var(y)), float(np.var(x)), float(np.var(share.resid)))
    return Stability(*values, float(top), delta_for(0.0, *values, float(top), *variances), len(y))


def _fit(y: np.ndarray, regressors: np.ndarray) -> Any:
    from statsmodels.regression.linear_model import OLS  # what only looks at results does without it

    # The constant is the first column whatever the others are: it is not looked for among them.
    return OLS(y, np.column_stack([np.ones(len(y)), regressors])).fit()


def delta_for(
    beta: float, short: float, r2_short: float, long: float, r2_long: float, r2_max: float,
    var_y: float, var_x: float, tau: float,
) -> float:  # fmt: skip
    """Relative selection at which the effect is `beta` (Oster 2019, proposition 3).

    `tau` is the variance of treatment that the covariates leave.
    """
    moved, gap, room = short - long, long - beta, (r2_max - r2_long) * var_y
    top = gap * (r2_long - r2_short) * var_y * tau + gap * var_x * tau * moved**2
    top += 2 * gap**2 * tau * moved * var_x + gap**3 * (tau * var_x - tau**2)
    bottom = room * moved * var_x + gap * room * (var_x - tau)
    bottom += gap**2 * tau * moved * var_x + gap**3 * (tau * var_x - tau**2)
    return float(top / bottom) if abs(bottom) > 1e-12 else float("nan")
