"""Effects of groups of treated units (arms, terciles of dose) against the same units never treated, and their equality.

Every group's cohort-by-period effects are estimated as for the whole (Callaway & Sant'Anna 2021) and averaged over the
cells that all groups have, with the same weights, so that groups differ by their group and not by cohorts or years.
Groups were not assigned: that units of one group would have fared in another as the units found there is a stronger
assumption than parallel trends with units never treated (strong parallel trends; Callaway, Goodman-Bacon & Sant'Anna
2024). A difference between groups is tested jointly, never by comparing which intervals exclude zero.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy

from pipeline.errors import DesignError
from pipeline.methods.effects.design import Design
from pipeline.methods.effects.estimate import Note, normal_interval
from pipeline.methods.effects.group_time.aggregate import Aggregator, collapse
from pipeline.methods.effects.group_time.engine import group_time_cells
from pipeline.methods.effects.group_time.means import Cells
from pipeline.methods.effects.group_time.spread import Cluster

OTHER = "other_mixes"


@dataclass(frozen=True)
class Equality:
    """Wald test that all groups have one effect, as F with `df` and `df_rest` degrees of freedom."""

    stat: float
    df: int
    df_rest: int
    p: float


@dataclass(frozen=True, eq=False)
class GroupEffects:
    """Effects by group.

    Attributes:
        table: `group`, `n_units`, `value`, `se`, `low`, `high`, in the order asked for.
        cov: Covariance of the values, in the table's order.
        equality: Test that the effects are equal.
        before: The same test on the mean change from one measured period to the next before the start; None where the
            groups have no such period in common. A difference there speaks against the stronger assumption.
        kept: Share of the treated units' post-start cells (by weight) that all groups have.
        notes: a code and a sentence.
    """

    table: pd.DataFrame
    cov: np.ndarray
    equality: Equality
    before: Equality | None
    kept: float
    notes: tuple[Note, ...]


def merge_small(groups: pd.Series, smallest: int, shown: int = 1) -> pd.Series:
    """Groups of fewer than `smallest` units joined into one, "other_mixes".

    If that one is still too small it is left out (missing label); and where not even its number may be shown, it is
    joined to the smallest other group instead, since a total would give the number away.

    Args:
        groups: Label by unit.
        smallest: Fewest units of a group whose effect is estimated.
        shown: Fewest units whose number may be shown.
    """
    sizes = groups.value_counts()
    merged = groups.where(~groups.isin(sizes.index[sizes < smallest]), OTHER)
    rest = int((merged == OTHER).sum())
    if rest >= smallest or rest == 0:
        return merged
    others = merged[merged != OTHER].value_counts()
    if rest >= shown or others.empty:
        return merged.where(merged != OTHER)
    nearest = sorted(others.index[others == others.min()])[0]
    return merged.where(merged != nearest, OTHER)


def by_group(
    design: Design,
    groups: pd.Series,
    *,
    order: tuple[str, ...] = (),
    level: float = 0.95,
    cluster: Cluster = "unit",
) -> GroupEffects:
    """Effects of groups of treated units against all units never treated.

    Args:
        design: From `make_design`.
        groups: Label by unit; treated units without a label are left out with a note.
        order: Labels in the order of the table; by size where not given.
        level: Coverage of the intervals.
        cluster: Level at which influence functions are summed.

    Raises:
        DesignError: Fewer than two groups, no unit never treated, or no cell that all groups have.
    """
    units = design.units.reset_index()
    label = units["unit"].map(groups).where(units["g"].notna())
    names = [n for n in order if (label == n).any()] if order else [str(n) for n in label.value_counts().index]
    if len(names) < 2 or units["g"].notna().all():
        raise DesignError(
            "There are not two groups of treated units and units never treated to compare.",
            where=f"outcome {design.outcome!r}",
            expected="two groups or more",
            todo="Leave out the comparison of groups.",
        )
    notes = []
    lost = int(label[units["g"].notna()].isna().sum())
    if lost:
        notes.append(Note("no_group", f"{lost} treated units belong to no group and were left out"))
    cells = {name: _cells(design, units, label, name) for name in names}
    whole = group_time_cells(design, "never", "reg", ())
    units["carries"] = units["unit"].isin(whole.units[whole.carriers()])
    after, kept = _family(cells, units, level, cluster, after=True)
    value, psi = after
    if kept < 0.9:
        notes.append(Note("common_cells", "effects rest on the cohorts and periods that every group has"))
    before, _ = _family(cells, units, level, cluster, after=False)
    cov = psi.T @ psi
    se = np.sqrt(np.diag(cov))
    bounds = [normal_interval(float(v), float(s), level) for v, s in zip(value, se, strict=True)]
    table = pd.DataFrame(
        {
            "group": names,
            "n_units": [int((label == name).sum()) for name in names],
            "value": value,
            "se": se,
            "low": [b[0] for b in bounds],
            "high": [b[1] for b in bounds],
        }
    )
    notes += [note for part in cells.values() for note in part.notes]
    earlier = equality(before[0], before[1].T @ before[1], len(before[1])) if len(before[0]) else None
    return GroupEffects(table, cov, equality(value, cov, len(psi)), earlier, kept, tuple(dict.fromkeys(notes)))


def equality(value: np.ndarray, cov: np.ndarray, draws: int) -> Equality:
    """Wald test that all values are equal, as F with the number of independent draws less the number of values."""
    k = len(value)
    contrasts = np.column_stack([-np.ones(k - 1), np.eye(k - 1)])
    gap, middle = contrasts @ value, contrasts @ cov @ contrasts.T
    df = int(np.linalg.matrix_rank(middle))
    rest = max(draws - k, 1)
    if df == 0:
        return Equality(math.nan, 0, rest, math.nan)
    stat = float(gap @ np.linalg.pinv(middle) @ gap) / df
    return Equality(stat, df, rest, float(scipy.stats.f(df, rest).sf(stat)))


def _cells(design: Design, units: pd.DataFrame, label: pd.Series, name: str) -> Cells:
    """Cells of one group's cohorts of two units or more, with all units never treated."""
    own = units[label == name]
    sizes = own["g"].map(own["g"].value_counts())
    keep = set(own.loc[sizes >= 2, "unit"]) | set(units.loc[units["g"].isna(), "unit"])
    if not (sizes >= 2).any():
        raise DesignError(f"No cohort has two units of the group {name!r}.", where=f"outcome {design.outcome!r}")
    return group_time_cells(design.keep(design.data["unit"].isin(keep)), "never", "reg", ())


def _family(
    cells: Mapping[str, Cells],
    units: pd.DataFrame,
    level: float,
    cluster: Cluster,
    *,
    after: bool,
) -> tuple[tuple[np.ndarray, np.ndarray], float]:
    """Values and (collapsed) influence by group over their common cells, and the share of cells that are common."""
    share = units.loc[units["carries"]].groupby("g")["weight"].sum()
    keys = {name: [tuple(k) for k in part.table[["g", "t"]].to_numpy()] for name, part in cells.items()}
    wanted = {name: {k for k in found if (k[1] >= k[0]) == after} for name, found in keys.items()}
    common = sorted(set.intersection(*wanted.values()))
    every = set.union(*wanted.values())
    if not common:
        if after:
            raise DesignError("The groups have no cohort and period in common.", todo="Use fewer or larger groups.")
        return (np.empty(0), np.empty((0, 0))), 0.0
    at = pd.Index(units["unit"])
    values, influence = [], []
    for name, part in cells.items():
        rows = [keys[name].index(k) for k in common]
        psi = np.zeros((len(units), len(rows)))
        psi[at.get_indexer(part.units)] = part.influence[:, np.array(rows)]
        maker = Aggregator(
            part.table.iloc[rows].reset_index(drop=True), psi, units, carries=units["carries"].to_numpy(),
            cluster=cluster, level=level, draws=0, seed=0,
        )  # fmt: skip
        value, one = maker.mean(np.ones(len(rows), dtype=bool))
        values.append(value)
        influence.append(one)
    kept = sum(float(share[g]) for g, _ in common) / sum(float(share[g]) for g, _ in every)
    return (np.array(values), collapse(np.column_stack(influence), units, cluster)), kept
