"""Periods as whole numbers: quarters follow each other, and each kind prints as readers know it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.languages import locale
from pipeline.ledger.entries import Column, Table
from pipeline.periods import QUARTERS_FROM, first_after, quarter_code, year_of
from pipeline.report import tables


@given(st.integers(1900, 2100), st.integers(1, 4))
def test_quarters_are_consecutive_and_never_years(year: int, quarter: int) -> None:
    code = quarter_code(year, quarter)
    after = quarter_code(year + quarter // 4, quarter % 4 + 1)
    assert after == code + 1
    assert code >= QUARTERS_FROM > year
    assert year_of(code) == year == year_of(year)


@pytest.mark.parametrize(
    ("period", "kind", "lang", "text"),
    [
        (quarter_code(2023, 2), "quarter", "id", "2023 T2"),
        (quarter_code(2023, 2), "quarter", "en", "2023 Q2"),
        (float(quarter_code(2024, 4)), "quarter", "en", "2024 Q4"),
        (2023, "quarter", "en", "2023"),  # a yearly table of a study by quarters
        (2024, "school_year", "id", "2023/2024"),
        (2024, "year", "id", "2024"),
    ],
)
def test_one_wording_everywhere(period: float, kind, lang: str, text: str) -> None:
    assert locale.period(period, kind, lang) == text
    words = {"id": "x", "en": "x"}
    table = Table([Column("t", words, "period")], [{"t": period}], words, {}, None, "03_effects [1]")
    assert f"|{text}" in tables.block("tbl_x", table, lang, period_kind=kind)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31)), st.integers(1, 12))
def test_the_first_year_after_a_day_begins_after_it_and_the_one_before_does_not(day: dt.date, month: int) -> None:
    found = first_after(day, month)
    begins = [dt.date(year - (month > 1), month, 1) for year in (found - 1, found)]
    assert begins[0] <= day < begins[1]
