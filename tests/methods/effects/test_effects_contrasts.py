"""Growth since entry and differences between cohorts, against plain comparisons of means."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.methods.effects import group_time, make_design
from pipeline.methods.effects.group_time import contrasts


def _effects(panel):
    return group_time.estimate(make_design(panel, "y", cluster="unit"), draws=199)


def test_growth_is_the_difference_of_two_means_of_changes(make_panel) -> None:
    panel = make_panel(units=120, effect=0.1, growth=0.05, cohorts={2021: 0.4, 2023: 0.2})
    found = contrasts.growth(_effects(panel))
    assert found is not None
    wide = panel.pivot(index="unit", columns="period", values="y")
    cohort = panel.groupby("unit")["cohort"].first()
    change = wide[2024] - wide[2021]
    treated, never = change[cohort == 2021], change[cohort.isna()]
    assert (found.cohort, found.first, found.last, found.n_units) == (2021, 2021, 2024, len(treated))
    assert found.value == pytest.approx(treated.mean() - never.mean(), abs=1e-10)
    se = np.sqrt(treated.var(ddof=0) / len(treated) + never.var(ddof=0) / len(never))
    assert (found.high - found.low) / (2 * 1.959964) == pytest.approx(se, rel=0.02)
    assert found.low < 0.15 < found.high


def test_a_cohort_seen_once_after_entry_shows_no_growth(make_panel) -> None:
    panel = make_panel(units=80, cohorts={2024: 0.5})
    assert contrasts.growth(_effects(panel)) is None
    assert contrasts.equal_cohorts(_effects(panel)) is None


def test_cohorts_are_compared_with_the_covariance_that_they_share(make_panel) -> None:
    panel = make_panel(units=150, effect=0.3, cohorts={2022: 0.3, 2024: 0.3})
    effects = _effects(panel)
    found = contrasts.equal_cohorts(effects)
    assert found is not None
    assert found.df == 1
    rows = effects.att[effects.att["event_time"] >= 0]
    weights = np.zeros(len(effects.att))
    for sign, year in ((1.0, 2024), (-1.0, 2022)):
        cells = rows.index[rows["cohort"] == year]
        weights[cells] = sign / len(cells)
    variance = float(((effects.parts.psi @ weights) ** 2).sum())
    difference = float(weights @ effects.att["value"])
    assert found.stat == pytest.approx(difference**2 / variance)
    assert found.p > 0.01


def test_cohorts_that_differ_are_found(make_panel) -> None:
    panel = make_panel(units=240, noise=0.1)
    panel.loc[(panel["cohort"] == 2021) & (panel["period"] >= 2021), "y"] += 0.5
    found = contrasts.equal_cohorts(_effects(panel))
    assert found is not None
    assert found.df == 2
    assert found.p < 0.001


def test_the_newest_cohort_is_compared_over_the_same_time_since_entry(make_panel) -> None:
    """Effects that grow alike differ in their means, and not over the same time; the difference is that of plain means."""
    panel = make_panel(
        units=300,
        effect=0.2,
        growth=0.3,
        noise=0.1,
        cohorts={2021: 0.3, 2022: 0.2, 2024: 0.2},
        periods=range(2018, 2025),
    )
    found = contrasts.equal_exposure(_effects(panel))
    assert found is not None
    assert (found.cohort, found.others, found.periods) == (2024, (2021, 2022), 1)
    wide = panel.pivot(index="unit", columns="period", values="y")
    cohort = panel.groupby("unit")["cohort"].first()
    gains = {g: wide[g] - wide[g - 1] for g in (2021, 2022, 2024)}
    cells = {g: gains[g][cohort == g].mean() - gains[g][cohort.isna()].mean() for g in gains}
    sizes = {g: float((cohort == g).sum()) for g in (2021, 2022)}
    earlier = sum(sizes[g] * cells[g] for g in sizes) / sum(sizes.values())
    assert found.newest == pytest.approx(cells[2024], abs=1e-10)
    assert found.earlier == pytest.approx(earlier, abs=1e-10)
    assert found.value == pytest.approx(cells[2024] - earlier, abs=1e-10)
    assert found.low < 0 < found.high
    means = _effects(panel).group.set_index("cohort")["value"]
    assert means[2021] - means[2024] > 0.3, "means over unequal times do differ"
    panel.loc[(panel["cohort"] == 2024) & (panel["period"] >= 2024), "y"] -= 0.2
    less = contrasts.equal_exposure(_effects(panel))
    assert less is not None
    assert less.high < 0


def test_one_cohort_alone_has_no_other_to_be_compared_with(make_panel) -> None:
    assert contrasts.equal_exposure(_effects(make_panel(units=80, cohorts={2023: 0.5}))) is None


def test_each_unit_counts_once_where_asked_and_each_of_its_periods_in_the_overall_effect(make_panel) -> None:
    panel = make_panel(units=160, effect=0.3, growth=0.2, cohorts={2021: 0.2, 2024: 0.4})
    effects = _effects(panel)
    found = contrasts.by_unit(effects)
    assert found is not None
    after = effects.att[effects.att["event_time"] >= 0]
    counted = float(np.average(after["value"], weights=after["n_treated"]))
    assert effects.overall.value == pytest.approx(counted), "each period since entry of each unit"
    assert found.value == pytest.approx(float(np.average(effects.group["value"], weights=effects.group["n_units"])))
    assert found.value < effects.overall.value - 0.05, "the early cohort, whose effect grew, counts once a unit"
    assert found.low < found.value < found.high


def test_counting_units_is_no_other_effect_where_all_are_seen_for_as_long(make_panel) -> None:
    assert contrasts.by_unit(_effects(make_panel(units=80, cohorts={2022: 0.5}))) is None
