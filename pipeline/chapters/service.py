"""Exhibits of public service: SKM scores and grades, the nine elements, and the effect on units' scores."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from pipeline.chapters.aim_effects import estimate_aim, record_effect, record_effects_table
from pipeline.chapters.figures.service import elements as draw_elements
from pipeline.chapters.words import HIGH, LOW, PERIOD, SE, P, Words, words
from pipeline.clean.exposure import exposure
from pipeline.ledger.disclosure import suppress
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.effects.within import within_slope
from pipeline.methods.indicators.bands import SKM
from pipeline.methods.indicators.skm import ELEMENTS, LEAST_RESPONDENTS, elements, grades_by_period, unit_scores
from pipeline.periods import QUARTERS_FROM, year_of
from pipeline.study import Study

Tables = Callable[[str], "pd.DataFrame | None"]
SMALLEST = 1.0
"""Smallest effect of interest on the index, in points of 100."""
LABELS: dict[str, Words] = {
    "u1": words("U1 Persyaratan", "U1 Requirements"),
    "u2": words("U2 Sistem, mekanisme, prosedur", "U2 System, mechanism, procedure"),
    "u3": words("U3 Waktu penyelesaian", "U3 Time to completion"),
    "u4": words("U4 Biaya atau tarif", "U4 Cost or fee"),
    "u5": words("U5 Produk layanan", "U5 Product of the service"),
    "u6": words("U6 Kompetensi pelaksana", "U6 Competence of staff"),
    "u7": words("U7 Perilaku pelaksana", "U7 Conduct of staff"),
    "u8": words("U8 Penanganan pengaduan", "U8 Handling of complaints"),
    "u9": words("U9 Sarana dan prasarana", "U9 Facilities"),
    "score": words("Indeks SKM", "SKM index"),
}


def record_service(results: Ledger, study: Study, tables: Tables) -> None:
    """Scores, grades, elements and effects of public satisfaction; nothing where the study has no SKM."""
    skm = tables("skm")
    if skm is None:
        return
    scores = unit_scores(skm)
    if scores["score"].notna().sum() == 0:
        return
    _grades(results, study, scores)
    _elements(results, skm)
    entry = _entry(skm, tables)
    if entry is None:
        return
    place = tables("schools")
    panel = scores.merge(entry, on="unit", how="left").assign(cluster=lambda t: t["unit"])
    if place is not None and study.program.assigned_at == "cluster":
        panel["cluster"] = panel["unit"].map(place.drop_duplicates("unit").set_index("unit")["kecamatan"])
    panel[list(ELEMENTS)] *= 25
    _effects(results, study, panel)
    _dose(results, study, panel, tables)


def _entry(skm: pd.DataFrame, tables: Tables) -> pd.DataFrame | None:
    """Cohorts in the SKM's own periods: where these are quarters the panel's, for `treatment` counts in years."""
    if skm["period"].max() < QUARTERS_FROM:
        return tables("treatment")
    panel = tables("panel")
    return None if panel is None else panel.drop_duplicates("unit")[["unit", "cohort"]]


def _grades(results: Ledger, study: Study, scores: pd.DataFrame) -> None:
    by_period = grades_by_period(scores)
    last = by_period.iloc[-1]
    results.number("skm_mean", float(last["mean"]), unit="", n=int(last["units"]), decimals=2)
    results.text("skm_grade", str(SKM.grade(float(last["mean"]))))
    results.number("skm_without", int(last["without"]), decimals=0)
    results.number("skm_least", LEAST_RESPONDENTS, decimals=0)
    good = int(last["A"] + last["B"])
    if good == 0 or good >= study.disclosure.min_schools:
        results.number("skm_good", 100 * good / last["units"], unit="percent", n=int(last["units"]), decimals=1)
    long = by_period.melt(["period", "units", "without", "mean"], list(SKM.codes), "grade", "count")
    hidden = suppress(long, "count", study.disclosure.min_schools, within="period")
    wide = hidden.pivot(index="period", columns="grade", values="count").reset_index()
    results.table(
        "tbl_skm_grades",
        by_period.drop(columns=list(SKM.codes)).merge(wide, on="period"),
        [
            Column("period", PERIOD, "period"),
            Column("units", words("Unit bernilai", "Units with a score"), "int"),
            Column("without", words("Responden kurang", "Too few respondents"), "int"),
            Column("mean", words("Rata-rata indeks", "Mean index"), "number", 2),
            *(Column(code, words(f"Mutu {code}", f"Grade {code}"), "int") for code in SKM.codes),
        ],
        caption=words("Indeks SKM dan mutu pelayanan unit", "SKM index and grades of units"),
        notes=words(
            f"Indeks: rata-rata sembilan unsur (bobot 1/9) dikali 25, dibulatkan dua desimal sebelum dinilai ({SKM.basis}). "
            f"Unit dengan kurang dari {LEAST_RESPONDENTS} responden tidak diberi nilai; sel kecil tidak ditampilkan.",
            f"Index: mean of the nine elements (weights 1/9) times 25, rounded to two decimals before grading ({SKM.basis}). "
            f"Units with fewer than {LEAST_RESPONDENTS} respondents get no score; small cells are not shown.",
        ),
    )  # fmt: skip


def _elements(results: Ledger, skm: pd.DataFrame) -> None:
    table = elements(skm)
    last = table[table["period"] == table["period"].max()].reset_index(drop=True)
    lowest = str(last.loc[last["value"].idxmin(), "element"])
    results.text("skm_lowest", lowest)
    results.table(
        "tbl_skm_elements",
        last,
        [
            Column("element", words("Unsur", "Element"), "code", codes=LABELS),
            Column("value", words("Nilai (25-100)", "Score (25-100)"), "number", 1),
            Column("low", LOW, "number", 1),
            Column("high", HIGH, "number", 1),
        ],
        caption=words("Unsur SKM pada periode terakhir", "SKM elements in the last period"),
        notes=words(
            "Unit ditimbang dengan jumlah respondennya; selang memperlakukan unit sebagai klaster.",
            "Units weighted by their respondents; intervals take units as clusters.",
        ),
    )
    results.figure(
        "fig_skm",
        lambda lang: draw_elements(last, {k: v[lang] for k, v in LABELS.items()}, lang),
        caption=words("Unsur SKM pada periode terakhir", "SKM elements in the last period"),
        alt=words(
            "Titik dengan selang: nilai tiap unsur, dengan batas mutu A, B dan C.",
            "Points with intervals: score of each element, with the bounds of grades A, B and C.",
        ),
    )


def _effects(results: Ledger, study: Study, panel: pd.DataFrame) -> None:
    level = study.program.assigned_at
    rows = []
    # Competence and conduct of staff are what the programme addresses; an index that is an outcome is judged as such.
    judged = study.panel is not None and study.panel.skm is not None
    for name in ("u6", "u7") if judged else ("score", "u6", "u7"):
        effect = estimate_aim(study, panel, name, SMALLEST, level)
        if effect is None:
            continue
        rows.append(({"outcome": name}, effect))
        record_effect(results, "skm_effect" if name == "score" else f"skm_effect_{name}", effect, unit="", decimals=2)
    if rows:
        record_effects_table(
            results,
            "tbl_skm_effects",
            rows,
            [Column("outcome", words("Nilai", "Score"), "code", codes=LABELS)],
            caption=words("Efek program pada SKM unit", "Effects of the programme on units' SKM"),
            notes=words(
                "Dalam poin indeks (25-100). Rancangan dan aturan putusan sama dengan luaran utama.",
                "In points of the index (25-100). Design and rules of verdict are those of the main outcomes.",
            ),
        )


def _dose(results: Ledger, study: Study, panel: pd.DataFrame, tables: Tables) -> None:
    """Slope of the index on the share of staff trained since entry: unit and period effects, clustered by unit."""
    training, staff, treatment = tables("training"), tables("staff"), tables("treatment")
    if training is None or staff is None or treatment is None or training.empty:
        return
    share = trained_share(training, staff, treatment).rename(columns={"period": "year"})
    panel = panel.assign(year=panel["period"].map(year_of))  # training is known by year
    joined = panel.merge(share, on=["unit", "year"], how="inner").dropna(subset=["score"])
    under = (joined["period"] >= joined["cohort"]).fillna(False).astype(bool)
    joined["share"] = joined["share"].where(under, 0.0)  # nothing before the quarter of entry
    late = joined.loc[joined["share"] > 0, "share"]
    if late.nunique() < 3 or joined["unit"].nunique() < 10:
        return
    slope = within_slope(joined, "score", "share", level=study.inference.level)
    results.number("skm_dose", slope.value, low=slope.low, high=slope.high, p=slope.p, n=slope.n_units, decimals=2)
    results.number("skm_dose_share", 100 * float(late.mean()), unit="percent", decimals=1)
    row = {"value": slope.value, "se": slope.se, "low": slope.low, "high": slope.high, "p": slope.p, "n": slope.n_units}
    results.table(
        "tbl_skm_dose",
        pd.DataFrame([row]),
        [
            Column("value", words("Indeks bila semua pegawai terlatih", "Index if all staff are trained"), "number", 2),
            Column("se", SE, "number", 2),
            Column("low", LOW, "number", 2),
            Column("high", HIGH, "number", 2),
            Column("p", P, "p"),
            Column("n", words("Unit", "Units"), "int"),
        ],
        caption=words("Indeks SKM terhadap bagian pegawai terlatih", "SKM index on the share of staff trained"),
        notes=words(
            "Regresi dengan efek unit dan periode, galat baku menurut unit. Memerlukan tren sejajar kuat.",
            "Regression with unit and period effects, standard errors by unit. It needs strong parallel trends.",
        ),
    )


def trained_share(training: pd.DataFrame, staff: pd.DataFrame, treatment: pd.DataFrame) -> pd.DataFrame:
    """Share of a unit's civil servants that attended something since its entry: `unit`, `period`, `share` (0-1)."""
    table = exposure(training, staff, treatment)[["unit", "period", "teachers", "under"]]
    came = training[training["attended"].astype(bool)].merge(treatment, on="unit")
    since = came[came["period"] >= came["cohort"]]
    first = since.groupby(["unit", "person"])["period"].min().reset_index()
    new = first.groupby(["unit", "period"]).size().rename("new").reset_index()
    table = table.merge(new, on=["unit", "period"], how="left").sort_values(["unit", "period"])
    reached = table["new"].fillna(0).groupby(table["unit"]).cumsum()
    table["share"] = (reached / table["teachers"]).clip(upper=1.0).where(table["under"], 0.0)
    return table[["unit", "period", "share"]]
