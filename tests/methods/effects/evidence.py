"""Evidence made by hand, from which tests of the rules start."""

from __future__ import annotations

from dataclasses import replace

from pipeline.methods.effects import Evidence

GOOD = Evidence(
    value=0.20,
    se=0.03,
    low=0.14,
    high=0.26,
    p=1e-6,
    n_treated=200,
    n_clusters=430,
    band_above=True,
    band_below=False,
    pretrend_p=0.5,
    trend_bias=0.01,
    largest_lead=0.02,
    detectable_bias=0.10,
    baseline_difference=-0.04,
    adjusted_value=0.19,
    adjusted_low=0.13,
    adjusted_high=0.25,
    wild_p=0.001,
)
NULL = replace(GOOD, value=0.0, low=-0.02, high=0.02, se=0.01, p=1.0, adjusted_value=None)
DOWN = replace(GOOD, value=-0.2, low=-0.26, high=-0.14, band_above=False, band_below=True, adjusted_value=None)
