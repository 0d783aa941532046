"""The theory of change: boxes in layers from activities to aims, joined by arrows."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Patch

from pipeline.chapters.figures.style import ACCENT, GREY, INK, new_figure
from pipeline.languages.catalogue import say

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
