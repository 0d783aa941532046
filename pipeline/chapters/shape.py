"""Exhibit of outcomes whose scale asks for a word: counts, with a Poisson regression beside; floors, ceilings, logs."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pipeline.chapters.analysis import OutcomeEffects
from pipeline.chapters.auxiliary import attempt
from pipeline.chapters.estimator_words import NOTES
from pipeline.chapters.words import ESTIMATE, HIGH, LOW, SE
from pipeline.languages.message import msg
from pipeline.ledger.counts import UNITS
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.effects.estimators import Settings
from pipeline.methods.effects.estimators.poisson import poisson
from pipeline.methods.effects.estimators.shape import shape_notes
from pipeline.notebook import Edition
from pipeline.report.doc import Doc
from pipeline.study import Outcome, Study
from pipeline.study.thresholds import Shape

CODES = ("count", "binary", "log_of_zeros", "floor", "ceiling")
ROWS = {
    "main": msg("shape-row-main"),
    "poisson": msg("shape-row-poisson"),
    "poisson_percent": msg("shape-row-poisson-percent"),
}


def record(ledger: Ledger, context: Edition) -> None:
    """What each outcome's values say of its scale; nothing where they say nothing."""
    study, limits = context.study, Shape(**context.study.shape)
    told: list[dict[str, str]] = []
    rows: list[dict[str, Any]] = []
    for outcome in study.outcomes:
        if outcome.name not in context.effects:
            continue
        found = context.effects[outcome.name]
        values = found.design.data["y"]
        for note in shape_notes(values.to_numpy(float), limits):
            told.append({"outcome": outcome.name, "note": note.code})
            end = values.min() if note.code == "floor" else values.max() if note.code == "ceiling" else 0.0
            share = float((values == end).mean())
            ledger.number(f"shape_{note.code}_{outcome.name}", share, unit="share", decimals=0, n=found.design.n_units)
            if note.code == "count":
                rows += _poisson(ledger, study, outcome, found)
    if not told:
        return
    labels = {o.name: o.label.model_dump() for o in study.outcomes}
    ledger.table(
        "tbl_shape",
        pd.DataFrame(told),
        [
            Column("outcome", msg("common-outcome"), "code", codes=labels),
            Column("note", msg("estimators-note"), "code", codes={code: NOTES[code] for code in CODES}),
        ],
        caption=msg("tbl-shape"),
    )
    if rows:
        ledger.table(
            "tbl_shape_poisson",
            pd.DataFrame(rows),
            [
                Column("outcome", msg("common-outcome"), "code", codes=labels),
                Column("row", msg("common-estimator"), "code", codes=ROWS),
                Column("value", ESTIMATE, "number", 3),
                Column("se", SE, "number", 3),
                Column("low", LOW, "number", 3),
                Column("high", HIGH, "number", 3),
                Column("n_units", msg("common-units"), "int", counts=UNITS),
            ],
            behind="n_units",
            caption=msg("tbl-shape-poisson"),
            notes=msg("tbl-shape-poisson.notes"),
        )


def _poisson(ledger: Ledger, study: Study, outcome: Outcome, found: OutcomeEffects) -> list[dict[str, Any]]:
    """The main estimate and that of the Poisson regression, in points and in per cent; none where it does not apply."""
    settings = Settings(level=study.inference.level, cluster=found.main.cluster)
    effect, code = attempt(lambda: poisson(found.design, settings))
    if effect is None:
        ledger.text(f"shape_poisson_missing_{outcome.name}", code or "needs")
        return []
    estimates = {"main": found.main.overall, "poisson": effect.points, "poisson_percent": effect.percent}
    for name in ("poisson", "poisson_percent"):
        one = estimates[name]
        ledger.estimate(
            f"shape_{name}_{outcome.name}",
            one,
            unit="percent" if name == "poisson_percent" else outcome.unit,
            decimals=1 if name == "poisson_percent" else outcome.decimals,
            n=one.n_units,
        )
    return [
        {
            "outcome": outcome.name,
            "row": name,
            **{key: getattr(e, key) for key in ("value", "se", "low", "high", "n_units")},
        }
        for name, e in estimates.items()
    ]


# --- what the report says ---------------------------------------------------------------------------------------------


def robust(doc: Doc) -> None:
    """The section on the scales of outcomes."""
    if not doc.has("tbl_shape"):
        return
    doc.heading("shape-title")
    doc.paragraph("shape-opening")
    for outcome in doc.outcomes:
        said = [f"shape-{code.replace('_', '-')}" for code in CODES if doc.has(f"shape_{code}_{outcome.name}")]
        if doc.has(f"shape_poisson_{outcome.name}"):
            said.append("shape-poisson")
        elif doc.has(f"shape_poisson_missing_{outcome.name}"):
            said.append("shape-poisson-missing")
        if said:
            doc.paragraph([doc.about(outcome, phrase) for phrase in said])
    doc.table("tbl_shape")
    if doc.has("tbl_shape_poisson"):
        doc.table("tbl_shape_poisson")
