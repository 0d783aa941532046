"""The verdicts with their reasons: on all outcomes, and on the effects by which other aims are judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from pipeline.chapters.aims import known_to
from pipeline.chapters.analysis import finite
from pipeline.chapters.covariates import covariate_label
from pipeline.chapters.reasons import NO_CAP, REASONS, VERDICTS, record_verdict, worded
from pipeline.chapters.theory import indicators_of
from pipeline.languages.message import Digits, Text, literal, msg
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.effects import headline
from pipeline.notebook import Edition
from pipeline.report.doc import Doc, when


@dataclass(frozen=True)
class Judged:
    """What a table of verdicts tells of one effect.

    `code` is that of `reasons.worded`; `reasons` are pairs of a reason's code and the grade that it caps at.
    """

    name: str
    label: Text
    code: str
    security: str
    mde: Digits | None
    reasons: tuple[tuple[str, str], ...]


def record(ledger: Ledger, context: Edition) -> None:
    """Verdict codes, minimum detectable effects, and the tables of reasons."""
    study, verdicts = context.study, context.verdicts
    found = []
    for outcome in study.outcomes:
        verdict = verdicts[outcome.name]
        record_verdict(ledger, verdict, lambda part, name=outcome.name: f"{part}_{name}")  # type: ignore[misc]
        mde = finite(verdict.mde)
        if mde is not None:
            ledger.number(f"mde_{outcome.name}", mde, unit=outcome.unit, decimals=outcome.decimals)
        shown = None if mde is None else Digits(mde, outcome.decimals)
        reasons = tuple((reason.code, reason.cap or NO_CAP) for reason in verdict.reasons)
        label = outcome.label.model_dump()
        code = worded(verdict.code, verdict.underpowered)
        found.append(Judged(outcome.name, label, code, str(verdict.security), shown, reasons))
    primary = [outcome.name for outcome in study.outcomes if outcome.role == "primary"]
    ledger.text("headline", headline([verdicts[name].code for name in primary]))
    ledger.text("headline_of", " ".join(primary))
    _table(ledger, "tbl_verdict", found, msg("common-outcome"), _covariates_told(context, found))
    others = of_aims(ledger, context)
    if others:
        _table(ledger, "tbl_aim_verdicts", others, msg("theory-indicator"))


def of_aims(ledger: Ledger, context: Edition) -> list[Judged]:
    """The effects by which aims are judged beside the outcomes, as the steps before recorded them."""
    declared = [(i, key) for _, i, key in indicators_of(context.study) if i.design == "effect"]
    if not declared or not any(ledger.folder.glob("*.json")):
        return []
    known, found = known_to(ledger, context), []
    for indicator, key in declared:
        name, said = indicator.number, known.texts.get
        if f"{name}_caps" not in known.texts:
            continue
        reasons = tuple(zip(said(f"{name}_reasons", "").split(), said(f"{name}_caps", "").split(), strict=True))
        mde = known.numbers.get(f"{name}_mde")
        shown = None if mde is None or mde.withheld else Digits(mde.value, mde.decimals)
        label = indicator.label.model_dump()
        code = worded(known.texts[f"{name}_verdict"], said(f"{name}_underpowered") == "yes")
        found.append(Judged(key, label, code, said(f"{name}_security", "0"), shown, reasons))
    return found


def _covariates_told(context: Edition, judged: Sequence[Judged]) -> list[Text]:
    """What an estimate with covariates adjusts for, where a difference before the programme is set beside one."""
    names = [covariate_label(name) for name in context.study.covariates]
    gap = any(reason.startswith("baseline_") for one in judged for reason, _ in one.reasons)
    return [msg("tbl-verdict.covariates", names=names)] if gap and names else []


def _table(ledger: Ledger, table: str, judged: Sequence[Judged], head: Text, notes: Sequence[Text] = ()) -> None:
    """A row a reason; what is said once of an effect stands in its first row."""
    rows = []
    for one in judged:
        for order, (reason, cap) in enumerate(one.reasons):
            first = order == 0
            rows.append(
                {
                    "outcome": one.name,
                    "verdict": one.code if first else "same",
                    "security": one.name if first else "same",
                    "mde": one.name if first else "same",
                    "reason": reason,
                    "cap": worded(cap, one.code == "none_underpowered"),
                }
            )
    same = {"same": literal("")}
    steps = {one.name: msg("summary-secure", steps=one.security) for one in judged}
    detectable = {one.name: literal("–" if one.mde is None else one.mde) for one in judged}
    ledger.table(
        table,
        pd.DataFrame(rows),
        [
            Column("outcome", head, "code", codes={one.name: one.label for one in judged}),
            Column("verdict", msg("common-verdict"), "code", codes=VERDICTS | same),
            Column("security", msg("summary-security"), "code", codes=steps | same),
            Column("mde", msg("robustness-smallest-detectable-effect"), "code", codes=detectable | same),
            Column("reason", msg("common-reason"), "code", codes=REASONS),
            Column("cap", msg("robustness-caps-at"), "code", codes=VERDICTS | {NO_CAP: literal("–")}),
        ],
        caption=msg(table.replace("_", "-")),
        notes=[msg("tbl-verdict.notes"), *notes],
    )


# --- what the report says ---------------------------------------------------------------------------------------------


def results(doc: Doc) -> None:
    """The verdicts with their reasons."""
    doc.heading("results-verdicts-title")
    doc.paragraph("results-verdicts", when(doc.has("tbl_aim_verdicts"), "results-verdicts-aims"))
    doc.table("tbl_verdict")


def tables(doc: Doc) -> None:
    """The reasons of the verdicts on other aims."""
    if doc.has("tbl_aim_verdicts"):
        doc.heading("results-aim-verdicts-title")
        doc.table("tbl_aim_verdicts")
