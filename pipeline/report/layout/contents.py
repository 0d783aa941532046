"""The contents of the page, as Pandoc's own writers make them: a list of links, a list inside it for each level."""

from __future__ import annotations

import copy
from typing import Any

from pipeline.report.layout.parts import attr, plain, rewritten
from pipeline.report.nodes import Node


def table_of_contents(blocks: list[Node], levels: int) -> Node:
    """Headings of the first levels as a list of links.

    Args:
        blocks: The document's, with its headings at the top.
        levels: How many.
    """
    root: list[Any] = []
    open_lists: list[tuple[int, list[Any]]] = [(0, root)]
    for header in blocks:
        if header["t"] != "Header":
            continue
        level = header["c"][0]
        while open_lists[-1][0] >= level:
            open_lists.pop()
        here = open_lists[-1][1]
        inside: list[Any] = []
        if level <= levels and "unlisted" not in header["c"][1][1]:
            here.append((_entry(header), inside))
        open_lists.append((level, inside))
    return _listed(root)


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
