"""Exhibit of the specification curve: one figure a primary outcome, and the joint tests."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pandas as pd

from pipeline.chapters.figures.specification import specification_curve
from pipeline.chapters.words import P, caption, words
from pipeline.errors import DesignError
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.effects.specification import ALL, Choices, Curve, Specification, curve
from pipeline.study import Outcome, Study, Text
from pipeline.study.robustness import Sample

CODES = {
    "none": words("Tanpa kovariat", "No covariates"),
    "baseline": words("Kovariat awal", "Baseline covariates"),
    "group_time": words("Kohort dan periode", "Group-time"),
    "imputation": words("Imputasi", "Imputation"),
    "two_way": words("Dua arah", "Two-way"),
    "never": words("Pembanding: tidak pernah", "Comparison: never"),
    "not_yet": words("Pembanding: belum", "Comparison: not yet"),
    ALL: words("Pembanding: menurut metode", "Comparison: the method's"),
    "declared": words("Skala studi", "Study's scale"),
    "rank": words("Skor peringkat", "Rank scores"),
    "unit": words("Klaster: unit", "Clusters: units"),
    "cluster": words("Klaster: wilayah", "Clusters: areas"),
}
EVERYTHING = Sample(code="all_units", label=Text(id="Seluruh unit", en="All units"))


def choices_of(study: Study, panel: pd.DataFrame) -> Choices:
    """The study's choices; covariates and area clusters only where the panel has them."""
    chosen = study.specifications
    covariates = [c for c in chosen.covariates if c == "none" or any(x in panel for x in study.covariates)]
    clusters = [c for c in chosen.clusters if c == "unit" or "cluster" in panel]
    return Choices(
        samples=tuple(chosen.samples) or (EVERYTHING,),
        covariates=tuple(covariates) or ("none",),
        estimators=tuple(chosen.estimators),
        comparisons=tuple(chosen.comparisons),
        scalings=tuple(chosen.scalings),
        clusters=tuple(clusters) or ("unit",),
    )


def record_specifications(results: Ledger, study: Study, panel: pd.DataFrame) -> dict[str, Curve]:
    """Estimate and record the curve of each primary outcome; returns the curves by outcome."""
    choices, curves = choices_of(study, panel), {}
    rows: list[dict[str, Any]] = []
    for outcome in study.outcomes:
        if outcome.role != "primary":
            continue
        try:
            found = curve(
                panel,
                outcome.name,
                choices,
                covariates=[x for x in study.covariates if x in panel],
                cluster=study.program.assigned_at if "cluster" in panel else "unit",
                min_cohort_units=study.inference.min_cohort_units,
                level=study.inference.level,
                draws=study.specifications.draws,
                seed=study.seed,
            )
        except DesignError:
            continue
        curves[outcome.name] = found
        rows.append(_summary(outcome, found))
        _figure(results, study, outcome, found)
    if rows:
        _table(results, study, rows)
    return curves


def _summary(outcome: Outcome, found: Curve) -> dict[str, Any]:
    table, p = found.table, found.joint.set_index("statistic")["p"]
    better = 1 if outcome.better == "higher" else -1
    signed = table["value"] * better
    excludes = (table["low"] * better > 0) & (table["high"] * better > 0)
    return {
        "outcome": outcome.name,
        "n": len(table),
        "refused": len(found.refused),
        "lowest": float(table["value"].min()),
        "median": float(table["value"].median()),
        "highest": float(table["value"].max()),
        "same_sign": 100 * float((signed > 0).mean()),
        "significant": 100 * float(excludes.mean()),
        "p_median": float(p["median"]),
        "p_share": float(p["share_significant"]),
        "p_stouffer": float(p["stouffer"]),
    }


def _table(results: Ledger, study: Study, rows: list[dict[str, Any]]) -> None:
    labels = {outcome.name: outcome.label.model_dump() for outcome in study.outcomes}
    for row in rows:
        for key in ("lowest", "median", "highest"):
            results.number(f"spec_{key}_{row['outcome']}", row[key], unit=study.outcome(row["outcome"]).unit)
        for key in ("same_sign", "significant"):
            results.number(f"spec_{key}_{row['outcome']}", row[key], unit="percent", decimals=0)
        results.number(f"spec_n_{row['outcome']}", row["n"], decimals=0)
        results.number(f"spec_p_{row['outcome']}", row["p_median"], p=row["p_median"])
    results.table(
        "tbl_specifications",
        pd.DataFrame(rows),
        [
            Column("outcome", words("Luaran", "Outcome"), "code", codes=labels),
            Column("n", words("Spesifikasi", "Specifications"), "int"),
            Column("refused", words("Ditolak", "Refused"), "int"),
            Column("lowest", words("Terendah", "Lowest"), "number", 3),
            Column("median", words("Median", "Median"), "number", 3),
            Column("highest", words("Tertinggi", "Highest"), "number", 3),
            Column("same_sign", words("Arah baik", "Wanted direction"), "percent", 0),
            Column("significant", words("Selang di luar nol", "Interval beyond zero"), "percent", 0),
            Column("p_median", {k: f"{P[k]} (median)" for k in P}, "p"),
            Column("p_share", words("Nilai p (bagian)", "p (share)"), "p"),
            Column("p_stouffer", words("Nilai p (Stouffer)", "p (Stouffer)"), "p"),
        ],
        caption=words("Kurva spesifikasi: ringkasan dan uji bersama", "Specification curve: summary and joint tests"),
        notes=words(
            "Uji bersama: seberapa sering data tanpa efek memberi kurva seekstrem ini (median, bagian dengan selang di "
            "luar nol, Z Stouffer), dengan ketergantungan antarspesifikasi diperhitungkan.",
            "Joint tests: how often data without an effect give a curve as extreme (median, share of intervals beyond "
            "zero, Stouffer's Z), the dependence between specifications kept.",
        ),
    )


def _figure(results: Ledger, study: Study, outcome: Outcome, found: Curve) -> None:
    samples = study.specifications.samples or [EVERYTHING]
    labels = {**{s.code: s.label.model_dump() for s in samples}, **CODES}
    columns = [field.name for field in fields(Specification)]
    shown = [(c, [code for code in labels if (found.table[c] == code).any()]) for c in columns]
    several = [(column, codes) for column, codes in shown if len(codes) > 1]
    results.figure(
        f"fig_specifications_{outcome.name}",
        lambda lang: specification_curve(found.table, several, labels, lang),
        caption=caption(words("Kurva spesifikasi", "Specification curve"), outcome),
        alt=words(
            "Estimasi tiap spesifikasi menurut besarnya, dengan selang; di bawahnya pilihan yang membentuknya. "
            "Ringkasannya ada pada tabel kurva spesifikasi.",
            "Estimates of all specifications by size, with intervals; below, the choices behind each. Summed up in the "
            "table of the specification curve.",
        ),
    )
