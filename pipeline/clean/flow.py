"""The flow of rows, schools and units from the files to the analysis, stage by stage."""

from __future__ import annotations

import pandas as pd

from pipeline.clean.kits import kit_of
from pipeline.study import Study

COLUMNS = ["stage", "count", "of", "excluded", "branch"]


def flow_table(study: Study, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Stages in order: `stage`, `count`, `of` (what is counted), `excluded` on the way, `branch` (0 trunk; 1, 2 ends)."""
    account, panel = tables["row_account"], tables["panel"]
    balance = account[account["outcome"].isin(["kept", "set_aside"])].groupby("outcome")["rows"].sum()
    kept, aside = int(balance.get("kept", 0)), int(balance.get("set_aside", 0))
    rows: list[tuple[str, int, str, int, int]] = [
        ("files", kept + aside, "rows", 0, 0),
        ("rows", kept, "rows", aside, 0),
    ]
    units = panel["unit"].nunique()
    kit = kit_of(study)
    word = kit.counted
    if kit.units:
        listed = tables[kit.units]["unit"].nunique()
        rows.append((f"{word}_listed", listed, word, 0, 0))
        rows.append((f"{word}_measured", units, word, listed - units, 0))
    else:
        rows.append(("units", units, word, 0, 0))
    if study.continuous:
        return pd.DataFrame(rows, columns=COLUMNS)
    cohorts = panel.groupby("unit")["cohort"].first()
    rows.append(("treated", int(cohorts.notna().sum()), word, 0, 1))
    rows.append(("never", int(cohorts.isna().sum()), word, 0, 2))
    return pd.DataFrame(rows, columns=COLUMNS)
