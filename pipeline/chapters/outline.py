"""The report's chapters in order, and within each the parts of which it is made: the one list that says what comes where.

A part is a module of `pipeline.chapters` and a function of it that writes to a `Doc`.
"""

from __future__ import annotations

from importlib import import_module

from pipeline.chapters.auxiliary import ANALYSES, not_shown
from pipeline.report.doc import Doc

OUTLINE: dict[str, tuple[tuple[str, str], ...]] = {
    "summary": (("summary", "summary"),),
    "introduction": (("introduction", "introduction"),),
    "programme": (("introduction", "background"),),
    "methods": (("methods", "methods"),),
    "results": (
        ("results", "opening"),
        ("results", "reach"),
        ("delivery", "results"),
        ("results", "effects"),
        ("results", "verdicts"),
        ("professionalism", "results"),
        ("motivation", "results"),
        ("service", "results"),
        ("feedback", "results"),
        ("frankness", "results"),
    ),
    "discussion": (("discussion", "discussion"), ("criteria", "results")),
    "conclusion": (("conclusion", "conclusion"),),
    "references": (("annexes", "references"),),
    "data": (("annexes", "data"), ("check", "annex")),
    "tables": (
        ("annexes", "tables"),
        ("delivery", "tables"),
        ("professionalism", "tables"),
        ("feedback", "tables"),
    ),
    "robustness": (
        ("annexes", "robustness"),
        ("plan", "robust"),
        ("estimators", "robust"),
        ("inference", "robust"),
        ("sensitivity", "robust"),
        ("attrition", "robust"),
        ("multiplicity", "robust"),
        ("heterogeneity", "robust"),
        ("dose", "robust"),
        ("mechanism", "robust"),
        ("power", "robust"),
        ("specification", "robust"),
    ),
    "technical": (
        ("annexes", "technical"),
        ("estimators", "technical"),
        ("inference", "technical"),
        ("sensitivity", "technical"),
        ("attrition", "technical"),
        ("multiplicity", "technical"),
        ("heterogeneity", "technical"),
        ("dose", "technical"),
        ("mechanism", "technical"),
        ("power", "technical"),
        ("specification", "technical"),
        ("delivery", "technical"),
        ("professionalism", "technical"),
        ("motivation", "technical"),
        ("service", "technical"),
        ("feedback", "technical"),
        ("frankness", "technical"),
        ("annexes", "software"),
    ),
    "record": (("annexes", "record"),),
    "standards": (("annexes", "standards"),),
}


def write(doc: Doc) -> None:
    """The whole report; where an auxiliary analysis is missing, its place says why."""
    for parts in OUTLINE.values():
        for topic, part in parts:
            if topic in ANALYSES and part in ("results", "robust"):
                not_shown(doc, topic)
            getattr(import_module(f"pipeline.chapters.{topic}"), part)(doc)
