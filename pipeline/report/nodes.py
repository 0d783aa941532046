"""Parts of Pandoc's JSON, in the order of the text."""

from __future__ import annotations

from collections.abc import Set
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
    waiting = [tree]
    passed = WORDS - kinds
    while waiting:
        here = waiting.pop()
        if type(here) is dict:
            if here.get("t") in kinds:
                out.append(here)
            here = here.values()
        waiting += [p for p in here if type(p) is list or (type(p) is dict and p.get("t") not in passed)][::-1]
    return out


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
