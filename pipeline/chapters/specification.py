"""Exhibit of the specification curve: one figure a primary outcome, and the joint tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pipeline.chapters import titles
from pipeline.chapters.event_time import n_words
from pipeline.chapters.outcomes import moved_by_others
from pipeline.chapters.style import ACCENT, GREY, INK, PALE, blank_figure, locale_axis, titled
from pipeline.chapters.words import axis, caption, unit_words
from pipeline.errors import DesignError
from pipeline.languages.catalogue import say
from pipeline.languages.message import Text, msg
from pipeline.ledger.counts import NOTHING
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.effects.sensitivity.specification import ALL, Choices, Curve, Specification, curve
from pipeline.notebook import Edition
from pipeline.report.doc import Doc, Part
from pipeline.study import Outcome, Study
from pipeline.study.robustness import Sample

if TYPE_CHECKING:
    from matplotlib.figure import Figure

CODES = {
    "none": msg("common-no-covariates"),
    "baseline": msg("specification-codes-baseline"),
    "group_time": msg("specification-codes-group-time"),
    "imputation": msg("specification-codes-imputation"),
    "two_way": msg("common-two-way"),
    "never": msg("specification-codes-never"),
    "not_yet": msg("specification-codes-not-yet"),
    ALL: msg("specification-comparison-method-s"),
    "declared": msg("specification-codes-declared"),
    "rank": msg("specification-codes-rank"),
    "unit": msg("specification-codes-unit"),
    "cluster": msg("specification-codes-cluster"),
}
EVERYTHING = Sample(code="all_units")


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


def record(ledger: Ledger, context: Edition) -> None:
    """The curve of each primary outcome: its summary and its figure."""
    study, panel = context.study, context.panel
    choices = choices_of(study, panel)
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
                min_cohort_units=study.smallest_cohort,
                level=study.inference.level,
                draws=study.specifications.draws,
                seed=study.seed,
            )
        except DesignError:
            continue
        rows.append(_summary(outcome, found))
        _figure(ledger, study, outcome, found)
    if rows:
        _table(ledger, study, rows)


def _summary(outcome: Outcome, found: Curve) -> dict[str, Any]:
    table, p = found.table, found.joint.set_index("statistic")["p"]
    better = 1 if outcome.better == "higher" else -1
    signed = table["value"] * better
    wanted, against = ((table["low"] * side > 0) & (table["high"] * side > 0) for side in (better, -better))
    return {
        "outcome": outcome.name,
        "n": len(table),
        "refused": len(found.refused),
        "lowest": float(table["value"].min()),
        "median": float(table["value"].median()),
        "highest": float(table["value"].max()),
        "same_sign": 100 * float((signed > 0).mean()),
        "significant": 100 * float(wanted.mean()),
        "against": 100 * float(against.mean()),
        "p_median": float(p["median"]),
        "p_share": float(p["share_significant"]),
        "p_stouffer": float(p["stouffer"]),
    }


def _table(results: Ledger, study: Study, rows: list[dict[str, Any]]) -> None:
    labels = {outcome.name: outcome.label.model_dump() for outcome in study.outcomes}
    for row in rows:
        for key in ("lowest", "median", "highest"):
            results.number(f"spec_{key}_{row['outcome']}", row[key], unit=study.outcome(row["outcome"]).unit)
        for key in ("same_sign", "significant", "against"):
            results.number(f"spec_{key}_{row['outcome']}", row[key], unit="percent", decimals=0)
        results.number(f"spec_n_{row['outcome']}", row["n"], decimals=0)
        results.number(f"spec_p_{row['outcome']}", row["p_median"], p=row["p_median"])
    results.table(
        "tbl_specifications",
        pd.DataFrame(rows),
        [
            Column("outcome", msg("common-outcome"), "code", codes=labels),
            Column("n", msg("specification-specifications"), "int", counts=NOTHING),
            Column("refused", msg("specification-refused"), "int", counts=NOTHING),
            Column("lowest", msg("common-lowest"), "number", 3),
            Column("median", msg("specification-median"), "number", 3),
            Column("highest", msg("common-highest"), "number", 3),
            Column("same_sign", msg("specification-wanted-direction"), "percent", 0),
            Column("significant", msg("specification-beyond-wanted"), "percent", 0),
            Column("against", msg("specification-beyond-against"), "percent", 0),
            Column("p_median", msg("specification-p-median"), "p"),
            Column("p_share", msg("specification-p-share"), "p"),
            Column("p_stouffer", msg("specification-p-stouffer"), "p"),
        ],
        caption=msg("tbl-specifications"),
        notes=msg("tbl-specifications.notes"),
    )


def _figure(results: Ledger, study: Study, outcome: Outcome, found: Curve) -> None:
    samples = study.specifications.samples or [EVERYTHING]
    own = {s.code: s.label.model_dump() if s.label else msg("specification-all-units") for s in samples}
    labels = {**own, **CODES}
    columns = [field.name for field in fields(Specification)]
    shown = [(c, [code for code in labels if (found.table[c] == code).any()]) for c in columns]
    several = [(column, codes) for column, codes in shown if len(codes) > 1]
    said = titles.intervals("titles-by-specification", [(found.table, outcome.better)])
    results.figure(
        f"fig_specifications_{outcome.name}",
        titled(lambda lang: specification_curve(found.table, several, labels, unit_words(outcome.unit), lang), said),
        caption=caption(msg("specification-specification-curve"), outcome),
        alt=msg("fig-specifications.alt"),
    )


# --- figures -----------------------------------------------------------------------------------------------------------


Labels = Mapping[str, Mapping[str, str]]


def specification_curve(
    table: pd.DataFrame, choices: Sequence[tuple[str, Sequence[str]]], labels: Labels, unit: Text, lang: str
) -> Figure:
    """Points with intervals, sorted; below, a mark for each choice of each specification.

    Args:
        table: From `pipeline.methods.effects.specification.curve`, sorted by value.
        choices: Column and the codes in the order they are listed, for each dimension that has several.
        labels: Code -> wording by language.
        unit: The outcome's.
        lang: "id" or "en".
    """
    rows = [(column, code) for column, codes in choices for code in codes]
    height = 6.0 + 0.42 * len(rows)
    figure = blank_figure(height)
    top, low = figure.subplots(2, 1, sharex=True, height_ratios=[6.0, 0.42 * len(rows) + 0.4])
    place = np.arange(1, len(table) + 1)
    top.axhline(0, color=INK, lw=0.8)
    top.vlines(place, table["low"], table["high"], color=PALE, lw=2)
    excludes = ((table["low"] > 0) | (table["high"] < 0)).to_numpy()
    value, main = table["value"].to_numpy(), table["main"].to_numpy(bool)
    top.plot(
        place[excludes],
        value[excludes],
        "o",
        color=ACCENT,
        ms=2.6,
        label=say("specification-interval-excludes-zero", lang),
    )
    top.plot(
        place[~excludes],
        value[~excludes],
        "o",
        mfc="white",
        mec=GREY,
        ms=2.6,
        label=say("specification-interval-includes-zero", lang),
    )
    top.plot(
        place[main],
        value[main],
        "D",
        color=INK,
        ms=6,
        label=say("specification-study-s-main-choice", lang),
    )
    top.set_ylabel(say(axis(msg("common-effect"), unit), lang))
    top.text(0.01, 0.98, n_words(table, lang), transform=top.transAxes, va="top", fontsize=7.5, color=GREY)
    top.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3, fontsize=7.5, handletextpad=0.3)
    spread = float(table["high"].max() - table["low"].min())
    locale_axis(top.yaxis, lang, 1 if spread > 1 else 2)
    for number, (column, code) in enumerate(rows):
        chosen = (table[column] == code).to_numpy()
        low.plot(place[chosen], np.full(int(chosen.sum()), -number), "|", color=INK, ms=5, mew=0.9)
    edge = 0
    for _, codes in choices[:-1]:
        edge += len(codes)
        low.axhline(0.5 - edge, color=PALE, lw=0.8)
    low.set_yticks([-n for n in range(len(rows))], [say(labels[code], lang) for _, code in rows], fontsize=7.5)
    low.set_ylim(0.6 - len(rows), 0.6)
    low.set_xlim(0, len(table) + 1)
    low.set_xlabel(say("specification-specifications-size-estimate", lang))
    return figure


# --- what the report says ---------------------------------------------------------------------------------------------


def share_phrase(share: float) -> str:
    """Which sentence says in how many specifications the interval lies beyond zero; `share` in per cent."""
    if share == 0:
        return "specification-never"
    return f"specification-{'mostly' if share >= 90 else 'partly' if share >= 50 else 'seldom'}"


def about_outcome(doc: Doc, outcome: Any) -> Part:
    """The range of an outcome's estimates, and whether it would be rare without an effect."""
    rare = doc.p_value(f"spec_p_{outcome.name}") < 1 - doc.study.inference.level
    share = share_phrase(doc.value(f"spec_significant_{outcome.name}"))
    graded = "specification-graded" if moved_by_others(doc, outcome.name) else None
    against = "specification-against" if doc.value(f"spec_against_{outcome.name}") > 0 else None
    said = ("specification-outcome", share, against, graded, f"specification-{'rare' if rare else 'not-rare'}")
    return [doc.about(outcome, phrase) for phrase in said if phrase]


def robust(doc: Doc) -> None:
    """The section on the specification curve."""
    doc.heading("specification-title", id="sec-specification")
    if not doc.has("tbl_specifications"):
        return
    doc.paragraph("specification-opening")
    doc.bullets(*(about_outcome(doc, o) for o in doc.primary("spec_n")))
    doc.table("tbl_specifications")
    for outcome in doc.primary():
        doc.figure(f"fig_specifications_{outcome.name}")


def technical(doc: Doc) -> None:
    """The technical note on the specification curve."""
    doc.paragraph("specification-technical")
