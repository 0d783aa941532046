"""Every branch of the rules, on evidence made by hand and on simulated panels."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pipeline.errors import StudyError
from pipeline.methods.effects import (
    Evidence,
    Thresholds,
    gather,
    group_time,
    judge,
    make_design,
    pretrend,
    thresholds_from,
    wild,
)
from pipeline.methods.effects.verdict import minimum_detectable_effect

GOOD = Evidence(
    value=0.20,
    se=0.03,
    low=0.14,
    high=0.26,
    p=1e-6,
    n_treated=200,
    n_clusters=430,
    band_above=True,
    band_below=False,
    pretrend_p=0.5,
    trend_bias=0.01,
    largest_lead=0.02,
    detectable_bias=0.10,
    baseline_difference=-0.04,
    adjusted_value=0.19,
    adjusted_low=0.13,
    adjusted_high=0.25,
    wild_p=0.001,
)
NULL = replace(GOOD, value=0.0, low=-0.02, high=0.02, se=0.01, p=1.0, adjusted_value=None)


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
        ({"baseline_difference": -0.3}, "strong", "baseline_adjusted"),
        ({"adjusted_value": 0.09, "adjusted_low": 0.01, "adjusted_high": 0.17}, "moderate", "adjusted_disagrees"),
        (
            {"value": 0.04, "low": 0.01, "high": 0.07, "adjusted_value": None, "detectable_bias": 0.01},
            "weak",
            "below_smallest_effect",
        ),
    ],
)
def test_caps(change, code, reason):
    verdict = judge(replace(GOOD, **change))
    assert verdict.code == code
    assert reason in verdict.codes
    assert len(verdict.codes) == 2


def test_lowest_cap_counts_and_all_are_named():
    verdict = judge(replace(GOOD, wild_p=0.07, band_above=False, n_clusters=4))
    assert verdict.code == "weak"
    assert verdict.codes == ("interval_above_zero", "band_includes_zero", "too_few_clusters", "wild_borderline")


def test_clusters_enough_need_no_bootstrap():
    assert judge(replace(GOOD, wild_p=None, n_clusters=50)).code == "strong"


@pytest.mark.parametrize("change", [{"trend_bias": -0.11}, {"largest_lead": 0.10}])
def test_not_credible(change):
    verdict = judge(replace(GOOD, pretrend_p=0.04, **change))
    assert verdict.code == "not_credible"
    assert verdict.codes == ("pretrend_diverges",)


def test_departure_is_measured_against_the_smallest_effect_where_the_estimate_is_nil():
    diverging = replace(NULL, pretrend_p=0.01, largest_lead=0.03)
    assert judge(diverging).code == "not_credible"
    assert judge(replace(diverging, largest_lead=0.01, trend_bias=0.01)).code == "none"


def test_material_departure_without_rejection_is_not_enough():
    assert judge(replace(GOOD, largest_lead=0.15)).code == "strong"


@pytest.mark.parametrize("change", [{"value": float("nan")}, {"low": float("nan")}, {"se": 0.0}])
def test_no_estimate(change):
    assert judge(replace(GOOD, **change)).codes == ("no_estimate",)


DOWN = replace(GOOD, value=-0.2, low=-0.26, high=-0.14, band_above=False, band_below=True, adjusted_value=None)


def test_decline():
    assert judge(DOWN).code == "decline"
    assert judge(DOWN).codes[0] == "interval_below_zero"


def test_decline_is_not_softened_but_its_weakness_is_named():
    verdict = judge(replace(DOWN, wild_p=0.3, pretrend_p=None))
    assert verdict.code == "decline"
    assert {"wild_not_confirmed", "pretrend_untested"} <= set(verdict.codes)


def test_decline_needs_a_credible_design():
    assert judge(replace(DOWN, pretrend_p=0.001, trend_bias=-0.2)).code == "not_credible"


def test_suggestive():
    verdict = judge(replace(GOOD, low=-0.01, p=0.06))
    assert verdict.code == "weak"
    assert verdict.codes[0] == "suggestive"


def test_suggestive_of_less_than_the_smallest_effect_is_none():
    verdict = judge(replace(GOOD, value=0.03, se=0.016, low=-0.001, high=0.061, p=0.06))
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
    assert verdict.code == "weak"
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


def test_minimum_detectable_effect():
    assert minimum_detectable_effect(1.0) == pytest.approx(2.8016, abs=1e-4)


def run(panel, **options):
    design = make_design(panel, "y", covariates=["x", "b"])
    main = group_time.estimate(design, draws=499)
    adjusted = group_time.estimate(design, covariates=True, draws=199)
    boot = wild.wild_cluster_bootstrap(design, draws=999)
    evidence = gather(design, main, pretrend.assess(main), adjusted=adjusted, wild=boot, **options)
    return judge(evidence)


class TestSimulated:
    def test_large_effect_with_weaker_units_first(self, make_panel):
        verdict = run(make_panel(units=430, effect=0.3, growth=0.05, level=0.4))
        assert verdict.code == "strong"
        assert "baseline_adjusted" in verdict.codes

    def test_no_effect_many_units(self, make_panel):
        verdict = run(make_panel(units=1500, noise=0.1, seed=11))
        assert verdict.code == "none"
        assert not verdict.underpowered

    def test_no_effect_few_units(self, make_panel):
        verdict = run(make_panel(units=60, noise=0.4, seed=5))
        assert verdict.code == "none"
        assert verdict.underpowered

    def test_harm(self, make_panel):
        assert run(make_panel(units=430, effect=-0.2)).code == "decline"

    def test_diverging_trends(self, make_panel):
        assert run(make_panel(units=430, trend=0.08)).code == "not_credible"

    def test_few_clusters_with_common_shocks(self, make_panel):
        """Two of six clusters treated, each cluster hit by a shock of its own: the unit-level interval is sure of an
        increase, the wild bootstrap over clusters is not."""
        panel = make_panel(units=300, cohorts={2022: 0.5}, noise=0.1)
        number = panel["unit"].str[1:].astype(int) % 6
        shock = np.array([0.30, 0.05, 0.20, -0.10, -0.15, 0.05])[number] * (panel["period"] >= 2022)
        y = np.random.default_rng(2).normal(0, 0.1, len(panel)) + shock
        panel = panel.assign(cluster=number, cohort=np.where(number < 2, 2022, np.nan), y=y)
        verdict = run(panel)
        assert verdict.evidence.low > 0.05
        assert verdict.evidence.wild_p > 0.10
        assert verdict.code == "weak"
        assert "wild_not_confirmed" in verdict.codes


@pytest.mark.slow
def test_how_often_nothing_is_called_something(make_panel):
    """300 panels without effect: an increase or a decline is claimed in about one of twenty each, strongly in fewer."""
    codes = [run(make_panel(units=120, noise=0.3, level=0.3, seed=1000 + seed)).code for seed in range(300)]
    share = {code: codes.count(code) / 300 for code in set(codes)}
    assert share.get("strong", 0) + share.get("moderate", 0) <= 0.04
    assert share.get("weak", 0) <= 0.08
    assert share.get("decline", 0) <= 0.05
    assert share.get("not_credible", 0) <= 0.08
    assert share["none"] >= 0.8
