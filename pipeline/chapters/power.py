"""Exhibits of power: what this design could find, what the next could, and what the smallest effect needs."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from pipeline.chapters import titles
from pipeline.chapters.analysis import OutcomeEffects, derived_for, limits_of, smallest_of
from pipeline.chapters.power_figures import DRAWN, detectable_effects
from pipeline.chapters.style import titled
from pipeline.chapters.words import SE, axis, unit_words, with_n
from pipeline.clean.education.sums import SUMS, scales, together
from pipeline.errors import DesignError, WeightsError
from pipeline.languages.catalogue import say
from pipeline.languages.message import Digits, Text, msg, plain
from pipeline.ledger.counts import NOTHING
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.effects.design.plans import (
    Needed,
    Test,
    candidates,
    entering_needed,
    fresh_needed,
    most_entering,
    numbers_entering,
    years_needed,
)
from pipeline.methods.effects.design.power import ErrorProcess, Plan, design_effect, error_process, plan_of, variance
from pipeline.methods.effects.group_time import GroupTime
from pipeline.notebook import Edition
from pipeline.report.doc import Doc, Part
from pipeline.study import Outcome, Study

ENTERING = (20, 40, 80)
YEARS = (1, 2)
APART = 1.25
"""Ratio of the standard errors from the variance and as estimated from which on it is said that they differ."""


@dataclass(frozen=True)
class Planned:
    """One outcome's error process, plan, test and candidate designs; whether the effect to be found is derived."""

    outcome: Outcome
    process: ErrorProcess
    plan: Plan
    test: Test
    designs: pd.DataFrame
    derived: bool


def record(ledger: Ledger, context: Edition) -> None:
    """The variance of every outcome and the designs of the primary ones."""
    study, panel, effects, tables = context.study, context.panel, context.effects, context.table
    planned = {}
    for outcome in study.outcomes:
        if outcome.name in effects:
            found = _plan(study, outcome, panel, effects[outcome.name], tables)
            if found is not None:
                planned[outcome.name] = found
    primary = {name: one for name, one in planned.items() if one.outcome.role == "primary"}
    if not primary:
        return
    _record_variance(ledger, study, planned, effects)
    family = sum(o.role == "primary" and math.isfinite(effects[o.name].main.overall.p) for o in study.outcomes)
    if family > 1:
        ledger.number("power_family", family, decimals=0, counts=NOTHING)
    for one in primary.values():
        _record_designs(ledger, study, one, family)
        _record_needed(ledger, one)
    _record_figure(ledger, study, primary, {name: effects[name].main.overall.n_units for name in primary})


def sampling_variance(scores: pd.DataFrame, panel: pd.DataFrame, subject: str) -> float:
    """Variance of a unit's yearly mean that comes from its few pupils, in squared units of the standardised outcome.

    Args:
        scores: `unit`, `period`, `grade`, `subject`, `score`, one row a pupil.
        panel: `unit`, `cohort`.
        subject: The outcome.
    """
    cohort = panel.drop_duplicates("unit").set_index("unit")["cohort"]
    own = scores[(scores["subject"] == subject) & scores["unit"].isin(cohort.index)]
    if own.empty:
        return math.nan
    never = own[own["unit"].map(cohort).isna()]
    scale = never.groupby(["period", "grade"])["score"].std().rename("scale").reset_index()
    own = own.merge(scale, on=["period", "grade"])
    cells = own.assign(z=own["score"] / own["scale"]).groupby(["unit", "period"])["z"].agg(["var", "size"])
    cells = cells[cells["size"] > 1]
    return float((cells["var"] / cells["size"]).mean()) if len(cells) else math.nan


def variance_of_sums(sums: pd.DataFrame, panel: pd.DataFrame, subject: str) -> float:
    """`sampling_variance`, from the sums of pupils' scores (`pipeline.clean.education.sums.pupil_sums`)."""
    cohort = panel.drop_duplicates("unit").set_index("unit")["cohort"]
    own = sums[(sums["subject"] == subject) & sums["unit"].isin(cohort.index)]
    scale = scales(own, cohort).rename(columns={"std": "scale"})[["period", "grade", "scale"]]
    own = own.merge(scale, on=["period", "grade"])
    own = own[own["scale"] > 0]
    own = own.assign(mean=own["mean"] / own["scale"], spread=own["spread"] / own["scale"] ** 2)
    cells = together(own, ["unit", "period"])
    cells = cells[cells["n"] > 1]
    return float((cells["spread"] / (cells["n"] - 1) / cells["n"]).mean()) if len(cells) else math.nan


def _from_sums(tables: Callable[[str], pd.DataFrame], panel: pd.DataFrame, subject: str) -> float:
    try:
        return variance_of_sums(tables(SUMS), panel, subject)
    except (FileNotFoundError, KeyError):
        return math.nan


def _plan(
    study: Study,
    outcome: Outcome,
    panel: pd.DataFrame,
    effects: OutcomeEffects,
    tables: Callable[[str], pd.DataFrame],
) -> Planned | None:
    main, design = effects.main, effects.design
    sampling = math.nan
    if study.panel is None and outcome.source == "scores" and outcome.transform == "standardise":
        try:
            sampling = sampling_variance(tables("scores"), panel, outcome.name)
        except (FileNotFoundError, KeyError):
            sampling = _from_sums(tables, panel, outcome.name)
    limits = limits_of(study, outcome)
    clusters = design.n_clusters if main.cluster == "cluster" else None
    declared = smallest_of(study, outcome, effects)
    smallest = derived_for(study, outcome, effects) if declared is None else declared
    test = Test(smallest, main.level, limits.power, clusters, se=main.overall.interval_se, free=main.df)
    try:
        process, plan = error_process(design, sampling), _carried(plan_of(design), main)
        designs = candidates(plan, process, test, entering=numbers_entering(plan, ENTERING), years=YEARS)
    except WeightsError:
        raise
    except DesignError:
        return None
    return Planned(outcome, process, plan, test, designs, derived=declared is None)


def _carried(plan: Plan, main: GroupTime) -> Plan:
    """The plan with the units that carry the effect: others of an unbalanced panel are no part of what is planned on."""
    cohorts = dict(zip(main.group["cohort"].astype(int), main.group["n_units"].astype(int), strict=True))
    never = main.overall.n_units - main.overall.n_treated
    return replace(plan, cohorts=cohorts, never=never if never else plan.never)


def _record_variance(
    results: Ledger, study: Study, planned: dict[str, Planned], effects: dict[str, OutcomeEffects]
) -> None:
    rows: list[dict[str, Any]] = []
    for name, one in planned.items():
        p, realised = one.process, effects[name].main.overall.interval_se
        known = math.isfinite(p.sampling)
        whole = design_effect(p) if one.test.clusters is not None else 1.0
        rows.append(
            {
                "outcome": name,
                "sd": math.sqrt(p.variance),
                "permanent": 100 * p.permanent / p.variance,
                "fading": 100 * p.fading / p.variance,
                "one_year": 100 * p.one_year / p.variance,
                "sampling": 100 * p.sampling / p.variance if known else None,
                "correlation": p.correlation,
                "cluster_share": p.cluster_share,
                "se_model": math.sqrt(variance(one.plan, p.cov(one.plan.periods)) * whole),
                "se": realised,
            }
        )
    labels = {o.name: o.label.model_dump() for o in study.outcomes}
    pupils = any(row["sampling"] is not None for row in rows)
    apart = any(max(row["se_model"] / row["se"], row["se"] / row["se_model"]) >= APART for row in rows)
    areas = any(effects[name].design.n_clusters < effects[name].design.n_units for name in planned)
    unit = study.program.unit_label.model_dump()
    results.table(
        "tbl_power_variance",
        pd.DataFrame(rows),
        [
            Column("outcome", msg("common-outcome"), "code", codes=labels),
            Column("sd", msg("power-standard-deviation-between-units"), "number", 2),
            Column("permanent", msg("power-permanent"), "percent", 0),
            Column("fading", msg("power-fading"), "percent", 0),
            Column("one_year", msg("power-one-period"), "percent", 0),
            *([Column("sampling", msg("power-from-few-pupils"), "percent", 0)] if pupils else []),
            Column("correlation", msg("power-correlation-between-periods"), "number", 2),
            *([Column("cluster_share", msg("power-correlation-clusters"), "number", 3)] if areas else []),
            Column("se_model", msg("power-standard-error-from-variance"), "number", 3),
            Column("se", msg("power-standard-error-estimated"), "number", 3),
        ],
        caption=msg("tbl-power-variance"),
        notes=[
            msg("tbl-power-variance.notes", unit=unit),
            *([msg("tbl-power-variance.areas", unit=unit)] if areas else []),
            *([msg("tbl-power-variance.pupils")] if pupils else []),
            msg("tbl-power-variance.apart" if apart else "tbl-power-variance.close"),
        ],
    )


def design_words(row: Any) -> Text:
    """A candidate design in words."""
    n, k = int(row.years), int(row.entering)
    known = {
        "now": msg("power-known-now"),
        "all_before": msg("power-known-all-before"),
        "years": msg("power-known-years", n=n),
        "pupils": msg("power-known-pupils", n=n),
        "enter": msg("power-known-enter", k=k, n=n),
        "lottery": msg("power-known-lottery", k=k, n=n),
    }
    return known[str(row.design)]


def _record_designs(results: Ledger, study: Study, one: Planned, family: int) -> None:
    """The designs' table; `family` primary outcomes are judged together, with another critical value."""
    unit = study.program.unit_label.model_dump()
    frame = one.designs.copy()
    frame["code"] = [f"{r.design}_{r.entering}_{r.years}" for r in frame.itertuples()]
    codes = {r.code: design_words(r) for r in frame.itertuples()}
    frame["power"] = 100 * frame["power"]
    outcome = one.outcome
    results.number(f"power_mde_{outcome.name}", frame["mde"].iloc[0], unit=outcome.unit, decimals=outcome.decimals)
    digits = outcome.decimals if one.derived else 2
    whole = frame.loc[frame["design"] == "all_before", "mde"].iloc[0]
    results.number(f"power_all_before_{outcome.name}", whole, unit=outcome.unit, decimals=outcome.decimals)
    results.number(f"power_now_{outcome.name}", frame["power"].iloc[0] / 100, unit="share", decimals=0)
    results.number(f"power_effect_{outcome.name}", one.test.effect, unit=outcome.unit, decimals=digits)
    results.text(f"power_derived_{outcome.name}", "yes" if one.derived else "no")
    results.number(f"power_target_{outcome.name}", one.test.power, unit="share", decimals=0)
    results.number(f"power_never_{outcome.name}", one.plan.never, decimals=0)
    results.table(
        f"tbl_power_{outcome.name}",
        frame,
        [
            Column("code", msg("common-design"), "code", codes=codes),
            Column("treated", msg("common-treated-units"), "int", counts=NOTHING),
            Column("never", msg("common-comparison-units"), "int", counts=NOTHING),
            Column("se", SE, "number", outcome.decimals),
            Column("mde", msg("power-minimum-detectable-effect"), "number", outcome.decimals),
            Column("power", msg("power-power"), "percent", 0),
        ],
        caption=msg("power-what-next-design-could-find", outcome=one.outcome.label.model_dump()),
        notes=[
            msg("tbl-power.notes", target=round(100 * one.test.power), effect=plain(round(one.test.effect, digits))),
            msg("tbl-power.entering" if most_entering(one.plan) else "tbl-power.nobody", unit=unit),
            *([msg("tbl-power.family", family=Digits(family, of="power_family"))] if family > 1 else []),
        ],
    )


def _record_needed(results: Ledger, one: Planned) -> None:
    """What the smallest effect of interest needs; each with a status for the prose."""
    name, args = one.outcome.name, (one.plan, one.process, one.test)
    needs = {
        "years": years_needed(*args),
        "enter": entering_needed(*args, lottery=False),
        "lottery": entering_needed(*args, lottery=True),
    }
    results.text(f"power_waiting_{name}", "some" if most_entering(one.plan) else "none")
    fresh = fresh_needed(one.process, one.test)
    needs["fresh"] = Needed("unreachable" if fresh is None else "reached", fresh)
    for key, need in needs.items():
        results.text(f"power_{key}_{name}", need.status)
        if need.n is not None:
            results.number(f"power_{key}_{name}", need.n, decimals=0)
    enough = one.designs["mde"].iloc[0] <= one.test.effect
    results.text(f"power_now_{name}", "enough" if enough else "short")
    found = one.designs[one.designs["design"] != "now"].dropna(subset=["mde"])
    best = found.loc[found["mde"].idxmin()]
    results.number(f"power_best_{name}", best["mde"], unit=one.outcome.unit, decimals=one.outcome.decimals)
    results.text(f"power_best_{name}", str(best["design"]))


def _record_figure(results: Ledger, study: Study, primary: dict[str, Planned], units: Mapping[str, int]) -> None:
    def curves(one: Planned) -> pd.DataFrame:
        most = most_entering(one.plan)
        steps = sorted({round(most * share / 24) for share in range(1, 25)} - {0})
        designs = candidates(one.plan, one.process, one.test, entering=steps, years=YEARS)
        return designs[designs["design"].isin(DRAWN)].dropna(subset=["mde"])

    every = {name: curves(one) for name, one in primary.items()}
    shown = {name: designs for name, designs in every.items() if len(designs)}
    if not shown:
        return  # no comparison can give a unit: the text says so in the figure's place

    def draw(lang: str) -> Any:
        panels = [
            (
                say(with_n(one.outcome.label.model_dump(), units[name]), lang),
                shown[name],
                one.test.effect,
                say(axis(msg("power-minimum-detectable-effect"), unit_words(one.outcome.unit)), lang),
            )
            for name, one in primary.items()
            if name in shown
        ]
        entering = axis(msg("power-units-that-enter"), study.program.unit_label.model_dump())
        return detectable_effects(panels, say(entering, lang), lang)

    said = titles.detectable([(shown[name], one.test.effect) for name, one in primary.items() if name in shown])
    results.figure(
        "fig_power",
        titled(draw, said),
        caption=msg("fig-power"),
        alt=msg("fig-power.alt"),
    )


# --- what the report says ---------------------------------------------------------------------------------------------


def about_outcome(doc: Doc, outcome: Any) -> Part:
    """What the present design can find, and what each next step would buy."""

    def reached(step: str) -> bool:
        return doc.code(f"power_{step}_{outcome.name}") == "reached"

    derived = ["power-derived"] if doc.code(f"power_derived_{outcome.name}") == "yes" else []
    if doc.code(f"power_now_{outcome.name}") == "enough":
        return [doc.about(outcome, phrase) for phrase in ("power-present-enough", *derived)]
    said = ["power-present-short", *derived, "power-longer" if reached("years") else "power-longer-not"]
    if doc.code(f"power_waiting_{outcome.name}") == "none":
        said.append("power-nobody-enters")
    else:
        if doc.code(f"power_enter_{outcome.name}") != "already":
            said.append("power-more-enter" if reached("enter") else "power-more-enter-not")
        said.append("power-draw-lots" if reached("lottery") else "power-draw-lots-not")
    said += ["power-new-study"] if reached("fresh") else []
    return [doc.about(outcome, phrase) for phrase in said]


def robust(doc: Doc) -> None:
    """The section on power and the next design."""
    if not doc.has("tbl_power_variance"):
        return
    doc.heading("power-title")
    doc.paragraph("power-opening")
    for outcome in doc.primary("tbl_power"):
        doc.paragraph(about_outcome(doc, outcome))
    if doc.has("fig_power"):
        doc.figure("fig_power")
    else:
        doc.paragraph("power-no-figure")
    for outcome in doc.outcomes:
        doc.table(f"tbl_power_{outcome.name}")
    doc.table("tbl_power_variance")


def technical(doc: Doc) -> None:
    """The technical notes on power."""
    if not doc.has("tbl_power_variance"):
        return
    doc.heading("power-technical-title")
    for question in ("mde", "variance", "lottery", "assumptions"):
        doc.paragraph(f"power-technical-{question}")
