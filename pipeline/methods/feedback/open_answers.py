"""Open answers: made free of names and identifiers, and read for themes; never quoted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

MARK = "[…]"
_TITLE = (
    r"(?:bapak|pak|bpk|ibu|bu|sdr|sdri|saudara|saudari|mentor|kepala|guru|dokter|ustadz|ustaz|mr|mrs|ms|drs|dra|dr|prof|"
    r"h|hj|ir)"
)
_UNIT = r"sdn?|smpn?|sekolah|puskesmas|kantor camat|kecamatan|kelurahan"
_PATTERNS = (
    re.compile(r"\S+@\S+\.\S+"),  # e-mail
    re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE),
    re.compile(r"(?<!\d)\+?\d(?:[\s.\-/]{0,3}\d){5,}(?!\d)"),  # telephone and identity numbers, blanks and dots inside
    # A title and the capitalised words behind it: Pak Budi Siregar, Dr. A. Lubis, Ibu Kepala Sari
    re.compile(rf"\b(?i:{_TITLE})\b\.?(?:\s+(?i:{_TITLE})\b\.?)*(?:\s+[A-Z][\w'’.-]*)+"),
    # A unit by kind and name or number: SDN 060874, UPT SMPN 3, Puskesmas Helvetia
    re.compile(rf"\b(?i:upt\s+)?(?i:{_UNIT})\s+(?:[A-Z]\w*|\d+)(?:\s+[A-Z]\w*)*"),
    re.compile(r"(?<=[a-z,;:] )[A-Z][a-z]+(?:\s+[A-Z][a-z]+)+"),  # two capitalised words within a sentence: a name
)  # fmt: skip


def redact(text: str, names: Iterable[str] = ()) -> str:
    """The text without what could name a person or a unit.

    Args:
        text: An open answer.
        names: Names known to occur, such as those of the roster; each is taken out whatever its case.

    Returns:
        The text with `MARK` in place of e-mail and web addresses, runs of six or more digits, titles with the names
        behind them, units by name or number, known names, and pairs of capitalised words within a sentence. It errs on
        the side of taking out too much, for the themes need only common words.
    """
    for pattern in _PATTERNS:
        text = pattern.sub(MARK, text)
    for name in sorted(names, key=len, reverse=True):
        if name.strip():
            text = re.sub(rf"\b{re.escape(name.strip())}\b", MARK, text, flags=re.IGNORECASE)
    return text


def themes(text: str, keywords: Mapping[str, Sequence[str]]) -> set[str]:
    """Names of the themes that an answer touches: one of whose keywords begins a word of it (case and accents aside).

    Args:
        text: An answer.
        keywords: Those of each theme, by its name.
    """
    body = _plain(text)
    words = re.findall(r"\w+", body)
    return {name for name, keys in keywords.items() if any(_touches(_keyword(key), body, words) for key in keys)}


def _touches(keyword: str, body: str, words: list[str]) -> bool:
    if " " in keyword:
        return f" {keyword}" in f" {body}"
    return any(word.startswith(keyword) for word in words)


@lru_cache(maxsize=4096)
def _keyword(text: str) -> str:
    """A keyword as it is compared; every answer is held against the same few."""
    return _plain(text)


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(char for char in decomposed if not unicodedata.combining(char)).split())
