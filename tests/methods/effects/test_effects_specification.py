"""The specification curve: what is combined, that each point is the estimate it names, and the joint test's level."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from pipeline.errors import DesignError
from pipeline.methods.effects import group_time, make_design
from pipeline.methods.effects.sensitivity.specification import Choices, Specification, combinations, curve, rescale
from pipeline.study import Text
from pipeline.study.robustness import Sample

NAME = Text(id="x", en="x")
ALL, BALANCED = Sample(code="everyone", label=NAME), Sample(code="balanced", label=NAME, balanced=True)


def _choices(**changed) -> Choices:
    plain = {
        "samples": (ALL, BALANCED),
        "covariates": ("none", "baseline"),
        "estimators": ("group_time", "imputation", "two_way"),
        "comparisons": ("never", "not_yet"),
        "scalings": ("declared", "rank"),
        "clusters": ("unit", "cluster"),
    }
    return Choices(**{**plain, **changed})


def test_combinations_that_differ() -> None:
    found = combinations(_choices())
    assert len(found) == len(set(found)) == 2 * 2 * (2 + 1 + 1) * 2 * 2
    assert found[0] == Specification("everyone", "none", "group_time", "never", "declared", "unit")


def test_each_point_is_the_estimate_it_names(make_panel) -> None:
    panel = make_panel(units=90, effect=0.3, missing=0.05)
    found = curve(panel, "y", _choices(), covariates=["x", "b"], draws=199, workers=1)
    assert found.refused.empty
    assert list(found.table["value"]) == sorted(found.table["value"])
    main = found.table[found.table["main"]]
    direct = group_time.estimate(make_design(panel, "y"), cluster="unit").overall
    assert len(main) == 1
    assert main["value"].item() == pytest.approx(direct.value)
    assert main["se"].item() == pytest.approx(direct.interval_se)
    chosen = found.table.query("sample == 'balanced' and comparison == 'not_yet' and covariates == 'baseline'")
    chosen = chosen.query("scaling == 'declared' and cluster == 'cluster'")
    design = make_design(panel, "y", covariates=["x", "b"]).balanced()
    direct = group_time.estimate(design, control="not_yet", covariates=True, cluster="cluster").overall
    assert chosen["value"].item() == pytest.approx(direct.value)
    assert chosen["se"].item() == pytest.approx(direct.interval_se)


def test_more_processes_change_nothing(make_panel) -> None:
    panel = make_panel(units=60, effect=0.3)
    choices = _choices(estimators=("two_way",), scalings=("declared", "rank"))
    alone, together = (curve(panel, "y", choices, covariates=["x"], draws=199, workers=n) for n in (1, 2))
    assert alone.table.equals(together.table)
    assert alone.joint.equals(together.joint)


def test_joint_test_keeps_its_level_and_finds_effects(make_panel) -> None:
    choices = _choices(samples=(ALL,), estimators=("imputation", "two_way"))
    p = [
        curve(
            make_panel(units=80, effect=e, seed=s), "y", choices, covariates=["x"], draws=499, workers=1
        ).joint.set_index("statistic")["p"]
        for e, seeds in ((0.0, 40), (0.3, 20))
        for s in range(seeds)
    ]
    null, real = p[:40], p[40:]
    for statistic in ("median", "stouffer"):
        values = np.array([x[statistic] for x in null])
        assert stats.kstest(values, "uniform").pvalue > 0.01
        assert np.mean([x[statistic] < 0.05 for x in real]) > 0.9
    assert np.mean([x["share_significant"] < 0.05 for x in null]) < 0.15


def test_ranks_keep_order_and_spread(make_panel) -> None:
    panel = make_panel(units=90)
    panel.loc[0, "y"] = 1e6
    scaled = rescale(panel, "y", "rank")
    for _, rows in panel.assign(scaled=scaled).groupby("period"):
        assert (rows["y"].rank() == rows["scaled"].rank()).all()
    assert scaled.max() < 1e6


def test_refused_specifications_are_named(make_panel) -> None:
    panel = make_panel(units=60)
    odd = Sample(code="nobody", label=NAME, where={"cluster": "nowhere"})
    found = curve(panel, "y", _choices(samples=(ALL, odd)), covariates=[], draws=199, workers=1)
    assert set(found.refused["sample"]) >= {"nobody"}
    assert found.refused["reason"].str.len().gt(10).all()
    with pytest.raises(DesignError, match="No specification"):
        curve(panel, "y", _choices(samples=(odd,)), draws=199, workers=1)
