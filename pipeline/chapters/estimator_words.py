"""Words of the estimators: names, estimands, comparison groups, notes and refusals, in both languages."""

from __future__ import annotations

from pipeline.chapters.words import words

NAMES = {
    "twfe": words("Efek tetap dua arah", "Two-way fixed effects"),
    "sun_abraham": words("Sun dan Abraham", "Sun and Abraham"),
    "cs_reg_never": words("Callaway–Sant'Anna, regresi luaran", "Callaway–Sant'Anna, outcome regression"),
    "cs_ipw_never": words("Callaway–Sant'Anna, bobot peluang", "Callaway–Sant'Anna, inverse probability"),
    "cs_dr_never": words("Callaway–Sant'Anna, tahan-ganda", "Callaway–Sant'Anna, doubly robust"),
    "cs_dr_never_universal": words("Callaway–Sant'Anna, dasar tetap", "Callaway–Sant'Anna, universal base"),
    "cs_anticipation_1": words("Callaway–Sant'Anna, antisipasi", "Callaway–Sant'Anna, anticipation"),
    "cs_dr_not_yet": words("Callaway–Sant'Anna, belum ikut", "Callaway–Sant'Anna, not yet treated"),
    "imputation": words("Imputasi (Borusyak dkk.)", "Imputation (Borusyak et al.)"),
    "two_stage": words("Dua tahap (Gardner)", "Two-stage (Gardner)"),
    "wooldridge": words("Dua arah diperluas (Wooldridge)", "Extended two-way (Wooldridge)"),
    "stacked": words("Bertumpuk (Wing dkk.)", "Stacked (Wing et al.)"),
    "chaisemartin_dhaultfoeuille": words("De Chaisemartin–D'Haultfœuille", "De Chaisemartin–D'Haultfœuille"),
    "synthetic_did": words("Beda-dalam-beda sintetis", "Synthetic DiD"),
}
COMPARISONS = {
    "never": words("Tidak pernah ikut", "Never treated"),
    "not_yet": words("Belum atau tidak pernah ikut", "Not yet or never treated"),
    "untreated": words("Semua baris sebelum ikut", "All rows without treatment"),
    "all": words("Semua baris, juga yang sudah ikut", "All rows, also under treatment"),
    "weighted": words("Rata-rata tertimbang yang tidak pernah ikut", "Weighted mean of never treated"),
}
_ALL = words(
    "Rata-rata efek atas peserta dan periode sejak mulai",
    "Mean effect over treated units and periods since the start",
)


def _with(id: str, en: str) -> dict[str, str]:
    return words(f"{_ALL['id']}, {id}.", f"{_ALL['en']}, {en}.")


_BASE = _with("dihitung dari periode terukur terakhir sebelum mulai", "from the last measured period before the start")
ESTIMANDS = {
    "twfe": words(
        "Rata-rata efek dengan bobot yang dipilih regresi, bukan besar kohort; bobot dapat negatif.",
        "Mean of the effects with weights that the regression sets, not cohort size; they may be negative.",
    ),
    "sun_abraham": _with("dengan regresi pada kohort kali waktu kejadian", "by regression on cohort by event time"),
    "cs_reg_never": _with("tren pembanding diramal dari kovariat", "the comparison's trend predicted from covariates"),
    "cs_ipw_never": _with("pembanding ditimbang agar kovariatnya serupa", "the comparison weighted to like covariates"),
    "cs_dr_never": _BASE,
    "cs_dr_never_universal": _with(
        "semua beda, juga sebelum mulai, terhadap periode dasar yang sama",
        "every difference, before the start too, against one base period",
    ),
    "cs_anticipation_1": _with(
        "dihitung dari dua periode terukur sebelum mulai", "from two measured periods before the start"
    ),
    "cs_dr_not_yet": _with(
        "dengan pembanding yang memuat calon peserta", "with units treated later in the comparison group"
    ),
    "imputation": _with(
        "terhadap luaran yang diduga dari semua periode sebelum mulai",
        "against the outcome predicted from all periods before the start",
    ),
    "two_stage": _with(
        "sama dengan imputasi, galat baku dari kedua tahap", "as imputation, standard errors from both stages"
    ),
    "wooldridge": _with(
        "satu koefisien tiap kohort dan periode, lalu dirata-ratakan",
        "one coefficient a cohort and period, then averaged",
    ),
    "stacked": words(
        "Rata-rata efek atas periode-periode pertama sejak mulai yang teramati pada setiap kohort.",
        "Mean effect over the first periods since the start that every cohort has.",
    ),
    "chaisemartin_dhaultfoeuille": _with(
        "atas unit yang teramati pada setiap periode", "over units observed in every period"
    ),
    "synthetic_did": _with(
        "terhadap unit dan periode tertimbang yang meniru tren peserta sebelum mulai",
        "against weighted units and periods that follow the treated before the start",
    ),
}
NOTES = {
    "rows_without_outcome": words("Baris tanpa luaran tidak dipakai.", "Rows without the outcome were left out."),
    "always_treated": words(
        "Unit yang sudah ikut sejak periode pertama tidak dipakai: tidak ada masa sebelum program.",
        "Units treated from the first period on were left out: they have no period before treatment.",
    ),
    "small_cohort": words("Kohort yang terlalu kecil tidak dipakai.", "Cohorts too small were left out."),
    "treated_later": words(
        "Unit yang mulai sesudah periode terakhir dihitung belum ikut.",
        "Units that start after the last period count as untreated.",
    ),
    "cohort_moved": words(
        "Kohort yang mulai pada tahun tanpa pengukuran dihitung sejak pengukuran berikutnya.",
        "Cohorts that start in a year without measurement count from the next measurement on.",
    ),
    "last_cohort_as_comparison": words(
        "Semua unit akhirnya ikut: kohort terakhir menjadi pembanding selama belum mulai.",
        "All units are treated in the end: the last cohort is the comparison until it starts.",
    ),
    "constant_covariate": words("Kovariat yang tidak bervariasi tidak dipakai.", "Constant covariates were left out."),
    "covariate_missing": words("Sebagian unit tidak memiliki nilai kovariat.", "Some units lack a covariate's value."),
    "covariate_units": words(
        "Unit tanpa nilai kovariat tidak dipakai.", "Units without a value of a covariate were left out."
    ),
    "near_constant": words(
        "Sebuah kovariat hampir tidak bervariasi: beberapa unit saja yang menentukan koefisiennya.",
        "A covariate hardly varies: a few units alone set its coefficient.",
    ),
    "collinear": words(
        "Kovariat yang mengikuti kovariat lain, atau sukunya yang berlebih, dikeluarkan.",
        "Covariates that follow from others, or their redundant terms, were left out.",
    ),
    "overlap": words(
        "Beberapa skor kecenderungan dekat 0 atau 1; skor itu dipangkas.",
        "Some propensity scores lie near 0 or 1; these are trimmed.",
    ),
    "no_overlap": words(
        "Kovariat memisahkan suatu kohort dari pembandingnya: penyesuaian bertumpu pada ekstrapolasi.",
        "The covariates tell a cohort from its comparison: adjustment rests on extrapolation.",
    ),
    "few_per_covariate": words(
        "Unit peserta sedikit dibanding banyaknya kovariat.", "Few treated units for the number of covariates."
    ),
    "propensity_failed": words(
        "Skor kecenderungan diestimasi tanpa kovariat karena gagal dengan kovariat.",
        "The propensity score failed with covariates and was estimated without.",
    ),
    "covariates_missing": words(
        "Sebagian efek diestimasi tanpa kovariat.", "Some effects were estimated without covariates."
    ),
    "without_covariates": words(
        "Penduga ini tidak memakai kovariat.", "This estimator does not condition on covariates."
    ),
    "single_unit_cohort": words(
        "Sebuah kohort hanya satu unit: ketidakpastiannya tidak dapat diestimasi.",
        "A cohort has one unit: its uncertainty cannot be estimated.",
    ),
    "unbalanced": words(
        "Sebagian unit tidak teramati pada setiap periode; tiap penduga memakai baris yang ada dengan caranya sendiri.",
        "Some units are not observed in every period; each estimator uses the rows there are in its own way.",
    ),
    "empty_cells": words(
        "Sebagian kohort tidak teramati pada suatu periode.", "Some cohorts are not observed in some period."
    ),
    "one_pre_period": words(
        "Hanya satu periode sebelum mulai: tren sebelum program tidak dapat diuji.",
        "One period before the start only: trends before the programme cannot be tested.",
    ),
    "negative_weights": words(
        "Regresi dua arah memberi bobot negatif kepada sebagian efek.",
        "The two-way regression gives some effects a negative weight.",
    ),
    "zero_weights": words(
        "Regresi dua arah memberi bobot nol kepada sebagian efek.",
        "The two-way regression gives some effects no weight.",
    ),
    "balanced_only": words("Hanya unit yang teramati pada setiap periode.", "Only units observed in every period."),
    "cells_missing": words(
        "Sebagian efek kohort-periode tidak dapat diestimasi.", "Some cohort-by-period effects were not estimable."
    ),
    "thin_horizons": words(
        "Pada waktu terlama sejak mulai, kurang dari separuh peserta teramati.",
        "At the longest times since the start fewer than half the treated units are observed.",
    ),
    "cohorts_trimmed": words(
        "Kohort yang jendelanya tidak teramati penuh tidak dipakai.",
        "Cohorts whose window is not wholly observed were left out.",
    ),
    "no_pre_period": words(
        "Kohort tanpa periode sebelum mulai tidak dipakai.", "Cohorts without a period before the start were left out."
    ),
    "no_earlier_base": words(
        "Kohort dengan satu periode saja sebelum mulai tidak dipakai.",
        "Cohorts with one period before the start only were left out.",
    ),
    "no_comparison": words(
        "Periode atau kohort tanpa pembanding tidak dipakai.",
        "Periods or cohorts without a comparison were left out.",
    ),
    "units_before": words(
        "Unit tanpa pengamatan sebelum mulai tidak dipakai.", "Units without a row before their start were left out."
    ),
    "weight_varies": words(
        "Bobot sebagian unit berubah; yang dipakai adalah bobot periode pertamanya.",
        "The weights of some units change; each counts by that of its first period.",
    ),
    "units_dropped": words(
        "Unit yang barisnya tidak mencukupi tidak dipakai.", "Units with too few rows were left out."
    ),
    "limited_outcome": words(
        "Luaran bernilai terbatas; efek adalah pada rata-ratanya.",
        "The outcome takes few values; the effect is on its mean.",
    ),
    "no_convergence": words(
        "Iterasi tidak konvergen; angka ini perlu dibaca hati-hati.",
        "The iterations did not converge; read this number with care.",
    ),
    "poor_fit": words(
        "Pembanding tertimbang kurang mengikuti peserta sebelum program.",
        "The weighted comparison follows the treated poorly before the programme.",
    ),
    "no_standard_error": words(
        "Galat baku tidak terhingga atau nol, maka tanpa selang.",
        "The standard error is not finite or zero, so there is no interval.",
    ),
    "numerical": words(
        "Sebagian langkah hitung tidak memberi nilai terhingga.", "Some steps of the calculation had no finite value."
    ),
    "library": words(
        "Perangkat estimasi memberi peringatan lain; angka ini perlu dibaca hati-hati.",
        "The estimation software gave another warning; read this number with care.",
    ),
}
REFUSALS = {
    "design": words("Tidak dapat dipakai: rancangan tidak memenuhi syarat.", "Not applicable: the design falls short."),
    "library": words(
        "Tidak dapat dipakai: data tidak memenuhi syarat penduga.",
        "Not applicable: the data do not meet the estimator's needs.",
    ),
    "weights": words("Tidak dapat dipakai: penduga ini tidak mengenal bobot.", "Not applicable: it takes no weights."),
    "no_value": words("Tidak dapat dipakai: tanpa nilai terhingga.", "Not applicable: there is no finite value."),
    "no_covariates": words(
        "Tidak dapat dipakai: tidak ada kovariat yang lengkap.", "Not applicable: no complete covariate."
    ),
    "no_balanced_units": words(
        "Tidak dapat dipakai: terlalu sedikit unit teramati pada setiap periode.",
        "Not applicable: too few units are observed in every period.",
    ),
    "no_earlier_base": words(
        "Tidak dapat dipakai: tidak ada kohort dengan dua periode sebelum mulai.",
        "Not applicable: no cohort has two periods before its start.",
    ),
    "no_pre_period": words(
        "Tidak dapat dipakai: tidak ada peserta yang teramati sebelum mulai.",
        "Not applicable: no treated unit is observed before its start.",
    ),
}
