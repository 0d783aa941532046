"""Clusters that hold several cohorts: one draw each, treated where any of their units is, and intervals keep their size."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pipeline.methods.assignment import by_cluster
from pipeline.methods.effects import gather, group_time, judge, make_design, pretrend
from pipeline.methods.effects.group_time.shared import Shared
from pipeline.validation.judged import SHAPES, Truth, draw

NONE = Truth()


def _estimate(panel: pd.DataFrame) -> group_time.GroupTime:
    return group_time.estimate(make_design(panel, "y0", min_cohort_units=1), draws=99, cluster="cluster")


def _some_never(panel: pd.DataFrame) -> pd.DataFrame:
    """A third of the units of clusters that take part stay outside."""
    units = panel.loc[panel["cohort"].notna(), "unit"].unique()
    return panel.assign(cohort=panel["cohort"].mask(panel["unit"].isin(units[2::3])))


@pytest.mark.parametrize("alter", [lambda panel: panel, _some_never], ids=["whole", "in part"])
@pytest.mark.parametrize(("shape", "treated"), [("inside_1_of_12", 1), ("inside_2_of_12", 2), ("inside_4_of_21", 4)])
def test_a_cluster_is_a_treated_draw_where_any_of_its_units_is_treated(alter, shape: str, treated: int) -> None:
    panel = alter(draw(SHAPES[shape], NONE, 0.0, np.random.default_rng(1)))
    main = _estimate(panel)
    assert main.overall.extra["treated_draws"] == treated
    assert main.overall.extra["draws"] == SHAPES[shape].draws
    kind = main.overall.extra["variance"]
    assert kind in ("pooled", "wider")
    assert kind == "wider" or main.df == pytest.approx(SHAPES[shape].draws - 2, abs=0.5)
    verdict = judge(gather(make_design(panel, "y0", min_cohort_units=1), main, pretrend.assess(main)))
    assert (verdict.code == "not_assessable") == (treated == 1)
    assert ("one_treated" in verdict.codes) == (treated == 1)


@pytest.mark.parametrize("shape", ["inside_2_of_12", "inside_4_of_21"])
def test_the_interval_is_as_wide_as_the_estimates_vary(shape: str) -> None:
    """Sixty panels without effect: the standard error is the estimates' own deviation, and few of them lie outside."""
    found = [_estimate(draw(SHAPES[shape], NONE, 0.0, np.random.default_rng([3, i]))).overall for i in range(60)]
    values = np.array([one.value for one in found])
    assert np.sqrt(np.mean([one.interval_se**2 for one in found])) == pytest.approx(values.std(), rel=0.2)
    assert np.mean([one.p < 0.05 for one in found]) <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / 60)


def test_many_clusters_keep_the_robust_variance() -> None:
    panel = _some_never(draw(SHAPES["clusters_50"], NONE, 0.0, np.random.default_rng(2)))
    main = _estimate(panel)
    assert main.overall.extra["variance"] == "robust"
    assert 10 < main.df <= 49


def test_a_cohort_in_one_cluster_alone_has_the_pooled_variance() -> None:
    """Around its own mean it does not vary, so that a sum of squares would take the treated side for certain."""
    panel = draw(SHAPES["inside_4_of_21"], NONE, 0.0, np.random.default_rng(4))
    at = panel.loc[panel["cohort"].notna(), "cluster"].unique()
    starts = dict(zip(at, [(2021, 2022), (2023, 2024), (2021, 2022), (2021, 2022)], strict=True))
    cohort = [starts[c][u % 2] if c in starts else np.nan for c, u in zip(panel["cluster"], panel["unit"], strict=True)]
    main = _estimate(panel.assign(cohort=cohort))
    assert main.overall.extra["variance"] == "pooled"
    assert main.overall.extra["treated_draws"] == 4


def test_cohorts_that_fill_their_clusters_cost_one_degree_each() -> None:
    holds = np.kron(np.eye(3), np.ones((4, 1)))
    none = np.zeros((12, 1))
    assert Shared(none, none, None, None, None, 0.0, holds).free == pytest.approx((9.0, 9.0))


@pytest.mark.parametrize(
    ("g", "whole"),
    [
        ([1, 1, 1, 2, 2, 2, None, None, None], True),
        ([1, 2, 1, 2, 1, 2, None, None, None], True),
        ([1, None, None, 1, None, None, None, None, 2], False),
        ([1, 2, 3, 1, 2, 3, 1, 2, 3], False),
    ],
    ids=["alike", "several starts beside clusters that never start", "in equal parts", "nobody never"],
)
def test_whole_clusters_take_part_also_where_their_units_start_apart(g: list[int | None], whole: bool) -> None:
    units = pd.DataFrame({"g": np.array(g, float), "cluster": np.repeat(["a", "b", "c"], 3)})
    assert by_cluster(units["g"], units["cluster"]) is whole
