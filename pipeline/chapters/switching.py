"""Treatment that goes off again: how many gave it up, and the effect per period that was really under treatment."""

from __future__ import annotations

import pandas as pd

from pipeline.ledger.counts import NOTHING
from pipeline.ledger.entries import Ledger
from pipeline.methods.effects import Design
from pipeline.notebook import Edition
from pipeline.report.doc import Doc

UNDER = "under_treatment"


def record(ledger: Ledger, context: Edition) -> None:
    """What became of treatment after the start; nothing where the panel does not hold its status.

    The effect on those that started, divided by the share of their periods under treatment, is the average total effect per
    unit of treatment of de Chaisemartin & D'Haultfœuille (2024) where nobody is treated at first.
    """
    panel = context.panel
    if UNDER not in panel:
        return
    since = panel[(panel["cohort"] <= panel["period"]).fillna(False).astype(bool)]
    if since.empty:
        return
    off = int((since.groupby("unit")[UNDER].min() == 0).sum())
    units = int(since["unit"].nunique())
    ledger.number("switching_units", units, unit="", decimals=0, counts=NOTHING)
    ledger.number("switching_off", off, unit="", decimals=0, counts=NOTHING)
    ledger.number("switching_share", float(since[UNDER].mean()), unit="share", decimals=0, n=units)
    for outcome in context.study.outcomes:
        if outcome.role == "primary" and outcome.name in context.effects:
            found = context.effects[outcome.name]
            share = under_share(panel, found.design)
            if share > 0:
                main = found.main.overall
                ledger.number(
                    f"switching_share_{outcome.name}", share, unit="share", decimals=0, n=main.n_treated, counts=NOTHING
                )
                ledger.estimate(
                    f"switching_effect_{outcome.name}",
                    main,
                    times=1 / share,
                    unit=outcome.unit,
                    decimals=outcome.decimals,
                    n=main.n_treated,
                )


def under_share(panel: pd.DataFrame, design: Design) -> float:
    """Share under treatment of the cells that the main effect averages, each by its cohort's size."""
    status = panel[["unit", "period", UNDER]]
    rows = design.data[design.data["event_time"] >= 0].merge(status, on=["unit", "period"], how="left")
    cells = rows.groupby(["cohort", "period"])[UNDER].mean()
    sizes = design.units["cohort"].value_counts()
    weights = sizes.reindex(cells.index.get_level_values("cohort")).to_numpy(float)
    return float(weights @ cells.to_numpy(float) / weights.sum())


# --- what the report says ---------------------------------------------------------------------------------------------


def results(doc: Doc) -> None:
    """The section on what the effect is that of, where treatment was given up."""
    if not doc.has("switching_share"):
        return
    doc.heading("switching-title")
    doc.paragraph("switching-how-many", "switching-estimand")
    doc.bullets(*(doc.about(outcome, "switching-effect") for outcome in doc.primary("switching_effect")))
