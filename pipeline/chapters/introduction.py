"""The introduction, and the chapter on the programme; both have lists to which a study adds messages of its own."""

from __future__ import annotations

from pipeline.languages.message import msg
from pipeline.report.doc import Doc


def introduction(doc: Doc) -> None:
    """Background, questions, scope, and how to read the report."""
    doc.heading("introduction-title", 1, "sec-introduction")
    doc.listed("introduction-list")
    doc.heading("introduction-reading-title")
    doc.paragraph(msg("introduction-reading", level=doc.study.inference.level))
    doc.paragraph("introduction-readers")
    doc.raw("::: {.paper-only}")
    doc.paragraph("introduction-supplement")
    doc.raw(":::")
    doc.paragraph("introduction-following")


def background(doc: Doc) -> None:
    """The programme: who took part, and its theory of change."""
    doc.heading("background-title", 1, "sec-programme")
    doc.listed("background-opening-list")
    doc.heading("background-participation-title")
    doc.paragraph("background-participation")
    doc.table("tbl_cohorts")
    if doc.has("fig_theory"):
        doc.heading("background-theory-title")
        doc.paragraph("background-theory")
        doc.listed("background-theory-list")
        doc.figure("fig_theory")
        doc.listed("background-closing-list")
