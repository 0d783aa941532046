"""Trends before the programme, and the effect under other choices."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pipeline.chapters.analysis import OutcomeEffects, finite
from pipeline.chapters.auxiliary import not_shown_note
from pipeline.chapters.outcomes import before
from pipeline.chapters.words import (
    P,
    bin_column,
    binned_note,
    caption,
    effect_columns,
    interval_note,
)
from pipeline.languages.message import msg
from pipeline.ledger.counts import NOTHING, UNITS
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.effects import Estimate
from pipeline.methods.effects.estimate import normal_interval
from pipeline.methods.effects.group_time import bins
from pipeline.notebook import Edition
from pipeline.report.doc import Doc
from pipeline.study import Outcome, Study

SPECIFICATIONS = {
    "main": msg("robustness-specifications-main"),
    "not_yet": msg("robustness-specifications-not-yet"),
    "adjusted": msg("common-covariates"),
    "not_yet_adjusted": msg("robustness-specifications-not-yet-adjusted"),
    "twfe": msg("robustness-specifications-twfe"),
    "twfe_cluster": msg("robustness-specifications-twfe-cluster"),
    "wild": msg("robustness-specifications-wild"),
}


def record(ledger: Ledger, context: Edition) -> None:
    """Trends before the programme, and each effect under other choices, one at a time."""
    study, effects = context.study, context.effects
    _pretrends(ledger, study, effects)
    for outcome in study.outcomes:
        _alternatives(ledger, outcome, effects[outcome.name])


def _pretrends(results: Ledger, study: Study, effects: dict[str, OutcomeEffects]) -> None:
    """The joint test over all outcomes and what it could have detected; each lead by outcome."""
    rows: list[dict[str, Any]] = []
    for outcome in study.outcomes:
        found = effects[outcome.name].pretrend
        row = {
            "outcome": outcome.name,
            "df": found.df,
            "df_rest": finite(found.df_rest),
            "stat": None,
            "p": None,
            "largest_lead": None,
        }
        if found.testable:
            row |= {"stat": found.stat, "p": found.p, "largest_lead": found.largest_lead}
        numbers = {"detectable_slope": found.detectable_slope, "detectable_bias": found.detectable_bias}
        rows.append(row | {key: finite(value) for key, value in numbers.items()})
        earlier = finite(found.earlier.value)
        if earlier is not None:
            results.number(f"earlier_base_{outcome.name}", earlier, unit=outcome.unit, decimals=outcome.decimals)
        if found.testable:
            results.number(f"pretrend_{outcome.name}", found.stat, p=found.p, decimals=2)
            if rows[-1]["detectable_bias"] is not None:
                bias = {"unit": outcome.unit, "decimals": outcome.decimals}
                results.number(f"detectable_bias_{outcome.name}", found.detectable_bias, **bias)
            _leads(results, study, outcome, effects[outcome.name])
    labels = {outcome.name: outcome.label.model_dump() for outcome in study.outcomes}
    results.table(
        "tbl_pretrends",
        pd.DataFrame(rows),
        [
            Column("outcome", msg("common-outcome"), "code", codes=labels),
            Column("stat", msg("robustness-f-test"), "number", 2),
            Column("df", msg("robustness-restrictions"), "int", counts=NOTHING),
            Column("df_rest", msg("robustness-rest"), "number", 0),
            Column("p", P, "p"),
            Column("largest_lead", msg("robustness-largest-lead"), "number", 3),
            Column("detectable_slope", msg("robustness-detectable-trend"), "number", 3),
            Column("detectable_bias", msg("robustness-bias-it-implies"), "number", 3),
        ],
        caption=msg("tbl-pretrends"),
        notes=msg("tbl-pretrends.notes"),
    )


def _leads(results: Ledger, study: Study, outcome: Outcome, found: OutcomeEffects) -> None:
    leads, width = _joined_leads(study, found)
    leads, joined = bin_column(study, leads, "event_time", msg("common-event-time"), times=True)
    results.table(
        f"tbl_leads_{outcome.name}",
        leads,
        [
            joined if width > 1 else Column("event_time", msg("common-event-time"), "int", counts=NOTHING),
            *effect_columns(outcome.decimals),
            Column("p", P, "p"),
            Column("n_units", msg("common-units"), "int", counts=UNITS),
        ],
        behind="n_units",
        caption=caption(msg("robustness-each-lead-before-programme"), outcome),
        notes=(*interval_note(study), *binned_note(width)),
    )


def _joined_leads(study: Study, found: OutcomeEffects) -> tuple[pd.DataFrame, int]:
    """The leads, joined where event times are many."""
    main, leads = found.main, found.pretrend.leads
    table, width = bins.event(main, main.level, 0, study.seed)
    if width == 1:
        return leads.assign(last=leads["event_time"]), 1
    before = table[table["event_time"] < 0].reset_index(drop=True)
    p = [
        normal_interval(v, s, main.level, main.event.df)[2]
        for v, s in zip(before["value"], before["interval_se"], strict=True)
    ]
    return before.assign(p=p), width


def _alternatives(results: Ledger, outcome: Outcome, found: OutcomeEffects) -> None:
    """The effect under each other specification."""
    candidates = {
        "main": found.main.overall,
        "not_yet": found.not_yet.overall if found.not_yet else None,
        "adjusted": found.adjusted.overall if found.adjusted else None,
        "not_yet_adjusted": found.not_yet_adjusted.overall if found.not_yet_adjusted else None,
        "twfe": found.twfe,
        "twfe_cluster": found.twfe_cluster,
        "wild": found.wild,
    }
    adjusted = candidates["adjusted"]
    if adjusted is not None:
        options = {"unit": outcome.unit, "decimals": outcome.decimals}
        results.estimate(f"att_adjusted_{outcome.name}", adjusted, n=adjusted.n_units, **options)
    rows = [_row(name, estimate) for name, estimate in candidates.items() if estimate is not None]
    results.table(
        f"tbl_alternatives_{outcome.name}",
        pd.DataFrame(rows),
        [
            Column("specification", msg("robustness-specification"), "code", codes=SPECIFICATIONS),
            *effect_columns(outcome.decimals),
            Column("p", P, "p"),
            Column("n_units", msg("common-units"), "int", counts=UNITS),
            Column("n_clusters", msg("robustness-clusters"), "int", counts=NOTHING),
        ],
        behind="n_units",
        caption=caption(msg("robustness-effect-under-other-specifications"), outcome),
        notes=[msg("tbl-alternatives.notes"), *not_shown_note(found.missing, candidates)],
    )


def _row(name: str, estimate: Estimate) -> dict[str, Any]:
    return {
        "specification": name,
        "value": estimate.value,
        "se": estimate.se,
        "low": finite(estimate.low),
        "high": finite(estimate.high),
        "p": estimate.p,
        "n_units": estimate.n_units,
        "n_clusters": estimate.n_clusters,
    }


# --- what the report says ---------------------------------------------------------------------------------------------


def results(doc: Doc) -> None:
    """Trends before the programme."""
    doc.heading("results-trends-title")
    doc.bullets(*(before(doc, outcome) for outcome in doc.outcomes))
    doc.table("tbl_pretrends")
