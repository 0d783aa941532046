"""What was understood of study and files (`pipeline.check`): the tables of the annex."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipeline.chapters import cohorts
from pipeline.chapters.data import OUTCOMES
from pipeline.chapters.rules import outcome_of, rule_words
from pipeline.chapters.settings import values_of, words_of
from pipeline.chapters.words import PERIOD, SOURCES, cohort_codes
from pipeline.clean.told import NEVER, SMALLER
from pipeline.languages.message import Message, Period, literal, msg
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
    "seen_once": msg("check-why-seen-once"),
    "after_comparison": msg("check-why-after-comparison"),
    "no_change": msg("check-why-no-change"),
    "no_estimate": msg("check-why-no-estimate"),
    "": msg("check-why-none"),
}
_SINCE = {"none": literal("–"), "comparison": msg("common-comparison")}
"""In place of a cohort of the estimates: none uses these units, or they serve as comparison."""
_SAID_BY = ("study", "default", "data", "disclosure")
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
    """Cohorts, what of each the estimates use, and why not all: columns that would say one thing twice are left out."""
    frame = _as_told(frame)
    shared = _shared(frame)
    frame = frame.assign(
        place="in the estimates of " + frame["outcome"].astype(str),
        joined=frame["used"].where(shared).astype("Int64"),
    )
    same = (frame["since"] == frame["cohort"]) | (frame["since"] == "none") | frame["cohort"].isin((NEVER, SMALLER))
    moved = bool((~same).any())
    fewer = bool((frame["used"] != frame["measured"]).any())
    periods = {code: literal(Period(float(code), study.period_kind)) for code in frame["since"] if code.isdigit()}
    # the same cells as in the table of cohorts; their total is what the panel holds in each period
    counts = replace(cohorts.CELLS, totals=("cohort",))
    # on how many units effects rest is told beside each; cohorts that are one there are not told apart by it
    part = replace(cohorts.CELLS, by=("treated", "cohort", "place:since"), known="") if shared.any() else UNITS
    columns = [
        cohort_codes(study, frame["cohort"]),
        Column("outcome", msg("common-outcome"), "code", codes=_joined(frame["outcome"], _labels(study))),
        Column("measured", msg("common-units"), "int", counts=counts),
        Column("used", msg("check-used"), "int", counts=part, behind=("joined",) if shared.any() else ()),
        # the table of effects prints what cohorts that are one there have together
        Column("joined", msg("check-used"), "int", counts=replace(part, totals=("cohort",)), shown=False),
        Column("since", msg("check-since"), "code", codes={**_SINCE, **periods}),
        Column("why", msg("check-why"), "code", codes=_joined(frame["why"], _WHY)),
    ]
    hidden = {"outcome"} if (frame["outcome"] == "").all() else set()
    hidden |= set() if fewer else {"used"}
    hidden |= set() if shared.any() else {"joined"}
    hidden |= set() if moved else {"since"}
    results.table(
        "tbl_check_cohorts",
        frame,
        [column for column in columns if column.key not in hidden],
        caption=msg("tbl-check-cohorts"),
        notes=[
            msg("tbl-check-cohorts.notes", least=study.smallest_cohort, unit=study.program.unit_label.model_dump()),
            *([msg("tbl-check-cohorts.moved")] if moved else []),
            *cohorts.smaller_note(study, frame),
        ],
    )


def _as_told(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with cohorts as they are told: those that are told as one are one row an outcome."""
    rows = []
    for (outcome, code), held in frame.groupby(["outcome", "told"], sort=False):
        since = [at for at in held["since"].unique() if at != "none"]
        reasons = [reason for why in held["why"] for reason in why.split("+") if reason]
        row = {"outcome": outcome, "cohort": code, "since": since[0] if len(since) == 1 else "none"}
        row["why"] = "+".join(dict.fromkeys(reasons))
        rows.append(row | {name: int(held[name].sum()) for name in ("measured", "used")})
    found = pd.DataFrame(rows)
    return pd.concat([cohorts.placed(part) for _, part in found.groupby("outcome", sort=False)], ignore_index=True)


def _shared(frame: pd.DataFrame) -> pd.Series:
    """Whether a cohort is one with another in the estimates: both start in the same measured period."""
    real = frame["since"].str.isdigit()
    return real & frame.groupby(["outcome", "since"])["cohort"].transform("size").gt(1)


def _joined(column: pd.Series, words: Mapping[str, Any]) -> dict[str, Any]:
    """Codes of which one may be several of `words`, one after another."""
    return {code: Message("literal", {"text": [words[one] for one in code.split("+")]}) for code in column.unique()}


def _labels(study: Study) -> dict[str, Any]:
    return {"": literal(""), **{outcome.name: outcome.label.model_dump() for outcome in study.outcomes}}


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
    results.table(
        "tbl_check_outcomes",
        frame,
        [
            Column("outcome", msg("common-outcome"), "code", codes=_labels(study)),
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
