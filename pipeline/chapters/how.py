"""The effect and how it comes about: raw means of cohorts, their gaps to the comparison, and the change of each gap.

Where the comparison are units never treated and no covariate enters, a cohort's effect in a period is the change of its
gap since the last measured period before entry (Callaway & Sant'Anna 2021, equation 2.4 without covariates). So the third
panel is computed from the first alone; with units that are not measured in every period the estimate differs by little.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pipeline.chapters import titles
from pipeline.chapters.event_time import Measured, n_words
from pipeline.chapters.style import (
    DASHES,
    GREY,
    INK,
    MARKERS,
    PALE,
    SHADES,
    blank_figure,
    legend_below,
    locale_axis,
    message_title,
    smallest_line,
)
from pipeline.chapters.words import axis, caption, period_name
from pipeline.languages.catalogue import say
from pipeline.languages.message import msg
from pipeline.ledger.counts import UNITS
from pipeline.ledger.entries import Column, Ledger
from pipeline.study import Outcome, Study

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST = 6
"""Cohorts up to which their lines can be told apart; with more there is no such figure."""


def record_how(
    ledger: Ledger, study: Study, panel: pd.DataFrame, outcome: Outcome, scale: Measured, effect: float
) -> None:
    """The figure of one outcome and its estimated effect, where its cohorts are few and some units never took part."""
    means = cell_means(panel, outcome.name)
    starts = means["cohort"].dropna().nunique()
    if not 0 < starts <= MOST or not means["cohort"].isna().any():
        return
    ledger.figure(
        f"fig_how_{outcome.name}",
        lambda lang, shown: draw_how(shown.dropna(subset=["mean"]), scale, effect, study, lang),
        frame=means,
        columns=[
            Column("mean", msg("common-mean"), "number", behind=("n_units",)),
            Column("n_units", msg("common-units"), "int", counts=UNITS),
        ],
        caption=caption(msg("how-caption"), outcome, unit=True),
        alt=msg("how-alt"),
        notes=[msg("how-notes"), msg(f"how-notes-{likeness(study, panel, outcome.name)}"), msg("how-notes-intervals")],
    )


def likeness(study: Study, panel: pd.DataFrame, outcome: str) -> str:
    """How far the third panel is the effect: "equal", or why it is not: "unequal" units, "comparison".

    An effect compares units that are measured both in the period and in the last one before entry; a mean holds each unit
    that is measured in its period, and with comparison units not yet treated the gap is another one.
    """
    if study.inference.control != "never":
        return "comparison"
    seen = panel[panel[outcome].notna()].groupby("unit")["period"].nunique()
    return "equal" if (seen == panel["period"].nunique()).all() else "unequal"


def cell_means(panel: pd.DataFrame, outcome: str) -> pd.DataFrame:
    """Means of the outcome by cohort (missing: never treated) and period, weighted as units are."""
    weight = panel.groupby("unit")["weight"].transform("first") if "weight" in panel else 1.0
    seen = panel.assign(cohort=panel["cohort"].astype("float64"), weight=weight, product=panel[outcome] * weight)
    seen = seen[seen[outcome].notna()]
    cells = seen.groupby(["cohort", "period"], dropna=False, as_index=False).agg(
        product=("product", "sum"), weight=("weight", "sum"), n_units=("unit", "nunique")
    )
    return cells.assign(mean=cells["product"] / cells["weight"])[["cohort", "period", "mean", "n_units"]]


def gaps_of(means: pd.DataFrame) -> pd.DataFrame:
    """Each cohort's gap to the never treated, and its change since the last measured period before entry.

    Args:
        means: `cohort`, `period`, `mean`, `n_units`.

    Returns:
        `cohort`, `period`, `gap`, `effect`, `n_units`, `after`; cohorts without a period before entry are left out.
    """
    never = means[means["cohort"].isna()].set_index("period")["mean"].astype(float)
    parts = []
    for cohort, own in means[means["cohort"].notna()].groupby("cohort"):
        line = own.assign(gap=own["mean"].astype(float) - own["period"].map(never)).dropna(subset=["gap"])
        before = line[line["period"] < cohort]
        if before.empty:
            continue
        last = before["period"].max()
        base = float(line.loc[line["period"] == last, "gap"].iloc[0])
        parts.append(line.assign(effect=line["gap"] - base, after=line["period"] >= cohort))
    columns = ["cohort", "period", "gap", "effect", "n_units", "after"]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


# --- figure -----------------------------------------------------------------------------------------------------------


def draw_how(means: pd.DataFrame, scale: Measured, effect: float, study: Study, lang: str) -> Figure:
    """Three panels under one another: means, gaps, changes of gaps; the same marks for the same cohort throughout.

    Args:
        means: `cohort`, `period`, `mean`, `n_units`.
        scale: The outcome's.
        effect: The estimate.
        study: Whose periods they are.
        lang: "id" or "en".
    """
    means = means.assign(mean=means["mean"].astype(float))
    gaps, name = gaps_of(means), period_name(study, lang)
    figure = blank_figure(14.5)
    grid = figure.subplots(3, 1, sharex=True)
    cohorts = sorted(means["cohort"].dropna().unique())
    looks = {c: {"color": SHADES[k % len(SHADES)], "ls": DASHES[k % len(DASHES)], "marker": MARKERS[k % len(MARKERS)]}
             for k, c in enumerate(cohorts)}  # fmt: skip
    never = means[means["cohort"].isna()].sort_values("period")
    grid[0].plot(never["period"], never["mean"], color=INK, lw=1.6, ls=(0, (1, 1)), marker=".", ms=4)
    ends = [(float(never["mean"].iloc[-1]), say("common-never-treated", lang), INK)]
    for cohort in cohorts:
        look: dict[str, Any] = {**looks[cohort], "lw": 1.3, "ms": 4}
        own = means[means["cohort"] == cohort].sort_values("period")
        grid[0].plot(own["period"], own["mean"], **look)
        ends.append((float(own["mean"].iloc[-1]), say(msg("programme-from", cohort=name(cohort)), lang), look["color"]))
        mine = gaps[gaps["cohort"] == cohort].sort_values("period")
        grid[1].plot(mine["period"], mine["gap"], **look)
        grid[2].plot(mine["period"], mine["effect"], **look)
        for axes in grid:
            axes.axvline(cohort - 0.5, color=look["color"], lw=0.6, ls=":")
    _direct(grid[0], ends, float(means["period"].max()))
    panels = {"how-means": "common-mean", "how-gaps": "how-gap", "how-changes": "how-change"}
    counted = say(msg("titles-with-n", label=msg("how-means"), n=n_words(means, lang)), lang)
    for axes, (words, what) in zip(grid, panels.items(), strict=True):
        axes.set_title(counted if words == "how-means" else say(words, lang), fontsize=8.5, loc="left")
        axes.set_ylabel(say(axis(msg(what), scale.unit), lang), fontsize=7.5)
        axes.grid(axis="y", color=PALE, lw=0.5)
        locale_axis(axes.yaxis, lang, 1)
    for axes in grid[1:]:
        axes.axhline(0, color=INK, lw=0.8)
    named = smallest_line(grid[2], scale.smallest, scale.better, lang)
    periods = np.sort(means["period"].unique())
    shown = periods[:: 1 + (len(periods) - 1) // 10]
    grid[2].set_xticks(shown, [name(float(p)) for p in shown], fontsize=7.5)
    grid[2].set_xlabel(say("common-period", lang))
    if named:
        legend_below(figure, named, 1)
    message_title(figure, say(titles.gaps(gaps, scale.decimals, scale.unit, effect), lang))
    return figure


def _direct(axes: Any, ends: list[tuple[float, str, str]], last: float) -> None:
    """Names of lines at their ends, moved apart so that each can be read."""
    low, high = axes.get_ylim()
    step, place = 0.1 * (high - low), -np.inf
    for value, said, colour in sorted(ends):
        place = max(value, place + step)
        axes.annotate(said, (last, value), xytext=(1.01, place), textcoords=axes.get_yaxis_transform(), fontsize=7,
                      color=colour, va="center", arrowprops={"arrowstyle": "-", "color": GREY, "lw": 0.4})  # fmt: skip
