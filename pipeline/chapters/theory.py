"""Exhibits of the theory of change: its figure, its indicators, and the closing table aim by aim."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from pipeline.chapters.analysis import OutcomeEffects
from pipeline.chapters.figures.theory import theory_of_change
from pipeline.chapters.reasons import VERDICTS
from pipeline.languages.catalogue import say
from pipeline.languages.message import Digits, Text, literal, msg
from pipeline.ledger.entries import Column, Ledger, Number, Results, read_results
from pipeline.methods.effects import Verdict
from pipeline.study import Study
from pipeline.study.theory import Aim, Indicator, layers

DESIGNS = {
    "did": msg("theory-design-did"),
    "effect": msg("theory-design-did"),
    "descriptive": msg("theory-design-descriptive"),
    "none_yet": msg("theory-design-none-yet"),
}
STATES = {
    "activity": msg("theory-state-activity"),
    "judged": msg("theory-state-judged"),
    "described": msg("theory-state-described"),
    "open": msg("theory-state-open"),
}
STRENGTH = {
    **VERDICTS,
    "descriptive": msg("theory-strength-descriptive"),
    "none_yet": msg("theory-strength-none-yet"),
}
ADVICE = {
    "strong": msg("theory-advice-strong"),
    "moderate": msg("theory-advice-moderate"),
    "weak": msg("theory-advice-weak"),
    "none": msg("theory-advice-none"),
    "weak_decline": msg("theory-advice-weak-decline"),
    "decline": msg("theory-advice-decline"),
    "not_credible": msg("theory-advice-not-credible"),
    "not_assessable": msg("theory-advice-not-assessable"),
    "descriptive": msg("theory-advice-descriptive"),
    "none_yet": msg("theory-advice-none-yet"),
}
AIM = msg("theory-aim")


def record_theory(results: Ledger, study: Study) -> None:
    """The figure of the theory of change and the table of its indicators; nothing where the study declares no aims."""
    if not study.aims:
        return
    links = [(aim.name, other) for aim in study.aims for other in aim.leads_to]
    depth = layers(study.aims)

    def boxes(lang: str) -> list[tuple[str, str, str]]:
        return [(aim.name, say(aim.label, lang), _state(aim)) for aim in study.aims]

    results.figure(
        "fig_theory",
        lambda lang: theory_of_change(boxes(lang), links, depth, lang),
        caption=msg("fig-theory"),
        alt=_alternative(study),
    )
    rows, texts = [], {}
    for aim, indicator, key, first in _indicators(study):
        texts[f"{key}_aim"] = aim.label.model_dump() if first else literal("")
        texts[f"{key}_indicator"] = indicator.label.model_dump()
        texts[f"{key}_source"] = indicator.source.model_dump()
        rows.append({**{part: f"{key}_{part}" for part in ("aim", "indicator", "source")}, "design": indicator.design})
    results.table(
        "tbl_indicators",
        pd.DataFrame(rows),
        [
            Column("aim", AIM, "code", codes=texts),
            Column("indicator", msg("theory-indicator"), "code", codes=texts),
            Column("source", msg("theory-source-data"), "code", codes=texts),
            Column("design", msg("common-design"), "code", codes=DESIGNS),
        ],
        caption=msg("tbl-indicators"),
    )


def _indicators(study: Study) -> list[tuple[Aim, Indicator, str, bool]]:
    """Every indicator with its aim, a key of its own, and whether it is the aim's first."""
    aims = [aim for aim in study.aims if aim.kind == "aim"]
    return [(a, i, f"{a.name}_{order}", order == 0) for a in aims for order, i in enumerate(a.indicators)]


def _alternative(study: Study) -> list[Text]:
    """The figure in words: each box with its state and what it leads to."""

    def sentence(aim: Aim) -> Text:
        told: dict[str, Any] = {"aim": aim.label.model_dump(), "state": STATES[_state(aim)]}
        if not aim.leads_to:
            return msg("theory-stands-alone", **told)
        return msg("theory-leads-to", **told, after=[study.aim(other).label.model_dump() for other in aim.leads_to])

    return [sentence(aim) for aim in study.aims]


def _state(aim: Aim) -> str:
    if aim.kind == "activity":
        return "activity"
    designs = {indicator.design for indicator in aim.indicators}
    return "judged" if designs & {"did", "effect"} else "described" if "descriptive" in designs else "open"


def record_aims(
    results: Ledger, study: Study, effects: dict[str, OutcomeEffects], verdicts: dict[str, Verdict]
) -> None:
    """The closing table: for each aim and indicator its result, the strength of the evidence, and what follows."""
    if not study.aims:
        return
    before = read_results(results.folder)
    known = before.numbers
    rows: list[dict[str, Any]] = []
    texts: dict[str, Text] = {}
    for aim, indicator, key, first in _indicators(study):
        code = _code(indicator, verdicts, before)
        texts[f"{key}_aim"] = aim.label.model_dump() if first else literal("")
        texts[f"{key}_indicator"] = indicator.label.model_dump()
        texts[f"{key}_result"] = _result(study, indicator, effects, known)
        cells = {part: f"{key}_{part}" for part in ("aim", "indicator", "result")}
        rows.append({**cells, "strength": code, "advice": code})
    strengths: dict[str, set[str]] = {}
    for aim, indicator, _, _ in _indicators(study):
        strengths.setdefault(aim.name, set()).add(_code(indicator, verdicts, before))
    results.number("n_aims", len(strengths), decimals=0)
    results.number("n_aims_open", sum(codes == {"none_yet"} for codes in strengths.values()), decimals=0)
    results.number("n_aims_judged", sum(bool(codes & set(VERDICTS)) for codes in strengths.values()), decimals=0)
    results.table(
        "tbl_aims",
        pd.DataFrame(rows),
        [
            Column("aim", AIM, "code", codes=texts),
            Column("indicator", msg("theory-indicator"), "code", codes=texts),
            Column("result", msg("theory-result"), "code", codes=texts),
            Column("strength", msg("theory-strength-evidence"), "code", codes=STRENGTH),
            Column("advice", msg("theory-recommendation"), "code", codes=ADVICE),
        ],
        caption=msg("tbl-aims"),
        notes=msg("tbl-aims.notes"),
    )


def _code(indicator: Indicator, verdicts: dict[str, Verdict], before: Results) -> str:
    if indicator.outcome is not None:
        return verdicts[indicator.outcome].code
    if indicator.design == "effect":
        return before.texts.get(f"{indicator.number}_verdict", "none_yet")
    # A number that this edition's sources do not yield counts as not measured.
    return "none_yet" if indicator.number not in before.numbers else "descriptive"


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


NOT_RECORDED = msg("theory-not-recorded")
