"""One remark of a reviewer, and what may be kept of it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

KINDS = ("comment", "insertion", "deletion")
STATES = ("open", "accepted", "rejected", "answered")
MASK = "[…]"
_PERSONAL = re.compile(r"\b\d(?:[ .-]?\d){9,}\b|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
"""Ten digits or more (numbers of identity, of staff, of pupils, telephones), and addresses of electronic mail."""


@dataclass(frozen=True)
class Remark:
    """What a reviewer wrote, and where.

    Attributes:
        kind: One of `KINDS`.
        place: Name of the paragraph, table, figure or heading at which it begins ("p-…", "tbl-…", "fig-…", "sec-…").
        until: Where it ends, if in another place.
        number: Name of the number that it begins at ("n-…"), if at one.
        by: Initials of the reviewer; no more is kept.
        date: As it is written in the document.
        text: The remark, or the words put in or taken out.
        about: The words that it is fastened to.
        done: Whether the document itself says that it is dealt with.
    """

    kind: str
    place: str
    by: str
    date: str
    text: str
    about: str = ""
    until: str = ""
    number: str = ""
    done: bool = False

    @property
    def key(self) -> str:
        """The same for the same remark, in whichever file it comes back."""
        parts = (self.kind, self.place, self.by, self.date, self.text)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:10]


def initials(author: str, given: str = "") -> str:
    """Initials of a person, four letters at most: those that the document gives, or of the name's words; "?" of nobody."""
    short = re.sub(r"[^\w]", "", given)
    if not 0 < len(short) <= 4:
        short = "".join(word[0] for word in re.findall(r"[^\W\d_]+", author))[:4]
    return short.upper() or "?"


def kept(text: str) -> str:
    """A text as it is kept: one blank between words, numbers of persons and addresses taken out."""
    return _PERSONAL.sub(MASK, " ".join(text.split()))
