"""Wordings that several exhibits share."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from pipeline.ledger.entries import Column
from pipeline.periods import period_text
from pipeline.study import Outcome, Study

Words = dict[str, str]


def words(id: str, en: str) -> Words:
    """A wording in both languages."""
    return {"id": id, "en": en}


SOURCES: dict[str, Words] = {
    "schools": words("Daftar sekolah", "School list"),
    "scores": words("Asesmen murid", "Pupils' assessment"),
    "staff": words("Daftar pegawai ASN", "Roster of civil servants"),
    "training": words("Register pelatihan", "Training register"),
    "observations": words("Observasi kelas", "Classroom observations"),
    "participation": words("Sekolah peserta", "Participating schools"),
    "costs": words("Biaya program", "Costs of the programme"),
    "ip_asn": words("Nilai IP ASN", "IP ASN scores"),
    "skm": words("Survei Kepuasan Masyarakat", "Public satisfaction survey"),
    "invited": words("Daftar undangan survei", "Persons invited to the survey"),
    "answers": words("Jawaban survei", "Survey answers"),
    "panel": words("Panel siap pakai", "Ready panel"),
}
ACTIVITIES: dict[str, Words] = {
    "workshop": words("Lokakarya", "Workshop"),
    "seminar": words("Seminar", "Seminar"),
    "out_of_region": words("Kursus luar daerah", "Course outside the region"),
    "mentoring": words("Mentoring", "Mentoring"),
}
COHORT = words("Kohort", "Cohort")
PERIOD = words("Periode", "Period")
ESTIMATE = words("Estimasi", "Estimate")
SE = words("Galat baku", "Standard error")
LOW = words("Batas bawah", "Lower bound")
HIGH = words("Batas atas", "Upper bound")
P = words("Nilai p", "p value")
NEVER = words("Tidak pernah", "Never treated")


def effect_columns(decimals: int) -> list[Column]:
    """Estimate, standard error and interval."""
    return [
        Column("value", ESTIMATE, "number", decimals),
        Column("se", SE, "number", decimals),
        Column("low", LOW, "number", decimals),
        Column("high", HIGH, "number", decimals),
    ]


def caption(lead: Words, outcome: Outcome, *, unit: bool = False) -> Words:
    """A caption about one outcome: "Effect by cohort: Literacy", with its unit where asked for."""
    shown = unit_words(outcome.unit)
    return {k: f"{lead[k]}: {outcome.label[k]}" + (f" ({shown[k]})" if unit else "") for k in lead}


def period_name(study: Study, lang: str) -> Callable[[float], str]:
    """How figures name a period: as tables do (`pipeline.periods.period_text`)."""
    return lambda period: period_text(period, study.period_kind, lang)


def interval_note(study: Study) -> Words:
    """What the bounds are, and how units count where the study weighs them."""
    level = round(100 * study.inference.level)
    weight = study.panel.weight if study.panel else None
    weighed = words(
        f" Unit ditimbang dengan {weight} pada periode pertamanya.", f" Units weigh by {weight} of their first period."
    )
    return words(
        f"Batas adalah selang kepercayaan {level} persen; galat baku dikelompokkan menurut {_level(study, 'id')}."
        + (weighed["id"] if weight else ""),
        f"Bounds are {level} per cent confidence intervals; standard errors are clustered by {_level(study, 'en')}."
        + (weighed["en"] if weight else ""),
    )


def _level(study: Study, lang: str) -> str:
    program = study.program
    if program.assigned_at == "cluster" and program.cluster_label is not None:
        return program.cluster_label[lang]
    return {"id": "unit", "en": "unit"}[lang]


def unit_words(unit: str) -> Words:
    """The unit of an effect, for captions."""
    known = {
        "sd": words("simpangan baku", "standard deviations"),
        "log_points": words("poin log", "log points"),
        "index_points": words("poin indeks", "index points"),
    }
    return known.get(unit, words(unit, unit))


def cohort_column(
    study: Study, frame: pd.DataFrame, key: str = "cohort", label: Words = COHORT
) -> tuple[pd.DataFrame, Column]:
    """The frame with its cohorts as codes, and their column: a missing cohort reads "never treated"."""
    text = frame[key].astype("Int64").astype("string").fillna("never").astype(object)
    id, en = period_name(study, "id"), period_name(study, "en")
    shown = {code: words(id(float(code)), en(float(code))) for code in sorted(set(text) - {"never"})}
    codes = {**shown, "never": NEVER}
    return frame.assign(**{key: text}), Column(key, label, "code", codes=codes)
