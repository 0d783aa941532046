"""Text for verdict codes and reasons, in both languages. The rules themselves: `pipeline.methods.effects.verdict`.

They name no direction, since an outcome may be better when it is higher or when it is lower.
"""

from __future__ import annotations

from pipeline.languages.message import msg

VERDICTS = {
    "strong": msg("verdict-verdicts-strong"),
    "moderate": msg("verdict-verdicts-moderate"),
    "weak": msg("verdict-verdicts-weak"),
    "none": msg("verdict-verdicts-none"),
    "decline": msg("verdict-verdicts-decline"),
    "not_credible": msg("verdict-verdicts-not-credible"),
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
    "baseline_unadjusted": msg("verdict-reason-baseline-unadjusted"),
    "baseline_adjusted": msg("verdict-reason-baseline-adjusted"),
    "baseline_disagrees": msg("verdict-reason-baseline-disagrees"),
    "adjusted_disagrees": msg("verdict-reason-adjusted-disagrees"),
}
