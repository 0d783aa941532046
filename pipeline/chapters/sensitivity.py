"""Exhibits of sensitivity: breakdown values, the pre-test's blind spot, parts left out, placebos, spill-over."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pipeline.chapters import titles
from pipeline.chapters.analysis import OutcomeEffects
from pipeline.chapters.covariates import covariates_told
from pipeline.chapters.sensitivity_figures import breakdown_curves, scales_of, without_each
from pipeline.chapters.style import titled
from pipeline.chapters.words import P, effect_columns
from pipeline.errors import DesignError
from pipeline.languages.message import literal, msg
from pipeline.ledger.counts import NOTHING, UNITS
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
from pipeline.notebook import Edition
from pipeline.report.doc import Doc, when
from pipeline.study import Outcome, Study

LARGEST = 5.0
HALF = 0.5
"""Probability of a trend's detection that stands beside the one by which the table of trends is made."""
GRID = np.linspace(0, 2, 21)
TARGETS = {"average": msg("sensitivity-target-average"), "first": msg("sensitivity-target-first")}
KINDS = {"cohort": msg("common-cohort"), "cluster": msg("sensitivity-kind-cluster"), "period": msg("common-period")}
PLACEBOS = {
    "date": msg("sensitivity-placebo-date"),
    "outcome": msg("sensitivity-placebo-outcome"),
    "spillover": msg("sensitivity-placebo-spillover"),
}
NAMES = {
    "1": literal("1"),
    "2": literal("2"),
    "exposed": msg("sensitivity-name-exposed"),
    "low_exposure": msg("sensitivity-name-low-exposure"),
    "log_pupils": msg("common-log-number-pupils"),
    "share_pns": msg("sensitivity-name-share-pns"),
}


def record(ledger: Ledger, context: Edition) -> None:
    """Record what applies; an outcome without a change before the start has no breakdown value."""
    study, panel, effects = context.study, context.panel, context.effects
    chosen = [outcome for outcome in study.outcomes if outcome.role == "primary"]
    labels = {outcome.name: outcome.label.model_dump() for outcome in study.outcomes}
    _breakdown(ledger, study, chosen, effects, labels)
    examined = [outcome for outcome in study.outcomes if outcome.role != "placebo"]
    _leave_out(ledger, study, examined, effects, labels)
    _stability(ledger, chosen, effects, labels)
    _placebo(ledger, study, examined, panel, effects, labels)


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
        before = effects[outcome.name].pretrend  # its level and power are those of the table of trends
        found = bias_after_passing(main, before.alpha, sorted({HALF, before.power}), seed=study.seed)
        tests.append(found.assign(outcome=outcome.name))
    if not rows:
        return
    code = Column("outcome", msg("common-outcome"), "code", codes=labels)
    results.table(
        "tbl_sensitivity_breakdown",
        pd.DataFrame(rows),
        [
            code,
            Column("target", msg("common-effect"), "code", codes=TARGETS),
            Column("value", msg("common-estimate"), "number", 3),
            Column("low", msg("sensitivity-lower-bound-m-1"), "number", 3),
            Column("high", msg("sensitivity-upper-bound-m-1"), "number", 3),
            Column("mbar", msg("sensitivity-breakdown-relative"), "number", 2),
            Column("m", msg("sensitivity-breakdown-smoothness"), "number", 3),
        ],
        caption=msg("tbl-sensitivity-breakdown"),
        notes=msg("tbl-sensitivity-breakdown.notes", largest=f"{LARGEST:.0f}"),
    )
    said = titles.breakdown(list(curves.values()))
    results.figure(
        "fig_sensitivity_breakdown",
        titled(lambda lang: breakdown_curves(curves, scales_of(chosen, effects), lang), said),
        caption=msg("fig-sensitivity-breakdown"),
        alt=msg("fig-sensitivity-breakdown.alt"),
    )
    frame = pd.concat(tests, ignore_index=True).assign(
        power=lambda f: 100 * f["power"], pass_share=lambda f: 100 * f["pass_share"]
    )
    results.table(
        "tbl_sensitivity_pretest",
        frame,
        [
            code,
            Column("power", msg("sensitivity-found-test"), "percent", 0),
            Column("slope", msg("sensitivity-difference-trend-period"), "number", 4),
            Column("bias", msg("common-bias"), "number", 3),
            Column("bias_passed", msg("sensitivity-bias-where-test-passes"), "number", 3),
        ],
        caption=msg("tbl-sensitivity-pretest"),
        notes=msg("tbl-sensitivity-pretest.notes"),
    )


def _leave_out(
    results: Ledger,
    study: Study,
    chosen: list[Outcome],
    effects: dict[str, OutcomeEffects],
    labels: dict[str, Any],
) -> None:
    rows, areas = [], {}
    for outcome in chosen:
        parts = leave_out(effects[outcome.name].design, control=study.inference.control, **_options(study))
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
        if (parts["kind"] == "cluster").any() and outcome.role == "primary":
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
            Column("outcome", msg("common-outcome"), "code", codes=labels),
            Column("kind", msg("sensitivity-left-out"), "code", codes=KINDS),
            Column("n", msg("sensitivity-times"), "int", counts=NOTHING),
            Column("least", msg("common-lowest"), "number", 3),
            Column("least_name", msg("sensitivity-without"), "period"),
            Column("most", msg("common-highest"), "number", 3),
            Column("most_name", msg("sensitivity-without"), "period"),
            Column("beyond", msg("common-interval-beyond-zero"), "percent", 0),
        ],
        caption=msg("tbl-sensitivity-leave-out"),
        notes=msg("tbl-sensitivity-leave-out.notes"),
    )
    if areas:
        values = {name: effects[name].main.overall.value for name in areas}
        said = titles.intervals("titles-by-area", [(areas[o.name], o.better) for o in chosen if o.name in areas])
        results.figure(
            "fig_sensitivity_areas",
            titled(lambda lang: without_each(areas, values, scales_of(chosen, effects), lang), said),
            caption=msg("fig-sensitivity-areas"),
            alt=msg("fig-sensitivity-areas.alt"),
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
    results.text("covariates_same", " ".join(sorted(set.intersection(*(set(row["same"]) for row in rows)))))
    results.table(
        "tbl_sensitivity_stability",
        pd.DataFrame(rows),
        [
            Column("outcome", msg("common-outcome"), "code", codes=labels),
            Column("short", msg("common-no-covariates"), "number", 3),
            Column("r2_short", literal("R²"), "number", 3),
            Column("long", msg("common-covariates"), "number", 3),
            Column("r2_long", literal("R²"), "number", 3),
            Column("r2_max", msg("sensitivity-highest-r2"), "number", 3),
            Column("delta", msg("sensitivity-relative-selection-that-removes-effect"), "number", 1),
            Column("n_units", msg("common-units"), "int", counts=UNITS),
        ],
        behind="n_units",
        caption=msg("tbl-sensitivity-stability"),
        notes=msg("tbl-sensitivity-stability.notes"),
    )


def _placebo(
    results: Ledger,
    study: Study,
    chosen: list[Outcome],
    panel: pd.DataFrame,
    effects: dict[str, OutcomeEffects],
    labels: dict[str, Any],
) -> None:
    options, parts = _options(study), []
    for outcome in chosen:
        design = effects[outcome.name].design
        parts.append(placebo_dates(design, control=study.inference.control, **options).assign(outcome=outcome.name))
        parts.append(spillover(design, panel, **options).assign(outcome=outcome.name))
    declared = [outcome.name for outcome in study.outcomes if outcome.role == "placebo"]
    counts = [f"n_{o.name}" for o in chosen if o.source == "scores" and o.role == "primary"]
    columns = [*declared, *(name for name in ("log_pupils", "share_pns") if name in study.covariates), *counts]
    options |= {"control": study.inference.control, "min_cohort_units": study.smallest_cohort}
    parts.append(placebo_outcomes(panel, columns, **options).assign(outcome="none"))
    frame = (
        pd.concat([part for part in parts if len(part)], ignore_index=True) if any(map(len, parts)) else pd.DataFrame()
    )
    if frame.empty:
        return
    names = {**NAMES, **{o.name: o.label.model_dump() for o in study.outcomes}}
    names |= {f"n_{o.name}": msg("sensitivity-pupils-tested", outcome=o.label.model_dump()) for o in study.outcomes}
    names |= {name: literal(name) for name in frame["name"] if name not in names}
    if (frame["kind"] == "spillover").any():
        results.text("sensitivity_neighbours", "yes")
    dates = frame[frame["kind"] == "date"]
    results.number("sensitivity_placebos", len(dates), decimals=0)
    results.number("sensitivity_placebos_beyond", int((dates["p"] < 1 - study.inference.level).sum()), decimals=0)
    for outcome in chosen:
        known = dates[(dates["outcome"] == outcome.name) & dates["p"].notna()]
        if len(known):  # the one that looks most like an effect
            worst = known.loc[known["p"].idxmin()].to_dict()
            bounds = {key: float(worst[key]) for key in ("low", "high", "p")}
            measure = {"unit": outcome.unit, "decimals": outcome.decimals}
            results.number(f"placebo_date_{outcome.name}", float(worst["value"]), **bounds, **measure)
            results.number(f"placebo_shift_{outcome.name}", int(worst["name"]), decimals=0)
    results.table(
        "tbl_sensitivity_placebo",
        frame,
        [
            Column("outcome", msg("common-outcome"), "code", codes={**labels, "none": literal("–")}),
            Column("kind", msg("sensitivity-check"), "code", codes=PLACEBOS),
            Column("name", msg("sensitivity-what"), "code", codes=names),
            *effect_columns(3),
            Column("p", P, "p"),
            Column("n_units", msg("common-units"), "int", counts=UNITS),
        ],
        behind="n_units",
        caption=msg("tbl-sensitivity-placebo"),
        notes=msg("tbl-sensitivity-placebo.notes"),
    )


# --- what the report says ---------------------------------------------------------------------------------------------


def breakdown_phrase(mbar: float) -> str:
    """Which sentence says how large a violation an outcome's conclusion survives."""
    if mbar == 0:
        return "sensitivity-nothing-to-overturn"
    if mbar >= LARGEST:
        return "sensitivity-beyond-grid"
    return "sensitivity-holds-below-seen" if mbar < 1 else "sensitivity-holds"


def robust(doc: Doc) -> None:
    """The section on what would overturn the results."""
    doc.heading("sensitivity-title", id="sec-sensitivity")
    if doc.has("tbl_sensitivity_breakdown"):
        _trends(doc)
    if doc.has("tbl_sensitivity_leave_out"):
        doc.paragraph("sensitivity-one-by-one")
        doc.bullets(*(doc.about(o, "sensitivity-left-out-outcome") for o in doc.primary("sensitivity_least")))
        doc.table("tbl_sensitivity_leave_out")
        doc.figure("fig_sensitivity_areas")
    if doc.has("tbl_sensitivity_placebo"):
        dates = when(doc.value("sensitivity_placebos") > 0, "sensitivity-placebo-dates")
        neighbours = when(doc.has("sensitivity_neighbours"), "sensitivity-neighbours")
        doc.paragraph("sensitivity-placebo", dates, neighbours)
        doc.table("tbl_sensitivity_placebo")
    if doc.has("tbl_sensitivity_stability"):
        doc.paragraph("sensitivity-stability")
        doc.paragraph(covariates_told(doc))
        doc.table("tbl_sensitivity_stability")


def _trends(doc: Doc) -> None:
    doc.paragraph("sensitivity-opening")
    doc.bullets(
        *(
            [
                doc.about(o, "sensitivity-outcome"),
                doc.about(o, breakdown_phrase(doc.value(f"sensitivity_mbar_{o.name}"))),
            ]
            for o in doc.primary("sensitivity_mbar")
        )
    )
    doc.paragraph("sensitivity-event-time")
    doc.table("tbl_sensitivity_breakdown")
    doc.figure("fig_sensitivity_breakdown")
    doc.paragraph("sensitivity-pretest")
    doc.table("tbl_sensitivity_pretest")


def technical(doc: Doc) -> None:
    """The technical notes on sensitivity."""
    for question in ("trends", "pretest", "spillover", "stability"):
        doc.paragraph(f"sensitivity-technical-{question}")
