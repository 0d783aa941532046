"""Two estimators that are linear in the outcome, each with the influence of every unit.

The specification curve needs the joint law of many estimates; influence functions give it. Covariates enter by period:
their coefficients may differ in each, as a baseline feature can only explain a change in that way. Units' weights enter
least squares and means alike; being constant within units they leave the sweep of unit effects as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from pipeline.errors import DesignError
from pipeline.methods.effects.design import Design
from pipeline.methods.effects.sweep import TwoWay, dummies, within_units

Linear = Literal["two_way", "imputation"]


@dataclass(frozen=True, eq=False)
class Influence:
    """An estimate and each unit's influence on it, scaled so that a variance is a sum of squares over units.

    `units` has `unit` and `cluster`, one row a value of `psi`.
    """

    value: float
    psi: np.ndarray
    units: pd.DataFrame
    n_obs: int


def two_way(design: Design, covariates: bool = False) -> Influence:
    """Coefficient of treatment beside unit and period effects, and the units' scores.

    With d and e the treatment and residual freed of all other terms: psi_i = sum_t d_it e_it / sum d^2.

    Raises:
        DesignError: Treatment does not vary beside the other terms.
    """
    data, codes = _usable(design, covariates)
    if not covariates:
        return _plain_two_way(design, data, codes)
    terms = _period_terms(design, data, covariates)
    d, y = (data["event_time"] >= 0).to_numpy(float), data["y"].to_numpy(float)
    root = np.sqrt(data["weight"].to_numpy())
    inner = within_units(np.column_stack([terms, d, y]), codes) * root[:, None]
    basis, _ = np.linalg.qr(_independent(inner[:, : terms.shape[1]]))
    free = inner[:, -2:] - basis @ (basis.T @ inner[:, -2:])
    d, y = free[:, 0], free[:, 1]
    if d @ d < 1e-10:
        raise DesignError(
            "The two-way regression cannot tell treatment from unit and period effects.", where=design.outcome
        )
    value = float(d @ y / (d @ d))
    return Influence(value, _by_unit(d * (y - value * d) / (d @ d), codes), _units(data), len(data))


def _plain_two_way(design: Design, data: pd.DataFrame, codes: np.ndarray) -> Influence:
    w = data["weight"].to_numpy(float)
    sweep = TwoWay(codes, pd.factorize(data["t"], sort=True)[0], w)
    d, y = (sweep.residual(c) for c in ((data["event_time"] >= 0).to_numpy(float), data["y"].to_numpy(float)))
    mass = float(w * d @ d)
    if mass < 1e-10:
        raise DesignError(
            "The two-way regression cannot tell treatment from unit and period effects.", where=design.outcome
        )
    value = float(w * d @ y / mass)
    return Influence(value, _by_unit(w * d * (y - value * d) / mass, codes), _units(data), len(data))


def imputation(design: Design, covariates: bool = False, *, by_row: bool = False) -> Influence:
    """Mean effect on the treated after imputing their outcome without treatment (Borusyak, Jaravel & Spiess 2024).

    Unit and period effects are fitted to rows without treatment (their equation 4); effects are outcomes less these;
    their mean weighs each cohort-by-period cell by the cohort's number of units, or with `by_row` each
    row alike. The influence follows their equation
    (6): v_it e_it over a unit's rows, where a treated row's e is its effect less its cell's mean.

    Raises:
        DesignError: No treated row has both a unit and a period observed without treatment.
    """
    data, codes = _usable(design, covariates)
    treated = (data["event_time"] >= 0).to_numpy()
    clean = np.bincount(codes[~treated], minlength=codes.max() + 1)
    known = data["t"].isin(data.loc[~treated, "t"].unique()).to_numpy() & (clean[codes] > 0)
    keep = ~treated | known
    data, codes = data[keep].reset_index(drop=True), pd.factorize(data.loc[keep, "unit"])[0]
    treated = (data["event_time"] >= 0).to_numpy()
    if not treated.any():
        raise DesignError("No treated row can be imputed.", where=design.outcome, expected="periods before treatment")
    y, w = data["y"].to_numpy(float), data["weight"].to_numpy(float)
    rows = np.maximum(np.bincount(codes[~treated], minlength=codes.max() + 1), 1)
    if covariates:
        terms = _period_terms(design, data, covariates)
        mean_terms, mean_y = _sums(terms[~treated], codes[~treated], len(rows)) / rows[:, None], None
        mean_y = _sums(y[~treated, None], codes[~treated], len(rows))[:, 0] / rows
        Z, u = terms - mean_terms[codes], y - mean_y[codes]
        clean_Z = Z[~treated] * w[~treated, None]
        gram = np.linalg.pinv(Z[~treated].T @ clean_Z, hermitian=True)
        gap = u - Z @ (gram @ (clean_Z.T @ u[~treated]))

        def through(v: np.ndarray) -> np.ndarray:
            return np.asarray(Z @ (gram @ (Z[treated].T @ v[treated])))
    else:
        sweep = TwoWay(codes, pd.factorize(data["t"], sort=True)[0], w, ~treated)
        gap = sweep.residual(y)

        def through(v: np.ndarray) -> np.ndarray:
            return sweep.spread(sweep.inverse @ sweep.period_sums(v))

    cells = data.assign(gap=gap * w)[treated].groupby(["g", "t"])
    mass = cells["weight"].transform("sum").to_numpy(float)
    weight = np.zeros(len(data))
    sizes = data[treated].drop_duplicates("unit").groupby("g")["weight"].sum()
    raw = np.ones(int(treated.sum()))
    if not by_row:
        raw = data.loc[treated, "g"].map(sizes).to_numpy(float) * w[treated] / mass
    weight[treated] = raw / raw.sum()
    value = float(weight @ gap)
    error = gap.copy()
    error[treated] -= cells["gap"].transform("sum").to_numpy() / mass
    pull = _sums((weight * treated)[:, None], codes, len(rows))[:, 0] / rows
    weight[~treated] = -(pull[codes] + w * through(weight))[~treated]
    return Influence(value, _by_unit(weight * error, codes), _units(data), len(data))


METHODS: dict[Linear, Callable[[Design, bool], Influence]] = {"two_way": two_way, "imputation": imputation}


def _usable(design: Design, covariates: bool) -> tuple[pd.DataFrame, np.ndarray]:
    """Units with two rows or more, and with every covariate where these are asked for; and their codes."""
    keep = design.data.groupby("unit")["t"].transform("size") > 1
    if covariates:
        keep &= design.data[list(design.covariates)].notna().all(axis=1)
    data = design.keep(keep).data
    return data, pd.factorize(data["unit"])[0]


def _period_terms(design: Design, data: pd.DataFrame, covariates: bool) -> np.ndarray:
    periods = dummies(data["t"])
    parts = [periods]
    if covariates:
        for name in design.covariates:
            x = data[name].to_numpy(float)
            parts.append(periods * ((x - x.mean()) / (x.std() or 1.0))[:, None])
    return np.column_stack(parts)


def _independent(columns: np.ndarray) -> np.ndarray:
    """Columns that span the same space without collinear ones, by their singular vectors."""
    u, s, _ = np.linalg.svd(columns, full_matrices=False)
    return np.asarray(u[:, s > s.max() * 1e-10])


def _sums(columns: np.ndarray, codes: np.ndarray, n: int) -> np.ndarray:
    out = np.zeros((n, columns.shape[1]))
    np.add.at(out, codes, columns)
    return out


def _by_unit(values: np.ndarray, codes: np.ndarray) -> np.ndarray:
    return np.bincount(codes, weights=values)


def _units(data: pd.DataFrame) -> pd.DataFrame:
    return data[["unit", "cluster"]].drop_duplicates("unit").reset_index(drop=True)
