"""Figure of the sensitive statement: estimates by design of the question."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure

from pipeline.chapters.figures.style import ACCENT, INK, PALE, locale_axis, new_figure
from pipeline.languages.catalogue import say


def shares(frame: pd.DataFrame, labels: Mapping[str, str], lang: str) -> Figure:
    """Points with intervals, the direct question and the difference set apart from the protected designs.

    Args:
        frame: `design`, `value`, `low`, `high` in per cent, in the order shown.
        labels: Wording of each design.
        lang: "id" or "en".
    """
    figure, axes = new_figure(1.8 + 0.75 * len(frame))
    for place, row in enumerate(frame.itertuples()):
        y = -place
        color, mark = (
            (INK, "s") if row.design in ("direct", "hidden") else (ACCENT, "D" if row.design == "pooled" else "o")
        )
        axes.hlines(y, row.low, row.high, color=color, lw=1.6)
        axes.plot(row.value, y, mark, color=color, ms=5)
        if row.design in ("pooled", "hidden"):
            axes.axhline(y + 0.5, color=PALE, lw=0.7)
    axes.axvline(0, color=INK, lw=0.7)
    axes.set_yticks([-k for k in range(len(frame))], [labels[name] for name in frame["design"]])
    axes.set_ylim(-len(frame) + 0.4, 0.6)
    axes.set_xlabel(say("frankness-per-cent-confidence-interval", lang))
    locale_axis(axes.xaxis, lang, 0)
    return figure
