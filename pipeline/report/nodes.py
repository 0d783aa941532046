"""Parts of Pandoc's JSON in the order of the text, and the walk in which they are exchanged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from typing import Any

Node = dict[str, Any]

WORDS = frozenset({"Str", "Space", "SoftBreak"})
"""Kinds that hold nothing: three elements in four of a text."""
_SPOKEN = {"Space": " ", "SoftBreak": " ", "LineBreak": " "}
_QUOTES = {"SingleQuote": ("\N{LEFT SINGLE QUOTATION MARK}", "\N{RIGHT SINGLE QUOTATION MARK}"),
    "DoubleQuote": ("\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}")}  # fmt: skip


def found(tree: Any, kinds: Set[str]) -> list[Node]:
    """Every element of one of these kinds, an outer one before those inside it."""
    out: list[Node] = []
    _find([tree], kinds, WORDS - kinds, out)
    return out


def _find(items: Iterable[Any], kinds: Set[str], passed: Set[str], out: list[Node]) -> None:
    for item in items:
        if type(item) is list:
            _find(item, kinds, passed, out)
        elif type(item) is dict:
            kind = item.get("t")
            if kind in passed:
                continue
            if kind in kinds:
                out.append(item)
            inside = item if kind is None else item.get("c")
            if type(inside) is dict:
                _find(inside.values(), kinds, passed, out)
            elif type(inside) is list:
                _find(inside, kinds, passed, out)


def plain_text(part: Any) -> str:
    """The words of an element, of a list of them, or of a value of the metadata, without their form."""
    if type(part) is list:
        return "".join(map(plain_text, part))
    if type(part) is not dict:
        return ""
    kind: Any = part.get("t")
    inside: Any = part.get("c")
    if kind in ("Str", "MetaString"):
        return str(inside)
    if kind in _SPOKEN:
        return _SPOKEN[kind]
    if kind in ("Code", "Math"):
        return str(inside[1])
    if kind == "Quoted":
        before, after = _QUOTES[inside[0]["t"]]
        return before + plain_text(inside[1]) + after
    if kind in ("Span", "Link", "Image", "Cite"):
        return plain_text(inside[1])
    if kind == "MetaMap":
        return "".join(map(plain_text, inside.values()))
    return "" if kind == "Note" else plain_text(inside)


def string(text: str) -> Node:
    """A word, or several that no line parts."""
    return {"t": "Str", "c": text}


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
