"""Exhibits of the theory of change: its figure, and the closing table aim by aim."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pipeline.analysis import OutcomeEffects
from pipeline.effects import Verdict
from pipeline.exhibits.reasons import VERDICTS
from pipeline.exhibits.words import Words, words
from pipeline.figures.style import number_text
from pipeline.figures.theory import theory_of_change
from pipeline.results import Column, Ledger, read_results
from pipeline.study import Study
from pipeline.study.theory import Aim, Indicator, layers

DESIGNS = {
    "did": words("Selisih ganda", "Difference-in-differences"),
    "descriptive": words("Uraian", "Description"),
    "none_yet": words("Belum diukur", "Not measured yet"),
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


def record_theory(results: Ledger, study: Study) -> None:
    """The figure of the theory of change; nothing where the study declares no aims."""
    if not study.aims:
        return
    links = [(aim.name, other) for aim in study.aims for other in aim.leads_to]
    depth = layers(study.aims)

    def boxes(lang: str) -> list[tuple[str, str, str]]:
        return [(aim.name, aim.label[lang], _state(aim)) for aim in study.aims]

    chains: Words = {
        lang: "; ".join(
            f"{aim.label[lang]} → " + ", ".join(study.aim(other).label[lang] for other in aim.leads_to)
            for aim in study.aims
            if aim.leads_to
        )
        for lang in ("id", "en")
    }
    results.figure(
        "fig_theory",
        lambda lang: theory_of_change(boxes(lang), links, depth, lang),
        caption=words("Teori perubahan program", "Theory of change of the programme"),
        alt={lang: chains[lang] + "." for lang in chains},
    )


def _state(aim: Aim) -> str:
    if aim.kind == "activity":
        return "activity"
    designs = {indicator.design for indicator in aim.indicators}
    return "judged" if "did" in designs else "described" if "descriptive" in designs else "open"


def record_aims(
    results: Ledger, study: Study, effects: dict[str, OutcomeEffects], verdicts: dict[str, Verdict]
) -> None:
    """The closing table: for each aim and indicator its result, the strength of the evidence, and what follows."""
    if not study.aims:
        return
    known = read_results(results.folder).numbers
    rows: list[dict[str, Any]] = []
    texts: dict[str, Words] = {}
    for aim in (aim for aim in study.aims if aim.kind == "aim"):
        for order, indicator in enumerate(aim.indicators):
            code = indicator.design if indicator.outcome is None else verdicts[indicator.outcome].code
            key = f"{aim.name}_{order}"
            texts[f"{key}_aim"] = aim.label.model_dump() if order == 0 else words("", "")
            texts[f"{key}_indicator"] = {k: f"{indicator.label[k]} ({indicator.source[k]})" for k in ("id", "en")}
            texts[f"{key}_result"] = _result(study, indicator, effects, known)
            cells = {part: f"{key}_{part}" for part in ("aim", "indicator", "result")}
            rows.append({**cells, "design": indicator.design, "strength": code, "advice": code})
    results.number("n_aims", sum(aim.kind == "aim" for aim in study.aims), decimals=0)
    results.number("n_aims_open", sum(_state(aim) == "open" for aim in study.aims), decimals=0)
    results.table(
        "tbl_aims",
        pd.DataFrame(rows),
        [
            Column("aim", words("Tujuan", "Aim"), "code", codes=texts),
            Column("indicator", words("Indikator (sumber)", "Indicator (source)"), "code", codes=texts),
            Column("design", words("Rancangan", "Design"), "code", codes=DESIGNS),
            Column("result", words("Hasil", "Result"), "code", codes=texts),
            Column("strength", words("Kekuatan bukti", "Strength of evidence"), "code", codes=STRENGTH),
            Column("advice", words("Rekomendasi", "Recommendation"), "code", codes=ADVICE),
        ],
        caption=words("Tujuan program satu per satu", "The programme's aims, one by one"),
        notes=words(
            "Hasil rancangan selisih ganda: efek rata-rata pada yang ikut dan selang kepercayaannya, dalam satuan luaran.",
            "Results of difference-in-differences: average effect on the treated and its confidence interval, in the "
            "outcome's unit.",
        ),
    )


def _result(study: Study, indicator: Indicator, effects: dict[str, OutcomeEffects], known: dict[str, Any]) -> Words:
    if indicator.outcome is not None:
        outcome, overall = study.outcome(indicator.outcome), effects[indicator.outcome].main.overall
        numbers = (overall.value, overall.low, overall.high)
        shown = {lang: [number_text(x, lang, outcome.decimals) for x in numbers] for lang in ("id", "en")}
        return words(
            f"{shown['id'][0]} ({shown['id'][1]} sampai {shown['id'][2]})",
            f"{shown['en'][0]} ({shown['en'][1]} to {shown['en'][2]})",
        )
    if indicator.number in known:
        number = known[indicator.number]
        mark = "%" if number.unit == "percent" else f" {number.unit}" if number.unit else ""
        return {lang: number_text(number.value, lang, number.decimals) + mark for lang in ("id", "en")}
    return words("–", "–")
