"""Delivery and reach of training: attendance, hours against the yearly minimum, persons never reached, costs."""

from __future__ import annotations

import pandas as pd

MINIMUM_JP = 20
"""Hours of development a year that PP 11/2017 asks for."""


def yearly_hours(training: pd.DataFrame, staff: pd.DataFrame) -> pd.DataFrame:
    """Hours attended by everybody on the roster, year by year: the roster's columns with `jp` and `reached` (so far).

    Args:
        training: `person`, `period`, `jp`, `attended`.
        staff: `person`, `period` and traits; one row a person and year.

    Returns:
        `jp` is 0 where nothing was attended; `reached` tells whether the person attended anything up to that year.
    """
    came = training[training["attended"].astype(bool)]
    hours = came.groupby(["person", "period"])["jp"].sum().rename("jp").reset_index()
    table = staff.merge(hours, on=["person", "period"], how="left").fillna({"jp": 0.0})
    first = came.groupby("person")["period"].min()
    return table.assign(reached=(table["person"].map(first) <= table["period"]).fillna(False).astype(bool))


def by_group(hours: pd.DataFrame, group: str) -> pd.DataFrame:
    """Persons, mean hours, share with the yearly minimum and share never reached, by group (shares in per cent)."""
    table = hours.assign(minimum=hours["jp"] >= MINIMUM_JP, never=~hours["reached"])
    found = table.groupby(group, dropna=False).agg(
        persons=("person", "nunique"), jp=("jp", "mean"), minimum=("minimum", "mean"), never=("never", "mean"),
        n_minimum=("minimum", "sum"), n_never=("never", "sum"),
    )  # fmt: skip
    return found.reset_index().assign(minimum=lambda t: 100 * t["minimum"], never=lambda t: 100 * t["never"])


def attendance(training: pd.DataFrame) -> pd.DataFrame:
    """Registrations, attendances and no-shows by activity: `activity`, `registered`, `attended`, `no_show` (per cent)."""
    table = training.groupby("activity").agg(
        registered=("person", "size"), attended=("attended", lambda came: int(came.astype(bool).sum()))
    )
    return table.reset_index().assign(no_show=lambda t: 100 * (1 - t["attended"] / t["registered"]))


def unit_costs(training: pd.DataFrame, costs: pd.DataFrame) -> pd.DataFrame:
    """Spending by activity over all years: `activity`, `amount`, `hours` attended, `per_hour`, `per_person` (rupiah).

    A year with spending and no attendance counts with its spending.
    """
    came = training[training["attended"].astype(bool)]
    done = came.groupby("activity").agg(hours=("jp", "sum"), attendances=("person", "size"))
    table = costs.groupby("activity")["amount"].sum().to_frame().join(done).fillna(0.0).reset_index()
    per_hour = (table["amount"] / table["hours"]).where(table["hours"] > 0)
    per_person = (table["amount"] / table["attendances"]).where(table["attendances"] > 0)
    return table.assign(per_hour=per_hour, per_person=per_person)
