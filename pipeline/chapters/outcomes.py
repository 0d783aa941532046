"""Sentences about one outcome: which of them is said follows from the ledger's codes and numbers by the rules here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.ledger.entries import Number
from pipeline.methods.effects.diagnostics.balance import SMALL
from pipeline.report.doc import Doc, Part
from pipeline.study.thresholds import Thresholds

IMPROVED = ("strong", "moderate", "weak")
"""Verdicts that state the change that was wanted."""
STATED = (*IMPROVED, "none", "weak_decline", "decline")
"""Verdicts beside which numbers of an effect may stand."""
TELLING = 0.1
"""Share of an effect from which on it is told what the effect is where each unit counts once."""
_GROUPS = {"weak_decline": "unwanted", "decline": "unwanted"}


def judge_phrase(doc: Doc, outcome: Any) -> str:
    """Which sentence states the verdict on an outcome."""
    code = doc.verdict_code(outcome.name)
    if code in IMPROVED:
        return "outcomes-judge-wanted"
    if code == "none" and doc.code(f"underpowered_{outcome.name}") == "yes":
        return "outcomes-judge-none-underpowered"
    return f"outcomes-judge-{_GROUPS.get(code, code).replace('_', '-')}"


def judge(doc: Doc, outcome: Any) -> Part:
    """The verdict on an outcome with its estimate."""
    return doc.about(outcome, judge_phrase(doc, outcome), better=outcome.better)


def judged(doc: Doc) -> list[Part]:
    """The verdicts on the primary outcomes, then on the intermediate ones."""
    return [judge(doc, o) for role in ("primary", "mechanism") for o in doc.outcomes if o.role == role]


def yardstick(doc: Doc, outcome: Any) -> Part:
    """The estimate beside the smallest effect of interest."""
    if not (doc.has(f"smallest_{outcome.name}") and _stated(doc, outcome)):
        return None
    smallest = doc.value(f"smallest_{outcome.name}")
    side = "above" if abs(doc.value(f"att_{outcome.name}")) >= smallest else "below"
    return doc.about(outcome, "outcomes-yardstick", side=side)


def growth(doc: Doc, outcome: Any) -> Part:
    """The effect in the first and the last period, and whether it changed in the earliest cohort."""
    if not (_stated(doc, outcome) and doc.value(f"periods_after_{outcome.name}") > 1):
        return None
    said: list[Part] = [doc.about(outcome, "outcomes-first-and-last")]
    if doc.has(f"growth_{outcome.name}"):
        found = _rejects(doc, f"growth_{outcome.name}", 1 - doc.study.inference.level)
        said.append(doc.about(outcome, "outcomes-growth", found=found))
    return said


def cohorts(doc: Doc, outcome: Any) -> Part:
    """The range of effects by cohort, and whether they differ."""
    if not (_stated(doc, outcome) and doc.has(f"cohorts_differ_{outcome.name}")):
        return None
    found = _rejects(doc, f"cohorts_differ_{outcome.name}", 1 - doc.study.inference.level)
    said: list[Part] = [doc.about(outcome, "outcomes-cohorts", found=found)]
    if _depends_on_counting(doc, outcome.name):
        said.append(doc.about(outcome, "outcomes-by-unit"))
    if doc.has(f"exposure_gap_{outcome.name}"):
        said.append(doc.about(outcome, "outcomes-exposure", side=exposure(doc, outcome)))
    return said


def _depends_on_counting(doc: Doc, name: str) -> bool:
    """Whether the average effect is another by more than a tenth where each unit counts once."""
    if not doc.has(f"att_by_unit_{name}"):
        return False
    effect = doc.value(f"att_{name}")
    return abs(doc.value(f"att_by_unit_{name}") - effect) > TELLING * abs(effect)


def exposure(doc: Doc, outcome: Any) -> str:
    """What the newest cohort gained beside earlier ones over the same time since entry.

    "less" and "more" of what is wanted, where the difference is shown; "alike" where it is not; "unknown" where there is
    nothing to compare.
    """
    name = f"exposure_gap_{outcome.name}"
    if not doc.has(name):
        return "unknown"
    if _rejects(doc, name, 1 - doc.study.inference.level) == "no":
        return "alike"
    return "more" if (doc.value(name) > 0) == (outcome.better == "higher") else "less"


def moved_by_others(doc: Doc, name: str) -> bool:
    """Whether other estimators give this report's verdict in fewer than half of the combinations."""
    return others_disagree(doc.prose.results.numbers, name)


def others_disagree(numbers: Mapping[str, Number], name: str) -> bool:
    """`moved_by_others`, of numbers of a ledger."""
    tried, same = (numbers.get(f"whatif_others_{part}_{name}") for part in ("n", "same"))
    return tried is not None and same is not None and 2 * same.value < tried.value


def moved_before(doc: Doc, name: str) -> str:
    """How the outcome moved before the start, where there can be no effect: "dip", "rise", or "" where neither is shown.

    A "dip" goes the way that is not wanted, so that recovery alone would look like an effect.
    """
    moved = f"placebo_date_{name}"
    if not doc.has(moved) or _rejects(doc, moved, 1 - doc.study.inference.level) == "no":
        return ""
    better = next(outcome.better for outcome in doc.outcomes if outcome.name == name)
    return "rise" if (doc.value(moved) > 0) == (better == "higher") else "dip"


def falls_from_earlier(doc: Doc, name: str) -> bool:
    """Whether an effect is smaller by a third or more where it is measured from one period earlier."""
    earlier = f"earlier_base_{name}"
    return doc.has(earlier) and 3 * abs(doc.value(earlier)) <= 2 * abs(doc.value(f"att_{name}"))


def baseline(doc: Doc, outcome: Any) -> Part:
    """On which side of its comparison the treated stood before the programme."""
    if not doc.has(f"baseline_{outcome.name}"):
        return None
    gap = doc.value(f"baseline_{outcome.name}")
    side = "below" if gap < -SMALL else "above" if gap > SMALL else "level"
    return doc.about(outcome, "outcomes-baseline", side=side)


def before(doc: Doc, outcome: Any) -> Part:
    """What the test of trends before the programme found, and what it could have missed."""
    name = outcome.name
    if not doc.has(f"pretrend_{name}"):
        return doc.about(outcome, "outcomes-pretrend-untested")
    found = _rejects(doc, f"pretrend_{name}", thresholds(doc).pretrend_alpha)
    said: list[Part] = [doc.about(outcome, "outcomes-pretrend", found=found)]
    if doc.has(f"detectable_bias_{name}"):
        side = _beside_the_effect(doc.prose.results.numbers[f"att_{name}"], abs(doc.value(f"detectable_bias_{name}")))
        if side:
            said.append(doc.about(outcome, "outcomes-detectable-bias", side=side, power=thresholds(doc).power))
    return said


def _beside_the_effect(effect: Number, bias: float) -> str:
    """Where a bias lies: below the interval's near end, between that and the estimate, or beyond it; "zero" is in it.

    Empty where there is no interval.
    """
    if effect.low is None or effect.high is None:
        return ""
    near = max(effect.low, -effect.high)
    return "zero" if near <= 0 else "less" if bias < near else "inside" if bias < abs(effect.value) else "more"


def thresholds(doc: Doc) -> Thresholds:
    """Numbers of the verdict's rules as the study sets them."""
    return Thresholds(**doc.study.verdict)  # type: ignore[arg-type]


def _stated(doc: Doc, outcome: Any) -> bool:
    return doc.verdict_code(outcome.name) in STATED


def _rejects(doc: Doc, name: str, alpha: float) -> str:
    return "yes" if doc.p_value(name) < alpha else "no"
