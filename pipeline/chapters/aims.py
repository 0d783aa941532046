"""The closing table: what is known of each aim, how surely, and what follows."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pandas as pd

from pipeline.chapters import advice
from pipeline.chapters.analysis import OutcomeEffects
from pipeline.chapters.lines import lines_of
from pipeline.chapters.reasons import VERDICTS, verdict_codes
from pipeline.chapters.theory import AIM, indicators_of
from pipeline.languages.message import Digits, Text, literal, msg
from pipeline.ledger.entries import Column, Ledger, Number, Results, read_results
from pipeline.notebook import Edition
from pipeline.study import Study
from pipeline.study.theory import Indicator

STRENGTH = {
    **VERDICTS,
    "descriptive": msg("theory-strength-descriptive"),
    "none_yet": msg("theory-strength-none-yet"),
}

NOT_RECORDED = msg("theory-not-recorded")


def record(ledger: Ledger, context: Edition) -> None:
    """The closing table: for each aim and indicator its result, the strength of the evidence, and what follows."""
    study, effects = context.study, context.effects
    if not study.aims:
        return
    before = known_to(ledger, context)
    lines = list(lines_of(study, before))
    primary = (context.verdicts[o.name] for o in study.outcomes if o.role == "primary")
    steps = advice.steps(lines, advice.of_programme((verdict.code, verdict.underpowered) for verdict in primary))
    others = advice.further(study, before, steps)
    rows: list[dict[str, Any]] = []
    texts: dict[str, Text] = {}
    for line, (aim, indicator, key) in zip(lines, indicators_of(study), strict=True):
        texts[f"{key}_aim"] = aim.label.model_dump()
        texts[f"{key}_indicator"] = indicator.label.model_dump()
        texts[f"{key}_result"] = _result(study, indicator, effects, before.numbers)
        texts[f"{key}_advice"] = advice.in_table(line, lines, steps, others)
        cells = {part: f"{key}_{part}" for part in ("aim", "indicator", "result", "advice")}
        rows.append({**cells, "strength": line.told})
    strengths: dict[str, set[str]] = {}
    for line in lines:
        strengths.setdefault(line.name, set()).add(line.code)
    ledger.number("n_aims", len(strengths), decimals=0)
    ledger.number("n_aims_open", sum(codes == {"none_yet"} for codes in strengths.values()), decimals=0)
    ledger.number("n_aims_judged", sum(bool(codes & set(VERDICTS)) for codes in strengths.values()), decimals=0)
    ledger.table(
        "tbl_aims",
        pd.DataFrame(rows),
        [
            Column("aim", AIM, "code", codes=texts),
            Column("indicator", msg("theory-indicator"), "code", codes=texts),
            Column("result", msg("theory-result"), "code", codes=texts),
            Column("strength", msg("theory-strength-evidence"), "code", codes=STRENGTH),
            Column("advice", msg("theory-recommendation"), "code", codes=texts),
        ],
        caption=msg("tbl-aims"),
        notes=msg("tbl-aims.notes"),
    )


def known_to(ledger: Ledger, context: Edition) -> Results:
    """What the steps before recorded, through the gate, with the verdicts on the outcomes."""
    before = read_results(ledger.folder)
    judged = {f"{part}_{name}": code for name, v in context.verdicts.items() for part, code in verdict_codes(v).items()}
    return replace(before, texts={**before.texts, **judged})


def _result(study: Study, indicator: Indicator, effects: dict[str, OutcomeEffects], known: dict[str, Number]) -> Text:
    if indicator.outcome is not None:
        outcome, overall = study.outcome(indicator.outcome), effects[indicator.outcome].main.overall
        return _interval(overall.value, overall.low, overall.high, outcome.decimals, outcome.unit)
    if indicator.number in known:
        number = known[indicator.number]
        if number.withheld:
            return msg("theory-withheld")
        return _interval(number.value, number.low, number.high, number.decimals, number.unit)
    return msg("theory-not-assessed-this-edition-because", reason=indicator.reason or NOT_RECORDED)


def _interval(value: float, low: float | None, high: float | None, decimals: int, unit: str) -> Text:
    shown = Digits(value, decimals, unit=unit)
    if low is None or high is None or not (math.isfinite(low) and math.isfinite(high)):
        return literal(shown)
    return msg("theory-result-interval", value=shown, low=Digits(low, decimals), high=Digits(high, decimals))
