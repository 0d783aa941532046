"""Words for verdict codes and reasons, in both languages. The rules themselves: `pipeline.methods.effects.verdict`.

They name no direction, since an outcome may be better when it is higher or when it is lower.
"""

from __future__ import annotations

from pipeline.chapters.words import words

VERDICTS = {
    "strong": words("Bukti kuat", "Strong evidence"),
    "moderate": words("Bukti sedang", "Moderate evidence"),
    "weak": words("Bukti lemah", "Weak evidence"),
    "none": words("Tidak ada bukti perbaikan", "No evidence of an improvement"),
    "decline": words("Bukti perburukan", "Evidence of a change for the worse"),
    "not_credible": words("Rancangan tidak dapat dipercaya", "Design not credible"),
}
REASONS = {
    "no_estimate": words("efek tidak dapat diestimasi", "the effect could not be estimated"),
    "pretrend_diverges": words(
        "tren sebelum program berbeda secara berarti", "trends before the programme differ materially"
    ),
    "interval_below_zero": words(
        "selang seluruhnya pada sisi yang tidak dikehendaki", "the interval lies wholly on the side not wanted"
    ),
    "interval_above_zero": words(
        "selang seluruhnya pada sisi yang dikehendaki", "the interval lies wholly on the side wanted"
    ),
    "interval_includes_zero": words("selang memuat nol", "the interval includes zero"),
    "suggestive": words(
        "selang memuat nol, namun estimasi cukup besar dan p kecil",
        "the interval includes zero, but the estimate is sizeable and p is small",
    ),
    "mde_exceeds_smallest_effect": words(
        "efek terkecil yang berarti tidak dapat terdeteksi", "the smallest effect of interest could not be detected"
    ),
    "smallest_effect_not_ruled_out": words(
        "efek terkecil yang berarti tidak dapat disingkirkan", "the smallest effect of interest is not ruled out"
    ),
    "below_smallest_effect": words(
        "estimasi di bawah efek terkecil yang berarti", "the estimate is below the smallest effect of interest"
    ),
    "pretrend_rejected": words(
        "uji tren sebelum program menolak, penyimpangan kecil", "the pre-trend test rejects, the departure is small"
    ),
    "pretrend_untested": words(
        "tren sebelum program tidak dapat diuji", "trends before the programme cannot be tested"
    ),
    "pretrend_uninformative": words(
        "uji tren terlalu lemah untuk menyingkirkan tren sebesar efek",
        "the pre-trend test is too weak to rule out a trend as large as the effect",
    ),
    "band_includes_zero": words(
        "pita simultan memuat nol pada setiap waktu", "the simultaneous band includes zero throughout"
    ),
    "wild_not_confirmed": words(
        "bootstrap liar klaster tidak mengukuhkan", "the wild cluster bootstrap does not confirm it"
    ),
    "wild_borderline": words("bootstrap liar klaster di batas", "the wild cluster bootstrap is borderline"),
    "few_clusters": words("klaster sedikit", "few clusters"),
    "too_few_clusters": words("klaster terlalu sedikit", "too few clusters"),
    "few_treated": words("unit peserta sedikit", "few treated units"),
    "baseline_unadjusted": words(
        "beda awal besar, tanpa estimasi berkovariat", "large baseline difference, no estimate with covariates"
    ),
    "baseline_adjusted": words(
        "beda awal besar, estimasi berkovariat sejalan",
        "large baseline difference, the estimate with covariates agrees",
    ),
    "baseline_disagrees": words(
        "beda awal besar, estimasi berkovariat tidak sejalan",
        "large baseline difference, the estimate with covariates disagrees",
    ),
    "adjusted_disagrees": words("estimasi berkovariat tidak sejalan", "the estimate with covariates disagrees"),
}
