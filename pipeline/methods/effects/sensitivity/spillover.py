"""Do untreated units move where many of their neighbours take part?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from pipeline.methods.effects.design import Design
from pipeline.methods.effects.group_time.refit import rows_of
from pipeline.methods.effects.group_time.spread import Cluster
from pipeline.methods.effects.sensitivity.placebo import COLUMNS, row


def spillover(design: Design, panel: pd.DataFrame, *, level: float = 0.95, cluster: Cluster = "unit") -> pd.DataFrame:
    """Two looks at interference within clusters: `COLUMNS` of the placebos, `kind` "spillover".

    Exposure of a unit is the share of treated units among the *other* units of its cluster in the whole panel: neighbours
    that are left out of the effect are neighbours all the same. High is at or above the median of the design's comparison.
    "exposed": comparison units of high against low exposure since the first cohort's start. "low_exposure": the main effect
    with comparison units of low exposure only. Empty without clusters.
    """
    nothing = pd.DataFrame(columns=COLUMNS)
    if "cluster" not in panel or design.n_clusters == design.n_units:
        return nothing
    rows = rows_of(design)
    compared = np.isnan(rows.cohort)
    exposure = _exposure(panel, design.periods[-1]).reindex(rows.unit).to_numpy()
    high = compared & (exposure >= np.nanmedian(exposure[compared]))
    if not 1 < high.sum() < compared.sum() - 1:
        return nothing
    among = rows.keep(compared)
    among = replace(among, cohort=np.where(high[compared], float(design.cohorts[0]), np.nan))
    found = row("spillover", "exposed", among, "never", level, cluster)
    found += row("spillover", "low_exposure", rows.keep(~high), "never", level, cluster)
    return pd.DataFrame(found, columns=COLUMNS)


def _exposure(panel: pd.DataFrame, last: int) -> pd.Series:
    """Share of treated units among the other units of the cluster, by unit; treated is who starts up to `last`."""
    units = panel.drop_duplicates("unit").set_index("unit")[["cluster", "cohort"]]
    treated = (pd.to_numeric(units["cohort"], errors="coerce").astype(float) <= last).astype(float)
    sums = treated.groupby(units["cluster"]).agg(["sum", "size"])
    others = units["cluster"].map(sums["size"]) - 1
    return (units["cluster"].map(sums["sum"]) - treated) / others.where(others > 0)
