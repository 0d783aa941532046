"""Parts of Pandoc's JSON, in the order of the text."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

Node = dict[str, Any]


_WORDS = frozenset({"Str", "Space", "SoftBreak"})
"""Kinds that hold nothing: three elements in four of a text."""


def found(tree: Any, kinds: Set[str]) -> list[Node]:
    """Every element of one of these kinds, an outer one before those inside it."""
    out: list[Node] = []
    waiting = [tree]
    passed = _WORDS - kinds
    while waiting:
        here = waiting.pop()
        if type(here) is dict:
            if here.get("t") in kinds:
                out.append(here)
            here = here.values()
        waiting += [p for p in here if type(p) is list or (type(p) is dict and p.get("t") not in passed)][::-1]
    return out
