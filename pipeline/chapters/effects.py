"""Exhibits of 03_effects: the main estimates by outcome, their aggregates, and a replicated published table."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from pipeline.chapters.analysis import smallest_of
from pipeline.chapters.style import (
    ACCENT,
    GREY,
    INK,
    PALE,
    decimals_for,
    locale_axis,
    new_figure,
    number_text,
)
from pipeline.chapters.words import (
    P,
    effect_columns,
)
from pipeline.languages.catalogue import say
from pipeline.languages.message import msg
from pipeline.ledger.counts import UNITS
from pipeline.ledger.entries import Column, Ledger
from pipeline.notebook import Edition
from pipeline.report.doc import Doc


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
            ledger.number(
                name,
                estimate.value,
                unit=outcome.unit,
                low=estimate.low,
                high=estimate.high,
                p=estimate.p,
                n=estimate.n_units,
                decimals=outcome.decimals,
            )
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
        notes=msg("tbl-effects.notes"),
    )
    ledger.figure(
        "fig_main",
        lambda lang: all_outcomes(table.assign(label=[say(labels[o], lang) for o in table["outcome"]]), lang),
        caption=msg("fig-main"),
        alt=msg("fig-main.alt"),
    )


def all_outcomes(table: pd.DataFrame, lang: str) -> Figure:
    """All outcomes' effects with intervals; a tick marks the smallest effect of interest.

    Args:
        table: `label` (in the language), `value`, `low`, `high`, `smallest_effect` (missing where none is declared).
        lang: "id" or "en".
    """
    figure, axes = new_figure(2.4 + 0.95 * len(table))
    places = np.arange(len(table), 0, -1)
    axes.axvline(0, color=INK, lw=0.8)
    axes.grid(axis="x", color=PALE, lw=0.6)
    axes.hlines(places, table["low"], table["high"], color=ACCENT, lw=1.8)
    axes.plot(table["value"], places, "o", color=ACCENT, ms=6)
    smallest = pd.to_numeric(table["smallest_effect"], errors="coerce").to_numpy(float)
    known = np.isfinite(smallest)
    label = say("effects-smallest-effect-interest", lang)
    axes.plot(smallest[known], places[known], "|", color=GREY, ms=16, mew=1.6, label=label)
    for place, row in zip(places, table.itertuples(), strict=True):
        axes.annotate(
            number_text(row.value, lang, 3),
            (row.value, place),
            (0, 6),
            textcoords="offset points",
            ha="center",
            fontsize=8,
        )
    axes.set_yticks(places, table["label"])
    axes.set_ylim(0.4, len(table) + 0.7)
    axes.set_xlabel(say("effects-average-effect-on-treated", lang))
    if known.any():
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), fontsize=8)
    locale_axis(axes.xaxis, lang, decimals_for(table))
    return figure


# --- what the report says ---------------------------------------------------------------------------------------------


def results(doc: Doc) -> None:
    """Effects over all outcomes."""
    doc.heading("results-effects-title")
    doc.paragraph("results-effects")
    doc.table("tbl_effects")
