"""Parts of Pandoc's JSON, in the order of the text."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

Node = dict[str, Any]


def found(tree: Any, kinds: Set[str]) -> list[Node]:
    """Every element of one of these kinds, an outer one before those inside it."""
    out: list[Node] = []
    waiting = [tree]
    while waiting:
        here = waiting.pop()
        if type(here) is dict:
            if here.get("t") in kinds:
                out.append(here)
            here = here.values()
        waiting += [part for part in here if type(part) is list or type(part) is dict][::-1]
    return out
