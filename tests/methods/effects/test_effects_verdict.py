"""Every branch of the rules, on evidence made by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from pipeline.errors import StudyError
from pipeline.methods.effects import (
    Robustness,
    Thresholds,
    gather,
    group_time,
    judge,
    make_design,
    pretrend,
    thresholds_from,
)
from tests.methods.effects.evidence import DOWN, GOOD, NULL


def test_strong():
    verdict = judge(GOOD)
    assert verdict.code == "strong"
    assert verdict.codes == ("interval_above_zero",)
    assert not verdict.underpowered


@pytest.mark.parametrize(
    ("change", "code", "reason"),
    [
        ({"pretrend_p": 0.01, "trend_bias": 0.01, "largest_lead": 0.03}, "weak", "pretrend_rejected"),
        ({"pretrend_p": None, "trend_bias": None, "detectable_bias": None}, "weak", "pretrend_untested"),
        ({"pretrend_p": float("nan")}, "weak", "pretrend_untested"),
        ({"detectable_bias": 0.21}, "moderate", "pretrend_uninformative"),
        ({"band_above": False}, "moderate", "band_includes_zero"),
        ({"wild_p": 0.101}, "weak", "wild_not_confirmed"),
        ({"wild_p": 0.06}, "moderate", "wild_borderline"),
        ({"wild_p": None, "n_clusters": 21}, "moderate", "few_clusters"),
        ({"n_clusters": 5}, "weak", "too_few_clusters"),
        ({"wild_p": None, "n_clusters": 5}, "weak", "too_few_clusters"),
        ({"n_treated": 19}, "moderate", "few_treated"),
        ({"baseline_difference": -0.3, "adjusted_value": None}, "moderate", "baseline_unadjusted"),
        ({"baseline_difference": -0.3, "adjusted_low": -0.01}, "weak", "baseline_disagrees"),
        ({"baseline_difference": -0.3, "baseline_remaining": -0.25}, "strong", "baseline_adjusted"),
        ({"baseline_difference": -0.3, "baseline_remaining": -0.26}, "moderate", "baseline_unexplained"),
        ({"baseline_difference": -0.3}, "moderate", "baseline_unexplained"),
        ({"n_compared": 19}, "moderate", "few_comparison"),
        ({"robustness": Robustness(asked=frozenset({"dates"}))}, "moderate", "not_examined"),
        ({"robustness": Robustness(placebo_dates=(0.5,), asked=frozenset({"dates"}))}, "strong", "interval_above_zero"),
        ({"adjusted_value": 0.09, "adjusted_low": 0.01, "adjusted_high": 0.17}, "moderate", "adjusted_disagrees"),
        ({"exposure": 7.0}, "weak", "trend_could_explain"),
        ({"exposure": 3.0, "mbar_low": -0.1, "mbar_high": 0.5, "mbar": 0.8}, "moderate", "breakdown_below_one"),
        ({"earlier_value": 0.02, "earlier_se": 0.03}, "weak", "earlier_base_unconfirmed"),
        ({"detrended_low": -0.01, "detrended_high": 0.3}, "moderate", "detrended_includes_zero"),
        ({"pooled": True, "df": 12.0}, "moderate", "pooled_variance"),
        ({"robustness": Robustness(placebo_dates=(0.02, 0.9))}, "weak", "placebo_date_moves"),
        ({"robustness": Robustness(placebo_dates=(0.03, 0.9))}, "strong", "interval_above_zero"),
        ({"robustness": Robustness(placebo_outcomes=(0.01,))}, "weak", "placebo_outcome_moves"),
        ({"robustness": Robustness(least=-0.01, most=0.3)}, "weak", "one_part_carries"),
        ({"robustness": Robustness(attrition_low=-0.02, attrition_high=0.3)}, "moderate", "attrition_could_explain"),
        ({"robustness": Robustness(spillover_p=0.01)}, "moderate", "spillover_seen"),
    ],
)
def test_caps(change, code, reason):
    verdict = judge(replace(GOOD, **change))
    assert verdict.code == code
    assert reason in verdict.codes
    assert len(verdict.codes) == (1 if reason == "interval_above_zero" else 2)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"exposure": 3.0}, "trend_could_explain"),  # survives half the smallest effect a period
        ({"earlier_value": 0.2, "earlier_se": 0.03}, "earlier_base_unconfirmed"),
        ({"robustness": Robustness(least=0.01, most=0.3, attrition_low=0.1, attrition_high=0.3)}, "one_part_carries"),
    ],
)
def test_what_is_survived_is_no_caution(change, reason):
    verdict = judge(replace(GOOD, **change))
    assert verdict.code == "strong"
    assert reason not in verdict.codes


def test_strong_evidence_of_a_small_effect():
    """Strength and size are apart: all of the interval lies below the smallest effect of interest."""
    small = replace(GOOD, value=0.04, se=0.001, low=0.038, high=0.042, adjusted_value=None, detectable_bias=0.01)
    verdict = judge(small, Thresholds(smallest_effect=0.05))
    assert (verdict.code, verdict.size) == ("strong", "small")
    assert "below_smallest_effect" in verdict.codes
    assert judge(GOOD).size == "material"
    assert judge(replace(small, high=0.06)).size == "unclear"


def test_security_and_what_limits_it():
    assert (judge(GOOD).security, judge(GOOD).limiting) == (5, None)
    for change, steps, reason in (
        ({"n_treated": 19}, 4, "few_treated"),
        ({"n_treated": 19, "band_above": False}, 3, "band_includes_zero"),
        ({"wild_p": 0.2, "n_treated": 19}, 2, "wild_not_confirmed"),
        ({"wild_p": 0.2, "n_clusters": 5}, 1, "too_few_clusters"),
        ({"pretrend_p": 0.001, "trend_bias": 0.2}, 0, "pretrend_diverges"),
        ({"treated_draws": 1}, 0, "one_treated"),
        ({"compared_draws": 1}, 0, "one_comparison"),
    ):
        verdict = judge(replace(GOOD, **change))
        assert verdict.security == steps
        assert verdict.limiting is not None
        assert verdict.limiting.code == reason


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"treated_draws": 1}, "one_treated"),
        ({"compared_draws": 1}, "one_comparison"),
        ({"df": 2.0}, "too_few_draws"),
    ],
)
def test_a_design_that_cannot_carry_inference_is_refused(change, reason):
    for evidence in (GOOD, DOWN, NULL):
        verdict = judge(replace(evidence, **change))
        assert (verdict.code, verdict.codes) == ("not_assessable", (reason,))


def test_a_null_is_held_back_by_what_fits_a_null():
    """Whether an effect survives is no question where none is claimed; where the data cannot tell nothing is said."""
    claims = {
        "exposure": 7.0, "mbar_low": -0.1, "mbar_high": 0.1, "detrended_low": -0.1, "detrended_high": 0.1,
        "detectable_bias": 0.3, "band_above": False, "wild_p": 0.9,
        "robustness": Robustness(least=-0.1, most=0.1, attrition_low=-0.1, attrition_high=0.1),
    }  # fmt: skip
    sure = judge(replace(NULL, **claims), Thresholds(smallest_effect=0.05))
    assert (sure.code, sure.underpowered, sure.security, sure.limiting) == ("none", False, 5, None)
    assert sure.codes == ("interval_includes_zero",)
    few = judge(replace(NULL, **claims, n_treated=19), Thresholds(smallest_effect=0.05))
    assert (few.security, few.limiting.code) == (4, "few_treated")
    unsure = judge(replace(NULL, **claims, n_treated=19), Thresholds(smallest_effect=0.02))
    assert (unsure.code, unsure.underpowered, unsure.security) == ("none", True, 0)
    assert unsure.limiting.code == "mde_exceeds_smallest_effect"
    assert not {"trend_could_explain", "breakdown_below_one", "wild_not_confirmed"} & set(unsure.codes)


def test_an_adjusted_null_agrees_with_a_null():
    near = replace(NULL, adjusted_value=0.005, adjusted_low=-0.015, adjusted_high=0.025)
    assert "adjusted_disagrees" not in judge(near, Thresholds(smallest_effect=0.05)).codes
    far = replace(NULL, adjusted_value=0.2, adjusted_low=0.1, adjusted_high=0.3)
    assert "adjusted_disagrees" in judge(far, Thresholds(smallest_effect=0.05)).codes


@pytest.mark.parametrize(("treated", "never"), [(30, 1), (1, 30)])
def test_one_unit_on_either_side_is_refused(treated, never):
    rng = np.random.default_rng(3)
    units = treated + never
    panel = pd.DataFrame({"unit": np.repeat(np.arange(units), 7), "period": np.tile(np.arange(2018, 2025), units)})
    panel["cohort"] = np.where(panel["unit"] < treated, 2022.0, np.nan)
    panel["y"] = rng.normal(0, 0.2, len(panel)) + 0.4 * (panel["period"] >= panel["cohort"])
    design = make_design(panel, "y", min_cohort_units=1)
    main = group_time.estimate(design, draws=199)
    assert (main.overall.extra["treated_draws"], main.overall.extra["compared_draws"]) == (treated, never)
    verdict = judge(gather(design, main, pretrend.assess(main)))
    assert verdict.code == "not_assessable"
    assert verdict.codes[0] == ("one_comparison" if never == 1 else "one_treated")


@pytest.mark.parametrize("control", ["never", "not_yet"])
def test_units_compared_with_are_counted(make_panel, control):
    design = make_design(make_panel(units=60), "y")
    main = group_time.estimate(design, draws=99, control=control)
    later = design.units["cohort"].gt(2021).sum() if control == "not_yet" else 0
    assert main.overall.extra["n_compared"] == design.units["cohort"].isna().sum() + later


def test_the_smallest_effect_does_not_depend_on_the_scale_where_all_start_at_zero(make_panel):
    """As adoption of a method does: without a spread at baseline that of units never treated over all periods stands in."""
    panel = make_panel(units=200, effect=0.3, noise=0.3)
    panel["y"] = (panel["y"] > 0.6).astype(float).where(panel["period"] > 2019, 0.0)
    spread = panel.loc[panel["cohort"].isna(), "y"].std(ddof=0)
    found = {}
    for scale in (1, 100, 0.01):
        design = make_design(panel.assign(y=panel["y"] * scale), "y")
        main = group_time.estimate(design, draws=199)
        found[scale] = judge(gather(design, main, pretrend.assess(main)))
        assert found[scale].smallest_effect == pytest.approx(0.1 * spread * scale)
        assert "smallest_effect_derived" in found[scale].codes
    assert found[1].codes == found[100].codes == found[0.01].codes
    assert found[1].code == found[100].code == found[0.01].code != "not_assessable"


def test_the_baseline_gap_is_lifted_by_covariates_that_explain_it_alone(make_panel):
    """Noise beside the gap explains nothing of it; what made it does."""
    panel = make_panel(units=430, effect=0.3, level=0.4)
    level = panel.groupby("unit")["y"].transform("first")
    rng = np.random.default_rng(1)
    noise = panel["unit"].map(dict(zip(panel["unit"].unique(), rng.normal(size=430), strict=True)))
    codes = {}
    for name, column in (("noise", noise), ("level", level + 0.01 * noise)):
        design = make_design(panel.assign(c=column), "y", covariates=["c"])
        main = group_time.estimate(design, draws=199)
        adjusted = group_time.estimate(design, covariates=True, draws=99)
        evidence = gather(design, main, pretrend.assess(main), adjusted=adjusted)
        codes[name] = set(judge(evidence).codes)
    assert "baseline_unexplained" in codes["noise"]
    assert "baseline_unexplained" not in codes["level"]


def test_sign_that_turns_with_the_base_is_no_claim():
    for evidence, sign in ((GOOD, 1), (DOWN, -1)):
        verdict = judge(replace(evidence, earlier_value=-0.01 * sign, earlier_se=0.05))
        assert verdict.code == "none"
        assert verdict.codes[0] == "earlier_base_disagrees"


def test_lowest_cap_counts_and_all_are_named():
    verdict = judge(replace(GOOD, wild_p=0.07, band_above=False, n_clusters=4))
    assert verdict.code == "weak"
    assert verdict.codes == ("interval_above_zero", "band_includes_zero", "too_few_clusters", "wild_borderline")


def test_clusters_enough_need_no_bootstrap():
    assert judge(replace(GOOD, wild_p=None, n_clusters=50)).code == "strong"


@pytest.mark.parametrize("change", [{"trend_bias": -0.11}, {"largest_lead": 0.10}])
def test_not_credible(change):
    verdict = judge(replace(GOOD, pretrend_p=0.03, **change))
    assert verdict.code == "not_credible"
    assert verdict.codes == ("pretrend_diverges",)


def test_departure_is_measured_against_the_smallest_effect_where_the_estimate_is_nil():
    diverging = replace(NULL, pretrend_p=0.01, largest_lead=0.03)
    assert judge(diverging).code == "not_credible"
    assert judge(replace(diverging, largest_lead=0.01, trend_bias=0.01)).code == "none"


@pytest.mark.parametrize("change", [{"trend_bias": -0.11}, {"largest_lead": 0.10}])
def test_an_effect_that_survives_the_departure_is_weak_not_incredible(change):
    survives = {"detrended_low": 0.05, "detrended_high": 0.4, "earlier_value": 0.2, "earlier_se": 0.03}
    verdict = judge(replace(GOOD, pretrend_p=0.001, **change, **survives))
    assert verdict.code == "weak"
    assert "pretrend_rejected" in verdict.codes


def test_material_departure_without_rejection_is_not_enough():
    assert judge(replace(GOOD, largest_lead=0.15)).code == "strong"


@pytest.mark.parametrize("change", [{"value": float("nan")}, {"low": float("nan")}, {"se": 0.0}])
def test_no_estimate(change):
    assert judge(replace(GOOD, **change)).codes == ("no_estimate",)


def test_decline():
    assert judge(DOWN).code == "decline"
    assert judge(DOWN).codes[0] == "interval_below_zero"


@pytest.mark.parametrize(
    "change", [{"wild_p": 0.4, "n_clusters": 8, "n_treated": 4}, {"pretrend_p": None}, {"n_clusters": 5}]
)
def test_harm_is_guarded_as_benefit_is(change):
    up = judge(replace(GOOD, adjusted_value=None, **change))
    down = judge(replace(DOWN, **change))
    assert (up.code, down.code) == ("weak", "weak_decline")
    assert up.codes[1:] == down.codes[1:]


def test_decline_needs_a_credible_design():
    assert judge(replace(DOWN, pretrend_p=0.001, trend_bias=-0.2)).code == "not_credible"


def test_an_interval_with_zero_is_no_claim_however_small_p_is():
    verdict = judge(replace(GOOD, low=-0.01, p=0.06))
    assert verdict.code == "none"
    assert verdict.underpowered


def test_precise_null_is_not_flagged():
    verdict = judge(NULL)
    assert verdict.code == "none"
    assert not verdict.underpowered
    assert verdict.mde == pytest.approx(0.028, abs=1e-4)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"se": 0.03, "low": -0.1, "high": 0.02, "value": -0.04}, "mde_exceeds_smallest_effect"),
        ({"value": 0.034, "se": 0.017, "low": -0.001, "high": 0.068}, "smallest_effect_not_ruled_out"),
    ],
)
def test_underpowered_null(change, reason):
    verdict = judge(replace(NULL, **change))
    assert verdict.code == "none"
    assert verdict.underpowered
    assert reason in verdict.codes


def test_lower_is_better():
    lower = replace(DOWN, direction=-1, adjusted_value=-0.19, adjusted_low=-0.25, adjusted_high=-0.13)
    assert judge(lower).code == "strong"
    assert judge(replace(GOOD, direction=-1, adjusted_value=None)).code == "decline"


def test_thresholds_of_a_study():
    strict = thresholds_from({"min_treated": 500.0, "wild_strong": 0.0005}, smallest_effect=0.3)
    verdict = judge(GOOD, strict)
    assert verdict.code == "moderate"
    assert {"few_treated", "wild_borderline", "below_smallest_effect"} <= set(verdict.codes)
    assert thresholds_from({}) == Thresholds()


@pytest.mark.parametrize("settings", [{"min_treted": 5}, {"pretrend_alpha": 2}, {"few_clusters": 3.5}])
def test_wrong_threshold_is_refused(settings):
    with pytest.raises(StudyError) as caught:
        thresholds_from(settings)
    assert f"verdict.{next(iter(settings))}" in str(caught.value)


def test_reason_in_words():
    text = str(judge(replace(GOOD, n_treated=7)).reasons[1])
    assert text == "few_treated(n=7)"
