"""A study of doses: treatment is a quantity that every unit has in every period. Regressions on it, and no verdict.

The verdict's rules are measured for programmes that start; for a dose that goes up and down nothing of them is known, so that
none is given. What is said instead: the estimates of two regressions that take the same assumptions and look at different
changes, and two tests of what speaks against them.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from pipeline.chapters import annexes, check
from pipeline.chapters.auxiliary import attempt
from pipeline.chapters.words import ESTIMATE, HIGH, LOW, PERIOD, SE, P, interval_note
from pipeline.errors import DesignError
from pipeline.languages.message import msg
from pipeline.ledger.counts import NOTHING, UNITS, Counts
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.effects.estimators.doses import (
    DoseRegression,
    Effect,
    Vcov,
    first_differences,
    fixed_effects,
)
from pipeline.notebook import Edition
from pipeline.report.doc import Doc, Part, when
from pipeline.study import Outcome, Study

FEW = 30
"""Clusters below which intervals by cluster-robust errors are known to be too narrow (Cameron, Gelbach & Miller 2008)."""
FEWEST_OF_A_START = 3
"""Units that start, and that never have a dose, from which on the report says that the data hold a start."""
FITS: dict[str, Callable[..., DoseRegression]] = {
    "fixed_effects": fixed_effects,
    "first_differences": first_differences,
}
ROWS = {
    name + suffix: msg(f"doses-row-{name.replace('_', '-')}{suffix.replace('_', '-')}")
    for name in FITS
    for suffix in ("", "_adjusted")
}


@dataclass(frozen=True)
class Found:
    """What was found on one outcome: the effect of a step by each regression, and two tests."""

    effects: dict[str, tuple[Effect, DoseRegression]]
    lead: Effect | None
    curve_p: float | None


def record(ledger: Ledger, context: Edition) -> None:
    """Effects of a step of the dose on each outcome; nothing where the study has no dose."""
    study = context.study
    if study.dose is None:
        return
    panel = context.panel
    _record_doses(ledger, panel)
    if study.dose.transform == "none":
        starting, never = starts(panel)
        if min(starting, never) >= FEWEST_OF_A_START:
            ledger.number("doses_starting", starting, decimals=0)
            ledger.number("doses_never", never, decimals=0)
    for outcome in study.outcomes:
        _record_outcome(ledger, study, outcome, estimate(study, panel, outcome))


def starts(panel: pd.DataFrame) -> tuple[int, int]:
    """Units whose dose is zero at first and above zero in every period after some start, and units whose dose is always zero.

    Args:
        panel: `unit`, `period`, `dose`, not transformed.
    """
    on = panel.dropna(subset="dose").sort_values(["unit", "period"])
    on = on.assign(on=on["dose"] > 0).groupby("unit")["on"]
    stays, first, last = on.apply(lambda unit: bool(unit.is_monotonic_increasing)), on.first(), on.last()
    return int((stays & ~first & last).sum()), int((~on.any()).sum())


def estimate(study: Study, panel: pd.DataFrame, outcome: Outcome) -> Found:
    """The regressions of one outcome; those that the data do not allow are left out.

    Raises:
        DesignError: The fixed effects regression itself is not possible.
    """
    spec = study.dose
    assert spec is not None, "called for studies of doses"
    vcov: Vcov = "cluster" if study.program.assigned_at == "cluster" else "unit"
    options: dict[str, Any] = {"lags": spec.lags, "vcov": vcov, "level": study.inference.level}
    covariates = [name for name in study.covariates if name in panel]
    effects = {}
    for name, fit in FITS.items():
        for suffix, used in (("", []), ("_adjusted", covariates)):
            if suffix and not covariates:
                continue
            found, _ = attempt(partial(fit, panel, outcome.name, "dose", covariates=used, **options))
            if found is not None:
                effects[name + suffix] = (found.total(spec.step, study.inference.level), found)
    if "fixed_effects" not in effects:
        raise DesignError(
            f"The effect of the dose on {outcome.name!r} cannot be estimated.",
            where=f"outcome {outcome.name!r}, column `panel.dose`",
            expected="units whose doses change in time, in some otherwise than in others, in two periods or more",
            todo="Check the column of the dose and the outcome's missing values.",
        )
    lead, _ = attempt(lambda: fixed_effects(panel, outcome.name, "dose", leads=1, covariates=covariates, **options))
    square = panel.assign(dose_squared=(panel["dose"] - panel["dose"].mean()) ** 2)
    curve, _ = attempt(lambda: fixed_effects(square, outcome.name, "dose", covariates=["dose_squared"], **options))
    return Found(effects, _of(lead, "dose_lead_1", spec.step), _p_of(curve, "dose_squared"))


def _of(fit: DoseRegression | None, term: str, step: float) -> Effect | None:
    """One coefficient, times a step."""
    if fit is None:
        return None
    row = fit.table.set_index("term").loc[term]
    value, se, low, high = (step * float(row[key]) for key in ("value", "se", "low", "high"))
    return Effect(value, se, low, high, float(row["p"]))


def _p_of(fit: DoseRegression | None, term: str) -> float | None:
    p = None if fit is None else float(fit.table.set_index("term").loc[term, "p"])  # type: ignore[arg-type]
    return p if p is not None and math.isfinite(p) else None


def reading(fixed: Effect, first: Effect | None, lead_p: float | None, alpha: float) -> str:
    """What may be said of two estimates and the test of later doses, as a code.

    "lead": the outcome goes with the next period's dose, so that the dose followed the outcome or both a trend. "differ":
    each estimate lies outside the other's interval. "both", "one", "neither": how many intervals exclude zero.
    """
    if lead_p is not None and lead_p < alpha:
        return "lead"
    excludes = [one.low > 0 or one.high < 0 for one in (fixed, first) if one is not None]
    if first is None:
        return "alone" if excludes[0] else "neither"
    outside = not first.low <= fixed.value <= first.high and not fixed.low <= first.value <= fixed.high
    if outside or (all(excludes) and (fixed.value > 0) != (first.value > 0)):
        return "differ"
    return "both" if all(excludes) else "one" if any(excludes) else "neither"


def _record_doses(ledger: Ledger, panel: pd.DataFrame) -> None:
    """How large the doses are, and how much they change within units."""
    known = panel.dropna(subset="dose")
    by = known.groupby("period")["dose"]
    frame = pd.DataFrame(
        {"units": by.size(), "mean": by.mean(), "low": by.quantile(0.1), "high": by.quantile(0.9)}
    ).reset_index()
    ledger.table(
        "tbl_doses_periods",
        frame,
        [
            Column("period", PERIOD, "period"),
            Column("units", msg("common-units"), "int", counts=Counts("units", "dosed", by=("period",))),
            *(Column(name, msg(f"doses-{name}"), "number", 3, behind=("units",)) for name in ("mean", "low", "high")),
        ],
        caption=msg("tbl-doses-periods"),
        notes=msg("tbl-doses-periods.notes"),
    )
    within = known["dose"] - known.groupby("unit")["dose"].transform("mean")
    within -= within.groupby(known["period"]).transform("mean")
    share = float(within.var(ddof=0) / known["dose"].var(ddof=0)) if known["dose"].nunique() > 1 else 0.0
    ledger.number("doses_within", share, unit="share", decimals=0, n=int(known["unit"].nunique()))


def _record_outcome(ledger: Ledger, study: Study, outcome: Outcome, found: Found) -> None:
    name, alpha = outcome.name, 1 - study.inference.level
    rows = [
        {"row": row, **effect._asdict(), "r2": fit.r2, "n_obs": fit.n_obs, "n_units": fit.n_units}
        for row, (effect, fit) in found.effects.items()
    ]
    ledger.table(
        f"tbl_doses_{name}",
        pd.DataFrame(rows),
        [
            Column("row", msg("common-estimator"), "code", codes=ROWS),
            Column("value", ESTIMATE, "number", outcome.decimals),
            Column("se", SE, "number", outcome.decimals),
            Column("low", LOW, "number", outcome.decimals),
            Column("high", HIGH, "number", outcome.decimals),
            Column("p", P, "p"),
            Column("r2", msg("doses-r2"), "number", 3),
            Column("n_obs", msg("doses-rows"), "int", counts=NOTHING, behind=("n_units",)),
            Column("n_units", msg("common-units"), "int", counts=UNITS),
        ],
        behind="n_units",
        caption=msg("tbl-doses", outcome=outcome.label.model_dump(), step=study.dose.step_label.model_dump()),  # type: ignore[union-attr]
        notes=(msg("tbl-doses.notes"), interval_note(study)),
    )
    effect, fit = found.effects["fixed_effects"]
    for key, one in {"effect": effect, "changes": _first(found), "lead": found.lead}.items():
        if one is not None:
            ledger.estimate(f"doses_{key}_{name}", one, unit=outcome.unit, decimals=outcome.decimals, n=fit.n_units)
    if found.curve_p is not None:
        ledger.number(f"doses_curve_{name}", found.curve_p, p=found.curve_p)
        ledger.text(f"doses_bent_{name}", "yes" if found.curve_p < alpha else "no")
    ledger.number(f"doses_clusters_{name}", fit.n_clusters, decimals=0)
    lead_p = found.lead.p if found.lead is not None else None
    ledger.text(f"doses_reading_{name}", reading(effect, _first(found), lead_p, alpha))


def _first(found: Found) -> Effect | None:
    return found.effects["first_differences"][0] if "first_differences" in found.effects else None


# --- what the report says ---------------------------------------------------------------------------------------------


def about_outcome(doc: Doc, outcome: Any) -> Part:
    """The estimates on an outcome, what they may be taken for, and what speaks against it."""
    name = outcome.name
    both = doc.has(f"doses_changes_{name}")
    said: list[Part] = [doc.about(outcome, "doses-outcome", step=_step(doc))]
    said += [doc.about(outcome, "doses-outcome-changes")] if both else []
    said.append(doc.about(outcome, f"doses-reading-{doc.code(f'doses_reading_{name}')}"))
    return said


def about_checks(doc: Doc, outcome: Any) -> Part:
    """The two tests on an outcome."""
    name = outcome.name
    lead = f"doses-lead-{'rejects' if doc.code(f'doses_reading_{name}') == 'lead' else 'silent'}"
    bent = doc.has(f"doses_bent_{name}") and f"doses-curve-{doc.code(f'doses_bent_{name}')}"
    return [
        when(doc.has(f"doses_lead_{name}"), doc.about(outcome, lead)),
        when(not doc.has(f"doses_lead_{name}"), doc.about(outcome, "doses-lead-none")),
        doc.about(outcome, bent) if bent else None,
        when(doc.value(f"doses_clusters_{name}") < FEW, doc.about(outcome, "doses-few")),
    ]


def _step(doc: Doc) -> Any:
    return doc.study.dose.step_label.model_dump()  # type: ignore[union-attr]


def results(doc: Doc) -> None:
    """The chapter of results of a study of doses, exhibits first."""
    if not doc.has("tbl_doses_periods"):
        return
    doc.heading("doses-how-much-title")
    doc.paragraph("doses-how-much")
    doc.table("tbl_doses_periods")
    for outcome in doc.outcomes:
        doc.heading(doc.about(outcome, "literal", text=outcome.label))
        doc.paragraph(about_outcome(doc, outcome))
        doc.paragraph(about_checks(doc, outcome))
        doc.table(f"tbl_doses_{outcome.name}")


def write(doc: Doc) -> None:
    """The whole report of a study of doses."""
    dose = doc.study.dose
    assert dose is not None, "called for studies of doses"
    label = dose.label.model_dump()
    doc.heading("summary-title", 1, "sec-summary", ["unnumbered"])
    doc.paragraph(msg("doses-question", dose=label), when(doc.study.demonstration, "summary-demonstration"))
    doc.bullets(*(about_outcome(doc, outcome) for outcome in doc.outcomes))
    doc.callout("important", "doses-no-verdict")
    doc.heading("introduction-title", 1, "sec-introduction")
    doc.paragraph("introduction-scope", "introduction-following")
    doc.raw("::: {.paper-only}")
    doc.paragraph("introduction-supplement")
    doc.raw(":::")
    doc.heading("methods-title", 1, "sec-methods")
    doc.paragraph(msg("doses-methods", dose=label), msg("doses-methods-lags", lags=dose.lags) if dose.lags else None)
    carried = msg("doses-assumes-carryover", lags=dose.lags)
    doc.bullets("doses-assumes-trends", "doses-assumes-exogenous", carried, "doses-assumes-constant")
    doc.paragraph("doses-start-seen" if doc.has("doses_starting") else "doses-untreated")
    by = "cluster" if doc.study.program.assigned_at == "cluster" else "unit"
    doc.paragraph(f"doses-errors-{by}")
    doc.heading("results-title", 1, "sec-results")
    results(doc)
    annexes.references(doc)
    annexes.data(doc)
    check.annex(doc)
    annexes.run_record(doc)
