"""Effects by baseline group, and the test that they are equal.

Each group is compared with untreated units of the same group, by the design of the main estimate. Groups differ in which
cohorts they hold, so their own weighted means would differ even where no effect does: all groups get the same weights on
the same cohort-by-period cells (the whole sample's). Equality is tested by a Wald statistic on the differences with their
joint covariance; that one group's interval excludes zero and another's does not is no evidence of a difference (Gelman &
Stern 2006, The American Statistician 60, 328-331). With G independent draws the statistic has Hotelling's T^2 law.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy

from pipeline.errors import DesignError
from pipeline.methods.effects.design import Design
from pipeline.methods.effects.estimate import normal_interval
from pipeline.methods.effects.group_time.aggregate import collapse
from pipeline.methods.effects.group_time.cell_means import NEVER, Changes, carriers, cells, changes
from pipeline.methods.effects.group_time.means import Control
from pipeline.methods.effects.group_time.spread import Cluster


@dataclass(frozen=True, eq=False)
class Heterogeneity:
    """Effects by group and the test of equality.

    Attributes:
        table: `group`, `value`, `se`, `low`, `high`, `n_units`, `n_treated`, in the groups' order.
        statistic, df_numerator, df, p: F form of the Wald test that all effects are equal.
        cov: Covariance of the effects, in the table's order.
        left_out: Groups with too few treated or untreated units.
        n_cells: Cohort-by-period cells that all groups have.
    """

    table: pd.DataFrame
    statistic: float
    df_numerator: int
    df: float
    p: float
    cov: np.ndarray
    left_out: tuple[str, ...]
    n_cells: int


def by_group(
    design: Design,
    groups: pd.Series,
    *,
    control: Control = "never",
    cluster: Cluster = "unit",
    level: float = 0.95,
    min_units: int = 3,
) -> Heterogeneity:
    """Effects by group on common weights, and the joint test that they are equal.

    Args:
        design: From `make_design`.
        groups: Group of each unit (index), a feature from before treatment; units without one are left out. A categorical
            keeps its order.
        control: Comparison group.
        cluster: Level of independent draws.
        level: Coverage of the intervals.
        min_units: Fewest treated and fewest never-treated units a group may have.

    Raises:
        DesignError: Fewer than two groups are large enough, no cell is common to all, or too few clusters for the test.
    """
    found = changes(design, control)
    place = groups.reindex(found.units["unit"])
    order = (
        list(place.cat.categories) if isinstance(place.dtype, pd.CategoricalDtype) else sorted(place.dropna().unique())
    )
    labels = place.astype(object).to_numpy()
    treated = found.codes != NEVER
    large = [g for g in order if min((treated & (labels == g)).sum(), (~treated & (labels == g)).sum()) >= min_units]
    if len(large) < 2:
        raise DesignError(
            "Fewer than two groups have enough treated and untreated units.", expected=f"{min_units} of each at least"
        )
    parts = [cells(_within(found, labels == g)) for g in large]
    common = np.all([np.isfinite(value) for value, _ in parts], axis=0)
    if not common.any():
        raise DesignError("No cohort and period has treated and untreated units in every group.")
    carries = carriers(found)[0]
    sizes = np.array([found.weight[carries & (found.codes == g)].sum() for g in found.g]) * common
    weight = sizes / sizes.sum()
    effect = np.array([float(np.nan_to_num(value) @ weight) for value, _ in parts])
    psi = np.zeros((len(labels), len(large)))
    for k, (g, (_, influence)) in enumerate(zip(large, parts, strict=True)):
        psi[labels == g, k] = influence @ weight
    sums = collapse(psi, found.units, cluster)
    cov = np.asarray(sums.T @ sums)
    rows = []
    for k, g in enumerate(large):
        se = float(np.sqrt(cov[k, k]))
        low, high, _ = normal_interval(effect[k], se, level, np.inf if cluster == "unit" else len(sums) - 1)
        inside = labels == g
        rows.append((str(g), effect[k], se, low, high, int(inside.sum()), int((inside & treated).sum())))
    table = pd.DataFrame(rows, columns=["group", "value", "se", "low", "high", "n_units", "n_treated"])
    statistic, q, df, p = equality(effect, cov, len(sums))
    left_out = tuple(str(g) for g in order if g not in large and (labels == g).any())
    return Heterogeneity(table, statistic, q, df, p, cov, left_out, int(common.sum()))


def equality(effects: np.ndarray, cov: np.ndarray, draws: int) -> tuple[float, int, float, float]:
    """F statistic, degrees of freedom and p value of the hypothesis that all effects are equal.

    With q differences and G independent draws: F = (G - q) / (q (G - 1)) W on q and G - q degrees of freedom.

    Raises:
        DesignError: Too few draws for so many groups.
    """
    q = len(effects) - 1
    C = np.column_stack([np.eye(q), -np.ones(q)])
    V = C @ cov @ C.T
    if draws <= q or np.linalg.matrix_rank(V) < q:
        raise DesignError("Too few clusters to compare so many groups.", expected=f"more than {q} clusters")
    wald = float((C @ effects) @ np.linalg.solve(V, C @ effects))
    F = (draws - q) / (q * (draws - 1)) * wald
    return F, q, float(draws - q), float(scipy.stats.f(q, draws - q).sf(F))


def baseline_terciles(design: Design) -> pd.Series:
    """Terciles ("low", "middle", "high") of each unit's outcome in the first measured period, an ordered categorical."""
    first = design.data[design.data["t"] == 0].set_index("unit")["y"]
    return _cut(first, ["low", "middle", "high"])


def halves(values: pd.Series, labels: tuple[str, str] = ("small", "large")) -> pd.Series:
    """The first label up to the median of `values`, the second above it: an ordered categorical on the same index."""
    return _cut(values.dropna(), list(labels))


def cluster_sizes(design: Design) -> pd.Series:
    """Units in clusters with "few" and with "many" units, about half each."""
    clusters = design.units["cluster"]
    return halves(clusters.map(clusters.value_counts()).astype(float), ("few", "many"))


def _cut(values: pd.Series, labels: list[str]) -> pd.Series:
    edges = values.quantile(np.arange(1, len(labels)) / len(labels)).to_numpy()
    codes = np.searchsorted(edges, values.to_numpy(), side="left")
    return pd.Series(pd.Categorical([labels[c] for c in codes], categories=labels, ordered=True), index=values.index)


def _within(found: Changes, rows: np.ndarray) -> Changes:
    units = found.units[rows].reset_index(drop=True)
    return Changes(units, found.g, found.t, found.change[rows], found.seen[rows], found.control)
