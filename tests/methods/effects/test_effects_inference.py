"""Inference with few clusters against its definitions written out, an independent implementation, and simulated size."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from pipeline.errors import DesignError
from pipeline.methods.effects import group_time, make_design, twfe
from pipeline.methods.effects.group_time.aggregate import collapse
from pipeline.methods.effects.group_time.cell_means import NEVER, by_cluster, cells, changes, overall
from pipeline.methods.effects.inference import (
    cluster_bootstrap,
    conley,
    randomisation_test,
    regress,
    restricted_bootstrap,
    two_way,
)
from pipeline.methods.effects.inference.conley import coordinates_of
from pipeline.methods.effects.inference.wild import draw_weights

SIZES = (3, 5, 4, 7, 6)


@pytest.fixture(scope="module")
def small() -> tuple[np.ndarray, pd.DataFrame, np.ndarray]:
    """25 rows in five clusters; regressors on the level of rows and of clusters."""
    rng = np.random.default_rng(7)
    cluster = np.repeat(np.arange(5), SIZES)
    treated = np.array([1.0, 0, 1, 0, 0])[cluster]
    X = pd.DataFrame({"one": 1.0, "treated": treated, "x": rng.normal(size=25), "w": rng.normal(size=25)})
    return rng.normal(size=25) + rng.normal(size=5)[cluster], X, cluster


def by_definition(y, X, cluster, power):  # noqa: N803
    """Covariance and the matrix whose squares give Satterthwaite's degrees, in n × n matrices (Bell & McCaffrey 2002)."""
    n = len(y)
    M = np.linalg.inv(X.T @ X)
    annihilator = np.eye(n) - X @ M @ X.T
    e, V, parts = annihilator @ y, 0, []
    for g in np.unique(cluster):
        rows = cluster == g
        values, vectors = np.linalg.eigh(annihilator[np.ix_(rows, rows)])
        A = (vectors * np.where(values > 1e-10, np.abs(values) ** power, 0)) @ vectors.T
        s = X[rows].T @ A @ e[rows]
        V = V + np.outer(s, s)
        parts.append(annihilator[:, rows] @ A @ X[rows] @ M)
    return M @ V @ M, parts


@pytest.mark.parametrize(("kind", "power"), [("CR2", -0.5), ("CR3", -1.0)])
def test_covariance_and_degrees_of_freedom_by_definition(small, kind, power):
    y, X, cluster = small
    fit = regress(y, X, cluster)
    V, parts = by_definition(y, X.to_numpy(), cluster, power)
    assert fit.covariance(kind) == pytest.approx(V, abs=1e-12)
    c = np.array([0, 1.0, -0.5, 0])
    p = np.stack([part @ c for part in parts])
    test = fit.t_test(c, kind)
    assert test.df == pytest.approx(np.trace(p @ p.T) ** 2 / ((p @ p.T) ** 2).sum())
    assert test.se == pytest.approx(np.sqrt(c @ V @ c))
    assert test.p == pytest.approx(2 * stats.t(test.df).sf(abs(c @ fit.coefficients) / test.se))


def test_joint_test_by_definition(small):
    """Pustejovsky & Tipton (2018), equations 12 and 13, entry by entry."""
    y, X, cluster = small
    fit = regress(y, X, cluster)
    C = np.array([[0, 1.0, 0, 0], [0, 0, 1.0, 0]])
    V, parts = by_definition(y, X.to_numpy(), cluster, -0.5)
    mean = C @ np.linalg.inv(X.to_numpy().T @ X.to_numpy()) @ C.T
    values, vectors = np.linalg.eigh(mean)
    root = (vectors / np.sqrt(values)) @ vectors.T
    p = [[part @ C.T @ root[:, s] for part in parts] for s in range(2)]
    total = 0.0
    for s, t, i, j in itertools.product(range(2), range(2), range(5), range(5)):
        total += (p[s][i] @ p[t][j]) * (p[t][i] @ p[s][j]) + (p[s][i] @ p[s][j]) * (p[t][i] @ p[t][j])
    eta = 2 * 3 / total
    b = C @ fit.coefficients
    F = (eta - 1) / (eta * 2) * (b @ np.linalg.solve(C @ V @ C.T, b))
    test = fit.wald_test(C)
    assert (test.statistic, test.df) == (pytest.approx(F), pytest.approx(eta - 1))
    assert fit.wald_test(C[:1]).p == pytest.approx(fit.t_test("treated").p)


def test_two_way_regression_equals_all_dummies_in_another_implementation(make_panel):
    """diff-diff's port of clubSandwich on the regression with every dummy; CR1 as statsmodels has it."""
    from diff_diff.linalg import compute_robust_vcov

    design = make_design(make_panel(units=40, clusters=7, effect=0.2, missing=0.1), "y")
    data = design.data
    X = np.column_stack(
        [data["event_time"] >= 0, pd.get_dummies(data["unit"]), pd.get_dummies(data["t"]).iloc[:, 1:]]
    ).astype(float)
    b, *_ = np.linalg.lstsq(X, data["y"].to_numpy(), rcond=None)
    codes = pd.factorize(data["cluster"])[0]
    with pytest.warns(UserWarning, match="Satterthwaite"):  # of dummies, which nobody tests
        V, df = compute_robust_vcov(
            X, data["y"].to_numpy() - X @ b, cluster_ids=codes, vcov_type="hc2_bm", return_dof=True
        )
    found = two_way(design, kind="CR2")
    assert (found.value, found.se) == (pytest.approx(b[0]), pytest.approx(np.sqrt(V[0, 0]), rel=1e-8))
    assert found.extra["df"] == pytest.approx(df[0], rel=1e-8)
    plain, ours = twfe.overall(design, "cluster"), two_way(design, kind="CR1S")
    assert [ours.se, ours.low, ours.p] == pytest.approx([plain.se, plain.low, plain.p])
    assert two_way(design, kind="CR3").se > found.se


def test_regressions_that_cannot_be_had(small):
    y, X, cluster = small
    with pytest.raises(DesignError, match="collinear"):
        regress(y, X.assign(twice=2 * X["x"]), cluster)
    with pytest.raises(DesignError, match="one cluster"):
        regress(y, X, np.zeros(25))
    with pytest.raises(DesignError, match="two clusters"):
        regress(y, X[["x"]], cluster, np.arange(25) % 5)
    with pytest.raises(DesignError, match="Too few clusters"):
        regress(y, X[["one", "x", "w"]], np.arange(25) > 12).wald_test(np.eye(3)[1:], "CR1")
    with pytest.raises(ValueError, match="CR2"):
        regress(y, X, cluster).wald_test(np.eye(4), "CR3")


@pytest.mark.parametrize("control", ["never", "not_yet"])
def test_cell_means_are_the_group_time_estimate(make_panel, control):
    design = make_design(make_panel(units=90, effect=0.2, growth=0.1, missing=0.1), "y")
    full = group_time.estimate(design, control=control, draws=199)
    found = changes(design, control)
    value, psi = overall(found)
    assert value[0] == pytest.approx(full.overall.value, abs=1e-10)
    assert psi[0] == pytest.approx(full.overall_influence, abs=1e-10)
    effects, influence = cells(found)
    after = (full.att["event_time"] >= 0).to_numpy()
    assert effects == pytest.approx(full.att.loc[after, "value"].to_numpy(), abs=1e-10)
    assert influence == pytest.approx(full.influence[:, after], abs=1e-10)
    clustered = group_time.estimate(design, control=control, draws=199, cluster="cluster").overall
    drawn = psi + full.make.weights_influence(after)  # which sizes taken as drawn add to what is printed
    sums = by_cluster(drawn, found.units["cluster"].to_numpy())[0]
    G = len(sums)  # sums by cluster as they are there, times the root of G/(G-1) here
    assert np.sqrt(sums @ sums * (G - 1) / G) == pytest.approx(clustered.se)


def test_permuted_assignment_is_estimated_as_if_it_had_happened(make_panel):
    panel = make_panel(units=60, missing=0.1)
    found = changes(make_design(panel, "y"))
    codes = np.random.default_rng(0).permutation(found.codes)
    periods = sorted(panel["period"].unique())
    cohort = {u: None if c == NEVER else periods[c] for u, c in zip(found.units["unit"], codes, strict=True)}
    other = panel.assign(cohort=panel["unit"].map(cohort).astype("Int64"))
    direct = group_time.estimate(make_design(other, "y"), draws=199)
    value, psi = overall(found, codes[None, :])
    assert value[0] == pytest.approx(direct.overall.value)
    assert psi[0] == pytest.approx(direct.overall_influence)


def test_randomisation_p_value_is_the_share_of_all_assignments():
    """Six units, two treated: 15 assignments, listed."""
    y = np.array([2.0, 1.5, 0.1, -0.3, 0.4, 0.0])
    rows = [(f"u{i}", p, 1 if i < 2 else None, y[i] * p) for i in range(6) for p in (0, 1)]
    panel = pd.DataFrame(rows, columns=["unit", "period", "cohort", "y"])
    exact = []
    for pair in itertools.combinations(range(6), 2):
        one, zero = y[list(pair)], np.delete(y, list(pair))
        se = np.sqrt(((one - one.mean()) ** 2).sum() / 4 + ((zero - zero.mean()) ** 2).sum() / 16)
        exact.append(abs(one.mean() - zero.mean()) / se)
    share = np.mean([t >= exact[0] - 1e-9 for t in exact])
    found = randomisation_test(make_design(panel, "y"), draws=4000, seed=3)
    assert found.p == pytest.approx(share, abs=0.02)
    assert found.value == pytest.approx(y[:2].mean() - y[2:].mean())


def by_area(make_panel, seed: int, clusters: int = 12, **options) -> pd.DataFrame:
    """A panel whose cohorts belong to clusters."""
    panel = make_panel(units=clusters * 6, clusters=clusters, seed=seed, **options)
    first = dict(zip(sorted(panel["cluster"].unique()), [None, 2021, None, 2022, 2023, None] * clusters, strict=False))
    return panel.assign(cohort=panel["cluster"].map(first).astype("Int64"))


def test_permutations_keep_strata_and_clusters(make_panel):
    from pipeline.methods.effects.inference.randomisation import _clusters, _Units

    rng = np.random.default_rng(0)
    codes, blocks = np.array([1, 1, NEVER, 2, NEVER, NEVER]), np.array([0, 0, 0, 1, 1, 1])
    draws = np.stack([_Units(codes, blocks)(rng) for _ in range(200)])
    assert (np.sort(draws[:, :3]) == np.sort(codes[:3])).all()
    assert (np.sort(draws[:, 3:]) == np.sort(codes[3:])).all()
    assert len(np.unique(draws, axis=0)) == 9
    units = changes(make_design(by_area(make_panel, 1), "y")).units
    drawn = _clusters(units, np.zeros(len(units), int))(rng)
    assert units.assign(drawn=drawn).groupby("cluster")["drawn"].nunique().max() == 1
    assert (drawn != units["code"]).any()


def test_randomisation_that_cannot_be_had(make_panel):
    design = make_design(make_panel(units=30), "y")
    with pytest.raises(DesignError, match="not by cluster"):
        randomisation_test(design, assigned_at="cluster")
    with pytest.raises(DesignError, match="nothing can be permuted"):
        randomisation_test(design, strata=pd.Series(design.units["cohort"].fillna(0)))
    with pytest.raises(DesignError, match="no stratum"):
        randomisation_test(design, strata=pd.Series({"u0000": 1}))
    one = by_area(make_panel, 1)
    two = {c: i % 2 for i, c in enumerate(sorted(one["unit"].unique()))}
    with pytest.raises(DesignError, match="two strata"):
        randomisation_test(make_design(one, "y"), assigned_at="cluster", strata=pd.Series(two))


def _by_clusters(result):
    """Standard error by sums of influence over clusters, times the root of G/(G-1)."""
    sums = collapse(result.overall_influence[:, None], result.units, "cluster")[:, 0]
    return np.sqrt(sums @ sums)


def test_restricted_bootstrap_equals_estimating_each_draw_anew(make_panel):
    """Outcomes under the null, signed by cluster, through the library's estimator and its clustered standard error."""
    panel = make_panel(units=40, clusters=5, effect=0.3, missing=0.05)
    design = make_design(panel, "y")
    data = design.data
    dummies = pd.get_dummies(data["t"], dtype=float).iloc[:, 1:]
    u = regress(data["y"].to_numpy(), dummies, data["unit"].to_numpy(), data["unit"].to_numpy()).residuals
    v, _ = draw_weights(5, 60, "webb", np.random.default_rng(4))
    codes = pd.factorize(data["cluster"], sort=True)[0]
    star = []
    for signs in v[:8]:
        drawn = data[["unit", "period", "cohort", "cluster"]].assign(y=signs[codes] * u)
        again = group_time.estimate(make_design(drawn, "y"), draws=199, cluster="cluster")
        star.append(again.overall.value / _by_clusters(again))
    from pipeline.methods.effects.inference.multiplier import _Linear, _studentised

    ours = _studentised(_Linear.of(design, changes(design), data["y"], v))
    assert ours[:8] == pytest.approx(star)
    found = restricted_bootstrap(design, draws=60, seed=4)
    main = group_time.estimate(design, draws=199, cluster="cluster")
    assert (found.value, found.se) == (pytest.approx(main.overall.value), pytest.approx(_by_clusters(main)))
    assert found.p == pytest.approx((1 + (np.abs(ours) >= abs(main.overall.value / found.se)).sum()) / 61)


def test_bootstrap_intervals_hold_what_the_tests_do_not_reject(make_panel):
    panel = make_panel(units=80, clusters=12, effect=0.2)
    design = make_design(panel, "y")
    for b0, kept in ((0.02, True), (-0.02, False)):
        for side in ("low", "high"):
            found = restricted_bootstrap(design, draws=499, seed=1)
            inward = 1 if side == "low" else -1
            shifted = panel.assign(
                y=panel["y"] - (getattr(found, side) + inward * b0) * (panel["period"] >= panel["cohort"].fillna(9999))
            )
            p = restricted_bootstrap(make_design(shifted, "y"), draws=499, seed=1).p
            assert (p > 0.05) == kept
    assert found.low < 0.2 < found.high


def test_multiplier_bootstrap_of_two_clusters_by_hand(make_panel):
    """Two clusters, Rademacher: the sums are s and -s, |t*| is 0 or infinite, so nothing can be rejected."""
    result = group_time.estimate(make_design(make_panel(units=40, clusters=2, effect=0.5), "y"), draws=199)
    found = cluster_bootstrap(result, weights="rademacher")
    assert found.extra["draws"] == 4
    assert found.p == 0.5
    many = group_time.estimate(make_design(make_panel(units=200, clusters=60, effect=0.1), "y"), draws=199)
    boot = cluster_bootstrap(many, draws=4999, seed=1)
    t = boot.value / boot.se
    assert boot.p == pytest.approx(2 * stats.t(59).sf(abs(t)), abs=0.01)
    assert (boot.high - boot.low) / (2 * boot.se) == pytest.approx(stats.t(59).ppf(0.975), abs=0.1)


def test_size_with_ten_clusters_three_of_them_treated():
    """Clusters share a shock a period and assignment is by cluster: the restricted bootstrap and randomisation hold
    their level, the normal law does not, nor does the multiplier bootstrap."""
    rejected = {name: [] for name in ("normal", "multiplier", "restricted", "randomisation")}
    for seed in range(120):
        rng = np.random.default_rng(seed)
        first = rng.permutation([2, 2, 3, *[NEVER] * 7])
        y = rng.normal(size=(10, 1, 4)) + 0.5 * rng.normal(size=(10, 6, 4))
        index = pd.MultiIndex.from_product([range(10), range(6), range(4)], names=["cluster", "i", "period"])
        panel = pd.DataFrame({"y": y.ravel()}, index=index).reset_index()
        panel["unit"] = panel["cluster"] * 6 + panel["i"]
        panel["cohort"] = pd.Series(first[panel["cluster"]]).replace(NEVER, np.nan)
        design = make_design(panel, "y")
        value, psi = overall(changes(design))
        s = by_cluster(psi, np.repeat(np.arange(10), 6))[0]
        rejected["normal"].append(2 * stats.norm.sf(abs(value[0]) / np.sqrt(s @ s)))
        rejected["restricted"].append(restricted_p(design, seed))
        rejected["multiplier"].append(multiplier_p(s, value[0], seed))
        rejected["randomisation"].append(randomisation_test(design, assigned_at="cluster", draws=199, seed=seed).p)
    size = {name: np.mean(np.array(p) < 0.05) for name, p in rejected.items()}
    assert size["restricted"] <= 0.09
    assert size["randomisation"] <= 0.09
    assert size["normal"] > 0.12
    assert size["multiplier"] > size["restricted"]


def restricted_p(design, seed: int) -> float:
    """The p value alone, without the search for the interval."""
    from pipeline.methods.effects.inference.multiplier import _Linear, _studentised

    found = changes(design)
    value, psi = overall(found)
    s = by_cluster(psi, found.units["cluster"].to_numpy())[0]
    v, _ = draw_weights(len(s), 199, "webb", np.random.default_rng(seed))
    star = np.abs(_studentised(_Linear.of(design, found, design.data["y"], v)))
    return float((1 + (star >= abs(value[0]) / np.sqrt(s @ s)).sum()) / 200)


def multiplier_p(s: np.ndarray, value: float, seed: int) -> float:
    from types import SimpleNamespace

    units = pd.DataFrame({"cluster": np.arange(len(s))})
    whole = SimpleNamespace(value=value, n_obs=0, n_units=0, n_treated=0)
    scale = np.sqrt((len(s) - 1) / len(s))
    result = SimpleNamespace(units=units, overall_influence=s * scale, overall=whole, level=0.95)
    return cluster_bootstrap(result, 199, seed).p  # type: ignore[arg-type]


def test_spatial_standard_error_by_hand(make_panel):
    panel = make_panel(units=30, effect=0.2)
    result = group_time.estimate(make_design(panel, "y"), draws=199)
    rng = np.random.default_rng(0)
    places = pd.DataFrame(
        {"latitude": 3.5 + 0.1 * rng.random(30), "longitude": 98.6 + 0.1 * rng.random(30)},
        index=result.units["unit"],
    )
    lat, lon = np.radians(places["latitude"].to_numpy()), np.radians(places["longitude"].to_numpy())
    chord = (
        np.sin((lat[:, None] - lat) / 2) ** 2
        + np.cos(lat[:, None]) * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
    )
    kernel = np.clip(1 - 2 * 6371.01 * np.arcsin(np.sqrt(chord)) / 4.0, 0, None)
    psi = result.scaled_influence
    assert conley(result, places, 4.0).se == pytest.approx(np.sqrt(psi @ kernel @ psi))
    assert conley(result, places, 1e-6).se == pytest.approx(result.overall.interval_se)
    with pytest.raises(DesignError, match="no coordinates"):
        conley(result, places.iloc[1:], 4.0)
    assert coordinates_of(panel) is None
    placed = panel.join(places, on="unit")
    assert coordinates_of(placed).loc["u0003"].tolist() == pytest.approx(places.loc["u0003"].tolist())
