"""Figure of the professionalism index: stacked means of its dimensions by year."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from pipeline.chapters.figures.style import new_figure
from pipeline.languages.catalogue import say
from pipeline.methods.indicators.ip_asn import DIMENSIONS

_FILLS = ("#1f5a8a", "#b9cfe0", "#4d4d4d", "#bdbdbd")


def dimensions(table: pd.DataFrame, labels: Mapping[str, str], lang: str, name: Callable[[float], str]) -> Figure:
    """Stacked bars of the four dimensions.

    Args:
        table: `period` and the dimensions' means.
        labels: Wording of each dimension.
        lang: "id" or "en".
        name: How a period is named.
    """
    figure, axes = new_figure(7.2)
    places, bottom = np.arange(len(table)), np.zeros(len(table))
    for part, fill in zip(DIMENSIONS, _FILLS, strict=True):
        values = table[part].to_numpy(float)
        axes.bar(places, values, bottom=bottom, color=fill, width=0.7, label=labels[part])
        bottom += values
    axes.set_xticks(places, [name(period) for period in table["period"]], fontsize=7.5)
    axes.set_ylabel(say("professionalism-points", lang))
    axes.set_ylim(0, 100)
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=4, fontsize=7.5)
    return figure
