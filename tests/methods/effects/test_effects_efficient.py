"""The efficient estimator under random timing: by hand, as a regression, beside group-time effects, and its test."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

from pipeline.errors import TooLargeError
from pipeline.methods.effects import make_design
from pipeline.methods.effects.estimators import RefusedError, Settings, compare, efficient, estimate

CODE = "efficient_random_timing"


def lot(
    units: int = 60, periods: int = 4, effect: float = 0.0, keep: float = 0.3, seed: int = 1, starts=(None, 2, 3)
) -> pd.DataFrame:
    """Units drawn into cohorts by lot; a period's outcome keeps the share `keep` of the one before."""
    rng = np.random.default_rng(seed)
    first = rng.permutation(np.resize(np.array(starts, dtype=object), units))
    rows = []
    for unit in range(units):
        y = rng.normal()
        for period in range(periods):
            on = first[unit] is not None and period >= first[unit]
            rows.append((f"u{unit:03d}", period, first[unit], y + effect * on * (1 + unit % 3)))
            y = keep * y + rng.normal()
    frame = pd.DataFrame(rows, columns=["unit", "period", "cohort", "y"])
    return frame.assign(cohort=frame["cohort"].astype("Int64"))


def by_hand(panel: pd.DataFrame) -> dict[str, float]:
    """The paper's formulas, cohort by cohort, with weights written as dictionaries."""
    wide = panel.pivot(index="unit", columns="period", values="y")
    first = panel.drop_duplicates("unit").set_index("unit")["cohort"].astype(float).fillna(np.inf).reindex(wide.index)
    cohorts, periods = sorted(first.unique()), list(wide.columns)
    y = {g: wide[first == g].to_numpy() for g in cohorts}
    n = {g: len(y[g]) for g in cohorts}
    s = {g: np.cov(y[g].T) for g in cohorts}
    after = {g: np.zeros(len(periods)) for g in cohorts}
    before = {g: np.zeros(len(periods)) for g in cohorts}
    cells = [(g, t) for g, t in itertools.product(cohorts, periods) if np.isfinite(g) and t >= g]
    total = sum(n[g] for g, _ in cells)
    for g, t in cells:
        waiting = [h for h in cohorts if h > t]
        for weights, period in ((after, t), (before, int(g) - 1)):
            weights[g][period] += n[g] / total
            for h in waiting:
                weights[h][period] -= n[g] / total * n[h] / sum(n[k] for k in waiting)
    theta = sum(after[g] @ y[g].mean(axis=0) for g in cohorts)
    x = sum(before[g] @ y[g].mean(axis=0) for g in cohorts)
    var_x = sum(before[g] @ s[g] @ before[g] / n[g] for g in cohorts)
    beta = sum(before[g] @ s[g] @ after[g] / n[g] for g in cohorts) / var_x
    left = {g: after[g] - beta * before[g] for g in cohorts}
    neyman = sum(left[g] @ s[g] @ left[g] / n[g] for g in cohorts)
    start = int(min(cohorts))
    summed = sum(np.linalg.inv(s[g][:start, :start]) @ s[g][:start] @ after[g] for g in cohorts)
    mean = sum(s[g][:start, :start] for g in cohorts) / len(cohorts)
    refined = neyman - summed @ mean @ summed / sum(n.values())
    return {"value": theta - beta * x, "one": theta - x, "beta": beta, "neyman": neyman**0.5, "se": refined**0.5}


@pytest.mark.parametrize("starts", [(None, 2, 3), (1, 2, None), (None, None, 3, 1)])
def test_the_formulas_by_hand(starts):
    panel = lot(effect=0.4, starts=starts)
    found, hand = estimate(make_design(panel, "y"), CODE), by_hand(panel)
    assert found.value == pytest.approx(hand["value"], abs=1e-12)
    assert found.extra["beta"] == pytest.approx(hand["beta"], abs=1e-12)
    assert found.extra["se_neyman"] == pytest.approx(hand["neyman"], abs=1e-12)
    assert found.se == pytest.approx(hand["se"], abs=1e-12)
    assert found.se <= found.extra["se_neyman"]


def test_the_whole_difference_taken_off_is_that_of_callaway_and_santanna():
    panel = lot(effect=0.4)
    design = make_design(panel, "y")
    found = estimate(design, CODE)
    whole = found.value - (1 - found.extra["beta"]) * found.extra["before"]
    assert whole == pytest.approx(estimate(design, "cs_dr_not_yet").value, abs=1e-12)


def test_two_periods_are_the_regression_on_the_outcome_before():
    """Lin's (2013) adjustment, group by group: slopes of each group, weighted by the other's share."""
    panel = lot(units=81, periods=2, starts=(None, 1, None))
    found = estimate(make_design(panel, "y"), CODE)
    wide = panel.pivot(index="unit", columns="period", values="y")
    on = panel.drop_duplicates("unit").set_index("unit")["cohort"].notna().reindex(wide.index).to_numpy()
    slope, parts = {}, {}
    for group in (True, False):
        s = np.cov(wide[on == group].T)
        slope[group], parts[group] = s[0, 1] / s[0, 0], s[0, 0] / (on == group).sum()
    beta = sum(slope[g] * parts[g] for g in parts) / sum(parts.values())
    gap = wide[on].mean() - wide[~on].mean()
    assert found.value == pytest.approx(gap[1] - beta * gap[0], abs=1e-12)


def test_it_is_as_precise_as_it_says_and_more_so_than_differences():
    """Over many lots: without bias, with the standard error that it says, and smaller than that of differences."""
    found, others = [], []
    for seed in range(100):
        design = make_design(lot(effect=0.4, seed=seed), "y")
        one = estimate(design, CODE)
        found.append((one.value, one.se, one.extra["se_neyman"]))
        others.append(one.value - (1 - one.extra["beta"]) * one.extra["before"])
    values, se, neyman = np.array(found).T
    spread = values.std(ddof=1)
    assert values.mean() == pytest.approx(0.8, abs=4 * spread / np.sqrt(len(values)))
    assert spread == pytest.approx(neyman.mean(), rel=0.2)
    assert (se <= neyman).all()
    assert spread < 0.9 * np.std(others, ddof=1)


def test_the_permutation_keeps_its_size():
    p = [efficient.timing_test(make_design(lot(units=24, seed=s), "y"), Settings(seed=s), 39).p for s in range(60)]
    assert np.mean(np.array(p) <= 0.1) < 0.1 + 3 * np.sqrt(0.09 / 60)
    assert np.mean(p) == pytest.approx(0.5, abs=0.13)
    assert min(p) >= 1 / 40


def test_the_permutation_finds_an_effect_and_a_lot_that_was_none():
    assert efficient.timing_test(make_design(lot(effect=1.0), "y"), Settings(), 199).p < 0.02
    chosen = lot(effect=0.0, seed=2)
    better = chosen["cohort"].notna() * 1.5
    test = efficient.timing_test(make_design(chosen.assign(y=chosen["y"] + better), "y"), Settings(), 19)
    assert test.before_p < 0.001
    assert efficient.timing_test(make_design(chosen, "y"), Settings(), 19).before_p > 0.05


def test_what_it_cannot_do_is_refused_or_noted(monkeypatch):
    panel = lot()
    clustered = make_design(panel.assign(cluster=panel["unit"].str[-1]), "y")
    row = compare(clustered, [CODE], Settings(cluster="cluster")).iloc[0]
    assert (row["refused"], row["reason"]) == (True, "timing_by_cluster")
    weights = make_design(panel.assign(weight=1 + panel["unit"].str[-1].astype(int)), "y")
    assert compare(weights, [CODE]).iloc[0]["reason"] == "weights"
    monkeypatch.setattr(efficient, "LARGE", 10)
    with pytest.raises(TooLargeError):
        efficient.timing_test(make_design(panel, "y"), Settings())
    gap = panel.drop(index=[5, 9])
    assert "balanced_only" in [note.code for note in estimate(make_design(gap, "y"), CODE).extra["notes"]]
    late = panel[panel["cohort"].isna() | (panel["period"] > 0)]
    with pytest.raises(RefusedError):
        estimate(make_design(late, "y"), CODE)


def in_strata(
    sizes=((None, 30), (2, 10)), others=((None, 8), (2, 24), (3, 8)), apart=5.0, effect=0.0, seed=1
) -> pd.DataFrame:
    """Two lots with other shares of each start; the level and the growth of the second stratum lie `apart`."""
    parts = []
    for name, counts in (("a", sizes), ("b", others)):
        starts = [start for start, n in counts for _ in range(n)]
        part = lot(units=len(starts), starts=starts, effect=effect, seed=2 * seed + (name == "b"))
        shift = apart * (1 + part["period"]) if name == "b" else 0.0
        parts.append(part.assign(unit=name + part["unit"], stratum=name, y=part["y"] + shift))
    return pd.concat(parts, ignore_index=True)


def strata_of(panel: pd.DataFrame) -> pd.Series:
    return panel.drop_duplicates("unit").set_index("unit")["stratum"]


def test_a_lot_within_strata_is_compared_within_each():
    """By hand: differences, variances and covariances of each stratum by itself, with its share of units and periods."""
    panel = in_strata(effect=0.4)
    found = estimate(make_design(panel, "y"), CODE, Settings(strata=strata_of(panel)))
    under = (panel["period"] >= panel["cohort"]).fillna(False).astype(bool)
    share = panel[under].groupby("stratum").size() / under.sum()
    parts = {name: by_hand(part.drop(columns="stratum")) for name, part in panel.groupby("stratum")}
    each = {name: estimate(make_design(part, "y"), CODE, Settings()).extra for name, part in panel.groupby("stratum")}
    var_x = {name: one["before_se"] ** 2 for name, one in each.items()}
    beta = sum(share[n] ** 2 * parts[n]["beta"] * var_x[n] for n in parts) / sum(
        share[n] ** 2 * var_x[n] for n in parts
    )
    value = sum(share[n] * (parts[n]["one"] + (1 - beta) * each[n]["before"]) for n in parts)
    assert found.extra["beta"] == pytest.approx(beta, abs=1e-12)
    assert found.value == pytest.approx(value, abs=1e-12)


def test_one_stratum_is_one_lot():
    panel = lot(effect=0.4)
    one = pd.Series("only", index=panel["unit"].unique())
    found, plain = (estimate(make_design(panel, "y"), CODE, Settings(strata=s)) for s in (one, None))
    assert (found.value, found.se) == (plain.value, plain.se)


def test_within_strata_interval_and_permutation_keep_what_they_promise():
    covered, p = 0, []
    for seed in range(80):
        panel = in_strata(seed=seed)
        settings = Settings(seed=seed, strata=strata_of(panel))
        design = make_design(panel, "y")
        found = estimate(design, CODE, settings)
        covered += found.low < 0 < found.high
        p.append(efficient.timing_test(design, settings, 19).p)
    assert covered >= 70
    assert np.mean(p) == pytest.approx(0.5, abs=0.12)
    plain = efficient.timing_test(make_design(in_strata(), "y"), Settings(), 199)
    assert min(plain.p, plain.before_p) < 0.01  # taken for one lot, the strata look like effect and like a bad lot


def test_with_small_groups_the_interval_is_too_narrow_and_the_permutation_is_not():
    missed, rejected = 0, 0
    for seed in range(200):
        panel = lot(units=9, seed=seed)
        design = make_design(panel, "y")
        found = estimate(design, CODE)
        missed += not found.low < 0 < found.high
        rejected += efficient.timing_test(design, Settings(seed=seed), 39).p <= 0.05
    assert missed > 20  # 10 at a nominal 5 per cent
    assert rejected < 10 + 3 * np.sqrt(200 * 0.05 * 0.95)


def test_strata_that_cannot_be_compared_are_left_out_and_unknown_ones_refused():
    panel = in_strata(others=((2, 12),))
    design = make_design(panel, "y")
    found = estimate(design, CODE, Settings(strata=strata_of(panel)))
    assert "lone_stratum" in [note.code for note in found.extra["notes"]]
    assert found.n_units == 40
    with pytest.raises(RefusedError) as refused:
        estimate(design, CODE, Settings(strata=strata_of(panel).drop("au000")))
    assert refused.value.code == "no_stratum"
