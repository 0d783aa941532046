"""How many units each cohort has, told alike wherever it is told: cohorts too small to carry an estimate are told as one.

Statistics say on how many units they rest. Where a table gives the size of each cohort beside them, what is left of a
total tells the small ones, so that these are not told one by one at all.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from pipeline.chapters.words import cohort_column
from pipeline.languages.message import Message, msg
from pipeline.ledger.counts import Counts
from pipeline.ledger.entries import Column
from pipeline.report.doc import Doc
from pipeline.study import Study

SMALLER = "smaller"
"""Code of the cohorts that are told as one."""
CELLS = Counts("units", "units", by=("treated", "cohort"), known="estimated")
"""What a column of cohorts' sizes counts, in a frame of `told`."""


def told(study: Study, panel: pd.DataFrame) -> tuple[pd.DataFrame, Column]:
    """Sizes of cohorts as they may be told, and the column that names the cohorts.

    Args:
        study: The study; it says how many units a cohort needs.
        panel: The panel.

    Returns:
        `cohort` as codes, `treated` ("yes" or "no"), `units`, and `estimated`: whether estimates say on how many of these
        units they rest though smaller cohorts are not told.
    """
    first = panel.groupby("unit")["cohort"].first().astype("float64")
    sizes = _sizes(first)
    if _few(study, sizes).any():
        sizes = _sizes(_measured_from(study, panel, first))
    few = _few(study, sizes)
    named, column = cohort_column(study, sizes[~few])
    named = named.assign(treated=named["cohort"].ne("never").map({True: "yes", False: "no"}), estimated=bool(few.any()))
    if not few.any():
        return named, column
    one = pd.DataFrame(
        [{"cohort": SMALLER, "treated": "yes", "units": sizes.loc[few, "units"].sum(), "estimated": False}]
    )
    never = named["cohort"].eq("never")
    frame = pd.concat([named[~never], one, named[never]], ignore_index=True)
    return frame, replace(column, codes={**dict(column.codes or {}), SMALLER: msg("common-smaller-cohorts")})


def _sizes(first: pd.Series) -> pd.DataFrame:
    """`cohort` (missing = never treated) and `units`, from each unit's first period."""
    return first.rename("cohort").to_frame().groupby("cohort", dropna=False).size().rename("units").reset_index()


def _few(study: Study, sizes: pd.DataFrame) -> pd.Series:
    return sizes["cohort"].notna() & (sizes["units"] < study.smallest_cohort)


def _measured_from(study: Study, panel: pd.DataFrame, first: pd.Series) -> pd.Series:
    """Each unit's first measured period under treatment: by these the estimates tell cohorts apart."""
    measured = panel.loc[panel[[o.name for o in study.outcomes if o.name in panel]].notna().any(axis=1), "period"]
    periods = np.sort(measured.unique()).astype(float)
    at = np.searchsorted(periods, first.to_numpy())
    later = first.isna().to_numpy() | (at == len(periods))
    return first.where(later, periods[np.minimum(at, len(periods) - 1)])


def smaller_note(study: Study, frame: pd.DataFrame) -> list[Message]:
    """What the row of smaller cohorts is, where there is one."""
    return (
        [msg("common-smaller-cohorts-note", least=study.smallest_cohort)] if frame["cohort"].eq(SMALLER).any() else []
    )


def as_told(study: Study, panel: pd.DataFrame) -> pd.DataFrame:
    """The panel with its cohorts as `told` tells them apart, without the units of those that are told as one."""
    first = panel.groupby("unit")["cohort"].first().astype("float64")
    if not _few(study, _sizes(first)).any():
        return panel
    own = _measured_from(study, panel, first)
    kept = own.index[(own.isna() | (own.map(own.value_counts()) >= study.smallest_cohort)).to_numpy()]
    found = panel[panel["unit"].isin(kept)]
    return found.assign(cohort=found["unit"].map(own).astype("Int64"))


def differ(doc: Doc) -> str:
    """Whether primary effects rest on different numbers of units, so that the most of any is told: "yes" or "no"."""
    return "yes" if doc.has("compared_differ") else "no"
