"""Graded judgement of an effect, by rules that are written down. Their error rates are measured: `validation.judged`.

All quantities are first turned so that positive means better (`direction`). A claim, of benefit or of harm, is made where
the interval excludes zero, after the declared family-wise rule where several primary outcomes are judged together
(`family`). Harm and benefit pass the same rules. In this order:

1. **not_assessable**: there is no estimate or no interval (`no_estimate`), one treated draw (`one_treated`) or one that the
   treated are compared with (`one_comparison`), or fewer than `min_df` degrees of freedom (`too_few_draws`). Nothing is said
   of the effect. So it is, too, where either side, or a lead tested, has three draws or fewer behind it (`pretrend.FEW`) and
   rule 2 would speak of trends, or no lead exists: that the few vary more than the others do looks the same, and they cannot
   show it (`few_could_vary`).
2. **not_credible**: the groups were on different paths before the start (`pretrend_diverges`): the joint test, of valid
   size and family-wise, rejects; the departure is material (the fitted trend continued, or the largest lead, is at least
   `material_share` of the value or the smallest effect, whichever is larger); and the effect does not survive when the
   trend is taken off or the base is moved one period back.
3. **none**: the interval includes zero (`interval_includes_zero`), or the family-wise rule does not hold
   (`family_not_confirmed`), or the sign turns with a base one period earlier (`earlier_base_disagrees`). Flag
   `underpowered` where the data could not have settled it: then nothing is said, and security is 0. Of the reasons below
   those are given that speak of the comparison and not of a claim (`OF_NULLS`).
4. **strong, moderate, weak** for a benefit, **decline** (strong or moderate) and **weak_decline** for a harm: the grade is
   the lowest cap among the reasons that hold.

   | reason | holds where | cap |
   | --- | --- | --- |
   | `pretrend_untested` | no lead exists | weak |
   | `pretrend_rejected` | the joint test rejects, but the effect survives or the departure is small | weak |
   | `trend_could_explain` | the effect is not above what a divergence of `divergence_share` of the smallest effect a period
   adds up to (one-sided; where the smallest effect is a share of the standard deviation, of that one's upper bound) | weak |
   | `earlier_base_unconfirmed` | from a base one period earlier (a dip, an anticipation) the effect is not above zero at
   one-sided 5 % | weak |
   | `breakdown_below_one` | a violation as large as the largest one before undoes it | moderate |
   | `detrended_includes_zero` | less a linear trend, the interval includes zero | moderate |
   | `pretrend_uninformative` | the trend found with 80 % power adds over `informative_share` of the value | moderate |
   | `band_includes_zero` | no simultaneous band after treatment excludes zero | moderate |
   | `wild_not_confirmed` | p of the cluster bootstrap > `wild_moderate` | weak |
   | `wild_borderline` | `wild_strong` < p <= `wild_moderate` | moderate |
   | `few_clusters` | fewer clusters than `few_clusters`, no wild bootstrap | moderate |
   | `too_few_clusters` | fewer clusters than `min_clusters` | weak |
   | `few_treated` | fewer treated units than `min_treated` | moderate |
   | `few_comparison` | fewer units to compare with than `min_treated` | moderate |
   | `pooled_variance` | so few draws that how much they vary is hardly known: all are taken to vary alike, or the few have
   an interval of their own | moderate |
   | `baseline_unadjusted` | baseline difference above `baseline_large`, no estimate with covariates | moderate |
   | `baseline_unexplained` | such a difference remains given the covariates | moderate |
   | `baseline_disagrees` | baseline difference above `baseline_large`, estimate with covariates disagrees | weak |
   | `adjusted_disagrees` | smaller baseline difference, estimate with covariates disagrees | moderate |
   | `placebo_date_moves`, `placebo_outcome_moves` | an effect where there can be none (Holm over the placebos) | weak |
   | `one_part_carries` | without one cohort, area or period the estimate has the other sign | weak |
   | `attrition_could_explain` | the bounds on attrition include zero | moderate |
   | `spillover_seen` | untreated units move where many neighbours take part | moderate |
   | `not_examined` | a check that is made on primary outcomes could not be made (`Robustness.missing`) | moderate |

Strength and size are apart: `below_smallest_effect` (the whole interval lies below the smallest effect of interest) is a
reason without a cap, and `Verdict.size` says "material", "small" or "unclear".

`Verdict.security` has five steps, as the padlocks of the Education Endowment Foundation: 5 nothing limits the finding, 4 one
reason caps at moderate, 3 several do, 2 one caps at weak, 1 several do; 0 where nothing is said. `Verdict.limiting` is the
first of the reasons that cap lowest.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from pipeline.methods.effects.diagnostics.pretrend import FEW
from pipeline.methods.effects.estimate import quantile
from pipeline.methods.effects.judgement.limits import minimum_detectable_effect, smallest_effect, spread_at_most
from pipeline.methods.effects.judgement.types import ORDER, Code, Evidence, Reason, Size, Verdict
from pipeline.study.thresholds import Thresholds

OF_NULLS = frozenset(
    {"pretrend_untested", "pretrend_rejected", "few_clusters", "too_few_clusters", "few_treated", "few_comparison",
     "pooled_variance", "baseline_unadjusted", "baseline_adjusted", "baseline_unexplained", "baseline_disagrees",
     "adjusted_disagrees", "placebo_date_moves", "placebo_outcome_moves", "spillover_seen", "not_examined"}
)  # fmt: skip
"""Reasons that hold a null back too: the others ask whether a claim survives, which a null never does."""


def judge(evidence: Evidence, thresholds: Thresholds | None = None) -> Verdict:
    """Apply the rules of this module's docstring."""
    limits = thresholds or Thresholds()
    smallest, derived = smallest_effect(limits, evidence.sd, evidence.mean)
    mde = minimum_detectable_effect(evidence.se, evidence.level, limits.power, evidence.df, evidence.family)
    told = derived and evidence.sd is not None
    notes = (Reason("smallest_effect_derived", {"smallest_effect": smallest}),) if told else ()
    seen = Seen(evidence, limits, smallest)

    def verdict(code: Code, *reasons: Reason, underpowered: bool = False, size: Size = "unclear") -> Verdict:
        return Verdict(code, (*reasons, *notes), underpowered, mde, evidence, limits, smallest, size)

    refused = seen.refusal()
    if refused is not None:
        return verdict("not_assessable", refused)
    if seen.rejected and seen.material and not seen.survives_trend:
        if seen.few:
            return verdict("not_assessable", Reason("few_could_vary", {"n": seen.few}))
        return verdict("not_credible", Reason("pretrend_diverges", seen.departure))
    interval = {"value": seen.value, "low": seen.low, "high": seen.high}
    cautions = tuple(seen.cautions())
    if not seen.excludes_zero or not seen.family_holds or seen.turns_over:
        doubts = tuple(seen.doubts(mde))
        head = Reason("interval_includes_zero", interval)
        if seen.excludes_zero and seen.family_holds:
            head = Reason(
                "earlier_base_disagrees", {**interval, "earlier": seen.along * (evidence.earlier_value or 0.0)}
            )
        elif seen.excludes_zero:
            head = Reason(
                "family_not_confirmed", {**interval, "p": evidence.family_p or math.nan, "n": evidence.family}
            )
        fitting = tuple(reason for reason in cautions if reason.code in OF_NULLS)
        return verdict("none", head, *doubts, *fitting, underpowered=bool(doubts), size=seen.size)
    caps = [r.cap for r in cautions if r.cap is not None]
    strongest: Code = "strong"
    grade = min([strongest, *caps], key=ORDER.__getitem__)
    if seen.sign > 0:
        return verdict(grade, Reason("interval_above_zero", interval), *cautions, size=seen.size)
    code: Code = "weak_decline" if grade == "weak" else "decline"
    return verdict(code, Reason("interval_below_zero", interval), *cautions, size=seen.size)


def turned(low: float, high: float, sign: int) -> tuple[float, float]:
    """An interval in the direction of `sign`."""
    return (low, high) if sign > 0 else (-high, -low)


class Seen:
    """The evidence turned so that positive is better, and the single rules.

    `along` is the direction of the estimate itself, in which a claim (of benefit or of harm) would go.
    """

    def __init__(self, evidence: Evidence, limits: Thresholds, smallest: float) -> None:
        self.e, self.limits, self.smallest = evidence, limits, smallest
        self.value = evidence.value * evidence.direction
        self.low, self.high = turned(evidence.low, evidence.high, evidence.direction)
        self.sign = 1 if self.value >= 0 else -1
        self.along = self.sign * evidence.direction
        self.near, self.far = turned(evidence.low, evidence.high, self.along)
        self.band = evidence.band_above if self.along > 0 else evidence.band_below
        p = evidence.pretrend_p if evidence.pretrend_family_p is None else evidence.pretrend_family_p
        self.tested = p is not None and math.isfinite(p)
        self.rejected = self.tested and p < limits.pretrend_alpha  # type: ignore[operator]

    def refusal(self) -> Reason | None:
        """Why nothing can be said at all."""
        e = self.e
        if not (math.isfinite(e.value) and math.isfinite(e.low) and math.isfinite(e.high) and e.se > 0):
            return Reason("no_estimate")
        if e.treated_draws == 1:
            return Reason("one_treated")
        if e.compared_draws == 1:
            return Reason("one_comparison")
        if e.df < self.limits.min_df:
            return Reason("too_few_draws", {"df": e.df})
        if self.few and not self.tested:
            return Reason("few_could_vary", {"n": self.few})
        return None

    @property
    def excludes_zero(self) -> bool:
        return self.near > 0

    @property
    def family_holds(self) -> bool:
        return self.e.family_p is None or self.e.family_p < 1 - self.e.level

    @property
    def size(self) -> Size:
        return "material" if self.near >= self.smallest else "small" if self.far < self.smallest else "unclear"

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
        return size >= self.limits.material_share * max(abs(self.value), self.smallest)

    @property
    def detrended(self) -> bool | None:
        """Whether the effect less a linear trend is beyond zero in the estimate's direction."""
        e = self.e
        if e.detrended_low is None or e.detrended_high is None:
            return None
        return turned(e.detrended_low, e.detrended_high, self.along)[0] > 0

    @property
    def from_earlier(self) -> bool | None:
        """Whether the effect from an earlier base is beyond zero in the estimate's direction, one-sided."""
        e = self.e
        if e.earlier_value is None or e.earlier_se is None:
            return None
        along = self.along * e.earlier_value
        if not e.earlier_se > 0:
            return along > 0  # known exactly
        t = along / e.earlier_se
        return t > quantile(1 - self.limits.earlier_alpha, e.earlier_df)

    @property
    def turns_over(self) -> bool:
        """Whether the effect from an earlier base has the other sign."""
        return self.e.earlier_value is not None and self.along * self.e.earlier_value < 0

    @property
    def survives_trend(self) -> bool:
        return self.excludes_zero and bool(self.detrended) and self.from_earlier is not False

    @property
    def beyond_one(self) -> bool | None:
        """Whether the effect survives a violation as large as the largest one before."""
        e = self.e
        if e.mbar_low is None or e.mbar_high is None:
            return None
        return turned(e.mbar_low, e.mbar_high, self.along)[0] > 0

    @property
    def few(self) -> int:
        """Draws of the smaller side, or behind a lead tested, where they are too few to show how much they vary, else 0."""
        behind = (self.e.treated_draws, self.e.compared_draws, self.e.lead_draws)
        least = min(FEW + 1 if n is None else n for n in behind)
        return least if least <= FEW else 0

    @property
    def divergence(self) -> float:
        """What a divergence of `divergence_share` of the smallest effect a period adds up to until the outcome, at most."""
        sd = spread_at_most(self.e.sd, self.e.sd_df, self.limits.divergence_alpha)
        smallest = max(smallest_effect(self.limits, sd, self.e.mean)[0], self.smallest)
        return self.limits.divergence_share * smallest * (self.e.exposure or 0.0)

    @property
    def beyond_divergence(self) -> bool | None:
        """Whether the effect is more than such a divergence makes, one-sided."""
        if self.e.exposure is None:
            return None
        bias = self.divergence
        return abs(self.value) - quantile(1 - self.limits.divergence_alpha, self.e.df) * self.e.se > bias

    @property
    def agrees(self) -> bool:
        e = self.e
        if e.adjusted_value is None or e.adjusted_low is None or e.adjusted_high is None:
            return False
        distance = abs(e.adjusted_value - e.value)
        near = turned(e.adjusted_low, e.adjusted_high, self.along)[0]
        return (near > 0) == self.excludes_zero and distance <= max(
            self.smallest, self.limits.agree_share * abs(e.value)
        )

    def doubts(self, mde: float) -> Iterator[Reason]:
        """Why a null is no evidence of no impact."""
        if mde > self.smallest:
            yield Reason("mde_exceeds_smallest_effect", {"mde": mde, "smallest_effect": self.smallest})
        if self.high >= self.smallest:
            yield Reason("smallest_effect_not_ruled_out", {"high": self.high, "smallest_effect": self.smallest})

    def cautions(self) -> Iterator[Reason]:
        """All rules of the table that hold, in its order; those without a cap, too."""
        if self.excludes_zero and self.size == "small":
            yield Reason("below_smallest_effect", {"value": abs(self.value), "smallest_effect": self.smallest})
        yield from self._pretrend()
        if self.band is False:
            yield Reason("band_includes_zero", cap="moderate")
        yield from self._draws()
        yield from self._baseline()
        yield from self._robustness()

    def _pretrend(self) -> Iterator[Reason]:
        e = self.e
        if not self.tested:
            yield Reason("pretrend_untested", cap="weak")
            return
        if self.rejected:
            yield Reason("pretrend_rejected", self.departure, "weak")
        if self.beyond_divergence is False:
            yield Reason("trend_could_explain", {"bias": self.divergence, "low": self.near}, "weak")
        if self.from_earlier is False:
            yield Reason("earlier_base_unconfirmed", {"value": self.along * (e.earlier_value or 0.0)}, "weak")
        if self.beyond_one is False:
            yield Reason("breakdown_below_one", {"mbar": e.mbar or 0.0}, "moderate")
        if self.detrended is False:
            yield Reason("detrended_includes_zero", cap="moderate")
        bias_found = e.detectable_bias
        if bias_found is not None and abs(bias_found) > self.limits.informative_share * abs(self.value):
            known = {"detectable_bias": abs(bias_found)} if math.isfinite(bias_found) else {}
            yield Reason("pretrend_uninformative", {**known, "value": self.value}, "moderate")

    def _draws(self) -> Iterator[Reason]:
        e, limits = self.e, self.limits
        if e.n_clusters < limits.min_clusters:
            yield Reason("too_few_clusters", {"n": e.n_clusters}, "weak")
        elif e.wild_p is None and e.n_clusters < limits.few_clusters:
            yield Reason("few_clusters", {"n": e.n_clusters}, "moderate")
        if e.wild_p is not None and e.wild_p > limits.wild_moderate:
            yield Reason("wild_not_confirmed", {"p": e.wild_p}, "weak")
        elif e.wild_p is not None and e.wild_p > limits.wild_strong:
            yield Reason("wild_borderline", {"p": e.wild_p}, "moderate")
        if e.n_treated < limits.min_treated:
            yield Reason("few_treated", {"n": e.n_treated}, "moderate")
        if e.n_compared is not None and e.n_compared < limits.min_treated:
            yield Reason("few_comparison", {"n": e.n_compared}, "moderate")
        if e.pooled:
            yield Reason("pooled_variance", {"df": e.df}, "moderate")

    def _baseline(self) -> Iterator[Reason]:
        g = self.e.baseline_difference
        values = {} if g is None else {"difference": g}
        large = g is not None and abs(g) > self.limits.baseline_large
        if self.e.adjusted_value is None:
            if large:
                yield Reason("baseline_unadjusted", values, "moderate")
            return
        values["adjusted"] = self.e.adjusted_value * self.e.direction
        left = self.e.baseline_remaining
        if self.agrees:
            if large and left is not None and abs(left) <= self.limits.baseline_large:
                yield Reason("baseline_adjusted", {**values, "remaining": left})
            elif large:  # where a gap is not explained, that the estimate does not move says nothing of it
                yield Reason(
                    "baseline_unexplained", values if left is None else {**values, "remaining": left}, "moderate"
                )
        elif large:
            yield Reason("baseline_disagrees", values, "weak")
        else:
            yield Reason("adjusted_disagrees", values, "moderate")

    def _robustness(self) -> Iterator[Reason]:
        r, alpha = self.e.robustness, 1 - self.e.level
        for code, values in (("placebo_date_moves", r.placebo_dates), ("placebo_outcome_moves", r.placebo_outcomes)):
            known = [p for p in values if math.isfinite(p)]
            if known and min(known) * len(known) < alpha:
                yield Reason(code, {"p": min(known), "n": len(known)}, "weak")
        if r.least is not None and r.most is not None and turned(r.least, r.most, self.along)[0] <= 0:
            yield Reason("one_part_carries", {"least": turned(r.least, r.most, self.along)[0]}, "weak")
        if r.attrition_low is not None and r.attrition_high is not None:
            near = turned(r.attrition_low, r.attrition_high, self.along)[0]
            if near <= 0:
                yield Reason("attrition_could_explain", {"low": near}, "moderate")
        if r.spillover_p is not None and r.spillover_p < alpha:
            yield Reason("spillover_seen", {"p": r.spillover_p}, "moderate")
        if r.missing:
            yield Reason("not_examined", {"n": len(r.missing)}, "moderate")
