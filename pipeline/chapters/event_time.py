"""Figures of effects over time since entry and by cohort."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from textwrap import fill
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pipeline.chapters import titles
from pipeline.chapters.style import (
    ACCENT,
    GREY,
    INK,
    PALE,
    decimals_for,
    few_ticks,
    legend_below,
    locale_axis,
    message_title,
    new_figure,
    number_text,
    panel_grid,
    smallest_line,
)
from pipeline.chapters.words import axis, n_of, with_n
from pipeline.languages.catalogue import say
from pipeline.languages.message import Digits, Text, literal, msg

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

LETTERS = 36
"""Letters of a line of what stands above or below one of two panels abreast."""


@dataclass(frozen=True)
class Measured:
    """An outcome's scale: its unit, which direction is better, the smallest effect of interest, digits of its effects."""

    unit: Text
    better: str = "higher"
    smallest: float | None = None
    decimals: int = 3


def n_words(rows: pd.DataFrame, lang: str) -> str:
    """How many units stand behind points: one number where it is the same, else its ends."""
    least, most = int(rows["n_units"].min()), int(rows["n_units"].max())
    return say(n_of(least) if least == most else msg("titles-n-range", low=Digits(least), high=Digits(most)), lang)


def by_event_time(panels: Sequence[tuple[str, Measured, pd.DataFrame]], title: Text, lang: str) -> Figure:
    """Effects with intervals by time since entry, one panel an outcome, each on its own scale.

    Args:
        panels: Label, scale, and `event_time`, `value`, `low`, `high`, `n_units`; `last` where event times were joined.
        title: The figure's message.
        lang: "id" or "en".
    """
    figure, grid = panel_grid(len(panels), 5.6, 1.6)
    named: list[Line2D] = []
    for axes, (label, measured, rows) in zip(grid, panels, strict=True):
        first = rows["event_time"].to_numpy(float)
        time = (first + rows["last"].to_numpy(float)) / 2 if "last" in rows else first  # a bin stands at its middle
        after = first >= 0
        axes.axvspan(time.min() - 0.5, -0.5, color="#f2f2f2", lw=0)
        axes.axhline(0, color=INK, lw=0.8)
        axes.vlines(time, rows["low"], rows["high"], color=ACCENT, lw=1.4)
        axes.plot(time[~after], rows["value"].to_numpy()[~after], "s", mfc="white", mec=ACCENT, ms=4)
        axes.plot(time[after], rows["value"].to_numpy()[after], "o", color=ACCENT, ms=4)
        axes.set_xlim(time.min() - 0.5, time.max() + 0.5)
        named = smallest_line(axes, measured.smallest, measured.better, lang) or named
        said = say(msg("titles-with-n", label=label, n=n_words(rows, lang)), lang)
        axes.set_title(fill(said, LETTERS), fontsize=8.5, loc="left")
        time_said = say("effects-event-time-measured-periods-since-entry", lang)
        axes.set_xlabel(fill(time_said, LETTERS), fontsize=7.5)
        axes.set_ylabel(say(axis(msg("common-effect"), measured.unit), lang), fontsize=7.5)
        few_ticks(axes.xaxis, 8, integer=True)
        locale_axis(axes.xaxis, lang, 0)
        locale_axis(axes.yaxis, lang, decimals_for(rows))
    if named:
        legend_below(figure, named, 1)
    message_title(figure, say(title, lang))
    return figure


def event_study(table: pd.DataFrame, measured: Measured, lang: str) -> Figure:
    """Effects by event time.

    Args:
        table: `event_time`, `value`, `low`, `high`, and where estimated `band_low`, `band_high`; `reference` marks a
            base period that is zero by construction; `n_units`.
        measured: The outcome's scale.
        lang: "id" or "en".
    """
    rows = table.sort_values("event_time")
    time = rows["event_time"].to_numpy(float)
    last = rows["last"].to_numpy(float) if "last" in rows else time
    first, time = time, (time + last) / 2  # a bin stands at its middle
    half = max(0.16, 0.3 * float((last - first).max()))
    reference = rows["reference"].to_numpy(bool) if "reference" in rows else np.zeros(len(rows), bool)
    figure, axes = new_figure(7.6)
    axes.axvspan(first.min() - 0.5, -0.5, color="#f2f2f2", lw=0)
    axes.axhline(0, color=INK, lw=0.8)
    axes.axvline(-0.5, color=GREY, lw=0.8, ls="--")
    if "band_low" in rows:
        for t, low, high in zip(time, rows["band_low"], rows["band_high"], strict=True):
            if np.isfinite(low) and np.isfinite(high):
                axes.fill_between([t - half, t + half], low, high, color=PALE, lw=0, zorder=1)
    axes.vlines(time, rows["low"], rows["high"], color=ACCENT, lw=1.6, zorder=2)
    before = (time < 0) & ~reference
    styles: list[tuple[np.ndarray, dict[str, Any]]] = [
        (before, {"marker": "s", "mfc": "white", "mec": ACCENT}),
        (~before & ~reference, {"marker": "o", "mfc": ACCENT, "mec": ACCENT}),
        (reference, {"marker": "D", "mfc": "white", "mec": GREY}),
    ]
    for chosen, style in styles:
        axes.plot(time[chosen], rows["value"].to_numpy(float)[chosen], ls="", ms=5, zorder=3, **style)
    if (last > first).any():
        axes.hlines(rows["value"], first, last, color=ACCENT, lw=0.8, zorder=2)
        few_ticks(axes.xaxis, 14, integer=True)
        locale_axis(axes.xaxis, lang, 0)
    else:
        axes.set_xticks(time)
        axes.set_xticklabels([number_text(t, lang, 0) for t in time])
    axes.set_xlim(first.min() - 0.5, last.max() + 0.5)
    axes.set_xlabel(say("effects-event-time-measured-periods-since-entry", lang))
    axes.set_ylabel(say(axis(msg("common-effect"), measured.unit), lang))
    named = smallest_line(axes, measured.smallest, measured.better, lang)
    axes.text(1.0, 0.02, n_words(rows, lang), transform=axes.transAxes, ha="right", fontsize=7.5, color=GREY)
    locale_axis(axes.yaxis, lang, decimals_for(rows))
    _legend(axes, lang, named, with_band="band_low" in rows)
    message_title(figure, say(titles.event(rows[~reference], measured.better, measured.decimals, measured.unit), lang))
    return figure


def _legend(axes: Any, lang: str, named: Sequence[Line2D], *, with_band: bool) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Any] = [
        Line2D([], [], marker="s", mfc="white", mec=ACCENT, ls="", label=say("effects-before", lang)),
        Line2D([], [], marker="o", mfc=ACCENT, mec=ACCENT, ls="", label=say("effects-after", lang)),
        Line2D([], [], color=ACCENT, lw=1.6, label=say("effects-pointwise-interval", lang)),
    ]
    if with_band:
        handles.append(Patch(color=PALE, label=say("effects-simultaneous-band", lang)))
    handles += named
    place = {"loc": "lower center", "bbox_to_anchor": (0.5, 1.0), "ncols": 4 if len(handles) < 5 else 3}
    axes.legend(handles=handles, fontsize=8, handletextpad=0.5, **place)


def cohort_effects(
    group: pd.DataFrame, overall: Any, name: Callable[[float], str], measured: Measured, lang: str
) -> Figure:
    """Effects by cohort with intervals, and the overall effect.

    Args:
        group: `cohort` and `last` (ends of a bin of cohorts), `value`, `low`, `high`, `n_units`.
        overall: Estimate with `value`, `low`, `high`.
        name: How a period is named.
        measured: The outcome's scale.
        lang: "id" or "en".
    """
    rows = group.sort_values("cohort")
    figure, axes = new_figure(3.8 + 0.9 * min(len(rows), 12) + 0.55 * max(len(rows) - 12, 0))
    places = np.arange(len(rows), 0, -1)
    axes.axvline(0, color=INK, lw=0.8)
    axes.hlines(places, rows["low"], rows["high"], color=ACCENT, lw=1.6)
    axes.plot(rows["value"], places, "o", color=ACCENT, ms=5)
    axes.hlines(0, overall.low, overall.high, color=INK, lw=2.2)
    axes.plot([overall.value], [0], "D", color=INK, ms=6)
    ends = zip(rows["cohort"], rows["last"] if "last" in rows else rows["cohort"], rows["n_units"], strict=True)
    labels = [say(with_n(literal(f"{name(a)}{'' if a == b else f' – {name(b)}'}"), int(n)), lang) for a, b, n in ends]
    axes.set_yticks([*places, 0], [*labels, say("effects-all-cohorts", lang)])
    axes.set_ylim(-0.6, len(rows) + 0.6)
    axes.set_xlabel(say(axis(msg("effects-average-effect-on-treated"), measured.unit), lang))
    axes.set_ylabel(say("common-cohort", lang))
    axes.grid(axis="x", color=PALE, lw=0.6)
    smallest_line(axes, measured.smallest, measured.better, lang, upright=True)
    locale_axis(axes.xaxis, lang, decimals_for(rows))
    whole = (overall.value, overall.low, overall.high)
    message_title(figure, say(titles.cohorts(rows, whole, measured.better, measured.decimals, measured.unit), lang))
    return figure
