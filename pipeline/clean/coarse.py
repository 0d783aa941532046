"""What later steps need of persons, and no more: years become groups of ten, days a number, ranks their group."""

from __future__ import annotations

import pandas as pd

from pipeline.clean.aims import rank_group
from pipeline.methods.indicators import mentoring

DECADE = 10
"""Width in years of the groups of age and of service."""
DROPPED = {
    "staff": ["birth_year", "appointed", "rank"],
    "training": ["start", "end", "mentor", "sessions_planned", "sessions_held"],
    "invited": ["person", "contacts"],
}
Tables = dict[str, pd.DataFrame]


def coarsened_persons(tables: Tables) -> Tables:
    """The tables with coarse traits of persons.

    Returns:
        `staff` with `rank_group` (I … IV, PPPK), `age_group` and `service_group` (first year of the group of ten) in
        place of rank and years; `training` without dates, mentor and sessions; `mentoring`, one row a registered
        mentee, with what was made of them (`pipeline.methods.indicators.mentoring.pairs`); `invited` without persons.
    """
    made: Tables = {}
    if "staff" in tables:
        staff = tables["staff"]
        pairs = zip(staff["rank"], staff["employment"], strict=True)
        groups = [rank_group(rank if isinstance(rank, str) else None, employment) for rank, employment in pairs]
        made["staff"] = staff.assign(
            rank_group=pd.Series(groups, index=staff.index, dtype=object),
            age_group=decade(staff["period"] - staff["birth_year"]),
            service_group=decade(staff["period"] - staff["appointed"]),
        )
        if "training" in tables:
            made["mentoring"] = mentoring.pairs(tables["training"], staff).drop(columns="jp")
    kept = {**tables, **made}
    return {name: table.drop(columns=DROPPED.get(name, []), errors="ignore") for name, table in kept.items()}


def decade(years: pd.Series) -> pd.Series:
    """The first year of each one's group of ten, missing where not known."""
    return (years // DECADE * DECADE).astype("Int64")


def middle(group: pd.Series) -> pd.Series:
    """The middle of each one's group, for means: within half a group of the truth."""
    return group.astype("float64") + DECADE / 2
