"""The 21 kecamatan of Kota Medan and the ways in which offices spell them.

Trap: "Medan Kota Belawan" is Kemdikbud's name of Medan Belawan, while "Medan Kota" is another kecamatan and "Kota
Medan" is the city. Prefixes therefore prove nothing; only whole names are compared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz import fuzz, process

KECAMATAN = tuple(
    f"Medan {name}"
    for name in (
        "Amplas Area Barat Baru Belawan Deli Denai Helvetia Johor Kota Labuhan Maimun Marelan Perjuangan Petisah Polonia "
        "Selayang Sunggal Tembung Timur Tuntungan"
    ).split()
)
_NAMES = {name.removeprefix("Medan ").casefold(): name for name in KECAMATAN}
_ALIASES = {
    "kota belawan": "Medan Belawan",
    "belawan kota": "Medan Belawan",
    "maimoon": "Medan Maimun",
    "maimon": "Medan Maimun",
    "labuan": "Medan Labuhan",
    "helvet": "Medan Helvetia",
}
THRESHOLD = 85.0
"""Least likeness (0-100, rapidfuzz ratio of the name without "Medan") for a misspelling to be read."""
MARGIN = 10.0
"""Least distance to the second-best kecamatan; nearer ones are ambiguous."""


@dataclass(frozen=True)
class Place:
    """What a spelling stands for: the canonical name or None, and how that was found."""

    name: str | None
    how: Literal["exact", "alias", "misspelt", "ambiguous", "unknown"]


@lru_cache(maxsize=4096)
def match_kecamatan(text: str | None) -> Place:
    """The kecamatan that a spelling stands for.

    "exact" is the canonical spelling itself; "alias" differs in case, blanks, "Kec.", "Mdn." or is a known other name;
    "misspelt" was found by likeness above `THRESHOLD` with `MARGIN` to the next; the rest has no name.
    """
    if text in KECAMATAN:
        return Place(text, "exact")
    name = _core(text or "")
    if name in _NAMES or name in _ALIASES:
        return Place(_NAMES.get(name) or _ALIASES[name], "alias")
    choices = {**_NAMES, **_ALIASES}
    scores: dict[str, float] = {}
    for choice, score, _ in process.extract(name, list(choices), scorer=fuzz.ratio, limit=None):
        canonical = choices[choice]
        scores[canonical] = max(score, scores.get(canonical, 0.0))
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    if not name or ranked[0][1] < THRESHOLD:
        return Place(None, "unknown")
    if ranked[0][1] - ranked[1][1] < MARGIN:
        return Place(None, "ambiguous")
    return Place(ranked[0][0], "misspelt")


def _core(text: str) -> str:
    """The spelling without case, marks, "Kecamatan" and the leading "Medan"."""
    words = re.sub(r"[^a-z ]+", " ", text.casefold()).split()
    while words and words[0] in {"kec", "kecamatan"}:
        words = words[1:]
    if words and words[0] in {"medan", "mdn", "med"}:
        words = words[1:]
    return " ".join(words)
