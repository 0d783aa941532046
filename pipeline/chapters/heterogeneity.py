"""Exhibit of heterogeneity: effects by baseline group, and the tests that groups are equal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipeline.chapters import titles
from pipeline.chapters.analysis import OutcomeEffects
from pipeline.chapters.style import ACCENT, INK, PALE, locale_axis, new_figure, titled
from pipeline.chapters.words import P, axis, effect_columns, interval_note, unit_words, with_n
from pipeline.errors import DesignError
from pipeline.languages.catalogue import say
from pipeline.languages.message import Message, Text, literal, msg
from pipeline.ledger.counts import NOTHING, UNITS
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.effects.heterogeneity import Heterogeneity, baseline_terciles, by_group, cluster_sizes, halves
from pipeline.methods.effects.inference.multiplicity import sharpened_q
from pipeline.notebook import Edition
from pipeline.report.doc import Doc
from pipeline.study import Outcome, Study

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SIZE_COLUMN = "log_pupils"
FEATURES: dict[str, Text] = {
    "level": msg("heterogeneity-feature-level"),
    "baseline": msg("heterogeneity-feature-baseline"),
    "size": msg("heterogeneity-feature-size"),
    "cluster_size": msg("heterogeneity-feature-cluster-size"),
}
GROUPS: dict[str, Text] = {
    "low": msg("common-low"),
    "middle": msg("heterogeneity-groups-middle"),
    "high": msg("common-high"),
    "small": msg("heterogeneity-groups-small"),
    "large": msg("heterogeneity-groups-large"),
    "few": msg("heterogeneity-groups-few"),
    "many": msg("heterogeneity-groups-many"),
}


@dataclass(frozen=True)
class _Part:
    outcome: Outcome
    feature: str
    found: Heterogeneity


def record(ledger: Ledger, context: Edition) -> None:
    """Effects on each primary outcome by each baseline feature that the panel has, with tests of equality."""
    study, panel, effects = context.study, context.panel, context.effects
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
                    min_units=ledger.thresholds.units,
                )
            except DesignError:
                continue  # too few units in the groups: no row, and the feature's absence is seen in the table
            parts.append(_Part(outcome, feature, found))
    if parts:
        gone = _left_out(study, parts, ledger.thresholds.units)
        _effects(ledger, study, parts, gone)
        _tests(ledger, study, parts, gone)
        _figures(ledger, study, parts)


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


def _left_out(study: Study, parts: list[_Part], least: int) -> list[Message]:
    """Which groups of a feature are not among those compared; `least` units are asked for on both sides."""
    unit, outcomes = study.program.unit_label.model_dump(), _outcomes(study)
    return [
        msg(
            "heterogeneity-left-out",
            group=GROUPS.get(group, literal(group)),
            feature=FEATURES[part.feature],
            outcome=outcomes[part.outcome.name],
            unit=unit,
            least=least,
        )
        for part in parts
        for group in part.found.left_out
    ]


def _effects(results: Ledger, study: Study, parts: list[_Part], gone: list[Message]) -> None:
    rows = pd.concat(
        [p.found.table.assign(outcome=p.outcome.name, feature=p.feature) for p in parts], ignore_index=True
    )
    results.table(
        "tbl_heterogeneity_effects",
        rows,
        [
            Column("outcome", msg("common-outcome"), "code", codes=_outcomes(study)),
            Column("feature", msg("heterogeneity-baseline-feature"), "code", codes=FEATURES),
            Column("group", msg("common-group"), "code", codes=_groups(rows["group"])),
            *effect_columns(3),
            Column("n_units", msg("common-units"), "int", counts=UNITS),
            Column("n_treated", msg("heterogeneity-treated"), "int", counts=UNITS),
        ],
        behind=("n_units", "n_treated"),
        caption=msg("tbl-heterogeneity-effects"),
        notes=(interval_note(study), msg("heterogeneity-all-groups-have-same-weights-on"), *gone),
    )


def _tests(results: Ledger, study: Study, parts: list[_Part], gone: list[Message]) -> None:
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
            Column("outcome", msg("common-outcome"), "code", codes=_outcomes(study)),
            Column("feature", msg("heterogeneity-baseline-feature"), "code", codes=FEATURES),
            Column("groups", msg("heterogeneity-groups"), "int", counts=NOTHING),
            Column("cells", msg("heterogeneity-common-cells"), "int", counts=NOTHING),
            Column("statistic", literal("F"), "number", 2),
            Column("numerator", msg("heterogeneity-degrees-freedom-1"), "int", counts=NOTHING),
            Column("df", msg("heterogeneity-degrees-freedom-2"), "int", counts=NOTHING),
            Column("p", P, "p"),
            Column("q", msg("common-q-value"), "p"),
        ],
        caption=msg("tbl-heterogeneity-tests"),
        notes=[msg("tbl-heterogeneity-tests.notes"), *gone],
    )


def _figures(results: Ledger, study: Study, parts: list[_Part]) -> None:
    for outcome in dict.fromkeys(p.outcome.name for p in parts):
        mine = [p for p in parts if p.outcome.name == outcome]
        label, codes = (
            study.outcome(outcome).label.model_dump(),
            _groups(pd.concat([p.found.table["group"] for p in mine])),
        )

        scale = axis(msg("heterogeneity-effect-confidence-interval"), unit_words(study.outcome(outcome).unit))

        def draw(lang: str, shown: pd.DataFrame, codes: dict[str, Text] = codes, scale: Text = scale) -> Any:
            known = shown.dropna(subset=["value"]).astype(dict.fromkeys(("value", "low", "high"), float))
            said = [say(with_n(codes[g], int(n)), lang) for g, n in zip(known["group"], known["n_units"], strict=True)]
            parts = known.assign(label=said).groupby("feature", sort=False)
            return group_effects([(say(FEATURES[str(f)], lang), rows) for f, rows in parts], say(scale, lang), lang)

        def said(shown: pd.DataFrame, better: str = study.outcome(outcome).better) -> Text:
            return titles.intervals("titles-by-group", [(shown, better)])

        behind = ("n_units", "n_treated")
        results.figure(
            f"fig_heterogeneity_{outcome}",
            titled(draw, said),
            frame=pd.concat([p.found.table.assign(feature=p.feature) for p in mine], ignore_index=True),
            columns=[
                Column("feature", msg("heterogeneity-baseline-feature"), "code", codes=FEATURES),
                Column("group", msg("common-group"), "code", codes=codes),
                *(replace(column, behind=behind) for column in effect_columns(3)),
                Column("n_units", msg("common-units"), "int", counts=UNITS),
                Column("n_treated", msg("heterogeneity-treated"), "int", counts=UNITS),
            ],
            caption=msg("heterogeneity-effects-baseline-group", outcome=label),
            alt=msg("fig-heterogeneity.alt"),
        )


def _outcomes(study: Study) -> dict[str, Text]:
    return {outcome.name: outcome.label.model_dump() for outcome in study.outcomes}


def _groups(names: pd.Series) -> dict[str, Text]:
    """Wordings of groups; a value of the data, such as a level, stands as it is."""
    return {name: GROUPS.get(name, literal(name)) for name in dict.fromkeys(names)}


# --- figures -----------------------------------------------------------------------------------------------------------


def group_effects(blocks: Sequence[tuple[str, pd.DataFrame]], scale: str, lang: str) -> Figure:
    """Points with intervals against zero.

    Args:
        blocks: Heading of a feature, and its groups: `label`, `value`, `low`, `high`.
        scale: Name of the axis.
        lang: "id" or "en".
    """
    rows = sum(len(table) + 1 for _, table in blocks)
    figure, axes = new_figure(1.6 + 0.55 * rows)
    axes.axvline(0, color=INK, lw=0.8)
    places: list[float] = []
    names: list[str] = []
    headings: list[int] = []
    place = 0.0
    for heading, table in blocks:
        headings.append(len(names))
        places.append(place)
        names.append(heading)
        for row in table.itertuples():
            place -= 1
            axes.hlines(place, row.low, row.high, color=ACCENT, lw=1.6)
            axes.plot(row.value, place, "o", color=ACCENT, ms=4.5)
            places.append(place)
            names.append(f"{row.label}  ")
        place -= 1
        axes.axhline(place + 0.5, color=PALE, lw=0.6)
    axes.set_yticks(places, names)
    for number in headings:
        axes.get_yticklabels()[number].set_fontweight("bold")
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(place + 0.5, 0.8)
    axes.set_xlabel(scale)
    spread = max(t["high"].max() for _, t in blocks) - min(t["low"].min() for _, t in blocks)
    locale_axis(axes.xaxis, lang, 1 if spread > 1 else 2)
    return figure


# --- what the report says ---------------------------------------------------------------------------------------------


def robust(doc: Doc) -> None:
    """The section on groups whose effects may differ."""
    if not doc.has("tbl_heterogeneity_tests"):
        return
    doc.heading("heterogeneity-title", id="sec-heterogeneity")
    found = doc.value("heterogeneity_found") > 0
    doc.paragraph("heterogeneity-opening", f"heterogeneity-{'differs' if found else 'not-shown-to-differ'}")
    doc.table("tbl_heterogeneity_tests")
    doc.table("tbl_heterogeneity_effects")
    for outcome in doc.outcomes:
        doc.figure(f"fig_heterogeneity_{outcome.name}")


def technical(doc: Doc) -> None:
    """The technical note on groups' effects and their test."""
    doc.paragraph("heterogeneity-technical")
