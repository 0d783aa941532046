"""The contents of the page, as Pandoc's own writers make them: a list of links, a list inside it for each level."""

from __future__ import annotations

import copy
from typing import Any

from pipeline.report.layout.parts import attr, plain
from pipeline.report.nodes import Node, rewritten

CONTENTS_TO = 2
"""Levels of headings in the contents, of any format."""


def table_of_contents(blocks: list[Node], levels: int) -> Node:
    """Headings of the first levels as a list of links.

    Args:
        blocks: The document's, with its headings at the top, or at the beginning of a Div that is a section.
        levels: How many.
    """
    root: list[Any] = []
    _gather(blocks, levels, [(0, root)])
    return _listed(root)


def _gather(blocks: list[Node], levels: int, open_lists: list[tuple[int, list[Any]]]) -> None:
    """Put each heading into the innermost open list of a higher level."""
    for block in blocks:
        level = _first_level(block)
        if level is None:
            continue
        while open_lists[-1][0] >= level:
            open_lists.pop()
        if block["t"] == "Div":
            if _is_section(block["c"][1]):
                _gather(block["c"][1], levels, list(open_lists))
            continue
        inside: list[Any] = []
        if level <= levels and "unlisted" not in block["c"][1][1]:
            open_lists[-1][1].append((_entry(block), inside))
        open_lists.append((level, inside))


def _first_level(block: Node) -> int | None:
    """Level of a heading, or of the one that a Div begins with; None for other blocks."""
    if block["t"] == "Div":
        return _first_level(block["c"][1][0]) if block["c"][1] else None
    return int(block["c"][0]) if block["t"] == "Header" else None


def _is_section(blocks: list[Node]) -> bool:
    """Whether blocks begin with a heading, and all others among them are below it."""
    if not blocks or blocks[0]["t"] != "Header":
        return False
    return all(block["c"][0] > blocks[0]["c"][0] for block in blocks[1:] if block["t"] == "Header")


def _listed(entries: list[Any]) -> Node:
    items = [[entry, *([_listed(inside)] if inside else [])] for entry, inside in entries]
    return {"t": "BulletList", "c": items}


def _entry(header: Node) -> Node:
    """The heading's words without notes, links and ids, as a link to it."""
    name, inlines = header["c"][1][0], copy.deepcopy(header["c"][2])
    words = rewritten(inlines, {"Note": lambda _: [], "Link": lambda link: link["c"][1], "Span": _without_id})
    if not name:
        return plain(*words)
    return plain({"t": "Link", "c": [attr(f"toc-{name}"), words, [f"#{name}", ""]]})


def _without_id(span: Node) -> None:
    span["c"][0][0] = ""
