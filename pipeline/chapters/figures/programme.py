"""Figures of the programme and its data: trends by cohort, coverage by kecamatan, and the flow of the data."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch
from matplotlib.ticker import MaxNLocator

from pipeline.chapters.figures.style import ACCENT, DASHES, GREY, INK, MARKERS, PALE, SHADES, locale_axis, new_figure
from pipeline.languages import locale
from pipeline.languages.catalogue import say
from pipeline.languages.message import msg


def trends(means: pd.DataFrame, name: Callable[[float], str], lang: str) -> Figure:
    """Means by cohort and period; a period without measurement is a gap in the line.

    Args:
        means: `cohort` (missing = never treated), `period`, `mean`.
        name: How a period is named.
        lang: "id" or "en".
    """
    figure, axes = new_figure(6.8)
    every = np.arange(means["period"].min(), means["period"].max() + 1)
    cohorts = [*sorted(int(c) for c in means["cohort"].dropna().unique()), None]
    for place, cohort in enumerate(cohorts):
        mine = means[means["cohort"].isna() if cohort is None else means["cohort"] == cohort]
        line = mine.set_index("period")["mean"].reindex(every)
        never = say("common-never-treated", lang)
        label = never if cohort is None else say(msg("programme-from", cohort=name(cohort)), lang)
        color = INK if cohort is None else SHADES[place % len(SHADES)]
        axes.plot(every, line, ls=DASHES[place % len(DASHES)], marker=MARKERS[place % len(MARKERS)], ms=4.5, lw=1.4,
                  color=color, label=label)  # fmt: skip
        if cohort is not None:
            axes.axvline(cohort - 0.5, color=color, lw=0.7, ls=":")
    for period in every[~np.isin(every, means["period"])]:
        axes.axvspan(period - 0.5, period + 0.5, color="#f2f2f2", lw=0)
        axes.text(period, 0.02, say("programme-no-data", lang), transform=axes.get_xaxis_transform(), ha="center",
                  fontsize=7, color=GREY)  # fmt: skip
    axes.set_xlabel(say("common-period", lang))
    axes.set_ylabel(say("common-mean", lang))
    named = every[:: 1 + (len(every) - 1) // 10]  # more than ten names would run into each other
    axes.set_xticks(every, minor=True)
    axes.set_xticks(named, [name(period) for period in named], fontsize=7.5)
    axes.grid(axis="y", color=PALE, lw=0.6)
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=min(4, len(cohorts)), fontsize=8)
    locale_axis(axes.yaxis, lang, 2)
    return figure


def coverage(table: pd.DataFrame, lang: str) -> Figure:
    """Participating schools among all public schools, by kecamatan, without a map.

    Args:
        table: `kecamatan`, `schools`, `participating` (missing where suppressed), `suppressed`.
        lang: "id" or "en".
    """
    rows = table.copy()
    rows["shown"] = pd.to_numeric(rows["participating"], errors="coerce")
    rows = rows.sort_values(["schools", "kecamatan"], ascending=[True, False])
    figure, axes = new_figure(2.2 + 0.52 * len(rows))
    places = np.arange(len(rows))
    axes.barh(
        places,
        rows["schools"],
        color=PALE,
        height=0.72,
        label=say("programme-all-public-schools", lang),
    )
    axes.barh(
        places,
        rows["shown"].fillna(0),
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
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(loc="lower center", bbox_to_anchor=(0.4, 1.0), ncols=3, fontsize=8)
    return figure


def flow(table: pd.DataFrame, lang: str) -> Figure:
    """The flow from files to analysis as boxes; what leaves at a stage stands beside it.

    Args:
        table: In order, `stage` (of data-stage-…), `count` and `of` (of data-count-…), `excluded` (how many left
            on the way to this stage), `branch` (0 for the trunk, 1 and 2 for the two groups at its end).
        lang: "id" or "en".
    """
    trunk = table[table["branch"] == 0]
    ends = table[table["branch"] > 0]
    figure, axes = new_figure(1.6 * (len(trunk) + (len(ends) > 0)) + 0.4)
    axes.set_axis_off()
    rows = len(trunk) + (len(ends) > 0)
    axes.set_xlim(0, 10)
    axes.set_ylim(-0.1, rows)
    for order, stage in enumerate(trunk.itertuples()):
        y = rows - order - 0.5
        _box(axes, 5.0, y, _stage(stage, lang))
        if order:
            _arrow(axes, 5.0, y + 0.68, 5.0, y + 0.3)
        if order and stage.excluded > 0:
            aside = say("programme-set-aside", lang)
            axes.text(
                7.6, y + 0.5, f"→ {locale.integer(stage.excluded, lang)} {aside}", fontsize=8, color=GREY, va="center"
            )
    for stage, x in zip(ends.itertuples(), (2.6, 7.4), strict=False):
        _arrow(axes, 5.0, 1.2, x, 0.8)
        _box(axes, x, 0.5, _stage(stage, lang))
    return figure


def _stage(stage: object, lang: str) -> str:
    name = str(stage.stage).replace("_", "-")  # type: ignore[attr-defined]
    counted = say(f"data-count-{stage.of}", lang)  # type: ignore[attr-defined]
    return f"{say(f'data-stage-{name}', lang)}\n{locale.integer(stage.count, lang)} {counted}"  # type: ignore[attr-defined]


def _box(axes: object, x: float, y: float, text: str) -> None:
    box = FancyBboxPatch((x - 2.2, y - 0.27), 4.4, 0.54, boxstyle="round,pad=0.02", fc="white", ec=INK, lw=0.9)
    axes.add_patch(box)  # type: ignore[attr-defined]
    axes.text(x, y, text, ha="center", va="center", fontsize=8.5, color=INK, linespacing=1.4)  # type: ignore[attr-defined]


def _arrow(axes: object, x0: float, y0: float, x1: float, y1: float) -> None:
    axes.annotate("", (x1, y1), (x0, y0), arrowprops={"arrowstyle": "-|>", "color": INK, "lw": 0.9})  # type: ignore[attr-defined]
