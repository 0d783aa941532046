"""The field's checklists for difference-in-differences, answered from the study's own numbers.

Roth, Sant'Anna, Bilinski & Poe (2023), "What's Trending in Difference-in-Differences?", Journal of Econometrics 235(2), the
checklist for practitioners; Baker, Callaway, Cunningham, Goodman-Bacon & Sant'Anna (2025), "Difference-in-Differences
Designs: A Practitioner's Guide", arXiv:2503.13323. An answer holds only where its condition does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pipeline.chapters import plan
from pipeline.chapters.cohorts import differ
from pipeline.chapters.outcomes import STATED, thresholds
from pipeline.languages.message import literal, msg
from pipeline.report.doc import Doc, Part, when

Answer = Callable[[Doc], Part]


def _timing(doc: Doc) -> Part:
    several = any(doc.has(f"cohorts_differ_{o.name}") for o in doc.outcomes)
    return "checklist-timing-staggered" if several else "checklist-timing-once"


def _trends(doc: Doc) -> Part:
    told = doc.primary("pretrend")
    return [
        f"checklist-trends-{doc.study.program.timing}",
        *(_test_of_trends(doc, o) for o in told),
        when(bool(told), "checklist-trends-not-shown"),
        when(len(told) < len(doc.primary()), "checklist-trends-untested"),
    ]


def _test_of_trends(doc: Doc, outcome: Any) -> Part:
    """The test with what it could have found: that it does not reject says nothing else."""
    bias = "yes" if doc.has(f"detectable_bias_{outcome.name}") else "no"
    return doc.about(outcome, "checklist-trends-of", bias=bias, power=thresholds(doc).power)


def _stated(doc: Doc, beside: str) -> list[Any]:
    """The primary outcomes of which an effect is told, and of which the ledger has what stands beside it."""
    return [o for o in doc.primary(beside) if doc.verdict_code(o.name) in STATED]


def _given_covariates(doc: Doc) -> Part:
    asked = "checklist-covariates" if doc.study.covariates else "checklist-covariates-none"
    return [asked, *(doc.about(o, "checklist-covariates-of") for o in _stated(doc, "att_adjusted"))]


def _violations(doc: Doc) -> Part:
    known = doc.primary("sensitivity_mbar")
    return [doc.about(o, "checklist-violations-of") for o in known] or "checklist-violations-none"


def _clusters(doc: Doc) -> Part:
    level = "cluster" if doc.study.program.assigned_at == "cluster" else "unit"
    return [msg("checklist-clusters", differ=differ(doc)), f"checklist-clusters-{level}"]


def _form(doc: Doc) -> Part:
    kinds = {o.transform for o in doc.study.outcomes}
    said: list[Part] = [f"checklist-form-{kind}" for kind in ("standardise", "log", "none") if kind in kinds]
    return [
        *said,
        when("rank" in doc.study.specifications.scalings and bool(doc.primary("spec_n")), "checklist-form-other"),
    ]


def _target(_: Doc) -> Part:
    return "checklist-target"


def _weights(doc: Doc) -> Part:
    if doc.study.weighted:
        return "checklist-weights-declared"
    several = any(doc.has(f"att_by_unit_{o.name}") for o in doc.outcomes)
    return "checklist-weights-periods" if several else "checklist-weights-equal"


def _comparison(doc: Doc) -> Part:
    if doc.value("n_never") == 0:
        return "checklist-comparison-later"
    return f"checklist-comparison-{doc.study.inference.control.replace('_', '-')}"


def _anticipation(doc: Doc) -> Part:
    tables = (doc.prose.results.tables.get(f"tbl_estimators_{o.name}") for o in doc.primary("estimators_count"))
    moved = [row for table in tables if table for row in table.rows if row["row"] == "cs_anticipation_1"]
    known = any(isinstance(row["value"], float) for row in moved)
    if not known:
        return "checklist-anticipation-none"
    return [
        "checklist-anticipation",
        *(doc.about(o, "checklist-anticipation-of") for o in _stated(doc, "earlier_base")),
    ]


def _heterogeneity(doc: Doc) -> Part:
    return [
        "checklist-heterogeneity-time",
        *(doc.about(o, "checklist-heterogeneity-of") for o in doc.primary("cohorts_differ")),
        when(doc.has("heterogeneity_tests"), "checklist-heterogeneity-groups"),
    ]


def _composition(doc: Doc) -> Part:
    return [doc.about(o, "checklist-composition-of") for o in doc.primary("lee")] or "checklist-composition-none"


def _several(doc: Doc) -> Part:
    return "checklist-several" if len(doc.primary()) > 1 else "checklist-several-one"


def _planned(doc: Doc) -> Part:
    stage = plan.stage(doc)
    if stage == "absent":
        return "checklist-planned-not"
    return [
        msg(f"checklist-planned-{stage}", until=doc.code("plan_data_until")),
        when(doc.value("plan_revisions") > 0, "checklist-planned-revised"),
        "checklist-planned-differ",
        when(doc.has("tbl_plan"), "checklist-planned-listed"),
    ]


ITEMS: tuple[tuple[str, str, Answer], ...] = (
    ("timing", "roth", _timing), ("trends", "roth", _trends), ("covariates", "roth", _given_covariates),
    ("violations", "roth", _violations), ("clusters", "roth", _clusters), ("form", "roth", _form),
    ("target", "baker", _target), ("weights", "baker", _weights), ("comparison", "baker", _comparison),
    ("anticipation", "baker", _anticipation), ("heterogeneity", "baker", _heterogeneity),
    ("composition", "baker", _composition), ("several", "baker", _several), ("planned", "baker", _planned),
)  # fmt: skip
"""Each question with whose it is and the rule that answers it."""


def annex(doc: Doc) -> None:
    """The checklists, question by question."""
    doc.heading("checklist-title")
    doc.paragraph("checklist-opening")
    rows = [(f"checklist-asks-{key}", literal(f"[@{_SOURCES[source]}]"), answer(doc)) for key, source, answer in ITEMS]
    doc.words_table(
        "tbl_checklist",
        ["checklist-question", "checklist-source", "checklist-answer"],
        rows,
        caption="tbl-checklist",
    )


_SOURCES = {"roth": "rothsantannabilinskipoe2023", "baker": "baker2025"}
