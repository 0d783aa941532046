"""Cells: what every text goes through on its way in, and a workbook's values as text."""

from __future__ import annotations

import datetime as dt
import unicodedata
from functools import lru_cache

# Zero-width blanks and joiners, direction marks, soft hyphens and byte-order marks: seen by nobody, they make two of one.
_UNSEEN = dict.fromkeys(
    [0x00AD, 0x061C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF]
)
# A spreadsheet holds 15 significant digits; beyond 2**53 a float steps over whole numbers.
_EXACT_LIMIT = 10**15


@lru_cache(maxsize=65536)
def clean_text(text: str) -> str | None:
    """A text without what cannot be seen: None if nothing is left.

    Characters of no width go, blanks of every kind become single plain ones, none stands at the ends, and accents are
    composed (Unicode NFC). Nothing else is changed.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.translate(_UNSEEN))
    return " ".join(text.split()) or None


def cell_text(value: object, decimal: str = ".") -> str | None:
    """A workbook's cell as text in the number style `decimal`; None where blank.

    A whole number that a floating-point cell cannot tell from its neighbours is given in exponent form, so that the
    readers of identifiers see that digits are lost.
    """
    if value is None:
        return None
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        lost = abs(value) >= _EXACT_LIMIT and int(float(value)) == value
        return f"{value:.14E}" if lost else str(value)
    if isinstance(value, float):
        return _float_text(value, decimal)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    if isinstance(value, dt.date):
        return value.isoformat()
    return clean_text(str(value))


def is_blank(value: object) -> bool:
    """Whether a cell holds nothing: None, not a number, or a text of blanks."""
    return value is None or value == "" or value != value or (isinstance(value, str) and not value.strip())


def _float_text(value: float, decimal: str) -> str | None:
    if value != value:
        return None
    if abs(value) >= _EXACT_LIMIT:
        return f"{value:.14E}"  # "INF" and "-INF" come out of this, too
    if value.is_integer():
        return str(int(value))
    plain = repr(value)
    if "e" in plain:
        plain = f"{value:.15f}".rstrip("0")
    return plain.replace(".", decimal)
