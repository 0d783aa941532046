"""Numbers, dates and school years: round trips in every style, and nothing but None for garbage."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources import values

NAMES = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
DAYS = st.dates(dt.date(1901, 1, 1), dt.date(2099, 12, 31))
STYLES = {
    "slashes": lambda d: f"{d:%d/%m/%Y}",
    "hyphens": lambda d: f"{d:%d-%m-%Y}",
    "words": lambda d: f"{d.day} {NAMES[d.month - 1]} {d.year}",
    "serial": lambda d: str((d - dt.date(1899, 12, 30)).days),
    "iso": lambda d: d.isoformat(),
}


@pytest.mark.parametrize("style", STYLES)
@given(day=DAYS)
def test_dates_round_trip(style: str, day: dt.date) -> None:
    assert values.parse_date(STYLES[style](day)) == day


@given(st.text())
def test_garbage_is_no_date_and_raises_nothing(text: str) -> None:
    assert isinstance(values.parse_date(text), dt.date | None)
    assert isinstance(values.parse_school_year(text), int | None)


@pytest.mark.parametrize("text", ["31/02/2023", "12/31/2023", "1/1/23", "31 Smarch 2023", "31/12-2023", "60", "", None])
def test_no_such_date(text: str | None) -> None:
    assert values.parse_date(text) is None


def test_weekdays_and_short_months() -> None:
    assert values.parse_date("Jumat, 5 Agu 2024") == dt.date(2024, 8, 5)


@given(st.integers(-(10**9), 10**9), st.integers(0, 999))
def test_numbers_round_trip(whole: int, rest: int) -> None:
    grouped = f"{whole:,}.{rest:03d}"
    value = float(grouped.replace(",", ""))
    assert values.parse_number(grouped, ".") == value
    assert values.parse_number(grouped.translate(str.maketrans(",.", ".,")), ",") == value


@given(st.text(), st.sampled_from([",", "."]))
def test_garbage_is_no_number_and_raises_nothing(text: str, decimal: str) -> None:
    assert isinstance(values.parse_number(text, decimal), float | None)


def test_the_column_decides_what_a_point_means() -> None:
    assert values.parse_number("1.234", ",") == 1234
    assert values.parse_number("1.234", ".") == 1.234
    assert values.parse_number("87.5", ",") is None
    assert values.parse_number("1.234,5", ",") == 1234.5
    assert values.parse_number("1,234,5", ",") is None


@given(st.integers(1950, 2090))
def test_school_years_round_trip(start: int) -> None:
    for text in (f"{start}/{start + 1}", f"TA {start}/{(start + 1) % 100:02d}", f"{start}1", f"{start}2"):
        assert values.parse_school_year(text) == start + 1
    assert values.parse_school_year(f"{start}/{start + 2}") is None


def test_a_day_lies_in_the_school_year_that_ends_after_it() -> None:
    assert values.period_of(dt.date(2023, 6, 30), 7) == 2023
    assert values.period_of(dt.date(2023, 7, 1), 7) == 2024
    assert values.period_of(dt.date(2023, 12, 31), 1) == 2023


@given(st.integers(1950, 2090), st.integers(1, 4))
def test_quarters_in_all_their_spellings(year: int, number: int) -> None:
    roman = ("I", "II", "III", "IV")[number - 1]
    for text in (
        f"{year}-T{number}", f"{year} TW {roman}", f"{year}Q{number}", f"Triwulan {roman} {year}", f"tw {number} {year}",
        f"{year}/Kuartal {roman}", f"Q{number}{year}", f"q{number} {year}", f"{number}Q{year}", f"{number}Q {year}",
        f"{year}-Q{number}", f"{year}q{number}", f"{year}.Q{number}", f"{year} Qtr {number}",
        f"Triwulan {roman} tahun {year}",
    ):  # fmt: skip
        assert values.parse_quarter(text) == 4 * year + number - 1, text


def test_what_is_no_quarter() -> None:
    for text in (
        None,
        "",
        "2023",
        "2023-T5",
        "2023-T0",
        "T2",
        "2023 V",
        "Triwulan IIII 2023",
        "20233",
        "1023-T1",
        "T22023",
    ):
        assert values.parse_quarter(text) is None, text
