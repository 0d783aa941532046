"""Graded judgement of an effect, by rules that are written down, in this order.

All quantities are first turned so that positive means better (`direction`). "Value" is the overall group-time effect.

1. **not_credible**: there is no estimate (`no_estimate`); or the joint pre-trend test rejects (p < `pretrend_alpha`)
   and the departure is material (`pretrend_diverges`): the fitted trend continued over the outcome's mean distance from
   its base, or the largest lead, is at least `material_share` of the value or of the smallest effect, whichever is
   larger.
2. **decline**: the interval lies below zero (`interval_below_zero`). Nothing softens this: harm is reported on weaker
   support than benefit, with the weaknesses named as further reasons.
3. **none** (no evidence of an increase): the interval includes zero (`interval_includes_zero`), unless rule 4 applies.
   Flag `underpowered` where the data could not have settled it: the minimum detectable effect exceeds the smallest
   effect of interest (`mde_exceeds_smallest_effect`), or the interval still contains that effect
   (`smallest_effect_not_ruled_out`). "No impact" may be said of an unflagged null only.
4. **weak** from a suggestive sign (`suggestive`): the interval includes zero, but p < `suggestive_alpha` and the value
   is at least the smallest effect of interest.
5. **strong**: the interval lies above zero (`interval_above_zero`) and none of these caps holds. The lowest cap counts.

   | reason | holds where | cap |
   | --- | --- | --- |
   | `below_smallest_effect` | value < `smallest_effect` | weak |
   | `pretrend_rejected` | the joint test rejects, departure not material | weak |
   | `pretrend_untested` | no lead exists | weak |
   | `pretrend_uninformative` | the trend found with 80 % power adds over `informative_share` of the value | moderate |
   | `band_includes_zero` | no simultaneous band after treatment excludes zero | moderate |
   | `wild_not_confirmed` | p of the cluster bootstrap of the overall effect > `wild_moderate` | weak |
   | `wild_borderline` | `wild_strong` < p <= `wild_moderate` | moderate |
   | `few_clusters` | fewer clusters than `few_clusters` and no wild bootstrap | moderate |
   | `too_few_clusters` | fewer clusters than `min_clusters` | weak |
   | `few_treated` | fewer treated units than `min_treated` | moderate |
   | `baseline_unadjusted` | baseline difference above `baseline_large`, no estimate with covariates | moderate |
   | `baseline_disagrees` | baseline difference above `baseline_large`, estimate with covariates disagrees | weak |
   | `adjusted_disagrees` | smaller baseline difference, estimate with covariates disagrees | moderate |

Baseline differences in level do not by themselves bias a difference-in-differences estimate, and weaker schools are
meant to enter first; but groups of different level more often differ in trend. So a difference above 0.25, which fails
the What Works Clearinghouse's standard for designs without differencing, asks for the estimate with covariates to
agree (`baseline_adjusted`, no cap): same sign, interval without zero, and within `agree_share` of the value or the
smallest effect of interest, whichever is larger.

`pretrend_uninformative` follows Roth (2022): not to reject says little where a trend large enough to make up the
effect would mostly have passed the test. The same cautions are named as reasons beside `decline`, `weak` and `none`,
where they change nothing.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from scipy import stats

from pipeline.errors import StudyError

Code = Literal["strong", "moderate", "weak", "none", "decline", "not_credible"]
_ORDER: dict[Code, int] = {"weak": 0, "moderate": 1, "strong": 2}


class Thresholds(BaseModel):
    """Numbers of the rules; a study file may set any of them under `verdict`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    smallest_effect: float = Field(default=0.05, gt=0)
    """Smallest effect of interest, in the outcome's unit."""
    pretrend_alpha: float = Field(default=0.05, gt=0, lt=1)
    material_share: float = Field(default=0.5, gt=0)
    informative_share: float = Field(default=1.0, gt=0)
    suggestive_alpha: float = Field(default=0.10, gt=0, lt=1)
    wild_strong: float = Field(default=0.05, gt=0, lt=1)
    wild_moderate: float = Field(default=0.10, gt=0, lt=1)
    few_clusters: int = Field(default=50, ge=2)
    min_clusters: int = Field(default=10, ge=2)
    min_treated: int = Field(default=20, ge=1)
    baseline_large: float = Field(default=0.25, gt=0)
    agree_share: float = Field(default=0.5, gt=0)
    power: float = Field(default=0.80, gt=0, lt=1)
    """Power that the minimum detectable effect refers to."""


@dataclass(frozen=True)
class Evidence:
    """What the rules look at, in the outcome's own direction; None where it was not estimated.

    Attributes:
        value, se, low, high, p, level: Overall group-time effect.
        direction: 1 where higher is better, -1 where lower is.
        n_treated, n_clusters: Treated units; clusters above the unit, or units where there is none.
        band_above, band_below: A simultaneous band after treatment lies wholly above, below zero.
        pretrend_p, trend_bias, largest_lead, detectable_bias: From `pretrend.assess`.
        baseline_difference: Standardised baseline difference of the outcome, all treated against never treated.
        adjusted_value, adjusted_low, adjusted_high: Overall effect with covariates.
        wild_p: Wild cluster restricted bootstrap of the overall effect.
    """

    value: float
    se: float
    low: float
    high: float
    p: float
    level: float = 0.95
    direction: int = 1
    n_treated: int = 0
    n_clusters: int = 0
    band_above: bool | None = None
    band_below: bool | None = None
    pretrend_p: float | None = None
    trend_bias: float | None = None
    largest_lead: float | None = None
    detectable_bias: float | None = None
    baseline_difference: float | None = None
    adjusted_value: float | None = None
    adjusted_low: float | None = None
    adjusted_high: float | None = None
    wild_p: float | None = None


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

    `underpowered` is for code "none" only. `mde` is the minimum detectable effect.
    """

    code: Code
    reasons: tuple[Reason, ...]
    underpowered: bool
    mde: float
    evidence: Evidence
    thresholds: Thresholds

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(reason.code for reason in self.reasons)


def thresholds_from(settings: Mapping[str, float], smallest_effect: float | None = None) -> Thresholds:
    """Thresholds of a study file's `verdict` part, with an outcome's own smallest effect of interest.

    Raises:
        StudyError: An unknown name or a value outside its range.
    """
    own = {} if smallest_effect is None else {"smallest_effect": smallest_effect}
    try:
        return Thresholds.model_validate({**settings, **own})
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        near = difflib.get_close_matches(key, Thresholds.model_fields, 1)
        raise StudyError(
            f"The verdict's threshold {key!r} does not fit: {first['msg']}.",
            where=f"key verdict.{key}",
            expected="one of " + ", ".join(Thresholds.model_fields),
            todo=f"Did you mean {near[0]!r}?" if near and near[0] != key else "Correct the value.",
        ) from None


def minimum_detectable_effect(se: float, level: float = 0.95, power: float = 0.80) -> float:
    """Effect that a two-sided test finds with the stated power: (z_{(1+level)/2} + z_power) se (Bloom 1995)."""
    return float(stats.norm.ppf(0.5 + level / 2) + stats.norm.ppf(power)) * se


def judge(evidence: Evidence, thresholds: Thresholds | None = None) -> Verdict:
    """Apply the rules of this module's docstring."""
    limits = thresholds or Thresholds()
    mde = minimum_detectable_effect(evidence.se, evidence.level, limits.power)
    seen = _Seen(evidence, limits)

    def verdict(code: Code, *reasons: Reason, underpowered: bool = False) -> Verdict:
        return Verdict(code, reasons, underpowered, mde, evidence, limits)

    if not (math.isfinite(seen.value) and math.isfinite(seen.low) and math.isfinite(seen.high) and evidence.se > 0):
        return verdict("not_credible", Reason("no_estimate"))
    if seen.rejected and seen.material:
        return verdict("not_credible", Reason("pretrend_diverges", seen.departure))
    cautions = tuple(seen.cautions())
    interval = {"value": seen.value, "low": seen.low, "high": seen.high}
    if seen.high < 0:
        return verdict("decline", Reason("interval_below_zero", interval), *cautions)
    if seen.low > 0:
        caps = [r.cap for r in cautions if r.cap is not None]
        strongest: Code = "strong"
        grade = min([strongest, *caps], key=_ORDER.__getitem__)
        return verdict(grade, Reason("interval_above_zero", interval), *cautions)
    if evidence.p < limits.suggestive_alpha and seen.value >= limits.smallest_effect:
        return verdict("weak", Reason("suggestive", {**interval, "p": evidence.p}, "weak"), *cautions)
    doubts = tuple(_doubts(seen, mde))
    return verdict("none", Reason("interval_includes_zero", interval), *doubts, *cautions, underpowered=bool(doubts))


def _doubts(seen: _Seen, mde: float) -> Iterator[Reason]:
    smallest = seen.limits.smallest_effect
    if mde > smallest:
        yield Reason("mde_exceeds_smallest_effect", {"mde": mde, "smallest_effect": smallest})
    if seen.high >= smallest:
        yield Reason("smallest_effect_not_ruled_out", {"high": seen.high, "smallest_effect": smallest})


class _Seen:
    """The evidence turned so that positive is better, and the single rules."""

    def __init__(self, evidence: Evidence, limits: Thresholds) -> None:
        self.e, self.limits = evidence, limits
        up = evidence.direction > 0
        self.value = evidence.value * evidence.direction
        self.low, self.high = (evidence.low, evidence.high) if up else (-evidence.high, -evidence.low)
        self.band = evidence.band_above if up else evidence.band_below
        p = evidence.pretrend_p
        self.tested = p is not None and math.isfinite(p)
        self.rejected = p is not None and p < limits.pretrend_alpha

    @property
    def departure(self) -> dict[str, float]:
        return {
            "p": self.e.pretrend_p or 0.0,
            "trend_bias": self.e.trend_bias or 0.0,
            "largest_lead": self.e.largest_lead or 0.0,
        }

    @property
    def material(self) -> bool:
        size = max(abs(self.e.trend_bias or 0.0), abs(self.e.largest_lead or 0.0))
        return size >= self.limits.material_share * max(abs(self.value), self.limits.smallest_effect)

    @property
    def agrees(self) -> bool:
        e, sign = self.e, math.copysign(1.0, self.value)
        if e.adjusted_value is None or e.adjusted_low is None or e.adjusted_high is None:
            return False
        nearest = min(sign * e.direction * e.adjusted_low, sign * e.direction * e.adjusted_high)
        distance = abs(e.adjusted_value - e.value)
        return nearest > 0 and distance <= max(self.limits.smallest_effect, self.limits.agree_share * abs(e.value))

    def cautions(self) -> Iterator[Reason]:
        """All rules of the table that hold, in its order, and `baseline_adjusted`."""
        if 0 <= self.value < self.limits.smallest_effect:
            values = {"value": self.value, "smallest_effect": self.limits.smallest_effect}
            yield Reason("below_smallest_effect", values, "weak")
        yield from self._pretrend()
        if self.band is False:
            yield Reason("band_includes_zero", cap="moderate")
        yield from self._clusters()
        if self.e.n_treated < self.limits.min_treated:
            yield Reason("few_treated", {"n": self.e.n_treated}, "moderate")
        yield from self._baseline()

    def _pretrend(self) -> Iterator[Reason]:
        if not self.tested:
            yield Reason("pretrend_untested", cap="weak")
            return
        if self.rejected:
            yield Reason("pretrend_rejected", self.departure, "weak")
        bias = self.e.detectable_bias
        if bias is not None and abs(bias) > self.limits.informative_share * abs(self.value):
            yield Reason("pretrend_uninformative", {"detectable_bias": abs(bias), "value": self.value}, "moderate")

    def _clusters(self) -> Iterator[Reason]:
        e, limits = self.e, self.limits
        if e.n_clusters < limits.min_clusters:
            yield Reason("too_few_clusters", {"n": e.n_clusters}, "weak")
        if e.wild_p is None:
            if limits.min_clusters <= e.n_clusters < limits.few_clusters:
                yield Reason("few_clusters", {"n": e.n_clusters}, "moderate")
            return
        if e.wild_p > limits.wild_moderate:
            yield Reason("wild_not_confirmed", {"p": e.wild_p}, "weak")
        elif e.wild_p > limits.wild_strong:
            yield Reason("wild_borderline", {"p": e.wild_p}, "moderate")

    def _baseline(self) -> Iterator[Reason]:
        g = self.e.baseline_difference
        values = {} if g is None else {"difference": g}
        large = g is not None and abs(g) > self.limits.baseline_large
        if self.e.adjusted_value is None:
            if large:
                yield Reason("baseline_unadjusted", values, "moderate")
            return
        values["adjusted"] = self.e.adjusted_value * self.e.direction
        if self.agrees:
            if large:
                yield Reason("baseline_adjusted", values)
        elif large:
            yield Reason("baseline_disagrees", values, "weak")
        else:
            yield Reason("adjusted_disagrees", values, "moderate")
