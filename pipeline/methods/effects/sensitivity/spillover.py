"""Do untreated units move where many of their neighbours take part?"""

from __future__ import annotations

import pandas as pd

from pipeline.methods.effects.group_time.spread import Cluster
from pipeline.methods.effects.sensitivity.placebo import COLUMNS, _row


def spillover(panel: pd.DataFrame, outcome: str, *, level: float = 0.95, cluster: Cluster = "unit") -> pd.DataFrame:
    """Two looks at interference within clusters: `COLUMNS` of the placebos, `kind` "spillover".

    Exposure of a unit is the share of treated units among the *other* units of its cluster; high is at or above the
    median of never-treated units. "exposed": never-treated units of high against low exposure since the first cohort's
    start. "low_exposure": the main effect with comparison units of low exposure only. Empty without clusters.
    """
    if "cluster" not in panel:
        return pd.DataFrame(columns=COLUMNS)
    units = panel.drop_duplicates("unit")[["unit", "cluster", "cohort"]].copy()
    units["treated"] = units["cohort"].notna().astype(float)
    sums = units.groupby("cluster")["treated"].agg(["sum", "size"])
    joined = units.merge(sums, left_on="cluster", right_index=True)
    joined["exposure"] = (joined["sum"] - joined["treated"]) / (joined["size"] - 1)
    never = joined[joined["treated"] == 0]
    high = set(never.loc[never["exposure"] >= never["exposure"].median(), "unit"])
    if not 1 < len(high) < len(never) - 1:
        return pd.DataFrame(columns=COLUMNS)
    start = int(panel["cohort"].min())
    among = panel[panel["cohort"].isna()]
    among = among.assign(cohort=among["unit"].isin(high).map({True: start, False: None}).astype("Int64"))
    rows = _row("spillover", "exposed", among, outcome, "never", level, cluster)
    rows += _row("spillover", "low_exposure", panel[~panel["unit"].isin(high)], outcome, "never", level, cluster)
    return pd.DataFrame(rows, columns=COLUMNS)
