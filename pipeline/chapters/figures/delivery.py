"""Figure of equity: the Lorenz curve of hours of development."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from pipeline.chapters.figures.style import ACCENT, GREY, locale_axis, new_figure
from pipeline.languages.catalogue import say


def lorenz_curve(persons: np.ndarray, hours: np.ndarray, lang: str) -> Figure:
    """Cumulative share of hours against that of persons, and the line of equality.

    Args:
        persons, hours: Cumulative shares from 0 to 1.
        lang: "id" or "en".
    """
    figure, axes = new_figure(7.5, 9.0)
    axes.plot([0, 1], [0, 1], color=GREY, lw=0.8, ls="--", label=say("delivery-equal", lang))
    axes.plot(persons, hours, color=ACCENT, lw=1.6, label=say("delivery-hours", lang))
    axes.fill_between(persons, persons, hours, color=ACCENT, alpha=0.10, lw=0)
    axes.set_xlabel(say("delivery-share-persons", lang))
    axes.set_ylabel(say("delivery-share-hours", lang))
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.legend(loc="upper left", fontsize=8)
    for axis in (axes.xaxis, axes.yaxis):
        locale_axis(axis, lang, 1)
    return figure
