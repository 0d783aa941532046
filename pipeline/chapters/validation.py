"""Exhibits of the validation report."""

from __future__ import annotations

import pandas as pd

from pipeline.chapters.estimator_words import NAMES
from pipeline.chapters.figures.validation import coverage
from pipeline.chapters.words import words
from pipeline.ledger.entries import Column, Ledger

SETS = {
    "jtrain": words("Hibah pelatihan kerja (jtrain)", "Job training grants (jtrain)"),
    "kielmc": words("Insinerator dan harga rumah (kielmc)", "Incinerator and house prices (kielmc)"),
    "injury": words("Santunan kecelakaan kerja (injury)", "Injury benefits (injury)"),
    "mpdta": words("Kerja remaja per county (mpdta)", "County teen employment (mpdta)"),
    "traffic1": words("Hukum mengemudi mabuk (traffic1)", "Drunk driving laws (traffic1)"),
    "ezunem": words("Zona usaha dan pengangguran (ezunem)", "Enterprise zones and claims (ezunem)"),
    "wagepan": words("Upah dan serikat pekerja (wagepan)", "Wages and unions (wagepan)"),
}
WORLDS = {
    "none": words("Tanpa efek", "No effect"),
    "constant": words("Efek tetap", "Constant effect"),
    "growing": words("Efek bertumbuh, beda antarkohort", "Growing effects that differ by cohort"),
    "few_clusters": words("Delapan wilayah, ditetapkan per wilayah", "Eight areas, assigned by area"),
    "unbalanced": words("Panel tidak seimbang", "Unbalanced panel"),
    "generator": words("Pembangkit data peragaan sendiri", "The demonstration's own generator"),
    "serial": words("Galat berkorelasi antartahun", "Errors correlated over years"),
    "gap": words("Satu tahun tanpa pengukuran", "A year without measurement"),
}
INFERENCE = {
    "unit": words("unit", "unit"),
    "cluster": words("klaster", "cluster"),
    "wild": words("bootstrap liar", "wild bootstrap"),
}
PAIRS = {
    "twfe_dummies": words(
        "Dua arah: modul ini dan regresi dengan semua dummy", "Two-way: this module and a regression with all dummies"
    ),
    "linear_two_way_dummies": words(
        "Dua arah dengan pengaruh: modul ini dan regresi", "Two-way with influence: this module and the regression"
    ),
    "imputation_library": words("Imputasi: modul ini dan diff-diff", "Imputation: this module and diff-diff"),
    "imputation_wooldridge": words(
        "Imputasi dan regresi diperluas (panel seimbang)", "Imputation and the extended regression (balanced panel)"
    ),
    "sun_abraham_group_time": words(
        "Sun–Abraham dan kohort-periode (panel seimbang)", "Sun–Abraham and group-time (balanced panel)"
    ),
    "group_time_moderndid": words("Kohort-periode: diff-diff dan moderndid", "Group-time: diff-diff and moderndid"),
    "wild_enumeration": words(
        "Bootstrap liar: jumlah klaster dan hitung ulang penuh", "Wild bootstrap: cluster sums and full refits"
    ),
}
YES = {True: words("ya", "yes"), False: words("TIDAK", "NO")}


def record_published(results: Ledger, table: pd.DataFrame) -> None:
    """Published numbers beside ours."""
    results.number("published_n", len(table), decimals=0)
    results.number("published_agree", int(table["agrees"].sum()), decimals=0)
    results.number("published_sets", table["set"].nunique(), decimals=0)
    frame = table.assign(printed=[_fixed(v, d) for v, d in zip(table["printed"], table["decimals"], strict=True)])
    frame["ours"] = [_fixed(v, int(d) + 2) for v, d in zip(table["ours"], table["decimals"], strict=True)]
    results.table(
        "tbl_published",
        frame.assign(agrees=frame["agrees"].astype(str)),
        [
            Column("set", words("Himpunan data", "Data set"), "code", codes=SETS),
            Column("quantity", words("Besaran", "Quantity"), "text"),
            Column("printed", words("Terbitan", "Published"), "text"),
            Column("ours", words("Laporan ini", "Ours"), "text"),
            Column("difference", words("Selisih", "Difference"), "number", 5),
            Column("agrees", words("Sama pada angka tercetak", "Same to the printed digit"), "code", codes=_yes()),
        ],
        caption=words("Hasil terbitan dan hasil program ini", "Published results and those of this program"),
        notes=words("Angka dalam bentuk Inggris, seperti tercetak.", "Numbers as printed, with decimal points."),
    )


def _fixed(value: float, decimals: int) -> str:
    return f"{value:.{int(decimals)}f}"


def _yes() -> dict[str, dict[str, str]]:
    return {str(key): value for key, value in YES.items()}


def record_agreement(results: Ledger, table: pd.DataFrame, tolerance: float) -> None:
    """Independent implementations on the same data."""
    results.number("agreement_n", len(table), decimals=0)
    results.number("agreement_agree", int(table["agrees"].sum()), decimals=0)
    shown = table.assign(difference=[f"{abs(d):.1e}" for d in table["difference"]], agrees=table["agrees"].astype(str))
    results.table(
        "tbl_agreement",
        shown,
        [
            Column("quantity", words("Besaran", "Quantity"), "code", codes=PAIRS),
            Column("first", words("Pertama", "First"), "number", 6),
            Column("second", words("Kedua", "Second"), "number", 6),
            Column("difference", words("Selisih mutlak", "Absolute difference"), "text"),
            Column("agrees", words("Sepakat", "Agree"), "code", codes=_yes()),
        ],
        caption=words("Penerapan yang saling bebas", "Independent implementations"),
        notes=words(f"Batas: {tolerance:g}.", f"Tolerance: {tolerance:g}."),
    )


def record_experiment(results: Ledger, table: pd.DataFrame, default: pd.DataFrame, replications: int) -> None:
    """Bias, coverage and size; the default choice; and the warnings."""
    results.number("replications", replications, decimals=0)
    # Where its assumptions hold: every world but the one in which whole areas take part.
    sound = default[default["scenario"] != "few_clusters"]
    results.number("default_worlds", len(sound), decimals=0)
    results.number("default_hold", int(sound["holds"].sum()), decimals=0)
    few = default[default["scenario"] == "few_clusters"]
    if len(few):
        results.number("few_coverage", 100 * float(few["coverage"].iloc[0]), unit="percent", decimals=1)
        results.number("few_flagged", 100 * float(few["flagged"].iloc[0]), unit="percent", decimals=1)
    for name, frame, head in (
        ("tbl_default", default, words("Cakupan pilihan utama", "Coverage of the default choice")),
        (
            "tbl_experiment",
            table,
            words(
                "Bias dan cakupan menurut dunia, penduga, dan inferensi",
                "Bias and coverage by world, estimator and inference",
            ),
        ),
    ):
        shown = frame.assign(**{k: 100 * frame[k] for k in ("coverage", "coverage_se", "flagged")})
        columns = [Column("scenario", words("Dunia", "World"), "code", codes=WORLDS)]
        if name == "tbl_experiment":
            columns += [
                Column("method", words("Penduga", "Estimator"), "code", codes=NAMES),
                Column("inference", words("Inferensi", "Inference"), "code", codes=INFERENCE),
                Column("bias", words("Bias", "Bias"), "number", 4),
                Column("bias_se", words("Galat bias", "Its error"), "number", 4),
                Column("sd", words("Simpangan baku", "Standard deviation"), "number", 4),
                Column("mean_se", words("Rata-rata galat baku", "Mean standard error"), "number", 4),
            ]
        columns += [
            Column("n", words("Panel", "Panels"), "int"),
            Column("coverage", words("Cakupan", "Coverage"), "percent", 1),
            Column("coverage_se", words("Galat cakupan", "Its error"), "percent", 1),
        ]
        if name == "tbl_default":
            shown["holds"] = shown["holds"].astype(str)
            columns.append(Column("holds", words("93–97%", "93–97%"), "code", codes=_yes()))
            columns.append(Column("flagged", words("Diperingatkan", "Warned"), "percent", 1))
        results.table(
            name,
            shown,
            columns,
            caption=head,
            notes=words(
                "93–97%: tidak terletak di luar rentang itu lebih dari dua galat Monte Carlo. "
                "Cakupan: bagian panel yang selang 95 persennya memuat efek sebenarnya; pada dunia tanpa efek, seratus "
                "persen dikurangi cakupan adalah taraf uji. Dua arah dan regresi bertumpuk menaksir besaran lain, "
                "sehingga biasnya memuat beda besaran.",
                "93–97%: not outside that range by more than two Monte Carlo errors. "
                "Coverage: share of panels whose 95 per cent interval holds the true effect; in the world without "
                "effect, one hundred per cent less coverage is the size of the test. Two-way and stacked regressions "
                "estimate another quantity, so their bias holds the difference of quantities.",
            ),
        )
    results.figure(
        "fig_coverage",
        lambda lang: coverage(table, WORLDS, NAMES, lang),
        caption=words("Cakupan selang 95 persen menurut dunia", "Coverage of 95 per cent intervals by world"),
        alt=words(
            "Titik cakupan tiap penduga pada tiap dunia terhadap garis 95 persen; angkanya ada pada tabel.",
            "Points of coverage for each estimator in each world against the line of 95 per cent; numbers in the table.",
        ),
    )
