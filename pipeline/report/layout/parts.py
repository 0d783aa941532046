"""Parts of Pandoc's JSON that layouts put together, and what they ask of them."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from pipeline.report.nodes import Node, rewritten


def attr(name: str = "", classes: str = "", **pairs: str) -> list[Any]:
    """An element's id, classes and attributes; an underscore in a key stands for a hyphen."""
    return [name, classes.split(), [[key.replace("_", "-"), value] for key, value in pairs.items()]]


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


def escaped(text: str) -> str:
    """A text as XML and HTML hold it, in attributes too."""
    return escape(text, {'"': "&quot;"})
