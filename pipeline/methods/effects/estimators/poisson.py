"""Counts and other outcomes not below zero: parallel trends in ratios instead of differences (Wooldridge 2023).

Without treatment the mean of cohort g in period t is exp(a_g + l_t): groups that start apart change by the same per cent, not
by the same points. Pooled Poisson quasi-likelihood with a coefficient for each cohort and period under treatment fits these
cells exactly, so that its other coefficients are those of the rows without treatment alone, and the effect in a cell is its
mean less exp(a_g + l_t). Nothing needs to be Poisson but the mean; zeros are as good as any value.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.errors import DesignError
from pipeline.methods.effects.design import Design, refuse_large
from pipeline.methods.effects.estimate import Estimate
from pipeline.methods.effects.estimators.base import Settings, finish

LARGE = 4e6
"""Cells times coefficients from which the regression would take gigabytes."""


@dataclass(frozen=True)
class PoissonEffect:
    """The effect on the treated under parallel trends in ratios.

    Attributes:
        points: Mean effect over treated units and measured periods, in the outcome's unit (as the main estimate).
        percent: The same as a share of what would have been without treatment, in per cent.
        n_cells: Cohorts by periods under treatment behind it.
    """

    points: Estimate
    percent: Estimate
    n_cells: int


def poisson(design: Design, settings: Settings | None = None) -> PoissonEffect:
    """Effect by pooled Poisson regression on cohorts and periods (Wooldridge 2023).

    Standard errors sum influence by unit or cluster, with the factor G / (G - 1).

    Raises:
        DesignError: A value is negative, units have weights, or a cohort or period has nothing but zeros without treatment.
        TooLargeError: There are too many cells.
    """
    settings = settings or Settings()
    design.refuse_weights("The Poisson regression")
    data = design.data
    if (data["y"] < 0).any():
        raise DesignError("A Poisson regression takes no values below zero.", where=f"outcome {design.outcome!r}")
    cells, place = _cells(data)
    x = _columns(cells)
    refuse_large("The Poisson regression", float(x.size), LARGE)
    free = ~cells["treated"].to_numpy()
    _refuse_bare(design, cells, free)
    import statsmodels.api as sm  # what only looks at results does without it

    fit = sm.GLM(
        cells["mean"].to_numpy()[free],
        x[free],
        family=sm.families.Poisson(),
        freq_weights=cells["n"].to_numpy(float)[free],
    ).fit(tol=1e-12, maxiter=200)
    without = np.exp(x @ fit.params)

    n = cells["n"].to_numpy(float)
    on = np.where(free, 0.0, n)
    on /= on.sum()
    bread = np.linalg.inv((x * (np.where(free, n, 0.0) * without)[:, None]).T @ x)
    y, cell = data["y"].to_numpy(float), place
    residual = y - np.where(free, without, cells["mean"].to_numpy())[cell]
    # Of the effect, and of what would have been: a treated row moves its cell's mean, an untreated one all coefficients.
    gradient = (on * without) @ x
    through = np.where(free, x @ (bread @ gradient), 0.0)
    moved = through[cell] * residual
    own = np.where(free, 0.0, on / n)[cell] * residual
    effect, baseline = float(on @ (cells["mean"].to_numpy() - without)), float(on @ without)
    code = "poisson"
    group = data["unit"] if settings.cluster == "unit" else data["cluster"]
    df = float(group.nunique() - 1)
    share = (own - moved) / baseline - effect / baseline**2 * moved
    made = [
        finish(
            design,
            settings,
            code,
            value,
            _clustered(influence, group),
            df=df,
            estimand=estimand,
        )
        for estimand, value, influence in (
            ("att", effect, own - moved),
            ("att_percent", 100 * effect / baseline, 100 * share),
        )
    ]
    return PoissonEffect(made[0], made[1], int((~free).sum()))


def _cells(data: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """Cohorts by periods with their mean, rows and treatment; and each row's place among them."""
    keys = pd.DataFrame({"g": data["g"].fillna(-1).astype(int), "t": data["t"].astype(int), "y": data["y"]})
    cells = keys.groupby(["g", "t"], as_index=False).agg(mean=("y", "mean"), n=("y", "size"))
    cells["treated"] = (cells["g"] >= 0) & (cells["t"] >= cells["g"])
    index = pd.MultiIndex.from_frame(cells[["g", "t"]])
    return cells, index.get_indexer(pd.MultiIndex.from_frame(keys[["g", "t"]]))


def _columns(cells: pd.DataFrame) -> np.ndarray:
    """A dummy of each cohort, and of each period but the first."""
    groups = (cells["g"].to_numpy()[:, None] == np.unique(cells["g"])[None, :]).astype(float)
    periods = (cells["t"].to_numpy()[:, None] == np.unique(cells["t"])[None, 1:]).astype(float)
    return np.column_stack([groups, periods])


def _refuse_bare(design: Design, cells: pd.DataFrame, free: np.ndarray) -> None:
    """Stop where a cohort's or a period's level without treatment has no logarithm, or is nowhere seen."""
    untreated = cells[free]
    for name in ("g", "t"):
        level = untreated.groupby(name)["mean"].max().reindex(np.unique(cells[name])).fillna(0.0)
        if not (level > 0).all():
            raise DesignError(
                "A Poisson regression needs a value above zero without treatment in every cohort and period.",
                where=f"outcome {design.outcome!r}",
                todo="Read the effect in points.",
            )


def _clustered(influence: np.ndarray, group: pd.Series) -> float:
    summed = np.bincount(pd.factorize(group)[0], weights=influence)
    draws = len(summed)
    return math.sqrt(draws / (draws - 1) * float(summed @ summed)) if draws > 1 else math.nan
