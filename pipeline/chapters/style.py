"""One style for all figures: sizes in centimetres of an A4 text width, greys with one accent, numbers by locale."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pipeline.languages import locale
from pipeline.languages.catalogue import say
from pipeline.languages.message import Text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

WIDTH_CM = 16.0
INK, GREY, PALE, SOFT = "#222222", "#777777", "#d9d9d9", "#555555"
HOUSE_COLOUR = "#1f4e79"
ACCENT = "evaluation:accent"
"""A colour by name: what it is decides `dress` when a figure is drawn."""
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
DASHES = ("-", "--", "-.", ":", (0, (5, 1)), (0, (1, 1)), (0, (3, 1, 1, 1)))
SHADES = (ACCENT, "#b35806", "#4d4d4d", "#8c6bb1", "#006837", "#a50f15", "#252525")
_RC = {
    "font.family": "DejaVu Sans",
    "font.size": 8.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.7,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.axisbelow": True,
    "grid.color": PALE,
    "grid.linewidth": 0.6,
    "legend.frameon": False,
    "figure.constrained_layout.use": True,
}


def dress(colour: str) -> None:
    """Draw in a study's colour from now on; in the house's where it names none."""
    _matplotlib().colors.get_named_colors_mapping()[ACCENT] = colour or HOUSE_COLOUR


@cache
def _matplotlib() -> Any:
    """Matplotlib in this style, loaded when something is drawn: a report says in words what others have drawn.

    The style is set for good, not while a figure is made: texts and legends that are added later take theirs from it too.
    """
    import matplotlib as mpl

    mpl.rcParams.update(_RC)
    mpl.colors.get_named_colors_mapping()[ACCENT] = HOUSE_COLOUR
    return mpl


def blank_figure(height_cm: float, width_cm: float = WIDTH_CM) -> Figure:
    """A figure of the given size without axes; no window and no list of figures knows it."""
    _matplotlib()
    from matplotlib.figure import Figure

    return Figure(figsize=(width_cm / 2.54, height_cm / 2.54))


def new_figure(height_cm: float, width_cm: float = WIDTH_CM) -> tuple[Figure, Axes]:
    """A figure of the given size with one set of axes."""
    figure = blank_figure(height_cm, width_cm)
    return figure, figure.subplots()


def panel_grid(
    count: int, line_cm: float, head_cm: float, *, abreast: int = 2, **shared: bool
) -> tuple[Figure, list[Axes]]:
    """A figure of panels, so many abreast, with room for a message and a legend; axes beyond `count` are hidden.

    Args:
        count: Panels.
        line_cm, head_cm: Height of a line of panels, and of what stands above them all.
        abreast: Panels a line.
        shared: As `subplots` takes it, such as `sharey=True`.
    """
    columns = min(count, abreast)
    lines = math.ceil(count / columns)
    figure = blank_figure(line_cm * lines + head_cm)
    grid = list(figure.subplots(lines, columns, squeeze=False, **shared).ravel())
    for axes in grid[count:]:
        axes.set_visible(False)
    return figure, grid[:count]


def legend_below(figure: Figure, handles: Sequence[Any], columns: int) -> None:
    """One legend for all panels, below them: the message stands above."""
    figure.legend(handles=list(handles), loc="outside lower center", ncols=columns, fontsize=8, frameon=False)


TITLE_LETTERS = 76
"""Letters of a line of a figure's title across the width of the text."""


def message_title(figure: Figure, text: str, *, size: float = 9.5) -> None:
    """The figure's message above it: what a reader may take from its numbers, chosen by rule from them.

    The ledger keeps it as the figure's label, whole: in the picture it is parted into lines.
    """
    figure.set_label(text)
    letters = int(TITLE_LETTERS * 9.5 / size * figure.get_size_inches()[0] * 2.54 / WIDTH_CM)
    lines = "\n".join(textwrap.wrap(text, letters))
    figure.suptitle(lines, x=0.01, ha="left", fontsize=size, fontweight="bold", color=INK)


def titled(draw: Callable[..., Figure], said: Text | Callable[[pd.DataFrame], Text]) -> Callable[..., Figure]:
    """A drawing with its message above; where the message follows from the frame as it may be shown, what makes it so."""

    def drawn(lang: str, *shown: pd.DataFrame) -> Figure:
        figure = draw(lang, *shown)
        message_title(figure, say(said(*shown) if callable(said) else said, lang))
        return figure

    return drawn


def number_text(value: float, lang: str, decimals: int) -> str:
    """A number for an axis: decimal mark by language, a true minus sign, no negative zero, thousands not grouped."""
    return locale.number(value, lang, decimals, grouped=False)


def locale_axis(axis: Axis, lang: str, decimals: int) -> None:
    """Print an axis's numbers by locale, with as many decimals as its ticks have, and `decimals` at least."""
    from pipeline.chapters.ticks import Ticks

    axis.set_major_formatter(Ticks(lang, decimals, number_text))


def few_ticks(axis: Axis, most: int | None = None, *, integer: bool = False) -> None:
    """So many ticks at most, at round places; at whole numbers only where that is asked for."""
    from matplotlib.ticker import MaxNLocator

    axis.set_major_locator(MaxNLocator(most, integer=integer))


def smallest_line(axes: Axes, smallest: float | None, better: str, lang: str, *, upright: bool = False) -> list[Line2D]:
    """The smallest effect of interest, on the wanted side of zero; for a legend, where its name does not stand above it.

    On a level line the name would lie over what is drawn: it belongs into the figure's legend.
    """
    if smallest is None:
        return []
    from matplotlib.lines import Line2D

    place = smallest if better == "higher" else -smallest
    said, look = say("titles-smallest", lang), {"color": GREY, "lw": 0.9, "ls": (0, (5, 3))}
    if upright:
        axes.axvline(place, zorder=0, **look)
        axes.text(place, 1.0, f" {said}", transform=axes.get_xaxis_transform(), fontsize=6.5, color=SOFT, va="bottom")
        return []
    axes.axhline(place, zorder=1.5, **look)
    return [Line2D([], [], label=said, **look)]


def decimals_for(rows: pd.DataFrame) -> int:
    """Decimals that an axis over these intervals needs."""
    spread = float(np.nanmax(rows["high"]) - np.nanmin(rows["low"]))
    return int(np.clip(1 - np.floor(np.log10(max(spread, 1e-6))), 0, 4))
