"""Effects by dose and arm: hand computations, known dose responses, an independent regression."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from pipeline.errors import DesignError
from pipeline.methods.effects import group_time, make_design
from pipeline.methods.effects.heterogeneity import arms, dose

PERIODS = (2018, 2019, 2020, 2021)


def schools(
    per: float = 0.0, noise: float = 0.1, drift: float = 0.0, cohorts: tuple[int, ...] = (2020, 2021), n: int = 240
) -> tuple[pd.DataFrame, pd.Series]:
    """Effect `per` hour of dose from the start on; `drift` a year and hour before and after it (a selection into dose)."""
    rng = np.random.default_rng(7)
    first = np.array([0, *cohorts])[np.arange(n) % (len(cohorts) + 1)]
    hours = np.where(first > 0, rng.uniform(10, 40, n), 0.0)
    rows = []
    for i in range(n):
        level = rng.normal()
        for p in PERIODS:
            y = level + 0.1 * (p - 2018) + rng.normal(0, noise) + drift * hours[i] * (p - 2018)
            rows.append((f"u{i:03d}", p, first[i] or None, f"k{i % 12}", y + per * hours[i] * (0 < first[i] <= p)))
    frame = pd.DataFrame(rows, columns=["unit", "period", "cohort", "cluster", "y"])
    units = [f"u{i:03d}" for i in range(n)]
    return frame.assign(cohort=frame["cohort"].astype("Int64")), pd.Series(hours, units)[first > 0]


def test_terciles_are_formed_within_cohorts():
    hours = pd.Series([1.0, 2, 3, 10, 20, 30, np.nan], list("abcdefg"))
    cohort = pd.Series([2020.0] * 3 + [2021.0] * 4, list("abcdefg"))
    assert dose.terciles(hours, cohort).tolist()[:6] == ["low", "middle", "high"] * 2
    assert pd.isna(dose.terciles(hours, cohort)["g"])


def test_bins_in_two_periods_by_hand():
    panel, hours = schools(per=0.02, cohorts=(2019,))
    panel = panel[panel["period"] <= 2019]
    found = dose.binned(make_design(panel, "y"), hours)
    wide = panel.pivot(index="unit", columns="period", values="y")
    change = wide[2019] - wide[2018]
    never = change[~change.index.isin(hours.index)]
    thirds = pd.qcut(hours, 3, labels=list(dose.BINS))
    for k, name in enumerate(dose.BINS):
        own = change[thirds.index[thirds == name]]
        assert found.table["value"][k] == pytest.approx(own.mean() - never.mean(), abs=1e-12)
        expected = own.var(ddof=0) / len(own) + never.var(ddof=0) / len(never)
        assert found.cov[k, k] == pytest.approx(expected, rel=0.02)
    assert found.cov[0, 1] == pytest.approx(never.var(ddof=0) / len(never), rel=0.02)  # the same comparison


def test_bins_of_equal_size_average_to_the_whole_effect():
    panel, hours = schools(per=0.02, n=270)  # thirty of each cohort in each third
    design = make_design(panel, "y")
    found = dose.binned(design, hours)
    assert found.kept == 1.0
    assert found.table["n_units"].tolist() == [60, 60, 60]
    whole = group_time.estimate(design, draws=199).overall
    assert found.table["value"].mean() == pytest.approx(whole.value, abs=1e-10)


def test_a_known_dose_response_is_found_both_ways():
    panel, hours = schools(per=0.02)
    design = make_design(panel, "y")
    found = dose.binned(design, hours)
    means = hours.groupby(dose.terciles(hours, design.units["g"].reindex(hours.index))).mean()
    for row in found.table.itertuples():
        assert row.value == pytest.approx(0.02 * means[row.group], abs=4 * row.se)
    assert found.equality.p < 1e-6
    assert found.before.p > 0.05
    curve = dose.continuous(design, hours)
    assert curve.slope.value == pytest.approx(0.02, abs=4 * curve.slope.se)
    assert curve.slope.low > 0.01
    assert (curve.curve["value"] - 0.02 * curve.curve["dose"]).abs().max() < 0.1


def test_no_dose_response_is_not_invented():
    panel, hours = schools()
    design = make_design(panel, "y")
    assert dose.binned(design, hours).equality.p > 0.05
    assert dose.continuous(design, hours).slope.p > 0.05


def test_selection_into_dose_shows_before_the_start():
    panel, hours = schools(drift=0.01)
    assert dose.binned(make_design(panel, "y"), hours).before.p < 1e-6


def test_what_differs_before_the_start_biases_the_effect_of_each_dose_and_not_their_comparison_alone():
    panel, hours = schools(drift=0.01)  # no effect of any dose on anybody
    table = dose.binned(make_design(panel, "y"), hours).table
    assert (table["low"] > 0).all()


def test_gains_that_chose_the_dose_bend_the_slope_and_nothing_before_the_start_tells():
    """Parallel trends hold at every dose and strong ones do not: what units gain by an hour goes with their hours."""
    panel, hours = schools(noise=0.05)
    own = panel["unit"].map(hours).fillna(0.0)
    chosen = panel.assign(
        y=panel["y"] + 0.001 * own**2 * (panel["period"] >= panel["cohort"]).fillna(False).astype(float)
    )
    design = make_design(chosen, "y")
    assert dose.binned(design, hours).before.p > 0.05
    curve = dose.continuous(design, hours).curve
    true = 0.001 * curve["dose"] ** 2
    assert ((curve["low"] < true) & (true < curve["high"])).mean() > 0.8  # ATT(d|d) is found
    gain = 0.001 * curve["dose"]  # of one more hour to a unit of that dose
    assert (curve["acrt_low"].iloc[5:20] > gain.iloc[5:20]).all()  # the slope holds selection as well


def test_slope_is_the_regression_slope_in_two_periods():
    panel, hours = schools(per=0.02, cohorts=(2019,))
    panel = panel[panel["period"] <= 2019]
    curve = dose.continuous(make_design(panel, "y"), hours)
    wide = panel.pivot(index="unit", columns="period", values="y").loc[hours.index]
    fit = sm.OLS((wide[2019] - wide[2018]).to_numpy(), sm.add_constant(hours.to_numpy())).fit(cov_type="HC1")
    assert curve.slope.value == pytest.approx(fit.params[1], abs=1e-10)
    assert curve.slope.se == pytest.approx(fit.bse[1], rel=0.05)


def test_the_continuous_dose_is_refused_where_the_support_does_not_allow_it():
    panel, hours = schools()
    design = make_design(panel, "y")
    assert dose.refusal(design, hours) is None
    assert dose.refusal(design, hours, "cluster") == "clustered"
    assert dose.refusal(design, hours.round(-1)) == "few_doses"
    split = hours.where(hours < 20, hours + 100)
    assert dose.refusal(design, split) == "gap_in_dose"
    small, few = schools(n=60)
    assert dose.refusal(make_design(small, "y"), few) == "few_balanced"
    few_never = panel[panel["cohort"].notna() | (panel["unit"] < "u030")]
    assert dose.refusal(make_design(few_never, "y"), hours) == "few_never"
    with pytest.raises(DesignError, match="few_balanced"):
        dose.continuous(make_design(small, "y"), few)


def test_small_groups_are_joined_left_out_or_hidden():
    groups = pd.Series(["a"] * 40 + ["b"] * 20 + ["c"] * 10 + ["d"] * 8)
    assert arms.merge_small(groups, 15).value_counts().to_dict() == {"a": 40, "b": 20, arms.OTHER: 18}
    assert arms.merge_small(groups[:70], 15, 3).fillna("left out").value_counts().to_dict() == {
        "a": 40,
        "b": 20,
        "left out": 10,
    }
    hidden = arms.merge_small(groups[:62], 15, 3)  # two units: their number would follow from the total
    assert hidden.value_counts(dropna=False).to_dict() == {"a": 40, arms.OTHER: 22}
    assert arms.merge_small(groups[:60], 15).equals(groups[:60])


def test_arms_of_known_effects_are_told_apart_jointly():
    panel, hours = schools()
    kind = pd.Series(np.array(["x", "y", "z"])[np.arange(len(hours)) % 3], hours.index)
    strong = panel["unit"].map(kind).eq("z") & (panel["period"] >= panel["cohort"]).fillna(False)
    same = arms.by_group(make_design(panel, "y"), kind)
    assert same.equality.df == 2
    assert same.equality.p > 0.05
    found = arms.by_group(make_design(panel.assign(y=panel["y"] + 0.3 * strong), "y"), kind, order=("x", "y", "z"))
    gain = found.table["value"] - same.table.set_index("group").loc[list("xyz"), "value"].to_numpy()
    np.testing.assert_allclose(gain, [0, 0, 0.3], atol=1e-10)
    assert found.equality.p < 1e-6


def test_standard_errors_by_cluster_sum_scores_within_clusters():
    panel, hours = schools(per=0.02)
    shock = dict(zip(panel["cluster"].unique(), np.random.default_rng(1).normal(0, 0.5, 12), strict=True))
    late = (panel["period"] >= 2020) & panel["cohort"].notna()
    panel["y"] += panel["cluster"].map(shock) * late
    design = make_design(panel, "y")
    by_unit, by_cluster = dose.binned(design, hours), dose.binned(design, hours, cluster="cluster")
    assert (by_cluster.table["se"] > 1.2 * by_unit.table["se"]).all()
    assert by_cluster.equality.df_rest == 12 - 3


def test_one_group_is_refused():
    panel, hours = schools()
    with pytest.raises(DesignError, match="two groups"):
        arms.by_group(make_design(panel, "y"), pd.Series("only", hours.index))


def test_units_without_a_group_are_told():
    panel, hours = schools()
    found = dose.binned(make_design(panel, "y"), hours.iloc[6:])
    assert any(str(note).startswith("no_group: 6 ") for note in found.notes)


def test_the_curve_and_its_slope_are_a_cubic_regression_in_two_periods():
    """ATT(d|d) is the cubic less the mean change of units never treated; ACRT(d) is its derivative, with its own error."""
    panel, hours = schools(per=0.02, cohorts=(2019,))
    panel = panel[panel["period"] <= 2019]
    found = dose.continuous(make_design(panel, "y"), hours).curve
    wide = panel.pivot(index="unit", columns="period", values="y")
    change = wide[2019] - wide[2018]
    never = change[~change.index.isin(hours.index)].mean()
    fit = sm.OLS(change.loc[hours.index].to_numpy(), np.vander(hours.to_numpy(), 4)).fit(cov_type="HC0")
    d = found["dose"].to_numpy()
    rise = np.column_stack([3 * d**2, 2 * d, np.ones_like(d), np.zeros_like(d)])
    np.testing.assert_allclose(found["value"], np.vander(d, 4) @ fit.params - never, atol=1e-8)
    np.testing.assert_allclose(found["acrt"], rise @ fit.params, atol=1e-8)
    se = np.sqrt(np.einsum("ij,jk,ik->i", rise, fit.cov_params(), rise))
    np.testing.assert_allclose((found["acrt_high"] - found["acrt_low"]) / (2 * 1.959964), se, rtol=0.05)
