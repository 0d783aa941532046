"""Names that only look alike: the same unit written in two ways, or two units that one must not take for one.

What nobody can see (blanks of other kinds, characters of no width) is gone when a cell is read (`cells.clean_text`). What
is left are differences that a person sees and may overlook: case, leading zeros, a `.0`, kinds of hyphens and
apostrophes, letters of other scripts that look like Latin ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_LOOKS = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("’‘`´ʼʻ", "'"), **dict.fromkeys("“”", '"'),
        **dict(zip("аеорсухіјѕԁһӏАВЕКМНОРСТХІЈЅ", "aeopcyxijsdhlABEKMHOPCTXIJS", strict=True)),
        **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo", strict=True)),
    }
)  # fmt: skip
_FLOAT = re.compile(r"(\d+)[.,]0+", re.ASCII)
_ZEROS = re.compile(r"(?<![\d.,])0+(?=\d)", re.ASCII)


def plain_name(text: str) -> str:
    """A name that a program wrote as a decimal number, without the decimals that are 0: "12.0" is "12"."""
    found = _FLOAT.fullmatch(text)
    return found[1] if found else text


def look(text: str) -> str:
    """What names that look alike have in common."""
    plain = unicodedata.normalize("NFKC", plain_name(text).translate(_LOOKS)).casefold()
    return _ZEROS.sub("", " ".join(plain.split()).strip(" .,;:"))


def alike(texts: Iterable[str]) -> list[tuple[str, ...]]:
    """Groups of different texts that look alike, each in the order in which it first stands."""
    groups: dict[str, dict[str, None]] = {}
    for text in texts:
        groups.setdefault(look(text), {})[text] = None
    return [tuple(group) for group in groups.values() if len(group) > 1]
