"""Decomposition, pre-trends, balance, cells."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from pipeline.errors import DesignError
from pipeline.methods.effects import group_time, make_design, pretrend, twfe
from pipeline.methods.effects.design import cells
from pipeline.methods.effects.diagnostics import bacon, balance


class TestBacon:
    def test_sums_to_two_way_on_the_balanced_part(self, make_panel):
        design = make_design(make_panel(units=120, effect=0.2, growth=0.2, missing=0.03), "y")
        parts = bacon.decompose(design)
        assert parts["weight"].sum() == pytest.approx(1, abs=1e-12)
        expected = twfe.overall(design.balanced()).value
        assert (parts["weight"] * parts["estimate"]).sum() == pytest.approx(expected, abs=1e-10)
        assert parts.attrs["n_units"] + parts.attrs["n_dropped"] == 120
        assert parts.attrs["n_dropped"] > 0
        assert set(parts["kind"]) == {"treated_vs_never", "earlier_vs_later", "later_vs_earlier"}

    def test_cohorts_are_calendar_years(self, make_panel):
        parts = bacon.decompose(make_design(make_panel(units=80), "y"))
        never = parts[parts["kind"] == "treated_vs_never"]
        assert list(never["treated_cohort"]) == [2021, 2022, 2023]
        assert never["control_cohort"].isna().all()
        late = parts[parts["kind"] == "later_vs_earlier"]
        assert (late["control_cohort"] < late["treated_cohort"]).all()

    def test_comparison_with_never_treated_is_a_difference_of_means(self, make_panel):
        design = make_design(make_panel(units=80, effect=0.3), "y")
        part = bacon.decompose(design).query("kind == 'treated_vs_never' and treated_cohort == 2022").iloc[0]
        data = design.data.assign(post=design.data["period"] >= 2022)
        means = data.groupby([data["cohort"].fillna(0), "post"])["y"].mean()
        expected = (means[2022, True] - means[2022, False]) - (means[0, True] - means[0, False])
        assert part["estimate"] == pytest.approx(expected, abs=1e-12)

    def test_by_kind(self, make_panel):
        parts = bacon.decompose(make_design(make_panel(units=80, growth=0.3), "y"))
        kinds = bacon.by_kind(parts).set_index("kind")
        assert kinds["weight"].sum() == pytest.approx(1)
        assert (kinds["weight"] * kinds["estimate"]).sum() == pytest.approx((parts["weight"] * parts["estimate"]).sum())
        # effects that grow: comparisons with the already treated are too low
        assert kinds.loc["later_vs_earlier", "estimate"] < kinds.loc["treated_vs_never", "estimate"]


@pytest.fixture(scope="module")
def unbalanced(make_panel):
    return make_design(make_panel(units=240, effect=0.2, missing=0.05), "y")


@pytest.fixture(scope="module")
def result(unbalanced):
    return group_time.estimate(unbalanced, draws=199)


class TestPreTrend:
    def test_joint_test_is_the_wald_statistic(self, result):
        found = pretrend.assess(result)
        leads = result.event.table.query("event_time < 0")["value"].to_numpy()
        own = pretrend.tested(result)
        cov, df = own.cov, own.df
        assert own.leads.all()
        assert cov == pytest.approx(result.event.cov[: len(leads), : len(leads)], rel=1e-9)
        rest = df - 3 + 1
        hotelling = leads @ np.linalg.inv(cov) @ leads
        assert found.stat == pytest.approx(hotelling * rest / (3 * df))
        assert (found.df, found.df_rest) == (3, pytest.approx(rest))
        assert found.p == pytest.approx(stats.f.sf(found.stat, 3, rest))
        assert found.cells_df == 6
        assert list(found.leads["event_time"]) == [-3, -2, -1]

    def test_detectable_slope_has_the_stated_power(self, result):
        """By simulation: leads around the detectable trend are rejected four times in five."""
        found = pretrend.assess(result)
        k = found.df
        cov = result.event.cov[:k, :k]
        years = found.leads["years"].to_numpy()
        draws = np.random.default_rng(1).multivariate_normal(found.detectable_slope * years, cov, 20_000)
        stat = np.einsum("ij,jk,ik->i", draws, np.linalg.inv(cov), draws)
        # the covariance is itself drawn: Hotelling's T^2 is chi-squared over an independent chi-squared
        df, rest = result.event.df, found.df_rest
        stat = stat / (np.random.default_rng(2).chisquare(rest, len(stat)) / df)
        assert (stat * rest / (k * df) > stats.f.ppf(0.95, k, rest)).mean() == pytest.approx(0.80, abs=0.015)

    def test_detectable_slope_agrees_with_the_library(self, result):
        """diff-diff's own tool for the Wald test, on leads of one unit each (a flat violation)."""
        from diff_diff.pretrends import PreTrendsPower

        tool = PreTrendsPower(
            violation_type="custom", violation_weights=np.ones(3), alpha=0.05, power=0.8, pretest_form="wald"
        )
        cov = result.event.cov[:3, :3]
        weights = np.ones(3) / np.sqrt(3)
        theirs = tool._compute_mdv_wald(weights, cov)
        ours = math.sqrt(pretrend.detectable_noncentrality(3, 0.05, 0.8) / (weights @ np.linalg.inv(cov) @ weights))
        assert theirs == pytest.approx(ours, rel=1e-4)

    def test_years_count_the_gap(self, unbalanced, result, carrying):
        """At -1, cohort 2021 changes over 2018-2019, cohort 2022 over 2019-2021, cohort 2023 over 2021-2022."""
        found = pretrend.assess(result).leads.set_index("event_time")["years"]
        assert found[-1] == pytest.approx(np.average([1, 2, 1], weights=carrying(unbalanced)))
        assert found[-3] == pytest.approx(1)

    def test_exposure(self, unbalanced, result, carrying):
        years = [2, 3, 4, 5, 1, 2, 3, 1, 2]
        weights = np.repeat(carrying(unbalanced), [4, 3, 2])
        assert pretrend.assess(result).exposure == pytest.approx(np.average(years, weights=weights))

    def test_finds_a_trend_and_its_slope(self, make_panel):
        design = make_design(make_panel(units=400, trend=0.1, seed=3), "y")
        found = pretrend.assess(group_time.estimate(design, draws=199))
        assert found.p < 0.001
        assert abs(found.slope - 0.1) < 2 * found.slope_se
        assert found.trend_bias == pytest.approx(found.slope * found.exposure)
        assert found.power_to_explain > 0.99

    def test_no_lead(self, make_panel):
        panel = make_panel(units=60, periods=(2019, 2021, 2022), cohorts={2021: 0.5})
        found = pretrend.assess(group_time.estimate(make_design(panel, "y"), draws=199))
        assert not found.testable
        assert found.leads.empty
        assert math.isnan(found.p)
        assert math.isnan(found.detectable_slope)
        assert found.exposure == pytest.approx(2.5)

    def test_wald_of_a_singular_covariance_counts_its_rank(self):
        stat, df, p = pretrend.wald(np.array([1.0, 1.0]), np.ones((2, 2)))
        assert (stat, df) == (pytest.approx(1.0), 1)
        assert p == pytest.approx(stats.chi2.sf(1.0, 1))


class TestBalance:
    def test_hedges_g_by_hand(self):
        treated, control = np.array([1.0, 2, 3, 4]), np.array([2.0, 4, 6])
        pooled = math.sqrt((5.0 + 8.0) / 5)
        assert balance.hedges_g(treated, control) == pytest.approx((1 - 3 / 19) * (2.5 - 4) / pooled)
        assert balance.hedges_g(treated, control, sd=2.0) == pytest.approx(-0.75)
        assert math.isnan(balance.hedges_g(np.array([]), control))
        assert balance.hedges_g(np.ones(3), np.ones(3)) == 0.0
        assert math.isnan(balance.hedges_g(np.ones(3), np.zeros(3)))

    def test_cox_index(self):
        assert balance.cox_index(0.5, 0.5) == 0
        assert balance.cox_index(0.6, 0.4) == pytest.approx(2 * math.log(1.5) / 1.65)

    @pytest.mark.parametrize(
        ("value", "expected"),
        [(0.05, "satisfied"), (-0.06, "adjustment"), (0.25, "adjustment"), (-0.26, "exceeds"), (math.nan, "unknown")],
    )
    def test_classes(self, value, expected):
        assert balance.wwc_class(value) == expected

    def test_table(self, make_panel):
        panel = make_panel(units=300, level=0.4).assign(n_y=20.0)
        design = make_design(panel, "y", covariates=["x", "b"])
        found = balance.table(design, panel, ["n_y"], sds={"y": 1.0})
        assert found.attrs["period"] == 2019
        row = found[(found["variable"] == "y") & found["cohort"].isna()].iloc[0]
        base = panel[panel["period"] == 2019]
        expected = base.loc[base["cohort"].notna(), "y"].mean() - base.loc[base["cohort"].isna(), "y"].mean()
        assert row["difference"] == pytest.approx(expected)
        assert row["std_diff"] == pytest.approx(expected)
        assert row["wwc"] == "exceeds"
        assert (row["n_treated"], row["n_control"]) == (180, 120)
        assert set(found.loc[found["variable"] == "b", "kind"]) == {"proportion"}
        assert list(found.loc[found["variable"] == "x", "cohort"].dropna()) == [2021, 2022, 2023]
        assert (found.loc[found["variable"] == "n_y", "wwc"] == "satisfied").all()

    def test_shares_of_zero_and_one_have_an_index(self, make_panel):
        panel = make_panel(units=60)
        panel = panel.assign(b=panel["cohort"].notna().astype(float))
        found = balance.table(make_design(panel, "y", covariates=["b"]))
        assert np.isfinite(found.loc[found["variable"] == "b", "std_diff"]).all()

    @pytest.mark.parametrize(("low", "high"), [(0, 1), (0, 100), (-1, 0), (2, 5)])
    def test_two_values_are_a_proportion_whatever_they_are(self, make_panel, low, high):
        panel = make_panel(units=200, level=0.4)
        panel["y"] = np.where(panel["y"] > 0.1, high, low)
        plain = make_panel(units=200, level=0.4)
        plain["y"] = (plain["y"] > 0.1).astype(float)
        found, expected = (balance.table(make_design(p, "y")).iloc[0] for p in (panel, plain))
        assert found["kind"] == "proportion"
        assert found["std_diff"] == pytest.approx(expected["std_diff"])
        assert found["difference"] == pytest.approx(expected["difference"] * (high - low))

    @pytest.mark.parametrize("value", [0.0, 1.0, 7.0])
    @pytest.mark.parametrize(("units", "share"), [(90, 1 / 3), (110, 1 / 11)])
    def test_groups_that_are_alike_have_no_gap(self, make_panel, value, units, share):
        """Thirty against sixty, or ten against a hundred: a continuity correction would make a gap of their sizes."""
        panel = make_panel(units=units, cohorts={2022: share})
        panel["y"] = panel["y"].where(panel["period"] == 2024, value)
        row = balance.table(make_design(panel, "y")).iloc[0]
        assert (row["std_diff"], row["wwc"]) == (0.0, "satisfied")

    def test_unknown_variable(self, make_panel):
        panel = make_panel(units=40)
        with pytest.raises(DesignError, match="'pupils'"):
            balance.table(make_design(panel, "y"), panel, ["pupils"])


class TestCells:
    def test_sizes(self, make_panel):
        panel = make_panel(units=50, missing=0.1)
        design = make_design(panel, "y")
        found = cells.sizes(design)
        assert found["n_units"].sum() == design.n_obs
        assert len(found) == 4 * 6
        assert found.loc[found["cohort"].isna(), "cohort_units"].unique() == [20]
        assert not found.loc[found["cohort"].isna(), "treated"].any()
        assert found[(found["cohort"] == 2022) & (found["period"] == 2022)]["treated"].all()

    def test_observations_behind_the_cells(self, make_panel):
        panel = make_panel(units=50, missing=0.1).assign(n_y=18)
        found = cells.sizes(make_design(panel, "y"), panel)
        pd.testing.assert_series_equal(found["n_obs"], found["n_units"] * 18, check_names=False)
