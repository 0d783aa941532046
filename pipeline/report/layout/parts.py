"""Parts of Pandoc's JSON that layouts put together, and the walk in which they exchange elements."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pipeline.report.nodes import WORDS, Node

Change = Mapping[str, Callable[[Node], "Node | list[Node] | None"]]
"""By kind what becomes of an element: itself (None), another one, or several in its place."""


def rewritten(items: list[Any], change: Change, *, outer_first: bool = False) -> list[Any]:
    """A list with its elements exchanged; those inside are changed in place.

    Args:
        items: Elements, or lists of them as they stand inside elements.
        change: What becomes of which.
        outer_first: An outer element is asked before those inside it, and what has become of it is not looked through.
    """
    out: list[Any] = []
    for item in items:
        if type(item) is list:
            out.append(rewritten(item, change, outer_first=outer_first))
            continue
        kind = item.get("t") if type(item) is dict else None
        if kind is None or kind in WORDS:
            out.append(item)
            continue
        made = change[kind](item) if outer_first and kind in change else None
        if made is None:
            inside = item.get("c")
            if type(inside) is list:
                item["c"] = rewritten(inside, change, outer_first=outer_first)
            elif type(inside) is dict:  # a map of the metadata
                rewrite_values(inside, change, outer_first=outer_first)
            made = change[kind](item) if not outer_first and kind in change else None
        if made is None:
            out.append(item)
        elif type(made) is list:
            out += made
        else:
            out.append(made)
    return out


def rewrite_values(values: dict[str, Any], change: Change, *, outer_first: bool = False) -> None:
    """The same in the values of a map, such as the metadata."""
    for key, value in values.items():
        (values[key],) = rewritten([value], change, outer_first=outer_first)


def attr(name: str = "", classes: str = "", **pairs: str) -> list[Any]:
    """An element's id, classes and attributes; an underscore in a key stands for a hyphen."""
    return [name, classes.split(), [[key.replace("_", "-"), value] for key, value in pairs.items()]]


def string(text: str) -> Node:
    return {"t": "Str", "c": text}


def plain(*inlines: Node) -> Node:
    return {"t": "Plain", "c": list(inlines)}


def para(inlines: list[Node]) -> Node:
    return {"t": "Para", "c": inlines}


def span(inlines: list[Node], classes: str) -> Node:
    return {"t": "Span", "c": [attr(classes=classes), inlines]}


def div(blocks: list[Node], attributes: list[Any]) -> Node:
    return {"t": "Div", "c": [attributes, blocks]}


def raw_inline(kind: str, code: str) -> Node:
    return {"t": "RawInline", "c": [kind, code]}


def raw_block(kind: str, code: str) -> Node:
    return {"t": "RawBlock", "c": [kind, code]}


def meta_inlines(*inlines: Node) -> Node:
    return {"t": "MetaInlines", "c": list(inlines)}


def meta_blocks(*blocks: Node) -> Node:
    return {"t": "MetaBlocks", "c": list(blocks)}


def classes_of(element: Node) -> list[str]:
    """Classes of a Div, Span or Link; none of other elements."""
    found: list[str] = element["c"][0][1] if element["t"] in ("Div", "Span", "Link") else []
    return found


def attribute(attributes: list[Any], key: str) -> str | None:
    return next((value for name, value in attributes[2] if name == key), None)


def take(attributes: list[Any], key: str) -> str | None:
    """An attribute's value; it is gone afterwards."""
    value = attribute(attributes, key)
    attributes[2] = [pair for pair in attributes[2] if pair[0] != key]
    return value


def unmarked(items: list[Any]) -> list[Any]:
    """Elements without marks of numbers and places."""
    return rewritten(items, {"Span": without_mark})


def without_mark(element: Node) -> list[Node] | None:
    """What stands in the place of a marked number (its words) or of a reviewer's place (nothing)."""
    if "entry" in classes_of(element):
        words: list[Node] = element["c"][1]
        return words
    return [] if "place" in classes_of(element) else None
