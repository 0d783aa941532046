"""The figure of estimators side by side."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from pipeline.chapters.figures.style import ACCENT, GREY, INK, PALE, locale_axis, new_figure
from pipeline.languages.catalogue import say

Panel = tuple[str, pd.DataFrame, float, int]
_OTHER = "#b35806"


def compared(panels: Sequence[Panel], names: Mapping[str, str], lang: str) -> Figure:
    """One panel an outcome, one row an estimator.

    Args:
        panels: Title; rows with `method`, `adjusted`, `value`, `low`, `high`, `refused`; the main estimate; decimals.
        names: Estimator -> its name in the language, in the order of the rows from the top.
        lang: "id" or "en".
    """
    shown = [m for m in names if any((rows["method"] == m).any() for _, rows, _, _ in panels)]
    places = {method: len(shown) - i for i, method in enumerate(shown)}
    columns = min(len(panels), 2)
    lines = math.ceil(len(panels) / columns)
    figure, first = new_figure(lines * (0.48 * len(shown) + 1.6) + 0.8)
    first.remove()
    grid = figure.subplots(lines, columns, sharey=True, squeeze=False).ravel()
    for axes, (title, rows, main, decimals) in zip(grid, panels, strict=False):
        _panel(axes, rows, main, places)
        axes.set_title(title, fontsize=9)
        axes.set_ylim(0.3, len(shown) + 0.7)
        axes.set_yticks([places[m] for m in shown], [names[m] for m in shown], fontsize=7.5)
        axes.xaxis.set_major_locator(MaxNLocator(4))
        axes.tick_params(axis="x", labelsize=7.5)
        axes.set_xlabel(say("common-effect", lang), fontsize=8)
        locale_axis(axes.xaxis, lang, min(decimals, 2))
    for axes in grid[len(panels) :]:
        axes.set_visible(False)
    figure.legend(handles=_handles(panels, lang), loc="outside upper center", ncols=4, fontsize=8, frameon=False)
    return figure


def _panel(axes: Axes, rows: pd.DataFrame, main: float, places: Mapping[str, int]) -> None:
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.grid(axis="x", color=PALE, lw=0.6)
    axes.axvline(0, color=INK, lw=0.8)
    axes.axvline(main, color=GREY, lw=0.9, ls="--")
    for adjusted, colour, face, shift in ((False, ACCENT, ACCENT, 0.13), (True, _OTHER, "white", -0.17)):
        part = rows[rows["adjusted"] == adjusted]
        at = part["method"].map(places).to_numpy(float) + shift
        value = part["value"].to_numpy(float)
        axes.hlines(at, part["low"].to_numpy(float), part["high"].to_numpy(float), color=colour, lw=1.3)
        axes.plot(value, at, ls="", marker="s" if adjusted else "o", ms=4, mfc=face, mec=colour, zorder=3)
        refused = part["refused"].to_numpy(bool)
        axes.plot(np.full(refused.sum(), main), at[refused], ls="", marker="x", ms=5, color=INK, zorder=3)


def _handles(panels: Sequence[Panel], lang: str) -> list[Line2D]:
    rows = pd.concat([panel[1] for panel in panels])
    handles = [
        Line2D([], [], marker="o", color=ACCENT, ms=4, label=say("estimators-without-covariates", lang)),
        Line2D([], [], color=GREY, ls="--", label=say("estimators-main-estimate", lang)),
    ]
    if rows["adjusted"].any():
        with_covariates = say("common-covariates", lang)
        handles.insert(1, Line2D([], [], marker="s", mfc="white", color=_OTHER, ms=4, label=with_covariates))
    if rows["refused"].any():
        refused = say("estimators-does-not-apply", lang)
        handles.append(Line2D([], [], marker="x", color=INK, ls="", ms=5, label=refused))
    return handles
