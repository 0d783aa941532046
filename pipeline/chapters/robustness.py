"""Exhibits of 04_robustness and 07_verdict: pre-trends, alternatives, and the judgement."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pipeline.chapters.analysis import OutcomeEffects, finite, headline
from pipeline.chapters.auxiliary import not_shown_note
from pipeline.chapters.figures.style import number_text
from pipeline.chapters.reasons import REASONS, VERDICTS
from pipeline.chapters.words import P, caption, effect_columns, interval_note, words
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.effects import Estimate, Verdict
from pipeline.study import Outcome, Study

SPECIFICATIONS = {
    "main": words("Utama", "Main"),
    "not_yet": words("Kelompok pembanding lain", "Other comparison group"),
    "adjusted": words("Dengan kovariat", "With covariates"),
    "not_yet_adjusted": words("Pembanding lain, dengan kovariat", "Other comparison group, with covariates"),
    "twfe": words("Dua arah, kelompok unit", "Two-way, clustered by unit"),
    "twfe_cluster": words("Dua arah, kelompok klaster", "Two-way, clustered by cluster"),
    "wild": words("Utama, bootstrap liar klaster", "Main, wild cluster bootstrap"),
}


def record_pretrends(results: Ledger, study: Study, effects: dict[str, OutcomeEffects]) -> None:
    """The joint test over all outcomes and what it could have detected; each lead by outcome."""
    rows: list[dict[str, Any]] = []
    for outcome in study.outcomes:
        found = effects[outcome.name].pretrend
        row = {"outcome": outcome.name, "df": found.df, "stat": None, "p": None, "largest_lead": None}
        if found.testable:
            row |= {"stat": found.stat, "p": found.p, "largest_lead": found.largest_lead}
        numbers = {"detectable_slope": found.detectable_slope, "detectable_bias": found.detectable_bias}
        rows.append(row | {key: finite(value) for key, value in numbers.items()})
        if found.testable:
            results.number(f"pretrend_{outcome.name}", found.stat, p=found.p, n=found.df, decimals=2)
            if rows[-1]["detectable_bias"] is not None:
                bias = {"unit": outcome.unit, "decimals": outcome.decimals}
                results.number(f"detectable_bias_{outcome.name}", found.detectable_bias, **bias)
            _leads(results, study, outcome, effects[outcome.name])
    labels = {outcome.name: outcome.label.model_dump() for outcome in study.outcomes}
    results.table(
        "tbl_pretrends",
        pd.DataFrame(rows),
        [
            Column("outcome", words("Luaran", "Outcome"), "code", codes=labels),
            Column("stat", words("Uji Wald", "Wald test"), "number", 2),
            Column("df", words("Derajat bebas", "Degrees of freedom"), "int"),
            Column("p", P, "p"),
            Column("largest_lead", words("Beda pra terbesar", "Largest lead"), "number", 3),
            Column("detectable_slope", words("Tren terdeteksi", "Detectable trend"), "number", 3),
            Column("detectable_bias", words("Bias setara", "Bias it implies"), "number", 3),
        ],
        caption=words("Tren sebelum program", "Trends before the programme"),
        notes=words(
            "Tren terdeteksi: beda tren linear per periode yang ditemukan uji dengan peluang 80 persen; bias setara: "
            "sumbangannya pada efek rata-rata bila berlanjut.",
            "Detectable trend: linear difference a period that the test finds with probability 80 per cent; bias it "
            "implies: what it would add to the average effect if it went on.",
        ),
    )


def _leads(results: Ledger, study: Study, outcome: Outcome, found: OutcomeEffects) -> None:
    results.table(
        f"tbl_leads_{outcome.name}",
        found.pretrend.leads,
        [
            Column("event_time", words("Waktu kejadian", "Event time"), "int"),
            *effect_columns(outcome.decimals),
            Column("p", P, "p"),
            Column("n_units", words("Unit", "Units"), "int"),
        ],
        caption=caption(words("Tiap beda sebelum program", "Each lead before the programme"), outcome),
        notes=interval_note(study),
    )


def record_alternatives(results: Ledger, outcome: Outcome, found: OutcomeEffects) -> None:
    """The effect under each other specification."""
    candidates = {
        "main": found.main.overall,
        "not_yet": found.not_yet.overall if found.not_yet else None,
        "adjusted": found.adjusted.overall if found.adjusted else None,
        "not_yet_adjusted": found.not_yet_adjusted.overall if found.not_yet_adjusted else None,
        "twfe": found.twfe,
        "twfe_cluster": found.twfe_cluster,
        "wild": found.wild,
    }
    rows = [_row(name, estimate) for name, estimate in candidates.items() if estimate is not None]
    results.table(
        f"tbl_alternatives_{outcome.name}",
        pd.DataFrame(rows),
        [
            Column("specification", words("Spesifikasi", "Specification"), "code", codes=SPECIFICATIONS),
            *effect_columns(outcome.decimals),
            Column("p", P, "p"),
            Column("n_units", words("Unit", "Units"), "int"),
            Column("n_clusters", words("Klaster", "Clusters"), "int"),
        ],
        caption=caption(words("Efek menurut spesifikasi lain", "The effect under other specifications"), outcome),
        notes={
            lang: f"{dash} {not_shown_note(found.missing, candidates)[lang]}".strip()
            for lang, dash in words(
                "Batas yang tidak terhingga ditulis sebagai tanda pisah.",
                "A bound that is infinite is printed as a dash.",
            ).items()
        },
    )


def _row(name: str, estimate: Estimate) -> dict[str, Any]:
    return {
        "specification": name,
        "value": estimate.value,
        "se": estimate.se,
        "low": finite(estimate.low),
        "high": finite(estimate.high),
        "p": estimate.p,
        "n_units": estimate.n_units,
        "n_clusters": estimate.n_clusters,
    }


def record_verdicts(results: Ledger, study: Study, verdicts: dict[str, Verdict]) -> None:
    """Verdict codes, minimum detectable effects, and the table of reasons."""
    rows = []
    detectable = {outcome.name: words("–", "–") for outcome in study.outcomes} | {"same": words("", "")}
    for outcome in study.outcomes:
        verdict = verdicts[outcome.name]
        results.text(f"verdict_{outcome.name}", verdict.code)
        results.text(f"underpowered_{outcome.name}", "yes" if verdict.underpowered else "no")
        mde = finite(verdict.mde)
        if mde is not None:
            results.number(f"mde_{outcome.name}", mde, unit=outcome.unit, decimals=outcome.decimals)
            detectable[outcome.name] = {lang: number_text(mde, lang, outcome.decimals) for lang in ("id", "en")}
        for order, reason in enumerate(verdict.reasons):
            rows.append(
                {
                    "outcome": outcome.name if order == 0 else "same",
                    "verdict": verdict.code if order == 0 else "same",
                    "mde": outcome.name if order == 0 else "same",
                    "reason": reason.code,
                    "cap": reason.cap or "no_cap",
                }
            )
    results.text("headline", headline([verdicts[o.name].code for o in study.outcomes if o.role == "primary"]))
    labels = {outcome.name: outcome.label.model_dump() for outcome in study.outcomes} | {"same": words("", "")}
    results.table(
        "tbl_verdict",
        pd.DataFrame(rows),
        [
            Column("outcome", words("Luaran", "Outcome"), "code", codes=labels),
            Column("verdict", words("Putusan", "Verdict"), "code", codes=VERDICTS | {"same": words("", "")}),
            Column("mde", words("Efek terkecil terdeteksi", "Smallest detectable effect"), "code", codes=detectable),
            Column("reason", words("Alasan", "Reason"), "code", codes=REASONS),
            Column("cap", words("Membatasi pada", "Caps at"), "code", codes=VERDICTS | {"no_cap": words("–", "–")}),
        ],
        caption=words("Putusan menurut luaran dan alasannya", "Verdicts by outcome and their reasons"),
        notes=words(
            "Efek terkecil terdeteksi: yang ditemukan dengan peluang 80 persen, dalam satuan luaran. Aturan putusan "
            "tertulis dalam lampiran teknis.",
            "Smallest detectable effect: the one found with probability 80 per cent, in the outcome's unit. The rules "
            "of the verdicts are in the technical annex.",
        ),
    )
