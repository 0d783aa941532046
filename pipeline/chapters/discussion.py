"""The discussion: what results mean, how far they rest on method, and their limits."""

from __future__ import annotations

from typing import Any

from pipeline.chapters import plan
from pipeline.chapters.outcomes import IMPROVED, falls_from_earlier, moved_before
from pipeline.report.doc import Doc, Part, when

_MEANING = {"strong": "wanted", "moderate": "wanted", "decline": "unwanted"}
LIMITATIONS = ("selection", "power", "spill-over", "concurrent", "measurement", "generality")


def meaning_phrase(code: str) -> str:
    """Which paragraph tells the meaning of the primary outcomes' joint verdict."""
    return f"discussion-meaning-{_MEANING.get(code, code).replace('_', '-')}"


def _together(doc: Doc) -> str:
    """Whether every primary and every intermediate outcome improved."""
    codes = [doc.verdict_code(outcome.name) for outcome in doc.outcomes if outcome.role != "placebo"]
    return "together" if all(code in IMPROVED for code in codes) else "apart"


def _some(doc: Doc, name: str) -> bool:
    return doc.has(name) and doc.value(name) > 0


def links(doc: Doc) -> Part:
    """Whether changes of the steps go together within units: what stands against the chain stands beside it."""
    if not doc.has("tbl_mechanism_links"):
        return None
    names = [outcome.name for outcome in doc.outcomes]
    pairs = [f"mechanism_link_{a}_{b}" for a in names for b in names if doc.has(f"mechanism_link_{a}_{b}")]
    found = {doc.code(pair) for pair in pairs}
    if "against" in found:
        return "discussion-links-against"
    return (
        "discussion-links-none" if "with" not in found else f"discussion-links-{'all' if found == {'with'} else 'some'}"
    )


def _falls_early(doc: Doc, outcome: str) -> bool:
    """Whether a change of trends no larger than one seen before the start would undo what was found."""
    return doc.has(f"sensitivity_mbar_{outcome}") and 0 < doc.value(f"sensitivity_mbar_{outcome}") < 1


def method_doubts(doc: Doc) -> list[Part]:
    """What other choices would say, and where an effect shows that cannot be one: the annex's doubts, outcome by outcome."""
    said: list[Part] = []
    for outcome in doc.primary():
        ruled, others = (_some(doc, f"whatif_{kind}_n_{outcome.name}") for kind in ("ruled", "others"))
        parts = [
            doc.about(outcome, "discussion-whatif-ruled") if ruled else None,
            doc.about(outcome, "discussion-whatif-others") if others else None,
            doc.about(outcome, "discussion-breakdown") if _falls_early(doc, outcome.name) else None,
            *_before(doc, outcome),
        ]
        if any(parts):
            said.append([doc.about(outcome, "discussion-outcome"), *parts])
    early = any(_falls_early(doc, outcome.name) for outcome in doc.primary())
    return [
        *said,
        when(_some(doc, "sensitivity_placebos_beyond"), "discussion-placebos"),
        when(early and _some(doc, "like_diverging_increase"), "discussion-diverging"),
    ]


def _before(doc: Doc, outcome: Any) -> list[Part]:
    """That an outcome that improved moved before the start, and what its effect is from a base that this did not touch."""
    if doc.verdict_code(outcome.name) not in IMPROVED:
        return []
    moved = moved_before(doc, outcome.name)
    return [
        doc.about(outcome, f"discussion-before-{moved}") if moved else None,
        doc.about(outcome, "discussion-earlier-base") if falls_from_earlier(doc, outcome.name) else None,
    ]


def discussion(doc: Doc) -> None:
    """Meaning, method, limitations; the OECD's criteria follow."""
    mechanism = any(outcome.role == "mechanism" for outcome in doc.outcomes)
    doc.heading("discussion-title", 1, "sec-discussion")
    doc.heading("discussion-meaning-title")
    doc.paragraph(meaning_phrase(doc.verdict_code("headline")))
    doc.paragraph(when(mechanism, "discussion-mechanism", f"discussion-mechanism-{_together(doc)}"), links(doc))
    doc.heading("discussion-method-title")
    doc.paragraph("discussion-method")
    doc.bullets(*method_doubts(doc))
    late = _some(doc, "plan_revisions") and plan.stage(doc) != "before"
    doc.heading("discussion-limitations-title")
    doc.bullets(
        *([f"discussion-{k}", when(mechanism and k == "measurement", "discussion-observation")] for k in LIMITATIONS),
        when(_some(doc, "plan_deviations"), "discussion-plan-departs"),
        when(late, "discussion-plan-revised"),
    )
