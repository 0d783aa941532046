"""The figure of products of coefficients under correlated errors."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd
from matplotlib.figure import Figure

from pipeline.chapters.figures.style import DASHES, GREY, INK, PALE, SHADES, locale_axis, new_figure
from pipeline.languages.catalogue import say

Panel = tuple[str, Sequence[tuple[str, pd.DataFrame]], float]


def indirect_effects(panels: Sequence[Panel], rho_max: float, lang: str) -> Figure:
    """One panel an outcome, one line a step.

    Args:
        panels: Title; step and its curve (`rho`, `indirect`, `low`, `high`); the whole effect.
        rho_max: Edge of the field that the range is taken over.
        lang: "id" or "en".
    """
    columns = min(len(panels), 2)
    lines = math.ceil(len(panels) / columns)
    figure, first = new_figure(5.6 * lines + 0.8)
    first.remove()
    grid = figure.subplots(lines, columns, squeeze=False).ravel()
    for axes, (title, curves, total) in zip(grid, panels, strict=False):
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
        axes.axvspan(-rho_max, rho_max, color=PALE, alpha=0.45, lw=0)
        axes.axhline(0, color=INK, lw=0.8)
        axes.axhline(total, color=GREY, lw=0.9, ls="--", label=say("mechanism-whole-effect", lang))
        for number, (step, curve) in enumerate(curves):
            shown = curve[curve["rho"].abs() <= 0.7]
            colour = SHADES[number % len(SHADES)]
            axes.fill_between(shown["rho"], shown["low"], shown["high"], color=colour, alpha=0.18, lw=0)
            axes.plot(
                shown["rho"], shown["indirect"], color=colour, ls=DASHES[number % len(DASHES)], lw=1.3, label=step
            )
        axes.set_title(title, fontsize=9)
        axes.tick_params(labelsize=7.5)
        axes.set_xlabel(say("mechanism-correlation-errors-rho", lang), fontsize=8)
        axes.set_ylabel(say("mechanism-product", lang), fontsize=8)
        locale_axis(axes.xaxis, lang, 1)
        locale_axis(axes.yaxis, lang, 2)
    for axes in grid[len(panels) :]:
        axes.set_visible(False)
    handles, labels = grid[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper center", ncols=3, fontsize=8, frameon=False)
    return figure
