"""What a ready panel gives to the yearly sources beside it: entry by year, and the table of its satisfaction survey."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.clean.ready_skm import SKM_COLUMNS
from pipeline.periods import year_of


def skm_table(panel: pd.DataFrame) -> pd.DataFrame:
    """The tidy table `skm` of a panel that holds the survey: a row where somebody answered; `sd` is not known."""
    asked = panel[panel["n"] > 0]
    return asked[["unit", "period", *SKM_COLUMNS]].assign(sd=np.nan).reset_index(drop=True)


def yearly_treatment(panel: pd.DataFrame) -> pd.DataFrame:
    """Each unit's cohort as the year of its entry, for the yearly sources: `unit`, `cohort` (missing = never)."""
    first = panel.drop_duplicates("unit")[["unit", "cohort"]].sort_values("unit", ignore_index=True)
    return first.assign(cohort=first["cohort"].map(year_of, na_action="ignore").astype("Int64"))
