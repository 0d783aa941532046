"""The report's chapters in order, and within each its parts: the one list that says what comes where.

A part is a module of `pipeline.chapters` and a function of it that writes to a `Doc`; or the name of a part that topics have,
and then each topic that has it writes its own, in the order of `pipeline.topics`.
"""

from __future__ import annotations

from importlib import import_module

from pipeline.chapters import recording
from pipeline.chapters.auxiliary import not_shown
from pipeline.chapters.glossary import Linker
from pipeline.report.doc import Doc

OUTLINE: dict[str, tuple[tuple[str, str] | str, ...]] = {
    "summary": ("results",),
    "introduction": (("introduction", "introduction"),),
    "programme": (("introduction", "background"),),
    "methods": (("methods", "methods"),),
    "results": (("results", "opening"), "results"),
    "discussion": (("discussion", "discussion"), "results"),
    "since": ("results",),
    "conclusion": (("conclusion", "conclusion"),),
    "references": (
        ("annexes", "references"),
        ("glossary", "about"),
        ("glossary", "glossary"),
        ("glossary", "supplement"),
    ),
    "data": (("annexes", "data"), ("check", "annex")),
    "tables": (("annexes", "tables"), "tables"),
    "robustness": (("annexes", "robustness"), "robust"),
    "technical": (("annexes", "technical"), "technical", ("annexes", "software")),
    "record": (("annexes", "run_record"),),
    "standards": (("annexes", "standards"), ("checklist", "annex")),
}


def write(doc: Doc) -> None:
    """The whole report; a missing auxiliary analysis says why in its place, a term's first use leads to the glossary."""
    if doc.study.continuous:
        import_module("pipeline.chapters.doses").write(doc)
        return
    doc.link = Linker(doc)
    for chapter, listed in OUTLINE.items():
        for part in listed:
            if isinstance(part, str):
                _topics(doc, part, chapter)
            else:
                getattr(import_module(f"pipeline.chapters.{part[0]}"), part[1])(doc)


def _topics(doc: Doc, part: str, chapter: str) -> None:
    for topic, tell in recording.parts(part, chapter, doc.study.name, doc.root):
        if topic.auxiliary and part == recording.first_part(topic, doc.study.name, doc.root):
            not_shown(doc, topic.name)
        tell(doc)
