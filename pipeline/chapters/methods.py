"""The report's chapter on methods: design, data, assumptions, threats, uncertainty, protection of personal data."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any

from pipeline.chapters.outcomes import thresholds
from pipeline.chapters.words import SOURCES
from pipeline.languages.message import Message, Text, literal, msg
from pipeline.report.doc import Doc, when
from pipeline.report.withheld import withheld


def methods(doc: Doc) -> None:
    """The whole chapter; a study adds threats of its own by the list `methods-threats-list`."""
    doc.heading("methods-title", 1, "sec-methods")
    doc.heading("methods-design-title")
    control = "not_yet" if doc.value("n_never") == 0 else doc.study.inference.control
    doc.paragraph(msg("methods-design", control=control))
    doc.paragraph(msg("methods-summary", weights="declared" if doc.study.weighted else "alike"))
    doc.paragraph("methods-two-way")
    _data(doc)
    for section, paragraphs in _SECTIONS.items():
        doc.heading(f"methods-{section}-title")
        for name in paragraphs:
            doc.paragraph(msg(f"methods-{name}", timing=doc.study.program.timing))
    doc.listed("methods-threats-list")
    doc.heading("methods-uncertainty-title")
    inference = doc.study.inference
    doc.paragraph(msg("methods-standard-errors", by=clustered_by(doc), level=inference.level))
    doc.paragraph(msg("methods-detectable", power=thresholds(doc).power))
    doc.heading("methods-verdicts-title")
    doc.paragraph("methods-verdicts")
    doc.paragraph("methods-security")
    doc.heading("methods-protection-title")
    least = doc.study.disclosure
    doc.paragraph(
        msg("methods-protection", persons=least.min_persons, units=least.min_units),
        withheld(doc),
        when(doc.study.survey is not None, "methods-protection-survey"),
    )


_SECTIONS = {
    "assumptions": ("assumptions", "parallel-trends", "anticipation", "interference", "composition"),
    "threats": ("selection", "regression-to-mean", "concurrent"),
}


def clustered_by(doc: Doc) -> str:
    """What standard errors are clustered by, as far as the study has a word for it."""
    program = doc.study.program
    if program.assigned_at == "unit":
        return "unit"
    return "cluster" if program.cluster_label else "other"


def _data(doc: Doc) -> None:
    doc.heading("methods-data-title")
    doc.paragraph("methods-rows")
    doc.figure("fig_flow", "85%")
    doc.paragraph(when("scores" in doc.study.sources, "methods-scores"))
    if doc.study.sources and not doc.study.panel:
        doc.paragraph(absent(doc), "methods-event-time")
    if doc.has("tbl_indicators"):
        doc.paragraph("methods-indicators")
        doc.table("tbl_indicators")


def absent(doc: Doc) -> list[Message]:
    """A sentence a period: which files it has not, those with the same reason together."""
    missing: dict[int, dict[str, tuple[Any, list[Text]]]] = {}
    for name, source in doc.study.sources.items():
        for year, reason in source.absent_periods.items():
            _, files = missing.setdefault(int(year), {}).setdefault(reason[doc.lang], (reason, []))
            files.append(SOURCES.get(name, literal(source.file)))

    def told(reason: Any, files: list[Text]) -> Text:
        return msg("methods-absent-one", files=_joined("methods-absent-and", files), reason=reason)

    return [
        msg(
            "methods-absent",
            period=float(year),
            which=_joined("methods-absent-more", [told(*one) for one in reasons.values()]),
        )
        for year, reasons in sorted(missing.items())
    ]


def _joined(between: str, parts: Sequence[Text]) -> Text:
    """Parts as one text, with what the message puts between two of them."""
    return reduce(lambda said, one: msg(between, said=said, one=one), parts)
