"""What training reached each school in each year: hours per civil servant teacher, and kinds of activity (arms).

Pure functions of the tidy tables `training`, `teachers` and `treatment`; hours count where the teacher attended.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

ARMS = {"workshop": "training", "seminar": "training", "out_of_region": "course", "mentoring": "mentoring"}
"""Activity -> arm. Workshops and seminars are one arm; an activity that is not named here belongs to the arm "other"."""
NAMES = ("training", "mentoring", "course", "other")
"""The arms, in the order in which a mix of them is named."""


REACH: Mapping[str, float] = {"training": 0.5, "mentoring": 0.5, "course": 0.1, "other": 0.5}
"""Share of a unit's staff that an arm must reach in a mean year to be part of the unit's mix. Courses outside the region
are for few, so one person in ten is enough."""
LIGHT = "light"


def exposure(training: pd.DataFrame, teachers: pd.DataFrame, treatment: pd.DataFrame) -> pd.DataFrame:
    """One row a unit and year that has staff on record, sorted by both.

    Args:
        training: `unit`, `period`, `person`, `activity`, `jp`, `attended`.
        teachers: `unit`, `period`, `person`.
        treatment: `unit`, `cohort` (first year under treatment, missing = never).

    Returns:
        `unit`, `period`, `cohort`, `teachers` (number), `jp` (hours per teacher in the year), `jp_since_start` (hours per
        teacher summed over the years since the unit's start; 0 before it and where there is none), `under` (under
        treatment), and for each arm of `NAMES` the share of teachers that it reached in the year.
    """
    keys = ["unit", "period"]
    frame = teachers.groupby(keys)["person"].nunique().rename("teachers").reset_index()
    came = training[training["attended"].astype(bool)]
    arm = came["activity"].map(ARMS).fillna("other")
    hours = came.groupby(keys)["jp"].sum().rename("hours").reset_index()
    frame = frame.merge(hours, on=keys, how="left")
    frame["jp"] = frame.pop("hours").fillna(0.0) / frame["teachers"]
    reached = came.assign(arm=arm).groupby([*keys, "arm"])["person"].nunique().unstack("arm").reindex(columns=NAMES)
    frame = frame.merge(reached.reset_index(), on=keys, how="left")
    for name in NAMES:
        # a teacher who left during the year is in the register and no longer in the list
        frame[name] = (frame[name].fillna(0.0) / frame["teachers"]).clip(upper=1.0)
    frame["cohort"] = frame["unit"].map(treatment.set_index("unit")["cohort"]).astype("Int64")
    frame["under"] = (frame["period"] >= frame["cohort"]).fillna(False).astype(bool)
    frame = frame.sort_values(keys, ignore_index=True)
    frame["jp_since_start"] = frame["jp"].where(frame["under"], 0.0).groupby(frame["unit"]).cumsum()
    return frame[[*keys, "cohort", "teachers", "jp", "jp_since_start", "under", *NAMES]]


def by_unit(table: pd.DataFrame) -> pd.DataFrame:
    """Each treated unit's exposure over its years under treatment.

    Args:
        table: From `exposure`.

    Returns:
        Indexed by `unit`: `cohort`, `years` (on record), `jp_year` (hours per teacher and year), `jp_total` (since the
        start), and for each arm of `NAMES` the mean over years of the share of teachers that it reached.
    """
    under = table[table["under"]]
    groups = under.groupby("unit")
    means = groups[list(NAMES)].mean()
    frame = pd.DataFrame(
        {
            "cohort": groups["cohort"].first(),
            "years": groups.size(),
            "jp_year": groups["jp"].mean(),
            "jp_total": groups["jp_since_start"].max(),
        }
    )
    return frame.join(means)


def mixes(units: pd.DataFrame, reach: Mapping[str, float] = REACH) -> pd.Series:
    """Each unit's mix of arms: those that reached enough of its staff, joined by "+"; "light" where none did.

    Args:
        units: From `by_unit`.
        reach: Arm -> share of staff.
    """
    hit = pd.DataFrame({arm: units[arm] >= share for arm, share in reach.items()})
    names = [arm for arm in reach if arm != "other"] + ["other"] * ("other" in reach)
    labels = ["+".join(n for n in names if row[n]) or LIGHT for row in hit.to_dict("records")]
    return pd.Series(labels, index=units.index, name="group")
