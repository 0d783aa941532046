"""The executive summary."""

from __future__ import annotations

from pipeline.chapters.outcomes import judged, recommend_phrase
from pipeline.report.doc import Doc, when


def summary(doc: Doc) -> None:
    """Question, verdicts, the main figure, and the advice."""
    doc.heading("summary-title", 1, "sec-summary", ["unnumbered"])
    doc.paragraph("summary-question")
    if doc.study.demonstration:
        doc.callout("important", "summary-demonstration")
    doc.bullets(*judged(doc))
    doc.paragraph(when(doc.has("tbl_aims"), "summary-aims"))
    doc.figure("fig_main")
    doc.paragraph("summary-advice", recommend_phrase(doc.verdict_code("headline")), "summary-grounds")
