"""Exhibit of timing by lot: the efficient estimate and the permutation of timing, where the study says that it was random."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pipeline.chapters.words import ESTIMATE, HIGH, LOW, SE, interval_note
from pipeline.languages.message import msg
from pipeline.ledger.counts import UNITS
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.effects.estimators import Settings
from pipeline.methods.effects.estimators.efficient import efficient, timing_test
from pipeline.notebook import Edition
from pipeline.report.doc import Doc, when

DRAWS = 499


def record(ledger: Ledger, context: Edition) -> None:
    """The estimates of primary outcomes from the lot alone; nothing where timing was chosen.

    Raises:
        DesignError: Whole clusters take part, units have weights, or none is observed in every period.
    """
    study = context.study
    if study.program.timing != "random":
        return
    rows: list[dict[str, Any]] = []
    for outcome in study.outcomes:
        if outcome.role != "primary" or outcome.name not in context.effects:
            continue
        found = context.effects[outcome.name]
        settings = Settings(study.inference.level, study.seed, cluster=found.main.cluster, strata=found.strata)
        one, test = efficient(found.design, settings), timing_test(found.design, settings, DRAWS)
        ratio = found.main.overall.se / one.se
        ledger.estimate(f"timing_{outcome.name}", one, unit=outcome.unit, decimals=outcome.decimals, n=one.n_units)
        ledger.number(f"timing_permutation_{outcome.name}", test.p, p=test.p)
        ledger.number(f"timing_before_{outcome.name}", test.before_p, p=test.before_p)
        ledger.number(f"timing_ratio_{outcome.name}", ratio, decimals=2)
        random = test.before_p >= 1 - study.inference.level
        ledger.text(f"timing_lot_{outcome.name}", "sound" if random else "doubt")
        rows.append(
            {
                "outcome": outcome.name,
                **{key: getattr(one, key) for key in ("value", "se", "low", "high", "n_units")},
                "share": one.extra["beta"],
                "ratio": ratio,
                "permutation": test.p,
                "before": test.before_p,
            }
        )
    if not rows:
        return
    strata = next(iter(context.effects.values())).strata
    if strata is not None:
        ledger.number("timing_strata", strata.nunique(), decimals=0)
    ledger.table(
        "tbl_timing",
        pd.DataFrame(rows),
        [
            Column(
                "outcome", msg("common-outcome"), "code", codes={o.name: o.label.model_dump() for o in study.outcomes}
            ),
            Column("value", ESTIMATE, "number", 3),
            Column("se", SE, "number", 3),
            Column("low", LOW, "number", 3),
            Column("high", HIGH, "number", 3),
            Column("share", msg("timing-share"), "number", 2),
            Column("ratio", msg("timing-ratio"), "number", 2),
            Column("permutation", msg("timing-permutation"), "p"),
            Column("before", msg("timing-before"), "p"),
            Column("n_units", msg("common-units"), "int", counts=UNITS),
        ],
        behind="n_units",
        caption=msg("tbl-timing"),
        notes=(msg("tbl-timing.notes"), interval_note(study)),
    )


# --- what the report says ---------------------------------------------------------------------------------------------


def robust(doc: Doc) -> None:
    """The section on timing by lot, its assumption first."""
    if not doc.has("tbl_timing"):
        return
    doc.heading("timing-title")
    strata = doc.has("timing_strata")
    doc.paragraph(
        "timing-opening",
        "timing-strata" if strata else "timing-one-lot",
        msg("timing-large", strata="yes" if strata else "no"),
    )
    for outcome in doc.primary("timing"):
        name = outcome.name
        doc.paragraph(
            doc.about(outcome, "timing-outcome"),
            when(doc.value(f"timing_ratio_{name}") > 1, doc.about(outcome, "timing-gain")),
            doc.about(outcome, f"timing-{doc.code(f'timing_lot_{name}')}"),
        )
    doc.table("tbl_timing")
