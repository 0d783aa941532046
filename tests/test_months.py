"""Months as periods: however written, one code; printed as months; their years counted as years."""

from __future__ import annotations

import pytest

from pipeline.languages import locale
from pipeline.periods import month_code, quarter_code, year_of
from pipeline.sources.values import parse_month


@pytest.mark.parametrize(
    "text", ["2011-04", "2011-04-01", "2011/4", "2011M4", "2011m04", "04/2011", "April 2011", " apr. 2011"]
)
def test_a_month_is_the_same_however_written(text: str) -> None:
    assert parse_month(text) == month_code(2011, 4)


@pytest.mark.parametrize("text", ["2011", "2011-13", "2011-04-02", "13/2011", "Mai 2011", "", None, "2011-T2"])
def test_what_is_no_month_is_none(text: str | None) -> None:
    assert parse_month(text) is None


def test_months_follow_each_other_and_are_no_quarters() -> None:
    assert month_code(2012, 1) == month_code(2011, 12) + 1
    assert year_of(month_code(2011, 12)) == 2011
    assert year_of(quarter_code(2011, 4)) == 2011
    assert month_code(1000, 1) > quarter_code(2999, 4)


@pytest.mark.parametrize("lang", ["en", "id"])
def test_a_month_prints_as_one(lang: str) -> None:
    assert locale.period(month_code(2011, 4), "month", lang) == "2011-04"
    assert locale.period(quarter_code(2011, 2), "quarter", lang) in ("2011 Q2", "2011 T2")
