"""Group-time effects of each outcome: by event time, by cohort and by period, their cells, and the two-way decomposition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from pipeline.chapters.analysis import OutcomeEffects
from pipeline.chapters.auxiliary import stand_in
from pipeline.chapters.outcomes import cohorts, growth, judge, yardstick
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
    ESTIMATE,
    PERIOD,
    caption,
    cohort_column,
    effect_columns,
    interval_note,
    period_name,
)
from pipeline.languages.catalogue import say
from pipeline.languages.message import msg
from pipeline.ledger.counts import NOTHING, UNITS, Counts
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.effects.group_time import contrasts
from pipeline.notebook import Edition
from pipeline.report.doc import Doc, when
from pipeline.study import Outcome, Study

KINDS = {
    "treated_vs_never": msg("effects-kind-treated-vs-never"),
    "earlier_vs_later": msg("effects-kind-earlier-vs-later"),
    "later_vs_earlier": msg("effects-kind-later-vs-earlier"),
}


def record(ledger: Ledger, context: Edition) -> None:
    """Event study, cohorts, calendar, cells and decomposition of each outcome."""
    for outcome in context.study.outcomes:
        _record_outcome(ledger, context.study, outcome, context.effects[outcome.name])


def _record_outcome(results: Ledger, study: Study, outcome: Outcome, found: OutcomeEffects) -> None:
    """Event study, cohorts, calendar, cells and decomposition of one outcome."""
    name, note = outcome.name, interval_note(study)
    cohorts, cohort = cohort_column(study, found.main.group)
    cells, cell_cohort = cohort_column(study, _with_cohort_units(found.main.att, found))
    _event(results, outcome, found, note)
    shared = {"notes": note}
    columns = [
        cohort,
        *(replace(column, behind=("n_units",)) for column in effect_columns(outcome.decimals)),
        Column("n_units", msg("common-units"), "int", counts=_of_cohort(name)),
    ]
    results.table(
        f"tbl_cohort_{name}",
        cohorts,
        columns,
        caption=caption(msg("effects-effect-cohort"), outcome, unit=True),
        **shared,
    )
    results.table(
        f"tbl_calendar_{name}",
        found.main.calendar,
        [
            Column("period", PERIOD, "period"),
            *effect_columns(outcome.decimals),
            Column("n_units", msg("common-units"), "int", counts=UNITS),
        ],
        behind="n_units",
        caption=caption(msg("effects-effect-period"), outcome, unit=True),
        **shared,
    )
    results.table(
        f"tbl_attgt_{name}",
        cells,
        [
            cell_cohort,
            Column("period", PERIOD, "period"),
            *effect_columns(outcome.decimals),
            Column("n_treated", msg("common-treated-units"), "int", counts=UNITS, behind=("cohort_units",)),
            Column("n_control", msg("common-comparison-units"), "int", counts=UNITS),
            _cohort_units(name),
        ],
        behind=("n_treated", "n_control", "cohort_units"),
        caption=caption(msg("effects-effect-cohort-period"), outcome),
        **shared,
    )
    results.figure(
        f"fig_cohort_{name}",
        lambda lang, shown: cohort_effects(
            shown.dropna(subset=["value"]).astype(float), found.main.overall, period_name(study, lang), lang
        ),
        frame=cohorts.assign(cohort=found.main.group["cohort"].to_numpy())[[column.key for column in columns]],
        columns=columns,
        caption=caption(msg("effects-effect-cohort"), outcome, unit=True),
        alt=msg("fig-cohort.alt"),
    )
    for missing, code in found.missing.items():
        results.text(f"not_shown_{missing}_{name}", code)
    _cells(results, study, outcome, found)
    _bacon(results, study, outcome, found)


def _event(results: Ledger, outcome: Outcome, found: OutcomeEffects, note: dict[str, str]) -> None:
    name = outcome.name
    band = msg("effects-simultaneous-band-covers-all-event-times")
    after = found.main.event.table.query("event_time >= 0")
    for at_end, row in (("first", after.iloc[0]), ("last", after.iloc[-1])):
        at, units = {"event_time": int(row["event_time"])}, int(row["n_units"])
        results.number(
            f"att_{at_end}_{name}",
            float(row["value"]),
            unit=outcome.unit,
            low=float(row["low"]),
            high=float(row["high"]),
            n=units,
            decimals=outcome.decimals,
            counts=Counts("units", f"event_{name}", at=at, count=units),
        )
    _contrasts(results, outcome, found)
    apart = float(after["low"].iloc[-1]) > 0 or float(after["high"].iloc[-1]) < 0
    results.text(f"last_excludes_zero_{name}", "yes" if apart else "no")
    results.number(f"periods_after_{name}", int(after["event_time"].max()) + 1, decimals=0)
    columns = [
        Column("event_time", msg("common-event-time"), "int", counts=NOTHING),
        *(replace(column, behind=("n_units",)) for column in effect_columns(outcome.decimals)),
        Column("band_low", msg("effects-band-lower"), "number", outcome.decimals, behind=("n_units",)),
        Column("band_high", msg("effects-band-upper"), "number", outcome.decimals, behind=("n_units",)),
        Column("n_units", msg("common-units"), "int", counts=Counts("units", f"event_{name}", by=("event_time",))),
    ]
    results.table(
        f"tbl_event_{name}",
        found.main.event.table,
        columns,
        caption=caption(msg("effects-effect-time-since-start"), outcome),
        notes=(note, band),
    )
    results.figure(
        f"fig_event_{name}",
        lambda lang, shown: event_study(shown.dropna(subset=["value"]).astype(float), lang),
        frame=found.main.event.table,
        columns=columns,
        caption=caption(msg("effects-event-study"), outcome, unit=True),
        alt=msg("fig-event.alt"),
    )


def _contrasts(results: Ledger, outcome: Outcome, found: OutcomeEffects) -> None:
    """Growth within the earliest cohort, the cohorts with the smallest and the largest effect, and their test."""
    name, options = outcome.name, {"unit": outcome.unit, "decimals": outcome.decimals}
    change = contrasts.growth(found.main)
    if change is not None:
        interval = {"low": change.low, "high": change.high, "p": change.p, "n": change.n_units}
        results.number(
            f"growth_{name}", change.value, **options, **interval, counts=_cohort_at(found, change.cohort, name)
        )
        results.number(f"growth_cohort_{name}", change.cohort, decimals=0)
    test = contrasts.equal_cohorts(found.main)
    if test is None:
        return
    results.number(f"cohorts_differ_{name}", test.stat, p=test.p, decimals=2)
    ordered = found.main.group.sort_values("value")
    for place, row in (("least", ordered.iloc[0]), ("most", ordered.iloc[-1])):
        bounds = {"low": float(row["low"]), "high": float(row["high"]), "n": int(row["n_units"])}
        counts = _cohort_at(found, row["cohort"], name)
        results.number(f"att_{place}_{name}", float(row["value"]), **options, **bounds, counts=counts)
        results.number(f"cohort_{place}_{name}", int(row["cohort"]), decimals=0)


def _of_cohort(name: str) -> Counts:
    """A cohort's units. The reader knows the effect and the number of all cohorts, so none is hidden alone."""
    return Counts("units", f"cohort_{name}", by=("cohort",), totals=("cohort",))


def _cohort_units(name: str) -> Column:
    """What every cell of a cohort rests on beside its own count: cohorts are hidden whole."""
    return Column("cohort_units", msg("common-units"), "int", counts=_of_cohort(name), shown=False)


def _with_cohort_units(frame: pd.DataFrame, found: OutcomeEffects) -> pd.DataFrame:
    units = found.main.group.set_index("cohort")["n_units"]
    return frame.assign(cohort_units=frame["cohort"].map(units))


def _cohort_at(found: OutcomeEffects, cohort: float, name: str) -> Counts:
    """The cell that a number about one cohort rests on."""
    units = found.main.group.set_index("cohort")["n_units"].loc[cohort]
    return Counts("units", f"cohort_{name}", at={"cohort": str(int(cohort))}, count=int(units))


def _cells(results: Ledger, study: Study, outcome: Outcome, found: OutcomeEffects) -> None:
    cells, cohort = cohort_column(study, _with_cohort_units(found.cells, found))
    results.table(
        f"tbl_cells_{outcome.name}",
        cells,
        [
            cohort,
            Column("period", PERIOD, "period"),
            Column("n_units", msg("effects-units-observed"), "int", counts=UNITS, behind=("cohort_units",)),
            Column("n_obs", msg("effects-observations"), "int", behind=("n_units", "cohort_units")),
            _cohort_units(outcome.name),
        ],
        caption=caption(msg("effects-sample-size-every-cell"), outcome),
    )


def _bacon(results: Ledger, study: Study, outcome: Outcome, found: OutcomeEffects) -> None:
    title = caption(msg("effects-goodman-bacon-decomposition"), outcome)
    if found.bacon is None:
        stand_in(results, f"tbl_bacon_{outcome.name}", "bacon", found.missing["bacon"], title)
        return
    balanced = found.bacon.attrs["n_units"]
    frame, treated = cohort_column(study, found.bacon, "treated_cohort")
    frame, control = cohort_column(study, frame, "control_cohort", msg("effects-comparison-cohort"))
    results.table(
        f"tbl_bacon_{outcome.name}",
        frame,
        [
            Column("kind", msg("effects-comparison"), "code", codes=KINDS),
            treated,
            control,
            Column("weight", msg("effects-weight"), "number", 3),
            Column("estimate", ESTIMATE, "number", outcome.decimals),
        ],
        caption=title,
        notes=msg("tbl-bacon.notes", balanced=balanced),
    )


# --- figures -----------------------------------------------------------------------------------------------------------


def event_study(table: pd.DataFrame, lang: str) -> Figure:
    """Effects by event time.

    Args:
        table: `event_time`, `value`, `low`, `high`, and where estimated `band_low`, `band_high`; `reference` marks a
            base period that is zero by construction.
        lang: "id" or "en".
    """
    rows = table.sort_values("event_time")
    time = rows["event_time"].to_numpy(float)
    reference = rows["reference"].to_numpy(bool) if "reference" in rows else np.zeros(len(rows), bool)
    figure, axes = new_figure(6.6)
    axes.axvspan(time.min() - 0.5, -0.5, color="#f2f2f2", lw=0)
    axes.axhline(0, color=INK, lw=0.8)
    axes.axvline(-0.5, color=GREY, lw=0.8, ls="--")
    if "band_low" in rows:
        for t, low, high in zip(time, rows["band_low"], rows["band_high"], strict=True):
            if np.isfinite(low) and np.isfinite(high):
                axes.fill_between([t - 0.16, t + 0.16], low, high, color=PALE, lw=0, zorder=1)
    axes.vlines(time, rows["low"], rows["high"], color=ACCENT, lw=1.6, zorder=2)
    before = (time < 0) & ~reference
    styles: list[tuple[np.ndarray, dict[str, Any]]] = [
        (before, {"marker": "s", "mfc": "white", "mec": ACCENT}),
        (~before & ~reference, {"marker": "o", "mfc": ACCENT, "mec": ACCENT}),
        (reference, {"marker": "D", "mfc": "white", "mec": GREY}),
    ]
    for chosen, style in styles:
        axes.plot(time[chosen], rows["value"].to_numpy(float)[chosen], ls="", ms=5, zorder=3, **style)
    axes.set_xticks(time)
    axes.set_xticklabels([number_text(t, lang, 0) for t in time])
    axes.set_xlim(time.min() - 0.5, time.max() + 0.5)
    axes.set_xlabel(say("effects-event-time-measured-periods-since-entry", lang))
    axes.set_ylabel(say("common-effect", lang))
    locale_axis(axes.yaxis, lang, decimals_for(rows))
    _legend(axes, lang, with_band="band_low" in rows)
    return figure


def _legend(axes: Any, lang: str, *, with_band: bool) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Any] = [
        Line2D([], [], marker="s", mfc="white", mec=ACCENT, ls="", label=say("effects-before", lang)),
        Line2D([], [], marker="o", mfc=ACCENT, mec=ACCENT, ls="", label=say("effects-after", lang)),
        Line2D([], [], color=ACCENT, lw=1.6, label=say("effects-pointwise-interval", lang)),
    ]
    if with_band:
        handles.append(Patch(color=PALE, label=say("effects-simultaneous-band", lang)))
    axes.legend(handles=handles, loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=4, fontsize=8, handletextpad=0.5)


def cohort_effects(group: pd.DataFrame, overall: Any, name: Callable[[float], str], lang: str) -> Figure:
    """Effects by cohort with intervals, and the overall effect.

    Args:
        group: `cohort`, `value`, `low`, `high`, `n_units`.
        overall: Estimate with `value`, `low`, `high`.
        name: How a period is named.
        lang: "id" or "en".
    """
    rows = group.sort_values("cohort")
    figure, axes = new_figure(2.6 + 0.9 * len(rows))
    places = np.arange(len(rows), 0, -1)
    axes.axvline(0, color=INK, lw=0.8)
    axes.hlines(places, rows["low"], rows["high"], color=ACCENT, lw=1.6)
    axes.plot(rows["value"], places, "o", color=ACCENT, ms=5)
    axes.hlines(0, overall.low, overall.high, color=INK, lw=2.2)
    axes.plot([overall.value], [0], "D", color=INK, ms=6)
    labels = [f"{name(c)} (n = {int(n)})" for c, n in zip(rows["cohort"], rows["n_units"], strict=True)]
    axes.set_yticks([*places, 0], [*labels, say("effects-all-cohorts", lang)])
    axes.set_ylim(-0.6, len(rows) + 0.6)
    axes.set_xlabel(say("effects-average-effect-on-treated", lang))
    axes.set_ylabel(say("common-cohort", lang))
    axes.grid(axis="x", color=PALE, lw=0.6)
    locale_axis(axes.xaxis, lang, decimals_for(rows))
    return figure


# --- what the report says ---------------------------------------------------------------------------------------------


def results(doc: Doc) -> None:
    """What is said of each outcome: the judgement, how the effect grows, for which cohorts. Its figures are in the annex."""
    for outcome in doc.outcomes:
        name = outcome.name
        heading = doc.about(outcome, "results-outcome")
        two_way = "results-two-way" if doc.has(f"not_shown_bacon_{name}") else "results-two-way-decomposed"
        doc.paragraph(
            heading, judge(doc, outcome), yardstick(doc, outcome), growth(doc, outcome), cohorts(doc, outcome)
        )
        doc.paragraph(doc.about(outcome, "results-figures"), when(doc.has(f"twfe_{name}"), doc.about(outcome, two_way)))
