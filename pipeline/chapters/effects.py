"""Exhibits of 03_effects: the main estimates by outcome, their aggregates, and a replicated published table."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from pipeline.chapters.analysis import smallest_of
from pipeline.chapters.style import (
    ACCENT,
    INK,
    decimals_for,
    locale_axis,
    panel_grid,
)
from pipeline.chapters.words import (
    P,
    effect_columns,
    unit_words,
)
from pipeline.languages.catalogue import say
from pipeline.languages.message import msg
from pipeline.ledger.counts import NOTHING, UNITS, Counts
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
    _events(ledger, context)


def _events(ledger: Ledger, context: Edition) -> None:
    """Effects by time since entry, one panel an outcome."""
    study, effects = context.study, context.effects
    labels = {outcome.name: outcome.label.model_dump() for outcome in study.outcomes}
    keys = ["outcome", "event_time", "value", "low", "high", "n_units"]
    tables = [effects[o.name].main.event.table.assign(outcome=o.name) for o in study.outcomes]
    decimals = max(outcome.decimals for outcome in study.outcomes)
    cells = Counts("units", "events", by=("outcome", "event_time"))
    units = {outcome.name: unit_words(outcome.unit) for outcome in study.outcomes}

    def draw(lang: str, shown: pd.DataFrame) -> Figure:
        known = shown.dropna(subset=["value"])
        panels = [
            (say(labels[name], lang), say(units[str(name)], lang), rows.drop(columns="outcome").astype(float))
            for name, rows in known.groupby("outcome", sort=False)
        ]
        return by_event_time(panels, lang)

    ledger.figure(
        "fig_events",
        draw,
        frame=pd.concat(tables, ignore_index=True)[keys],
        columns=[
            Column("outcome", msg("common-outcome"), "code", codes=labels),
            Column("event_time", msg("common-event-time"), "int", counts=NOTHING),
            *(
                Column(key, msg("common-effect"), "number", decimals, behind=("n_units",))
                for key in ("value", "low", "high")
            ),
            Column("n_units", msg("common-units"), "int", counts=cells),
        ],
        caption=msg("fig-events"),
        alt=msg("fig-events.alt"),
        notes=msg("fig-events.notes"),
    )


def by_event_time(panels: Sequence[tuple[str, str, pd.DataFrame]], lang: str) -> Figure:
    """Effects with intervals by time since entry, one panel an outcome, each on its own scale.

    Args:
        panels: Label, unit in words, and `event_time`, `value`, `low`, `high`.
        lang: "id" or "en".
    """
    figure, grid = panel_grid(len(panels), 5.0, 0.2)
    for axes, (label, unit, rows) in zip(grid, panels, strict=True):
        time = rows["event_time"].to_numpy(float)
        after = time >= 0
        axes.axvspan(time.min() - 0.5, -0.5, color="#f2f2f2", lw=0)
        axes.axhline(0, color=INK, lw=0.8)
        axes.vlines(time, rows["low"], rows["high"], color=ACCENT, lw=1.4)
        axes.plot(time[~after], rows["value"].to_numpy()[~after], "s", mfc="white", mec=ACCENT, ms=4)
        axes.plot(time[after], rows["value"].to_numpy()[after], "o", color=ACCENT, ms=4)
        axes.set_xlim(time.min() - 0.5, time.max() + 0.5)
        axes.set_title(label, fontsize=8.5, loc="left")
        axes.set_ylabel(unit, fontsize=7.5)
        axes.set_xlabel(say("effects-event-time-measured-periods-since-entry", lang), fontsize=7.5)
        axes.xaxis.set_major_locator(MaxNLocator(8, integer=True))
        locale_axis(axes.xaxis, lang, 0)
        locale_axis(axes.yaxis, lang, decimals_for(rows))
    return figure


# --- what the report says ---------------------------------------------------------------------------------------------


def results(doc: Doc) -> None:
    """Effects over all outcomes: one table, one figure, and what is said of each outcome."""
    doc.heading("results-effects-title")
    doc.paragraph("results-effects", "results-events")
    doc.table("tbl_effects")
    doc.figure("fig_events")
