"""Exhibits of 02_programme: who takes part since when, where, and how groups compare before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from pipeline.chapters import cohorts, titles
from pipeline.chapters.covariates import covariate_label, units_told
from pipeline.chapters.programme_figures import draw_coverage, draw_trends
from pipeline.chapters.style import (
    titled,
)
from pipeline.chapters.tile_map import record_tiles
from pipeline.chapters.words import (
    ACTIVITIES,
    PERIOD,
    axis,
    binned_note,
    caption,
    period_name,
    unit_words,
)
from pipeline.errors import StudyError
from pipeline.languages.message import Period, Text, literal, msg, plain
from pipeline.ledger.counts import PERSONS, UNITS, Counts, share_step
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.effects import make_design
from pipeline.methods.effects.diagnostics import balance
from pipeline.methods.effects.group_time import bins
from pipeline.notebook import Edition
from pipeline.report.doc import Doc, when
from pipeline.study import Outcome, Study

MOST_LINES = 6
"""Cohorts of a figure of trends from which on neighbours are joined."""
MOST_PLACES = 3
"""Decimals of the table of balance."""
MINIMUM_JP = 20
"""Hours of development a year that PP 11/2017 asks for."""


def record(ledger: Ledger, context: Edition) -> None:
    """Who takes part since when, how outcomes moved and groups differed before, and training as far as sources allow."""
    _participation(ledger, context)
    _training(ledger, context)


def _participation(results: Ledger, edition: Edition) -> None:
    """Cohorts, shares and trends by cohort."""
    study, panel = edition.study, edition.table("panel")
    units = panel.groupby("unit", as_index=False).agg(cohort=("cohort", "first"))
    treated = int(units["cohort"].notna().sum())
    by_treatment = [Counts("units", "units", at={"treated": word}) for word in ("yes", "no")]
    results.number("n_treated", treated, unit="", decimals=0, counts=by_treatment[0])
    results.number("n_never", len(units) - treated, unit="", decimals=0, counts=by_treatment[1])
    results.number("n_clusters", panel["cluster" if "cluster" in panel else "unit"].nunique(), unit="", decimals=0)
    both = [replace(by_treatment[0], count=treated), replace(by_treatment[1], count=len(units) - treated)]
    results.number("share_treated", 100 * treated / len(units), unit="percent", decimals=1, n=len(units), counts=both)
    sizes, cohort = cohorts.told(study, panel)
    results.table(
        "tbl_cohorts",
        sizes,
        [cohort, Column("units", msg("common-units"), "int", counts=cohorts.CELLS)],
        caption=msg("tbl-cohorts"),
        notes=cohorts.smaller_note(study, sizes) or None,
    )
    for outcome in study.outcomes:
        _trends(results, study, cohorts.as_told(study, panel), outcome)
    _balance(results, study, panel)


def _trends(results: Ledger, study: Study, panel: pd.DataFrame, outcome: Outcome) -> None:
    weight = panel.groupby("unit")["weight"].transform("first") if "weight" in panel else 1.0
    known = panel["cohort"].astype("float64")
    width = bins.width_of(known.dropna().to_numpy(), MOST_LINES) if known.notna().any() else 1
    first = bins.left(known.to_numpy(), width, float(known.min())) if width > 1 else known
    seen = panel.assign(
        weight=weight, product=panel[outcome.name] * weight, start=known, cohort=pd.Series(first, index=panel.index)
    )
    means = (
        seen[seen[outcome.name].notna()]
        .groupby(["cohort", "period"], dropna=False, as_index=False)
        .agg(
            product=("product", "sum"),
            weight=("weight", "sum"),
            n_units=("unit", "nunique"),
            cohort_last=("start", "max"),
        )
        .assign(mean=lambda cells: cells["product"] / cells["weight"])
        .sort_values(["cohort", "period"])
    )

    unit = unit_words(outcome.unit)
    scale = axis(msg("common-mean"), unit)

    def said(shown: pd.DataFrame) -> Text:
        return titles.trends(
            shown, outcome.better, lambda at: literal(Period(at, study.period_kind)), outcome.decimals, unit
        )

    results.figure(
        f"fig_trends_{outcome.name}",
        titled(
            lambda lang, shown: draw_trends(
                shown.assign(mean=pd.to_numeric(shown["mean"])), period_name(study, lang), scale, lang
            ),
            said,
        ),
        frame=means,
        columns=[
            Column("mean", msg("common-mean"), "number", behind=("n_units",)),
            Column("n_units", msg("common-units"), "int", counts=UNITS),
        ],
        caption=caption(msg("programme-means-cohort"), outcome),
        alt=msg("fig-trends.alt"),
        notes=binned_note(width) or None,
    )


def _balance(results: Ledger, study: Study, panel: pd.DataFrame) -> None:
    outcomes = [outcome for outcome in study.outcomes if outcome.role != "placebo"]
    covariates = [name for name in study.covariates if name in panel.columns]
    parts = []
    for order, outcome in enumerate(outcomes):
        design = make_design(
            panel,
            outcome.name,
            covariates=covariates if order == 0 else (),
            cluster="cluster" if "cluster" in panel else "unit",
            min_cohort_units=study.smallest_cohort,
        )
        parts.append(balance.table(design, panel, sds=outcome.known_sds))
    frame = pd.concat(parts, ignore_index=True)
    frame = frame[frame["cohort"].isna()].sort_values("variable", key=lambda v: v.isin(covariates), kind="stable")
    gaps = frame.set_index("variable")["std_diff"].dropna()
    for outcome in outcomes:
        if outcome.name in gaps:
            results.number(f"baseline_{outcome.name}", float(gaps[outcome.name]), unit="sd", decimals=2)
    means = ["treated_mean", "control_mean"]
    shares = np.array([name in panel and _at_an_end(panel[name]) for name in frame["variable"]], dtype=bool)
    least = frame.loc[shares, ["n_treated", "n_control"]].min(axis=1)
    steps = np.array([share_step(int(n), results.thresholds.units) for n in least])
    frame[[*means, "std_diff"]] = frame[[*means, "std_diff"]].round(MOST_PLACES)
    rounded = (frame.loc[shares, means].to_numpy() / steps[:, None]).round() * steps[:, None]
    frame.loc[shares, means] = rounded.round(MOST_PLACES)
    labels: dict[str, Any] = {outcome.name: outcome.label.model_dump() for outcome in study.outcomes}
    labels |= {name: covariate_label(name) for name in covariates}
    results.table(
        "tbl_balance",
        frame,
        [
            Column("variable", msg("programme-variable"), "code", codes=labels),
            Column("treated_mean", msg("common-treated"), "number", MOST_PLACES),
            Column("control_mean", msg("common-comparison"), "number", MOST_PLACES),
            Column("std_diff", msg("common-standardised-difference"), "number", MOST_PLACES),
            Column("n_treated", msg("programme-treated-units"), "int", counts=UNITS),
            Column("n_control", msg("common-comparison-units"), "int", counts=UNITS),
            Column("wwc", msg("programme-wwc-class"), "code", codes=WWC),
        ],
        behind=("n_treated", "n_control"),
        caption=msg("tbl-balance"),
        notes=[
            msg("tbl-balance.notes"),
            units_told(panel),
            *(
                [msg("tbl-balance.shares", step=plain(max(steps)), differ=_yes(len(set(steps)) > 1))]
                if len(steps)
                else []
            ),
        ],
    )


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"


def _at_an_end(values: pd.Series) -> bool:
    """Whether values are shares of which some stand at 0 or 1: a mean near that end would tell of the one that does not."""
    known = values.dropna().astype(float)
    return bool(len(known) and known.between(0, 1).all() and (known.eq(0) | known.eq(1)).any())


WWC = {
    "satisfied": msg("programme-wwc-satisfied"),
    "adjustment": msg("programme-wwc-adjustment"),
    "exceeds": msg("programme-wwc-exceeds"),
    "unknown": msg("common-unknown"),
}


def _training(results: Ledger, edition: Edition) -> None:
    """Training by kind and period, hours against the yearly minimum, and coverage by kecamatan, as sources allow."""
    if "schools" in edition.study.sources:
        _coverage(results, edition)
    elif edition.study.program.tiles:
        _tiles(results, edition)
    if "training" not in edition.study.sources:
        return
    study, training = edition.study, edition.table("training")
    done = training[training["attended"].astype(bool)]
    results.number("n_trained_staff", done["person"].nunique(), unit="", decimals=0, counts=PERSONS)
    _kinds(results, done)
    if "staff" in study.sources:
        _hours(results, done, edition.table("staff"))


def _hours(results: Ledger, done: pd.DataFrame, staff: pd.DataFrame) -> None:
    hours = done.groupby(["person", "period"], as_index=False)["jp"].sum()
    roster = staff[["person", "period"]].drop_duplicates().merge(hours, how="left").fillna({"jp": 0.0})
    latest = roster[roster["period"] == roster["period"].max()]
    enough = latest["jp"] >= MINIMUM_JP
    year = {"period": int(latest["period"].iloc[0])}
    all_staff = Counts("persons", "reach", at=year, count=len(latest))
    part = Counts("persons", "reach", at={**year, "minimum": "yes"}, count=int(enough.sum()), group="minimum")
    results.number("jp_mean", latest["jp"].mean(), unit="JP", decimals=1, n=len(latest), counts=all_staff)
    share = {"n": len(latest), "counts": (all_staff, part)}
    results.number("share_min_jp", 100 * enough.mean(), unit="percent", decimals=1, **share)


def _kinds(results: Ledger, done: pd.DataFrame) -> None:
    by_kind = done.groupby(["period", "activity"], as_index=False).agg(
        events=("person", "size"), persons=("person", "nunique"), hours=("jp", "sum")
    )
    place = {"by": ("period", "activity"), "at": {"attended": "yes"}, "behind": "persons"}
    hours = Counts("persons", "attendance", quantity="hours", **place)
    persons = Counts("persons", "attendants", by=("period", "activity"), overlap=("period", "activity"))
    once = bool((by_kind["events"] == by_kind["persons"]).all())  # then the second column would say the first again
    results.table(
        "tbl_training",
        by_kind,
        [
            Column("period", PERIOD, "period"),
            Column("activity", msg("common-activity"), "code", codes=ACTIVITIES),
            Column("events", msg("programme-attendances"), "int", counts=Counts("persons", "attendance", **place)),
            Column("persons", msg("programme-persons"), "int", counts=persons, behind=("events",), shown=not once),
            Column(
                "hours",
                msg("programme-hours-jp"),
                "number",
                0,
                counts=hours,
            ),
        ],
        caption=msg("tbl-training"),
        notes=[
            msg("tbl-training.notes", min_persons=results.thresholds.persons),
            *([msg("tbl-training.once")] if once else []),
        ],
    )


def _coverage(results: Ledger, edition: Edition) -> None:
    schools, treatment = edition.table("schools"), edition.table("treatment")
    latest = schools[schools["period"] == schools["period"].max()].merge(treatment, on="unit", how="left")
    coverage = latest.groupby("kecamatan", as_index=False).agg(
        schools=("unit", "nunique"), participating=("cohort", lambda cohort: int(cohort.notna().sum()))
    )
    taking_part = {"by": ("kecamatan",), "at": {"treated": "yes", "listed": "yes"}, "totals": ("kecamatan",)}
    columns = [
        Column("kecamatan", msg("common-mean"), "text"),
        Column("participating", msg("common-units"), "int", counts=Counts("units", "units", **taking_part)),
    ]
    results.figure(
        "fig_coverage",
        lambda lang, shown: draw_coverage(shown.assign(suppressed=shown["participating"].isna()), lang),
        frame=coverage,
        columns=columns,
        caption=msg("fig-coverage"),
        alt=msg("fig-coverage.alt"),
        notes=msg("fig-coverage.notes"),
    )
    if edition.study.program.tiles:
        record_tiles(results, edition.study.program, coverage, columns)


def _tiles(results: Ledger, edition: Edition) -> None:
    """The map of tiles of a study without a school list: its units by the panel's clusters."""
    panel = edition.table("panel")
    if "cluster" not in panel:
        raise StudyError("The tile map needs districts.", where="key program.tiles", expected="a panel with clusters")
    units = panel.groupby("unit", as_index=False).agg(kecamatan=("cluster", "last"), cohort=("cohort", "first"))
    coverage = units.groupby("kecamatan", as_index=False).agg(
        schools=("unit", "nunique"), participating=("cohort", lambda cohort: int(cohort.notna().sum()))
    )
    taking_part = Counts("units", "units", by=("kecamatan",), at={"treated": "yes"}, totals=("kecamatan",))
    columns = [
        Column("kecamatan", msg("common-cluster"), "text"),
        Column("participating", msg("common-units"), "int", counts=taking_part),
    ]
    record_tiles(results, edition.study.program, coverage, columns)


# --- what the report says ---------------------------------------------------------------------------------------------


def results(doc: Doc) -> None:
    """Whom training and mentoring reached."""
    coverage, tiles = doc.has("fig_coverage"), doc.has("fig_tiles")
    if doc.has("tbl_training"):
        doc.heading("results-reach-title")
        doc.paragraph(
            "results-trained",
            when(doc.has("jp_mean"), msg("results-hours", hours=MINIMUM_JP)),
            "results-training-coverage" if coverage else "results-training",
            when(tiles, "results-tiles"),
            "results-delivery-only",
        )
        doc.table("tbl_training")
    doc.figure("fig_tiles", "90%")
    if not tiles:
        doc.figure("fig_coverage", "85%")


def tables(doc: Doc) -> None:
    """The bars of schools by kecamatan, where the text has the map of tiles."""
    if doc.has("fig_tiles") and doc.has("fig_coverage"):
        doc.heading("programme-places-title")
        doc.figure("fig_coverage", "85%")
