"""Families of tests: step-down and q values against their definitions, and the family-wise error in simulation."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from pipeline.errors import DesignError
from pipeline.methods.effects import group_time, make_design
from pipeline.methods.effects.inference.multiplicity import joint_draws, romano_wolf, sharpened_q, step_down


def test_step_down_by_hand():
    t = np.array([1.0, 3.0, 2.0])
    star = np.array([[0.5, 2.5, 0.1], [1.5, 0.2, 0.3], [0.4, 0.1, 2.2], [0.2, 3.5, 0.6]])
    # largest (3.0) against all three: one draw of four; then 2.0 against 1st and 3rd; then 1.0 against the 1st alone
    assert step_down(t, star) == pytest.approx([2 / 5, 2 / 5, 2 / 5])
    assert step_down(np.array([9.0, 3.0, 9.0]), star) == pytest.approx([1 / 5, 2 / 5, 1 / 5])
    assert step_down(np.array([0.1, 9.0]), star[:, :2]) == pytest.approx([1.0, 1 / 5])


def family(values: dict[str, np.ndarray], estimates: dict[str, float], clusters=None) -> dict[str, SimpleNamespace]:
    """Results with the given influence on units 0, 1, …"""
    made = {}
    for name, psi in values.items():
        units = pd.DataFrame(
            {"unit": np.arange(len(psi)), "cluster": np.arange(len(psi)) if clusters is None else clusters}
        )
        made[name] = SimpleNamespace(
            units=units, scaled_influence=psi, overall=SimpleNamespace(value=estimates[name], se=np.sqrt(psi @ psi))
        )
    return made


def test_dependence_decides_the_adjustment():
    """The same outcome twice costs nothing; independent outcomes cost what Šidák says."""
    rng = np.random.default_rng(0)
    one, two = (x / np.sqrt(x @ x) for x in rng.normal(size=(2, 400)))
    p = 2 * stats.norm.sf(2.2)
    same = romano_wolf(family({"a": one, "b": one}, {"a": 2.2, "b": 2.2}), draws=20_000)
    assert same["p_romano_wolf"].to_numpy() == pytest.approx(same["p"].to_numpy())
    assert same["p"].to_numpy() == pytest.approx(p, abs=0.004)
    assert same["p_holm"].to_numpy() == pytest.approx(2 * same["p"].to_numpy())
    other = romano_wolf(family({"a": one, "b": two}, {"a": 2.2, "b": 2.2}), draws=20_000)
    assert other["p_romano_wolf"].to_numpy() == pytest.approx(1 - (1 - p) ** 2, abs=0.006)


def test_units_are_aligned_and_clusters_summed():
    rng = np.random.default_rng(1)
    psi = rng.normal(size=60)
    results = family({"a": psi, "b": psi[:40]}, {"a": 10.0, "b": 8.0}, None)
    shuffled = results["b"].units.sample(frac=1, random_state=0)
    results["b"] = SimpleNamespace(
        units=shuffled, scaled_influence=psi[:40][shuffled["unit"]], overall=results["b"].overall
    )
    table = romano_wolf(results, draws=999)
    assert table["se"].tolist() == pytest.approx([np.sqrt(psi @ psi), np.sqrt(psi[:40] @ psi[:40])])
    assert list(table["outcome"]) == ["a", "b"]
    by = romano_wolf(family({"a": psi}, {"a": 10.0}, np.arange(60) // 5), cluster="cluster", draws=999)
    sums = psi.reshape(12, 5).sum(axis=1)
    assert by["se"].item() == pytest.approx(np.sqrt((sums @ sums) * 12 / 11))


def test_standard_errors_are_those_of_the_estimates(make_panel):
    results = {s: group_time.estimate(make_design(make_panel(units=60, seed=s), "y"), draws=199) for s in (1, 2)}
    table = romano_wolf(results, draws=199)
    assert table["se"].tolist() == pytest.approx([r.overall.interval_se for r in results.values()])
    assert table["value"].tolist() == pytest.approx([r.overall.value for r in results.values()])


def test_family_wise_error():
    """Three correlated outcomes without effect: any rejection in about 5 of 100 families; unadjusted in about 11."""
    rng = np.random.default_rng(2)
    adjusted, plain = [], []
    for seed in range(600):
        noise = rng.normal(size=(100, 1)) * 0.5 + rng.normal(size=(100, 3))
        psi = (noise - noise.mean(axis=0)) / 100
        t, star = np.abs(noise.mean(axis=0)) / np.sqrt((psi**2).sum(axis=0)), joint_draws(psi, 299, seed)
        adjusted.append((step_down(t, star) < 0.05).any())
        plain.append(((1 + (star >= t).sum(axis=0)) / 300 < 0.05).any())
    assert 0.03 < np.mean(adjusted) < 0.075
    assert np.mean(plain) > 0.09


def test_families_that_cannot_be_had():
    with pytest.raises(DesignError, match="no outcome"):
        romano_wolf({})
    with pytest.raises(DesignError, match="one cluster"):
        romano_wolf(family({"a": np.ones(3)}, {"a": 1.0}, np.zeros(3)), cluster="cluster")


def anderson(p: np.ndarray) -> np.ndarray:
    """The loop that Anderson (2008) describes, written out: at each rate, two stages of Benjamini-Hochberg."""

    def rejections(rate: float) -> int:
        ranked = np.sort(p)
        below = np.flatnonzero(ranked <= rate * np.arange(1, len(p) + 1) / len(p))
        return int(below.max()) + 1 if len(below) else 0

    q = np.ones(len(p))
    rank = stats.rankdata(p, method="ordinal")
    for rate in np.arange(1000, 0, -1) / 1000:
        first = rejections(rate / (1 + rate))
        second = len(p) if first == len(p) else rejections(rate / (1 + rate) * len(p) / (len(p) - first))
        q[rank <= second] = rate
    return q


def test_sharpened_q_values():
    rng = np.random.default_rng(3)
    for m in (1, 2, 5, 12):
        p = np.concatenate([rng.uniform(0, 0.03, m // 2), rng.uniform(0, 1, m - m // 2)])
        assert sharpened_q(p) == pytest.approx(anderson(p))
    # one test: q / (1 + q) must reach p
    assert sharpened_q([0.02]) == pytest.approx([0.021])
    assert sharpened_q([0.9, 0.8]).tolist() == [1.0, 1.0]
