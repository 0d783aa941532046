"""The specification curve: estimates in order of size above the choices that made them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from pipeline.chapters.figures.style import _RC, ACCENT, GREY, INK, PALE, WIDTH_CM, locale_axis
from pipeline.languages.catalogue import say

Labels = Mapping[str, Mapping[str, str]]


def specification_curve(
    table: pd.DataFrame, choices: Sequence[tuple[str, Sequence[str]]], labels: Labels, lang: str
) -> Figure:
    """Points with intervals, sorted; below, a mark for each choice of each specification.

    Args:
        table: From `pipeline.methods.effects.specification.curve`, sorted by value.
        choices: Column and the codes in the order they are listed, for each dimension that has several.
        labels: Code -> wording by language.
        lang: "id" or "en".
    """
    rows = [(column, code) for column, codes in choices for code in codes]
    height = 6.0 + 0.42 * len(rows)
    with mpl.rc_context(_RC):
        figure, (top, low) = plt.subplots(
            2, 1, sharex=True, figsize=(WIDTH_CM / 2.54, height / 2.54), height_ratios=[6.0, 0.42 * len(rows) + 0.4]
        )
    place = np.arange(1, len(table) + 1)
    top.axhline(0, color=INK, lw=0.8)
    top.vlines(place, table["low"], table["high"], color=PALE, lw=2)
    excludes = ((table["low"] > 0) | (table["high"] < 0)).to_numpy()
    value, main = table["value"].to_numpy(), table["main"].to_numpy(bool)
    top.plot(
        place[excludes],
        value[excludes],
        "o",
        color=ACCENT,
        ms=2.6,
        label=say("specification-interval-excludes-zero", lang),
    )
    top.plot(
        place[~excludes],
        value[~excludes],
        "o",
        mfc="white",
        mec=GREY,
        ms=2.6,
        label=say("specification-interval-includes-zero", lang),
    )
    top.plot(
        place[main],
        value[main],
        "D",
        color=INK,
        ms=6,
        label=say("specification-study-s-main-choice", lang),
    )
    top.set_ylabel(say("common-effect", lang))
    top.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3, fontsize=7.5, handletextpad=0.3)
    spread = float(table["high"].max() - table["low"].min())
    locale_axis(top.yaxis, lang, 1 if spread > 1 else 2)
    for number, (column, code) in enumerate(rows):
        chosen = (table[column] == code).to_numpy()
        low.plot(place[chosen], np.full(int(chosen.sum()), -number), "|", color=INK, ms=5, mew=0.9)
    edge = 0
    for _, codes in choices[:-1]:
        edge += len(codes)
        low.axhline(0.5 - edge, color=PALE, lw=0.8)
    low.set_yticks([-n for n in range(len(rows))], [say(labels[code], lang) for _, code in rows], fontsize=7.5)
    low.set_ylim(0.6 - len(rows), 0.6)
    low.set_xlim(0, len(table) + 1)
    low.set_xlabel(say("specification-specifications-size-estimate", lang))
    return figure
