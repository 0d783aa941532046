"""Conclusions and recommendations."""

from __future__ import annotations

from pipeline.chapters.outcomes import judged, recommend_phrase
from pipeline.chapters.programme import MINIMUM_JP
from pipeline.languages.message import Message
from pipeline.report.doc import Doc, Part, when


def conclusion(doc: Doc) -> None:
    """The verdicts once more, the aims, and what follows from them."""
    doc.heading("conclusion-title", 1, "sec-conclusion")
    doc.heading("conclusion-conclusions-title")
    for said in judged(doc):
        doc.paragraph(said)
    if doc.has("tbl_aims"):
        doc.paragraph("conclusion-aims", when(doc.value("n_aims_open") > 0, "conclusion-aims-open"))
        doc.table("tbl_aims")
    doc.heading("conclusion-recommendations-title")
    doc.paragraph("conclusion-recommendations")
    doc.steps(*recommendations(doc))


def recommendations(doc: Doc) -> list[Part]:
    """Each recommendation that the ledger gives a ground for, in order."""

    def dated(name: str, **more: object) -> Message:
        return Message(name, {"next": float(doc.edition + 1), "next-edition": str(doc.edition + 1), **more})

    hours = doc.has("share_min_jp") and doc.value("share_min_jp") < 100
    weak = any(doc.code(f"underpowered_{outcome.name}") == "yes" for outcome in doc.outcomes)
    fear = doc.has("hidden_share") and doc.code("frankness") == "fear"
    sensitive = "yes" if doc.has("tbl_sensitive") else "no"
    return [
        [recommend_phrase(doc.verdict_code("headline")), dated("conclusion-programme")],
        when(doc.study.program.timing == "chosen", dated("conclusion-lot")),
        when(hours, dated("conclusion-hours", hours=MINIMUM_JP)),
        when(weak, dated("conclusion-power")),
        dated("conclusion-files"),
        when(
            doc.has("tbl_next_wave"),
            "conclusion-survey-fear" if fear else "conclusion-survey",
            dated("conclusion-survey-to", sensitive=sensitive),
        ),
        when(doc.has("tbl_aims") and doc.value("n_aims_open") > 0, dated("conclusion-open")),
    ]
