"""Wild cluster bootstrap against refitting each sample, and its size under the null."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
import statsmodels.api as sm

from pipeline.errors import DesignError
from pipeline.methods.effects import make_design, twfe
from pipeline.methods.effects.inference import wild


@pytest.fixture
def small(make_panel):
    return make_design(make_panel(units=36, clusters=6, effect=0.15, missing=0.1, seed=3), "y")


def brute_force(design, b0: float) -> tuple[float, np.ndarray]:
    """Every Rademacher pattern, each sample built from the restricted fit and refitted on all dummies."""
    data = design.data
    units = [(data["unit"] == v).astype(float) for v in data["unit"].unique()]
    periods = [(data["period"] == v).astype(float) for v in sorted(data["period"].unique())[1:]]
    F = np.column_stack([*units, *periods])
    d = design.treated.to_numpy()
    y = data["y"].to_numpy()
    restricted = sm.OLS(y - b0 * d, F).fit()
    fitted, u = restricted.fittedvalues + b0 * d, restricted.resid
    codes = data["cluster"].astype("category").cat.codes.to_numpy()
    X = np.column_stack([d, F])
    inverse = np.linalg.pinv(X.T @ X)

    def t(sample: np.ndarray) -> float:
        fit = sm.OLS(sample, X).fit()
        scores = np.zeros((codes.max() + 1, X.shape[1]))
        np.add.at(scores, codes, X * fit.resid[:, None])
        variance = (inverse @ scores.T @ scores @ inverse)[0, 0]
        return float((fit.params[0] - b0) / math.sqrt(variance))

    patterns = itertools.product([-1.0, 1.0], repeat=codes.max() + 1)
    return t(y), np.array([t(fitted + np.array(v)[codes] * u) for v in patterns])


@pytest.mark.parametrize("b0", [0.0, 0.1])
def test_equals_refitting(small, b0):
    sums = wild.cluster_sums(small.data, "cluster")
    v, enumerated = wild.draw_weights(6, 9999, "rademacher", np.random.default_rng(0))
    assert enumerated
    t, star = wild.t_statistics(sums, v, b0)
    expected_t, expected_star = brute_force(small, b0)
    scale = math.sqrt(sums.factor)  # the refit carries no small-sample factor
    assert t * scale == pytest.approx(expected_t, rel=1e-7)
    np.testing.assert_allclose(star * scale, expected_star, rtol=1e-6, atol=1e-9)
    share = np.mean(np.abs(expected_star) >= abs(expected_t) * (1 - 1e-9))
    assert wild.p_value(sums, v, b0, enumerated) == pytest.approx(share, abs=1e-12)


def test_same_estimate_as_two_way(small):
    ours = wild.wild_cluster_bootstrap(small, draws=199)
    two_way = twfe.overall(small, cluster="cluster")
    assert ours.value == pytest.approx(two_way.value, abs=1e-12)
    assert ours.se == pytest.approx(two_way.se, rel=1e-9)


@pytest.mark.parametrize("weights", ["webb", "rademacher"])
def test_interval_inverts_the_test(make_panel, weights):
    design = make_design(make_panel(units=80, clusters=12, effect=0.1), "y")
    result = wild.wild_cluster_bootstrap(design, draws=999, weights=weights, seed=5)
    sums = wild.cluster_sums(design.data, "cluster")
    v, enumerated = wild.draw_weights(12, 999, weights, np.random.default_rng(5))
    step = 0.001 * sums.se
    for bound, out in ((result.low, -step), (result.high, step)):
        assert wild.p_value(sums, v, bound, enumerated) > 0.05
        assert wild.p_value(sums, v, bound + out, enumerated) <= 0.05
    assert result.low < result.value < result.high
    assert (result.p <= 0.05) == (result.low > 0 or result.high < 0)


def test_seed_fixes_the_result(small):
    a, b = (wild.wild_cluster_bootstrap(small, draws=499, seed=9) for _ in range(2))
    assert a == b
    assert a.p != wild.wild_cluster_bootstrap(small, draws=499, seed=10).p


def test_weights_have_mean_zero_and_variance_one():
    v, enumerated = wild.draw_weights(40, 5000, "webb", np.random.default_rng(1))
    assert not enumerated
    assert len(np.unique(v)) == 6
    assert abs(v.mean()) < 0.01
    assert v.var() == pytest.approx(1, abs=0.01)


def test_too_few_patterns_leave_the_interval_open(make_panel):
    """With 3 clusters there are 8 sign patterns: no p value can fall below 0.25."""
    design = make_design(make_panel(units=30, clusters=3), "y")
    result = wild.wild_cluster_bootstrap(design, weights="rademacher")
    assert result.p >= 0.25
    assert math.isinf(result.low)
    assert math.isinf(result.high)


def test_one_cluster(make_panel):
    design = make_design(make_panel(units=30), "y")
    with pytest.raises(DesignError, match="one cluster"):
        wild.cluster_sums(design.data.assign(cluster="a"), "cluster")


def test_size_under_the_null(make_panel):
    """Treatment by whole clusters, common shocks within them, ten clusters: rejects near 5 %, the t test does not."""
    rng = np.random.default_rng(4)
    periods = (2018, 2019, 2021, 2022)
    panel = make_panel(units=60, clusters=10, periods=periods, cohorts={2021: 0.5}, noise=0.3)
    number = panel["unit"].str[1:].astype(int) % 10
    panel = panel.assign(cluster=number, cohort=np.where(number < 3, 2021, np.nan))
    runs, wild_rejects, naive_rejects = 240, 0, 0
    for _ in range(runs):
        shock = rng.normal(0, 0.5, (10, len(periods))).cumsum(axis=1)
        at = panel["period"].map({p: i for i, p in enumerate(periods)})
        design = make_design(panel.assign(y=shock[number, at] + rng.normal(0, 0.3, len(panel))), "y")
        sums = wild.cluster_sums(design.data, "cluster")
        v, enumerated = wild.draw_weights(10, 399, "webb", rng)
        wild_rejects += wild.p_value(sums, v, 0.0, enumerated) <= 0.05
        naive_rejects += abs(sums.beta / sums.se) > 1.96
    assert 0.01 <= wild_rejects / runs <= 0.09
    assert naive_rejects / runs > 0.09
