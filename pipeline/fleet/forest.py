"""The forest plot of a fleet: each place's effect with its interval, the pooled effect, and the interval for a new place."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from pipeline.chapters.style import ACCENT, GREY, INK, PALE, decimals_for, locale_axis, new_figure
from pipeline.languages.catalogue import say
from pipeline.languages.message import Text
from pipeline.methods.pooling import Pooled

NAMED = 60
"""Places up to which each has a line with its name; more are drawn closer, and their names stand in the table."""
_LINE, _CLOSE = 0.42, 0.07
"""Height of a place's line, with a name and without (cm)."""
_LONGEST = 20.0
"""Height of the places' lines that no figure goes beyond (cm): it stays on one page."""


def forest(frame: pd.DataFrame, labels: dict[str, str], found: Pooled | None, unit: Text, lang: str) -> Figure:
    """Draw it.

    Args:
        frame: `place`, `value`, `low`, `high`, one row a place; hidden values are missing.
        labels: Names by place.
        found: The pooled effect; None where there is none.
        unit: Words of the unit.
        lang: Language.
    """
    rows = frame.dropna(subset=["value", "low", "high"])
    rows = rows.astype(dict.fromkeys(("value", "low", "high"), float)).sort_values(["value", "place"])
    named, count = len(rows) <= NAMED, len(rows)
    below = 3 if found is not None else 0
    height = min(count * (_LINE if named else _CLOSE), _LONGEST)
    figure, axes = new_figure(height + below * _LINE + 2.2)
    step = height / max(count, 1) / _LINE  # a place's share of a named line
    at = np.arange(count, 0, -1) * step
    axes.axvline(0, color=INK, lw=0.8)
    axes.hlines(at, rows["low"], rows["high"], color=GREY, lw=1.2 if named else 0.6)
    axes.plot(rows["value"], at, "o", color=ACCENT, ms=4 if named else 1.6)
    ticks = list(at) if named else []
    words = [labels[str(place)] for place in rows["place"]] if named else []
    if found is not None:
        _pooled(axes, found)
        ticks += [-0.8, -1.8] if found.low_new is not None else [-0.8]
        words += [say("fleet-pooled", lang), say("fleet-new", lang)][: len(ticks) - len(at) if named else None]
        axes.axvline(found.value, color=PALE, lw=0.8, zorder=0)
    if not named:
        axes.set_ylabel(say("fleet-sorted", lang))
        words = [say("fleet-pooled", lang), say("fleet-new", lang)][: len(ticks)]
    axes.set_yticks(ticks, words, fontsize=7.5)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(-2.4 if found is not None else 0, (count + 1) * step)
    axes.set_xlabel(f"{say('common-effect', lang)} ({say(unit, lang)})")
    axes.xaxis.set_major_locator(MaxNLocator(7, steps=[1, 2, 5, 10]))  # each tick prints with the decimals it has
    locale_axis(axes.xaxis, lang, decimals_for(rows) if count else 1)
    return figure


def _pooled(axes: object, found: Pooled) -> None:
    """The diamond of the pooled effect, and the bar of a new place."""
    middle, half = -0.8, 0.32
    corners = [(found.low, middle), (found.value, middle + half), (found.high, middle), (found.value, middle - half)]
    axes.fill(*zip(*corners, strict=True), color=INK)  # type: ignore[attr-defined]
    if found.low_new is not None:
        axes.hlines([-1.8], [found.low_new], [found.high_new], color=INK, lw=3)  # type: ignore[attr-defined]
