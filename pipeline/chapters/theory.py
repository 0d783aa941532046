"""Exhibits of the theory of change: its figure, its indicators, and the closing table aim by aim."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pipeline.chapters.analysis import OutcomeEffects
from pipeline.chapters.figures.style import number_text
from pipeline.chapters.figures.theory import theory_of_change
from pipeline.chapters.reasons import VERDICTS
from pipeline.chapters.words import Words, unit_words, words
from pipeline.ledger.entries import Column, Ledger, Number, Results, read_results
from pipeline.methods.effects import Verdict
from pipeline.study import Study
from pipeline.study.theory import Aim, Indicator, layers

DESIGNS = {
    "did": words("Selisih ganda", "Difference-in-differences"),
    "effect": words("Selisih ganda", "Difference-in-differences"),
    "descriptive": words("Uraian, tanpa pernyataan sebab", "Description, no causal claim"),
    "none_yet": words("Belum diukur", "Not measured yet"),
}
STATES = {
    "activity": words("kegiatan", "activity"),
    "judged": words("dinilai dengan pembanding", "judged against a comparison"),
    "described": words("diuraikan saja", "described only"),
    "open": words("belum diukur", "not measured yet"),
}
STRENGTH = {
    **VERDICTS,
    "descriptive": words("Tanpa pernyataan sebab", "No causal claim"),
    "none_yet": words("Tidak dinilai", "Not assessed"),
}
ADVICE = {
    "strong": words("Teruskan; perluas bertahap", "Continue; extend step by step"),
    "moderate": words("Teruskan dengan pemantauan", "Continue under observation"),
    "weak": words("Perkuat pengukuran sebelum memperluas", "Strengthen measurement before extending"),
    "none": words("Tinjau isi dan pelaksanaan", "Review content and delivery"),
    "decline": words("Tinjau segera; tunda perluasan", "Review at once; put off extension"),
    "not_credible": words("Susun pembanding yang lebih baik", "Build a better comparison"),
    "descriptive": words(
        "Tetapkan pembanding agar dampak dapat dinilai", "Set up a comparison so that impact can be judged"
    ),
    "none_yet": words("Ukur pada edisi berikutnya", "Measure in the next edition"),
}
AIM = words("Tujuan", "Aim")


def record_theory(results: Ledger, study: Study) -> None:
    """The figure of the theory of change and the table of its indicators; nothing where the study declares no aims."""
    if not study.aims:
        return
    links = [(aim.name, other) for aim in study.aims for other in aim.leads_to]
    depth = layers(study.aims)

    def boxes(lang: str) -> list[tuple[str, str, str]]:
        return [(aim.name, aim.label[lang], _state(aim)) for aim in study.aims]

    results.figure(
        "fig_theory",
        lambda lang: theory_of_change(boxes(lang), links, depth, lang),
        caption=words("Teori perubahan program", "Theory of change of the programme"),
        alt=_alternative(study),
    )
    rows, texts = [], {}
    for aim, indicator, key, first in _indicators(study):
        texts[f"{key}_aim"] = aim.label.model_dump() if first else words("", "")
        texts[f"{key}_indicator"] = indicator.label.model_dump()
        texts[f"{key}_source"] = indicator.source.model_dump()
        rows.append({**{part: f"{key}_{part}" for part in ("aim", "indicator", "source")}, "design": indicator.design})
    results.table(
        "tbl_indicators",
        pd.DataFrame(rows),
        [
            Column("aim", AIM, "code", codes=texts),
            Column("indicator", words("Indikator", "Indicator"), "code", codes=texts),
            Column("source", words("Sumber data", "Source of data"), "code", codes=texts),
            Column("design", words("Rancangan", "Design"), "code", codes=DESIGNS),
        ],
        caption=words("Indikator setiap tujuan, sumber, dan rancangannya", "Indicators of each aim, source and design"),
    )


def _indicators(study: Study) -> list[tuple[Aim, Indicator, str, bool]]:
    """Every indicator with its aim, a key of its own, and whether it is the aim's first."""
    aims = [aim for aim in study.aims if aim.kind == "aim"]
    return [(a, i, f"{a.name}_{order}", order == 0) for a in aims for order, i in enumerate(a.indicators)]


def _alternative(study: Study) -> Words:
    """The figure in words: each box with its state and what it leads to."""

    def sentence(aim: Aim, lang: str) -> str:
        after = ", ".join(study.aim(other).label[lang] for other in aim.leads_to)
        return f"{aim.label[lang]} ({STATES[_state(aim)][lang]})" + (f" → {after}" if after else "")

    return {lang: "; ".join(sentence(aim, lang) for aim in study.aims) + "." for lang in ("id", "en")}


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
    texts: dict[str, Words] = {}
    for aim, indicator, key, first in _indicators(study):
        code = _code(indicator, verdicts, before)
        texts[f"{key}_aim"] = aim.label.model_dump() if first else words("", "")
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
            Column("indicator", words("Indikator", "Indicator"), "code", codes=texts),
            Column("result", words("Hasil", "Result"), "code", codes=texts),
            Column("strength", words("Kekuatan bukti", "Strength of evidence"), "code", codes=STRENGTH),
            Column("advice", words("Rekomendasi", "Recommendation"), "code", codes=ADVICE),
        ],
        caption=words("Tujuan program satu per satu", "The programme's aims, one by one"),
        notes=words(
            "Dalam kurung: selang kepercayaan efek rata-rata pada yang ikut.",
            "In brackets: confidence interval of the average effect on the treated.",
        ),
    )


def _code(indicator: Indicator, verdicts: dict[str, Verdict], before: Results) -> str:
    if indicator.outcome is not None:
        return verdicts[indicator.outcome].code
    if indicator.design == "effect":
        return before.texts.get(f"{indicator.number}_verdict", "none_yet")
    # A number that this edition's sources do not yield counts as not measured.
    return "none_yet" if indicator.number not in before.numbers else "descriptive"


def _result(study: Study, indicator: Indicator, effects: dict[str, OutcomeEffects], known: dict[str, Number]) -> Words:
    if indicator.outcome is not None:
        outcome, overall = study.outcome(indicator.outcome), effects[indicator.outcome].main.overall
        unit = unit_words(outcome.unit)

        def shown(lang: str, to: str) -> str:
            value, low, high = (
                number_text(x, lang, outcome.decimals) for x in (overall.value, overall.low, overall.high)
            )
            return f"{value} {unit[lang]} ({low} {to} {high})"

        return words(shown("id", "sampai"), shown("en", "to"))
    if indicator.number in known:
        number = known[indicator.number]
        unit = unit_words(number.unit)
        mark = {k: "%" if number.unit == "percent" else f" {v}" if v else "" for k, v in unit.items()}

        def described(lang: str, to: str) -> str:
            text = number_text(number.value, lang, number.decimals) + mark[lang]
            if number.low is None or number.high is None:
                return text
            low, high = (number_text(x, lang, number.decimals) for x in (number.low, number.high))
            return f"{text} ({low} {to} {high})"

        return words(described("id", "sampai"), described("en", "to"))
    reason = indicator.reason or NOT_RECORDED
    return words(
        f"tidak dinilai pada edisi ini, karena {reason['id']}", f"not assessed in this edition, because {reason['en']}"
    )


NOT_RECORDED = words("sumbernya tidak ada pada edisi ini", "its source is not among this edition's")
