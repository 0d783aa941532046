"""Exhibit of attrition: whether the programme moves who is tested, and bounds on its effect if it does."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from pipeline.chapters.analysis import OutcomeEffects, finite
from pipeline.chapters.words import HIGH, LOW, P, Words, words
from pipeline.clean.panel import standardised_pupils
from pipeline.errors import DesignError
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.effects.sensitivity.attrition import Attrition, lee_bounds
from pipeline.study import Study

SIDES: dict[str, Words] = {
    "treated": words("peserta", "treated"),
    "comparison": words("pembanding", "comparison"),
}


def record_attrition(
    results: Ledger,
    study: Study,
    panel: pd.DataFrame,
    effects: dict[str, OutcomeEffects],
    find: Callable[[str], pd.DataFrame | None],
) -> None:
    """Bounds for each primary outcome that is measured on pupils; nothing where the files list no untested ones."""
    scores, tested = find("scores"), find("tested")
    if scores is None or tested is None or (tested["listed"] == tested["scored"]).all():
        return
    units = panel[["unit", "cohort", "cluster"]]
    known = panel[["unit", "period"]]
    pupils = standardised_pupils(scores, units.drop_duplicates("unit").set_index("unit")["cohort"])
    rows = []
    for outcome in study.outcomes:
        if outcome.role != "primary" or outcome.name not in effects or outcome.name not in set(pupils["subject"]):
            continue
        mine = (
            pupils[pupils["subject"] == outcome.name].rename(columns={"z": "value"}).merge(known, on=["unit", "period"])
        )
        share = tested[tested["subject"] == outcome.name].merge(known, on=["unit", "period"])
        try:
            found = lee_bounds(
                mine,
                share,
                units,
                control=study.inference.control,
                cluster=study.program.assigned_at,
                level=study.inference.level,
            )
        except DesignError:
            continue  # the share tested cannot carry the design: no row
        rows.append(_row(results, outcome.name, found))
    if not rows:
        return
    results.table(
        "tbl_attrition",
        pd.DataFrame(rows),
        [
            Column(
                "outcome",
                words("Luaran", "Outcome"),
                "code",
                codes={o.name: o.label.model_dump() for o in study.outcomes},
            ),
            Column(
                "share", words("Efek pada bagian yang diuji (poin)", "Effect on the share tested (points)"), "number", 2
            ),
            Column("p", P, "p"),
            Column("trimmed", words("Dipangkas (%)", "Trimmed (%)"), "number", 2),
            Column("side", words("Pada", "Among"), "code", codes=SIDES),
            Column("lower", words("Batas Lee bawah", "Lower Lee bound"), "number", 3),
            Column("upper", words("Batas Lee atas", "Upper Lee bound"), "number", 3),
            Column("low", LOW, "number", 3),
            Column("high", HIGH, "number", 3),
        ],
        caption=words("Murid yang tidak diuji: batas efek menurut Lee", "Pupils not tested: Lee bounds on the effect"),
        notes=words(
            "Batas atas dan bawah terakhir: selang Imbens dan Manski. Bagian yang dipangkas dianggap diketahui.",
            "Last bounds: intervals of Imbens and Manski. The share trimmed is taken as known.",
        ),
    )


def _row(results: Ledger, name: str, found: Attrition) -> dict[str, object]:
    share = found.on_share
    results.number(
        f"attrition_{name}",
        100 * share.value,
        low=finite(100 * share.low),
        high=finite(100 * share.high),
        p=finite(share.p),
        decimals=2,
    )
    results.number(
        f"lee_{name}",
        found.upper.value - found.lower.value,
        low=found.bounds.ci_low,
        high=found.bounds.ci_high,
        decimals=3,
    )
    return {
        "outcome": name,
        "share": 100 * share.value,
        "p": finite(share.p),
        "trimmed": 100 * found.trimmed,
        "side": found.side,
        "lower": found.lower.value,
        "upper": found.upper.value,
        "low": found.bounds.ci_low,
        "high": found.bounds.ci_high,
    }
