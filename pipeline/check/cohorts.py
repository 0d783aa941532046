"""Cohorts as the files give them, and what the estimates use of each, as the designs of the primary outcomes have it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from pipeline.clean.run import Gathered
from pipeline.clean.told import NEVER, told_as
from pipeline.errors import DesignError
from pipeline.study import Study

if TYPE_CHECKING:
    from pipeline.methods.effects.design import Design

WHY = ("treated_from_start", "not_measured", "seen_once", "too_few", "after_comparison", "no_change", "no_estimate")
"""Why units are in no estimate, in the order in which it is told; several are joined by `AND`."""
AND = "+"
"""Between several reasons, and between outcomes that are alike."""
NONE, COMPARISON = "none", "comparison"
"""In place of the cohort of the estimates: no unit is in them, or units that start later serve as comparison."""
_COLUMNS = ["cohort", "outcome", "given", "measured", "used", "since", "why"]

Designs = Mapping[str, "Design | None"]
"""Primary outcome -> its design; None where the data allow none."""


def cohorts(study: Study, found: Gathered, panel: pd.DataFrame, designs: Designs) -> pd.DataFrame:
    """One row a cohort, and where primary outcomes differ one a cohort and set of outcomes that are alike.

    Returns:
        `cohort` (missing = never treated), `told` (the code under which its size is told, `pipeline.clean.told`), `outcome`
        (names joined by `AND`; "" where all are alike), `given` (units in the files), `measured` (units in the panel), `used`
        (units in the estimates), `since` (text: the cohort that they are in the estimates, `COMPARISON` or `NONE`), `why`
        (reasons of `WHY` joined by `AND`; "" where nothing is left out).
    """
    given = found.accounts[0].cohorts if study.panel is not None else None
    if given is None:
        given = found.tables["treatment"].set_index("unit")["cohort"]
    from_start = pd.Series(
        given.index.isin(frozenset().union(*(account.from_start for account in found.accounts))), index=given.index
    )
    units = panel.groupby("unit")["cohort"].first()
    tables: dict[tuple[tuple[object, ...], ...], list[str]] = {}
    for name, design in designs.items():
        fate = _fates(study, units, design)
        rows = [
            _row(cohort, _is(given, cohort), from_start, _is(units, cohort), fate, design)
            for cohort in [*sorted(given.dropna().unique().tolist()), None]
        ]
        tables.setdefault(tuple(rows), []).append(name)
    frame = pd.DataFrame(
        [
            (cohort, AND.join(names) if len(tables) > 1 else "", *rest)
            for rows, names in tables.items()
            for cohort, *rest in rows
        ],
        columns=_COLUMNS,
    ).astype({"cohort": "Int64"})
    codes = told_as(study, panel)
    own = frame["cohort"].astype("string").fillna(NEVER)
    told = {code: codes[units.index[_is(units, int(code))]] for code in set(own) - {NEVER}}
    names = [told[code].iloc[0] if len(told.get(code, ())) else code for code in own]
    return frame.assign(told=names)


def _is(column: pd.Series, cohort: object) -> pd.Series:
    return column.isna() if cohort is None else (column == cohort).fillna(False).astype(bool)


def _fates(study: Study, units: pd.Series, design: Design | None) -> pd.Series:
    """Why each unit of the panel is in no estimate; "" where it is in one."""
    if design is None:
        return pd.Series("no_estimate", index=units.index)
    fate = pd.Series(units.index.map(dict(design.left_out)), index=units.index, dtype=object)
    inside = units.index.isin(design.units.index)
    return fate.mask(inside, "").mask(inside & ~units.index.isin(_carriers(study, design)), "no_change")


def _carriers(study: Study, design: Design) -> set[object]:
    """The design's units whose changes enter an effect: measured before a start and after it."""
    from pipeline.methods.effects import group_time  # loads the regressions: only where there is a design

    try:
        main = group_time.estimate(design, study.inference.control, draws=2, cluster="unit")
    except DesignError:  # told where it is estimated
        return set(design.units.index)
    entering = main.make.in_cells((main.att["event_time"] >= 0).to_numpy())
    return set(main.units.loc[entering, "unit"])


def _row(
    cohort: object, given: pd.Series, from_start: pd.Series, here: pd.Series, fate: pd.Series, design: Design | None
) -> tuple[object, ...]:
    """A cohort: units in the files, in the panel and in the estimates, as which cohort, and why not all of them."""
    used = fate.index[here & (fate == "")]
    reasons = {*fate[here]} - {""}
    at_once = int((given & from_start).sum())
    if at_once:
        reasons.add("treated_from_start")
    if int(given.sum()) > int(here.sum()) + at_once:
        reasons.add("not_measured")
    since = NONE
    if design is not None and len(used):
        entry = design.units["cohort"].loc[used[0]]
        since = COMPARISON if pd.isna(entry) else str(int(entry))
    why = AND.join(reason for reason in WHY if reason in reasons)
    return cohort, int(given.sum()), int(here.sum()), len(used), since, why
