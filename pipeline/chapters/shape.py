"""Exhibit of outcomes whose scale asks for a word: counts (with a Poisson regression), floors, ceilings, logs, ratios."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pipeline.chapters.analysis import OutcomeEffects, design_of
from pipeline.chapters.auxiliary import attempt
from pipeline.chapters.estimator_words import NOTES
from pipeline.chapters.words import ESTIMATE, HIGH, LOW, SE
from pipeline.languages.message import msg
from pipeline.ledger.counts import UNITS
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.effects import Estimate, group_time
from pipeline.methods.effects.estimators import Settings
from pipeline.methods.effects.estimators.poisson import poisson
from pipeline.methods.effects.estimators.shape import is_quotient, shape_notes
from pipeline.notebook import Edition
from pipeline.report.doc import Doc
from pipeline.study import Outcome, Study
from pipeline.study.thresholds import Shape

CODES = ("count", "binary", "log_of_zeros", "floor", "ceiling")
MORE = ("ratio", "still_treated", "still_comparison")
RATIOS = {"main": msg("shape-row-ratios"), "pooled": msg("shape-row-totals")}
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
    ratios: list[dict[str, Any]] = []
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
        state = "declared" if outcome.denominator else "looks" if is_quotient(values.to_numpy(float)) else None
        if state:
            told.append({"outcome": outcome.name, "note": "ratio"})
            ledger.text(f"shape_ratio_{outcome.name}", state)
        still = still_group(found.design.data)
        if still:
            told.append({"outcome": outcome.name, "note": f"still_{still}"})
            ledger.text(f"shape_still_{outcome.name}", still)
        if outcome.denominator:
            ratios += _totals(ledger, study, context.panel, outcome, found)
    if not told:
        return
    labels = {o.name: o.label.model_dump() for o in study.outcomes}
    ledger.table(
        "tbl_shape",
        pd.DataFrame(told),
        [
            Column("outcome", msg("common-outcome"), "code", codes=labels),
            Column("note", msg("estimators-note"), "code", codes={code: NOTES[code] for code in (*CODES, *MORE)}),
        ],
        caption=msg("tbl-shape"),
    )
    for name, found_rows, codes in (("poisson", rows, ROWS), ("ratio", ratios, RATIOS)):
        if not found_rows:
            continue
        ledger.table(
            f"tbl_shape_{name}",
            pd.DataFrame(found_rows),
            [
                Column("outcome", msg("common-outcome"), "code", codes=labels),
                Column("row", msg("common-estimator"), "code", codes=codes),
                Column("value", ESTIMATE, "number", 3),
                Column("se", SE, "number", 3),
                Column("low", LOW, "number", 3),
                Column("high", HIGH, "number", 3),
                Column("n_units", msg("common-units"), "int", counts=UNITS),
            ],
            behind="n_units",
            caption=msg(f"tbl-shape-{name}"),
            notes=msg(f"tbl-shape-{name}.notes"),
        )


def still_group(data: pd.DataFrame) -> str | None:
    """The group, "treated" or "comparison", in which the outcome changes in no unit and period; None where there is none.

    All that the estimate then rests on is how the other group moved; its standard error knows of one group's variance only.
    """
    moved = data.groupby("unit")["y"].nunique() > 1
    treated = data.groupby("unit")["cohort"].first().notna()
    for name, group in (("treated", treated), ("comparison", ~treated)):
        if group.any() and not moved[group].any() and moved[~group].any():
            return name
    return None


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
    return _rows(outcome, estimates)


def _rows(outcome: Outcome, estimates: dict[str, Estimate]) -> list[dict[str, Any]]:
    kept = ("value", "se", "low", "high", "n_units")
    return [
        {"outcome": outcome.name, "row": name, **{key: getattr(one, key) for key in kept}}
        for name, one in estimates.items()
    ]


def _totals(
    ledger: Ledger, study: Study, panel: pd.DataFrame, outcome: Outcome, found: OutcomeEffects
) -> list[dict[str, Any]]:
    """The main estimate, and that with units weighted by their first denominator; none where units have weights already.

    The mean of ratios weighted by denominators is the ratio of totals in the period of these denominators; later on it is
    that of totals with each unit as large as it was at first, so that a programme that moves denominators moves no weight.
    """
    if found.design.weighted:
        return []
    first = panel.groupby("unit")[outcome.denominator_column].transform("first")
    weighted = panel.assign(weight=first)[first > 0]

    def totals() -> Estimate:
        return group_time.estimate(
            design_of(study, weighted, outcome),
            control=study.inference.control,
            method="dr",
            seed=study.seed,
            draws=study.inference.bootstrap_draws,
            level=study.inference.level,
            cluster=found.main.cluster,
        ).overall

    pooled, _ = attempt(totals)
    if pooled is None or not pooled.se > 0:
        return []
    name = f"shape_pooled_{outcome.name}"
    ledger.estimate(name, pooled, unit=outcome.unit, n=pooled.n_units, decimals=outcome.decimals)
    return _rows(outcome, {"main": found.main.overall, "pooled": pooled})


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
        if doc.has(f"shape_still_{outcome.name}"):
            said.append(f"shape-still-{doc.code(f'shape_still_{outcome.name}')}")
        if doc.has(f"shape_ratio_{outcome.name}"):
            said.append(f"shape-ratio-{doc.code(f'shape_ratio_{outcome.name}')}")
            said.append("shape-ratio-weighted" if doc.study.weighted else "shape-ratio-alike")
        if doc.has(f"shape_pooled_{outcome.name}"):
            said.append("shape-ratio-pooled")
        if said:
            doc.paragraph([doc.about(outcome, phrase) for phrase in said])
    doc.table("tbl_shape")
    for name in ("tbl_shape_poisson", "tbl_shape_ratio"):
        if doc.has(name):
            doc.table(name)
