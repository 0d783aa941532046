"""Figure of response rates by group."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure

from pipeline.chapters.figures.style import ACCENT, PALE, locale_axis, new_figure
from pipeline.languages.catalogue import say


def response_rates(table: pd.DataFrame, labels: Mapping[str, str], lang: str) -> Figure:
    """Points with intervals, one block a trait.

    Args:
        table: `trait`, `value`, `rate`, `low`, `high`, in the order shown.
        labels: Wording of each value.
        lang: "id" or "en".
    """
    figure, axes = new_figure(1.8 + 0.6 * len(table))
    for place, row in enumerate(table.itertuples()):
        axes.hlines(-place, row.low, row.high, color=ACCENT, lw=1.6)
        axes.plot(row.rate, -place, "o", color=ACCENT, ms=4.5)
        if place and table["trait"].iloc[place - 1] != row.trait:
            axes.axhline(-place + 0.5, color=PALE, lw=0.7)
    axes.set_yticks([-k for k in range(len(table))], [labels[value] for value in table["value"]])
    axes.set_ylim(-len(table) + 0.4, 0.6)
    axes.set_xlabel(say("feedback-response-rate-per-cent", lang))
    locale_axis(axes.xaxis, lang, 0)
    return figure
