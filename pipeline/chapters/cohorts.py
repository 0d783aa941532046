"""How many units each cohort has, told alike wherever it is told (`pipeline.clean.told`), and who is compared."""

from __future__ import annotations

import pandas as pd

from pipeline.chapters.words import cohort_codes
from pipeline.clean.told import NEVER, SMALLER, told_as
from pipeline.languages.message import Message, msg
from pipeline.ledger.counts import Counts
from pipeline.ledger.entries import Column
from pipeline.report.doc import Doc
from pipeline.study import Study

CELLS = Counts("units", "units", by=("treated", "cohort"), known="known")
"""What a column of cohorts' sizes counts, in a frame of `placed`."""


def told(study: Study, panel: pd.DataFrame) -> tuple[pd.DataFrame, Column]:
    """Sizes of cohorts as they may be told: a frame of `placed` with `units`, and the column that names the cohorts."""
    sizes = told_as(study, panel).value_counts().rename_axis("cohort").rename("units").reset_index()
    return placed(sizes), cohort_codes(study, sizes["cohort"])


def placed(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame with the codes `cohort`, in order, with what the cells' declaration wants beside them.

    Returns:
        The frame with `treated` ("yes" or "no"), and `known`: whether smaller cohorts are told as one. What is left of
        all units is then known from the numbers beside the effects, and is not the size of any one cohort.
    """
    last = {SMALLER: float("inf"), NEVER: float("nan")}  # in this order, behind all periods
    place = frame["cohort"].map(lambda code: last[code] if code in last else float(code))
    ordered = frame.loc[place.sort_values(kind="stable").index].reset_index(drop=True)
    few = ordered["cohort"].eq(SMALLER)
    return ordered.assign(treated=ordered["cohort"].ne(NEVER).map({True: "yes", False: "no"}), known=bool(few.any()))


def smaller_note(study: Study, frame: pd.DataFrame) -> list[Message]:
    """What the row of smaller cohorts is, where there is one."""
    return (
        [msg("common-smaller-cohorts-note", least=study.smallest_cohort)] if frame["cohort"].eq(SMALLER).any() else []
    )


def as_told(study: Study, panel: pd.DataFrame) -> pd.DataFrame:
    """The panel with its cohorts as `told` tells them apart, without the units of those that are told as one."""
    code = panel["unit"].map(told_as(study, panel))
    kept = code.ne(SMALLER)
    first = pd.to_numeric(code[kept].where(code[kept].ne(NEVER)))
    return panel[kept].assign(cohort=first.astype("Int64"))


def differ(doc: Doc) -> str:
    """Whether primary effects rest on different numbers of units, so that the most of any is told: "yes" or "no"."""
    return "yes" if doc.has("compared_differ") else "no"
