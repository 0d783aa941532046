"""The civil servants' professionalism index (IP ASN): dimensions, bands, and panels of persons by first participation."""

from __future__ import annotations

import pandas as pd

from pipeline.methods.indicators.bands import IP_ASN

DIMENSIONS = ("qualification", "competence", "performance", "discipline")
ARMS = {"training": ("workshop", "seminar"), "mentoring": ("mentoring",), "course": ("out_of_region",)}
"""Arm -> activities of the register."""


def scored(ip_asn: pd.DataFrame) -> pd.DataFrame:
    """The table with `index` (sum of the four dimensions, missing where one is) , `index_rest` (without competence), `band`.

    The competence dimension counts attended training (up to 40 of 100 points), so that an effect of training on the
    whole index is partly so by construction; `index_rest` (at most 60) is free of it.
    """
    table = ip_asn.copy()
    table["index"] = table[list(DIMENSIONS)].sum(axis=1, min_count=len(DIMENSIONS))
    rest = [name for name in DIMENSIONS if name != "competence"]
    table["index_rest"] = table[rest].sum(axis=1, min_count=len(rest))
    table["band"] = [IP_ASN.grade(value) for value in table["index"]]
    return table


def by_period(table: pd.DataFrame, staff: pd.DataFrame | None) -> pd.DataFrame:
    """Means by period: persons `measured`, `coverage` in per cent of the roster, dimensions, indices, share of each band."""
    rows = []
    for period, part in table.groupby("period"):
        known = part.dropna(subset=["index"])
        roster = staff.loc[staff["period"] == period, "person"].nunique() if staff is not None else 0
        shares = known["band"].value_counts(normalize=True)
        rows.append(
            {
                "period": period,
                "measured": len(known),
                "coverage": 100 * min(1.0, len(known) / roster) if roster else None,
                **{name: known[name].mean() for name in (*DIMENSIONS, "index", "index_rest")},
                **{code: 100 * float(shares.get(code, 0.0)) for code in IP_ASN.codes},
            }
        )
    return pd.DataFrame(rows)


def person_panel(table: pd.DataFrame, training: pd.DataFrame, arm: str) -> tuple[pd.DataFrame, frozenset[str]]:
    """Persons by year around the arm they began with, against persons who never attended anything.

    Who began with another arm is left out: the year before the arm's start would already hold the other's effect.

    Args:
        table: From `scored`.
        training: `person`, `period`, `activity`, `attended`.
        arm: A key of `ARMS`.

    Returns:
        `unit` (the person), `period`, `cohort` (first year; missing for those never reached), `cluster` (the person's
        first unit) and the outcomes; and the persons that are left out because they began in the first year.
    """
    came = training[training["attended"].astype(bool)]
    first = came[came["activity"].isin(ARMS[arm])].groupby("person")["period"].min()
    ever = table["person"].map(came.groupby("person")["period"].min())
    start = table["person"].map(first)
    keep = ever.isna() | (start == ever)
    early = start <= table["period"].min()
    panel = table[keep & ~early].copy()
    home = table.sort_values("period").groupby("person")["unit"].first()
    panel = panel.assign(
        unit=panel["person"], cluster=panel["person"].map(home), cohort=start[panel.index].astype("Int64")
    )
    columns = ["unit", "period", "cohort", "cluster", *DIMENSIONS, "index", "index_rest"]
    left_out = frozenset(table.loc[keep & early, "person"])
    return panel[columns].sort_values(["unit", "period"], ignore_index=True), left_out
