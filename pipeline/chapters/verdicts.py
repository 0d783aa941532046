"""The verdicts on all outcomes, each with its reasons."""

from __future__ import annotations

import pandas as pd

from pipeline.chapters.analysis import finite
from pipeline.chapters.reasons import REASONS, VERDICTS, record_verdict
from pipeline.languages.message import Digits, literal, msg
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.effects import headline
from pipeline.notebook import Edition
from pipeline.report.doc import Doc


def record(ledger: Ledger, context: Edition) -> None:
    """Verdict codes, minimum detectable effects, and the table of reasons."""
    study, verdicts = context.study, context.verdicts
    rows = []
    steps = {o.name: msg("summary-secure", steps=str(verdicts[o.name].security)) for o in study.outcomes}
    detectable = {outcome.name: literal("–") for outcome in study.outcomes} | {"same": literal("")}
    for outcome in study.outcomes:
        verdict = verdicts[outcome.name]
        record_verdict(ledger, verdict, lambda part, name=outcome.name: f"{part}_{name}")  # type: ignore[misc]
        mde = finite(verdict.mde)
        if mde is not None:
            ledger.number(f"mde_{outcome.name}", mde, unit=outcome.unit, decimals=outcome.decimals)
            detectable[outcome.name] = literal(Digits(mde, outcome.decimals))
        for order, reason in enumerate(verdict.reasons):
            rows.append(
                {
                    "outcome": outcome.name,
                    "verdict": verdict.code if order == 0 else "same",
                    "security": outcome.name if order == 0 else "same",
                    "mde": outcome.name if order == 0 else "same",
                    "reason": reason.code,
                    "cap": reason.cap or "no_cap",
                }
            )
    primary = [outcome.name for outcome in study.outcomes if outcome.role == "primary"]
    ledger.text("headline", headline([verdicts[name].code for name in primary]))
    ledger.text("headline_of", " ".join(primary))
    labels = {outcome.name: outcome.label.model_dump() for outcome in study.outcomes}
    ledger.table(
        "tbl_verdict",
        pd.DataFrame(rows),
        [
            Column("outcome", msg("common-outcome"), "code", codes=labels),
            Column("verdict", msg("common-verdict"), "code", codes=VERDICTS | {"same": literal("")}),
            Column("security", msg("summary-security"), "code", codes={**steps, "same": literal("")}),
            Column("mde", msg("robustness-smallest-detectable-effect"), "code", codes=detectable),
            Column("reason", msg("common-reason"), "code", codes=REASONS),
            Column("cap", msg("robustness-caps-at"), "code", codes=VERDICTS | {"no_cap": literal("–")}),
        ],
        caption=msg("tbl-verdict"),
        notes=msg("tbl-verdict.notes"),
    )


# --- what the report says ---------------------------------------------------------------------------------------------


def results(doc: Doc) -> None:
    """The verdicts with their reasons."""
    doc.heading("results-verdicts-title")
    doc.paragraph("results-verdicts")
    doc.table("tbl_verdict")
