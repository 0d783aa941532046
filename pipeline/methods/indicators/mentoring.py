"""Mentoring pairs: whether the mentor is the senior, how many mentees a mentor has, and which pairs ended early."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

MOST_MENTEES = 5
"""More mentees a year than this are a heavy load."""
_ROMAN = {name: i for i, name in enumerate("I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII".split(), 1)}


def rank_order(rank: str | None, employment: str | None) -> tuple[str, int] | None:
    """Scale and place of a rank: ("PNS", 1-20) for I/a … IV/e, ("PPPK", 1-17) for I … XVII, None where unreadable.

    The two scales are never ordered together: IX of contract staff is neither above nor below III/a.
    """
    text = (rank or "").strip()
    match = re.fullmatch(r"(I|II|III|IV)/([a-e])", text)
    if match and employment != "PPPK":
        return "PNS", 5 * (_ROMAN[match[1]] - 1) + "abcde".index(match[2]) + 1
    if text in _ROMAN and employment == "PPPK":
        return "PPPK", _ROMAN[text]
    return None


def pairs(training: pd.DataFrame, staff: pd.DataFrame) -> pd.DataFrame:
    """Mentoring of each year with what is known of both persons.

    Args:
        training: The register's mentoring rows are used.
        staff: `person`, `period`, `rank`, `employment`, `appointed`.

    Returns:
        One row a registered mentee: `person`, `mentor`, `period`, `jp`, `days`, `planned`, `held`, and
        `seniority`: "senior" (higher rank, or equal rank and appointed no later), "not_senior" (lower rank, or equal and
        appointed later), "not_comparable" (two scales, or a rank unknown), "no_mentor", "self".
    """
    rows = training[training["activity"] == "mentoring"]
    traits = staff.set_index(["person", "period"])[["rank", "employment", "appointed"]]
    traits = traits[~traits.index.duplicated()].astype(object)
    mentee = traits.reindex(pd.MultiIndex.from_frame(rows[["person", "period"]]))
    mentor = traits.reindex(pd.MultiIndex.from_frame(rows[["mentor", "period"]]))
    verdicts = [
        _seniority(person, guide, tuple(a), tuple(b))
        for person, guide, a, b in zip(
            rows["person"].tolist(), rows["mentor"].tolist(), mentor.to_numpy(), mentee.to_numpy(), strict=True
        )
    ]
    days = (pd.to_datetime(rows["end"]) - pd.to_datetime(rows["start"])).dt.days
    return pd.DataFrame(
        {
            "person": rows["person"], "mentor": rows["mentor"], "period": rows["period"], "jp": rows["jp"], "days": days,
            "planned": rows["sessions_planned"], "held": rows["sessions_held"], "seniority": verdicts,
        }
    ).reset_index(drop=True)  # fmt: skip


def _seniority(person: str, mentor: object, senior: tuple[Any, ...], junior: tuple[Any, ...]) -> str:
    if not isinstance(mentor, str):
        return "no_mentor"
    if mentor == person:
        return "self"
    one, other = (rank_order(_text(t[0]), _text(t[1])) for t in (senior, junior))
    if one is None or other is None or one[0] != other[0]:
        return "not_comparable"
    if one[1] != other[1]:
        return "senior" if one[1] > other[1] else "not_senior"
    if pd.isna(senior[2]) or pd.isna(junior[2]):
        return "not_comparable"
    return "senior" if senior[2] <= junior[2] else "not_senior"


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def loads(table: pd.DataFrame) -> pd.DataFrame:
    """Mentees of each mentor and year: `mentor`, `period`, `mentees`."""
    known = table.dropna(subset=["mentor"])
    return known.groupby(["mentor", "period"])["person"].nunique().rename("mentees").reset_index()


def early(table: pd.DataFrame) -> pd.Series:
    """Whether each pair ended before its planned sessions; missing where sessions are not recorded."""
    known = table["planned"].notna() & table["held"].notna() & (table["planned"] > 0).fillna(False)
    return (table["held"] < table["planned"]).where(known).astype("boolean")
