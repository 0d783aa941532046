"""The chain from participation over its steps to the outcome: what goes with what, and what share of the effect that is.

The effect of participation on each step is a difference-in-differences estimate like any other. A *link* between two
steps is not: units do not get a change of teaching methods assigned. It is the association of changes within units,
freed of all that cohorts and periods have in common,

    Y_it = a_i + c_{g(i),t} + b M_it + e_it,

so that the effect of participation itself (a part of c) cannot make it. The *share* of an effect that passes through a
step, by the product of coefficients, needs sequential ignorability: that units whose step changed more would otherwise
have had the same change of the outcome (Imai, Keele & Yamamoto 2010, assumption 1). Since nothing assures that, shares come
with the correlation rho of the two equations' errors that would make them zero, and with bounds over a range of rho.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from pipeline.errors import DesignError
from pipeline.methods.effects.design import Design
from pipeline.methods.effects.estimate import normal_interval
from pipeline.methods.effects.group_time import GroupTime
from pipeline.methods.effects.group_time.aggregate import collapse
from pipeline.methods.effects.group_time.spread import Cluster
from pipeline.methods.effects.sweep import Sweep

GRID = tuple(np.round(np.arange(-0.9, 0.91, 0.05), 2).tolist())
"""Values of rho at which the share is worked out."""


@dataclass(frozen=True, eq=False)
class Link:
    """The association of a step's changes with those of the next.

    Attributes:
        source, target: Names of the steps.
        slope, se, low, high, p: In units of the target per unit of the source.
        correlation: Of the two residuals (rho tilde).
        sd_source, sd_target: Standard deviations of the residuals.
        n_obs, n_units, n_clusters: Rows, units, independent draws.
        units: `unit` and `cluster` of each row of `influence`.
        influence: One value a unit; the variance of the slope is the sum of squares.
    """

    source: str
    target: str
    slope: float
    se: float
    low: float
    high: float
    p: float
    correlation: float
    sd_source: float
    sd_target: float
    n_obs: int
    n_units: int
    n_clusters: int
    units: pd.DataFrame = field(repr=False)
    influence: np.ndarray = field(repr=False)


@dataclass(frozen=True, eq=False)
class Share:
    """How much of the effect on an outcome the product of coefficients puts on a path.

    Attributes:
        path: Names of the steps, the outcome last.
        indirect, indirect_low, indirect_high: Product of the effect on the first step and the slopes of the links.
        share, low, high: The product over the whole effect; NaN where the whole effect's interval includes zero, since a
            share of an effect that may be nothing says nothing.
        rho_zero: Correlation of errors at which the product is zero (paths of one link; else NaN).
        bound_low, bound_high: Range of the share's intervals over |rho| up to `rho_max`; NaN like `share`.
        indirect_bound_low, indirect_bound_high: The same of the product.
        curve: `rho`, `indirect`, `low`, `high` over the grid.
    """

    path: tuple[str, ...]
    indirect: float
    indirect_low: float
    indirect_high: float
    share: float
    low: float
    high: float
    rho_zero: float
    rho_max: float
    bound_low: float
    bound_high: float
    indirect_bound_low: float
    indirect_bound_high: float
    curve: pd.DataFrame = field(repr=False)


def link(source: Design, target: Design, *, level: float = 0.95, cluster: Cluster = "unit") -> Link:
    """The within-unit association of two outcomes of the same panel, freed of cohort × period means.

    Args:
        source, target: Designs of the two steps, from the same panel.
        level: Coverage of the interval (t with clusters less one degrees of freedom).
        cluster: Level at which scores are summed.

    Raises:
        DesignError: Too few rows have both, or the source does not move within units.
    """
    source.refuse_weights("The association of two steps")
    both = target.data.merge(source.data[["unit", "period", "y"]].rename(columns={"y": "x"}), on=["unit", "period"])
    both = both[both.groupby("unit")["period"].transform("size") > 1]
    cells = both.groupby([both["cohort"].fillna(-1), "period"]).ngroup().to_numpy()
    codes, names = pd.factorize(both["unit"], sort=True)
    if len(names) < 10 or len(both) < len(names) + cells.max() + 11:
        raise DesignError(
            "Too few units have both steps in two periods or more.",
            where=f"steps {source.outcome!r} and {target.outcome!r}",
            todo="Leave out this link.",
        )
    x, y = Sweep(codes, cells)(both[["x", "y"]].to_numpy(float)).T
    square = float(x @ x)
    if square <= 1e-10 * float(both["x"].var() * len(both)):
        raise DesignError("The step does not change within units.", where=f"step {source.outcome!r}")
    slope = float(x @ y) / square
    score = np.bincount(codes, weights=x * (y - slope * x)) / square
    units = both.drop_duplicates("unit").sort_values("unit")[["unit", "cluster"]].reset_index(drop=True)
    draws = collapse(score[:, None], units, cluster)
    # `collapse` has the factor for few clusters; units get the same
    factor = math.sqrt(len(draws) / (len(draws) - 1) if cluster == "unit" else 1.0)
    score = score * factor
    se = factor * float(np.sqrt((draws**2).sum()))
    low, high, p = normal_interval(slope, se, level, df=len(draws) - 1)
    size_x, size_y = math.sqrt(square), math.sqrt(float(y @ y))
    return Link(
        source=source.outcome,
        target=target.outcome,
        slope=slope,
        se=se,
        low=low,
        high=high,
        p=p,
        correlation=float(x @ y) / (size_x * size_y),
        sd_source=size_x / math.sqrt(len(both)),
        sd_target=size_y / math.sqrt(len(both)),
        n_obs=len(both),
        n_units=len(names),
        n_clusters=len(draws),
        units=units,
        influence=score,
    )


def product(effect: float, links: Sequence[Link], rho: float = 0.0) -> float:
    """Effect on the first step times the links, each corrected for errors that correlate by `rho`.

    Imai, Keele & Yamamoto (2010), theorem 4: beta_2 (sigma_1/sigma_2) {r - rho sqrt((1 - r^2)/(1 - rho^2))}, with r the
    correlation of the residuals of outcome and step, both without the step in the equation. In a path of several links
    the errors of each link correlate by the same `rho`.
    """
    return float(_products(np.array([effect]), [np.array([k.slope]) for k in links], links, rho)[0])


def mediation(
    first: GroupTime,
    links: Sequence[Link],
    total: GroupTime,
    *,
    level: float = 0.95,
    rho_max: float = 0.3,
    grid: Sequence[float] = GRID,
    draws: int = 4000,
    seed: int = 0,
) -> Share:
    """Product of coefficients along a path, its share of the whole effect, and both under correlated errors.

    Intervals are Monte Carlo (MacKinnon, Lockwood & Williams 2004): effects and slopes are drawn from the normal with the
    joint covariance of their influence functions, for a product of estimates is skewed.

    Args:
        first: Effects on the first step.
        links: From the first step to the outcome, in order.
        total: Effects on the outcome.
        level: Coverage of intervals.
        rho_max: Largest correlation of errors that the bounds allow for.
        grid: Values of rho of the curve; `rho_max` is added.
        draws, seed: Of the Monte Carlo intervals.
    """
    centre, cov = _joint(first, links, total)
    rng = np.random.default_rng(seed)
    drawn = rng.multivariate_normal(centre, cov, size=draws, method="eigh")
    effect, slopes, whole = drawn[:, 0], [drawn[:, 1 + k] for k in range(len(links))], drawn[:, -1]
    tails = [0.5 - level / 2, 0.5 + level / 2]

    rhos = sorted({*grid, -rho_max, 0.0, rho_max})
    products = {rho: _products(effect, slopes, links, rho) for rho in rhos}
    at = np.array([product(first.overall.value, links, rho) for rho in rhos])
    bounds = np.array([np.quantile(products[rho], tails) for rho in rhos])
    curve = pd.DataFrame({"rho": rhos, "indirect": at, "low": bounds[:, 0], "high": bounds[:, 1]})
    inside = curve[curve["rho"].abs() <= rho_max + 1e-12]
    low, high = np.quantile(products[0.0], tails)
    known = total.overall.low > 0 or total.overall.high < 0
    shares = {rho: np.quantile(products[rho] / whole, tails) for rho in inside["rho"]} if known else {}
    direct = product(first.overall.value, links)
    return Share(
        path=(links[0].source, *(k.target for k in links)),
        indirect=direct,
        indirect_low=float(low),
        indirect_high=float(high),
        share=direct / total.overall.value if known else math.nan,
        low=float(shares[0.0][0]) if known else math.nan,
        high=float(shares[0.0][1]) if known else math.nan,
        rho_zero=links[0].correlation if len(links) == 1 else math.nan,
        rho_max=rho_max,
        bound_low=float(min(s[0] for s in shares.values())) if known else math.nan,
        bound_high=float(max(s[1] for s in shares.values())) if known else math.nan,
        indirect_bound_low=float(inside["low"].min()),
        indirect_bound_high=float(inside["high"].max()),
        curve=curve,
    )


def _products(effect: np.ndarray, slopes: Sequence[np.ndarray], links: Sequence[Link], rho: float) -> np.ndarray:
    out = effect.copy()
    for slope, one in zip(slopes, links, strict=True):
        ratio = one.sd_target / one.sd_source
        r = np.clip(slope / ratio, -0.999, 0.999)
        out = out * (ratio * (r - rho * np.sqrt((1 - r**2) / (1 - rho**2))) if rho else slope)
    return np.asarray(out)


def _joint(first: GroupTime, links: Sequence[Link], total: GroupTime) -> tuple[np.ndarray, np.ndarray]:
    """Estimates (effect on the first step, slopes, whole effect) and their covariance by influence functions."""
    columns = [pd.Series(first.overall_influence, index=first.units["unit"].to_numpy())]
    columns += [pd.Series(k.influence, index=k.units["unit"].to_numpy()) for k in links]
    columns.append(pd.Series(total.overall_influence, index=total.units["unit"].to_numpy()))
    psi = pd.concat(columns, axis=1).fillna(0.0)
    known = [frame[["unit", "cluster"]] for frame in (first.units, total.units, *(k.units for k in links))]
    clusters = pd.concat(known).drop_duplicates("unit").set_index("unit").loc[psi.index].reset_index()
    summed = collapse(psi.to_numpy(float), clusters, total.cluster)
    centre = np.array([first.overall.value, *(k.slope for k in links), total.overall.value])
    return centre, summed.T @ summed
