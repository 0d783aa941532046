"""Analyses beside the main estimate: each says what it needs, and none of them stops a report.

Only the cleaning and the main estimate of an outcome may stop a run. Whatever stands beside them is called through
`attempt` (a value) or `auxiliary` (a chapter's exhibits): where it cannot be done its place holds a note in words.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import numpy as np
import pandas as pd

from pipeline.chapters.words import Words, words
from pipeline.errors import DesignError
from pipeline.ledger.entries import Column, Ledger, NotFiniteError
from pipeline.methods.effects.design import WeightsError

T = TypeVar("T")
ANY_DATA = words("data yang cukup untuknya", "data enough for it")
ANALYSES: Mapping[str, tuple[Words, Words]] = {
    "not_yet": (
        words("Estimasi dengan kelompok pembanding lain", "The estimate with the other comparison group"),
        words("unit pembanding pada setiap periode setelah mulai", "comparison units in every period after the start"),
    ),
    "adjusted": (
        words("Estimasi dengan kovariat", "The estimate with covariates"),
        words(
            "kovariat yang lengkap dan tidak memisahkan peserta dari pembanding",
            "covariates that are complete and do not tell treated units from the comparison",
        ),
    ),
    "not_yet_adjusted": (
        words("Estimasi pembanding lain dengan kovariat", "The estimate with the other comparison and covariates"),
        words(
            "kovariat yang lengkap dan tidak memisahkan peserta dari pembanding",
            "covariates that are complete and do not tell treated units from the comparison",
        ),
    ),
    "twfe": (
        words("Regresi dua arah", "The two-way regression"),
        words("perlakuan yang berubah di dalam unit dan periode", "treatment that varies within units and periods"),
    ),
    "twfe_cluster": (
        words("Regresi dua arah menurut klaster", "The two-way regression clustered above the unit"),
        words("sedikitnya dua klaster", "two clusters or more"),
    ),
    "wild": (
        words("Bootstrap liar klaster", "The wild cluster bootstrap"),
        words("dua klaster atau lebih dan luaran yang bervariasi", "two clusters or more and an outcome that varies"),
    ),
    "bacon": (
        words("Dekomposisi Goodman-Bacon", "The Goodman-Bacon decomposition"),
        words(
            "unit peserta dan unit pembanding yang teramati pada setiap periode",
            "treated and comparison units that are observed in every period",
        ),
    ),
    "balance": (
        words("Beda sebelum program", "The difference before the programme"),
        words("unit yang teramati tepat sebelum program", "units observed just before the programme"),
    ),
    "estimators": (words("Perbandingan penduga", "The comparison of estimators"), ANY_DATA),
    "inference": (words("Perbandingan cara inferensi", "The comparison of kinds of inference"), ANY_DATA),
    "sensitivity": (
        words("Kepekaan terhadap pelanggaran asumsi", "Sensitivity to violations of the assumptions"),
        words("dua periode terukur sebelum mulai", "two measured periods before the start"),
    ),
    "attrition": (
        words("Analisis yang tidak diukur", "The analysis of who was not measured"),
        words("daftar yang juga memuat yang tidak diukur", "lists that also name those who were not measured"),
    ),
    "multiplicity": (
        words("Koreksi atas banyaknya uji", "The allowance for several tests"),
        words("dua luaran atau lebih", "two outcomes or more"),
    ),
    "heterogeneity": (
        words("Efek menurut kelompok", "Effects by group"),
        words(
            "dua kelompok dengan cukup peserta dan pembanding", "two groups with enough treated and comparison units"
        ),
    ),
    "dose": (
        words("Efek menurut dosis", "Effects by dose"),
        words("peserta dengan dosis yang berbeda-beda", "treated units with different doses"),
    ),
    "mechanism": (
        words("Kaitan antarlangkah", "The links between steps"),
        words("langkah dan luaran yang terukur pada unit yang sama", "steps and outcomes measured on the same units"),
    ),
    "power": (
        words("Daya uji", "Power"),
        words("unit pembanding yang teramati cukup sering", "comparison units that are observed often enough"),
    ),
    "specification": (
        words("Kurva spesifikasi", "The specification curve"),
        words("dua spesifikasi yang dapat diestimasi", "two specifications that can be estimated"),
    ),
    "replication": (words("Hasil terbitan", "The published results"), ANY_DATA),
    "feedback": (words("Tanggapan peserta", "Participants' answers"), words("jawaban survei", "answers to the survey")),
    "frankness": (
        words("Pertanyaan terlindung", "The protected questions"),
        words("jawaban atas tiap rancangan pertanyaan", "answers to each design of the question"),
    ),
    "motivation": (
        words("Motivasi dan komitmen", "Motivation and commitment"),
        words("jawaban sebelum dan sesudah program", "answers before and after the programme"),
    ),
    "professionalism": (
        words("Profesionalisme", "Professionalism"),
        words("nilai IP ASN sebelum dan sesudah program", "IP ASN scores before and after the programme"),
    ),
    "service": (
        words("Mutu pelayanan", "Quality of service"),
        words("survei kepuasan sebelum dan sesudah program", "satisfaction surveys before and after the programme"),
    ),
}
"""Analysis -> its name, and what it needs of the data (to follow "needs")."""

OF_SOURCES = frozenset({"replication", "feedback", "frankness", "motivation", "professionalism", "service"})
"""Analyses of what a study may do without: where it does, there is nothing to note."""

_SENTENCES: Mapping[str, Words] = {
    "needs": words(
        "{analysis} tidak ditampilkan: analisis ini memerlukan {needs}.", "{analysis} is not shown: it needs {needs}."
    ),
    "weights": words(
        "{analysis} tidak ditampilkan: cara ini tidak mengenal bobot, sedangkan studi ini menimbang unitnya.",
        "{analysis} is not shown: the method takes no weights, and this study weighs its units.",
    ),
    "numbers": words(
        "{analysis} tidak ditampilkan: pada data ini perhitungannya tidak menghasilkan angka terhingga.",
        "{analysis} is not shown: on these data the calculation has no finite result.",
    ),
    "fault": words(
        "{analysis} tidak ditampilkan: perhitungannya gagal; buku catatan yang dijalankan memuat kesalahannya.",
        "{analysis} is not shown: the calculation failed; the executed notebook holds the error.",
    ),
}


def attempt(call: Callable[[], T]) -> tuple[T | None, str | None]:
    """The value of `call()` and None; or None and why there is none, a code of `sentence`.

    Codes: "needs" (a `DesignError`), "weights", "numbers" (no finite result), "fault" (anything else; its traceback goes
    to the standard error, which executed notebooks keep).
    """
    try:
        return call(), None
    except WeightsError:
        return None, "weights"
    except DesignError:
        return None, "needs"
    except (np.linalg.LinAlgError, ArithmeticError, NotFiniteError):
        return None, "numbers"
    except Exception:
        traceback.print_exc(file=sys.stderr)
        return None, "fault"


def auxiliary(results: Ledger, name: str, call: Callable[[], T]) -> T | None:
    """`call()`, which records one analysis; where it fails nothing of it stays but the text `not_shown_<name>`.

    An analysis that records nothing lacked what it needs, and is noted as well; but not one of `OF_SOURCES`.

    Args:
        results: Ledger that the call records to.
        name: Key of `ANALYSES`.
        call: Records the analysis; what it gives back is handed on.
    """
    if name not in ANALYSES:
        raise KeyError(name)

    def whole() -> T:
        with results.whole():
            return call()

    before = results.size
    value, code = attempt(whole)
    if code is None and results.size == before and name not in OF_SOURCES:
        code = "needs"
    if code is not None:
        results.text(f"not_shown_{name}", code)
    return value


def sentence(name: str, code: str, lang: str) -> str:
    """Why an analysis is not shown, as one sentence."""
    analysis, needs = ANALYSES[name]
    return _SENTENCES[code][lang].format(analysis=analysis[lang], needs=needs[lang])


def not_shown_note(missing: Mapping[str, str], names: Iterable[str]) -> Words:
    """Sentences on those of the analyses that are missing, in their order; empty where none is."""
    told = [(name, missing[name]) for name in names if name in missing]
    return {lang: " ".join(sentence(name, code, lang) for name, code in told) for lang in ("id", "en")}


def stand_in(results: Ledger, table: str, name: str, code: str, caption: Words) -> None:
    """A table of one note, in the place of an analysis' table, so that every reference to it still leads somewhere."""
    note = {code: {lang: sentence(name, code, lang) for lang in ("id", "en")}}
    results.table(
        table,
        pd.DataFrame({"note": [code]}),
        [Column("note", words("Catatan", "Note"), "code", codes=note)],
        caption=caption,
    )
