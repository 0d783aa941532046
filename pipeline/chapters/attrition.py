"""Exhibit of attrition: whether the programme moves who is tested, and bounds on its effect if it does."""

from __future__ import annotations

import pandas as pd

from pipeline.chapters.analysis import finite
from pipeline.chapters.words import HIGH, LOW, P
from pipeline.clean.education.panel import standardised_pupils
from pipeline.errors import DesignError
from pipeline.languages.message import Text, msg
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.effects.sensitivity.attrition import Attrition, lee_bounds
from pipeline.notebook import Edition
from pipeline.report.doc import Doc

SIDES: dict[str, Text] = {
    "treated": msg("attrition-sides-treated"),
    "comparison": msg("attrition-sides-comparison"),
}


def record(ledger: Ledger, context: Edition) -> None:
    """Bounds for each primary outcome that is measured on pupils; nothing where the files list no untested ones."""
    study, panel, effects, find = context.study, context.panel, context.effects, context.find
    scores, tested = find("scores"), find("tested")
    if scores is None or tested is None or (tested["listed"] == tested["scored"]).all():
        return
    pupils = standardised_pupils(scores, panel.drop_duplicates("unit").set_index("unit")["cohort"])
    rows = []
    for outcome in study.outcomes:
        if outcome.role != "primary" or outcome.name not in effects or outcome.name not in set(pupils["subject"]):
            continue
        # the rows of the main effect's design, so that the bounds are of the same units and cohorts
        own = effects[outcome.name].design
        known, units = own.data[["unit", "period"]], own.data[["unit", "cohort", "cluster"]]
        mine = (
            pupils[pupils["subject"] == outcome.name].rename(columns={"z": "value"}).merge(known, on=["unit", "period"])
        )
        share = tested[tested["subject"] == outcome.name].merge(known, on=["unit", "period"])
        try:
            found = lee_bounds(
                mine,
                share,
                units,
                control=study.inference.control,
                cluster=study.program.assigned_at,
                level=study.inference.level,
            )
        except DesignError:
            continue  # the share tested cannot carry the design: no row
        rows.append(_row(ledger, outcome.name, found))
    if not rows:
        return
    ledger.table(
        "tbl_attrition",
        pd.DataFrame(rows),
        [
            Column(
                "outcome",
                msg("common-outcome"),
                "code",
                codes={o.name: o.label.model_dump() for o in study.outcomes},
            ),
            Column("share", msg("attrition-effect-on-share-tested-points"), "number", 2),
            Column("p", P, "p"),
            Column("trimmed", msg("attrition-trimmed"), "number", 2),
            Column("side", msg("attrition-among"), "code", codes=SIDES),
            Column("lower", msg("attrition-lower-lee-bound"), "number", 3),
            Column("upper", msg("attrition-upper-lee-bound"), "number", 3),
            Column("low", LOW, "number", 3),
            Column("high", HIGH, "number", 3),
        ],
        caption=msg("tbl-attrition"),
        notes=msg("tbl-attrition.notes"),
    )


def _row(results: Ledger, name: str, found: Attrition) -> dict[str, object]:
    share = found.on_share
    results.estimate(f"attrition_{name}", share, times=100, decimals=2)
    results.number(
        f"lee_{name}",
        found.upper.value - found.lower.value,
        low=found.bounds.ci_low,
        high=found.bounds.ci_high,
        decimals=3,
    )
    return {
        "outcome": name,
        "share": 100 * share.value,
        "p": finite(share.p),
        "trimmed": 100 * found.trimmed,
        "side": found.side,
        "lower": found.lower.value,
        "upper": found.upper.value,
        "low": found.bounds.ci_low,
        "high": found.bounds.ci_high,
    }


# --- what the report says ---------------------------------------------------------------------------------------------


def robust(doc: Doc) -> None:
    """The section on pupils who are listed and not tested."""
    if not doc.has("tbl_attrition"):
        return
    doc.heading("attrition-title", id="sec-attrition")
    effects = [doc.about(o, "attrition-effect") for o in doc.outcomes if doc.has(f"attrition_{o.name}")]
    doc.paragraph("attrition-opening", effects, "attrition-one-way")
    doc.table("tbl_attrition")


def technical(doc: Doc) -> None:
    """The technical note on the bounds."""
    if doc.has("tbl_attrition"):
        doc.paragraph("attrition-technical")
