"""The report's chapter on results, part by part; topics come between and after them as the outline says."""

from __future__ import annotations

from pipeline.chapters.auxiliary import not_shown
from pipeline.chapters.outcomes import baseline, before, cohorts, growth, judge, yardstick
from pipeline.languages.message import msg
from pipeline.report.doc import Doc, when

LEAST_HOURS = 20
"""Hours of development a year that Regulation 11/2017 asks for."""


def opening(doc: Doc) -> None:
    """Title, and how groups stood before the programme."""
    doc.heading("results-title", 1, "sec-results")
    doc.paragraph("results-opening")
    doc.heading("results-before-title")
    primary = [baseline(doc, o) for o in doc.outcomes if o.role == "primary"]
    doc.paragraph("results-balance", primary, "results-level")
    doc.table("tbl_balance")


def reach(doc: Doc) -> None:
    """Whom training and mentoring reached."""
    coverage = doc.has("fig_coverage")
    if doc.has("tbl_training"):
        doc.heading("results-reach-title")
        doc.paragraph(
            "results-trained",
            when(doc.has("jp_mean"), msg("results-hours", hours=LEAST_HOURS)),
            "results-training-coverage" if coverage else "results-training",
            "results-delivery-only",
        )
        doc.table("tbl_training")
    doc.figure("fig_coverage", "85%")


def effects(doc: Doc) -> None:
    """Effects over all outcomes, the check against published numbers, and each outcome."""
    doc.heading("results-effects-title")
    doc.paragraph("results-effects")
    doc.table("tbl_effects")
    not_shown(doc, "replication")
    if doc.has("tbl_replication"):
        doc.heading("results-published-title")
        doc.paragraph("results-published")
        doc.table("tbl_replication")
    for outcome in doc.outcomes:
        name = outcome.name
        doc.heading(doc.about(outcome, "literal", text=outcome.label), id=f"sec-outcome-{outcome.id}")
        doc.paragraph(judge(doc, outcome), yardstick(doc, outcome))
        doc.paragraph(growth(doc, outcome), cohorts(doc, outcome))
        two_way = "results-two-way" if doc.has(f"not_shown_bacon_{name}") else "results-two-way-decomposed"
        doc.paragraph(doc.about(outcome, "results-figures"), when(doc.has(f"twfe_{name}"), doc.about(outcome, two_way)))
        for kind in ("trends", "event", "cohort"):
            doc.figure(f"fig_{kind}_{name}")


def verdicts(doc: Doc) -> None:
    """Trends before the programme, and the verdicts with their reasons."""
    doc.heading("results-trends-title")
    doc.bullets(*(before(doc, outcome) for outcome in doc.outcomes))
    doc.table("tbl_pretrends")
    doc.heading("results-verdicts-title")
    doc.paragraph("results-verdicts")
    doc.table("tbl_verdict")
