"""Under which name a cohort is told wherever its size is: cohorts too small to carry an estimate are told as one.

Statistics say on how many units they rest. Where a table gives the size of each cohort beside them, what is left of a
total tells the small ones, so that these are not told one by one at all; and where one of them is measured together with
another cohort, both are told by the first measured period, as the estimates tell them apart.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.study import Study

SMALLER, NEVER = "smaller", "never"
"""Codes of the cohorts that are told as one, and of the units that were never treated."""


def told_as(study: Study, panel: pd.DataFrame) -> pd.Series:
    """The code under which each unit's cohort is told: its first period, or the first one in which it is measured
    under treatment where there is a cohort too small to be told; `SMALLER`, `NEVER`.

    Args:
        study: The study; it says how many units a cohort needs.
        panel: `unit`, `period`, `cohort` and the outcomes.
    """
    first = panel.groupby("unit")["cohort"].first().astype("float64")
    if _few(study, first).any():
        first = _measured_from(study, panel, first)
    codes = first.astype("Int64").astype("string").fillna(NEVER).astype(object)
    return codes.mask(_few(study, first), SMALLER)


def _few(study: Study, first: pd.Series) -> pd.Series:
    """Whether a unit's cohort has fewer units than an estimate needs."""
    return first.notna() & (first.map(first.value_counts()) < study.smallest_cohort)


def _measured_from(study: Study, panel: pd.DataFrame, first: pd.Series) -> pd.Series:
    """Each unit's first measured period under treatment: by these the estimates tell cohorts apart."""
    measured = panel.loc[panel[[o.name for o in study.outcomes if o.name in panel]].notna().any(axis=1), "period"]
    periods = np.sort(measured.unique()).astype(float)
    at = np.searchsorted(periods, first.to_numpy())
    later = first.isna().to_numpy() | (at == len(periods))
    return first.where(later, periods[np.minimum(at, len(periods) - 1)])
