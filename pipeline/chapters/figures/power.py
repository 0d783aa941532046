"""The figure of minimum detectable effects of the next designs."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from pipeline.chapters.figures.style import DASHES, GREY, SHADES, locale_axis, new_figure
from pipeline.languages.catalogue import say
from pipeline.languages.message import msg

Panel = tuple[str, pd.DataFrame, float]


def detectable_effects(panels: Sequence[Panel], lang: str) -> Figure:
    """One panel an outcome, one line a kind of entry and number of years.

    Args:
        panels: Title; designs with `design`, `entering`, `years`, `mde`; the smallest effect of interest.
        lang: "id" or "en".
    """
    kinds = {"enter": say("power-kind-enter", lang), "lottery": say("power-kind-lottery", lang)}
    columns = min(len(panels), 2)
    lines = math.ceil(len(panels) / columns)
    figure, first = new_figure(5.6 * lines + 1.2)
    first.remove()
    grid = figure.subplots(lines, columns, squeeze=False).ravel()
    for axes, (title, designs, smallest) in zip(grid, panels, strict=False):
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
        axes.axhline(smallest, color=GREY, lw=0.9, ls=":", label=say("power-smallest-interest", lang))
        for number, (kind, name) in enumerate(kinds.items()):
            for order, (years, part) in enumerate(designs[designs["design"] == kind].groupby("years")):
                text = say(msg("power-enter-per", value0=name, years=years), lang)
                axes.plot(part["entering"], part["mde"], color=SHADES[number], ls=DASHES[order % 2], lw=1.3, label=text)
        axes.set_title(title, fontsize=9)
        axes.tick_params(labelsize=7.5)
        axes.set_xlabel(say("power-units-that-enter", lang), fontsize=8)
        axes.set_ylabel(say("power-minimum-detectable-effect", lang), fontsize=8)
        top = 3 * designs.loc[designs["design"] == "enter", "mde"].median()
        axes.set_ylim(0, max(top, 1.3 * smallest) if math.isfinite(top) else None)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        locale_axis(axes.xaxis, lang, 0)
        locale_axis(axes.yaxis, lang, 2)
    for axes in grid[len(panels) :]:
        axes.set_visible(False)
    handles, labels = grid[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper center", ncols=3, fontsize=8, frameon=False)
    return figure
