"""The rules on simulated panels: what they say of known truths, and what must not change it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.methods.effects import (
    Robustness,
    Thresholds,
    gather,
    group_time,
    judge,
    make_design,
    pretrend,
)
from pipeline.methods.effects.inference import wild
from tests.methods.effects.evidence import GOOD


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
        assert verdict.code == "moderate"
        assert "baseline_unexplained" in verdict.codes

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
        increase; whole clusters are seen to take part, so that the interval counts six draws and is not."""
        panel = make_panel(units=300, cohorts={2022: 0.5}, noise=0.1)
        number = panel["unit"].str[1:].astype(int) % 6
        shock = np.array([0.30, 0.05, 0.20, -0.10, -0.15, 0.05])[number] * (panel["period"] >= 2022)
        y = np.random.default_rng(2).normal(0, 0.1, len(panel)) + shock
        panel = panel.assign(cluster=number, cohort=np.where(number < 2, 2022, np.nan), y=y)
        verdict = run(panel)
        sure = group_time.estimate(make_design(panel, "y"), draws=199, cluster="unit").overall
        assert sure.low > 0.05
        assert verdict.evidence.draws == 6
        assert verdict.evidence.low < 0 < verdict.evidence.wild_p - 0.10
        assert verdict.code == "none"


@pytest.fixture(scope="module")
def drifting(make_panel):
    return [make_panel(units=60, effect=effect, trend=trend, seed=seed) for seed, effect, trend in
            ((1, 0.0, 0.0), (2, 0.3, 0.0), (3, 0.0, 0.08), (4, -0.3, 0.0))]  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(scale=st.floats(1e-3, 1e3), shift=st.floats(-100, 100), which=st.integers(0, 3))
def test_rescaling_the_outcome_changes_no_verdict(drifting, scale, shift, which):
    """In per cent or as a share, in rupiah or in millions: same code, same reasons, same security."""
    panel = drifting[which]
    plain, other = (
        plain_verdict(panel, limits, scale=s, shift=h)
        for limits in (Thresholds(), Thresholds(smallest_effect=0.2, smallest_effect_unit="sd"))[
            which % 2 : which % 2 + 1
        ]
        for s, h in ((1.0, 0.0), (scale, shift))
    )
    assert (plain.code, plain.codes, plain.security) == (other.code, other.codes, other.security)


def plain_verdict(panel, limits, *, scale, shift):
    design = make_design(panel.assign(y=panel["y"] * scale + shift), "y")
    main = group_time.estimate(design, draws=199)
    return judge(gather(design, main, pretrend.assess(main)), limits)


def test_units_that_carry_no_estimate_do_not_count(make_panel):
    """Treated units first seen when under treatment have no change from before: they raise neither counts nor grade."""
    panel = make_panel(units=60, effect=0.3, cohorts={2022: 0.4})
    late = panel[panel["unit"].isin(panel.loc[panel["cohort"] == 2022, "unit"].unique()[:20])]
    panel = panel.drop(late.index[late["period"] < 2022])
    design = make_design(panel, "y")
    main = group_time.estimate(design, draws=199)
    assert design.n_treated == 24
    assert main.overall.n_treated == 4
    assert "few_treated" in judge(gather(design, main, pretrend.assess(main))).codes


def test_checks_that_are_not_simulated_decide_how_strong_a_claim_is_and_never_whether_it_is_made():
    """What docs/error-rates.md says of the simulated rates: claims are those of the main estimate and its earlier trends."""
    rng = np.random.default_rng(11)
    lifted, weakened = 0, 0
    for _ in range(3000):
        value, se = rng.normal(0, 0.15), rng.uniform(0.02, 0.1)
        draws = int(rng.integers(8, 120))
        plain = replace(
            GOOD, value=value, se=se, low=value - 2 * se, high=value + 2 * se, p=0.05, n_clusters=draws,
            n_treated=int(rng.integers(2, draws)), pretrend_p=float(rng.choice([0.001, 0.2, 0.6])),
            trend_bias=rng.normal(0, 0.05), largest_lead=rng.normal(0, 0.05), baseline_difference=rng.normal(0, 0.4),
            wild_p=None, adjusted_value=None, adjusted_low=None, adjusted_high=None,
        )  # fmt: skip
        shift = rng.normal(0, 0.05)
        checks = Robustness(
            placebo_dates=(float(rng.uniform()),), placebo_outcomes=(float(rng.uniform(0, 0.2)),), least=value - 0.1,
            most=value + 0.1, attrition_low=value - 0.05, attrition_high=value + 0.05, spillover_p=float(rng.uniform()),
        )  # fmt: skip
        adjusted = {"adjusted_value": value + shift, "adjusted_low": value + shift - 2 * se}
        checked = replace(
            plain,
            robustness=checks,
            wild_p=float(rng.uniform(0, 0.2)),
            **adjusted,
            adjusted_high=value + shift + 2 * se,
        )
        before, after = judge(plain), judge(checked)
        claims = {"strong": 1, "moderate": 1, "weak": 1, "decline": -1, "weak_decline": -1, "not_credible": 9}
        assert claims.get(before.code, 0) == claims.get(after.code, 0)
        firm = {"moderate", "strong", "decline"}
        assert not (after.code in firm and before.code not in firm)
        lifted += after.code == "strong" != before.code
        weakened += before.code in firm and after.code not in firm
    assert lifted > 0
    assert weakened > 0
