"""What the rules of the verdict look at, and what they say."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pipeline.study.thresholds import Thresholds

Code = Literal["strong", "moderate", "weak", "none", "weak_decline", "decline", "not_credible", "not_assessable"]
Size = Literal["material", "small", "unclear"]
ORDER: dict[Code, int] = {"weak": 0, "moderate": 1, "strong": 2}
DOUBTS = ("mde_exceeds_smallest_effect", "smallest_effect_not_ruled_out")
"""Why a null is no evidence of no impact."""
CHECKS = frozenset({"dates", "parts", "attrition", "spillover"})
"""Checks of a report on its primary outcomes that are made once: placebo dates, parts left out, attrition, spill-over."""
PLAIN = 0.05
"""Smallest effect of interest where none is declared and the outcome's standard deviation is not known."""


@dataclass(frozen=True)
class Robustness:
    """What the other checks of a report found on the outcome; None or empty where they were not made.

    Attributes:
        placebo_dates, placebo_outcomes: p values of effects where there can be none.
        least, most: Smallest and largest estimate without one part of the data.
        attrition_low, attrition_high: Interval of the bounds on attrition.
        spillover_p: p value of untreated units' own change where many neighbours take part.
        asked: Checks that have to be made (`CHECKS`).
    """

    placebo_dates: tuple[float, ...] = ()
    placebo_outcomes: tuple[float, ...] = ()
    least: float | None = None
    most: float | None = None
    attrition_low: float | None = None
    attrition_high: float | None = None
    spillover_p: float | None = None
    asked: frozenset[str] = frozenset()

    @property
    def missing(self) -> frozenset[str]:
        """Checks that were asked for and could not be made."""
        made = {
            "dates": any(map(math.isfinite, self.placebo_dates)),
            "parts": self.least is not None,
            "attrition": self.attrition_low is not None,
            "spillover": self.spillover_p is not None,
        }
        return frozenset(check for check in self.asked if not made[check])


@dataclass(frozen=True)
class Evidence:
    """What the rules look at, in the outcome's own direction; None where it was not estimated.

    Attributes:
        value, se, low, high, p, level, df: Overall group-time effect and the degrees of freedom of its variance.
        direction: 1 where higher is better, -1 where lower is.
        n_treated, n_clusters: Treated units; clusters above the unit, or units where there is none; those that carry
            the estimate.
        n_compared: Units that the treated are compared with.
        draws, treated_draws, compared_draws, pooled: Independent draws, those treated, those they are compared with, and
            whether all are taken to vary alike.
        band_above, band_below: A simultaneous band after treatment lies wholly above, below zero.
        pretrend_p, trend_bias, largest_lead, detectable_bias, exposure, lead_draws: From `pretrend.assess`.
        detrended_low, detrended_high, earlier_value, earlier_se, earlier_df: The effect less a linear trend; from a base
            one period earlier.
        mbar, mbar_low, mbar_high: Breakdown in relative magnitudes (infinite beyond the largest tried), and the interval
            that allows a violation as large as the largest before.
        baseline_difference: Standardised baseline difference of the outcome, all treated against never treated.
        baseline_remaining: What of it remains given the covariates.
        sd, sd_df, mean: Standard deviation of the outcome at baseline (over all periods where it is zero there:
            `balance.usual_spread`), the degrees of freedom that it is known with, and the comparison's mean.
        adjusted_value, adjusted_low, adjusted_high: Overall effect with covariates.
        wild_p: Wild cluster restricted bootstrap of the overall effect.
        family, family_p, pretrend_family_p: Outcomes judged together, and p values adjusted for their number.
        robustness: The other checks.
    """

    value: float
    se: float
    low: float
    high: float
    p: float
    level: float = 0.95
    df: float = math.inf
    direction: int = 1
    n_treated: int = 0
    n_compared: int | None = None
    n_clusters: int = 0
    draws: int | None = None
    treated_draws: int | None = None
    compared_draws: int | None = None
    pooled: bool = False
    band_above: bool | None = None
    band_below: bool | None = None
    pretrend_p: float | None = None
    trend_bias: float | None = None
    largest_lead: float | None = None
    detectable_bias: float | None = None
    exposure: float | None = None
    lead_draws: int | None = None
    detrended_low: float | None = None
    detrended_high: float | None = None
    earlier_value: float | None = None
    earlier_se: float | None = None
    earlier_df: float = math.inf
    mbar: float | None = None
    mbar_low: float | None = None
    mbar_high: float | None = None
    baseline_difference: float | None = None
    baseline_remaining: float | None = None
    sd: float | None = None
    sd_df: float = math.inf
    mean: float | None = None
    adjusted_value: float | None = None
    adjusted_low: float | None = None
    adjusted_high: float | None = None
    wild_p: float | None = None
    family: int = 1
    family_p: float | None = None
    pretrend_family_p: float | None = None
    robustness: Robustness = field(default_factory=Robustness)


@dataclass(frozen=True)
class Reason:
    """A rule that held: its code, the numbers behind it, and the grade it caps at (None: no cap)."""

    code: str
    values: Mapping[str, float] = field(default_factory=dict)
    cap: Code | None = None

    def __str__(self) -> str:
        numbers = ", ".join(f"{k}={v:.4g}" for k, v in self.values.items())
        return f"{self.code}({numbers})" if numbers else self.code


@dataclass(frozen=True)
class Verdict:
    """The judgement, the reasons in the order of the rules, and what it rests on.

    `underpowered` is for code "none" only. `mde` is the minimum detectable effect, with the critical value that the
    judgement uses. `smallest_effect` is in the outcome's unit.
    """

    code: Code
    reasons: tuple[Reason, ...]
    underpowered: bool
    mde: float
    evidence: Evidence
    thresholds: Thresholds
    smallest_effect: float = PLAIN
    size: Size = "unclear"

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(reason.code for reason in self.reasons)

    @property
    def undecided(self) -> bool:
        """Whether nothing is said of the effect: neither an effect nor that there is none that matters."""
        return self.code in ("not_credible", "not_assessable") or (self.code == "none" and self.underpowered)

    @property
    def security(self) -> int:
        """Steps of security, 0 to 5."""
        if self.undecided:
            return 0
        caps = [reason.cap for reason in self.reasons if reason.cap is not None]
        weak, moderate = caps.count("weak"), caps.count("moderate")
        return 1 if weak > 1 else 2 if weak else 3 if moderate > 1 else 4 if moderate else 5

    @property
    def limiting(self) -> Reason | None:
        """The first of the reasons that cap lowest; where nothing is said, the first that says why."""
        if self.undecided:
            return next((reason for reason in self.reasons if reason.code in DOUBTS), self.reasons[0])
        capped = [reason for reason in self.reasons if reason.cap is not None]
        return min(capped, key=lambda r: ORDER[r.cap]) if capped else None  # type: ignore[index]
