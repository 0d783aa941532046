"""Figure of the nine elements of public satisfaction."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure

from pipeline.chapters.figures.style import ACCENT, GREY, locale_axis, new_figure
from pipeline.languages.catalogue import say
from pipeline.languages.message import msg
from pipeline.methods.indicators.bands import SKM


def elements(table: pd.DataFrame, labels: Mapping[str, str], lang: str) -> Figure:
    """Points with intervals and the bounds between grades.

    Args:
        table: `element`, `value`, `low`, `high`.
        labels: Wording of each element.
        lang: "id" or "en".
    """
    figure, axes = new_figure(1.8 + 0.62 * len(table))
    for place, row in enumerate(table.itertuples()):
        axes.hlines(-place, row.low, row.high, color=ACCENT, lw=1.6)
        axes.plot(row.value, -place, "o", color=ACCENT, ms=4.5)
    low, high = axes.get_xlim()
    for band in SKM.bands[:-1]:
        edge = float(band.least)
        if low - 4 < edge < high + 4:
            axes.axvline(edge, color=GREY, lw=0.7, ls=":")
            axes.text(edge, 0.75, say(msg("service-grade-2", code=band.code), lang), fontsize=7, color=GREY)
    axes.set_yticks([-k for k in range(len(table))], [labels[name] for name in table["element"]])
    axes.set_ylim(-len(table) + 0.4, 1.3)
    axes.set_xlabel(say("service-score-confidence-interval", lang))
    locale_axis(axes.xaxis, lang, 0)
    return figure
