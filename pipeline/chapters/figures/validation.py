"""Figure of the validation report: coverage by world."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from pipeline.chapters.figures.style import GREY, INK, MARKERS, PALE, SHADES, locale_axis, new_figure
from pipeline.languages.catalogue import say

Labels = Mapping[str, Mapping[str, str]]


def coverage(table: pd.DataFrame, worlds: Labels, methods: Labels, lang: str) -> Figure:
    """Coverage with standard errors by unit, one row a world, one mark a method.

    Args:
        table: `scenario`, `method`, `inference`, `coverage` (share).
        worlds, methods: Wordings by code.
        lang: "id" or "en".
    """
    rows = table[table["inference"] == "unit"]
    scenarios, names = list(dict.fromkeys(rows["scenario"])), list(dict.fromkeys(rows["method"]))
    figure, axes = new_figure(3.2 + 1.25 * len(scenarios))
    axes.axvspan(93, 97, color=PALE, lw=0)
    axes.axvline(95, color=INK, lw=0.8)
    spread = np.linspace(0.3, -0.3, len(names)) if len(names) > 1 else np.zeros(1)
    for order, name in enumerate(names):
        mine = rows[rows["method"] == name]
        places = [len(scenarios) - scenarios.index(s) + spread[order] for s in mine["scenario"]]
        style = {"marker": MARKERS[order % len(MARKERS)], "color": SHADES[order % len(SHADES)]}
        face = {} if order < len(MARKERS) else {"mfc": "white"}
        axes.plot(100 * mine["coverage"], places, ls="", ms=4.2, label=say(methods[name], lang), **style, **face)
    axes.set_yticks(range(len(scenarios), 0, -1), [say(worlds[s], lang) for s in scenarios])
    for line in range(1, len(scenarios)):
        axes.axhline(line + 0.5, color=GREY, lw=0.3)
    axes.set_ylim(0.5, len(scenarios) + 0.5)
    axes.set_xlabel(say("validation-coverage-per-cent", lang))
    locale_axis(axes.xaxis, lang, 0)
    axes.legend(loc="lower center", bbox_to_anchor=(0.35, 1.0), ncols=2, fontsize=7)
    return figure
