"""Exhibit of multiplicity: the declared family with family-wise error, exploratory effects with q values."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pipeline.chapters.analysis import OutcomeEffects
from pipeline.chapters.words import ESTIMATE, SE, P, cohort_column
from pipeline.languages.message import msg
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.effects.estimate import normal_interval
from pipeline.methods.effects.inference.multiplicity import romano_wolf, sharpened_q
from pipeline.notebook import Edition
from pipeline.report.doc import Doc, when
from pipeline.study import Study


def record(ledger: Ledger, context: Edition) -> None:
    """Adjusted p values of the primary outcomes (two or more), q values of all exploratory effects (two or more)."""
    study, effects = context.study, context.effects
    family = {o.name: effects[o.name].main for o in study.outcomes if o.role == "primary" and o.name in effects}
    alpha = 1 - study.inference.level
    labels = {outcome.name: outcome.label.model_dump() for outcome in study.outcomes}
    if len(family) > 1:
        table = romano_wolf(
            family, cluster=study.program.assigned_at, draws=study.inference.wild_draws, seed=study.seed
        )
        _family(ledger, table, labels, alpha)
    rows = _exploratory(study, effects)
    if len(rows) > 1:
        table = pd.DataFrame(rows).assign(q=lambda t: sharpened_q(t["p"]))
        _explored(ledger, study, table, labels, alpha)


def _family(results: Ledger, table: pd.DataFrame, labels: dict[str, Any], alpha: float) -> None:
    rejected = int((table["p_romano_wolf"] < alpha).sum())
    results.number("multiplicity_n", len(table), decimals=0)
    results.number("multiplicity_rejected", rejected, decimals=0)
    results.text("multiplicity_family", "all" if rejected == len(table) else "some" if rejected else "none")
    results.table(
        "tbl_multiplicity",
        table,
        [
            Column("outcome", msg("common-outcome"), "code", codes=labels),
            Column("value", ESTIMATE, "number", 3),
            Column("se", SE, "number", 3),
            Column("p", msg("multiplicity-p-on-its-own"), "p"),
            Column("p_holm", msg("multiplicity-holm"), "p"),
            Column("p_romano_wolf", msg("multiplicity-romano-wolf"), "p"),
        ],
        caption=msg("tbl-multiplicity"),
        notes=msg("tbl-multiplicity.notes"),
    )


def _exploratory(study: Study, effects: dict[str, OutcomeEffects]) -> list[dict[str, Any]]:
    """Overall effects on outcomes that are not primary, and cohorts' effects on those that are; no placebos."""
    rows: list[dict[str, Any]] = []
    for outcome in study.outcomes:
        if outcome.name not in effects or outcome.role == "placebo":
            continue
        main = effects[outcome.name].main
        if outcome.role == "primary":
            parts = [(r.cohort, float(r.value), float(r.interval_se)) for r in main.group.itertuples()]
        else:
            parts = [(None, main.overall.value, main.overall.interval_se)]
        for cohort, value, se in parts:
            p = normal_interval(value, se, main.level)[2]
            if np.isfinite(p) and not (cohort is not None and len(parts) < 2):
                rows.append({"outcome": outcome.name, "cohort": cohort, "value": value, "se": se, "p": p})
    return rows


def _explored(results: Ledger, study: Study, table: pd.DataFrame, labels: dict[str, Any], alpha: float) -> None:
    results.number("multiplicity_explored", len(table), decimals=0)
    found = table["q"] < alpha
    results.number("multiplicity_found", int(found.sum()), decimals=0)
    results.number("multiplicity_found_open", int((found & (table["p"] >= alpha)).sum()), decimals=0)
    shown, column = cohort_column(study, table)
    codes = {**column.codes, "never": msg("multiplicity-codes-never")}
    results.table(
        "tbl_multiplicity_exploratory",
        shown,
        [
            Column("outcome", msg("common-outcome"), "code", codes=labels),
            Column("cohort", column.label, "code", codes=codes),
            Column("value", ESTIMATE, "number", 3),
            Column("se", SE, "number", 3),
            Column("p", P, "p"),
            Column("q", msg("common-q-value"), "p"),
        ],
        caption=msg("tbl-multiplicity-exploratory"),
        notes=msg("tbl-multiplicity-exploratory.notes"),
    )


# --- what the report says ---------------------------------------------------------------------------------------------


FAMILY = {"all": "multiplicity-all-hold", "none": "multiplicity-none-holds"}


def found_phrase(doc: Doc) -> str:
    """Which sentence says how many of the other effects have a small q value."""
    found, explored = doc.value("multiplicity_found"), doc.value("multiplicity_explored")
    return f"multiplicity-found-{'all' if found == explored else 'some' if found > 0 else 'none'}"


def _beside_the_primary(doc: Doc) -> bool:
    """Whether verdicts are told of other effects than those on the primary outcomes."""
    return doc.has("tbl_aim_verdicts") or any(o.role not in ("primary", "placebo") for o in doc.outcomes)


def robust(doc: Doc) -> None:
    """The section on several outcomes at once."""
    if not (doc.has("tbl_multiplicity") or doc.has("tbl_multiplicity_exploratory")):
        return
    doc.heading("multiplicity-title", id="sec-multiplicity")
    if doc.has("tbl_multiplicity"):
        held = FAMILY.get(doc.code("multiplicity_family"), "multiplicity-some-hold")
        doc.paragraph("multiplicity-opening", held)
        doc.table("tbl_multiplicity")
    if doc.has("tbl_multiplicity_exploratory"):
        doc.paragraph(
            "multiplicity-exploratory",
            found_phrase(doc),
            when(doc.value("multiplicity_found_open") > 0, "multiplicity-found-open"),
            "multiplicity-where-next",
            when(_beside_the_primary(doc), "multiplicity-alone"),
        )
        doc.table("tbl_multiplicity_exploratory")


def technical(doc: Doc) -> None:
    """The technical note on adjusted p values and q values."""
    doc.paragraph("multiplicity-technical")
