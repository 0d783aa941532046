"""Settings of a study in words: what a key of its file means, beside the key as it is written there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pipeline.chapters.rules import rule_words
from pipeline.chapters.words import SOURCES
from pipeline.languages.message import Digits, Text, literal, msg
from pipeline.report.tables import DASH, escape

_SAMPLE = re.compile(r"specifications\.samples\.([^.]+)\.(\w+)")
_DECIMAL = re.compile(r"-?\d+\.(\d+)")
_PARTS = {
    "study": ("seed", "first_period", "period_start_month", "covariates", "assigned_at", "timing", "tolerances"),
    "inference": ("level", "bootstrap_draws", "wild_draws", "control", "min_cohort_units"),
    "disclosure": ("min_persons", "min_units"),
    "specifications": ("samples", "covariates", "estimators", "comparisons", "scalings", "clusters", "draws"),
    "samples": ("code", "balanced", "where", "without_cohorts", "first_period"),
    "run": ("cell_minutes", "memory_gb"),
    "outcomes": (
        "better", "column", "decimals", "denominator", "role", "smallest_effect", "source", "transform", "unit",
    ),
    "verdict": (
        "smallest_effect", "smallest_effect_unit", "pretrend_alpha", "material_share", "informative_share",
        "divergence_share", "divergence_alpha", "earlier_alpha", "wild_strong", "wild_moderate", "few_clusters",
        "min_clusters", "min_treated", "min_df", "baseline_large", "agree_share", "power", "suggestive_alpha",
    ),
}  # fmt: skip
"""Keys that have words, by the part of the file in which they stand: messages `setting-<part>-<key>`."""


def words_of(key: str, outcomes: Mapping[str, Text] | None = None) -> Text | None:
    """What a key such as "inference.level" means; nothing where it has no words.

    Args:
        key: With the names of outcomes in it ("verdict.literacy.power"), or "*" for each of them.
        outcomes: Labels of outcomes by name.
    """
    known, parts = outcomes or {}, key.split(".")
    sample = _SAMPLE.fullmatch(key)
    if sample:
        what = _leaf("samples", sample[2])
        return what and msg("setting-of-sample", sample=sample[1], what=what)
    if parts[0] == "tolerances" and len(parts) == 3:
        return msg("setting-tolerance", source=SOURCES.get(parts[1], parts[1]), rule=rule_words([parts[2]])[parts[2]])
    if parts[0] == "tolerances" and len(parts) == 2:
        return msg("setting-tolerances-of", source=SOURCES.get(parts[1], parts[1]))
    if len(parts) == 3 and parts[1] == "*":
        what = _leaf(parts[0], parts[2])
        return what and msg("setting-of-each", what=what)
    if len(parts) == 3 and parts[1] in known:
        what = _leaf(parts[0], parts[2])
        return what and msg("setting-of-outcome", what=what, outcome=known[parts[1]])
    return _leaf(*parts) if len(parts) == 2 else _leaf("study", parts[0]) if len(parts) == 1 else None


def _leaf(part: str, key: str) -> Text | None:
    if key not in _PARTS.get(part, ()):
        return None
    return msg(f"setting-{part}-{key.replace('_', '-')}")


def values_of(values: Iterable[str]) -> dict[str, Text]:
    """Values as a report prints them: decimals with the mark of its language, all else as the file has it."""
    return {value: _value(value) for value in map(str, values)}


def _value(value: str) -> Text:
    found = _DECIMAL.fullmatch(value)
    if found is None:
        return literal(escape(value) or DASH)
    return literal(Digits(float(value), len(found[1]) if found[1].strip("0") else 0))
