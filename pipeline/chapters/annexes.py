"""The annexes' own text: data, full tables, technical notes, record of the run, reporting standards."""

from __future__ import annotations

from pipeline.chapters.outcomes import thresholds
from pipeline.chapters.reasons import CAPS, REASONS, VERDICTS
from pipeline.languages.message import msg
from pipeline.report.doc import Doc
from pipeline.report.withheld import withheld

STANDARDS = (
    *(f"trend-{number}" for number in (*range(1, 13), "14-15", "16-17", "18", "20-22")),
    *(f"strobe-{number}" for number in ("1-4", "8", "9", "10", "19", "22")),
    *("record-12", "record-22", "wwc-baseline", "wwc-clusters", "wwc-attrition", "open-science"),
)
"""Items of the reporting standards in order."""
_TABLES = ("alternatives", "event", "leads", "cohort", "calendar", "attgt", "bacon", "cells")


def references(doc: Doc) -> None:
    """The place of the references."""
    doc.heading("annexes-references-title", 1, "sec-references", ["unnumbered"])
    doc.raw("::: {#refs}\n:::")


def data(doc: Doc) -> None:
    """The account of rows."""
    doc.heading("annexes-data-title", 1, "sec-data", ["appendix"])
    doc.paragraph("annexes-data", withheld(doc))
    doc.table("tbl_row_account")
    doc.table("tbl_rules")


def tables(doc: Doc) -> None:
    """The tables of each outcome."""
    doc.heading("annexes-tables-title", 1, "sec-tables", ["appendix"])
    in_the_text = [f"fig_how_{outcome.name}" for outcome in doc.primary("fig_how")[:1]]
    for outcome in doc.outcomes:
        doc.heading(doc.about(outcome, "literal", text=outcome.label))
        for kind in ("how", "trends", "event", "cohort"):
            if f"fig_{kind}_{outcome.name}" not in in_the_text:
                doc.figure(f"fig_{kind}_{outcome.name}")
        for kind in _TABLES:
            doc.table(f"tbl_{kind}_{outcome.name}")


def robustness(doc: Doc) -> None:
    """Title and opening of the annex on robustness."""
    doc.heading("annexes-robustness-title", 1, "sec-robustness", ["appendix"])
    doc.paragraph("annexes-robustness")


def technical(doc: Doc) -> None:
    """Title of the technical notes, and those on the main estimates and the rules."""
    doc.heading("annexes-technical-title", 1, "sec-technical", ["appendix"])
    doc.paragraph("annexes-group-time")
    doc.paragraph(msg("annexes-aggregates", seed=doc.study.seed))
    doc.paragraph("annexes-growth")
    doc.paragraph("annexes-two-way")
    doc.paragraph(msg("annexes-pretrend", power=thresholds(doc).power))
    doc.paragraph(msg("annexes-wild", draws=doc.study.inference.wild_draws))
    for name in ("std-diff", "verdict"):
        doc.paragraph(f"annexes-{name}")
    caps(doc)
    doc.paragraph("annexes-criteria")


def caps(doc: Doc) -> None:
    """Every rule that can cap a verdict."""
    doc.words_table(
        "tbl_caps",
        ["common-reason", "robustness-caps-at"],
        [(REASONS[reason], VERDICTS[cap]) for reason, cap in CAPS],
        caption="tbl-caps",
        notes=msg("tbl-caps.notes", settings="yes" if doc.has("tbl_check_settings") else "no"),
    )


def software(doc: Doc) -> None:
    """What the analysis was run with."""
    doc.paragraph("annexes-software")


def run_record(doc: Doc) -> None:
    """The hashes of every input by notebook; the raw files, which are many, in a word (the manifest lists them)."""
    doc.heading("annexes-record-title", 1, "sec-record", ["appendix"])
    doc.paragraph(msg("annexes-record", study=doc.study.name, seed=doc.study.seed))
    lines = []
    for notebook, files in doc.inputs.items():
        lines.append(f"- [{notebook}](notebooks/{notebook}.html)")
        raw = [name for name in files if name.startswith("data/raw/")]
        if raw:
            lines.append(f"    - {doc.say('annexes-record-raw')}")
        lines += [f"    - `{name}`: `{digest[:16]}`" for name, digest in files.items() if name not in raw]
    doc.raw("\n".join(lines))
    doc.paragraph("annexes-manifest")


def standards(doc: Doc) -> None:
    """Where the report answers what the reporting standards ask for."""
    doc.heading("annexes-standards-title", 1, "sec-standards", ["appendix"])
    doc.paragraph("annexes-standards")
    doc.words_table(
        "tbl_standards",
        ["annexes-standard", "annexes-item", "annexes-where"],
        [(f"standards-{k}.standard", f"standards-{k}", f"standards-{k}.where") for k in STANDARDS],
        caption="tbl-standards",
        notes="tbl-standards.notes",
    )
