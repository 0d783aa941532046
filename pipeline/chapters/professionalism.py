"""Exhibits of professionalism: IP ASN by dimension and band, and effects of first participation on persons' scores."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from pipeline.chapters.aim_effects import AimEffect, estimate_aim, record_effect, record_effects_table
from pipeline.chapters.figures.professionalism import dimensions as draw_dimensions
from pipeline.chapters.words import PERIOD, Words, period_name, words
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.indicators.bands import IP_ASN
from pipeline.methods.indicators.ip_asn import ARMS, DIMENSIONS, by_period, person_panel, scored
from pipeline.study import Study

Tables = Callable[[str], "pd.DataFrame | None"]
SMALLEST = {"index": 1.0, "index_rest": 0.5, **dict.fromkeys(DIMENSIONS, 0.5)}
"""Smallest effects of interest, in points of the index."""
LABELS: dict[str, Words] = {
    "qualification": words("Kualifikasi (0-25)", "Qualification (0-25)"),
    "competence": words("Kompetensi (0-40)", "Competence (0-40)"),
    "performance": words("Kinerja (0-30)", "Performance (0-30)"),
    "discipline": words("Disiplin (0-5)", "Discipline (0-5)"),
    "index": words("IP ASN (0-100)", "IP ASN (0-100)"),
    "index_rest": words("IP ASN tanpa kompetensi (0-60)", "IP ASN without competence (0-60)"),
}
ARM_LABELS: dict[str, Words] = {
    "training": words("Lokakarya atau seminar pertama", "First workshop or seminar"),
    "mentoring": words("Mentoring pertama", "First mentoring"),
    "course": words("Kursus luar daerah pertama", "First course outside the region"),
}
CAPTIONS: dict[str, Words] = {
    "tbl_ip_asn_effects": words(
        "Efek keikutsertaan pertama pada IP ASN pegawai", "Effects of first participation on civil servants' IP ASN"
    ),
    "tbl_ip_asn_dimensions": words(
        "Efek keikutsertaan pertama pada dimensi IP ASN", "Effects of first participation on the dimensions of IP ASN"
    ),
}
BANDS: dict[str, Words] = {
    "very_high": words("Sangat tinggi", "Very high"),
    "high": words("Tinggi", "High"),
    "moderate": words("Sedang", "Moderate"),
    "low": words("Rendah", "Low"),
    "very_low": words("Sangat rendah", "Very low"),
}


def record_professionalism(results: Ledger, study: Study, tables: Tables) -> None:
    """IP ASN by period, and effects by arm on the index with and without its competence dimension."""
    raw, training, staff = tables("ip_asn"), tables("training"), tables("staff")
    if raw is None:
        return
    table = scored(raw)
    if table["index"].notna().sum() < study.disclosure.min_persons:
        return
    _levels(results, study, by_period(table, staff))
    if training is not None and len(training):
        _effects(results, study, table, training)


def _levels(results: Ledger, study: Study, periods: pd.DataFrame) -> None:
    last = periods.iloc[-1]
    results.number("ip_asn_mean", float(last["index"]), n=int(last["measured"]), decimals=1)
    results.number("ip_asn_rest_mean", float(last["index_rest"]), n=int(last["measured"]), decimals=1)
    results.text("ip_asn_band", str(IP_ASN.grade(float(last["index"]))))
    if pd.notna(last["coverage"]):
        results.number("ip_asn_coverage", float(last["coverage"]), unit="percent", decimals=1)
    results.number("ip_asn_change", float(last["index"] - periods["index"].iloc[0]), decimals=1)
    results.number("ip_asn_change_competence", float(last["competence"] - periods["competence"].iloc[0]), decimals=1)
    results.table(
        "tbl_ip_asn",
        periods,
        [
            Column("period", PERIOD, "period"),
            Column("measured", words("Pegawai", "Persons"), "int"),
            Column("coverage", words("Cakupan (%)", "Coverage (%)"), "number", 1),
            *(Column(name, LABELS[name], "number", 1) for name in (*DIMENSIONS, "index", "index_rest")),
        ],
        caption=words("IP ASN menurut dimensi", "IP ASN by dimension"),
        notes=words(
            "Rata-rata pegawai yang keempat dimensinya dinilai. Cakupan: bagian dari daftar pegawai tahun itu.",
            "Means of persons with all four dimensions scored. Coverage: share of the year's roster.",
        ),
    )
    shares = periods[["period", "measured", *IP_ASN.codes]].copy()
    for code in IP_ASN.codes:  # a share that rests on too few persons, or leaves too few others, is not shown
        count = shares[code] / 100 * shares["measured"]
        few = ((count > 0.5) & (count < study.disclosure.min_persons - 0.5)).to_numpy()
        shares[code] = shares[code].astype(object).mask(few, None)
    results.table(
        "tbl_ip_asn_bands",
        shares,
        [
            Column("period", PERIOD, "period"),
            *(Column(code, {k: f"{v} (%)" for k, v in BANDS[code].items()}, "number", 1) for code in IP_ASN.codes),
        ],
        caption=words("Kategori IP ASN", "IP ASN by category"),
        notes=words(
            f"Kategori menurut {IP_ASN.basis}; nilai di antara dua kategori masuk yang lebih tinggi bila di atas 60, 70, "
            "80 atau 90.",
            f"Categories after {IP_ASN.basis}; a score between two belongs to the higher one where above 60, 70, 80 or 90.",
        ),
    )  # fmt: skip
    results.figure(
        "fig_ip_asn",
        lambda lang: draw_dimensions(periods, {k: v[lang] for k, v in LABELS.items()}, lang, period_name(study, lang)),
        caption=words("IP ASN menurut dimensi dan tahun", "IP ASN by dimension and year"),
        alt=words(
            "Batang bertumpuk: rata-rata keempat dimensi tiap tahun.", "Stacked bars: means of the four dimensions by year."
        ),
    )  # fmt: skip


def _effects(results: Ledger, study: Study, table: pd.DataFrame, training: pd.DataFrame) -> None:
    rows, early = [], 0
    for arm in ARMS:
        panel, left_out = person_panel(table, training, arm)
        early += left_out
        if panel.loc[panel["cohort"].notna(), "unit"].nunique() < study.disclosure.min_persons:
            continue
        for name in ("index_rest", "index", "competence", "performance", "qualification", "discipline"):
            # units of assignment are those whose staff go together: clusters, not persons
            effect = estimate_aim(study, panel, name, SMALLEST[name], "cluster")
            if effect is None or not effect.overall.se > 0:
                continue  # a dimension that hardly moves, such as qualification, has nothing to estimate
            rows.append(({"arm": arm, "outcome": name}, effect))
            if name in ("index", "index_rest", "competence"):
                record_effect(results, f"ip_asn_{name}_{arm}", effect, unit="", decimals=2)
    if not rows:
        return
    results.number("ip_asn_left_out", early, decimals=0)
    indices = [row for row in rows if row[0]["outcome"].startswith("index")]
    _effect_table(results, "tbl_ip_asn_effects", indices)
    others = [row for row in rows if not row[0]["outcome"].startswith("index")]
    if others:
        _effect_table(results, "tbl_ip_asn_dimensions", others)


def _effect_table(results: Ledger, name: str, rows: list[tuple[dict[str, str], AimEffect]]) -> None:
    record_effects_table(
        results,
        name,
        rows,
        [
            Column("arm", words("Kegiatan", "Activity"), "code", codes=ARM_LABELS),
            Column("outcome", words("Nilai", "Score"), "code", codes=LABELS),
        ],
        caption=CAPTIONS[name],
        notes=words(
            "Dalam poin indeks; pembanding: pegawai yang tidak pernah tercatat mengikuti kegiatan. Galat baku menurut unit "
            "kerja. Pegawai masuk pada jenis kegiatan yang pertama diikutinya, atau pada beberapa bila mulai bersamaan.",
            "In points of the index; comparison: persons never on record with any activity. Standard errors by workplace. "
            "Persons count in the kind of activity they began with, or in several where they began with several.",
        ),
    )
