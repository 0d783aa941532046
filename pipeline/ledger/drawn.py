"""What a figure draws, as data: every mark with its place on the axes, unrounded, by panel and series.

It is read from the drawn figure, so that it holds what the picture shows and nothing else: what the gate took out of the
picture is not in it. A diagram without marks gives its texts.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

COLUMNS = ("panel", "series", "mark", "x", "y", "x_end", "y_end", "x_name", "y_name", "x_axis", "y_axis", "text")
"""Panel's title; series as in the legend; kind of mark; its place, and its end where it is a stretch; the names that the
axes give to these places; the axes' labels, which tell units; the text, of diagrams."""
NUMBERS = frozenset({"x", "y", "x_end", "y_end"})
DIGITS = 12
"""Significant digits that are kept: what comes after them is the noise of laying marks out."""
Row = dict[str, Any]


def drawn(figure: Figure) -> list[Row]:
    """The marks of a figure that has been saved, in the order in which they were drawn; columns that are empty throughout
    are left out."""
    shown = [axes for axes in figure.get_axes() if axes.get_visible()]
    legend = _legend(figure, shown)
    rows = [row for axes in shown for row in _marks(axes, legend)] or [row for axes in shown for row in _texts(axes)]
    used = [name for name in COLUMNS if any(row.get(name) is not None for row in rows)]
    return [{name: row.get(name) for name in used} for row in rows]


def _marks(axes: Axes, legend: Mapping[Any, str]) -> Iterator[Row]:
    from matplotlib.container import ErrorbarContainer

    caps = {id(cap) for held in axes.containers if isinstance(held, ErrorbarContainer) for cap in held.lines[1]}
    labels = {id(part): str(held.get_label() or "") for held in axes.containers for part in _parts(held)}
    common = {"panel": axes.get_title() or axes.get_title(loc="left") or None}
    common |= {"x_axis": axes.get_xlabel() or None, "y_axis": axes.get_ylabel() or None}
    x_names, y_names = _names(axes.xaxis), _names(axes.yaxis)
    for artist in axes.get_children():
        if not artist.get_visible() or id(artist) in caps:
            continue
        series = _series(artist, labels, legend)
        for mark, x, y, x_end, y_end in _places(artist, axes, bars=id(artist) in labels):
            if math.isfinite(x) and math.isfinite(y):
                place = {"x": _plain(x), "y": _plain(y), "x_end": _plain(x_end), "y_end": _plain(y_end)}
                told = {"x_name": _nearest(x_names, x, x_end), "y_name": _nearest(y_names, y, y_end)}
                yield {**common, "series": series, "mark": mark, **place, **told}


def _places(artist: Any, axes: Axes, *, bars: bool) -> Iterator[tuple[str, float, float, float, float]]:
    """Kind and place of each mark of an artist that stands in the axes' own units, with its end (no number where none)."""
    from matplotlib.collections import LineCollection, PathCollection, PolyCollection
    from matplotlib.lines import Line2D
    from matplotlib.patches import Rectangle

    if isinstance(artist, PathCollection):
        if artist.get_offset_transform() == axes.transData:
            offsets: Any = artist.get_offsets()
            yield from (("points", float(x), float(y), math.nan, math.nan) for x, y in offsets.filled(math.nan))
    elif isinstance(artist, Rectangle):
        if bars:
            left, bottom = artist.get_xy()
            yield "bar", left, bottom, left + artist.get_width(), bottom + artist.get_height()
    elif artist.get_transform() != axes.transData:
        return
    elif isinstance(artist, Line2D):
        kind = "points" if _is_points(artist) else "line"
        points: Any = artist.get_xydata()
        yield from ((kind, float(x), float(y), math.nan, math.nan) for x, y in points)
    elif isinstance(artist, LineCollection):
        for segment in artist.get_segments():
            if len(segment):  # one without ends is not drawn
                yield "interval", *map(float, segment[0]), *map(float, segment[-1])  # type: ignore[misc]
    elif isinstance(artist, PolyCollection):
        for path in artist.get_paths():
            corners: Any = path.vertices
            yield from (("area", float(x), float(y), math.nan, math.nan) for x, y in corners)


def _texts(axes: Axes) -> Iterator[Row]:
    """A diagram's texts from the top, line by line from the left."""
    texts = [text for text in axes.texts if text.get_visible() and text.get_text().strip()]
    placed = [(text.get_position(), " ".join(text.get_text().split())) for text in texts]
    for (_, _), said in sorted(placed, key=lambda pair: (-round(float(pair[0][1]), 2), float(pair[0][0]))):
        yield {"panel": axes.get_title() or None, "mark": "text", "text": said}


def _parts(held: Any) -> list[Any]:
    """The marks of a container: bars, or the points and bars of intervals."""
    parts: list[Any] = []
    for part in held:
        parts += list(part) if isinstance(part, tuple) else [part]
    return [part for part in parts if part is not None]


def _series(artist: Any, labels: Mapping[int, str], legend: Mapping[Any, str]) -> str | None:
    """A series' name: its own, its container's, or that of the legend's entry of the same look."""
    for label in (artist.get_label(), labels.get(id(artist), "")):
        if label and not str(label).startswith("_"):
            return str(label)
    return legend.get(_look(artist)) or (None if _is_points(artist) else legend.get(_colour(artist)))


def _legend(figure: Figure, shown: list[Axes]) -> dict[Any, str]:
    """Names in the legends by look; and by colour, of lines and areas, where only one entry has it."""
    legends = [*figure.legends, *(held for axes in shown if (held := axes.get_legend()) is not None)]
    found: dict[Any, str] = {}
    colours: dict[Any, list[str]] = {}
    for held in legends:
        for handle, text in zip(held.legend_handles, held.get_texts(), strict=True):
            found[_look(handle)] = text.get_text()
            if not _is_points(handle):
                colours.setdefault(_colour(handle), []).append(text.get_text())
    alone = {colour: names[0] for colour, names in colours.items() if len(set(names)) == 1 and colour is not None}
    return {**alone, **found}


def _is_points(artist: Any) -> bool:
    from matplotlib.collections import PathCollection
    from matplotlib.lines import Line2D

    lone = isinstance(artist, Line2D) and artist.get_linestyle() in ("None", "", " ")
    return lone or isinstance(artist, PathCollection)


def _colour(artist: Any) -> str | None:
    from matplotlib.colors import to_hex

    for name in ("get_facecolor", "get_color", "get_edgecolor"):
        value: Any = getattr(artist, name, lambda: None)()
        try:
            return to_hex(value[0] if getattr(value, "ndim", 0) == 2 else value)
        except (ValueError, TypeError, IndexError):
            continue
    return None


def _look(artist: Any) -> tuple[str | None, ...]:
    """What tells series apart to the eye: kind, colour, symbol and its filling."""
    symbol = getattr(artist, "get_marker", lambda: None)()
    filling = getattr(artist, "get_markerfacecolor", lambda: None)()
    return (type(artist).__name__, _colour(artist), str(symbol), str(filling))


def _names(axis: Axis) -> dict[float, str]:
    """The words of an axis's ticks, by place; none where they are the places' own numbers.

    Panels that share an axis have its words each, though the picture writes them once.
    """
    places = axis.get_majorticklocs()
    # asked of the formatter: the axis would make each tick anew to say the same
    ticks = zip(places, axis.get_major_formatter().format_ticks(list(places)), strict=True)
    words = {float(place): " ".join(label.split()) for place, label in ticks}
    own = [_is_number(word, place) for place, word in words.items() if word]
    return {} if all(own) else {place: word for place, word in words.items() if word}


def _is_number(word: str, place: float) -> bool:
    """Whether a label says its place, in whatever language: 1.234,5 or 1,234.5."""
    digits = word.replace("\u2212", "-").rstrip(" %\u00a0")
    for mark, group in ((",", "."), (".", ",")):
        try:
            if abs(float(digits.replace(group, "").replace(mark, ".")) - place) <= 0.01 * max(1.0, abs(place)):
                return True
        except ValueError:
            continue
    return False


def _nearest(names: Mapping[float, str], start: float, end: float) -> str | None:
    """The name of the tick that a mark, or the middle of a stretch, stands at or beside."""
    if not names:
        return None
    place = (start + end) / 2 if math.isfinite(end) else start
    ticks = sorted(names)
    apart = min((b - a for a, b in pairwise(ticks)), default=1.0)
    near = min(ticks, key=lambda tick: abs(tick - place))
    return names[near] if abs(near - place) < apart / 2 else None


def _plain(value: float) -> float | None:
    return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None
