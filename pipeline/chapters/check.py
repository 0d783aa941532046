"""What was understood of study and files: the annex's tables, and the page that `make check` writes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipeline.chapters.words import PERIOD, SOURCES, cohort_column
from pipeline.languages.message import Message, Period, msg
from pipeline.ledger.counts import NOTHING, UNITS, Counts
from pipeline.ledger.entries import Column, Ledger
from pipeline.report.doc import Doc, when
from pipeline.report.tables import escape

if TYPE_CHECKING:
    from pipeline.check.understanding import Look
    from pipeline.errors import UserError
    from pipeline.study import Study

TABLES = ("check_files", "check_settings", "check_cohorts", "check_periods", "check_outcomes")
_ANNEX = ("seed", "first_period", "period_start_month", "covariates", "inference", "verdict", "disclosure",
    "specifications", "run")  # fmt: skip
_ROW = re.compile(r"\brow (\d+)")
_EMPTY = re.compile(r"\b(?:nan|NaN|NaT|None|Undefined)\b")
_WHY = {
    "too_few": msg("check-why-too-few"),
    "treated_from_start": msg("check-why-treated-from-start"),
    "not_measured": msg("check-why-not-measured"),
    "": msg("check-why-none"),
}


def record(results: Ledger, study: Study, tables: dict[str, pd.DataFrame], *, whole: bool = False) -> None:
    """The tables of what was understood, those that there are.

    Args:
        results: The ledger.
        study: The study, whose outcomes are named by their labels.
        tables: Of `pipeline.check.understanding.Understanding.tables`.
        whole: Every setting; else those of the analysis.
    """
    _files(results, tables["check_files"])
    _settings(results, tables["check_settings"], whole)
    if "check_cohorts" in tables:
        _cohorts(results, tables["check_cohorts"], study)
        _periods(results, tables["check_periods"])
        _outcomes(results, tables["check_outcomes"], study)


def _files(results: Ledger, frame: pd.DataFrame) -> None:
    if frame.empty:
        return
    results.table(
        "tbl_check_files",
        frame,
        [
            Column("source", msg("data-source"), "code", codes=SOURCES),
            Column("years", PERIOD),
            Column("kind", msg("check-kind")),
            Column("sheet", msg("check-sheet")),
            Column("header", msg("check-header")),
            Column("encoding", msg("check-encoding")),
            Column("separator", msg("check-separator")),
            Column("decimal", msg("check-decimal")),
        ],
        caption=msg("tbl-check-files"),
        notes=msg("tbl-check-files.notes"),
    )


def _settings(results: Ledger, frame: pd.DataFrame, whole: bool) -> None:
    shown = frame if whole else frame[frame["key"].str.split(".").str[0].isin(_ANNEX)]
    results.table(
        "tbl_check_settings",
        shown,
        [
            Column("key", msg("check-key")),
            Column("value", msg("check-value")),
            Column("source", msg("data-source"), "code", codes={w: msg(f"check-from-{w}") for w in ("study", "default")}),
        ],
        caption=msg("tbl-check-settings"),
        notes=msg("tbl-check-settings.notes"),
    )  # fmt: skip


def _cohorts(results: Ledger, frame: pd.DataFrame, study: Study) -> None:
    treated = frame["cohort"].notna().map({True: "yes", False: "no"})
    named, cohort = cohort_column(study, frame.assign(treated=treated))
    # the same cells as in the table of cohorts; their total is what the panel holds in each period
    counts = Counts("units", "units", by=("treated", "cohort"), totals=("treated", "cohort"))
    results.table(
        "tbl_check_cohorts",
        named,
        [
            cohort,
            Column("measured", msg("common-units"), "int", counts=counts),
            Column("why", msg("check-why"), "code", codes=_WHY),
        ],
        caption=msg("tbl-check-cohorts"),
        notes=msg("tbl-check-cohorts.notes", least=study.smallest_cohort),
    )


def _periods(results: Ledger, frame: pd.DataFrame) -> None:
    results.table(
        "tbl_check_periods",
        frame,
        [
            Column("period", PERIOD, "period"),
            Column("units", msg("common-units"), "int", counts=Counts("units", "measured", by=("period",))),
        ],
        caption=msg("tbl-check-periods"),
    )


def _outcomes(results: Ledger, frame: pd.DataFrame, study: Study) -> None:
    labels = {outcome.name: outcome.label.model_dump() for outcome in study.outcomes}
    results.table(
        "tbl_check_outcomes",
        frame,
        [
            Column("outcome", msg("common-outcome"), "code", codes=labels),
            Column("values", msg("check-values"), "int", counts=UNITS),
            Column("missing", msg("check-missing"), "int", counts=NOTHING),
            *(
                Column(name, msg(f"check-{name}"), "number", 3, behind=("values",))
                for name in ("low", "median", "high")
            ),
            Column("jumps", msg("check-jumps"), "int", counts=NOTHING),
        ],
        caption=msg("tbl-check-outcomes"),
        notes=msg("tbl-check-outcomes.notes"),
    )


def annex(doc: Doc) -> None:
    """The page of the report's annex."""
    if not doc.has("tbl_check_settings"):
        return
    doc.heading("check-title", 2, "sec-check")
    doc.paragraph("check-opening")
    _exhibits(doc)


def page(doc: Doc, faults: Sequence[UserError], looks: Sequence[Look]) -> None:
    """The page of `make check`: what a person must decide, what needs a look, and what was understood."""
    doc.heading("check-title", 1, "sec-check", ["unnumbered"])
    doc.paragraph(msg("check-result", faults=len(faults), looks=len(looks)))
    if faults:
        doc.heading("check-faults")
        doc.raw("\n\n".join(_fault(doc, count, fault) for count, fault in enumerate(faults, 1)))
    if looks:
        doc.heading("check-looks")
        doc.raw("\n".join(f"- {_literal(look_words(doc, look))}" for look in looks))
    doc.heading("check-understood")
    doc.paragraph("check-opening", when(bool(faults), "check-not-made"))
    _exhibits(doc)


def look_words(doc: Doc, look: Look) -> str:
    """A thing to look at in the document's language, with its file."""
    said = doc.say(look_message(look, doc.study, lambda row: doc.say("letter-place-row", row=row)))
    return f"{look.file}: {said}" if look.file else said


def look_message(look: Look, study: Study, row_words: Callable[[str], str]) -> Message:
    """A thing to look at as a message; `row_words` names a row of a file in the language it will be said in."""
    args: dict[str, Any] = dict(look.args)
    args |= {name: Period(args[name], study.period_kind) for name in ("period", "cohort") if name in args}
    if "shown" in args:
        args["shown"] = _ROW.sub(lambda found: row_words(found[1]), args["shown"])
    return msg(f"check-look-{look.code}", **args)


def fault_words(fault: UserError) -> Message:
    """The kind of a fault in words of the catalogues."""
    return msg(f"fault-{fault.code.replace('_', '-')}" if fault.code else "fault-other")


def _fault(doc: Doc, count: int, fault: UserError) -> str:
    where = _literal(" ".join(fault.where.split()))
    lines = "\n".join(f"    | {_literal(line)}" for line in fault.alone().splitlines())
    return f"{count}.  **{where}** — {doc.say(fault_words(fault))}\n\n{lines}"


def _literal(text: str) -> str:
    """Text as it stands, though it be a word that stands for a missing value elsewhere in a report."""
    return _EMPTY.sub(lambda word: f"&#{ord(word[0][0])};{word[0][1:]}", escape(text.strip()))


def _exhibits(doc: Doc) -> None:
    for name in TABLES:
        doc.table(f"tbl_{name}")
