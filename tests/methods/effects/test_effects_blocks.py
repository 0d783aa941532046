"""Large panels: cells kept as levels by cohort give the numbers of matrices; parts, decompositions and bins likewise."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from pipeline.errors import DesignError, TooLargeError
from pipeline.methods.effects import group_time, make_design, pretrend, twfe
from pipeline.methods.effects.diagnostics import bacon
from pipeline.methods.effects.estimators import RefusedError, Settings, estimate, imputation
from pipeline.methods.effects.group_time import bins, means
from pipeline.methods.effects.group_time.blocks import Blocks
from pipeline.methods.effects.group_time.refit import overall, wide
from pipeline.methods.effects.inference import randomisation_test
from pipeline.methods.effects.inference.wild import wild_cluster_bootstrap
from pipeline.methods.effects.sensitivity import leave_out

Make = Callable[..., pd.DataFrame]


def _panel(
    seed: int = 0, units: int = 90, periods: int = 9, *, missing: float = 0.0, never: bool = True
) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    unit, period = np.repeat(np.arange(units), periods), np.tile(np.arange(2001, 2001 + periods), units)
    cohort = np.array([2003.0, 2004.0, 2006.0, 2008.0, np.nan if never else 2009.0])[unit % 5]
    shock = np.cumsum(rng.normal(size=(units, periods)), axis=1).ravel()
    frame = pd.DataFrame({"unit": unit, "period": period, "cohort": cohort})
    frame["y"] = shock + 0.3 * (period >= cohort) + 0.1 * period
    frame["weight"] = 1.0 + unit % 3
    frame["cluster"] = np.nan_to_num(cohort) * 10 + unit % 4
    return frame[rng.random(len(frame)) >= missing].reset_index(drop=True)


CASES = {
    "balanced": (_panel(), {}),
    "not yet": (_panel(), {"control": "not_yet"}),
    "nobody never": (_panel(never=False), {}),
    "clusters": (_panel(), {"cluster": "cluster"}),
    "mixed clusters": (_panel().assign(cluster=_panel()["unit"] % 7), {"cluster": "cluster"}),
    "clusters with several starts": (
        _panel().assign(cluster=lambda p: p["unit"] // 5 % 3 + 3 * (p["unit"] % 5 == 4)),
        {"cluster": "cluster"},
    ),
    "few": (_panel(units=11), {}),
}


@pytest.mark.parametrize("name", CASES)
def test_blocks_give_the_numbers_of_matrices(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    panel, options = CASES[name]
    design = make_design(panel, "y", min_cohort_units=1)
    dense = group_time.estimate(design, draws=99, **options)
    monkeypatch.setattr(means, "LARGE", 0)
    blocks = group_time.estimate(design, draws=99, **options)
    assert isinstance(blocks.influence, Blocks)
    assert blocks.overall.extra == dense.overall.extra | {
        "df": pytest.approx(dense.overall.extra["df"], rel=1e-8),
        "interval_se": pytest.approx(dense.overall.extra["interval_se"], rel=1e-8),
    }
    for one, other in (
        (dense.att, blocks.att), (dense.group, blocks.group), (dense.calendar, blocks.calendar),
        (dense.event.table, blocks.event.table),
    ):  # fmt: skip
        np.testing.assert_allclose(one.to_numpy(float), other.to_numpy(float), atol=1e-9)
    np.testing.assert_allclose(dense.event.cov, blocks.event.cov, atol=1e-10)
    np.testing.assert_allclose(dense.influence, blocks.influence[:, np.arange(len(dense.att))], atol=1e-10)
    np.testing.assert_allclose(dense.overall_influence, blocks.overall_influence, atol=1e-10)
    before, after = pretrend.assess(dense), pretrend.assess(blocks)
    for key in ("stat", "p", "slope", "slope_se", "cells_stat", "allowed_bias"):
        assert getattr(after, key) == pytest.approx(getattr(before, key), rel=1e-6, nan_ok=True), key


@pytest.mark.parametrize("control", ["never", "not_yet"])
def test_blocks_of_a_panel_with_gaps(monkeypatch: pytest.MonkeyPatch, control: means.Control) -> None:
    design = make_design(_panel(units=200, missing=0.1), "y", cluster="unit")
    dense = group_time.estimate(design, control, draws=99)
    monkeypatch.setattr(means, "LARGE", 0)
    blocks = group_time.estimate(design, control, draws=99)
    np.testing.assert_allclose(dense.att["value"], blocks.att["value"], atol=1e-10)
    np.testing.assert_allclose(dense.influence, blocks.influence[:, np.arange(len(dense.att))], atol=1e-10)
    assert dense.overall.extra["variance"] == blocks.overall.extra["variance"] == "robust"
    assert blocks.overall.interval_se == pytest.approx(dense.overall.interval_se, rel=1e-9)


@pytest.mark.parametrize(
    "panel",
    [
        _panel(missing=0.1).drop(columns="cluster"),
        _panel(never=False),
        _panel(units=14, missing=0.3).drop(columns=["cluster", "weight"]),
        _panel(never=False, missing=0.2).assign(cohort=lambda f: f["cohort"] - 2),
    ],
    ids=["gaps", "nobody never", "few", "treated from the start"],
)
def test_what_is_left_out_is_left_out_of_the_design(panel: pd.DataFrame) -> None:
    panel = panel.assign(cohort=panel["cohort"].astype("Int64"))
    main = make_design(panel, "y", cluster="cluster" if "cluster" in panel else "unit")
    found = leave_out(main).set_index(["kind", "left_out"])
    rows = main.data
    parts = {("cohort", str(c)): rows[rows["cohort"] != c] for c in main.cohorts}
    parts |= {("period", str(p)): rows[rows["period"] != p] for p in main.periods}
    if "cluster" in panel:
        parts |= {("cluster", str(c)): rows[rows["cluster"] != c] for c in rows["cluster"].unique()}
    done = 0
    for key, rest in parts.items():
        try:
            design = make_design(rest, "y", min_cohort_units=1)
            slow = group_time.estimate(
                design, control="not_yet" if main.all_treated else "never", draws=2, cluster="unit"
            ).overall
        except DesignError:
            assert key not in found.index
            continue
        row = found.loc[key]
        assert row.to_list() == pytest.approx([slow.value, slow.low, slow.high], rel=1e-9), key
        done += 1
    assert done == len(found) > 5


def test_a_panel_laid_out_gives_the_main_estimate() -> None:
    panel = _panel()
    design = make_design(panel, "y", min_cohort_units=3)
    found = overall(wide(panel, "y"), min_cohort_units=3)
    main = group_time.estimate(design, cluster="unit", draws=2).overall
    assert (found.value, found.low, found.n_obs) == (pytest.approx(main.value), pytest.approx(main.low), main.n_obs)


@pytest.mark.parametrize("cluster", ["unit", "cluster"])
@pytest.mark.parametrize("missing", [0.0, 0.15])
def test_the_two_way_coefficient_without_dummies(
    monkeypatch: pytest.MonkeyPatch, missing: float, cluster: twfe.Vcov
) -> None:
    design = make_design(_panel(missing=missing), "y")
    plain = twfe.overall(design, cluster)
    monkeypatch.setattr(twfe, "LARGE", 0)
    found = twfe.overall(design, cluster)
    for key in ("value", "se", "low", "high", "p"):
        assert getattr(found, key) == pytest.approx(getattr(plain, key), rel=1e-9), key


def test_the_decomposition_from_cohort_means(monkeypatch: pytest.MonkeyPatch) -> None:
    design = make_design(_panel().drop(columns="weight"), "y")
    library = bacon.decompose(design)
    monkeypatch.setattr(bacon, "LARGE", 0)
    own = bacon.decompose(design)
    pd.testing.assert_frame_equal(own, library, atol=1e-12, rtol=0)


def test_imputation_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    design = make_design(_panel(missing=0.05).drop(columns="weight"), "y")
    plain = estimate(design, "imputation", Settings())
    monkeypatch.setattr(imputation, "LARGE", 0)
    assert estimate(design, "imputation", Settings()).value == pytest.approx(plain.value, abs=1e-8)


def test_a_heavy_estimator_is_refused_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    design = make_design(_panel().drop(columns="weight"), "y")
    monkeypatch.setattr("pipeline.methods.effects.estimators.LARGE", 100)
    with pytest.raises(RefusedError) as refused:
        estimate(design, "sun_abraham")
    assert refused.value.code == "too_large"
    assert estimate(design, "cs_dr_never").value


def test_draws_that_would_not_end_are_refused() -> None:
    design = make_design(_panel().drop(columns="weight"), "y")
    for method in (randomisation_test, wild_cluster_bootstrap):
        with pytest.raises(TooLargeError, match="too large"):
            method(design, draws=10_000_000)


def test_bins_have_one_width_and_begin_at_the_start() -> None:
    assert bins.width_of(np.arange(24)) == 1
    assert bins.width_of(np.arange(25)) == 2
    assert bins.width_of(np.arange(-70, 60), origin=0.0) == 6
    assert bins.left(np.array([-7, -6, -1, 0, 5, 6]), 6, 0.0).tolist() == [-12, -6, -6, 0, 0, 6]


def test_a_bin_is_the_mean_of_its_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    result = group_time.estimate(make_design(_panel(), "y", cluster="unit"), draws=2)
    plain, width = bins.event(result, 0.95, 2, 0)
    assert width == 1
    assert plain["value"].tolist() == result.event.table["value"].tolist()
    monkeypatch.setattr(bins, "MOST", 5)
    table, width = bins.event(result, 0.95, 2, 0)
    assert width == 3
    assert (table["event_time"] <= table["last"]).all()
    assert not ((table["event_time"] < 0) & (table["last"] >= 0)).any()
    time = result.att["event_time"].to_numpy()
    size = result.att["cohort"].map(result.units.groupby("cohort")["weight"].sum()).to_numpy()
    for row in table.itertuples():
        inside = (time >= row.event_time) & (time <= row.last)
        assert row.value == pytest.approx(np.average(result.att["value"][inside], weights=size[inside]))
        assert row.band_low <= row.low < row.value < row.high <= row.band_high
    assert sum(((time >= row.event_time) & (time <= row.last)).sum() for row in table.itertuples()) == len(time)


def test_joined_cells_hold_every_cell_once(monkeypatch: pytest.MonkeyPatch) -> None:
    result = group_time.estimate(make_design(_panel(), "y", cluster="unit"), draws=2)
    monkeypatch.setattr(bins, "MOST_CELLS", 9)
    table, width = bins.cells(result, 0.95, 2, 0)
    assert width > 1
    att, found = result.att, 0
    for row in table.itertuples():
        inside = att["cohort"].between(row.cohort, row.cohort_last) & att["period"].between(row.period, row.last)
        found += int((inside & ((att["event_time"] < 0) == (row.event_time < 0))).sum())
    assert found == len(att)
    for _, rows in table.groupby("cohort", sort=False):
        assert rows["event_time"].is_monotonic_increasing, "what is before the start stands first"
    before = table["event_time"] < 0
    assert not table[before].duplicated(["cohort", "period"]).any()
    assert not table[~before].duplicated(["cohort", "period"]).any()


def test_repeated_cross_sections_are_told_as_such() -> None:
    rows = _panel().drop(columns=["weight", "cluster"])
    with pytest.raises(DesignError, match="repeated cross-sections"):
        make_design(rows.assign(unit=np.arange(len(rows))), "y")
