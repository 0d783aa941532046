"""Text for verdict codes and reasons, in both languages. The rules themselves: `pipeline.methods.effects.judgement`.

They name no direction, since an outcome may be better when it is higher or when it is lower.
"""

from __future__ import annotations

from collections.abc import Callable

from pipeline.languages.message import msg
from pipeline.ledger.entries import Ledger
from pipeline.methods.effects import Verdict

NO_CAP = "no_cap"
"""What stands for the grade at which a reason caps, where it only explains."""
VERDICTS = {
    "strong": msg("verdict-verdicts-strong"),
    "moderate": msg("verdict-verdicts-moderate"),
    "weak": msg("verdict-verdicts-weak"),
    "none": msg("verdict-verdicts-none"),
    "none_underpowered": msg("summary-answer-none-underpowered"),
    "weak_decline": msg("verdict-verdicts-weak-decline"),
    "decline": msg("verdict-verdicts-decline"),
    "not_credible": msg("verdict-verdicts-not-credible"),
    "not_assessable": msg("verdict-verdicts-not-assessable"),
}
REASONS = {
    "no_estimate": msg("verdict-reason-no-estimate"),
    "pretrend_diverges": msg("verdict-reason-pretrend-diverges"),
    "interval_below_zero": msg("verdict-reason-interval-below-zero"),
    "interval_above_zero": msg("verdict-reason-interval-above-zero"),
    "interval_includes_zero": msg("verdict-reason-interval-includes-zero"),
    "suggestive": msg("verdict-reason-suggestive"),
    "mde_exceeds_smallest_effect": msg("verdict-reason-mde-exceeds-smallest-effect"),
    "smallest_effect_not_ruled_out": msg("verdict-reason-smallest-effect-not-ruled-out"),
    "below_smallest_effect": msg("verdict-reason-below-smallest-effect"),
    "pretrend_rejected": msg("verdict-reason-pretrend-rejected"),
    "pretrend_untested": msg("verdict-reason-pretrend-untested"),
    "pretrend_uninformative": msg("verdict-reason-pretrend-uninformative"),
    "band_includes_zero": msg("verdict-reason-band-includes-zero"),
    "wild_not_confirmed": msg("verdict-reason-wild-not-confirmed"),
    "wild_borderline": msg("verdict-reason-wild-borderline"),
    "few_clusters": msg("verdict-reason-few-clusters"),
    "too_few_clusters": msg("verdict-reason-too-few-clusters"),
    "few_treated": msg("verdict-reason-few-treated"),
    "few_comparison": msg("verdict-reason-few-comparison"),
    "baseline_unadjusted": msg("verdict-reason-baseline-unadjusted"),
    "baseline_adjusted": msg("verdict-reason-baseline-adjusted"),
    "baseline_unexplained": msg("verdict-reason-baseline-unexplained"),
    "baseline_disagrees": msg("verdict-reason-baseline-disagrees"),
    "one_comparison": msg("verdict-reason-one-comparison"),
    "one_treated": msg("verdict-reason-one-treated"),
    "too_few_draws": msg("verdict-reason-too-few-draws"),
    "few_could_vary": msg("verdict-reason-few-could-vary"),
    "family_not_confirmed": msg("verdict-reason-family-not-confirmed"),
    "earlier_base_disagrees": msg("verdict-reason-earlier-base-disagrees"),
    "earlier_base_unconfirmed": msg("verdict-reason-earlier-base-unconfirmed"),
    "trend_could_explain": msg("verdict-reason-trend-could-explain"),
    "breakdown_below_one": msg("verdict-reason-breakdown-below-one"),
    "detrended_includes_zero": msg("verdict-reason-detrended-includes-zero"),
    "pooled_variance": msg("verdict-reason-pooled-variance"),
    "placebo_date_moves": msg("verdict-reason-placebo-date-moves"),
    "placebo_outcome_moves": msg("verdict-reason-placebo-outcome-moves"),
    "one_part_carries": msg("verdict-reason-one-part-carries"),
    "attrition_could_explain": msg("verdict-reason-attrition-could-explain"),
    "not_examined": msg("verdict-reason-not-examined"),
    "spillover_seen": msg("verdict-reason-spillover-seen"),
    "smallest_effect_derived": msg("verdict-reason-smallest-effect-derived"),
    "adjusted_disagrees": msg("verdict-reason-adjusted-disagrees"),
}

CAPS = tuple(
    (reason, cap)
    for cap, reasons in {
        "weak": (
            "pretrend_untested", "pretrend_rejected", "trend_could_explain", "earlier_base_unconfirmed", "too_few_clusters",
            "wild_not_confirmed", "baseline_disagrees", "placebo_date_moves", "placebo_outcome_moves", "one_part_carries",
        ),
        "moderate": (
            "breakdown_below_one", "detrended_includes_zero", "pretrend_uninformative", "band_includes_zero", "few_clusters",
            "wild_borderline", "few_treated", "few_comparison", "pooled_variance", "baseline_unadjusted",
            "baseline_unexplained", "adjusted_disagrees", "attrition_could_explain", "spillover_seen", "not_examined",
        ),
    }.items()
    for reason in reasons
)  # fmt: skip
"""Every reason that caps a verdict, with the grade that it caps at: those of the rules, and no other."""


def worded(code: str, underpowered: bool) -> str:
    """The code by which every table words a verdict (`VERDICTS`): of none, whether the data could have told."""
    return "none_underpowered" if code == "none" and underpowered else code


def verdict_codes(verdict: Verdict) -> dict[str, str]:
    """The verdict's code, whether the data were too weak to tell, its steps of security and the reason that limits it."""
    return {
        "verdict": verdict.code,
        "underpowered": "yes" if verdict.underpowered else "no",
        "security": str(verdict.security),
        "limiting": verdict.limiting.code if verdict.limiting else "nothing",
    }


def record_verdict(ledger: Ledger, verdict: Verdict, name: Callable[[str], str]) -> None:
    """The codes of a verdict, its reasons ("reasons") and what each caps at ("caps"); `name` gives the name of each."""
    for part, code in verdict_codes(verdict).items():
        ledger.text(name(part), code)
    ledger.text(name("reasons"), " ".join(verdict.codes))
    ledger.text(name("caps"), " ".join(reason.cap or NO_CAP for reason in verdict.reasons))
