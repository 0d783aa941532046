"""Exhibits of 03_effects: the main estimates by outcome, their aggregates, and a replicated published table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pipeline.chapters import titles
from pipeline.chapters.analysis import OutcomeEffects, smallest_of
from pipeline.chapters.cohorts import as_told
from pipeline.chapters.covariates import units_told
from pipeline.chapters.event_time import Measured, by_event_time
from pipeline.chapters.how import record_how
from pipeline.chapters.words import (
    P,
    binned_note,
    effect_columns,
    unit_words,
)
from pipeline.languages.catalogue import say
from pipeline.languages.message import Digits, Text, msg
from pipeline.ledger.counts import NOTHING, UNITS, Counts
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.effects.group_time import bins
from pipeline.notebook import Edition
from pipeline.report.doc import Doc, when
from pipeline.study import Outcome, Study

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def record(ledger: Ledger, context: Edition) -> None:
    """The table over all outcomes, the main figure and the two headline numbers of each outcome."""
    study, effects = context.study, context.effects
    rows = []
    for outcome in study.outcomes:
        found = effects[outcome.name]
        overall, two_way = found.main.overall, found.twfe
        for name, estimate in ((f"att_{outcome.name}", overall), (f"twfe_{outcome.name}", two_way)):
            if estimate is None:
                continue
            ledger.estimate(name, estimate, unit=outcome.unit, n=estimate.n_units, decimals=outcome.decimals)
        if rounds_away(overall.se, outcome):
            ledger.text(f"rounds_away_{outcome.name}", "yes")
        smallest = smallest_of(study, outcome, found)
        if smallest is not None:
            ledger.number(
                f"smallest_{outcome.name}", smallest, unit=outcome.unit, decimals=max(outcome.decimals - 1, 2)
            )
        rows.append(
            {
                "outcome": outcome.name,
                "value": overall.value,
                "se": overall.se,
                "low": overall.low,
                "high": overall.high,
                "p": overall.p,
                "twfe": two_way.value if two_way else None,
                "units": overall.n_units,
                "obs": overall.n_obs,
                "smallest_effect": smallest,
            }
        )
    table = pd.DataFrame(rows)
    labels = {outcome.name: outcome.label.model_dump() for outcome in study.outcomes}
    ledger.table(
        "tbl_effects",
        table,
        [
            Column("outcome", msg("common-outcome"), "code", codes=labels),
            *effect_columns(3),
            Column("p", P, "p"),
            Column("twfe", msg("common-two-way"), "number", 3),
            Column("units", msg("common-units"), "int", counts=UNITS),
            Column("obs", msg("effects-observations"), "int"),
        ],
        behind="units",
        caption=msg("tbl-effects"),
        notes=[msg("tbl-effects.notes", pooled=_pooled(context)), _compared(ledger, context)],
    )
    _events(ledger, context)
    if study.inference.control == "never":
        for outcome in (outcome for outcome in study.outcomes if outcome.role == "primary"):
            scale = measured(study, outcome, effects[outcome.name])
            record_how(
                ledger, study, as_told(study, context.panel), outcome, scale, effects[outcome.name].main.overall.value
            )


def _pooled(context: Edition) -> str:
    """Whether the standard error of an effect takes all draws to vary alike: "yes" or "no"."""
    found = (context.effects[outcome.name].main.overall for outcome in context.study.outcomes)
    return "yes" if any(one.extra.get("variance") == "pooled" for one in found) else "no"


def _compared(ledger: Ledger, context: Edition) -> Text:
    """How many units the primary effects compare: the most of any of them, and whether all rest on as many; as a note."""
    primary = [outcome.name for outcome in context.study.outcomes if outcome.role == "primary"]
    found = [context.effects[name].main.overall for name in primary]
    sizes = {(one.n_treated, one.n_units - one.n_treated) for one in found}
    told = {}
    for place, group in enumerate(("treated", "never")):
        name, most = f"n_compared_{group}", max(size[place] for size in sizes)
        ledger.number(name, most, decimals=0, counts=UNITS)
        told[f"compared-{group}"] = Digits(most, of=name)
    if len(sizes) > 1:
        ledger.text("compared_differ", "yes")
    return units_told(context.panel, "tbl-effects", **told, differ="yes" if len(sizes) > 1 else "no")


def measured(study: Study, outcome: Outcome, found: OutcomeEffects) -> Measured:
    """The scale on which an outcome's effects are drawn."""
    return Measured(unit_words(outcome.unit), outcome.better, smallest_of(study, outcome, found), outcome.decimals)


def _events(ledger: Ledger, context: Edition) -> None:
    """Effects by time since entry, one panel an outcome."""
    study, effects, options = context.study, context.effects, context.study.inference
    labels = {outcome.name: outcome.label.model_dump() for outcome in study.outcomes}
    keys = ["outcome", "event_time", "last", "value", "low", "high", "n_units"]
    binned = {
        o.name: bins.event(effects[o.name].main, options.level, options.bootstrap_draws, study.seed)
        for o in study.outcomes
    }
    tables = [table.assign(outcome=name) for name, (table, _) in binned.items()]
    joined = max(width for _, width in binned.values())
    decimals = max(outcome.decimals for outcome in study.outcomes)
    cells = Counts("units", "events", by=("outcome", "event_time"))
    scales = {o.name: measured(study, o, effects[o.name]) for o in study.outcomes}
    better = {outcome.name: outcome.better for outcome in study.outcomes}

    def known(shown: pd.DataFrame) -> dict[str, pd.DataFrame]:
        there = shown.dropna(subset=["value"]).groupby("outcome", sort=False)
        return {str(name): rows.drop(columns="outcome").astype(float) for name, rows in there}

    def draw(lang: str, shown: pd.DataFrame) -> Figure:
        panels = known(shown)
        parts = [(say(labels[name], lang), scales[name], rows) for name, rows in panels.items()]
        return by_event_time(parts, titles.by_outcome(panels, better), lang)

    frame = pd.concat(tables, ignore_index=True)[keys]
    ledger.figure(
        "fig_events",
        draw,
        frame=frame,
        columns=[
            Column("outcome", msg("common-outcome"), "code", codes=labels),
            Column("event_time", msg("common-event-time"), "int", counts=NOTHING),
            Column("last", msg("common-event-time"), "int", counts=NOTHING),
            *(
                Column(key, msg("common-effect"), "number", decimals, behind=("n_units",))
                for key in ("value", "low", "high")
            ),
            Column("n_units", msg("common-units"), "int", counts=cells),
        ],
        caption=msg("fig-events"),
        alt=msg("fig-events.alt"),
        notes=[msg("fig-events.notes"), *binned_note(joined)],
    )


def rounds_away(se: float, outcome: Outcome) -> bool:
    """Whether an effect's standard error prints as zero, so that interval and estimate print as one number."""
    scale = 100 if outcome.unit == "share_points" else 1
    return 0 < se * scale < 0.5 * 10.0**-outcome.decimals


# --- what the report says ---------------------------------------------------------------------------------------------


def results(doc: Doc) -> None:
    """Effects over all outcomes: one table, one figure, and what is said of each outcome."""
    doc.heading("results-effects-title")
    doc.paragraph("results-effects", "results-events")
    for outcome in doc.outcomes:
        doc.paragraph(when(doc.has(f"rounds_away_{outcome.name}"), doc.about(outcome, "results-rounds-away")))
    doc.table("tbl_effects")
    doc.figure("fig_events")
    for outcome in doc.primary("fig_how")[:1]:
        doc.paragraph(doc.about(outcome, "results-how"))
        doc.figure(f"fig_how_{outcome.name}", "95%")
