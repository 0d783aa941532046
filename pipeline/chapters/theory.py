"""The theory of change: its figure and its indicators."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipeline.chapters import titles
from pipeline.chapters.style import ACCENT, GREY, INK, new_figure, titled
from pipeline.languages.catalogue import say
from pipeline.languages.message import Text, msg
from pipeline.ledger.entries import Column, Ledger
from pipeline.notebook import Edition
from pipeline.study import Study
from pipeline.study.theory import Aim, Indicator, layers

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DESIGNS = {
    "did": msg("theory-design-did"),
    "effect": msg("theory-design-did"),
    "descriptive": msg("theory-design-descriptive"),
    "none_yet": msg("theory-design-none-yet"),
}
STATES = {
    "activity": msg("theory-state-activity"),
    "judged": msg("theory-state-judged"),
    "described": msg("theory-state-described"),
    "open": msg("theory-state-open"),
}
AIM = msg("theory-aim")


def record(ledger: Ledger, context: Edition) -> None:
    """The figure of the theory of change and the table of its indicators; nothing where the study declares no aims."""
    study = context.study
    if not study.aims:
        return
    links = [(aim.name, other) for aim in study.aims for other in aim.leads_to]
    depth = layers(study.aims)

    def boxes(lang: str) -> list[tuple[str, str, str]]:
        return [(aim.name, say(aim.label, lang), _state(aim)) for aim in study.aims]

    said = titles.theory([_state(aim) for aim in study.aims])
    ledger.figure(
        "fig_theory",
        titled(lambda lang: theory_of_change(boxes(lang), links, depth, lang), said),
        caption=msg("fig-theory"),
        alt=_alternative(study),
    )
    rows, texts = [], {}
    for aim, indicator, key in indicators_of(study):
        texts[f"{key}_aim"] = aim.label.model_dump()
        texts[f"{key}_indicator"] = indicator.label.model_dump()
        texts[f"{key}_source"] = indicator.source.model_dump()
        rows.append({**{part: f"{key}_{part}" for part in ("aim", "indicator", "source")}, "design": indicator.design})
    ledger.table(
        "tbl_indicators",
        pd.DataFrame(rows),
        [
            Column("aim", AIM, "code", codes=texts),
            Column("indicator", msg("theory-indicator"), "code", codes=texts),
            Column("source", msg("theory-source-data"), "code", codes=texts),
            Column("design", msg("common-design"), "code", codes=DESIGNS),
        ],
        caption=msg("tbl-indicators"),
    )


def indicators_of(study: Study) -> list[tuple[Aim, Indicator, str]]:
    """Every indicator with its aim and a key of its own."""
    aims = [aim for aim in study.aims if aim.kind == "aim"]
    return [(a, i, f"{a.name}_{order}") for a in aims for order, i in enumerate(a.indicators)]


def _alternative(study: Study) -> list[Text]:
    """The figure in words: each box with its state and what it leads to."""

    def sentence(aim: Aim) -> Text:
        told: dict[str, Any] = {"aim": aim.label.model_dump(), "state": STATES[_state(aim)]}
        if not aim.leads_to:
            return msg("theory-stands-alone", **told)
        return msg("theory-leads-to", **told, after=[study.aim(other).label.model_dump() for other in aim.leads_to])

    return [sentence(aim) for aim in study.aims]


def _state(aim: Aim) -> str:
    if aim.kind == "activity":
        return "activity"
    designs = {indicator.design for indicator in aim.indicators}
    return "judged" if designs & {"did", "effect"} else "described" if "descriptive" in designs else "open"


# --- figures -----------------------------------------------------------------------------------------------------------


BOX_HEIGHT, GAP = 1.35, 0.9


def theory_of_change(
    boxes: Sequence[tuple[str, str, str]], links: Sequence[tuple[str, str]], layers: Mapping[str, int], lang: str
) -> Figure:
    """Draw the theory of change.

    Args:
        boxes: Name, wording and state ("activity", "judged", "described", "open") of each box.
        links: Pairs of names, from cause to what it is meant to move.
        layers: Row of each box from the top.
        lang: "id" or "en".
    """
    from matplotlib.patches import FancyBboxPatch, Patch

    depth = max(layers.values()) + 1
    height = depth * BOX_HEIGHT + (depth - 1) * GAP
    figure, axes = new_figure(height + 1.6)
    axes.set_axis_off()
    axes.set_xlim(0, 16)
    axes.set_ylim(-0.2, height + 0.2)
    columns, share = _columns(boxes, links, layers)
    width = min(share - 0.5, 6.0)
    places = {
        name: (share * (column + 0.5), height - layers[name] * (BOX_HEIGHT + GAP) - BOX_HEIGHT / 2)
        for name, column in columns.items()
    }
    for start, end in links:
        (x0, y0), (x1, y1) = places[start], places[end]
        arrow = {"arrowstyle": "-|>", "color": GREY, "lw": 0.9, "shrinkA": 0, "shrinkB": 0}
        axes.annotate("", (x1, y1 + BOX_HEIGHT / 2), (x0, y0 - BOX_HEIGHT / 2), arrowprops=arrow, zorder=1)
    styles = {
        "activity": {"fc": ACCENT, "ec": ACCENT, "ls": "-"},
        "judged": {"fc": "white", "ec": INK, "ls": "-"},
        "described": {"fc": "#eeeeee", "ec": INK, "ls": "-"},
        "open": {"fc": "white", "ec": GREY, "ls": "--"},
    }
    for name, text, state in boxes:
        x, y = places[name]
        axes.add_patch(
            FancyBboxPatch(
                (x - width / 2, y - BOX_HEIGHT / 2), width, BOX_HEIGHT, boxstyle="round,pad=0,rounding_size=0.15",
                lw=1.0, zorder=2, **styles[state],
            )
        )  # fmt: skip
        shown = "\n".join(textwrap.wrap(text, max(10, int(width * 5.6))))
        color = "white" if state == "activity" else INK
        axes.text(x, y, shown, ha="center", va="center", fontsize=8, color=color, zorder=3, linespacing=1.25)
    wordings = {
        "activity": say("common-activity", lang),
        "judged": say("theory-wordings-judged", lang),
        "described": say("theory-wordings-described", lang),
        "open": say("theory-wordings-open", lang),
    }
    used = [state for state in styles if any(box[2] == state for box in boxes)]
    handles = [Patch(label=wordings[state], lw=1.0, **styles[state]) for state in used]
    axes.legend(handles=handles, loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2, fontsize=7.5)
    return figure


def _columns(
    boxes: Sequence[tuple[str, str, str]], links: Sequence[tuple[str, str]], layers: Mapping[str, int]
) -> tuple[dict[str, int], float]:
    """Column of each box and the width of a column: in rows that are not full, as near as may be below its causes."""
    rows = [[box[0] for box in boxes if layers[box[0]] == layer] for layer in range(max(layers.values()) + 1)]
    many = max(len(row) for row in rows)
    columns: dict[str, int] = {}
    for row in rows:
        free = list(range(many))
        for order, name in enumerate(row):
            causes = [columns[start] for start, end in links if end == name and start in columns]
            wish = sum(causes) / len(causes) if causes and len(row) < many else order
            columns[name] = min(free, key=lambda column: (abs(column - wish), column))
            free.remove(columns[name])
    return columns, 16 / many
