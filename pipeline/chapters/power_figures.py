"""The figure of power: the smallest effect that is found, by how many units enter."""

from __future__ import annotations

import math
from collections.abc import Sequence
from textwrap import fill
from typing import TYPE_CHECKING

import pandas as pd

from pipeline.chapters.style import DASHES, GREY, SHADES, few_ticks, legend_below, locale_axis, panel_grid
from pipeline.languages.catalogue import say
from pipeline.languages.message import msg

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DRAWN = {"enter": "power-kind-enter", "lottery": "power-kind-lottery"}
"""Designs that the figure has a line of; its title is of these alone."""
Panel = tuple[str, pd.DataFrame, float, str]


def detectable_effects(panels: Sequence[Panel], entering: str, lang: str) -> Figure:
    """One panel an outcome, one line a kind of entry and number of years.

    Args:
        panels: Title; designs with `design`, `entering`, `years`, `mde`; the smallest effect of interest; the
            name of the axis of effects.
        entering: Name of the axis of those that enter.
        lang: "id" or "en".
    """
    kinds = {kind: say(words, lang) for kind, words in DRAWN.items()}
    figure, grid = panel_grid(len(panels), 5.6, 1.2)
    for axes, (title, designs, smallest, scale) in zip(grid, panels, strict=True):
        axes.axhline(smallest, color=GREY, lw=0.9, ls=":", label=say("power-smallest-interest", lang))
        for number, (kind, name) in enumerate(kinds.items()):
            for order, (years, part) in enumerate(designs[designs["design"] == kind].groupby("years")):
                text = say(msg("power-enter-per", value0=name, years=years), lang)
                axes.plot(part["entering"], part["mde"], color=SHADES[number], ls=DASHES[order % 2], lw=1.3, label=text)
        axes.set_title(title, fontsize=9)
        axes.tick_params(labelsize=7.5)
        axes.set_xlabel(entering, fontsize=8)
        axes.set_ylabel(fill(scale, 30), fontsize=8)
        top = 3 * designs.loc[designs["design"] == "enter", "mde"].median()
        axes.set_ylim(0, max(top, 1.3 * smallest) if math.isfinite(top) else None)
        few_ticks(axes.xaxis, integer=True)
        locale_axis(axes.xaxis, lang, 0)
        locale_axis(axes.yaxis, lang, 2)
    legend_below(figure, grid[0].get_legend_handles_labels()[0], 3)
    return figure
