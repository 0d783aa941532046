"""Text of the estimators: names, estimands, comparison groups, notes and refusals, in both languages."""

from __future__ import annotations

from pipeline.languages.message import msg
from pipeline.methods.effects.estimators import METHODS


def _key(code: str) -> str:
    return code.replace("_", "-")


NAMES = {code: msg(f"estimators-name-{_key(code)}") for code in METHODS}
COMPARISONS = {
    "never": msg("common-never-treated"),
    "not_yet": msg("estimators-comparisons-not-yet"),
    "untreated": msg("estimators-comparisons-untreated"),
    "all": msg("estimators-comparisons-all"),
    "weighted": msg("estimators-comparisons-weighted"),
}
_ALL = msg("estimators-all")


ESTIMANDS = {
    code: msg("estimators-estimand", base=_ALL, how=msg(f"estimators-how-{_key(code)}"))
    if method.common
    else msg(f"estimators-estimands-{_key(code)}")
    for code, method in METHODS.items()
}
NOTES = {
    "count": msg("estimators-note-count"),
    "binary": msg("estimators-note-binary"),
    "floor": msg("estimators-note-floor"),
    "ceiling": msg("estimators-note-ceiling"),
    "log_of_zeros": msg("estimators-note-log-of-zeros"),
    "rows_without_outcome": msg("estimators-note-rows-without-outcome"),
    "seen_once": msg("estimators-note-seen-once"),
    "not_yet_chosen": msg("estimators-note-not-yet-chosen"),
    "whole_clusters": msg("estimators-note-whole-clusters"),
    "always_treated": msg("estimators-note-always-treated"),
    "small_cohort": msg("estimators-note-small-cohort"),
    "lone_stratum": msg("estimators-note-lone-stratum"),
    "treated_later": msg("estimators-note-treated-later"),
    "cohort_moved": msg("estimators-note-cohort-moved"),
    "last_cohort_as_comparison": msg("estimators-note-last-cohort-as-comparison"),
    "constant_covariate": msg("estimators-note-constant-covariate"),
    "covariate_missing": msg("estimators-note-covariate-missing"),
    "covariate_units": msg("estimators-note-covariate-units"),
    "near_constant": msg("estimators-note-near-constant"),
    "collinear": msg("estimators-note-collinear"),
    "overlap": msg("estimators-note-overlap"),
    "no_overlap": msg("estimators-note-no-overlap"),
    "few_per_covariate": msg("estimators-note-few-per-covariate"),
    "propensity_failed": msg("estimators-note-propensity-failed"),
    "covariates_missing": msg("estimators-note-covariates-missing"),
    "without_covariates": msg("estimators-note-without-covariates"),
    "single_unit_cohort": msg("estimators-note-single-unit-cohort"),
    "unbalanced": msg("estimators-note-unbalanced"),
    "empty_cells": msg("estimators-note-empty-cells"),
    "one_pre_period": msg("estimators-note-one-pre-period"),
    "negative_weights": msg("estimators-note-negative-weights"),
    "ratio": msg("estimators-note-ratio"),
    "still_treated": msg("estimators-note-still-treated"),
    "still_comparison": msg("estimators-note-still-comparison"),
    "zero_weights": msg("estimators-note-zero-weights"),
    "balanced_only": msg("estimators-note-balanced-only"),
    "cells_missing": msg("estimators-note-cells-missing"),
    "thin_horizons": msg("estimators-note-thin-horizons"),
    "cohorts_trimmed": msg("estimators-note-cohorts-trimmed"),
    "no_pre_period": msg("estimators-note-no-pre-period"),
    "no_earlier_base": msg("estimators-note-no-earlier-base"),
    "no_comparison": msg("estimators-note-no-comparison"),
    "units_before": msg("estimators-note-units-before"),
    "weight_varies": msg("estimators-note-weight-varies"),
    "units_dropped": msg("estimators-note-units-dropped"),
    "limited_outcome": msg("estimators-note-limited-outcome"),
    "no_convergence": msg("estimators-note-no-convergence"),
    "poor_fit": msg("estimators-note-poor-fit"),
    "no_standard_error": msg("estimators-note-no-standard-error"),
    "numerical": msg("estimators-note-numerical"),
    "library": msg("estimators-note-library"),
}
REFUSALS = {
    "design": msg("estimators-refusals-design"),
    "library": msg("estimators-refusals-library"),
    "weights": msg("estimators-refusals-weights"),
    "no_value": msg("estimators-refusals-no-value"),
    "no_covariates": msg("estimators-refusals-no-covariates"),
    "no_balanced_units": msg("estimators-refusals-no-balanced-units"),
    "no_earlier_base": msg("estimators-refusals-no-earlier-base"),
    "no_pre_period": msg("estimators-refusals-no-pre-period"),
    "too_large": msg("estimators-refusals-too-large"),
    "timing_by_cluster": msg("estimators-refusals-timing-by-cluster"),
    "no_stratum": msg("estimators-refusals-no-stratum"),
}
