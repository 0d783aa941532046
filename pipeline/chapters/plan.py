"""Exhibit of the pre-analysis plan: what was frozen when, and every departure from it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import pandas as pd

from pipeline.chapters.settings import values_of, words_of
from pipeline.languages.message import Text, literal, msg
from pipeline.ledger.entries import Column, Ledger
from pipeline.notebook import Edition
from pipeline.plan import Change, changes, data_state, read_plan
from pipeline.report.doc import Doc, when
from pipeline.report.tables import DASH, escape
from pipeline.study import Study

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
    joined = join(found, study.outcome_names)
    if joined:
        ledger.table(
            "tbl_plan",
            _rows(joined),
            [
                Column("status", msg("plan-kind"), "code", codes=STATUS),
                Column("choice", msg("plan-choice"), "code", codes=_choices(study, joined)),
                Column("key", msg("check-key"), "text"),
                Column("planned", msg("plan-planned"), "code", codes=values_of(change.planned for change in joined)),
                Column("now", msg("plan-became"), "code", codes=values_of(change.now for change in joined)),
                Column("date", msg("plan-date"), "text"),
                Column("reason", msg("common-reason"), "code", codes=_reasons(study, joined)),
            ],
            caption=msg("tbl-plan"),
            notes=msg("tbl-plan.notes"),
        )


def join(found: Sequence[Change], outcomes: Collection[str]) -> list[Change]:
    """Changes of one choice that are the same for every outcome, as one, with "*" in the place of the outcome's name."""
    kinds: dict[Change, set[str]] = {}
    for change in found:
        kinds.setdefault(_of_each(change, outcomes), set()).update({*change.key.split(".")} & {*outcomes})
    whole = {kind for kind, named in kinds.items() if named == {*outcomes}}
    joined = [kind if (kind := _of_each(change, outcomes)) in whole else change for change in found]
    return list(dict.fromkeys(joined))


def _of_each(change: Change, outcomes: Collection[str]) -> Change:
    parts = ["*" if part in outcomes else part for part in change.key.split(".")]
    return replace(change, key=".".join(parts))


def _rows(joined: Sequence[Change]) -> pd.DataFrame:
    kinds = [{"status": "revision" if change.date else "deviation", "choice": change.key} for change in joined]
    return pd.DataFrame([{**vars(change), **kind} for change, kind in zip(joined, kinds, strict=True)])


def _choices(study: Study, joined: Sequence[Change]) -> dict[str, Text]:
    labels = {outcome.name: outcome.label.model_dump() for outcome in study.outcomes}
    return {change.key: words_of(change.key, labels) or literal(change.key) for change in joined}


def _reasons(study: Study, joined: Sequence[Change]) -> dict[str, Text]:
    """Each reason in the language of the report, where it was given in each: one after another, parted by " / "."""
    languages = list(study.title.model_dump())
    found: dict[str, Text] = {}
    for reason in dict.fromkeys(change.reason for change in joined):
        parts = [part.strip() for part in reason.split(" / ")]
        said = dict(zip(languages, parts, strict=True)) if len(parts) == len(languages) else None
        found[reason] = said or literal(escape(reason) or DASH)
    return found


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
