"""A cohort weighs by its units that carry an effect: others, however many, move nothing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from pipeline.methods.effects import group_time, heterogeneity, make_design, pretrend
from pipeline.methods.effects.design import Design
from pipeline.methods.effects.estimators import estimate
from pipeline.methods.effects.group_time import bins, cell_means, contrasts, means, refit
from pipeline.methods.effects.group_time.att_gt import GroupTime
from pipeline.methods.effects.heterogeneity.arms import by_group
from pipeline.methods.effects.inference import restricted_bootstrap
from pipeline.methods.effects.inference.multiplier import _Linear

SILENT = {2021: (2023, 2024), 2022: (2018, 2023), 2023: (2018, 2022)}
"""By cohort, in which two years units are seen that enter no cell: first after the start, not at the base, never after it."""
INTERVALS = ["low", "high", "band_low", "band_high", "p"]
Panel = Callable[..., pd.DataFrame]


def with_silent(panel: pd.DataFrame, each: int = 12) -> pd.DataFrame:
    """The panel with such units, whose outcomes lie far from all others'."""
    rows = [
        {
            "unit": f"z{g}{i}",
            "period": p,
            "cohort": g,
            "cluster": panel["cluster"].iloc[i],
            "y": 50.0 * i + p,
            "x": 0.1 * i,
        }
        for g, years in SILENT.items()
        for i in range(each * (1 + (g == 2023)))
        for p in years
    ]
    more = pd.DataFrame(rows).assign(b=1.0, weight=3.0)
    return pd.concat([panel, more[panel.columns]], ignore_index=True)


def unbalanced(make_panel: Panel, units: int = 60) -> pd.DataFrame:
    """Small, unbalanced, effects that differ by cohort."""
    frame = make_panel(units=units, effect=0.3, growth=0.1, missing=0.1, seed=8, clusters=12)
    frame.loc[(frame["cohort"] == 2023) & (frame["period"] >= 2023), "y"] -= 1.5
    frame["weight"] = (frame["unit"].str[1:].astype(int) % 3 + 1).astype(float)
    return frame


@pytest.fixture(scope="module")
def panel(make_panel: Panel) -> pd.DataFrame:
    return unbalanced(make_panel)


TABLES: dict[str, Callable[[GroupTime], pd.DataFrame]] = {
    "cells": lambda r: r.att,
    "overall": lambda r: pd.DataFrame(
        [{k: getattr(r.overall, k) for k in ("value", "se", "interval_se", "low", "high")}]
    ),
    "event": lambda r: r.event.table,
    "cohorts": lambda r: r.group,
    "periods": lambda r: r.calendar,
    "bins": lambda r: bins.cohorts(r, 0.95, 49, 0)[0],
    "years": lambda r: pd.DataFrame([pretrend.years_of(r)]),
    "exposure": lambda r: pd.DataFrame([vars(contrasts.equal_exposure(r))]).drop(columns="others"),
    "by_unit": lambda r: pd.DataFrame([vars(contrasts.by_unit(r))]),
    "leads": lambda r: pretrend.assess(r).leads,
}


OVER_COHORTS = {"overall", "event", "periods", "bins", "leads"}
"""Means over several cohorts."""


@pytest.mark.parametrize("blocks", [False, True])
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("control", ["never", "not_yet"])
def test_units_that_carry_nothing_move_nothing(
    make_panel: Panel, monkeypatch: pytest.MonkeyPatch, control: means.Control, weighted: bool, blocks: bool
) -> None:
    """Blocks guess by all units' levels how well variances are known, so that intervals may move there in the last digits:
    they are left out, on a panel with enough units that no variance is pooled. The printed standard error of a mean over
    cohorts draws whole cohorts, as published tables do; no interval rests on it."""
    if blocks:
        monkeypatch.setattr(means, "LARGE", 0)
    rows = unbalanced(make_panel, 240 if blocks else 60).drop(columns=[] if weighted else "weight")
    alone, beside = (
        group_time.estimate(make_design(one, "y"), control, draws=99, cluster="unit")
        for one in (rows, with_silent(rows))
    )
    assert len(beside.units) == len(alone.units) + 48
    for name, table in TABLES.items():
        apart = [*(INTERVALS if blocks else []), *(["se"] if name in OVER_COHORTS else [])]
        one, other = (table(r).drop(columns=apart, errors="ignore").to_numpy(float) for r in (alone, beside))
        np.testing.assert_allclose(other, one, rtol=1e-7, atol=1e-9, err_msg=name)


OTHERS: dict[str, Callable[[Design], float]] = {
    "adjusted": lambda d: group_time.estimate(d, covariates=True, draws=2, cluster="unit").overall.value,
    "adjusted_se": lambda d: group_time.estimate(d, covariates=True, draws=2, cluster="unit").overall.interval_se,
    "anticipation": lambda d: estimate(d, "cs_anticipation_1").value,
    "refit": lambda d: refit.overall(refit.wide(d.data, "y")).value,
    "randomisation": lambda d: float(cell_means.overall(cell_means.changes(d))[0][0]),
    "bootstrap": lambda d: restricted_bootstrap(d, draws=9).value,
    "bootstrap_units": lambda d: restricted_bootstrap(d, draws=9).n_units,
    "bootstrap_se": lambda d: restricted_bootstrap(d, draws=9).se,
    "heterogeneity": lambda d: float(heterogeneity.by_group(d, _halves(d)).table["value"].sum()),
    "arms": lambda d: float(by_group(d, _halves(d), order=("a", "b")).table["value"].sum()),
    "arms_se": lambda d: float(by_group(d, _halves(d), order=("a", "b")).table["se"].sum()),
}


def _halves(design: Design) -> pd.Series:
    return (design.units["x"] > 0).map({True: "a", False: "b"})


@pytest.mark.parametrize("name", OTHERS)
def test_nor_do_they_elsewhere(make_panel: Panel, name: str) -> None:
    rows = make_panel(units=120, effect=0.3, growth=0.1, missing=0.05, seed=8, clusters=12)
    rows.loc[(rows["cohort"] == 2023) & (rows["period"] >= 2023), "y"] -= 1.5
    one, other = (OTHERS[name](make_design(part, "y", covariates=["x"])) for part in (rows, with_silent(rows)))
    assert other == pytest.approx(one, rel=1e-7)


def test_the_bootstrap_draws_the_estimate_itself(panel: pd.DataFrame) -> None:
    """Drawn anew with all signs +, the outcomes less unit and period effects give the effect and its sums by cluster."""
    design = make_design(with_silent(panel), "y")
    found = cell_means.changes(design)
    value, psi = cell_means.overall(found)
    G = design.units["cluster"].nunique()
    drawn = _Linear.of(design, found, design.data["y"], np.ones((1, G)))
    assert drawn.value[0] == pytest.approx(value[0], abs=1e-8)
    sums = cell_means.by_cluster(psi, found.units["cluster"].to_numpy())[0]
    assert drawn.sums[0] == pytest.approx(sums, abs=1e-8)


@pytest.mark.parametrize("blocks", [False, True])
def test_a_cohort_without_an_effect_has_no_say_in_the_leads(
    panel: pd.DataFrame, monkeypatch: pytest.MonkeyPatch, blocks: bool
) -> None:
    """Cohort 2024 is never seen in 2024: its leads would reject by themselves."""
    if blocks:
        monkeypatch.setattr(means, "LARGE", 0)
    rows = panel.drop(columns="weight")
    other = rows[rows["cohort"].isna() & (rows["period"] < 2024)].assign(
        unit=lambda r: "q" + r["unit"], cohort=2024, y=lambda r: r["y"] + (r["period"] - 2018)
    )
    alone = group_time.estimate(make_design(rows, "y"), draws=99, cluster="unit")
    beside = group_time.estimate(make_design(pd.concat([rows, other]), "y"), draws=99, cluster="unit")
    assert 2024 not in set(beside.att["cohort"])
    assert {note.code for note in beside.warnings} >= {"cells_missing"}
    for name, table in TABLES.items():
        if name != "cells":
            columns = [c for c in ("event_time", "cohort", "period", "value", "se", "n_units") if c in table(alone)]
            np.testing.assert_allclose(
                table(beside)[columns].to_numpy(float), table(alone)[columns].to_numpy(float), rtol=1e-7, atol=1e-9
            )
    assert pretrend.assess(beside).p > 0.05


def test_the_effect_leaves_them_out_and_the_printed_standard_error_draws_whole_cohorts(panel: pd.DataFrame) -> None:
    """Influence of a unit that carries nothing is zero; what the sizes add, as published tables count it, is of all units."""
    rows = with_silent(panel.drop(columns="weight"), each=2)
    found = group_time.estimate(make_design(rows, "y"), draws=2, cluster="unit")
    silent = found.units["unit"].str.startswith("z").to_numpy()
    post = (found.att["event_time"] >= 0).to_numpy()
    assert not found.overall_influence[silent].any()
    influence = found.overall_influence + found.make.weights_influence(post)
    assert np.sqrt(influence @ influence) == pytest.approx(found.overall.se)
    att, sizes = found.att[post], found.units["cohort"].value_counts()
    weight = att["cohort"].map(sizes).to_numpy(float)
    apart = (att["value"] - np.average(att["value"], weights=weight)).groupby(att["cohort"]).sum() / weight.sum()
    by_hand = found.units["cohort"].map(apart).fillna(0.0).to_numpy()
    assert found.make.weights_influence(post) == pytest.approx(by_hand)
    assert by_hand.sum() == pytest.approx(0.0, abs=1e-12)
