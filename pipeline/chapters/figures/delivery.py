"""Figure of equity: the Lorenz curve of hours of development."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from pipeline.chapters.figures.style import ACCENT, GREY, locale_axis, new_figure, word


def lorenz_curve(persons: np.ndarray, hours: np.ndarray, lang: str) -> Figure:
    """Cumulative share of hours against that of persons, and the line of equality.

    Args:
        persons, hours: Cumulative shares from 0 to 1.
        lang: "id" or "en".
    """
    figure, axes = new_figure(7.5, 9.0)
    axes.plot([0, 1], [0, 1], color=GREY, lw=0.8, ls="--", label=word(lang, "merata", "equal"))
    axes.plot(persons, hours, color=ACCENT, lw=1.6, label=word(lang, "jam pengembangan", "hours"))
    axes.fill_between(persons, persons, hours, color=ACCENT, alpha=0.10, lw=0)
    axes.set_xlabel(word(lang, "Bagian pegawai", "Share of persons"))
    axes.set_ylabel(word(lang, "Bagian jam", "Share of hours"))
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.legend(loc="upper left", fontsize=8)
    for axis in (axes.xaxis, axes.yaxis):
        locale_axis(axis, lang, 1)
    return figure
