"""Bad designs are refused or flagged, with a code that the report puts into words."""

from __future__ import annotations

import pickle
import warnings

import numpy as np
import pandas as pd
import pytest

from pipeline.errors import DesignError
from pipeline.methods.effects import make_design
from pipeline.methods.effects.estimate import Note
from pipeline.methods.effects.estimators import (
    METHODS,
    RefusedError,
    Settings,
    compare,
    estimate,
    flags,
    overlap,
    two_way_weights,
)
from pipeline.methods.effects.estimators.library import notes_of

WITH = Settings(covariates=True)


def codes(notes: tuple[Note, ...]) -> list[str]:
    return [note.code for note in notes]


@pytest.fixture(scope="module")
def panel(make_panel) -> pd.DataFrame:
    return make_panel(units=90, effect=0.2, growth=0.1, seed=2)


def test_a_sound_design_has_no_flag(panel):
    assert flags(make_design(panel, "y", covariates=["x", "b"])) == ()


def test_collinear_covariates_are_left_out_by_name(panel):
    panel = panel.assign(twice=2 * panel["x"] + 1)
    design = make_design(panel, "y", covariates=["x", "twice", "b"])
    assert Note("collinear", "covariate twice follows from the others") in flags(design)
    one = make_design(panel, "y", covariates=["x", "b"])
    for method in METHODS:
        found = estimate(design, method, WITH)
        assert found.value == pytest.approx(estimate(one, method, WITH).value, abs=1e-9)
        assert ("collinear" in codes(found.extra["notes"])) == METHODS[method].handles_covariates


def test_a_covariate_of_a_few_units(panel):
    design = make_design(panel.assign(rare=(panel["unit"] == "u0003").astype(float)), "y", covariates=["rare"])
    assert "near_constant" in codes(flags(design))


def test_covariates_that_tell_groups_apart(panel):
    treated = panel["cohort"].notna().astype(float)
    design = make_design(panel.assign(apart=treated + 0.01 * panel["x"]), "y", covariates=["apart"])
    assert "no_overlap" in codes(flags(design))
    found = overlap(design)
    assert found["separated"].all()
    assert (found["low"].min(), found["high"].max()) == pytest.approx((0, 1), abs=0.01)
    notes = compare(design, ["cs_ipw_never", "cs_dr_never"], WITH)
    assert notes["refused"].all() or notes["notes"].str.contains("overlap|propensity_failed|no_convergence").all()


def test_overlap_is_the_logit_s(make_panel):
    """Independent logit by Newton steps; and a sound design has nothing to trim."""
    design = make_design(make_panel(units=150, seed=8), "y", covariates=["x"])
    found = overlap(design).iloc[0]
    part = design.units[design.units["cohort"].isna() | (design.units["cohort"] == found["cohort"])]
    X, d = np.column_stack([np.ones(len(part)), part["x"]]), part["cohort"].notna().to_numpy(float)
    b = np.zeros(2)
    for _ in range(50):
        p = 1 / (1 + np.exp(-X @ b))
        b = b + np.linalg.solve((X * (p * (1 - p))[:, None]).T @ X, X.T @ (d - p))
    assert (found["low"], found["high"]) == pytest.approx((p.min(), p.max()), abs=1e-5)
    assert found["n_extreme"] == 0
    assert not found["separated"]


def test_extreme_propensities_are_counted(make_panel):
    panel = make_panel(units=150, seed=8)
    far = panel["unit"].isin(panel.loc[panel["cohort"].isna(), "unit"].unique()[:2])
    shifted = panel.assign(x=panel["x"] + panel["cohort"].notna() - 8 * far)
    design = make_design(shifted, "y", covariates=["x"])
    note = next(n for n in flags(design) if str(n).startswith("overlap"))
    assert str(int(overlap(design)["n_extreme"].sum())) in note.detail


def test_missing_covariates(panel):
    few = panel.assign(x=panel["x"].where(panel["unit"] != "u0001"))
    found = estimate(make_design(few, "y", covariates=["x"]), "imputation", WITH)
    assert "covariate_units" in codes(found.extra["notes"])
    assert found.n_units == 89
    bare = compare(make_design(panel, "y"), ["imputation", "synthetic_did"], WITH).set_index("method")
    assert bare.loc["imputation", "reason"] == "no_covariates"
    assert bare.loc["synthetic_did", "notes"] == "without_covariates"


def test_a_cohort_of_one_unit(panel):
    first = panel.loc[panel["cohort"] == 2021, "unit"].iloc[0]
    lonely = panel[(panel["cohort"] != 2021).fillna(True) | (panel["unit"] == first)]
    design = make_design(lonely, "y", min_cohort_units=1)
    assert "single_unit_cohort" in codes(flags(design))
    rows = compare(design).set_index("method")
    assert not rows["refused"].any()
    # The jackknife cannot leave out the only unit: no standard error rather than a wrong one.
    assert np.isnan(rows.loc["synthetic_did", ["se", "low", "p"]].astype(float)).all()
    assert "no_standard_error" in rows.loc["synthetic_did", "notes"]
    assert any(str(note).startswith("small_cohort") for note in flags(make_design(lonely, "y")))


def test_no_period_before_treatment(panel):
    with pytest.raises(DesignError, match="No treated unit has a period before treatment"):
        make_design(panel[(panel["period"] >= 2023)], "y")


def test_one_period_before_treatment(make_panel):
    panel = make_panel(units=60, cohorts={2019: 0.5}, seed=6)
    design = make_design(panel, "y")
    assert "one_pre_period" in codes(flags(design))
    rows = compare(design).set_index("method")
    assert list(rows.index[rows["refused"]]) == ["cs_anticipation_1"]
    assert rows.loc["cs_anticipation_1", "reason"] == "no_earlier_base"
    assert np.isnan(rows.loc["cs_anticipation_1", "value"])


def test_always_treated_units(panel):
    always = panel.assign(cohort=panel["cohort"].where(panel["unit"] != "u0000", 2018))
    assert "always_treated" in codes(flags(make_design(always, "y")))


def test_units_seen_only_under_treatment(panel):
    unit = panel.loc[panel["cohort"] == 2022, "unit"].iloc[0]
    design = make_design(panel[(panel["unit"] != unit) | (panel["period"] >= 2022)], "y")
    assert "unbalanced" in codes(flags(design))
    for method in ("imputation", "two_stage", "wooldridge"):
        assert estimate(design, method).n_units == 89
        assert "units_before" in codes(estimate(design, method).extra["notes"])


def test_unbalanced_cells(make_panel):
    panel = make_panel(units=90, missing=0.3, effect=0.2, seed=9)
    design = make_design(panel, "y")
    assert "unbalanced" in codes(flags(design))
    rows = compare(design).set_index("method")
    assert "balanced_only" in rows.loc["synthetic_did", "notes"]
    assert rows.loc["synthetic_did", "n_units"] < rows.loc["imputation", "n_units"]
    empty = panel[~((panel["cohort"] == 2022).fillna(False) & (panel["period"] == 2023))]
    assert "empty_cells" in codes(flags(make_design(empty, "y")))


def test_no_unit_in_every_period(panel):
    order = pd.factorize(panel["unit"])[0]
    design = make_design(panel[pd.factorize(panel["period"])[0] != order % 6], "y")
    rows = compare(design, ["synthetic_did", "chaisemartin_dhaultfoeuille", "imputation"]).set_index("method")
    assert list(rows["reason"]) == ["no_balanced_units", "no_balanced_units", ""]


def test_negative_weights_of_the_two_way_regression(make_panel):
    """Early and late cohorts and few never treated: the early cohort's last periods count negatively."""
    design = make_design(make_panel(units=100, cohorts={2019: 0.5, 2024: 0.45}, growth=0.5, seed=10), "y")
    weights = two_way_weights(design)
    assert weights.share_negative > 0
    assert weights.sum_negative == pytest.approx(
        weights.table.loc[weights.table["weight"] < 0, "weight"].sum(), abs=1e-9
    )
    note = next(n for n in flags(design) if str(n).startswith("negative_weights"))
    assert f"{weights.sum_negative:.3f}" in note.detail
    # All effects are at least 0, yet weights like these can push the coefficient below every one that is averaged.
    assert estimate(design, "twfe").value < estimate(design, "imputation").value


def test_zero_weights_of_the_two_way_regression():
    """Two cohorts and never treated, laid out so that one cell gets no weight."""
    rows = [(f"{g}{i}", t, g or None, float(i + t)) for g in (0, 2, 3) for i in range(2) for t in (1, 2, 3)]
    panel = pd.DataFrame(rows, columns=["unit", "period", "cohort", "y"])
    # d - unit mean - period mean + mean: cohort 2 in period 3 has 1 - 2/3 - 2/3 + 1/3 = 0
    weights = two_way_weights(make_design(panel, "y"))
    cell = weights.table.set_index(["cohort", "period"])["weight"]
    assert cell[2, 3] == pytest.approx(0, abs=1e-12)
    assert weights.share_zero == pytest.approx(1 / 3)
    assert "zero_weights" in codes(flags(make_design(panel, "y")))


def test_a_value_without_spread_has_no_interval(panel):
    """An outcome that only shifts by period: the effect is exactly zero and so is its error."""
    design = make_design(panel.assign(y=panel["period"] - 2018.0), "y")
    found = estimate(design, "imputation")
    assert found.value == pytest.approx(0, abs=1e-9)
    assert not found.se > 1e-9


def test_unknown_estimator(panel):
    with pytest.raises(DesignError, match="no estimator 'magic'"):
        estimate(make_design(panel, "y"), "magic")


def test_refusals_survive_a_process():
    error = RefusedError("No.", code="no_value", where="here", expected="that")
    again = pickle.loads(pickle.dumps(error))
    assert (again.code, str(again)) == ("no_value", str(error))


def test_every_warning_becomes_a_note(make_panel):
    """Nothing of the library is printed or raised, whatever the design."""
    design = make_design(make_panel(units=60, missing=0.2, seed=12), "y", covariates=["x", "b"])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        compare(design, METHODS, WITH)
        flags(design)


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("Trimmed 1 adoption event(s) that don't satisfy inclusion criteria", "cohorts_trimmed"),
        ("Fewer than 50% of l=1 switchers contribute at horizon(s) [3]", "thin_horizons"),
        ("Logistic regression did not converge in 25 iterations.", "no_convergence"),
        ("Dropped 3 of 9 observations: no eligible comparison group exists", "no_comparison"),
        ("Rank-deficient design matrix: dropping 3 of 30 columns", "collinear"),
        ("Propensity scores for 1 of 253 observations were outside [0.01, 0.99] and will be trimmed.", "overlap"),
        ("Something that nobody foresaw. More of it.", "library"),
    ],
)
def test_notes_of_warnings(message, code):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        warnings.warn(message, UserWarning, stacklevel=1)
        warnings.warn(message, UserWarning, stacklevel=1)
    assert codes(notes_of(caught)) == [code]
