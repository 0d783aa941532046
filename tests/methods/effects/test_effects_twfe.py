"""Two-way fixed effects against the regression on all dummies."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

from pipeline.errors import DesignError
from pipeline.methods.effects import make_design, twfe


@pytest.fixture
def design(make_panel):
    return make_design(make_panel(units=60, effect=0.3, missing=0.1), "y")


def test_overall_equals_all_dummies(design):
    ours = twfe.overall(design, cluster="classical")
    data = design.data.assign(d=design.treated)
    full = smf.ols("y ~ d + C(unit) + C(period)", data=data).fit()
    assert ours.value == pytest.approx(full.params["d"], abs=1e-10)
    assert ours.se == pytest.approx(full.bse["d"], rel=1e-8)
    assert (ours.low, ours.high) == pytest.approx(tuple(full.conf_int().loc["d"]), rel=1e-6)


@pytest.mark.parametrize("level", ["unit", "cluster"])
def test_cluster_variance_is_the_sandwich(design, level):
    """Against the formula written out, unit effects not counted in k."""
    ours = twfe.overall(design, cluster=level)
    data = design.data.assign(d=design.treated)
    full = smf.ols("y ~ d + C(unit) + C(period)", data=data)
    residual = full.fit().resid.to_numpy()
    partial = smf.ols("d ~ C(unit) + C(period)", data=data).fit().resid.to_numpy()
    scores = pd.Series(partial * residual).groupby(data[level].to_numpy()).sum()
    G, n, k = len(scores), len(data), len(design.periods)
    se = np.sqrt(G / (G - 1) * (n - 1) / (n - k) * (scores**2).sum()) / (partial @ partial)
    assert ours.se == pytest.approx(se, rel=1e-8)
    assert ours.n_clusters == G


def test_event_study(design):
    study = twfe.event_study(design, cluster="unit")
    table = study.table
    assert list(table["event_time"]) == [-4, -3, -2, -1, 0, 1, 2, 3]
    reference = table[table["reference"]]
    assert list(reference["event_time"]) == [-1]
    assert reference["value"].iloc[0] == 0
    data = design.data.assign(e=design.data["event_time"].fillna(-1).astype(int))
    full = smf.ols("y ~ C(e, Treatment(-1)) + C(unit) + C(period)", data=data).fit()
    for row in table[~table["reference"]].itertuples():
        assert row.value == pytest.approx(full.params[f"C(e, Treatment(-1))[T.{row.event_time}]"], abs=1e-10)
    estimated = table[~table["reference"]]
    assert (estimated["band_low"] < estimated["low"]).all()
    assert (estimated["band_high"] > estimated["high"]).all()
    assert study.critical > 1.96


def test_event_study_is_the_same_each_time(design):
    pd.testing.assert_frame_equal(twfe.event_study(design).table, twfe.event_study(design).table)


def test_units_with_one_row_do_not_count(make_panel):
    panel = make_panel(units=40)
    panel.loc[(panel["unit"] == "u0000") & (panel["period"] > 2018), "y"] = np.nan
    with_one = twfe.overall(make_design(panel, "y"))
    without = twfe.overall(make_design(panel[panel["unit"] != "u0000"], "y"))
    assert (with_one.value, with_one.se) == (without.value, without.se)
    assert "seen_once" in {note.code for note in make_design(panel, "y").notes}


def test_treatment_told_apart_from_periods_only(make_panel):
    """Treated units without a row before treatment leave nothing to compare."""
    panel = make_panel(units=40, cohorts={2022: 0.5})
    panel = panel[panel["cohort"].isna() | (panel["period"] >= 2022)]
    with pytest.raises(DesignError, match="cannot tell"):
        twfe.overall(make_design(panel, "y"))


def test_empty_cell_of_two_by_two():
    ones = pd.Series([1.0, 1, 0, 0])
    with pytest.raises(DesignError, match="four cells"):
        twfe.two_by_two(pd.Series([1.0, 2, 3, 4]), ones, ones)


def test_two_by_two_is_the_difference_of_means():
    rng = np.random.default_rng(1)
    treated, post = (pd.Series(rng.integers(0, 2, 200)) for _ in range(2))
    y = pd.Series(rng.normal(size=200))
    means = y.groupby([treated, post]).mean()
    expected = (means[1, 1] - means[1, 0]) - (means[0, 1] - means[0, 0])
    cluster = pd.Series(rng.integers(0, 12, 200))
    assert twfe.two_by_two(y, treated, post, cluster).value == pytest.approx(expected, abs=1e-12)
    assert twfe.two_by_two(y, treated, post, cluster).n_clusters == 12
