"""The discussion: what results mean, how far they rest on method, and their limits."""

from __future__ import annotations

from pipeline.chapters import plan
from pipeline.chapters.outcomes import IMPROVED
from pipeline.report.doc import Doc, when

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


def discussion(doc: Doc) -> None:
    """Meaning, method, limitations; the OECD's criteria follow."""
    mechanism = any(outcome.role == "mechanism" for outcome in doc.outcomes)
    doc.heading("discussion-title", 1, "sec-discussion")
    doc.heading("discussion-meaning-title")
    doc.paragraph(meaning_phrase(doc.verdict_code("headline")))
    doc.paragraph(when(mechanism, "discussion-mechanism", f"discussion-mechanism-{_together(doc)}"))
    doc.heading("discussion-method-title")
    doc.paragraph("discussion-method")
    late = _some(doc, "plan_revisions") and plan.stage(doc) != "before"
    doc.heading("discussion-limitations-title")
    doc.bullets(
        *([f"discussion-{k}", when(mechanism and k == "measurement", "discussion-observation")] for k in LIMITATIONS),
        when(_some(doc, "plan_deviations"), "discussion-plan-departs"),
        when(late, "discussion-plan-revised"),
    )
