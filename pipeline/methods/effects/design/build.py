"""The design of a difference-in-differences estimate: checked data with measured periods, cohorts and clusters.

Calendar periods are mapped to the index of the *measured* periods (those in which the outcome exists for somebody), so
that a year without measurement lies between two neighbouring indices and never makes an empty cell. Tables keep the
calendar year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from pipeline.errors import DesignError
from pipeline.methods.effects.design.design import Design
from pipeline.methods.effects.estimate import Note

COLUMNS = ("unit", "period", "cohort", "cluster", "weight", "y", "t", "g", "event_time")


def make_design(
    panel: pd.DataFrame,
    outcome: str,
    *,
    covariates: Sequence[str] = (),
    cluster: str = "cluster",
    weight: str = "weight",
    min_cohort_units: int = 2,
    cohort_limits: Mapping[str, int] | None = None,
) -> Design:
    """Check a panel and bring it into the form that every estimator here takes.

    Left out with a note: rows without outcome, units measured once (no change of theirs is known), units already treated in
    the first measured period (they have no period before treatment), cohorts of fewer than `min_cohort_units` units,
    covariates that do not vary. Where every unit is treated in the end, the last cohort is the comparison group until it
    starts, and later periods are left out (Callaway & Sant'Anna 2021, section 2.2).

    Args:
        panel: Columns `unit`, `period` (int), `cohort` (first treated period; missing = never), the outcome, and where
            given the cluster and covariates. Without a cluster column each unit is its own cluster.
        outcome: Column that holds the outcome.
        covariates: Columns of covariates, taken at each unit's first observation.
        cluster: Column of the level above the unit.
        weight: Column of the units' weights, taken at each unit's first observation; all count alike without it.
        min_cohort_units: Fewest units a cohort may have.
        cohort_limits: Keys of the study that ask for so many, of which the largest holds; an error names those in the way.

    Raises:
        DesignError: A column is missing, a unit and period occur twice, a unit has two cohorts or clusters, a weight
            is missing or not above 0, no outcome at all, one period, one cluster, nobody treated, nobody untreated, or
            no period before treatment.
    """
    has_cluster = cluster in panel.columns
    _require_columns(panel, ["unit", "period", "cohort", outcome, *covariates])
    data = pd.DataFrame(
        {
            "unit": panel["unit"].to_numpy(),
            "period": panel["period"].to_numpy(),
            "cohort": pd.to_numeric(panel["cohort"], errors="coerce").astype(float).to_numpy(),
            "cluster": panel[cluster if has_cluster else "unit"].to_numpy(),
            "weight": pd.to_numeric(panel[weight], errors="coerce").astype(float) if weight in panel.columns else 1.0,
            "y": pd.to_numeric(panel[outcome], errors="coerce").astype(float).to_numpy(),
            **{c: pd.to_numeric(panel[c], errors="coerce").astype(float).to_numpy() for c in covariates},
        }
    ).sort_values(["unit", "period"], kind="stable", ignore_index=True)
    _refuse_inconsistent(data, has_cluster=has_cluster, cluster=cluster)

    notes: list[Note] = []
    _freeze_weights(data, weight, notes)
    frozen = data.groupby("unit")[list(covariates)].first() if covariates else None
    left: dict[Any, str] = {}
    data = _observed_rows(data, outcome, notes, left)
    limits = cohort_limits or {"inference.min_cohort_units": min_cohort_units}
    data = _effective_cohorts(data, outcome, min_cohort_units, limits, notes, left)
    if has_cluster and data["cluster"].nunique() < 2:
        raise DesignError(
            "All units belong to one cluster.",
            where=f"column {cluster!r}, value {data['cluster'].iloc[0]!r}",
            expected="two clusters or more, so that uncertainty between clusters can be estimated",
            todo="Name the column of a finer level as the cluster, or leave the cluster out.",
        )
    kept = _attach_covariates(data, frozen, notes)
    data = _indexed(data)
    periods = tuple(int(p) for p in sorted(data["period"].unique()))
    return Design(data[[*COLUMNS, *kept]], outcome, kept, periods, tuple(notes), not has_cluster, left)


def cohort_from_status(panel: pd.DataFrame, unit: str, period: str, status: str) -> pd.Series:
    """First treated period of each row's unit, from a treatment status of 0 and 1 (missing = not known, passed over).

    Returns:
        Int64 series on the panel's index; missing for units never treated.

    Raises:
        DesignError: A status is neither 0 nor 1, or treatment switches off in a unit.
    """
    _require_columns(panel, [unit, period, status])
    value = pd.to_numeric(panel[status], errors="coerce").astype(float)
    wrong = panel.loc[(panel[status].notna()) & ~value.isin([0.0, 1.0])]
    if not wrong.empty:
        row = wrong.iloc[0]
        raise DesignError(
            f"A treatment status is {str(row[status])!r}.",
            where=f"unit {row[unit]}, period {row[period]}, column {status!r}",
            expected="1 in periods under treatment, 0 before",
            todo="Correct the status.",
        )
    known = panel.assign(_status=value)[value.notna()].sort_values([unit, period], kind="stable")
    earlier = known.groupby(unit)["_status"].cummax()
    off = known[known["_status"] < earlier]
    if not off.empty:
        row, n = off.iloc[0], off[unit].nunique()
        raise DesignError(
            f"Treatment switches off in {n} unit{'s' if n > 1 else ''}.",
            where=f"first in unit {row[unit]}, period {row[period]}, column {status!r}",
            expected="a unit that is treated once stays treated (staggered adoption)",
            todo="Correct the status, or take units for treated from their first start on.",
        )
    first = known[known["_status"] == 1.0].groupby(unit)[period].min()
    return panel[unit].map(first).astype("Int64").rename("cohort")


def _require_columns(panel: pd.DataFrame, columns: Sequence[str]) -> None:
    missing = [c for c in columns if c not in panel.columns]
    if missing:
        raise DesignError(
            f"The panel has no column {missing[0]!r}.",
            expected="columns " + ", ".join(columns),
            todo="Name a column that the panel has: " + ", ".join(map(str, panel.columns)) + ".",
        )


def _refuse_inconsistent(data: pd.DataFrame, *, has_cluster: bool, cluster: str) -> None:
    if data[["unit", "period"]].isna().to_numpy().any():
        raise DesignError("A row of the panel has no unit or no period.", expected="both in every row")
    twice = data[data.duplicated(["unit", "period"])]
    if not twice.empty:
        row = twice.iloc[0]
        raise DesignError(
            f"{len(twice)} row(s) repeat a unit and period.",
            where=f"first at unit {row['unit']}, period {row['period']}",
            expected="one row a unit and period",
            todo="Remove or aggregate the repeated rows.",
        )
    filled = data.assign(cohort=data["cohort"].fillna(np.inf))
    checks = [("cohort", "first treated periods", "cohort")]
    if has_cluster:
        checks.append(("cluster", "clusters", cluster))
    for column, words, shown in checks:
        many = filled.groupby("unit")[column].nunique(dropna=False)
        if (many > 1).any():
            raise DesignError(
                f"A unit has several {words}.",
                where=f"unit {many.index[many > 1][0]}, column {shown!r}",
                expected=f"the same {column} in all rows of a unit",
                todo="Correct the panel.",
            )
    if has_cluster and data["cluster"].isna().any():
        raise DesignError(
            "A unit has no cluster.",
            where=f"unit {data.loc[data['cluster'].isna(), 'unit'].iloc[0]}, column {cluster!r}",
            expected="a cluster for every unit",
            todo="Complete the cluster, or leave the cluster out.",
        )


def _freeze_weights(data: pd.DataFrame, column: str, notes: list[Note]) -> None:
    """Each unit's weight at its first observation, over the mean of all units."""
    wrong = data[~(np.isfinite(data["weight"]) & (data["weight"] > 0))]
    if not wrong.empty:
        row = wrong.iloc[0]
        raise DesignError(
            "A weight is missing or not above 0.",
            where=f"unit {row['unit']}, period {row['period']}, column {column!r}",
            expected="a number above 0 in every row",
            todo="Correct the weight, or leave `panel.weight` out of the study.",
        )
    first = data.groupby("unit")["weight"].transform("first")
    moving = data.loc[data["weight"] != first, "unit"].nunique()
    if moving:
        notes.append(
            Note("weight_varies", f"the weight of {moving} units changes; each counts by that of its first period")
        )
    data["weight"] = first / first[~data.duplicated("unit")].mean()


def _observed_rows(data: pd.DataFrame, outcome: str, notes: list[Note], left: dict[Any, str]) -> pd.DataFrame:
    finite = np.isfinite(data["y"].to_numpy())
    if not finite.any():
        raise DesignError(
            f"All values of outcome {outcome!r} are missing.",
            where=f"column {outcome!r}",
            expected="numbers",
            todo="Check the column's name in the study and the values in the source.",
        )
    if not finite.all():
        notes.append(Note("rows_without_outcome", f"{int((~finite).sum())} rows without the outcome were left out"))
    left |= dict.fromkeys(set(data["unit"]) - set(data.loc[finite, "unit"]), "not_measured")
    data = data[finite].reset_index(drop=True)
    again = data["unit"].duplicated(keep=False).to_numpy()
    if again.any() and not again.all():
        n = int((~again).sum())
        notes.append(Note("seen_once", f"{n} units were measured in one period only, so that they have no change"))
        left |= dict.fromkeys(data.loc[~again, "unit"], "seen_once")
        data = data[again].reset_index(drop=True)
    if data["y"].nunique() < 2:
        raise DesignError(
            f"Outcome {outcome!r} does not vary: every value is {data['y'].iloc[0]:g}.",
            where=f"column {outcome!r}",
            expected="an outcome that differs between units or periods",
            todo="Check the column's name in the study and the values in the source.",
        )
    if data["period"].nunique() > 1 and not data["unit"].duplicated().any():
        raise DesignError(
            "Every unit is seen once, so no unit's change is known: these are repeated cross-sections.",
            where="column 'unit'",
            expected="units that are seen before and after treatment starts",
            todo="Take as unit a level that is seen again, such as the school or village, with the mean of its persons.",
        )
    if data["period"].nunique() < 2:
        raise DesignError(
            f"Outcome {outcome!r} was measured in one period only ({data['period'].iloc[0]}).",
            expected="two periods or more, at least one before treatment",
            todo="Add another period's data.",
        )
    return data


def _effective_cohorts(
    data: pd.DataFrame,
    outcome: str,
    min_units: int,
    limits: Mapping[str, int],
    notes: list[Note],
    left: dict[Any, str],
) -> pd.DataFrame:
    if data["cohort"].isna().all():
        raise DesignError(
            "No unit is ever treated.",
            where="column 'cohort'",
            expected="a first treated period for some units",
            todo="Check the treatment's source or column.",
        )
    data = _move_cohorts(data, notes)
    if data["cohort"].isna().all():
        raise DesignError(
            f"No unit is under treatment in a period in which {outcome!r} was measured.",
            where=f"measured periods up to {int(data['period'].max())}",
            expected="at least one measured period after treatment starts",
            todo="Wait for the next edition, or leave this outcome out.",
        )
    if data["cohort"].notna().all():
        before = _last_cohort_as_comparison(data, notes)
        left |= dict.fromkeys(set(data["unit"]) - set(before["unit"]), "after_comparison")
        data = before
    first = data["period"].min()
    always = data["cohort"] <= first
    if always.any():
        if not (data["cohort"] > first).any():
            raise DesignError(
                "No treated unit has a period before treatment.",
                where=f"first measured period {int(first)}",
                expected="at least one measured period before the first treated one",
                todo="Add earlier periods.",
            )
        n = data.loc[always, "unit"].nunique()
        notes.append(
            Note("always_treated", f"{n} units were treated from the first measured period on and were left out")
        )
        left |= dict.fromkeys(data.loc[always, "unit"], "treated_from_start")
        data = data[~always]
    sizes = data[data["cohort"].notna()].groupby("cohort")["unit"].nunique()
    small = sizes[sizes < min_units]
    for cohort in small.index:
        notes.append(
            Note("small_cohort", f"cohort {int(float(str(cohort)))} has fewer than {min_units} units and was left out")
        )
    if len(small) == len(sizes):
        raise DesignError(
            f"No cohort has {min_units} units or more with outcome {outcome!r}.",
            expected=f"at least {min_units} units first treated in the same period",
            todo="Give neighbouring starts one period, or lower " + _in_the_way(limits, int(sizes.max())),
        )
    few = data["cohort"].isin(small.index)
    left |= dict.fromkeys(data.loc[few, "unit"], "too_few")
    data = data[~few]
    return data.reset_index(drop=True)


def _in_the_way(limits: Mapping[str, int], largest: int) -> str:
    """The keys that ask for more units than the largest cohort has: to lower one of two would change nothing."""
    keys = [f"`{key}` (now {value})" for key, value in limits.items() if value > largest]
    shown = any(value > largest for key, value in limits.items() if key.startswith("disclosure."))
    both = "; the larger of both holds" if len(keys) > 1 else ""
    return " and ".join(keys) + both + ("; `disclosure` says from how many on numbers are shown." if shown else ".")


def _move_cohorts(data: pd.DataFrame, notes: list[Note]) -> pd.DataFrame:
    """Give each cohort the first measured period at or after its start; later than all: not treated yet."""
    periods = np.sort(data["period"].unique())
    moved = data["cohort"].copy()
    for cohort in sorted(data["cohort"].dropna().unique()):
        at = int(np.searchsorted(periods, cohort))
        rows = data["cohort"] == cohort
        n = data.loc[rows, "unit"].nunique()
        if at == len(periods):
            moved[rows] = np.nan
            notes.append(
                Note("treated_later", f"{n} units start after the last measured period and count as untreated")
            )
        elif at > 0 and periods[at] != cohort:
            moved[rows] = float(periods[at])
            notes.append(
                Note(
                    "cohort_moved",
                    f"cohort {int(cohort)} ({n} units) is measured under treatment from {periods[at]} on",
                )
            )
    return data.assign(cohort=moved)


def _last_cohort_as_comparison(data: pd.DataFrame, notes: list[Note]) -> pd.DataFrame:
    cohorts = sorted(data["cohort"].unique())
    last = cohorts[-1]
    before: pd.DataFrame = data[data["period"] < last]
    if len(cohorts) < 2 or before.empty or not (cohorts[0] <= before["period"].max()):
        raise DesignError(
            "There are no never-treated and no not-yet-treated units to compare with.",
            where="column 'cohort'",
            expected="units never treated, or treated later than others",
            todo="Add units outside the programme to the panel.",
        )
    notes.append(
        Note(
            "last_cohort_as_comparison",
            f"every unit is treated in the end; cohort {int(last)} is the comparison group "
            f"and periods from {int(last)} on were left out",
        )
    )
    before = before.reset_index(drop=True)
    before.loc[before["cohort"] == last, "cohort"] = np.nan
    return before


def _attach_covariates(data: pd.DataFrame, frozen: pd.DataFrame | None, notes: list[Note]) -> tuple[str, ...]:
    kept: list[str] = []
    for name in [] if frozen is None else list(frozen.columns):
        assert frozen is not None
        values = data["unit"].map(frozen[name])
        per_unit = frozen[name].reindex(data["unit"].unique())
        if per_unit.nunique() < 2:
            notes.append(Note("constant_covariate", f"{name} does not vary between units and was left out"))
            continue
        if per_unit.isna().any():
            notes.append(Note("covariate_missing", f"{int(per_unit.isna().sum())} units have no value of {name}"))
        data[name] = values
        kept.append(name)
    return tuple(kept)


def _indexed(data: pd.DataFrame) -> pd.DataFrame:
    index = {p: i for i, p in enumerate(np.sort(data["period"].unique()))}
    t = data["period"].map(index).astype(int)
    g = data["cohort"].map(index).astype(float)
    return data.assign(period=data["period"].astype(int), t=t, g=g, event_time=t - g)
