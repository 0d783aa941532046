"""Linear estimators with influence: against diff-diff, against statsmodels, and against their own sampling spread."""

from __future__ import annotations

import warnings

import diff_diff
import numpy as np
import pandas as pd
import pytest

from pipeline.methods.effects import group_time, make_design, twfe
from pipeline.methods.effects.estimators import linear


def _frame(design) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "unit": pd.factorize(design.data["unit"])[0],
            "time": design.data["t"] + 1,
            "first": (design.data["g"] + 1).fillna(0).astype(int),
            "y": design.data["y"],
        }
    )


def _se(found: linear.Influence) -> float:
    return float(np.sqrt(found.psi @ found.psi))


@pytest.mark.parametrize("missing", [0.0, 0.1])
def test_imputation_is_that_of_diff_diff(make_panel, missing: float) -> None:
    """Value and conservative standard error; with gaps diff-diff weighs rows, not cells, so there the weights differ."""
    design = make_design(make_panel(effect=0.2, growth=0.1, missing=missing), "y")
    ours = linear.imputation(design)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # with gaps: units without any untreated row
        model = diff_diff.ImputationDiD()
        theirs = model.fit(_frame(design), outcome="y", unit="unit", time="time", first_treat="first")
    assert ours.value == pytest.approx(theirs.overall_att, abs=1e-6 if not missing else 0.01)
    assert _se(ours) == pytest.approx(theirs.overall_se, rel=1e-6 if not missing else 0.02)


@pytest.mark.parametrize("missing", [0.0, 0.1])
def test_two_way_is_the_regression(make_panel, missing: float) -> None:
    design = make_design(make_panel(effect=0.2, missing=missing), "y")
    ours, theirs = linear.two_way(design), twfe.overall(design, "unit")
    assert ours.value == pytest.approx(theirs.value, abs=1e-10)
    n, k, g = ours.n_obs, len(design.periods), len(ours.psi)
    assert _se(ours) * np.sqrt(g / (g - 1) * (n - 1) / (n - k)) == pytest.approx(theirs.se, rel=1e-8)


def test_imputation_finds_growing_effects_that_the_regression_misses(make_panel) -> None:
    panel = make_panel(units=600, noise=0.05, effect=0.1, growth=0.2)
    design = make_design(panel, "y")
    truth = group_time.estimate(design).overall.value
    assert linear.imputation(design).value == pytest.approx(truth, abs=0.02)
    assert linear.two_way(design).value < truth - 0.05


@pytest.mark.parametrize("method", list(linear.METHODS))
@pytest.mark.parametrize("covariates", [False, True])
def test_standard_errors_are_the_spread_of_estimates(make_panel, method: linear.Linear, covariates: bool) -> None:
    found = []
    for seed in range(60):
        design = make_design(make_panel(units=120, effect=0.0, seed=seed), "y", covariates=["x", "b"])
        part = linear.METHODS[method](design, covariates)
        found.append((part.value, _se(part)))
    values, errors = np.array(found).T
    assert abs(values.mean()) < 3 * values.std() / np.sqrt(len(values))
    assert errors.mean() == pytest.approx(values.std(), rel=0.3)
