"""Figures of effects: event study, cohorts, and all outcomes at a glance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from pipeline.chapters.figures.style import ACCENT, GREY, INK, PALE, locale_axis, new_figure, number_text
from pipeline.languages.catalogue import say


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
    locale_axis(axes.yaxis, lang, _decimals(rows))
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
    locale_axis(axes.xaxis, lang, _decimals(rows))
    return figure


def main(table: pd.DataFrame, lang: str) -> Figure:
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
    locale_axis(axes.xaxis, lang, _decimals(table))
    return figure


def _decimals(rows: pd.DataFrame) -> int:
    """Decimals that an axis over these intervals needs."""
    spread = float(np.nanmax(rows["high"]) - np.nanmin(rows["low"]))
    return int(np.clip(1 - np.floor(np.log10(max(spread, 1e-6))), 0, 4))
