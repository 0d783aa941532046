"""The published table that a study declares, and ours beside it."""

from __future__ import annotations

import pandas as pd

from pipeline.chapters.words import (
    ESTIMATE,
    SE,
)
from pipeline.languages.message import msg
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.effects import make_design, twfe
from pipeline.notebook import Edition
from pipeline.report.doc import Doc


def record(ledger: Ledger, context: Edition) -> None:
    """The published table that the study declares, ours beside it, by the regression with lags of treatment."""
    study, panel = context.study, context.panel
    published = study.replication
    if published is None:
        return
    design = make_design(panel, published.outcome, cluster="cluster" if "cluster" in panel else "unit")
    ours = twfe.lags(design, lags=published.lags, vcov="classical" if published.vcov == "classical" else "unit")
    values: dict[str, dict[str, float]] = ours.set_index("term")[["value", "se"]].to_dict("index")
    rows = [
        {
            "term": term.term,
            "published": term.value,
            "published_se": term.se,
            "value": values[term.term]["value"],
            "se": values[term.term]["se"],
        }
        for term in published.terms
    ]
    codes = {term.term: term.label.model_dump() for term in published.terms}
    ledger.table(
        "tbl_replication",
        pd.DataFrame(rows),
        [
            Column("term", msg("effects-term"), "code", codes=codes),
            Column("value", ESTIMATE, "number", 3),
            Column("se", SE, "number", 3),
            Column("published", msg("common-published"), "number", 3),
            Column("published_se", msg("effects-published-standard-error"), "number", 3),
        ],
        caption=msg("tbl-replication"),
        notes=msg("tbl-replication.notes", source=published.source, published=published.n),
    )
    ledger.number("replication_n", len(design.data), unit="", decimals=0, n=len(design.data))


# --- what the report says ---------------------------------------------------------------------------------------------


def results(doc: Doc) -> None:
    """The check against published numbers."""
    if doc.has("tbl_replication"):
        doc.heading("results-published-title")
        doc.paragraph("results-published")
        doc.table("tbl_replication")
