"""Conclusions and recommendations."""

from __future__ import annotations

from pipeline.chapters import advice
from pipeline.chapters.lines import lines_of
from pipeline.chapters.outcomes import judged
from pipeline.chapters.programme import MINIMUM_JP
from pipeline.languages.message import Message, msg
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
    """Each recommendation that the ledger gives a ground for, in order; those of `advice.steps` first, as it numbers them."""

    def dated(name: str, **more: object) -> Message:
        return Message(name, {"next": float(doc.edition + 1), "next-edition": str(doc.edition + 1), **more})

    programme = advice.of_report(doc)
    lines = list(lines_of(doc.study, doc.prose.results)) if doc.has("tbl_aims") else []
    likewise, steps = None, list[Part]()
    found = advice.steps(lines, programme)
    for step in found:
        if step.number == 1:
            likewise = msg("advice-likewise", labels=step.labels)
        else:
            addressee = "advice-to-office" if step.action in advice.OFFICE else "advice-to-team"
            steps.append([msg(f"advice-{step.action}-step", labels=step.labels), dated(addressee)])
    hours = doc.has("share_min_jp") and doc.has("tbl_delivery_years") and doc.value("share_min_jp") < 100
    covered = {line.outcome for step in found if step.action == "strengthen" for line in step.lines}
    weak = any(doc.code(f"underpowered_{o.name}") == "yes" for o in doc.outcomes if o.name not in covered)
    fear = doc.has("hidden_share") and doc.code("frankness") == "fear"
    sensitive = "yes" if doc.has("tbl_sensitive") else "no"
    return [
        [f"advice-{programme}-programme", likewise, dated("conclusion-programme", aims="yes" if likewise else "no")],
        *steps,
        when(doc.study.program.timing == "chosen", dated("conclusion-lot")),
        when(hours, dated("conclusion-hours", hours=MINIMUM_JP)),
        when(weak, dated("conclusion-power")),
        dated("conclusion-files"),
        when(
            doc.has("tbl_next_wave"),
            "conclusion-survey-fear" if fear else "conclusion-survey",
            dated("conclusion-survey-to", sensitive=sensitive),
        ),
    ]
