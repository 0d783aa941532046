"""Several primary outcomes judged together: a family-wise rule for claims and for doubts on the design, and one headline.

Holm's (1979) step-down on the outcomes' p values, valid under any dependence, for claims (of benefit and of harm alike)
and for the pre-trend tests. So under no effect and parallel paths the chance of any claim, and that of any "not credible",
is that of a single outcome, however many are judged.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.methods.effects.judgement.types import Evidence, Verdict
from pipeline.methods.effects.judgement.verdict import judge
from pipeline.study.thresholds import Thresholds

_GRADES = ("weak", "moderate", "strong")
_SILENT = ("not_credible", "not_assessable")


def holm(p: Sequence[float]) -> list[float]:
    """Holm's adjusted p values; values that are not finite are passed over and stay as they are."""
    known = sorted((value, i) for i, value in enumerate(p) if math.isfinite(value))
    adjusted = list(p)
    floor = 0.0
    for rank, (value, i) in enumerate(known):
        floor = max(floor, min(1.0, value * (len(known) - rank)))
        adjusted[i] = floor
    return adjusted


def together(evidence: Mapping[str, Evidence]) -> dict[str, Evidence]:
    """The evidence on a family's outcomes, each with the p values that the number of outcomes asks for."""
    names = list(evidence)
    claims = holm([evidence[n].p for n in names])
    leads = holm([_number(evidence[n].pretrend_p) for n in names])
    count = sum(math.isfinite(evidence[n].p) for n in names)
    return {
        name: replace(
            evidence[name],
            family=max(count, 1),
            family_p=claim if math.isfinite(claim) else None,
            pretrend_family_p=lead if math.isfinite(lead) else None,
        )
        for name, claim, lead in zip(names, claims, leads, strict=True)
    }


def judge_family(
    evidence: Mapping[str, Evidence], thresholds: Mapping[str, Thresholds] | None = None
) -> dict[str, Verdict]:
    """Verdicts on the primary outcomes of a study, judged together.

    Args:
        evidence: By outcome.
        thresholds: By outcome; the defaults where not given.
    """
    limits = thresholds or {}
    return {name: judge(one, limits.get(name)) for name, one in together(evidence).items()}


def headline(codes: Sequence[str]) -> str:
    """One code over the primary outcomes that were judged together.

    A decline stands above all else. Where on the larger part of outcomes nothing can be said, that is the headline, by the
    commoner of its two reasons. A grade
    is what more than half of all outcomes reach, and those on which nothing can be said do not; where some but not most
    improve, or improvement stands beside a weak sign of harm, the headline is "mixed".

    Raises:
        ValueError: There is no verdict.
    """
    if not codes:
        raise ValueError("no verdict to sum up")
    if "decline" in codes:
        return "decline"
    silent = [codes.count(code) for code in _SILENT]
    if 2 * sum(silent) > len(codes):
        return _SILENT[silent.index(max(silent))]
    told = [code for code in codes if code not in _SILENT]
    grades = sorted((_GRADES.index(code) if code in _GRADES else -1 for code in codes), reverse=True)
    improved = sum(grade >= 0 for grade in grades)
    if "weak_decline" in told:
        return "mixed" if improved else "weak_decline"
    if not improved:
        return "none"
    reached = grades[len(grades) // 2]
    return _GRADES[reached] if reached >= 0 else "mixed"


def _number(value: float | None) -> float:
    return math.nan if value is None else value
