"""Simulated panels with a known effect: the structure of the demonstration, one assumption changed at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from pipeline.clean.education.panel import standardised_scores
from pipeline.demo.settings import make_settings
from pipeline.demo.world import make_world

COHORTS = (2021, 2022, 2023)


@dataclass(frozen=True)
class Scenario:
    """A world: sizes, errors and effects; standard deviations are those of unit means.

    Attributes:
        effect, growth: Effect on entry and its growth a year; `factors` multiply both by cohort.
        missing: Share of rows lost at random.
        rho: Autocorrelation of the yearly errors.
        cluster_sd: Yearly shocks shared by a cluster.
        by_cluster: Whether whole clusters take part.
    """

    units: int = 150
    clusters: int = 21
    periods: tuple[int, ...] = tuple(range(2018, 2025))
    effect: float = 0.15
    growth: float = 0.0
    factors: tuple[float, float, float] = (1.0, 1.0, 1.0)
    unit_sd: float = 0.5
    noise: float = 0.2
    missing: float = 0.0
    rho: float = 0.0
    cluster_sd: float = 0.0
    by_cluster: bool = False


_BASE = Scenario()
_GROWING = replace(_BASE, effect=0.10, growth=0.06, factors=(1.4, 1.0, 0.6))
SCENARIOS: dict[str, Scenario] = {
    "none": replace(_BASE, effect=0.0),
    "constant": _BASE,
    "growing": _GROWING,
    "few_clusters": replace(_BASE, units=80, clusters=8, cluster_sd=0.1, by_cluster=True),
    "unbalanced": replace(_GROWING, missing=0.15),
    "serial": replace(_GROWING, rho=0.7),
    "gap": replace(_GROWING, periods=(2018, 2019, 2021, 2022, 2023, 2024)),
}
WORLDS = (*SCENARIOS, "generator")
"""All worlds: the simulator's, and the demonstration's own generator."""


def simulate(world: Scenario, rng: np.random.Generator) -> pd.DataFrame:
    """A panel of `unit`, `period`, `cohort`, `cluster`, `y` and the true effect of each row (`effect`, 0 if untreated)."""
    n, years = world.units, np.array(world.periods)
    cluster = np.arange(n) % world.clusters
    dealt = np.repeat([*COHORTS, 0], [1, 1, 1, 2])
    if world.by_cluster:
        first = rng.permutation(np.resize(dealt, world.clusters))[cluster]
    else:
        first = rng.permutation(np.resize(dealt, n))
    exposure = years[None, :] - first[:, None]
    treated = (first[:, None] > 0) & (exposure >= 0)
    factor = np.select([first == c for c in COHORTS], world.factors, 0.0)[:, None]
    effect = np.where(treated, factor * (world.effect + world.growth * exposure), 0.0)
    error = _errors(rng, n, world) + rng.normal(0, world.cluster_sd or 1e-12, (world.clusters, len(years)))[cluster]
    y = rng.normal(0, world.unit_sd, n)[:, None] + 0.05 * (years - years[0])[None, :] + effect + error
    frame = pd.DataFrame(
        {
            "unit": np.repeat([f"u{i:03d}" for i in range(n)], len(years)),
            "period": np.tile(years, n),
            "cohort": pd.array(np.repeat(first, len(years)), dtype="Int64"),
            "cluster": np.repeat([f"c{c:02d}" for c in cluster], len(years)),
            "y": y.ravel(),
            "effect": effect.ravel(),
        }
    )
    frame["cohort"] = frame["cohort"].mask(frame["cohort"] == 0)
    return frame[rng.random(len(frame)) >= world.missing].reset_index(drop=True)


def generated(seed: int) -> pd.DataFrame:
    """A panel from the project's own generator: the small standard demonstration of a seed, as the cleaning step makes it.

    Pupils' scores are drawn on the test's shifting scale and standardised on never-treated schools; entry follows
    lasting ability, and schools close and open. Columns as in `simulate`, with literacy as `y`.
    """
    settings = make_settings("standard", "small", seed)
    world = make_world(settings)
    schools = world.schools.set_index("npsn")
    long = world.scores.rename(columns={"npsn": "unit"}).melt(
        ["unit", "level", "period", "grade"], ["literacy"], var_name="subject", value_name="score"
    )
    panel = standardised_scores(long, schools["cohort"]).rename(columns={"literacy": "y"})
    cohort = panel["unit"].map(schools["cohort"]).astype("Int64")
    effect = [
        settings.effect("literacy", int(first), period - int(first)) if not pd.isna(first) and period >= first else 0.0
        for first, period in zip(cohort, panel["period"], strict=True)
    ]
    panel = panel.assign(cohort=cohort, cluster=panel["unit"].map(schools["kecamatan"]), effect=effect)
    return panel[["unit", "period", "cohort", "cluster", "y", "effect"]]


def draw(name: str, seed: int, number: int) -> pd.DataFrame:
    """Panel `number` of the world `name`: a key of `SCENARIOS`, or "generator"."""
    stream = np.random.default_rng([seed, WORLDS.index(name), number])
    return generated(int(stream.integers(2**31))) if name == "generator" else simulate(SCENARIOS[name], stream)


def _errors(rng: np.random.Generator, n: int, world: Scenario) -> np.ndarray:
    """Stationary first-order autoregressive errors over calendar years, then the years that were measured."""
    every = np.arange(world.periods[0], world.periods[-1] + 1)
    out = np.empty((n, len(every)))
    out[:, 0] = rng.normal(0, world.noise, n)
    innovation = world.noise * np.sqrt(1 - world.rho**2)
    for i in range(1, len(every)):
        out[:, i] = world.rho * out[:, i - 1] + rng.normal(0, innovation, n)
    return np.asarray(out[:, np.isin(every, world.periods)])


def true_effect(panel: pd.DataFrame) -> float:
    """The overall effect that the main estimate means: cells weighted by the cohort's number of units that carry them, which
    are seen in the last period before their start and in one since."""
    under = panel[panel["cohort"].notna() & (panel["period"] >= panel["cohort"])]
    base = {int(g): max(p for p in panel["period"].unique() if p < g) for g in under["cohort"].unique()}
    at_base = panel.loc[panel["period"] == panel["cohort"].map(base), "unit"]
    sizes = under[under["unit"].isin(at_base)].groupby("cohort")["unit"].nunique()
    cells = under.groupby(["cohort", "period"])["effect"].mean().reset_index()
    return float(np.average(cells["effect"], weights=cells["cohort"].map(sizes).astype(float)))
