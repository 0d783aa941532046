"""Exhibit of heterogeneity: effects by baseline group, and the tests that groups are equal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.chapters.analysis import OutcomeEffects
from pipeline.chapters.figures.heterogeneity import group_effects
from pipeline.chapters.words import P, Words, effect_columns, interval_note, words
from pipeline.errors import DesignError
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.effects.heterogeneity import Heterogeneity, baseline_terciles, by_group, cluster_sizes, halves
from pipeline.methods.effects.multiplicity import sharpened_q
from pipeline.study import Outcome, Study

SIZE_COLUMN = "log_pupils"
FEATURES: dict[str, Words] = {
    "level": words("Jenjang", "Level"),
    "baseline": words("Nilai awal", "Baseline value"),
    "size": words("Besar sekolah", "School size"),
    "cluster_size": words("Banyaknya unit di wilayah", "Units in the area"),
}
GROUPS: dict[str, Words] = {
    "low": words("Rendah", "Low"),
    "middle": words("Tengah", "Middle"),
    "high": words("Tinggi", "High"),
    "small": words("Kecil", "Small"),
    "large": words("Besar", "Large"),
    "few": words("Sedikit", "Few"),
    "many": words("Banyak", "Many"),
}


@dataclass(frozen=True)
class _Part:
    outcome: Outcome
    feature: str
    found: Heterogeneity


def record_heterogeneity(
    results: Ledger, study: Study, panel: pd.DataFrame, effects: dict[str, OutcomeEffects]
) -> None:
    """Effects on each primary outcome by each baseline feature that the panel has, with tests of equality."""
    parts = []
    for outcome in study.outcomes:
        if outcome.role != "primary" or outcome.name not in effects:
            continue
        for feature, groups in _features(panel, effects[outcome.name]).items():
            try:
                found = by_group(
                    effects[outcome.name].design,
                    groups,
                    control=study.inference.control,
                    cluster=study.program.assigned_at,
                    level=study.inference.level,
                    min_units=study.disclosure.min_schools,
                )
            except DesignError:
                continue  # too few units in the groups: no row, and the feature's absence is seen in the table
            parts.append(_Part(outcome, feature, found))
    if parts:
        _effects(results, study, parts)
        _tests(results, study, parts)
        _figures(results, study, parts)


def _features(panel: pd.DataFrame, found: OutcomeEffects) -> dict[str, pd.Series]:
    """Groups of units by feature, all known before treatment."""
    design, by_unit = found.design, panel.sort_values("period").groupby("unit")
    features = {}
    if "level" in panel.columns:
        features["level"] = by_unit["level"].first()
    features["baseline"] = baseline_terciles(design)
    if SIZE_COLUMN in panel.columns:
        features["size"] = halves(by_unit[SIZE_COLUMN].first().astype(float))
    if design.n_clusters < design.n_units:
        features["cluster_size"] = cluster_sizes(design)
    return features


def _effects(results: Ledger, study: Study, parts: list[_Part]) -> None:
    rows = pd.concat(
        [p.found.table.assign(outcome=p.outcome.name, feature=p.feature) for p in parts], ignore_index=True
    )
    results.table(
        "tbl_heterogeneity_effects",
        rows,
        [
            Column("outcome", words("Luaran", "Outcome"), "code", codes=_outcomes(study)),
            Column("feature", words("Ciri awal", "Baseline feature"), "code", codes=FEATURES),
            Column("group", words("Kelompok", "Group"), "code", codes=_groups(rows["group"])),
            *effect_columns(3),
            Column("n_units", words("Unit", "Units"), "int"),
            Column("n_treated", words("Ikut program", "Treated"), "int"),
        ],
        caption=words("Efek menurut kelompok awal", "Effects by baseline group"),
        notes={
            k: interval_note(study)[k] + v
            for k, v in words(
                " Semua kelompok memakai bobot kohort dan periode yang sama. Beda antarkelompok dinilai dengan uji pada "
                "tabel berikut, bukan dengan membandingkan selang.",
                " All groups have the same weights on cohorts and periods. Differences are judged by the tests of the "
                "next table, not by comparing intervals.",
            ).items()
        },
    )


def _tests(results: Ledger, study: Study, parts: list[_Part]) -> None:
    rows = pd.DataFrame(
        [
            {
                "outcome": p.outcome.name,
                "feature": p.feature,
                "groups": len(p.found.table),
                "cells": p.found.n_cells,
                "statistic": p.found.statistic,
                "numerator": p.found.df_numerator,
                "df": p.found.df,
                "p": p.found.p,
            }
            for p in parts
        ]
    )
    rows["q"] = sharpened_q(rows["p"])
    found = int((rows["q"] < 1 - study.inference.level).sum())
    results.number("heterogeneity_tests", len(rows), decimals=0)
    results.number("heterogeneity_found", found, decimals=0)
    results.number("heterogeneity_smallest_q", float(rows["q"].min()), p=float(rows["q"].min()))
    results.number("heterogeneity_smallest_p", float(rows["p"].min()), p=float(rows["p"].min()))
    results.table(
        "tbl_heterogeneity_tests",
        rows,
        [
            Column("outcome", words("Luaran", "Outcome"), "code", codes=_outcomes(study)),
            Column("feature", words("Ciri awal", "Baseline feature"), "code", codes=FEATURES),
            Column("groups", words("Kelompok", "Groups"), "int"),
            Column("cells", words("Sel bersama", "Common cells"), "int"),
            Column("statistic", words("F", "F"), "number", 2),
            Column("numerator", words("Derajat bebas 1", "Degrees of freedom 1"), "int"),
            Column("df", words("Derajat bebas 2", "Degrees of freedom 2"), "int"),
            Column("p", P, "p"),
            Column("q", words("Nilai q", "q value"), "p"),
        ],
        caption=words("Uji bahwa efek sama di semua kelompok", "Tests that effects are equal in all groups"),
        notes=words(
            "Sel bersama: kohort dan periode yang ada pada semua kelompok. Nilai q memperhitungkan banyaknya uji.",
            "Common cells: cohorts and periods that all groups have. q values allow for the number of tests.",
        ),
    )


def _figures(results: Ledger, study: Study, parts: list[_Part]) -> None:
    for outcome in dict.fromkeys(p.outcome.name for p in parts):
        mine = [p for p in parts if p.outcome.name == outcome]
        label, codes = (
            study.outcome(outcome).label.model_dump(),
            _groups(pd.concat([p.found.table["group"] for p in mine])),
        )

        def draw(lang: str, mine: list[_Part] = mine, codes: dict[str, Words] = codes) -> Any:
            shown = [
                (
                    FEATURES[p.feature][lang],
                    p.found.table.assign(label=[codes[g][lang] for g in p.found.table["group"]]),
                )
                for p in mine
            ]
            return group_effects(shown, lang)

        results.figure(
            f"fig_heterogeneity_{outcome}",
            draw,
            caption={
                k: words("Efek menurut kelompok awal: ", "Effects by baseline group: ")[k] + label[k] for k in label
            },
            alt=words(
                "Titik dan selang kepercayaan untuk tiap kelompok, menurut ciri awal; angkanya ada pada tabel efek menurut "
                "kelompok.",
                "A point and an interval for each group, by baseline feature; the numbers are in the table of effects by "
                "group.",
            ),
        )


def _outcomes(study: Study) -> dict[str, Words]:
    return {outcome.name: outcome.label.model_dump() for outcome in study.outcomes}


def _groups(names: pd.Series) -> dict[str, Words]:
    """Wordings of groups; a value of the data, such as a level, stands as it is."""
    return {name: GROUPS.get(name, words(name, name)) for name in dict.fromkeys(names)}
