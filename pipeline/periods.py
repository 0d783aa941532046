"""Periods as whole numbers: years, school years (by the year they end in), quarters, and months.

A quarter is coded year · 4 + quarter − 1 (the second of 2023 is 8093): consecutive quarters are consecutive numbers, so
that everything that counts periods counts quarters. Codes from 4000 on are quarters and smaller ones are years, for no
year of an evaluation is that large and no quarter since the year 1000 that small; a study by quarters can therefore have
yearly tables beside its quarterly panel, and each prints as what it is. A month is coded year · 12 + month − 1
likewise: codes from 12000 on are months, for no quarter before the year 3000 is that large.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

PeriodKind = Literal["year", "school_year", "quarter", "month"]
QUARTERS_FROM = 4000
"""Least code of a quarter."""
MONTHS_FROM = 12000
"""Least code of a month."""


def quarter_code(year: int, quarter: int) -> int:
    """The code of a quarter (1 to 4) of a year."""
    return 4 * year + quarter - 1


def month_code(year: int, month: int) -> int:
    """The code of a month (1 to 12) of a year."""
    return 12 * year + month - 1


def year_of(period: int) -> int:
    """The year that a period belongs to: its own for a year, the calendar year for a quarter or month."""
    if period >= MONTHS_FROM:
        return period // 12
    return period // 4 if period >= QUARTERS_FROM else period


def first_after(day: dt.date, start_month: int = 1) -> int:
    """The first year that begins after a day, by the calendar year that it ends in.

    Args:
        day: The day.
        start_month: Month in which years begin: 1 for calendar years, 7 for most school years.
    """
    begins = day.year if day < dt.date(day.year, start_month, 1) else day.year + 1
    return begins + (start_month > 1)


def period_text(period: float, kind: PeriodKind) -> str:
    """A year as readers know it: "2024", or "2023/2024" for kind "school_year"."""
    code = round(period)
    return f"{code - 1}/{code}" if kind == "school_year" else str(code)
