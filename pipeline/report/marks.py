"""Stable names of places in a report, and the bookmarks that carry them in a DOCX.

A paragraph is named by its message and, where it is about an outcome, by that; a number by its entry in the ledger. Of
several the second, third … are counted. So a name stays when other paragraphs come and go, and is the same in every
language.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter

KINDS = {"p": "_p_", "n": "_n_", "tbl": "_Ref_", "fig": "_Ref_", "sec": "_Ref_", "eq": "_Ref_"}
"""Beginning of an id -> beginning of its bookmark; those of paragraphs and numbers leave the id's own beginning out."""


class Names:
    """Gives each place its name; asked in the order of the text."""

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()

    def name(self, kind: str, *parts: str) -> str:
        """ "p-outcomes-judge-literacy", and "p-outcomes-judge-literacy-2" when it is asked for again."""
        base = "-".join([kind, *(re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-") for part in parts if part)])
        self._given[base] += 1
        return base if self._given[base] == 1 else f"{base}-{self._given[base]}"


def bookmark(identifier: str) -> str:
    """The bookmark of a place: letters, digits and underscores, forty at most, as Word wants them."""
    kind, _, rest = identifier.partition("-")
    name = KINDS.get(kind, "_Ref_") + re.sub(r"[^A-Za-z0-9]", "_", rest if kind in ("p", "n") else identifier)
    return name if len(name) <= 40 else f"{name[:31]}_{_digest(identifier)}"


def origin(study: str, edition: int, lang: str) -> str:
    """The bookmark on the cover by which a returned DOCX is known to be of a study, an edition and a language."""
    given = f"{study}-{edition}-{lang}"
    name = "_of_" + re.sub(r"[^A-Za-z0-9]", "_", given)
    return name if len(name) <= 40 else f"{name[:31]}_{_digest(given)}"


def _digest(text: str) -> str:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:8]
