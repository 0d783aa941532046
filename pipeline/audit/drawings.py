"""Reading figures back: the points that an SVG draws, as data of the figure's axes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"[-+]?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][-+]?\d+)?")


@dataclass(frozen=True)
class Line:
    """One drawn path: the id of its group, and its vertices in the drawing's own units."""

    group: str
    points: tuple[tuple[float, float], ...]


def lines(svg: Path) -> list[Line]:
    """Every path of a figure outside its letters, with its vertices: what a reader with an editor sees.

    Args:
        svg: A figure that Matplotlib wrote.
    """
    root = etree.parse(svg).getroot()
    found = []
    for path in root.iter(f"{_SVG}path"):
        if any(parent.tag == f"{_SVG}defs" for parent in path.iterancestors()):
            continue
        numbers = [float(n) for n in _NUMBER.findall(path.get("d", ""))]
        group = next((p.get("id") for p in path.iterancestors() if p.get("id")), "")
        found.append(Line(group, tuple(zip(numbers[::2], numbers[1::2], strict=False))))
    return found


def marks(svg: Path) -> int:
    """How many marks (scatter points, rug lines) a figure sets: uses of one symbol within one collection or line."""
    root = etree.parse(svg).getroot()
    most = 0
    for group in root.iter(f"{_SVG}g"):
        name = group.get("id", "")
        if name.startswith(("PathCollection", "line2d")):
            most = max(most, len(list(group.iter(f"{_SVG}use"))))
    return most


def most_points(svg: Path) -> int:
    """The largest number of vertices in one path, or of marks in one series: a figure of persons has as many as persons."""
    return max([marks(svg), *(len(line.points) for line in lines(svg))], default=0)
