"""The report's chapter on results, part by part; topics come between and after them as the outline says."""

from __future__ import annotations

from pipeline.chapters.outcomes import baseline
from pipeline.report.doc import Doc, when

"""Hours of development a year that Regulation 11/2017 asks for."""


def opening(doc: Doc) -> None:
    """Title, and how groups stood before the programme."""
    doc.heading("results-title", 1, "sec-results")
    doc.paragraph(
        "results-opening",
        when(doc.has("tbl_training"), "results-opening-reach"),
        when(doc.has("tbl_aims") and doc.has("tbl_response"), "results-opening-more"),
    )
    doc.heading("results-before-title")
    primary = [baseline(doc, o) for o in doc.outcomes if o.role == "primary"]
    doc.paragraph("results-balance", primary, "results-level")
    doc.table("tbl_balance")
