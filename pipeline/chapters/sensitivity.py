"""Exhibits of sensitivity: breakdown values, the pre-test's blind spot, parts left out, placebos, spill-over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from pipeline.chapters.analysis import OutcomeEffects
from pipeline.chapters.figures.sensitivity import breakdown_curves, without_each
from pipeline.chapters.words import P, effect_columns, words
from pipeline.errors import DesignError
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.effects.sensitivity import (
    bias_after_passing,
    breakdown,
    leave_out,
    placebo_dates,
    placebo_outcomes,
    relative_magnitudes,
    smoothness,
    spillover,
    stability,
    targets,
)
from pipeline.study import Outcome, Study

LARGEST = 5.0
GRID = np.linspace(0, 2, 21)
TARGETS = {"average": words("Rata-rata", "Average"), "first": words("Periode pertama", "First period")}
KINDS = {"cohort": words("Kohort", "Cohort"), "cluster": words("Wilayah", "Area"), "period": words("Periode", "Period")}
PLACEBOS = {
    "date": words("Mulai digeser lebih awal (periode)", "Start moved earlier (periods)"),
    "outcome": words("Bukan sasaran program", "Not aimed at"),
    "spillover": words("Rembesan", "Spill-over"),
}
NAMES = {
    "1": words("1", "1"),
    "2": words("2", "2"),
    "exposed": words("Tidak pernah ikut, banyak tetangga ikut", "Never treated, many neighbours treated"),
    "low_exposure": words(
        "Efek utama, pembanding dengan sedikit tetangga", "Main effect, comparison with few neighbours"
    ),
    "log_pupils": words("Log jumlah murid", "Log number of pupils"),
    "share_pns": words("Bagian guru PNS", "Share of permanent civil servants"),
}


def record_sensitivity(
    results: Ledger,
    study: Study,
    panel: pd.DataFrame,
    effects: dict[str, OutcomeEffects],
    tables: Callable[[str], pd.DataFrame],  # noqa: ARG001 - the same call as the other exhibits'
) -> None:
    """Record what applies; an outcome without a change before the start has no breakdown value."""
    chosen = [outcome for outcome in study.outcomes if outcome.role == "primary"]
    labels = {outcome.name: outcome.label.model_dump() for outcome in study.outcomes}
    _breakdown(results, study, chosen, effects, labels)
    _leave_out(results, study, chosen, panel, effects, labels)
    _stability(results, chosen, effects, labels)
    _placebo(results, study, chosen, panel, labels)


def _options(study: Study) -> dict[str, Any]:
    cluster = "cluster" if study.program.assigned_at == "cluster" else "unit"
    return {"level": study.inference.level, "cluster": cluster}


def _breakdown(
    results: Ledger, study: Study, chosen: list[Outcome], effects: dict[str, OutcomeEffects], labels: dict[str, Any]
) -> None:
    rows, tests, curves = [], [], {}
    for outcome in chosen:
        main = effects[outcome.name].main
        try:
            both = targets(main)
        except DesignError:
            continue
        for target in both:
            low, high = relative_magnitudes(target, 1.0)
            mbar = breakdown(target, relative_magnitudes, LARGEST)
            scale = abs(target.value) or 1.0
            m = breakdown(target, smoothness, scale)
            rows.append(
                {"outcome": outcome.name, "target": target.name, "value": target.value, "mbar": mbar, "m": m,
                 "low": low, "high": high}
            )  # fmt: skip
            if target.name == "average":
                capped = LARGEST if mbar is None else mbar
                results.number(f"sensitivity_mbar_{outcome.name}", capped, decimals=2)
                intervals = [relative_magnitudes(target, float(size)) for size in GRID]
                curves[outcome.name] = pd.DataFrame(intervals, columns=["low", "high"]).assign(
                    mbar=GRID, value=target.value
                )
        tests.append(bias_after_passing(main, seed=study.seed).assign(outcome=outcome.name))
    if not rows:
        return
    code = Column("outcome", words("Luaran", "Outcome"), "code", codes=labels)
    results.table(
        "tbl_sensitivity_breakdown",
        pd.DataFrame(rows),
        [
            code,
            Column("target", words("Efek", "Effect"), "code", codes=TARGETS),
            Column("value", words("Estimasi", "Estimate"), "number", 3),
            Column("low", words("Batas bawah, M = 1", "Lower bound, M = 1"), "number", 3),
            Column("high", words("Batas atas, M = 1", "Upper bound, M = 1"), "number", 3),
            Column("mbar", words("Batas runtuh, relatif", "Breakdown, relative"), "number", 2),
            Column("m", words("Batas runtuh, kelengkungan", "Breakdown, smoothness"), "number", 3),
        ],
        caption=words(
            "Berapa besar pelanggaran tren sejajar yang menggugurkan hasil",
            "How large a violation of parallel trends overturns the result",
        ),
        notes=words(
            f"Relatif: perubahan tren setelah mulai paling banyak M kali perubahan terbesar sebelumnya; tanda pisah: lebih "
            f"dari {LARGEST:.0f}. Kelengkungan: perubahan kemiringan antarperiode, dalam satuan luaran; tanda pisah: lebih "
            "dari estimasinya sendiri.",
            f"Relative: changes of trend after the start at most M times the largest before; a dash: above {LARGEST:.0f}. "
            "Smoothness: change of slope from period to period, in units of the outcome; a dash: above the estimate itself.",
        ),
    )
    results.figure(
        "fig_sensitivity_breakdown",
        lambda lang: breakdown_curves(curves, labels, lang),
        caption=words(
            "Selang efek rata-rata bila tren tidak sejajar",
            "Interval of the average effect where trends are not parallel",
        ),
        alt=words(
            "Selang yang melebar dengan besar pelanggaran yang dibolehkan; angkanya ada pada tabel batas runtuh.",
            "Intervals that widen with the violation allowed; numbers in the table of breakdown values.",
        ),
    )
    frame = pd.concat(tests, ignore_index=True).assign(
        power=lambda f: 100 * f["power"], pass_share=lambda f: 100 * f["pass_share"]
    )
    results.table(
        "tbl_sensitivity_pretest",
        frame,
        [
            code,
            Column("power", words("Peluang ditemukan uji", "Found by the test"), "percent", 0),
            Column("slope", words("Beda tren per periode", "Difference in trend a period"), "number", 4),
            Column("bias", words("Bias", "Bias"), "number", 3),
            Column("bias_passed", words("Bias bila lolos uji", "Bias where the test passes"), "number", 3),
        ],
        caption=words("Apa yang diloloskan uji tren", "What the pre-trend test lets through"),
    )


def _leave_out(
    results: Ledger,
    study: Study,
    chosen: list[Outcome],
    panel: pd.DataFrame,
    effects: dict[str, OutcomeEffects],
    labels: dict[str, Any],
) -> None:
    rows, areas = [], {}
    for outcome in chosen:
        parts = leave_out(panel, outcome.name, control=study.inference.control, **_options(study))
        timed = parts["kind"].isin(["cohort", "period"])  # printed as periods are; an area by its name
        parts["left_out"] = (
            parts["left_out"].astype(object).where(~timed, parts["left_out"].where(timed, 0).astype(int))
        )
        for kind, group in parts.groupby("kind", sort=False):
            ordered = group.sort_values("value")
            least, most = ordered.iloc[0], ordered.iloc[-1]
            beyond = 100 * float(((group["low"] > 0) | (group["high"] < 0)).mean())
            extremes = {"least": least["value"], "least_name": least["left_out"], "most": most["value"]}
            names = {"most_name": most["left_out"], "beyond": beyond}
            rows.append({"outcome": outcome.name, "kind": kind, "n": len(group), **extremes, **names})
        if (parts["kind"] == "cluster").any():
            areas[outcome.name] = parts[parts["kind"] == "cluster"]
        if len(parts):
            results.number(f"sensitivity_least_{outcome.name}", float(parts["value"].min()), unit=outcome.unit)
            results.number(f"sensitivity_most_{outcome.name}", float(parts["value"].max()), unit=outcome.unit)
    if not rows:
        return
    results.table(
        "tbl_sensitivity_leave_out",
        pd.DataFrame(rows),
        [
            Column("outcome", words("Luaran", "Outcome"), "code", codes=labels),
            Column("kind", words("Yang ditinggalkan", "Left out"), "code", codes=KINDS),
            Column("n", words("Kali", "Times"), "int"),
            Column("least", words("Terendah", "Lowest"), "number", 3),
            Column("least_name", words("tanpa", "without"), "period"),
            Column("most", words("Tertinggi", "Highest"), "number", 3),
            Column("most_name", words("tanpa", "without"), "period"),
            Column("beyond", words("Selang di luar nol", "Interval beyond zero"), "percent", 0),
        ],
        caption=words("Efek tanpa satu bagian data", "The effect without one part of the data"),
    )
    if areas:
        values = {name: effects[name].main.overall.value for name in areas}
        results.figure(
            "fig_sensitivity_areas",
            lambda lang: without_each(areas, values, labels, lang),
            caption=words("Efek tanpa satu wilayah", "The effect without one area"),
            alt=words(
                "Titik dan selang saat tiap wilayah ditinggalkan; ringkasannya pada tabel.",
                "A point and interval with each area left out; summed up in the table.",
            ),
        )


def _stability(
    results: Ledger, chosen: list[Outcome], effects: dict[str, OutcomeEffects], labels: dict[str, Any]
) -> None:
    rows = []
    for outcome in chosen:
        try:
            found = stability(effects[outcome.name].design)
        except DesignError:
            continue
        delta = found.delta if np.isfinite(found.delta) else None
        rows.append({**vars(found), "outcome": outcome.name, "delta": delta})
        if delta is not None:
            results.number(f"sensitivity_delta_{outcome.name}", delta, decimals=1)
    if not rows:
        return
    results.table(
        "tbl_sensitivity_stability",
        pd.DataFrame(rows),
        [
            Column("outcome", words("Luaran", "Outcome"), "code", codes=labels),
            Column("short", words("Tanpa kovariat", "No covariates"), "number", 3),
            Column("r2_short", words("R²", "R²"), "number", 3),
            Column("long", words("Dengan kovariat", "With covariates"), "number", 3),
            Column("r2_long", words("R²", "R²"), "number", 3),
            Column("r2_max", words("R² paling tinggi", "Highest R²"), "number", 3),
            Column(
                "delta",
                words("Seleksi relatif yang menghapus efek", "Relative selection that removes the effect"),
                "number",
                1,
            ),
            Column("n_units", words("Unit", "Units"), "int"),
        ],
        caption=words("Kemantapan koefisien terhadap kovariat", "Stability of the coefficient to covariates"),
        notes=words(
            "Regresi perubahan tiap unit pada keikutsertaan. Nilai negatif: kovariat menggerakkan koefisien menjauhi nol.",
            "Regression of each unit's change on having taken part. A negative value: covariates move the coefficient away "
            "from zero.",
        ),
    )


def _placebo(results: Ledger, study: Study, chosen: list[Outcome], panel: pd.DataFrame, labels: dict[str, Any]) -> None:
    options, parts = _options(study), []
    for outcome in chosen:
        parts.append(
            placebo_dates(panel, outcome.name, control=study.inference.control, **options).assign(outcome=outcome.name)
        )
        parts.append(spillover(panel, outcome.name, **options).assign(outcome=outcome.name))
    declared = [outcome.name for outcome in study.outcomes if outcome.role == "placebo"]
    counts = [f"n_{outcome.name}" for outcome in chosen if outcome.source == "scores"]
    columns = [*declared, *(name for name in ("log_pupils", "share_pns") if name in study.covariates), *counts]
    parts.append(placebo_outcomes(panel, columns, control=study.inference.control, **options).assign(outcome="none"))
    frame = (
        pd.concat([part for part in parts if len(part)], ignore_index=True) if any(map(len, parts)) else pd.DataFrame()
    )
    if frame.empty:
        return
    names = {**NAMES, **{o.name: o.label.model_dump() for o in study.outcomes}}
    names |= {
        f"n_{o.name}": words(f"Murid yang diuji: {o.label.id}", f"Pupils tested: {o.label.en}") for o in study.outcomes
    }
    names |= {name: words(name, name) for name in frame["name"] if name not in names}
    dates = frame[frame["kind"] == "date"]
    results.number("sensitivity_placebos", len(dates), decimals=0)
    results.number("sensitivity_placebos_beyond", int((dates["p"] < 1 - study.inference.level).sum()), decimals=0)
    results.table(
        "tbl_sensitivity_placebo",
        frame,
        [
            Column("outcome", words("Luaran", "Outcome"), "code", codes={**labels, "none": words("–", "–")}),
            Column("kind", words("Uji", "Check"), "code", codes=PLACEBOS),
            Column("name", words("Apa", "What"), "code", codes=names),
            *effect_columns(3),
            Column("p", P, "p"),
            Column("n_units", words("Unit", "Units"), "int"),
        ],
        caption=words("Plasebo dan rembesan", "Placebos and spill-over"),
    )
