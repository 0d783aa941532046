"""The introduction, and the chapter on the programme; both have lists to which a study adds messages of its own."""

from __future__ import annotations

from pipeline.chapters.cohorts import differ
from pipeline.languages.message import msg
from pipeline.report.doc import Doc, when


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


def _trained_too(doc: Doc) -> bool:
    """Whether staff of the comparison were trained too; how many were is not told, since it would tell of the others."""
    return doc.has("dose_mean") and doc.has("dose_mean_never") and doc.value("dose_mean_never") > 0


def background(doc: Doc) -> None:
    """The programme: who took part, and its theory of change."""
    doc.heading("background-title", 1, "sec-programme")
    doc.listed("background-opening-list")
    doc.heading("background-participation-title")
    doc.paragraph(
        "background-participation",
        when(
            any(doc.value(f"n_compared_{group}") < doc.value(f"n_{group}") for group in ("treated", "never")),
            msg("background-compared", differ=differ(doc), least=doc.study.smallest_cohort),
        ),
    )
    doc.paragraph(when(_trained_too(doc), "background-comparison"))
    doc.table("tbl_cohorts")
    if doc.has("fig_theory"):
        doc.heading("background-theory-title")
        doc.paragraph("background-theory")
        doc.listed("background-theory-list")
        doc.figure("fig_theory")
        doc.listed("background-closing-list")
