"""Numbers, percentages, p-values, intervals, periods and dates as a language prints them.

Nothing here ever prints "nan" or "None": a value that is missing or not finite raises `RenderError`.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal

from pipeline.errors import RenderError
from pipeline.languages.catalogue import catalogue, say
from pipeline.languages.known import languages
from pipeline.periods import MONTHS_FROM, QUARTERS_FROM, PeriodKind, period_text

MINUS = "\u2212"
NBSP = "\u00a0"

_WORD = re.compile(r"\w+")


def number(value: float | None, lang: str, decimals: int = 0, *, signed: bool = False, grouped: bool = True) -> str:
    """A number with fixed decimals, grouped thousands and U+2212 for minus; a value that rounds to zero has no sign.

    Args:
        value: The number.
        lang: Language, such as "id" (1.234,5) or "en" (1,234.5).
        decimals: Digits after the decimal mark.
        signed: Print a plus sign before positive numbers.
        grouped: Group thousands.

    Raises:
        RenderError: The value is missing or not finite, or the language is unknown.
    """
    finite = _finite(value)
    _check(lang)
    pattern = ("#,##0" if grouped else "0") + ("." + "0" * decimals if decimals else "")
    digits = _digits(abs(finite), pattern, _babel(lang))
    if not digits.strip("0.,"):
        return digits
    sign = MINUS if finite < 0 else "+" if signed else ""
    return sign + digits


@lru_cache(maxsize=1 << 16)
def _digits(size: float, pattern: str, locale: Locale) -> str:
    """A size in a pattern; a number stands in a table, in the text and beside it."""
    return str(format_decimal(size, format=pattern, locale=locale, decimal_quantization=True))


def integer(value: float | None, lang: str) -> str:
    """A whole number with grouped thousands.

    Raises:
        RenderError: The value is missing or not a whole number.
    """
    finite = _finite(value)
    if finite != round(finite):
        raise RenderError(f"{finite!r} was to be printed as a whole number, but is none.", expected="a count")
    return number(finite, lang)


def percent(value: float | None, lang: str, decimals: int = 1) -> str:
    """A percentage, given as such (57.3 prints as 57,3% and 57.3%)."""
    return number(value, lang, decimals) + "%"


def share(value: float | None, lang: str, decimals: int = 1) -> str:
    """A percentage, given as a fraction (0.573 prints as 57,3%)."""
    return percent(_finite(value) * 100, lang, decimals)


def p_value(value: float | None, lang: str, decimals: int = 3) -> str:
    """A p-value for a table cell: fixed decimals, or "< 0,001" below the last digit.

    Raises:
        RenderError: The value is missing or outside 0 to 1.
    """
    finite = _finite(value)
    if not 0 <= finite <= 1:
        raise RenderError(f"{finite!r} is no p-value.", expected="a number between 0 and 1")
    least = 10.0**-decimals
    return f"<{NBSP}{number(least, lang, decimals)}" if finite < least else number(finite, lang, decimals)


def p_sentence(value: float | None, lang: str, decimals: int = 3) -> str:
    """A p-value inside a sentence: "*p* = 0,012" or "*p* < 0,001" (Markdown)."""
    shown = p_value(value, lang, decimals)
    return f"*p*{NBSP}{shown}" if shown.startswith("<") else f"*p*{NBSP}={NBSP}{shown}"


def interval(low: float | None, high: float | None, lang: str, decimals: int = 3) -> str:
    """The two ends of an interval inside a sentence: "0,056 sampai 0,168".

    Raises:
        RenderError: An end is missing, or they are in the wrong order.
    """
    if _finite(low) > _finite(high):
        raise RenderError(f"The interval from {low!r} to {high!r} is upside down.", expected="low ≤ high")
    return f"{number(low, lang, decimals)} {say('report-to', lang)} {number(high, lang, decimals)}"


def quantity(value: float | None, unit: str, lang: str, decimals: int = 3, *, signed: bool = False) -> str:
    """A number with its unit: "0,112 simpangan baku", "57,3%", "430 sekolah".

    The unit "share" is a fraction of 1, and "share_points" a change of one: it prints in percentage points.
    """
    if unit == "percent":
        return percent(value, lang, decimals)
    if unit == "share":
        return share(value, lang, decimals)
    shown = number(scaled(value, unit), lang, decimals, signed=signed)
    return f"{shown}{NBSP}{unit_word(unit, lang)}" if unit else shown


def scaled(value: float | None, unit: str) -> float | None:
    """A value as it prints in its unit: fractions of 1 in per cent or percentage points, others as they are."""
    return 100 * value if value is not None and unit in ("share", "share_points") else value


def unit_word(unit: str, lang: str) -> str:
    """The unit as it follows a number: a known one by language, any other as it stands."""
    name = f"unit-{unit.replace('_', '-')}"
    return say(name, lang) if catalogue(lang).has(name) else unit.replace("_", " ")


def date(value: dt.date, lang: str) -> str:
    """A date in full: "5 Januari 2024" or "5 January 2024"."""
    _check(lang)
    return str(format_date(value, format="d MMMM y", locale=_babel(lang)))


def inside(label: str) -> str:
    """A label inside a sentence: with small initials, and with abbreviations and names such as SKM or lifeExp as written."""
    if label.isupper() and len(_WORD.findall(label)) > 1:
        return label.lower()  # a heading in capitals abbreviates nothing
    return _WORD.sub(lambda word: word[0] if word[0][1:] != word[0][1:].lower() else word[0].lower(), label)


def years(first: int, last: int) -> str:
    """A range of years with an en dash: "2018–2024"; one year where both are the same."""
    return str(first) if first == last else f"{first}–{last}"


def period(value: int | float | str, kind: PeriodKind, lang: str) -> str:
    """A period as readers know it: "2024", "2023/2024" (kind "school_year"), "2023 Q2" or "2023 T2" (a quarter's code),
    "2023-04" (a month's).

    A name stays as it is.
    """
    _check(lang)
    if isinstance(value, str):
        return value
    code = round(_finite(value))
    if code >= MONTHS_FROM:
        return say("period-month", lang, year=str(code // 12), month=f"{code % 12 + 1:02d}")
    if code >= QUARTERS_FROM:
        return say("period-quarter", lang, year=str(code // 4), quarter=str(code % 4 + 1))
    return period_text(code, kind)


def _finite(value: float | None) -> float:
    if value is None or not math.isfinite(value):
        raise RenderError(
            f"{value!r} cannot be printed as a number.",
            expected="a finite number: missing values belong into tables only, where they print as a dash",
        )
    return float(value)


def _babel(lang: str) -> Locale:
    """The language's numbers and dates; those of the folder's `report-tag` where its name is none that Babel knows."""
    return _parsed(lang) or Locale.parse(say("report-tag", lang).replace("-", "_"))


@lru_cache(maxsize=64)
def _parsed(lang: str) -> Locale | None:
    """Babel's own of that name, or None; asked for with every number."""
    try:
        return Locale.parse(lang)
    except (UnknownLocaleError, ValueError):
        return None


_known: set[str] = set()
"""Languages that were looked for and found: the folder is not read for each number."""


def _check(lang: str) -> None:
    if lang in _known:
        return
    if lang in languages():
        _known.add(lang)
    else:
        raise RenderError(f"The report has no language {lang!r}.", expected="one of " + ", ".join(languages()))
