"""Estimators side by side: published numbers, agreement of independent implementations, and the truth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from pipeline.methods.effects import Design, group_time, make_design, twfe
from pipeline.methods.effects.estimators import METHODS, Settings, compare, estimate, linear, two_way_weights

WITH = Settings(covariates=True)
COMMON = [code for code, method in METHODS.items() if method.common]


@pytest.fixture(scope="module")
def teen(mpdta) -> Design:
    return make_design(mpdta, "lemp", covariates=["lpop"])


@pytest.fixture(scope="module")
def balanced(make_panel) -> Design:
    return make_design(make_panel(units=120, effect=0.1, growth=0.2, seed=3), "y", covariates=["x", "b"])


@pytest.fixture(scope="module")
def holed(make_panel) -> Design:
    return make_design(make_panel(units=120, effect=0.1, growth=0.2, missing=0.08, seed=4), "y")


@pytest.mark.parametrize(
    ("method", "settings", "value", "se"),
    [
        # Callaway & Sant'Anna (2021) and the documentation of R's did
        ("cs_dr_never_universal", Settings(), "-0.0400", "0.0120"),
        # R's etwfe, its vignette: lemp ~ lpop, simple effect
        ("wooldridge", WITH, "-0.0506", "0.0125"),
    ],
)
def test_published_teen_employment(teen, method, settings, value, se):
    found = estimate(teen, method, settings)
    assert (f"{found.value:.4f}", f"{found.se:.4f}") == (value, se)


def test_published_event_study_of_the_extended_two_way_regression(teen):
    """R's etwfe, its vignette: effects by event time."""
    table = estimate(teen, "wooldridge", WITH).extra["event"].table
    printed = [f"{v:.4f}" for v in table["value"]]
    assert estimate(teen, "wooldridge", WITH).value == pytest.approx(-0.0506270331230485, abs=1e-9)  # its own tests
    assert list(table["event_time"]) == [0, 1, 2, 3]
    assert printed == ["-0.0332", "-0.0573", "-0.1379", "-0.1095"]


@pytest.mark.parametrize("covariates", [False, True])
def test_imputation_two_stage_and_extended_two_way_are_one(balanced, covariates):
    settings = Settings(covariates=covariates)
    values = [estimate(balanced, m, settings).value for m in ("imputation", "two_stage", "wooldridge")]
    own = linear.imputation(balanced, covariates)
    assert values == pytest.approx([own.value] * 3, abs=1e-6)


def test_imputation_by_dummies(holed):
    """Unit and period dummies on rows without treatment, by statsmodels; on an unbalanced panel."""
    data = holed.data
    clean = data["event_time"].isna() | (data["event_time"] < 0)
    known = data["unit"].isin(data.loc[clean, "unit"])
    X = pd.get_dummies(data[["unit", "t"]].astype(str), drop_first=True, dtype=float).assign(const=1.0)
    fit = sm.OLS(data.loc[clean, "y"], X[clean]).fit()
    effects = (data["y"] - X @ fit.params)[~clean & known]
    assert estimate(holed, "imputation").value == pytest.approx(effects.mean(), abs=1e-8)


def test_two_way_weights_turn_imputed_effects_into_the_two_way_coefficient(balanced):
    """The identity of `two_way_weights`, by cells; and the weights of the library."""
    import diff_diff

    weights = two_way_weights(balanced)
    data = balanced.data
    clean = data["event_time"].isna() | (data["event_time"] < 0)
    X = pd.get_dummies(data[["unit", "t"]].astype(str), drop_first=True, dtype=float).assign(const=1.0)
    gap = (data["y"] - X @ sm.OLS(data.loc[clean, "y"], X[clean]).fit().params)[~clean]
    means = gap.groupby([data["cohort"], data["period"]]).mean()
    cells = weights.table.set_index(["cohort", "period"])
    assert float((cells["weight"] * means).sum()) == pytest.approx(twfe.overall(balanced).value, abs=1e-8)
    assert weights.table["weight"].sum() == pytest.approx(1)
    rows = data.drop(columns="weight").assign(d=balanced.treated, u=pd.factorize(data["unit"])[0])
    theirs = diff_diff.twowayfeweights(rows, "y", unit="u", time="t", treatment="d").weights
    theirs = rows.merge(theirs, on=["u", "t"]).query("d == 1")
    by_cell = theirs.groupby(["cohort", "period"])["weight"].sum()
    assert (by_cell / by_cell.sum()).to_numpy() == pytest.approx(cells["weight"].to_numpy(), abs=1e-9)


def test_regression_on_cohorts_equals_group_time_effects(balanced):
    """Sun & Abraham = Callaway & Sant'Anna, never treated, universal base, on a balanced panel."""
    regression, cells = (estimate(balanced, m) for m in ("sun_abraham", "cs_dr_never_universal"))
    assert regression.value == pytest.approx(cells.value, abs=1e-8)
    a, b = (e.extra["event"].table.query("event_time != -1").set_index("event_time") for e in (regression, cells))
    assert a["value"].to_dict() == pytest.approx(b["value"].to_dict(), abs=1e-8)


def test_universal_base_leads_are_sums_of_varying_ones(balanced):
    found = estimate(balanced, "cs_dr_never_universal").extra["event"].table.set_index("event_time")["value"]
    main = group_time.estimate(balanced, draws=2)
    cohort = main.att.query("cohort == 2023")
    earliest = -cohort[cohort["event_time"] < 0]["value"].sum()
    assert found[-4] == pytest.approx(earliest, abs=1e-9)  # only the last cohort has four periods before its start
    assert estimate(balanced, "cs_dr_never_universal").value == pytest.approx(main.overall.value, abs=1e-10)


def test_switchers_equal_not_yet_treated_group_time_effects(balanced):
    found = estimate(balanced, "chaisemartin_dhaultfoeuille")
    main = group_time.estimate(balanced, "not_yet", draws=2, cluster="unit")
    assert found.value == pytest.approx(main.overall.value, abs=1e-8)
    assert found.se == pytest.approx(main.overall.se, abs=1e-12)
    theirs = found.extra["event"].table["value"].to_numpy()
    ours = main.event.table.query("event_time >= 0")["value"].to_numpy()
    assert theirs == pytest.approx(ours, abs=1e-8)


def test_anticipation_by_hand(teen):
    """Base two periods before the start; averaged from the start on, not from the period of anticipation."""
    wide = teen.data.pivot(index="unit", columns="t", values="y")
    g = teen.units["g"]
    total = mass = 0.0
    for cohort in (3, 4):  # 2004 has one period before its start
        n = int((g == cohort).sum())
        for t in range(cohort, 5):
            change = wide[t] - wide[cohort - 2]
            total += n * (change[g == cohort].mean() - change[g.isna()].mean())
            mass += n
    found = estimate(teen, "cs_anticipation_1")
    assert found.value == pytest.approx(total / mass, abs=1e-10)
    assert found.extra["notes"][0].code == "no_earlier_base"


@pytest.mark.parametrize("cluster", ["unit", "cluster"])
def test_two_way_by_dummies(balanced, cluster):
    """statsmodels on all dummies, cluster-robust, as this module's head in `twfe` counts coefficients."""
    data = balanced.data
    X = pd.get_dummies(data[["unit", "t"]].astype(str), drop_first=True, dtype=float).assign(const=1.0)
    X.insert(0, "d", balanced.treated.to_numpy())
    groups = pd.factorize(data[cluster])[0]
    fit = sm.OLS(data["y"], X).fit(cov_type="cluster", cov_kwds={"groups": groups}, use_t=True)
    found = estimate(balanced, "twfe", Settings(cluster=cluster))
    n, k = len(data), X.shape[1]
    without_units = len(balanced.periods)
    assert found.value == pytest.approx(fit.params["d"], abs=1e-9)
    assert found.se == pytest.approx(fit.bse["d"] * np.sqrt((n - k) / (n - without_units)), rel=1e-6)


def test_stacks_by_hand(balanced):
    """Own stacks and weights (Wing et al. 2024): comparison mass of each stack = its share of treated units."""
    data, units, horizon = balanced.data, balanced.units, 1  # the last cohort has two measured periods
    parts = []
    for g in (2, 3, 4):
        chosen = units[(units["g"] == g) | ~(units["g"] <= g + horizon)].index
        part = data[data["unit"].isin(chosen) & data["t"].between(g - 1, g + horizon)]
        parts.append(part.assign(e=part["t"] - g, d=(part["g"] == g).astype(float), stack=g))
    stack = pd.concat(parts, ignore_index=True)
    n1 = stack[stack["d"] == 1].groupby("stack")["unit"].nunique()
    n0 = stack[stack["d"] == 0].groupby("stack")["unit"].nunique()
    weight = np.where(stack["d"] == 1, 1.0, stack["stack"].map((n1 / n1.sum()) / (n0 / n0.sum())))
    means = (
        stack.assign(w=weight, wy=weight * stack["y"]).groupby(["d", "e"])[["w", "wy"]].sum().pipe(lambda m: m.wy / m.w)
    )
    effect = [(means[1, e] - means[1, -1]) - (means[0, e] - means[0, -1]) for e in (0, 1)]
    found = estimate(balanced, "stacked")
    assert found.value == pytest.approx(np.mean(effect), abs=1e-9)
    assert list(found.extra["event"].table["value"]) == pytest.approx(effect, abs=1e-9)
    assert found.extra["horizon"] == 1


def test_synthetic_did_of_one_cohort_is_the_library_s(make_panel):
    """Value and jackknife standard error, for one cohort; for more the jackknife is our own."""
    import diff_diff

    panel = make_panel(units=60, cohorts={2021: 0.4}, effect=0.3, seed=5)
    design = make_design(panel, "y")
    rows = design.data.assign(ever=design.data["g"].notna().astype(int), u=pd.factorize(design.data["unit"])[0])
    theirs = diff_diff.SyntheticDiD(variance_method="jackknife", n_bootstrap=2, seed=0).fit(
        rows, outcome="y", treatment="ever", unit="u", time="t", post_periods=[2, 3, 4, 5]
    )
    found = estimate(design, "synthetic_did")
    assert found.value == pytest.approx(theirs.att, abs=1e-8)
    assert found.se == pytest.approx(theirs.se, rel=1e-6)


def test_every_estimator_finds_growing_effects_where_two_way_does_not(make_panel):
    """Effects 0.1 + 0.5 e; mean over cells, cohorts of equal size: 0.1 + 0.5 * (6 + 3 + 1) / 9."""
    design = make_design(make_panel(units=240, effect=0.1, growth=0.5, seed=11), "y", covariates=["x"])
    truth = 0.1 + 0.5 * 10 / 9
    for settings in (Settings(), WITH):
        rows = compare(design, METHODS, settings).set_index("method")
        assert not rows["refused"].any()
        common = rows.loc[COMMON]
        assert ((common["value"] - truth).abs() < 3 * common["se"]).all()
        assert abs(rows.loc["twfe", "value"] - truth) > 5 * rows.loc["twfe", "se"]
        # the stacks reach to event time 1
        assert abs(rows.loc["stacked", "value"] - (0.1 + 0.25)) < 3 * rows.loc["stacked", "se"]


@pytest.mark.parametrize("method", [code for code, method in METHODS.items() if not method.random_timing])
def test_standard_errors_by_cluster(balanced, method):
    """But those of timing by lot, which refuse clusters.

    A cluster that is the unit changes nothing but the small-sample factor; true clusters change the error.
    """
    same = replace(balanced, data=balanced.data.assign(cluster=balanced.data["unit"]))
    unit, alike, cluster = (
        estimate(d, method, Settings(cluster=c))
        for d, c in ((balanced, "unit"), (same, "cluster"), (balanced, "cluster"))
    )
    assert alike.value == pytest.approx(unit.value, abs=1e-12)
    assert alike.se == pytest.approx(unit.se, rel=0.02)
    assert cluster.n_clusters == balanced.n_clusters
    assert abs(cluster.se / unit.se - 1) > 1e-3


@pytest.mark.parametrize("method", list(METHODS))
def test_calendar_gaps_and_names_do_not_matter(balanced, method):
    """The index of measured periods counts; and an estimate is the same twice."""
    years = {p: p * 3 for p in balanced.periods}
    panel = balanced.data.assign(
        period=balanced.data["period"].map(years),
        cohort=balanced.data["cohort"].map(years),
        unit="z" + balanced.data["unit"],
    )
    again = make_design(panel, "y")
    plain = replace(balanced, covariates=())
    assert estimate(again, method).value == pytest.approx(estimate(plain, method).value, abs=1e-10)
