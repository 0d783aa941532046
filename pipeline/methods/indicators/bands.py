"""Grades by bands of a score, with the rule that closes the gaps that regulations leave between bands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd


@dataclass(frozen=True)
class Band:
    """A grade and the least score that earns it."""

    code: str
    least: str
    """As printed in the regulation, such as "88.31"."""


@dataclass(frozen=True)
class Scale:
    """Bands from best to worst, the decimals that a score is rounded to before it is graded, and the legal basis."""

    bands: tuple[Band, ...]
    decimals: int
    basis: str

    def grade(self, score: float | None) -> str | None:
        """The grade of a score, rounded half up (as offices do, not to even); None for a missing or too low score."""
        if score is None or pd.isna(score):
            return None
        rounded = round_half_up(score, self.decimals)
        return next((band.code for band in self.bands if rounded >= Decimal(band.least)), None)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(band.code for band in self.bands)


def round_half_up(value: float, decimals: int) -> Decimal:
    """Decimal rounding half away from zero of what the number prints as, so that 88.305 becomes 88.31."""
    return Decimal(repr(round(float(value), 9))).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def scale(pairs: Sequence[tuple[str, str]], decimals: int, basis: str) -> Scale:
    """A scale from (grade, least score), best first."""
    return Scale(tuple(Band(code, least) for code, least in pairs), decimals, basis)


SKM = scale([("A", "88.31"), ("B", "76.61"), ("C", "65.00"), ("D", "25.00")], 2, "PermenPANRB 14/2017")
# The regulation's bands are 91-100, 81-90, 71-80, 61-70 and up to 60: a score between two of them, such as 90.5, is
# graded above 90, as agencies that publish their computation do.
IP_ASN = scale(
    [("very_high", "90.01"), ("high", "80.01"), ("moderate", "70.01"), ("low", "60.01"), ("very_low", "0")],
    2,
    "Peraturan BKN 8/2019",
)
