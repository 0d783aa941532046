"""How many units and observations stand behind each cohort and period."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.methods.effects.design.design import Design


def sizes(design: Design, panel: pd.DataFrame | None = None) -> pd.DataFrame:
    """Sizes of all cohort-by-period cells, empty ones included; missing cohort = never treated.

    Args:
        design: From `make_design`.
        panel: Panel with a column `n_<outcome>` (pupils or visits behind a row); rows are counted without it.

    Returns:
        `cohort`, `period`, `treated` (under treatment then), `cohort_units` (in the design), `n_units` (observed in
        the period), `n_obs`.
    """
    data = design.data.assign(count=1)
    name = f"n_{design.outcome}"
    if panel is not None and name in panel.columns:
        counts = panel.set_index(["unit", "period"])[name]
        keys = pd.MultiIndex.from_frame(data[["unit", "period"]])
        data["count"] = pd.to_numeric(counts.reindex(keys), errors="coerce").fillna(0).astype(int).to_numpy()
    rows = []
    for cohort in [*design.cohorts, None]:
        inside = data["cohort"].isna() if cohort is None else data["cohort"] == cohort
        members = int(data.loc[inside, "unit"].nunique())
        for period in design.periods:
            cell = data[inside & (data["period"] == period)]
            rows.append((cohort, period, period >= (cohort or np.inf), members, len(cell), int(cell["count"].sum())))
    frame = pd.DataFrame(rows, columns=["cohort", "period", "treated", "cohort_units", "n_units", "n_obs"])
    frame["cohort"] = frame["cohort"].astype("Int64")
    return frame
