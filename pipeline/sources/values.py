"""Numbers, dates and school years as offices write them.

A number's style is a property of its column, never guessed cell by cell: `1.234` is 1234 in a column with decimal
commas and 1.234 in one with decimal points.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Hashable
from functools import lru_cache

import numpy as np
import pandas as pd

from pipeline.periods import month_code, quarter_code

MONTHS = {
    "januari": 1, "jan": 1, "februari": 2, "pebruari": 2, "feb": 2, "peb": 2, "maret": 3, "mar": 3, "april": 4, "apr": 4,
    "mei": 5, "juni": 6, "jun": 6, "juli": 7, "jul": 7, "agustus": 8, "agu": 8, "ags": 8, "agt": 8, "september": 9,
    "sep": 9, "sept": 9, "oktober": 10, "okt": 10, "november": 11, "nopember": 11, "nov": 11, "nop": 11, "desember": 12,
    "des": 12,
}  # fmt: skip
WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "jum'at", "sabtu", "minggu")
FIRST_YEAR, LAST_YEAR = 1900, 2100
# 1 March 1900 is serial 61; before it the spreadsheet's own count is wrong (it believes in 29 February 1900).
_SERIAL_ORIGIN = dt.date(1899, 12, 30)
_SERIAL_RANGE = (61, 73050)
_BODY = {
    mark: re.compile(
        rf"[+-]?(?:(?:[1-9]\d{{0,2}}(?:{group}\d{{3}})+|[1-9]\d{{0,2}}(?: \d{{3}})+)(?:{point}\d+)?"
        rf"|(?:\d+(?:{point}\d+)?|{point}\d+)(?:e[+-]?\d{{1,3}})?)",
        re.ASCII | re.IGNORECASE,
    )
    for mark, group, point in ((",", r"\.", ","), (".", ",", r"\."))
}
_BLANKS = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2212": "-"})
TRUTH = {"true": 1.0, "false": 0.0}
_NUMERIC_DATE = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", re.ASCII)
_WORD_DATE = re.compile(r"(\d{1,2})[ -]([a-z]+)\.?[ -](\d{4})", re.ASCII)
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?", re.ASCII)
_SERIAL = re.compile(r"(\d{2,5})(?:[.,]\d+)?", re.ASCII)
_SCHOOL_YEAR = re.compile(r"(?:(?:ta|tp|t\.a|t\.p|tahun (?:ajaran|pelajaran))[.: ]*)?(\d{4}) ?[/–-] ?(\d{4}|\d{2})")
_SEMESTER = re.compile(r"(\d{4})([12])", re.ASCII)
_QUARTER_NAME = r"(?:triwulan|kuartal|quarter|qtr|tw|t|q)\.? ?([1-4]|i{1,3}|iv)"
_YEAR_QUARTER = re.compile(rf"(\d{{4}})[ /.-]*{_QUARTER_NAME}", re.ASCII)
_QUARTER_YEAR = re.compile(rf"{_QUARTER_NAME}[ ,/-]+(?:tahun )?(\d{{4}})", re.ASCII)
_SHORT_QUARTER = re.compile(r"(?:q([1-4])|([1-4])q)[ ,/.-]*(\d{4})", re.ASCII)
_QUARTER_DAY = re.compile(r"(\d{4})-(01|04|07|10)-01", re.ASCII)
_YEAR_MONTH = re.compile(r"(\d{4})(?:[ /-]?m|[/-])(\d{1,2})(?:-01)?", re.ASCII)
_MONTH_YEAR = re.compile(r"(\d{1,2})[/-](\d{4})", re.ASCII)
_NAMED_MONTH = re.compile(r"([a-z]+)\.?[ -](\d{4})", re.ASCII)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@lru_cache(maxsize=65536)
def parse_number(text: str | None, decimal: str) -> float | None:
    """A number written with the decimal mark `decimal` (the other mark, or blanks, group thousands); None if it is none.

    A group of thousands never starts with 0 and never follows a lone 0. `1e+05`, `.5` and TRUE and FALSE, as statistical
    programs write them, are numbers.

    Args:
        text: The cell; blanks around it do not matter.
        decimal: "," or ".".
    """
    body = (text or "").translate(_BLANKS).strip()
    if not _BODY[decimal].fullmatch(body):
        return TRUTH.get(body.casefold())
    grouping = "." if decimal == "," else ","
    value = float(body.replace(grouping, "").replace(" ", "").replace(",", "."))
    return value if np.isfinite(value) else None


@lru_cache(maxsize=65536)
def parse_date(text: str | None) -> dt.date | None:
    """A date in one of the offices' styles, else None.

    31/12/2023, 31-12-2023, 31.12.2023, 31 Desember 2023 (also "Minggu, 31 Des 2023"), a spreadsheet's serial number
    (1900 system), 2023-12-31. The day comes first; two-digit years are refused.
    """
    body = re.sub(r"\s+", " ", text or "").strip().casefold()
    head, comma, rest = body.partition(", ")
    if comma and head in WEEKDAYS:
        body = rest
    if match := _NUMERIC_DATE.fullmatch(body):
        return _date(match[4], match[3], match[1])
    if match := _ISO_DATE.fullmatch(body):
        return _date(match[1], match[2], match[3])
    if match := _WORD_DATE.fullmatch(body):
        month = MONTHS.get(match[2])
        return None if month is None else _date(match[3], month, match[1])
    if match := _SERIAL.fullmatch(body):
        days = int(match[1])
        inside = _SERIAL_RANGE[0] <= days <= _SERIAL_RANGE[1]
        return _SERIAL_ORIGIN + dt.timedelta(days=days) if inside else None
    return None


def _date(year: str | int, month: str | int, day: str | int) -> dt.date | None:
    try:
        value = dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
    return value if FIRST_YEAR <= value.year <= LAST_YEAR else None


def parse_school_year(text: str | None) -> int | None:
    """The calendar year in which a school year ends: 2024 for "2023/2024", "TA 2023/24" or semester "20231"."""
    body = re.sub(r"\s+", " ", text or "").strip().casefold()
    if match := _SEMESTER.fullmatch(body):
        start, end = int(match[1]), int(match[1]) + 1
    elif match := _SCHOOL_YEAR.fullmatch(body):
        start = int(match[1])
        end = int(match[2]) if len(match[2]) == 4 else start // 100 * 100 + int(match[2])
        if len(match[2]) == 2 and end < start:
            end += 100
    else:
        return None
    return end if end == start + 1 and FIRST_YEAR <= start <= LAST_YEAR else None


def parse_quarter(text: str | None) -> int | None:
    """The code of a quarter (`pipeline.periods`), else None: 2023-T2, 2023 TW II, 2023Q2, Q22023, 2Q2023, Triwulan II 2023,
    2023-04-01.
    """
    body = re.sub(r"\s+", " ", text or "").strip().casefold()
    if match := _YEAR_QUARTER.fullmatch(body):
        year, number = match[1], match[2]
    elif match := _QUARTER_YEAR.fullmatch(body):
        number, year = match[1], match[2]
    elif match := _SHORT_QUARTER.fullmatch(body):
        number, year = match[1] or match[2], match[3]
    elif match := _QUARTER_DAY.fullmatch(body):  # as statistical programs write quarters: their first day
        year, number = match[1], str((int(match[2]) + 2) // 3)
    else:
        return None
    inside = FIRST_YEAR <= int(year) <= LAST_YEAR
    return quarter_code(int(year), _ROMAN.get(number) or int(number)) if inside else None


def parse_month(text: str | None) -> int | None:
    """The code of a month (`pipeline.periods`): 2023-04, 2023-04-01, 2023M4, 04/2023, April 2023; else None."""
    body = re.sub(r"\s+", " ", text or "").strip().casefold()
    if match := _YEAR_MONTH.fullmatch(body):
        year, month = int(match[1]), int(match[2])
    elif match := _MONTH_YEAR.fullmatch(body):
        year, month = int(match[2]), int(match[1])
    elif match := _NAMED_MONTH.fullmatch(body):
        year, month = int(match[2]), MONTHS.get(match[1], 0)
    else:
        return None
    return month_code(year, month) if 1 <= month <= 12 and FIRST_YEAR <= year <= LAST_YEAR else None


def period_of(day: dt.date, start_month: int) -> int:
    """The period (year in which the school year ends) that a day lies in; school years begin in `start_month`."""
    return day.year + 1 if start_month > 1 and day.month >= start_month else day.year


def parsed(column: pd.Series, parse: Callable[[str], Hashable | None]) -> pd.Series:
    """A column of text through a parser, each distinct text once; None stays None."""
    known = {text: parse(text) for text in column.dropna().unique()}
    return pd.Series([known.get(text) for text in column], index=column.index, dtype=object)


def numbers(column: pd.Series, decimal: str) -> pd.Series:
    """A column of text as float64, NaN where blank or no number."""
    return parsed(column, lambda text: parse_number(text, decimal)).astype("float64")


def dates(column: pd.Series) -> pd.Series:
    """A column of text as `datetime.date` objects, None where blank or no date."""
    return parsed(column, parse_date)
