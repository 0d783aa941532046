"""The figure of effects by dose."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from pipeline.chapters.figures.style import ACCENT, GREY, INK, PALE, locale_axis, new_figure
from pipeline.languages.catalogue import say

Panel = tuple[str, pd.DataFrame, "pd.DataFrame | None", float]


def dose_response(panels: Sequence[Panel], lang: str) -> Figure:
    """One panel an outcome.

    Args:
        panels: Title; bins with `dose`, `value`, `low`, `high`; the curve with the same columns, or None; mean effect.
        lang: "id" or "en".
    """
    columns = min(len(panels), 2)
    lines = math.ceil(len(panels) / columns)
    figure, first = new_figure(5.6 * lines + 0.8)
    first.remove()
    grid = figure.subplots(lines, columns, squeeze=False).ravel()
    for axes, (title, bins, curve, mean) in zip(grid, panels, strict=False):
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
        axes.axhline(0, color=INK, lw=0.8)
        axes.axhline(mean, color=GREY, lw=0.9, ls="--", label=say("dose-mean-effect", lang))
        if curve is not None:
            axes.fill_between(curve["dose"], curve["low"], curve["high"], color=PALE, lw=0)
            axes.plot(curve["dose"], curve["value"], color=GREY, lw=1.2, label=say("dose-dose-curve", lang))
        gap = [bins["value"] - bins["low"], bins["high"] - bins["value"]]
        axes.errorbar(
            bins["dose"],
            bins["value"],
            yerr=gap,
            fmt="o",
            color=ACCENT,
            ms=4.5,
            lw=1.3,
            label=say("dose-each-third", lang),
        )
        axes.set_title(title, fontsize=9)
        axes.tick_params(labelsize=7.5)
        axes.set_xlabel(say("dose-jp-per-civil-servant-year", lang), fontsize=8)
        axes.set_ylabel(say("common-effect", lang), fontsize=8)
        axes.xaxis.set_major_locator(MaxNLocator(5))
        locale_axis(axes.xaxis, lang, 0)
        locale_axis(axes.yaxis, lang, 2)
    for axes in grid[len(panels) :]:
        axes.set_visible(False)
    handles, labels = grid[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper center", ncols=3, fontsize=8, frameon=False)
    return figure
