"""Effects by group: equal to the group's own estimate, on common weights, and a test of equality that keeps its level."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from pipeline.errors import DesignError
from pipeline.methods.effects import group_time, make_design
from pipeline.methods.effects.heterogeneity import baseline_terciles, by_group, cluster_sizes, equality, halves


def split(design) -> pd.Series:
    """Every other unit of each cohort, so that both groups have all cells."""
    units = design.units.reset_index()
    order = units.groupby(units["cohort"].fillna(0)).cumcount()
    return pd.Series(np.where(order % 2, "odd", "even"), index=units["unit"])


@pytest.mark.parametrize("control", ["never", "not_yet"])
def test_one_cohort_gives_the_estimate_of_each_group_alone(make_panel, control):
    panel = make_panel(units=80, effect=0.2, cohorts={2021: 0.5})
    design = make_design(panel, "y")
    groups = split(design)
    found = by_group(design, groups, control=control)
    for row in found.table.itertuples():
        own = make_design(panel[panel["unit"].map(groups) == row.group], "y")
        alone = group_time.estimate(own, control=control, draws=199).overall
        assert row.value == pytest.approx(alone.value, rel=1e-9)
        # the estimate alone has n/(n-1) on each side and t quantiles; groups of forty differ by a twentieth
        assert (row.high - row.low) == pytest.approx(alone.high - alone.low, rel=0.10)
        assert (row.n_units, row.n_treated) == (alone.n_units, alone.n_treated)


def test_weights_are_common(make_panel):
    """Effects differ by cohort and groups hold cohorts in other shares: own weights differ, common ones agree."""
    panel = make_panel(units=600, noise=0.001)
    late = panel["cohort"].fillna(0) == 2023
    panel["y"] += np.where(late & (panel["period"] >= 2023), 1.0, 0.0)
    units = panel.drop_duplicates("unit").set_index("unit")
    rng = np.random.default_rng(0)
    odds = np.where(units["cohort"].fillna(0) == 2023, 0.8, 0.3)
    groups = pd.Series(np.where(rng.random(600) < odds, "a", "b"), index=units.index)
    design = make_design(panel, "y")
    found = by_group(design, groups)
    assert found.table["value"].iloc[0] == pytest.approx(found.table["value"].iloc[1], abs=0.002)
    own = [
        group_time.estimate(make_design(panel[panel["unit"].map(groups) == g], "y"), draws=199).overall.value
        for g in "ab"
    ]
    assert own[0] - own[1] > 0.1
    assert found.table["value"].iloc[0] == pytest.approx(
        group_time.estimate(design, draws=199).overall.value, abs=0.002
    )


def test_equality_by_hand():
    """Two independent effects: the square of their difference over its standard error."""
    F, q, df, p = equality(np.array([0.3, 0.1]), np.diag([0.01, 0.03]), 101)
    assert (F, q, df) == (pytest.approx(0.2**2 / 0.04), 1, 100)
    assert p == pytest.approx(2 * stats.t(100).sf(1.0))
    F, q, df, _ = equality(np.array([1.0, 2.0, 4.0]), np.eye(3), 12)
    spread = ((np.array([1, 2, 4]) - 7 / 3) ** 2).sum()
    assert (F, q, df) == (pytest.approx(10 / (2 * 11) * spread), 2, 10)
    with pytest.raises(DesignError, match="Too few clusters"):
        equality(np.arange(3.0), np.eye(3), 2)


def test_joint_covariance_of_groups_that_share_clusters(make_panel):
    design = make_design(make_panel(units=120, clusters=15, effect=0.2), "y")
    apart, together = (by_group(design, split(design), cluster=c) for c in ("unit", "cluster"))
    assert apart.cov[0, 1] == 0
    assert together.cov[0, 1] != 0
    assert together.df == 14
    assert apart.table["value"].tolist() == together.table["value"].tolist()


def test_level_and_power(make_panel):
    null, real = [], []
    for seed in range(50):
        panel = make_panel(units=80, effect=0.2, seed=seed)
        design = make_design(panel, "y")
        groups = split(design)
        null.append(by_group(design, groups).p)
        treated = panel["period"] >= panel["cohort"].fillna(9999)
        odd = panel["unit"].map(groups) == "odd"
        real.append(by_group(make_design(panel.assign(y=panel["y"] + 0.3 * (treated & odd)), "y"), groups).p)
    assert np.mean(np.array(null) < 0.05) < 0.15
    assert np.mean(np.array(real) < 0.05) > 0.9


def test_small_groups_are_left_out_and_named(make_panel):
    design = make_design(make_panel(units=60), "y")
    groups = split(design)
    few = design.units.index[design.units["cohort"].isna()][:2]
    groups[few] = "tiny"
    found = by_group(design, groups, min_units=3)
    assert found.left_out == ("tiny",)
    assert list(found.table["group"]) == ["even", "odd"]
    with pytest.raises(DesignError, match="Fewer than two groups"):
        by_group(design, groups, min_units=50)
    first = design.units["cohort"].map({2021.0: "early"})
    lonely = first.where(first.notna(), np.where(np.arange(60) % 2, "early", "late"))
    lonely[design.units["cohort"].isin([2022, 2023])] = "late"
    with pytest.raises(DesignError, match="in every group"):
        by_group(design, lonely)


def test_features():
    rows = [(f"u{i}", p, 2 if i < 5 else None, f"c{min(i, 6) // 2}", float(i)) for i in range(9) for p in (1, 2)]
    design = make_design(pd.DataFrame(rows, columns=["unit", "period", "cohort", "cluster", "y"]), "y")
    assert baseline_terciles(design).astype(str).tolist() == ["low"] * 3 + ["middle"] * 3 + ["high"] * 3
    assert cluster_sizes(design).astype(str).tolist() == ["few"] * 6 + ["many"] * 3
    assert halves(pd.Series([3.0, 1.0, 2.0, np.nan])).astype(str).tolist() == ["large", "small", "small"]
