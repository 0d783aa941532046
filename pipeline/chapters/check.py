"""What was understood of study and files (`pipeline.check`): the tables of the annex."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from pipeline.chapters.data import OUTCOMES
from pipeline.chapters.rules import outcome_of, rule_words
from pipeline.chapters.settings import values_of, words_of
from pipeline.chapters.words import PERIOD, SOURCES, cohort_column
from pipeline.languages.message import literal, msg
from pipeline.ledger.counts import NOTHING, UNITS, Counts
from pipeline.ledger.entries import Column, Ledger
from pipeline.report.doc import Doc

if TYPE_CHECKING:
    from pipeline.notebook import Edition
    from pipeline.study import Study

TABLES = ("check_files", "check_fates", "check_settings", "check_cohorts", "check_periods", "check_outcomes")
_ANNEX = ("seed", "first_period", "period_start_month", "covariates", "inference", "verdict", "disclosure",
    "specifications", "run")  # fmt: skip
_WHY = {
    "too_few": msg("check-why-too-few"),
    "treated_from_start": msg("check-why-treated-from-start"),
    "not_measured": msg("check-why-not-measured"),
    "": msg("check-why-none"),
}
_SAID_BY = ("study", "default", "data")
"""Sources of a setting, each with a message `check-from-…`."""


def record(ledger: Ledger, context: Edition) -> None:
    """What was understood of the files and the analysis' settings, as the cleaning step kept it."""
    record_understood(ledger, context.study, {name: context.table(name) for name in TABLES})


def record_understood(results: Ledger, study: Study, tables: dict[str, pd.DataFrame], *, whole: bool = False) -> None:
    """The tables of what was understood, those that there are.

    Args:
        results: The ledger.
        study: The study, whose outcomes are named by their labels.
        tables: Of `pipeline.check.understanding.Understanding.tables`.
        whole: Every setting; else those of the analysis.
    """
    _files(results, tables["check_files"])
    if whole:  # the report's annex has them in its own account of rows
        _fates(results, tables["check_fates"])
    _settings(results, tables["check_settings"], whole)
    if "check_cohorts" in tables:
        if not study.continuous:
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


def _fates(results: Ledger, frame: pd.DataFrame) -> None:
    if frame.empty:
        return
    rules = frame["rule"].where(frame["outcome"] != "kept")
    outcomes = [outcome_of(*row) for row in frame[["outcome", "rule"]].itertuples(index=False)]
    results.table(
        "tbl_check_fates",
        frame.assign(rule=rules.fillna("kept"), outcome=outcomes),
        [
            Column("source", msg("data-source"), "code", codes=SOURCES),
            Column("outcome", msg("data-action"), "code", codes={**OUTCOMES, "kept": msg("data-kept")}),
            Column("rule", msg("data-rule"), "code", codes={**rule_words(rules.dropna()), "kept": literal("–")}),
            Column("rows", msg("data-rows"), "int", counts=NOTHING),
            Column("examples", msg("check-examples")),
        ],
        caption=msg("tbl-check-fates"),
        notes=msg("tbl-check-fates.notes"),
    )


def _settings(results: Ledger, frame: pd.DataFrame, whole: bool) -> None:
    silent = (frame["source"] == "default") & frame["value"].isin(("–", ""))
    shown = frame if whole else frame[frame["key"].str.split(".").str[0].isin(_ANNEX) & ~silent]
    known = {str(key): words for key in shown["key"] if (words := words_of(str(key))) is not None}
    # who is asked to mend the file sees its values as they are written there
    as_written = Column("value", msg("check-value"))
    values = as_written if whole else replace(as_written, kind="code", codes=values_of(shown["value"]))
    results.table(
        "tbl_check_settings",
        shown.assign(meaning=shown["key"].where(shown["key"].isin(list(known)), None)),
        [
            Column("key", msg("check-key")),
            Column("meaning", msg("setting-meaning"), "code", codes=known),
            values,
            Column("source", msg("data-source"), "code", codes={w: msg(f"check-from-{w}") for w in _SAID_BY}),
        ],
        caption=msg("tbl-check-settings"),
        notes=msg("tbl-check-settings.notes"),
    )  # fmt: skip


def _cohorts(results: Ledger, frame: pd.DataFrame, study: Study) -> None:
    treated = frame["cohort"].notna().map({True: "yes", False: "no"})
    named, cohort = cohort_column(study, frame.assign(treated=treated))
    # the same cells as in the table of cohorts; their total is what the panel holds in each period
    counts = Counts("units", "units", by=("treated", "cohort"), totals=("cohort",))
    results.table(
        "tbl_check_cohorts",
        named,
        [
            cohort,
            Column("measured", msg("common-units"), "int", counts=counts),
            Column("why", msg("check-why"), "code", codes=_WHY),
        ],
        caption=msg("tbl-check-cohorts"),
        notes=msg("tbl-check-cohorts.notes", least=study.smallest_cohort, unit=study.program.unit_label.model_dump()),
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
    exhibits(doc)


def exhibits(doc: Doc) -> None:
    """The tables that there are."""
    for name in TABLES:
        doc.table(f"tbl_{name}")
