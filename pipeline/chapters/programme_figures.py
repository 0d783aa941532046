"""Figures of the programme: means by cohort, and who takes part by district."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pipeline.chapters import titles
from pipeline.chapters.event_time import n_words
from pipeline.chapters.style import (
    ACCENT,
    DASHES,
    GREY,
    INK,
    MARKERS,
    PALE,
    SHADES,
    few_ticks,
    locale_axis,
    message_title,
    new_figure,
)
from pipeline.chapters.words import with_n
from pipeline.languages.catalogue import say
from pipeline.languages.message import Text, msg

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def draw_trends(means: pd.DataFrame, name: Callable[[float], str], scale: Text, lang: str) -> Figure:
    """Means by cohort and period; a period without measurement is a gap in the line.

    Args:
        means: `cohort` (missing = never treated), `period`, `mean`, `n_units`; `cohort_last` where a line joins
            several cohorts.
        name: How a period is named.
        scale: Name of the axis of means.
        lang: "id" or "en".
    """
    figure, axes = new_figure(6.8)
    every = np.arange(means["period"].min(), means["period"].max() + 1)
    cohorts: list[int | None] = sorted(int(c) for c in means["cohort"].dropna().unique())
    cohorts += [None] if means["cohort"].isna().any() else []
    for place, cohort in enumerate(cohorts):
        mine = means[means["cohort"].isna() if cohort is None else means["cohort"] == cohort]
        line = mine.set_index("period")["mean"].reindex(every)
        never = say("common-never-treated", lang)
        last = cohort if "cohort_last" not in mine or cohort is None else mine["cohort_last"].max()
        starts = "" if cohort is None else name(cohort) + ("" if last == cohort else f" – {name(last)}")
        label = never if cohort is None else say(msg("programme-from", cohort=starts), lang)
        seen = mine.dropna(subset=["n_units"])
        label = say(msg("titles-with-n", label=label, n=n_words(seen, lang)), lang) if len(seen) else label
        color = INK if cohort is None else SHADES[place % len(SHADES)]
        style = {"ls": DASHES[place % len(DASHES)], "marker": MARKERS[place % len(MARKERS)]}
        size = 4.5 if len(every) <= 30 else 0  # marks of more periods would run into each other
        axes.plot(every, line, lw=1.4, ms=size, color=color, label=label, **style)
        if cohort is not None and last == cohort:
            axes.axvline(cohort - 0.5, color=color, lw=0.7, ls=":")
    for period in every[~np.isin(every, means["period"])]:
        axes.axvspan(period - 0.5, period + 0.5, color="#f2f2f2", lw=0)
        axes.text(period, 0.02, say("programme-no-data", lang), transform=axes.get_xaxis_transform(), ha="center",
                  fontsize=7, color=GREY)  # fmt: skip
    axes.set_xlabel(say("common-period", lang))
    axes.set_ylabel(say(scale, lang))
    named = every[:: 1 + (len(every) - 1) // 10]  # more than ten names would run into each other
    axes.set_xticks(every, minor=True)
    axes.set_xticks(named, [name(period) for period in named], fontsize=7.5)
    axes.grid(axis="y", color=PALE, lw=0.6)
    axes.legend(
        loc="lower center",
        bbox_to_anchor=(0.5, 1.0),
        ncols=2 if len(cohorts) == 4 else 3,
        fontsize=7.5,
    )
    locale_axis(axes.yaxis, lang, 2)
    return figure


def draw_coverage(table: pd.DataFrame, lang: str) -> Figure:
    """Participating schools among all public schools, by kecamatan, without a map.

    Args:
        table: `kecamatan`, `schools`, `participating` (missing where suppressed), `suppressed`.
        lang: "id" or "en".
    """
    rows = table.copy()
    rows["shown"] = pd.to_numeric(rows["participating"], errors="coerce")
    rows = rows.sort_values(["schools", "kecamatan"], ascending=[True, False])
    figure, axes = new_figure(3.0 + 0.52 * len(rows))
    places = np.arange(len(rows))
    axes.barh(
        places,
        rows["schools"],
        color=PALE,
        height=0.72,
        label=say(with_n(msg("programme-all-public-schools"), int(rows["schools"].sum())), lang),
    )
    known = rows["shown"].notna().to_numpy()  # a bar of nothing would say that none took part
    axes.barh(
        places[known],
        rows["shown"][known],
        color=ACCENT,
        height=0.4,
        label=say("common-sources-participation", lang),
    )
    hidden = rows["suppressed"].to_numpy(bool)
    if hidden.any():
        label = say("programme-not-shown-small-cell", lang)
        axes.plot(np.full(hidden.sum(), 0.4), places[hidden], "x", color=INK, ms=5, label=label)
    axes.set_yticks(places, rows["kecamatan"])
    axes.set_ylim(-0.6, len(rows) - 0.4)
    axes.set_xlabel(say("programme-number-schools", lang))
    few_ticks(axes.xaxis, integer=True)
    axes.legend(loc="lower center", bbox_to_anchor=(0.4, 1.0), ncols=3, fontsize=8)
    message_title(figure, say(titles.coverage(rows), lang))
    return figure
