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
    data["cohort"] = data["cohort"].fillna(np.inf)
    members = data.groupby("cohort")["unit"].nunique()
    cells = pd.MultiIndex.from_product(
        [[*map(float, design.cohorts), np.inf], design.periods], names=["cohort", "period"]
    )
    found = data.groupby(["cohort", "period"])["count"].agg(["size", "sum"]).reindex(cells, fill_value=0).reset_index()
    return pd.DataFrame(
        {
            "cohort": found["cohort"].replace(np.inf, np.nan).astype("Int64"),
            "period": found["period"].astype("int64"),
            "treated": found["period"] >= found["cohort"],
            "cohort_units": found["cohort"].map(members).fillna(0).astype("int64"),
            "n_units": found["size"].astype("int64"),
            "n_obs": found["sum"].astype("int64"),
        }
    )
