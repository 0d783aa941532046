"""Effects by baseline group, one block of rows a feature."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.figure import Figure

from pipeline.chapters.figures.style import ACCENT, INK, PALE, locale_axis, new_figure
from pipeline.languages.catalogue import say


def group_effects(blocks: Sequence[tuple[str, pd.DataFrame]], lang: str) -> Figure:
    """Points with intervals against zero.

    Args:
        blocks: Heading of a feature, and its groups: `label`, `value`, `low`, `high`.
        lang: "id" or "en".
    """
    rows = sum(len(table) + 1 for _, table in blocks)
    figure, axes = new_figure(1.6 + 0.55 * rows)
    axes.axvline(0, color=INK, lw=0.8)
    places: list[float] = []
    names: list[str] = []
    headings: list[int] = []
    place = 0.0
    for heading, table in blocks:
        headings.append(len(names))
        places.append(place)
        names.append(heading)
        for row in table.itertuples():
            place -= 1
            axes.hlines(place, row.low, row.high, color=ACCENT, lw=1.6)
            axes.plot(row.value, place, "o", color=ACCENT, ms=4.5)
            places.append(place)
            names.append(f"{row.label}  ")
        place -= 1
        axes.axhline(place + 0.5, color=PALE, lw=0.6)
    axes.set_yticks(places, names)
    for number in headings:
        axes.get_yticklabels()[number].set_fontweight("bold")
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(place + 0.5, 0.8)
    axes.set_xlabel(say("heterogeneity-effect-confidence-interval", lang))
    spread = max(t["high"].max() for _, t in blocks) - min(t["low"].min() for _, t in blocks)
    locale_axis(axes.xaxis, lang, 1 if spread > 1 else 2)
    return figure
