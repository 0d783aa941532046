"""Every fixed word of the report outside the prose templates, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

Words = Mapping[str, str]

UNITS: dict[str, Words] = {
    # "SD" is "sekolah dasar" to an Indonesian reader, so the standard deviation is written out.
    "sd": {"id": "simpangan baku", "en": "SD"},
    "log_points": {"id": "poin log", "en": "log points"},
    "index_points": {"id": "poin indeks", "en": "index points"},
    "points": {"id": "poin", "en": "points"},
    "schools": {"id": "sekolah", "en": "schools"},
    "pupils": {"id": "murid", "en": "pupils"},
    "teachers": {"id": "guru", "en": "teachers"},
    "persons": {"id": "orang", "en": "persons"},
    "units": {"id": "unit", "en": "units"},
    "firms": {"id": "perusahaan", "en": "firms"},
    "clusters": {"id": "kelompok", "en": "clusters"},
    "districts": {"id": "kecamatan", "en": "districts"},
    "periods": {"id": "periode", "en": "periods"},
    "years": {"id": "tahun", "en": "years"},
    "observations": {"id": "pengamatan", "en": "observations"},
    "rows": {"id": "baris", "en": "rows"},
    "files": {"id": "berkas", "en": "files"},
    "hours": {"id": "JP", "en": "training hours"},
    "jp": {"id": "JP", "en": "JP"},
    "days": {"id": "hari", "en": "days"},
    "seconds": {"id": "detik", "en": "seconds"},
}
"""Units as they follow a number; a unit not listed is printed as it stands."""

LABELS: dict[str, Words] = {
    "contents": {"id": "Daftar Isi", "en": "Contents"},
    "list-of-tables": {"id": "Daftar Tabel", "en": "List of Tables"},
    "list-of-figures": {"id": "Daftar Gambar", "en": "List of Figures"},
    "references": {"id": "Daftar Pustaka", "en": "References"},
    "figure": {"id": "Gambar", "en": "Figure"},
    "table": {"id": "Tabel", "en": "Table"},
    "chapter": {"id": "Bab", "en": "Chapter"},
    "section": {"id": "Subbab", "en": "Section"},
    "appendix": {"id": "Lampiran", "en": "Appendix"},
    "equation": {"id": "Persamaan", "en": "Equation"},
    "and": {"id": "dan", "en": "and"},
    "notes": {"id": "Catatan", "en": "Notes"},
    "source": {"id": "Sumber", "en": "Source"},
    "processed": {"id": "data studi, diolah", "en": "data of the study, own calculations"},
    "cell": {"id": "sel", "en": "cell"},
    "missing": {"id": "– tidak tersedia atau tidak dapat dihitung.", "en": "– not available or not computable."},
    "to": {"id": "sampai", "en": "to"},
    "approval": {"id": "Lembar Pengesahan", "en": "Approval"},
    "approval-text": {
        "id": "Laporan ini telah diperiksa dan disahkan sebagai dokumen resmi hasil evaluasi.",
        "en": "This report has been reviewed and is approved as the official record of the evaluation.",
    },
    "approval-role": {"id": "Jabatan", "en": "Position"},
    "approval-name": {"id": "Nama", "en": "Name"},
    "approval-signature": {"id": "Tanda tangan", "en": "Signature"},
    "approval-date": {"id": "Tanggal", "en": "Date"},
    "report-kind": {"id": "Laporan Evaluasi", "en": "Evaluation Report"},
    "edition": {"id": "Edisi", "en": "Edition"},
    "page": {"id": "Halaman", "en": "Page"},
    "skip": {"id": "Langsung ke isi", "en": "Skip to content"},
    "theme": {"id": "Ganti tampilan terang atau gelap", "en": "Switch light or dark appearance"},
    "demonstration": {
        "id": "Data peragaan: orang dan hasil dalam laporan ini rekaan, bukan keadaan sebenarnya.",
        "en": "Demonstration data: the persons and results in this report are invented, not actual.",
    },
    "blind": {
        "id": "LAPORAN BUTA: keikutsertaan diacak ulang; tidak satu pun efek di dalamnya nyata.",
        "en": "BLIND REPORT: participation was dealt out anew; no effect in it is real.",
    },
    "callout-note": {"id": "Catatan", "en": "Note"},
    "callout-tip": {"id": "Kiat", "en": "Tip"},
    "callout-important": {"id": "Penting", "en": "Important"},
    "callout-warning": {"id": "Peringatan", "en": "Warning"},
    "callout-caution": {"id": "Perhatian", "en": "Caution"},
}

_RISE: Words = {"id": "kenaikan", "en": "an increase"}
_FALL: Words = {"id": "penurunan", "en": "a decrease"}
_WANTED: Words = {"id": "perubahan yang dikehendaki", "en": "the change that is wanted"}
_UNWANTED: Words = {"id": "perubahan yang tidak dikehendaki", "en": "a change that is not wanted"}

VERDICTS: dict[str, Words] = {
    "strong": {"id": "bukti kuat adanya {wanted}", "en": "strong evidence of {wanted}"},
    "moderate": {"id": "bukti sedang adanya {wanted}", "en": "moderate evidence of {wanted}"},
    "weak": {"id": "bukti lemah adanya {wanted}", "en": "weak evidence of {wanted}"},
    "none": {"id": "tidak ada bukti adanya {wanted}", "en": "no evidence of {wanted}"},
    "decline": {"id": "bukti adanya {unwanted}", "en": "evidence of {unwanted}"},
    "not_credible": {
        "id": "rancangan tidak cukup andal untuk menilai",
        "en": "the design is not credible enough to judge",
    },
}
"""Graded judgements by the code that the verdict rules chose."""


def label(key: str, lang: str) -> str:
    """A fixed word of the report in the language `lang`."""
    return LABELS[key][lang]


def unit_word(unit: str, lang: str) -> str:
    """The unit as it follows a number: a known one by language, any other as it stands."""
    return UNITS[unit][lang] if unit in UNITS else unit.replace("_", " ")


def verdict_phrase(code: str, lang: str, *, better: str = "higher") -> str:
    """The judgement in words; for an outcome where lower is better the wanted change is a decrease.

    `better` is "higher", "lower", or "either" for several outcomes of both kinds.

    Raises:
        KeyError: The code is none of `VERDICTS`.
    """
    pairs = {"higher": (_RISE, _FALL), "lower": (_FALL, _RISE), "either": (_WANTED, _UNWANTED)}
    wanted, unwanted = pairs[better]
    return VERDICTS[code][lang].format(wanted=wanted[lang], unwanted=unwanted[lang])
