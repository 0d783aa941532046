"""Conclusions and recommendations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.chapters import advice
from pipeline.chapters.facts import CHANGES, doubts, gained_less, limits
from pipeline.chapters.lines import Line, lines_of
from pipeline.chapters.outcomes import judged
from pipeline.chapters.programme import MINIMUM_JP
from pipeline.languages.message import Message, Text, literal, msg
from pipeline.report.doc import Doc, Part, when
from pipeline.study.dates import said_day


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


def _needs(doc: Doc, lines: Iterable[Line]) -> Iterator[Part]:
    """What would strengthen the evidence, by what limits it: each kind of limit with the indicators that it holds back."""
    held = list(lines)
    for kind in CHANGES:
        labels = [line.label for line in held if kind in limits(doc, line)]
        if labels:
            yield msg(f"advice-need-{kind}", labels=labels)


def _lottery(doc: Doc) -> list[Part]:
    """What a lottery of those that wait could not find, and where a study that could would need more than there are."""
    codes, short, fresh = doc.prose.results.texts, list[Text](), list[Text]()
    for outcome in doc.primary():
        now, lottery = (codes.get(f"power_{step}_{outcome.name}") for step in ("now", "lottery"))
        if now != "short" or lottery == "reached":
            continue
        short.append(literal(outcome.label))
        needed = f"power_fresh_{outcome.name}"
        if doc.has(needed) and doc.value(needed) > doc.value("n_units"):
            fresh.append(literal(outcome.label))
    return [
        msg("conclusion-lot-short", labels=short) if short else None,
        msg("conclusion-lot-fresh", labels=fresh) if fresh else None,
    ]


def _newest(doc: Doc) -> Part:
    """What has to be understood before more are taken in: that the newest cohort gained less in the same time."""
    less = [literal(outcome.label) for outcome in gained_less(doc)]
    return msg("advice-newest", labels=less) if less else None


def recommendations(doc: Doc) -> list[Part]:
    """Each recommendation that the ledger gives a ground for, in order; those of `advice.steps` first, as it numbers them."""

    begins = doc.study.period_to_come(doc.edition, said_day(doc.study, doc.edition, doc.root))

    def dated(name: str, **more: object) -> Message:
        following = {"next": float(begins), "next-edition": str(doc.edition + 1)}
        return Message(name, {**following, **more})

    programme = advice.of_report(doc)
    lines = list(lines_of(doc.study, doc.prose.results)) if doc.has("tbl_aims") else []
    likewise, steps = None, list[Part]()
    found = advice.steps(lines, programme)
    for step in found:
        if step.number == 1:
            likewise = msg("advice-likewise", labels=step.labels)
        else:
            addressee = "advice-to-office" if step.action in advice.OFFICE else "advice-to-team"
            needs = [*_needs(doc, step.lines)] if step.action == "strengthen" else []
            steps.append([msg(f"advice-{step.action}-step", labels=step.labels), *needs, dated(addressee)])
    sensitive = "yes" if doc.has("tbl_sensitive") else "no"
    to_survey = dated("conclusion-survey-to", sensitive=sensitive)
    said: dict[str, Part] = {
        "lot": ["conclusion-lot", *_lottery(doc), dated("conclusion-lot-to")],
        "hours": [
            msg("conclusion-hours", hours=MINIMUM_JP),
            when(doc.has("delivery_minimum_pns"), "conclusion-hours-permanent"),
            dated("conclusion-hours-to"),
        ],
        "power": dated("conclusion-power"),
        "files": dated("conclusion-files"),
        "survey": ["conclusion-survey", to_survey],
        "fear": ["conclusion-survey-fear", to_survey],
    }
    return [
        [
            f"advice-{programme}-programme",
            doubts(doc, programme),
            _newest(doc),
            likewise,
            dated("conclusion-programme", aims="yes" if likewise else "no"),
        ],
        *steps,
        *(said[name] for name in advice.further(doc.study, doc.prose.results, found)),
    ]
