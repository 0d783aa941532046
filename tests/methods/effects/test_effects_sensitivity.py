"""Sensitivity: bounds by hand, intervals that hold their promise, and parts and placebos that are what they say."""

from __future__ import annotations

import importlib.util

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from pipeline.errors import DesignError
from pipeline.methods.effects import group_time, make_design
from pipeline.methods.effects.diagnostics import pretrend
from pipeline.methods.effects.library import diff_diff, folded_quantile
from pipeline.methods.effects.sensitivity import (
    bias_after_passing,
    breakdown,
    leave_out,
    placebo_dates,
    placebo_outcomes,
    relative_magnitudes,
    smoothness,
    spillover,
    targets,
)
from pipeline.methods.effects.sensitivity.honest import Target
from pipeline.methods.effects.sensitivity.stability import delta_for, from_arrays, stability


@pytest.mark.parametrize("alpha", [0.1, 0.05, 0.01])
def test_the_folded_quantile_is_the_package_s_to_the_bit_and_what_it_says(alpha: float) -> None:
    spec = importlib.util.find_spec("diff_diff.honest_did")
    assert spec is not None
    assert spec.loader is not None
    untouched = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(untouched)
    for t in [*np.linspace(-3, 40, 300), 1e3]:
        found = folded_quantile(t, alpha)
        assert found == untouched._cv_alpha(t, alpha)
        assert stats.norm.cdf(found - abs(t)) - stats.norm.cdf(-found - abs(t)) == pytest.approx(1 - alpha, abs=1e-12)
    used = diff_diff().honest_did._cv_alpha
    assert used(0.7, alpha) == untouched._cv_alpha(0.7, alpha)
    assert used(0.7, alpha, 9.0) == untouched._cv_alpha(0.7, alpha, 9.0) > used(0.7, alpha), "with degrees of freedom"


def _target(leads, effects, se=1e-9, level=0.95) -> Target:
    cov = np.eye(len(leads) + len(effects)) * se**2
    weights = np.ones(len(effects)) / len(effects)
    return Target("average", np.array(leads), np.array(effects), weights, cov, level)


def test_identified_set_by_hand() -> None:
    """Largest change 0.1 before; the second effect lies two periods from the base, so drift adds up: reach 1.5."""
    low, high = relative_magnitudes(_target([0.05, -0.1], [1.0, 2.0]), 2.0)
    assert (low, high) == (pytest.approx(1.5 - 2 * 1.5 * 0.1, abs=1e-6), pytest.approx(1.5 + 2 * 1.5 * 0.1, abs=1e-6))


def test_without_violation_it_is_the_usual_interval() -> None:
    target = _target([0.05, -0.1], [1.0, 2.0], se=0.2)
    half = stats.norm.ppf(0.975) * 0.2 / np.sqrt(2)
    for found in (relative_magnitudes(target, 0.0),):
        assert found == (pytest.approx(1.5 - half), pytest.approx(1.5 + half))


def test_breakdown_is_where_the_interval_meets_zero() -> None:
    target = _target([0.05, -0.1], [1.0, 2.0], se=0.1)
    found = breakdown(target, relative_magnitudes, 20.0)
    assert relative_magnitudes(target, found + 0.05)[0] < 0 < relative_magnitudes(target, found - 0.05)[0]
    assert breakdown(_target([0.1], [0.01], se=0.1), relative_magnitudes, 5.0) == 0.0
    assert breakdown(target, relative_magnitudes, 0.1) is None


def test_smoothness_allows_a_straight_trend() -> None:
    """With M = 0 a linear difference in trend is allowed: the interval lies around the effect without that trend."""
    slope = 0.1
    effects = [1.0 + slope, 1.0 + 2 * slope]
    low, high = smoothness(_target([slope, slope, slope], effects, se=0.01), 0.0)
    assert low < 1.0 < high
    assert high - low < 0.2
    wider = smoothness(_target([slope, slope, slope], effects, se=0.01), 0.05)
    assert wider[0] < low
    assert wider[1] > high


def test_intervals_cover_the_effect_under_the_violation_they_allow(make_panel) -> None:
    """Treated units drift steadily; Mbar = 1 allows what was seen before, and the effect is 0.2."""
    inside = plain = 0
    for seed in range(40):
        panel = make_panel(units=120, effect=0.2, trend=0.04, noise=0.1, periods=tuple(range(2018, 2025)), seed=seed)
        target = targets(group_time.estimate(make_design(panel, "y"), draws=199))[0]
        low, high = relative_magnitudes(target, 1.0)
        inside += low <= 0.2 <= high
        usual = relative_magnitudes(target, 0.0)
        plain += usual[0] <= 0.2 <= usual[1]
    assert inside >= 38
    assert plain < 10


def test_no_change_before_the_start_is_said(make_panel) -> None:
    panel = make_panel(periods=(2020, 2021), cohorts={2021: 0.5})
    with pytest.raises(DesignError, match="before the start"):
        targets(group_time.estimate(make_design(panel, "y"), draws=199))


def test_bias_after_passing(make_panel) -> None:
    """The share that passes is one minus the power, and passing does not take the bias away."""
    result = group_time.estimate(make_design(make_panel(units=150), "y"), draws=199)
    found = bias_after_passing(result, 0.05, seed=1)
    assert found["pass_share"].to_numpy() == pytest.approx(1 - found["power"].to_numpy(), abs=0.015)
    assert (found["bias_passed"] > 0.5 * found["bias"]).all()


@pytest.mark.parametrize("alpha", [0.05, 0.02])
@pytest.mark.parametrize("units", [18, 150])
def test_the_pre_test_is_that_of_the_trends_also_with_few_units_and_a_year_without_measurement(
    make_panel, units, alpha
) -> None:
    """One trend and one test: what the table of trends detects with probability 0.8 is what is let through with 0.2."""
    result = group_time.estimate(
        make_design(make_panel(units=units, periods=(2017, 2018, 2020, 2021, 2022)), "y"), draws=199
    )
    trends = pretrend.assess(result, power=0.8, alpha=alpha)
    found = bias_after_passing(result, trends.alpha, powers=(trends.power,), seed=1).iloc[0]
    assert (result.event.df < 30) == (units < 100)
    assert found["slope"] == pytest.approx(trends.detectable_slope, rel=1e-9)
    assert found["bias"] == pytest.approx(trends.detectable_bias, rel=1e-6)
    assert found["pass_share"] == pytest.approx(0.2, abs=0.015)


def test_each_part_is_left_out_once(make_panel) -> None:
    panel = make_panel(units=90, clusters=6, effect=0.2)
    found = leave_out(make_design(panel, "y"))
    assert found["kind"].value_counts().to_dict() == {"cluster": 6, "period": 6, "cohort": 3}
    one = found.query("kind == 'cluster' and left_out == 'c00'")["value"].item()
    direct = group_time.estimate(make_design(panel[panel["cluster"] != "c00"], "y"), draws=199).overall.value
    assert one == pytest.approx(direct, abs=1e-12)


def test_placebo_dates_use_nothing_from_after_the_start(make_panel) -> None:
    panel = make_panel(effect=5.0, growth=2.0)
    found = placebo_dates(make_design(panel, "y"))
    assert set(found["name"]) == {"1", "2"}
    assert (found["value"].abs() < 0.2).all()
    drifting = placebo_dates(make_design(make_panel(trend=0.3), "y"))
    assert (drifting["p"] < 0.05).all()


def test_placebo_outcomes_that_vary(make_panel) -> None:
    panel = make_panel(effect=1.0)
    panel["moves"] = panel["y"]
    found = placebo_outcomes(panel, ["moves", "x", "absent"])
    assert found["name"].tolist() == ["moves"]


def test_spillover_is_found_where_it_is(make_panel) -> None:
    panel = make_panel(units=400, clusters=10, noise=0.05)
    share = panel.drop_duplicates("unit").groupby("cluster")["cohort"].agg(lambda c: c.notna().mean())
    plain = spillover(make_design(panel, "y"), panel)
    assert plain.set_index("name").loc["exposed", "p"] > 0.001
    after = (panel["period"] >= 2021) & panel["cohort"].isna()
    panel.loc[after, "y"] += 3.0 * panel.loc[after, "cluster"].map(share)
    found = spillover(make_design(panel, "y"), panel).set_index("name")
    assert found.loc["exposed", "value"] > 0
    assert found.loc["exposed", "p"] < 0.001
    alone = panel.drop(columns="cluster")
    assert spillover(make_design(alone, "y"), alone).empty


def _with_few(panel: pd.DataFrame) -> pd.DataFrame:
    """A panel with two units of a cohort of 2019 and one of 2024 more, whose outcomes are out of all bounds."""
    names = panel.loc[panel["cohort"].isna(), "unit"].unique()[:3]
    more = panel[panel["unit"].isin(names)].copy()
    more["cohort"] = more["unit"].map(dict(zip(names, (2019, 2019, 2024), strict=True))).astype("Int64")
    more["unit"], more["y"] = "few" + more["unit"], 50 * more["y"] ** 2 * more["period"].rank()
    return pd.concat([panel, more], ignore_index=True)


def test_a_cohort_left_out_of_the_effect_stays_out_of_every_part_and_placebo(make_panel) -> None:
    """Neither the fewest units of another rule nor a period left out, which moves cohorts, brings its units in."""
    panel = make_panel(units=90, clusters=6, effect=0.2)
    plain, few = make_design(panel, "y", min_cohort_units=3), make_design(_with_few(panel), "y", min_cohort_units=3)
    assert few.n_units == plain.n_units
    pd.testing.assert_frame_equal(leave_out(few), leave_out(plain))
    pd.testing.assert_frame_equal(placebo_dates(few), placebo_dates(plain))
    assert (placebo_dates(plain, (1,))["n_units"] == group_time.estimate(plain, draws=2).overall.n_units).all()


def test_what_a_part_left_out_makes_small_stays_in(make_panel) -> None:
    """Without one cluster a cohort has fewer units than the design asks for; they carry the effect all the same."""
    panel = make_panel(units=60, clusters=3, cohorts={2021: 0.1, 2022: 0.3})
    design = make_design(panel, "y", min_cohort_units=6)
    found = leave_out(design).query("kind == 'cluster'").set_index("left_out")["value"]
    rests = {c: make_design(panel[panel["cluster"] != c], "y", min_cohort_units=1) for c in found.index}
    assert min(rest.units["cohort"].value_counts().min() for rest in rests.values()) < 6
    for name, rest in rests.items():
        assert found[name] == pytest.approx(group_time.estimate(rest, draws=2).overall.value, abs=1e-12)


def test_where_all_are_treated_in_the_end_the_parts_are_compared_as_the_effect_is(make_panel) -> None:
    panel = make_panel(units=90, cohorts={2021: 0.3, 2022: 0.3, 2024: 0.4})
    design = make_design(panel, "y")
    found = leave_out(design)
    assert set(found.loc[found["kind"] == "cohort", "left_out"]) == {"2021", "2022"}, "the last one is the comparison"
    assert "2024" not in set(found.loc[found["kind"] == "period", "left_out"]), "nor do periods since its start enter"
    one = found.query("kind == 'cohort' and left_out == '2022'")["value"].item()
    rest = design.keep(design.data["cohort"] != 2022)
    assert one == pytest.approx(group_time.estimate(rest, draws=2).overall.value, abs=1e-12)


def test_neighbours_that_the_effect_leaves_out_are_neighbours_still(make_panel) -> None:
    """Exposure counts units that were treated from the first period on; the units compared are the design's."""
    panel = make_panel(units=120, clusters=6)
    least = panel.groupby("cluster")["cohort"].agg(lambda c: c.notna().mean()).idxmin()
    always = panel[panel["unit"].isin(panel["unit"].unique()[:40])].assign(cluster=least, cohort=2018)
    crowd = pd.concat([panel, always.assign(unit="old" + always["unit"])], ignore_index=True)
    design = make_design(crowd, "y")
    assert design.n_units == 120
    found, whole = (spillover(design, neighbours).set_index("name") for neighbours in (crowd, panel))
    assert found.loc["exposed", "n_units"] == whole.loc["exposed", "n_units"] == 120 - design.n_treated
    assert found.loc["exposed", "value"] != whole.loc["exposed", "value"]


def test_delta_is_one_where_selection_is_equal() -> None:
    """One observed and one unobserved determinant that bear alike on treatment: with the true R² the effect that makes
    selection equal is the true one."""
    rng = np.random.default_rng(4)
    n = 400_000
    w1, w2 = rng.normal(size=n), rng.normal(size=n)
    x = 0.5 * w1 + 0.5 * w2 + rng.normal(size=n)
    y = 0.7 * x + w1 + w2 + rng.normal(size=n)
    r2 = 1 - 1 / np.var(y)
    found = from_arrays(y, x, w1[:, None], r2)
    residual = np.var(x) - 0.25
    at_truth = delta_for(
        0.7, found.short, found.r2_short, found.long, found.r2_long, r2, np.var(y), np.var(x), residual
    )
    assert at_truth == pytest.approx(1.0, abs=0.03)
    assert found.short > found.long > 0.7


def test_a_control_that_does_not_vary_changes_nothing() -> None:
    """It is the constant once more; taken for it, another column's coefficient would be read as the effect."""
    rng = np.random.default_rng(5)
    x, w = rng.integers(0, 2, 300).astype(float), rng.normal(size=300)
    y = 0.4 * x + 0.1 * w + rng.normal(size=300)
    alone, beside = from_arrays(y, x, w[:, None]), from_arrays(y, x, np.column_stack([w, np.ones(300)]))
    assert beside == alone
    assert alone.long == pytest.approx(0.4, abs=0.2)


def test_stability_of_a_design(make_panel) -> None:
    design = make_design(make_panel(units=200, effect=0.5), "y", covariates=["x", "b"])
    found = stability(design)
    assert found.long == pytest.approx(0.5, abs=0.15)
    assert found.r2_short < found.r2_long < found.r2_max <= 1
    with pytest.raises(DesignError, match="covariate"):
        stability(make_design(make_panel(), "y"))
    panel = make_panel(units=200, effect=0.5)
    gone = panel["unit"] == panel["unit"].iloc[0]
    holes = panel.assign(b=1.0 - gone.astype(float))[~gone | (panel["period"] < panel["period"].max())]
    found = stability(make_design(holes, "y", covariates=["x", "b"]))  # b differs in a unit without a last value alone
    assert found.same == ("b",)
    assert found.long == pytest.approx(stability(make_design(holes, "y", covariates=["x"])).long)
    with pytest.raises(DesignError, match="no covariate that varies"):
        stability(make_design(make_panel().assign(x=1.0), "y", covariates=["x"]))
