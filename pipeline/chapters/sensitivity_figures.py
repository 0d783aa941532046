"""Figures of sensitivity: what violations of parallel trends would do, and the effect without each area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pipeline.chapters.analysis import OutcomeEffects
from pipeline.chapters.style import ACCENT, INK, PALE, blank_figure, locale_axis
from pipeline.chapters.words import axis, unit_words, with_n
from pipeline.languages.catalogue import say
from pipeline.languages.message import Text, msg
from pipeline.study import Outcome

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Scales = Mapping[str, tuple[Text, Text]]


def scales_of(chosen: Sequence[Outcome], effects: Mapping[str, OutcomeEffects]) -> Scales:
    """By outcome, what stands above its panel and beside its axis of effects."""
    return {
        o.name: (
            with_n(o.label.model_dump(), effects[o.name].main.overall.n_units),
            axis(msg("common-effect"), unit_words(o.unit)),
        )
        for o in chosen
    }


def breakdown_curves(curves: Mapping[str, pd.DataFrame], scales: Scales, lang: str) -> Figure:
    """One panel an outcome: the robust interval of the average effect against the size of violation allowed.

    Args:
        curves: By outcome: `mbar`, `low`, `high`, `value`.
        scales: By outcome its panel's title, and its axis's.
        lang: "id" or "en".
    """
    rows = -(-len(curves) // 2)
    figure = blank_figure(6.2 * rows)
    grid = figure.subplots(rows, min(2, len(curves)), squeeze=False)
    for axes, (name, curve) in zip(grid.flat, curves.items(), strict=False):
        axes.fill_between(curve["mbar"], curve["low"], curve["high"], color=PALE, lw=0)
        axes.plot(curve["mbar"], curve["low"], color=ACCENT, lw=1.4)
        axes.plot(curve["mbar"], curve["high"], color=ACCENT, lw=1.4)
        axes.axhline(float(curve["value"].iloc[0]), color=INK, lw=0.9, ls="--")
        axes.axhline(0, color=INK, lw=0.8)
        axes.set_title(say(scales[name][0], lang), fontsize=8.5)
        axes.set_xlabel(say("sensitivity-relative-violation-m", lang))
        axes.set_ylabel(say(scales[name][1], lang))
        spread = float(curve["high"].max() - curve["low"].min())
        locale_axis(axes.yaxis, lang, 1 if spread > 1 else 2)
        locale_axis(axes.xaxis, lang, 1)
    for axes in list(grid.flat)[len(curves) :]:
        axes.set_axis_off()
    return figure


def without_each(parts: Mapping[str, pd.DataFrame], values: Mapping[str, float], scales: Scales, lang: str) -> Figure:
    """The effect without each cluster, sorted, one panel an outcome.

    Args:
        parts: By outcome: `value`, `low`, `high`.
        values: Main estimate of each outcome.
        scales: By outcome its panel's title, and its axis's.
        lang: "id" or "en".
    """
    figure = blank_figure(6.5)
    grid = figure.subplots(1, len(parts), squeeze=False)
    for axes, (name, frame) in zip(grid.flat, parts.items(), strict=True):
        rows = frame.sort_values("value", ignore_index=True)
        place = np.arange(len(rows))
        axes.vlines(place, rows["low"], rows["high"], color=ACCENT, lw=1.2)
        axes.plot(place, rows["value"], "o", color=ACCENT, ms=3.5)
        axes.axhline(values[name], color=INK, lw=0.9, ls="--")
        axes.axhline(0, color=INK, lw=0.8)
        axes.set_xticks([])
        axes.set_title(say(scales[name][0], lang), fontsize=8.5)
        axes.set_xlabel(say(with_n(msg("sensitivity-one-area-left-out"), len(rows)), lang))
        axes.set_ylabel(say(scales[name][1], lang))
        locale_axis(axes.yaxis, lang, 2)
    return figure
