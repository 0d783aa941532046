"""Group-time effects against differences of means, the library's own aggregates, and a unit bootstrap."""

from __future__ import annotations

import sys
import warnings

import numpy as np
import pandas as pd
import pytest

from pipeline.errors import DesignError
from pipeline.methods.effects import group_time, make_design
from pipeline.methods.effects.group_time import engine as _engine
from pipeline.methods.effects.group_time.aggregate import sup_t
from pipeline.methods.effects.group_time.means import mean_cells


@pytest.fixture(scope="module")
def gap(make_panel):
    """Unbalanced, with a year without measurement."""
    return make_design(make_panel(units=160, effect=0.2, growth=0.1, missing=0.12, seed=2), "y", covariates=["x", "b"])


@pytest.fixture(scope="module")
def result(gap):
    return group_time.estimate(gap, draws=499)


def by_hand(design, control: str) -> pd.DataFrame:
    """ATT(g, t) as a difference of mean changes over the units observed in both periods, with its standard error."""
    wide = design.data.pivot(index="unit", columns="t", values="y")
    g = design.units["g"]
    rows = []
    for cohort in sorted(g.dropna().unique()):
        for t in range(1, len(design.periods)):
            base = int(min(t, cohort)) - 1
            change = (wide[t] - wide[base]).dropna()
            group = g.reindex(change.index)
            treated = change[group == cohort]
            others = group.isna() if control == "never" else group.isna() | (group > max(t, base))
            if control == "not_yet":
                others &= group != cohort
            rest = change[others]
            se = np.sqrt(treated.var(ddof=1) / len(treated) + rest.var(ddof=1) / len(rest))
            rows.append((int(cohort), t, treated.mean() - rest.mean(), se, len(treated), len(rest)))
    return pd.DataFrame(rows, columns=["g", "t", "value", "se", "n_treated", "n_control"])


@pytest.mark.parametrize("control", ["never", "not_yet"])
def test_cells_are_differences_of_means(gap, control):
    att = group_time.estimate(gap, control=control, draws=199).att
    hand = by_hand(gap, control)
    assert list(att["n_treated"]) == list(hand["n_treated"])
    assert list(att["n_control"]) == list(hand["n_control"])
    np.testing.assert_allclose(att["value"], hand["value"], atol=1e-10)
    np.testing.assert_allclose(att["interval_se"], hand["se"], atol=1e-10)
    assert (att["se"] <= att["interval_se"]).all()


@pytest.mark.parametrize("control", ["never", "not_yet"])
def test_cells_are_those_of_the_library(gap, control):
    own, library = mean_cells(gap, control), _engine.library_cells(gap, control, "dr", ())
    np.testing.assert_allclose(own.table.to_numpy(float), library.table.to_numpy(float), atol=1e-8)
    np.testing.assert_allclose(own.influence, library.influence, atol=1e-8)
    assert own.notes == library.notes


def test_gap_year_keeps_calendar_and_measured_time(result):
    first = result.att[(result.att["cohort"] == 2021)]
    assert list(first["period"]) == [2019, 2021, 2022, 2023, 2024]
    assert list(first["base_period"]) == [2018, 2019, 2019, 2019, 2019]
    assert list(first["event_time"]) == [-1, 0, 1, 2, 3]


def test_aggregates_are_weighted_by_cohort_size(gap, result, carrying):
    sizes = carrying(gap)
    assert (sizes < gap.units["cohort"].value_counts().reindex(sizes.index)).any()
    att = result.att.assign(size=result.att["cohort"].map(sizes))
    post = att[att["event_time"] >= 0]
    assert result.overall.value == pytest.approx(np.average(post["value"], weights=post["size"]), abs=1e-12)
    for frame, key, cells in (
        (result.event.table, "event_time", att),
        (result.calendar, "period", post),
        (result.group, "cohort", post),
    ):
        for row in frame.itertuples():
            part = cells[cells[key] == getattr(row, key)]
            assert row.value == pytest.approx(np.average(part["value"], weights=part["size"]), abs=1e-12)


def test_same_standard_errors_as_the_library_on_a_balanced_panel(make_panel):
    import diff_diff

    design = make_design(make_panel(units=120, effect=0.2, growth=0.1), "y")
    ours = group_time.estimate(design, draws=199)
    frame = design.data.assign(
        first=(design.data["g"] + 1).fillna(0).astype(int), unit=pd.factorize(design.data["unit"])[0]
    )
    fit = diff_diff.CallawaySantAnna().fit(
        frame.assign(t=frame["t"] + 1), outcome="y", unit="unit", time="t", first_treat="first"
    )
    assert (ours.overall.value, ours.overall.se) == pytest.approx((fit.overall_att, fit.overall_se), rel=1e-9)
    assert ours.overall.se < ours.overall.interval_se < 1.05 * ours.overall.se  # n/(n-1) on each side of a cell
    for level, table in (("event_study", ours.event.table), ("group", ours.group)):
        theirs = fit.aggregate(level).to_dataframe()
        np.testing.assert_allclose(table["value"], theirs["att"].astype(float), rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(table["se"], theirs["se"].astype(float), rtol=1e-9)


def test_standard_errors_agree_with_a_bootstrap_of_units(gap, result):
    """On the unbalanced panel with the gap: aggregates refitted by hand on resampled units."""
    wide = gap.data.pivot(index="unit", columns="t", values="y").to_numpy()
    g = gap.units["g"].to_numpy()
    rng = np.random.default_rng(7)
    draws = []
    for _ in range(600):
        pick = rng.integers(len(g), size=len(g))
        y, first = wide[pick], g[pick]
        total, weight, calendar = 0.0, 0.0, {t: [0.0, 0.0] for t in range(2, 6)}
        for cohort in (2, 3, 4):
            n = (first == cohort).sum()
            for t in range(cohort, 6):
                change = y[:, t] - y[:, cohort - 1]
                value = np.nanmean(change[first == cohort]) - np.nanmean(change[np.isnan(first)])
                total, weight = total + n * value, weight + n
                calendar[t][0] += n * value
                calendar[t][1] += n
        draws.append([total / weight, *(a / b for a, b in calendar.values())])
    spread = np.std(draws, axis=0)
    ours = [result.overall.se, *result.calendar["se"]]
    np.testing.assert_allclose(ours, spread, rtol=0.12)


def test_interval_covers_the_truth(make_panel):
    """150 panels with gap, missing outcomes and effects that grow."""
    inside = 0
    for seed in range(150):
        panel = make_panel(units=60, effect=0.2, growth=0.1, missing=0.1, seed=seed, cohorts={2021: 0.3, 2023: 0.3})
        found = group_time.estimate(make_design(panel, "y"), draws=199).overall
        truth = np.mean([0.2, 0.3, 0.4, 0.5, 0.2, 0.3])
        inside += found.low <= truth <= found.high
    assert 0.90 <= inside / 150 <= 0.99


def test_band_is_wider_than_the_intervals_and_covers_all_rows_at_once(result):
    table = result.event.table
    assert (table["band_low"] <= table["low"]).all()
    assert (table["band_high"] >= table["high"]).all()
    assert 1.96 < result.event.critical < 4
    cov = result.event.cov
    np.testing.assert_allclose(np.sqrt(np.diag(cov)), table["interval_se"])
    draws = np.random.default_rng(0).multivariate_normal(np.zeros(len(cov)), cov, 20_000)
    within = (np.abs(draws) / np.sqrt(np.diag(cov)) <= result.event.critical).all(axis=1)
    assert within.mean() == pytest.approx(0.95, abs=0.02)


def test_critical_value_of_independent_columns():
    expected = 2.49  # two-sided normal quantile at 1 - (1 - 0.95^(1/4)) / 2
    assert sup_t(np.eye(4), np.inf, 0.95, 20_000, 1) == pytest.approx(expected, abs=0.04)
    # with few degrees of freedom, as the Studentised maximum modulus of four with ten (3.00; Stoline & Ury 1979, table 1)
    assert sup_t(np.eye(4), 10.0, 0.95, 40_000, 1) == pytest.approx(3.00, abs=0.05)


def test_seed_fixes_the_bands(gap, result):
    again = group_time.estimate(gap, draws=499)
    pd.testing.assert_frame_equal(result.event.table, again.event.table)
    other = group_time.estimate(gap, draws=499, seed=1)
    assert other.event.critical != result.event.critical
    assert other.overall == result.overall


def test_clusters_sum_the_influence(gap, result):
    clustered = group_time.estimate(gap, draws=199, cluster="cluster")
    assert clustered.overall.value == result.overall.value
    assert clustered.overall.n_clusters == 21
    one_each = group_time.estimate(
        make_design(gap.data[["unit", "period", "cohort", "y"]].assign(cluster=gap.data["unit"]), "y"),
        draws=199,
        cluster="cluster",
    )
    assert one_each.overall.se == pytest.approx(result.overall.se, rel=1e-9)


def trend_by_covariate(seed: int) -> pd.DataFrame:
    """Units with a higher x enter more often and rise faster; the effect is 0.3."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=300)
    treated = rng.random(300) < 1 / (1 + np.exp(-x))
    number, index = np.repeat(np.arange(300), 4), np.tile(np.arange(4), 300)
    period = np.array([2018, 2019, 2021, 2022])[index]
    cohort = np.where(treated[number], 2021.0, np.nan)
    y = 0.2 * x[number] * index + 0.3 * (period >= cohort) + rng.normal(0, 0.2, len(index))
    return pd.DataFrame({"unit": number, "period": period, "cohort": cohort, "x": x[number], "y": y})


@pytest.mark.parametrize("method", ["dr", "reg", "ipw"])
def test_covariates_remove_a_difference_in_trend_that_they_explain(method):
    """Over 25 panels the adjusted estimates scatter around the truth as their standard errors say."""
    designs = [make_design(trend_by_covariate(seed), "y", covariates=["x"]) for seed in range(25)]
    fits = [group_time.estimate(d, method=method, covariates=True, draws=50).overall for d in designs]
    z = np.array([(fit.value - 0.3) / fit.se for fit in fits])
    assert abs(z.mean()) < 3 / np.sqrt(25)
    assert 0.6 < z.std() < 1.5
    assert fits[0].extra["covariates"] == ("x",)
    plain = [group_time.estimate(d, draws=50).overall.value for d in designs[:5]]
    assert min(plain) > 0.4


def test_library_warnings_become_notes(gap, recwarn):
    assert any(str(n).startswith("unbalanced: ") for n in group_time.estimate(gap, draws=199).warnings)
    assert not recwarn.list


def test_every_warning_is_told_once():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for text in (
            "Unbalanced panel detected (some",
            "Unbalanced panel detected (some",
            "Something new. More words.",
        ):
            warnings.warn(text, stacklevel=1)
    notes = _engine.plain_notes(caught)
    assert [n.code for n in notes] == ["unbalanced", "library"]
    assert str(notes[1]) == "library: Something new"


def test_collinear_covariates_are_noted_not_raised(gap):
    design = make_design(
        gap.data[["unit", "period", "cohort", "cluster", "y", "x"]].assign(x2=2 * gap.data["x"]),
        "y",
        covariates=["x", "x2"],
    )
    notes = group_time.estimate(design, method="reg", covariates=True, draws=199).warnings
    assert any(str(n).startswith("collinear: ") for n in notes)


def test_cohort_that_disappears_after_its_start(make_panel):
    """No outcome of the only cohort after treatment: nothing to estimate."""
    panel = make_panel(units=40, cohorts={2022: 0.5})
    panel.loc[(panel["cohort"] == 2022).fillna(False) & (panel["period"] >= 2022), "y"] = np.nan
    with pytest.raises(DesignError, match="No effect after"):
        group_time.estimate(make_design(panel, "y"), draws=199)


def test_changed_scale_of_the_library_is_noticed(gap, monkeypatch):
    import diff_diff

    original = diff_diff.CallawaySantAnna.fit

    def rescaled(self, *args, **kwargs):
        fit = original(self, *args, **kwargs)
        for part in fit._aggregation_kit.influence.values():
            part["treated_inf"] = part["treated_inf"] * 2
        return fit

    monkeypatch.setattr(diff_diff.CallawaySantAnna, "fit", rescaled)
    with pytest.raises(RuntimeError, match="scale"):
        group_time.estimate(gap, draws=199, covariates=True)


def test_importing_effects_does_not_import_the_library():
    import subprocess

    code = "import sys, pipeline.methods.effects; sys.exit('diff_diff' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
