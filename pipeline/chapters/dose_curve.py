"""The table of the continuous dose response: the effect of a dose, and that of more of it, kept apart."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from pipeline.chapters.words import HIGH, LOW, interval_note
from pipeline.languages.message import msg
from pipeline.ledger.counts import UNITS
from pipeline.ledger.entries import Column, Ledger
from pipeline.study import Study

SHOWN = 5
"""Doses of the curve that the table shows, from its first to its last."""
_RISE = ("acrt", "acrt_low", "acrt_high")


def curve_table(
    ledger: Ledger, study: Study, curves: Mapping[str, pd.DataFrame], treated: Mapping[str, int], step: float
) -> None:
    """ATT(d|d) and `step` times ACRT(d) at some doses of each outcome's curve; nothing where there is no curve.

    Args:
        ledger, study: As for a topic.
        curves: `DoseCurve.curve` by outcome.
        treated: Units behind it by outcome.
        step: Hours that ACRT is told for.
    """
    parts = []
    for name, curve in curves.items():
        places = np.linspace(0, len(curve) - 1, SHOWN).round().astype(int)
        rows = curve.iloc[places].assign(outcome=name, n_units=treated[name])
        rows[list(_RISE)] *= step
        parts.append(rows)
    if not parts:
        return
    ledger.table(
        "tbl_dose_curve",
        pd.concat(parts, ignore_index=True),
        [
            Column(
                "outcome", msg("common-outcome"), "code", codes={o.name: o.label.model_dump() for o in study.outcomes}
            ),
            Column("dose", msg("dose-jp-per-civil-servant-year"), "number", 1),
            Column("value", msg("dose-curve-att"), "number", 3),
            Column("low", LOW, "number", 3),
            Column("high", HIGH, "number", 3),
            *(Column(name, msg(f"dose-curve-{name.replace('_', '-')}"), "number", 3) for name in _RISE),
            Column("n_units", msg("common-units"), "int", counts=UNITS),
        ],
        behind="n_units",
        caption=msg("tbl-dose-curve"),
        notes=(msg("tbl-dose-curve.notes"), interval_note(study)),
    )
