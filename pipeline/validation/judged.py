"""The worlds that specify the verdict: shapes of studies, what is true in them, and how often each verdict may be given.

A world is a shape (units, cohorts, clusters, periods, outcomes) and a truth (effect, and how paths differ without it).
Effects are multiples of the shape's own minimum detectable effect, divergence is a multiple of the smallest effect of
interest a period, so that one table of bounds serves all shapes (`BOUNDS`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

import numpy as np
import pandas as pd

from pipeline.methods.effects.judgement.limits import SD_SHARE

Kind = Literal["null", "diverging", "dip", "detectable", "twice", "harm", "open"]
PERIODS = tuple(range(2018, 2025))


@dataclass(frozen=True)
class Shape:
    """What a study looks like; standard deviations are those of unit means.

    Attributes:
        never: Units (clusters where `by_cluster`) never treated; `cohorts`: first treated period -> number of them.
        size: Units a cluster; 0 where there are no clusters above the unit.
        by_cluster: Whether whole clusters take part. Else clusters hold units of all cohorts.
        inside: Periods in which the units of a cluster that takes part start, in equal parts; empty where all of them start
            with their cluster.
        outcomes: Primary outcomes, correlated by `alike` in their errors.
        missing: Share of rows lost at random.
        rho: Autocorrelation of the yearly errors.
        cluster_sd: Yearly shocks shared by a cluster.
        loud: Factors of the yearly errors of units that take part, and of those never treated.
        weight_sd: Standard deviation of the logarithm of the units' weights; 0 where none are given.
        large: Units of the first cluster that takes part, where not `size`.
        phased: Whether half of the units of each cluster take part, all from the cluster's own start on.
        tail: Standard deviation of the logarithm of units' levels, which are lognormal then; 0 where they are normal.
        mixed: Share of the units of clusters that take part that do not, at random.
        uneven: Units that take part in every other cluster and in those between, where clusters are not taken as wholes.
    """

    never: int
    cohorts: Mapping[int, int]
    periods: tuple[int, ...] = PERIODS
    size: int = 0
    by_cluster: bool = False
    inside: tuple[int, ...] = ()
    outcomes: int = 1
    alike: float = 0.5
    missing: float = 0.0
    rho: float = 0.0
    unit_sd: float = 0.5
    noise: float = 0.2
    cluster_sd: float = 0.0
    loud: tuple[float, float] = (1.0, 1.0)
    weight_sd: float = 0.0
    large: int = 0
    uneven: tuple[int, int] | None = None
    tail: float = 0.0
    mixed: float = 0.0
    phased: bool = False

    @property
    def odd(self) -> bool:
        """Whether units or clusters are unlike each other, errors small or waves far apart: its numbers alone make no study
        like it."""
        quiet, gap = self.noise < 0.2 * self.unit_sd, max(b - a for a, b in pairwise(self.periods)) > 2
        unlike = self.weight_sd or self.large or self.uneven or self.mixed or self.phased or self.tail
        return self.loud != (1.0, 1.0) or quiet or gap or bool(unlike)

    @property
    def treated(self) -> int:
        return sum(self.cohorts.values()) * (self.size if self.by_cluster else 1) + self._more

    @property
    def units(self) -> int:
        return (self.never + sum(self.cohorts.values())) * (self.size if self.by_cluster else 1) + self._more

    @property
    def _more(self) -> int:
        return self.large - self.size if self.large else 0

    @property
    def draws(self) -> int:
        """Independent draws: clusters where whole ones take part, else units."""
        return self.never + sum(self.cohorts.values())

    @property
    def sd(self) -> float:
        """Standard deviation of an outcome between units in one period."""
        return float(np.sqrt(self.unit_sd**2 + self.noise**2 + self.cluster_sd**2))


@dataclass(frozen=True)
class Truth:
    """What is true.

    Attributes:
        effect: Multiple of the shape's minimum detectable effect.
        unequal: How many times the last cohort's effect the first one's is, evenly between them; their mean over units and
            periods under treatment is `effect`.
        drift: Divergence of treated units a period, in smallest effects of interest, along `path`: "linear" over all
            periods, "late" growing from nothing to that much a period in the last.
        dip: Loss of treated units in the last period before their start, in standard deviations of the error.
        anticipation: Part of the effect felt one period before.
        weakest_first: Whether those with the lowest outcome in the last period before are taken in.
        spill: Part of the effect that units never treated get, where there are clusters.
    """

    effect: float = 0.0
    unequal: float = 1.0
    drift: float = 0.0
    path: Literal["linear", "late"] = "linear"
    dip: float = 0.0
    anticipation: float = 0.0
    weakest_first: bool = False
    spill: float = 0.0


@dataclass(frozen=True)
class World:
    """A shape and a truth; `kind` says which of the bounds apply."""

    shape: str
    kind: Kind
    truth: Truth = field(default_factory=Truth)
    name: str = ""


def _even(units: int, share: float = 0.6, starts: tuple[int, ...] = (2021, 2022, 2023)) -> Shape:
    each = round(units * share / len(starts))
    return Shape(never=units - each * len(starts), cohorts=dict.fromkeys(starts, each))


_INSIDE = Shape(0, {}, size=9, by_cluster=True, inside=(2021, 2022, 2023), cluster_sd=0.1)

SHAPES: dict[str, Shape] = {
    "units_12": _even(12, 0.5, (2021,)),
    "units_12_staggered": _even(12, 0.5),
    "units_30": _even(30, 0.5),
    "units_60": _even(60),
    "units_150": _even(150),
    "units_400": _even(400),
    "single_60": _even(60, 0.5, (2022,)),
    "treated_1_of_42": Shape(never=41, cohorts={2022: 1}),
    "treated_2_of_42": Shape(never=40, cohorts={2022: 2}),
    "treated_5_of_45": Shape(never=40, cohorts={2022: 5}),
    "compared_1_of_31": Shape(never=1, cohorts={2022: 30}),
    "compared_2_of_32": Shape(never=2, cohorts={2022: 30}),
    "loud_5_of_45": Shape(never=40, cohorts={2022: 5}, loud=(3.0, 1.0)),
    "louder_5_of_45": Shape(never=40, cohorts={2022: 5}, loud=(1.5, 1.0)),
    "loud_compared_5_of_45": Shape(never=5, cohorts={2022: 40}, loud=(1.0, 2.0)),
    "treated_20_of_100": Shape(never=80, cohorts={2021: 7, 2022: 7, 2023: 6}),
    "cohorts_13_4_2": Shape(never=29, cohorts={2021: 13, 2022: 4, 2023: 2}),
    "cohorts_of_one": Shape(never=36, cohorts=dict.fromkeys(range(2020, 2024), 1) | {2024: 8}),
    "long_45x42": Shape(
        never=15, cohorts=dict.fromkeys(range(1975, 1995, 2), 3), periods=tuple(range(1959, 2001)), rho=0.7
    ),
    "clusters_6": Shape(never=3, cohorts={2022: 3}, size=10, by_cluster=True, cluster_sd=0.1),
    "clusters_8": Shape(never=4, cohorts={2021: 2, 2022: 2}, size=10, by_cluster=True, cluster_sd=0.1),
    "clusters_16": Shape(never=7, cohorts={2021: 3, 2022: 3, 2023: 3}, size=8, by_cluster=True, cluster_sd=0.1),
    "clusters_50": Shape(never=20, cohorts={2021: 10, 2022: 10, 2023: 10}, size=4, by_cluster=True, cluster_sd=0.1),
    "inside_1_of_12": replace(_INSIDE, never=11, cohorts={2021: 1}),
    "inside_2_of_12": replace(_INSIDE, never=10, cohorts={2021: 2}),
    "inside_4_of_21": replace(_INSIDE, never=17, cohorts={2021: 4}),
    "clusters_across_21": replace(_even(84), size=4, cluster_sd=0.1),
    "clusters_uneven_12": Shape(never=48, cohorts={2022: 48}, size=8, cluster_sd=0.1, uneven=(7, 1)),
    "one_large_of_24": Shape(never=12, cohorts={2022: 12}, size=5, by_cluster=True, cluster_sd=0.1, large=200),
    "weighted_60": replace(_even(60), weight_sd=1.0),
    "clusters_5": Shape(never=2, cohorts={2022: 3}, size=10, by_cluster=True, cluster_sd=0.1),
    "units_1500": _even(1500),
    "quiet_60": replace(_even(60), noise=0.05),
    "quiet_20": Shape(never=10, cohorts={2013: 10}, periods=tuple(range(2010, 2022)), noise=0.03),
    "skewed_20": Shape(never=10, cohorts={2013: 10}, periods=tuple(range(2010, 2022)), noise=0.03, tail=1.0),
    "skewed_30": replace(_even(30, 0.5), tail=1.0),
    "skewed_40": Shape(never=20, cohorts={2013: 20}, periods=tuple(range(2010, 2022)), noise=0.03, tail=1.0),
    "months_60": replace(_even(60, starts=(1, 6, 12)), periods=tuple(range(-17, 19)), rho=0.3),
    "waves_400": Shape(never=200, cohorts={2024: 200}, periods=(*range(2015, 2020), 2024)),
    "loud_2_of_42": Shape(never=40, cohorts={2022: 2}, loud=(1.5, 1.0)),
    "loud_3_of_20": Shape(never=17, cohorts={2022: 3}, loud=(1.5, 1.0)),
    "loud_cohorts_of_3": Shape(never=30, cohorts=dict.fromkeys((2021, 2022, 2023), 3), loud=(1.5, 1.0)),
    "loud_3_of_43_one_before": Shape(never=40, cohorts={2022: 3}, periods=tuple(range(2021, 2025)), loud=(1.5, 1.0)),
    "phased_9": Shape(never=90, cohorts=dict.fromkeys((2021, 2022, 2023), 30), size=20, cluster_sd=0.2, phased=True),
    "clusters_mixed_10": Shape(never=5, cohorts={2022: 5}, size=4, by_cluster=True, cluster_sd=0.3, mixed=1 / 3),
    "one_before_60": _even(60, starts=(2019,)),
    "unbalanced_30": replace(_even(30, 0.5), missing=0.4),
    "unbalanced_60": replace(_even(60), missing=0.15),
    "gap_60": replace(_even(60), periods=(2018, 2019, 2021, 2022, 2023, 2024)),
    "serial_60": replace(_even(60), rho=0.7),
    "noisy_60": replace(_even(60), noise=0.5),
    "outcomes_3": replace(_even(60), outcomes=3),
    "outcomes_6": replace(_even(60), outcomes=6, alike=0.0),
    "outcomes_8": replace(_even(30, 0.5), outcomes=8, alike=0.8),
}

_DIVERGE = (
    "units_30", "units_60", "units_150", "units_400", "clusters_16", "noisy_60", "outcomes_3", "gap_60", "long_45x42",
    "quiet_20", "quiet_60", "months_60", "waves_400", "skewed_20", "skewed_30", "skewed_40",
)  # fmt: skip
_REFUSED = ("treated_1_of_42", "compared_1_of_31", "inside_1_of_12", "loud_3_of_43_one_before")
_POWER = tuple(name for name in SHAPES if name not in _REFUSED)
_UNEQUAL = ("units_12_staggered", "units_30", "clusters_8", "clusters_16")


def _worlds() -> tuple[World, ...]:
    out = [World(name, "null", name="no_effect") for name in SHAPES]
    out += [World(name, "detectable", Truth(effect=1.0), "mde") for name in _POWER]
    out += [World(name, "twice", Truth(effect=2.0), "twice_mde") for name in _POWER]
    out += [World(name, "detectable", Truth(effect=1.0, unequal=3.0), "mde_unequal") for name in _UNEQUAL]
    out += [World(name, "twice", Truth(effect=2.0, unequal=3.0), "twice_mde_unequal") for name in _UNEQUAL]
    out += [
        World(name, "harm", Truth(effect=-2.0), "harm_twice_mde") for name in ("units_60", "clusters_8", "outcomes_3")
    ]
    for share, label in ((0.25, "quarter"), (0.5, "half")):
        out += [World(name, "diverging", Truth(drift=share), f"linear_{label}") for name in _DIVERGE]
    out += [World(name, "diverging", Truth(drift=0.5, path="late"), "late_half") for name in _DIVERGE]
    for name in ("units_30", "units_60", "units_150", "units_400"):
        out.append(World(name, "dip", Truth(dip=1.0), "dip"))
        out.append(World(name, "dip", Truth(weakest_first=True), "weakest_first"))
    out += [World(name, "open", Truth(drift=1.0), "linear_whole") for name in ("units_60", "units_400")]
    out += [World("units_60", "open", Truth(effect=2.0, anticipation=0.5), "anticipation")]
    out += [World("clusters_across_21", "open", Truth(effect=2.0, spill=0.5), "spillover")]
    return tuple(out)


WORLDS = _worlds()

REPLICATIONS: dict[Kind, int] = {
    "null": 400, "diverging": 200, "dip": 200, "detectable": 150, "twice": 150, "harm": 150, "open": 150,
}  # fmt: skip
"""Panels a world of the full table."""

BOUNDS: dict[Kind, dict[str, tuple[str, float]]] = {
    "null": {"increase": ("<=", 0.025), "strong": ("<=", 0.01), "harm": ("<=", 0.025), "not_credible": ("<=", 0.05)},
    "diverging": {"firm": ("<=", 0.05)},
    "dip": {"firm": ("<=", 0.05)},
    "detectable": {"increase": (">=", 0.70), "not_credible": ("<=", 0.05)},
    "twice": {"firm": (">=", 0.70), "not_credible": ("<=", 0.05)},
    "harm": {"harm": (">=", 0.70), "not_credible": ("<=", 0.05)},
    "open": {},
}
"""By kind of world: a verdict (see `EVENTS`) and the share of studies in which it may at most, or must at least, be given."""

_SUM = (
    "twice the detectable effect is less than what half the smallest effect of interest a period adds up to by the outcome: "
    "errors are small beside the spread between units, or waves many or far apart: such a trend would make as much"
)
_VARY = (
    "two treated draws cannot show that they vary more than the others: where they depart before the start too, the "
    "study is refused, which takes a third of them"
)

GIVEN_UP: dict[tuple[str, str, str], str] = {
    **{
        (shape, "twice_mde", "firm"): _SUM
        for shape in ("quiet_60", "quiet_20", "months_60", "waves_400", "skewed_20", "skewed_40")
    },
    ("loud_2_of_42", "twice_mde", "firm"): _VARY,
    ("loud_2_of_42", "no_effect", "increase"): (
        "that two treated draws vary as the others do is assumed and cannot be told from the data; the verdict says so "
        "(`pooled_variance`) and is no more than moderate"
    ),
    ("units_1500", "twice_mde", "firm"): (
        "with so many units twice the detectable effect is less than what half the smallest effect of interest a period adds "
        "up to until the outcome: an effect too small to tell from such a trend is no firm finding, however precise"
    ),
    ("one_before_60", "twice_mde", "firm"): (
        "with one period before the start no difference in trend can be seen, so that no finding is firm"
    ),
    ("clusters_5", "twice_mde", "firm"): "fewer clusters than `min_clusters` carry no firm finding, whatever they show",
    ("long_45x42", "twice_mde", "firm"): (
        "the effect must survive half the smallest effect of interest a period, and over the ten or so periods between base "
        "and outcome that adds up to more than the effect; a milder rule calls late divergence an effect, here and in other "
        "shapes (the frontier)"
    ),
}
"""Bounds that are not kept, by shape, world and verdict, and why: they pull against another bound."""

EVENTS: dict[str, frozenset[str]] = {
    "increase": frozenset({"weak", "moderate", "strong", "mixed"}),
    "firm": frozenset({"moderate", "strong"}),
    "strong": frozenset({"strong"}),
    "harm": frozenset({"decline", "weak_decline"}),
    "not_credible": frozenset({"not_credible"}),
    "not_assessable": frozenset({"not_assessable"}),
    "none": frozenset({"none"}),
}


def draw(shape: Shape, truth: Truth, mde: float, rng: np.random.Generator) -> pd.DataFrame:
    """A panel of `unit`, `period`, `cohort`, `cluster` and the outcomes `y0`, `y1`, …

    Args:
        shape, truth: The world.
        mde: Minimum detectable effect that `truth.effect` is a multiple of.
        rng: The panel's own stream.
    """
    dealt = np.repeat([0, *shape.cohorts], [shape.never, *shape.cohorts.values()])
    first = rng.permutation(dealt)
    if shape.by_cluster:
        cluster = np.repeat(np.arange(len(first)), shape.size)
        first = _inside(first[cluster], shape) if shape.inside else first[cluster]
        if shape.large:
            more = np.full(shape.large - shape.size, cluster[np.argmax(first > 0)])
            first, cluster = np.r_[first, np.full(len(more), first.max())], np.r_[cluster, more]
        if shape.mixed:
            first = np.where(rng.random(len(first)) < shape.mixed, 0, first)
    else:
        cluster = np.arange(len(first)) % max(len(first) // max(shape.size, 1), 1)
        place = np.arange(len(first)) // (cluster.max() + 1)  # within its cluster
        if shape.phased:
            starts = rng.permutation(np.resize([*shape.cohorts], cluster.max() + 1))
            first = np.where(place < shape.size // 2, starts[cluster], 0)
        if shape.uneven is not None:
            first = np.where(place < np.array(shape.uneven)[cluster % 2], dealt.max(), 0)
    years = np.arange(shape.periods[0], shape.periods[-1] + 1)
    kept = np.isin(years, shape.periods)
    n, k = len(first), shape.outcomes
    errors = _errors(shape, n, len(years), rng)
    if shape.cluster_sd:
        errors += rng.normal(0, shape.cluster_sd, (k, cluster.max() + 1, len(years)))[:, cluster]
    level = _alike(shape, rng, (k, n))
    if shape.tail:
        squared = np.exp(shape.tail**2)
        level = (np.exp(shape.tail * level) - np.sqrt(squared)) / np.sqrt(squared * (squared - 1))
    level = level * shape.unit_sd
    base = level[:, :, None] + 0.05 * (years - years[0]) + errors
    if truth.weakest_first:
        first = _weakest(base[0], years, shape)
    treated = first > 0
    if shape.loud != (1.0, 1.0):
        base += errors * (np.where(treated, *shape.loud) - 1.0)[None, :, None]
    since = years[None, :] - np.where(treated, first, 10**6)[:, None]
    effect = mde * truth.effect * ((since >= 0) + truth.anticipation * (since == -1))
    if truth.unequal != 1.0:
        factors = _unequal(shape, truth.unequal)
        effect = effect * np.array([factors.get(int(g), 0.0) for g in first])[:, None]
    gone = np.arange(len(years)) if truth.path == "linear" else np.cumsum(np.linspace(0, 1, len(years)))
    drift = truth.drift * SD_SHARE * shape.sd * gone[None, :] * treated[:, None]
    dip = -truth.dip * shape.noise * (since == -1)
    spill = mde * truth.effect * truth.spill * ((years >= min(shape.cohorts))[None, :] & ~treated[:, None])
    y = (base + (effect + drift + dip + spill)[None])[:, :, kept]
    frame = pd.DataFrame(
        {
            "unit": np.repeat(np.arange(n), kept.sum()),
            "period": np.tile(years[kept], n),
            "cohort": np.repeat(np.where(treated, first, np.nan), kept.sum()),
            **({"cluster": np.repeat(cluster, kept.sum())} if shape.size else {}),
            **{f"y{i}": y[i].ravel() for i in range(k)},
        }
    )
    if shape.weight_sd:
        frame["weight"] = np.repeat(np.exp(rng.normal(0, shape.weight_sd, n)), kept.sum())
    return frame[rng.random(len(frame)) >= shape.missing] if shape.missing else frame


def _unequal(shape: Shape, ratio: float) -> dict[int, float]:
    """By cohort its effect, in mean effects (`Truth.unequal`)."""
    plain = np.linspace(ratio, 1.0, len(shape.cohorts))
    periods = [sum(p >= start for p in shape.periods) for start in shape.cohorts]
    mean = np.average(plain, weights=np.array(periods) * np.array(list(shape.cohorts.values())))
    return {start: float(one / mean) for start, one in zip(shape.cohorts, plain, strict=True)}


def _inside(first: np.ndarray, shape: Shape) -> np.ndarray:
    """Units of clusters that take part, dealt over the starts one after the other."""
    starts = np.array(shape.inside)
    return np.where(first > 0, starts[np.arange(len(first)) % shape.size % len(starts)], 0)


def _alike(shape: Shape, rng: np.random.Generator, size: tuple[int, ...]) -> np.ndarray:
    """Standard normal draws, correlated by `alike` over the first axis (outcomes)."""
    common, own = rng.standard_normal((1, *size[1:])), rng.standard_normal(size)
    return np.asarray(np.sqrt(shape.alike) * common + np.sqrt(1 - shape.alike) * own)


def _errors(shape: Shape, n: int, years: int, rng: np.random.Generator) -> np.ndarray:
    """Outcomes × units × years, stationary and autoregressive over calendar years."""
    out = _alike(shape, rng, (shape.outcomes, n, years)) * shape.noise
    for i in range(1, years if shape.rho else 0):
        out[:, :, i] = shape.rho * out[:, :, i - 1] + np.sqrt(1 - shape.rho**2) * out[:, :, i]
    return out


def _weakest(base: np.ndarray, years: np.ndarray, shape: Shape) -> np.ndarray:
    """Cohorts filled, earliest first, with those lowest in the year before their start."""
    first = np.zeros(len(base), dtype=int)
    for start, count in sorted(shape.cohorts.items()):
        order = np.argsort(np.where(first == 0, base[:, int(np.flatnonzero(years == start)[0]) - 1], np.inf))
        first[order[:count]] = start
    return first
