"""Exhibit of the pre-analysis plan: what was frozen when, and every departure from it."""

from __future__ import annotations

import pandas as pd

from pipeline.languages.message import msg
from pipeline.ledger.entries import Column, Ledger
from pipeline.notebook import Edition
from pipeline.plan import changes, data_state, read_plan
from pipeline.report.doc import Doc, when

STATUS = {
    "revision": msg("plan-status-revision"),
    "deviation": msg("plan-status-deviation"),
}


def record(ledger: Ledger, context: Edition) -> None:
    """Whether a plan exists, its date and hash, and the table of revisions and deviations."""
    study, root = context.study, context.root
    plans = read_plan(study, root)
    ledger.text("plan", "frozen" if plans else "absent")
    if not plans:
        return
    first, last, found = plans[0], plans[-1], changes(study, plans)
    deviations = [change for change in found if not change.date]
    ledger.text("plan_first_date", first.date)
    ledger.text("plan_last_date", last.date)
    ledger.text("plan_hash", last.digest)
    ledger.text("plan_data_until", "" if first.data_until is None else str(first.data_until))
    ledger.text("plan_data", data_state(first, context.raw_hashes(), context.year))
    ledger.number("plan_choices", len(first.choices), decimals=0)
    ledger.number("plan_revisions", len(plans) - 1, decimals=0)
    ledger.number("plan_deviations", len(deviations), decimals=0)
    if found:
        ledger.table(
            "tbl_plan",
            pd.DataFrame([{**vars(c), "status": "revision" if c.date else "deviation"} for c in found]),
            [
                Column("status", msg("plan-kind"), "code", codes=STATUS),
                Column("key", msg("plan-choice"), "text"),
                Column("planned", msg("plan-planned"), "text"),
                Column("now", msg("plan-became"), "text"),
                Column("date", msg("plan-date"), "text"),
                Column("reason", msg("common-reason"), "text"),
            ],
            caption=msg("tbl-plan"),
        )


# --- what the report says ---------------------------------------------------------------------------------------------


def stage(doc: Doc) -> str:
    """When choices were frozen: "before" any data lay there, "partly" (data of earlier editions did), "after", "absent"."""
    if not doc.has("plan_choices"):
        return "absent"
    until = doc.code("plan_data_until")
    if not until:
        return "before"
    return "partly" if int(until) < doc.edition else "after"


def robust(doc: Doc) -> None:
    """The section on the frozen plan, and where this report departs from it."""
    doc.heading("plan-title", id="sec-plan")
    if doc.code("plan") == "absent":
        doc.paragraph("plan-absent")
        return
    until, hash = doc.code("plan_data_until"), doc.code("plan_hash")[:16]
    with_data = msg("plan-frozen-with-data", hash=hash, until=until)
    state = doc.code("plan_data") if until else "unknown"
    doc.paragraph(
        with_data if until else msg("plan-frozen-before", hash=hash), when(state != "unknown", f"plan-data-{state}")
    )
    doc.paragraph(when(doc.value("plan_revisions") > 0, "plan-revised"))
    doc.paragraph("plan-departs" if doc.value("plan_deviations") > 0 else "plan-kept")
    doc.table("tbl_plan")
