"""The analysis of one outcome by the study's choices: every estimate that the report shows, and the verdict on them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from pipeline.chapters.auxiliary import attempt
from pipeline.errors import DesignError
from pipeline.ledger.results import Results
from pipeline.methods.effects import (
    Design,
    Estimate,
    GroupTime,
    PreTrend,
    Verdict,
    gather,
    group_time,
    judge,
    make_design,
    pretrend,
    smallest_effect,
    thresholds_from,
    twfe,
)
from pipeline.methods.effects.design import cells
from pipeline.methods.effects.diagnostics import bacon, balance
from pipeline.methods.effects.estimate import Note
from pipeline.methods.effects.inference import restricted_bootstrap
from pipeline.methods.effects.judgement.family import judge_family
from pipeline.methods.effects.judgement.limits import pretrend_level
from pipeline.methods.effects.judgement.types import CHECKS, Evidence, Robustness
from pipeline.study import Outcome, Study
from pipeline.study.thresholds import Thresholds

PRIMARY_CHECKS = frozenset({"dates", "parts"})
"""Checks without which a finding on a primary outcome is held back; the others need pupils or neighbours."""


@dataclass(frozen=True)
class OutcomeEffects:
    """All estimates of one outcome. `adjusted` and `not_yet_adjusted` are None where the study names no covariates.

    `strata` is the stratum of each unit within which its start was drawn by lot, where the study names one.
    `wild` is the restricted cluster bootstrap of the main effect; None where there is no cluster above the unit. What
    could not be estimated is None (`balance`: no rows), and `missing` tells why: field -> code of
    `pipeline.chapters.auxiliary`.
    """

    outcome: str
    design: Design
    main: GroupTime
    not_yet: GroupTime | None
    adjusted: GroupTime | None
    not_yet_adjusted: GroupTime | None
    twfe: Estimate | None
    twfe_cluster: Estimate | None
    wild: Estimate | None
    bacon: pd.DataFrame | None
    pretrend: PreTrend
    balance: pd.DataFrame
    cells: pd.DataFrame
    missing: Mapping[str, str] = field(default_factory=dict)
    strata: pd.Series | None = None

    @property
    def notes(self) -> tuple[Note, ...]:
        """What the estimators said of the main estimate and of that with the other comparison group."""
        return (*self.main.warnings, *(self.not_yet.warnings if self.not_yet else ()))


def design_of(study: Study, panel: pd.DataFrame, outcome: Outcome) -> Design:
    """The design that an outcome is estimated by.

    Raises:
        DesignError: The data do not allow it.
    """
    return make_design(
        panel,
        outcome.name,
        covariates=[name for name in study.covariates if name in panel.columns],
        cluster="cluster" if "cluster" in panel.columns else "unit",
        min_cohort_units=study.smallest_cohort,
        cohort_limits=study.cohort_limits,
    )


def estimate_outcome(study: Study, panel: pd.DataFrame, outcome: Outcome) -> OutcomeEffects:
    """Estimate the effects on one outcome of a panel of tidy columns.

    Raises:
        DesignError: The data do not allow the design, or its main estimate has no standard error.
    """
    options = study.inference
    design = design_of(study, panel, outcome)
    level = "cluster" if study.program.assigned_at == "cluster" else "unit"

    def effects(control: str, *, adjusted: bool = False) -> GroupTime:
        return group_time.estimate(
            design,
            control=control,  # type: ignore[arg-type]
            method="dr",
            covariates=adjusted,
            seed=study.seed,
            draws=options.bootstrap_draws,
            level=options.level,
            cluster=level,  # type: ignore[arg-type]
        )

    main, other = effects(options.control), "not_yet" if options.control == "never" else "never"
    if not (math.isfinite(main.overall.se) and main.overall.interval_se > 0):
        raise DesignError(
            f"The effect on {outcome.name!r} has no standard error: in each cohort the outcome changes alike in all units.",
            where=f"outcome {outcome.name!r}",
            expected="units of one cohort that differ in how the outcome changes",
            todo="Check that the outcome's column is the measurement and not a flag of treatment.",
        )
    limits = limits_of(study, outcome)
    family = sum(o.role == "primary" for o in study.outcomes) if outcome.role == "primary" else 1
    pre = pretrend.assess(main, power=limits.power, alpha=pretrend_level(limits, family))
    beside: dict[str, Callable[[], Any]] = {
        "not_yet": lambda: effects(other),
        "twfe": lambda: twfe.overall(design, "unit", options.level),
        "bacon": lambda: bacon.decompose(design),
        "balance": lambda: balance.table(design, panel, sds=outcome.known_sds),
    }
    if design.covariates:
        beside["adjusted"] = lambda: effects(options.control, adjusted=True)
        beside["not_yet_adjusted"] = lambda: effects(other, adjusted=True)
    if "cluster" in panel.columns:
        beside["twfe_cluster"] = lambda: twfe.overall(design, "cluster", options.level)
        beside["wild"] = lambda: restricted_bootstrap(
            design, control=options.control, draws=options.wild_draws, seed=study.seed, level=options.level
        )
    found = {name: attempt(call) for name, call in beside.items()}
    values: dict[str, Any] = {name: value for name, (value, _) in found.items()}
    return OutcomeEffects(
        outcome=outcome.name,
        design=design,
        main=main,
        not_yet=values["not_yet"],
        adjusted=values.get("adjusted"),
        not_yet_adjusted=values.get("not_yet_adjusted"),
        twfe=values["twfe"],
        twfe_cluster=values.get("twfe_cluster"),
        wild=values.get("wild"),
        bacon=values["bacon"],
        pretrend=pre,
        balance=balance.no_rows() if values["balance"] is None else values["balance"],
        cells=cells.sizes(design, panel),
        missing={name: code for name, (_, code) in found.items() if code is not None},
        strata=strata_of(panel),
    )


def strata_of(panel: pd.DataFrame) -> pd.Series | None:
    """Stratum of each unit (index), where the panel has a column of them.

    Raises:
        DesignError: A unit has two strata.
    """
    if "stratum" not in panel.columns:
        return None
    by_unit = panel.groupby("unit")["stratum"]
    if (by_unit.nunique() > 1).any():
        raise DesignError(
            f"{int((by_unit.nunique() > 1).sum())} units have more than one stratum.",
            where="column `panel.stratum`",
            expected="the one stratum in which a unit's start was drawn",
            todo="Correct the column, or leave `panel.stratum` out of the study.",
        )
    return by_unit.first()


def limits_of(study: Study, outcome: Outcome) -> Thresholds:
    """Thresholds of the rules on an outcome, its smallest effect of interest and that effect's unit among them."""
    return thresholds_from(study.verdict, outcome.smallest_effect, outcome.smallest_effect_unit)


def smallest_of(study: Study, outcome: Outcome, effects: OutcomeEffects) -> float | None:
    """The declared smallest effect of interest in the outcome's own unit; None where none is declared."""
    if outcome.smallest_effect is None or outcome.smallest_effect_unit in ("own", "points"):
        return outcome.smallest_effect
    return derived_for(study, outcome, effects)


def derived_for(study: Study, outcome: Outcome, effects: OutcomeEffects) -> float:
    """The smallest effect of interest that the rules make of the data, in the outcome's own unit."""
    evidence = evidence_on(outcome, effects)
    return smallest_effect(limits_of(study, outcome), evidence.sd, evidence.mean)[0]


def judge_outcomes(
    study: Study, effects: Mapping[str, OutcomeEffects], known: Results | None = None
) -> dict[str, Verdict]:
    """The verdicts on all outcomes, by the rules of `pipeline.methods.effects.judgement`; primary ones are judged together.

    Args:
        study: The study.
        effects: By outcome.
        known: What the steps before recorded: placebos, parts left out, attrition and spill-over count where they are there.
    """
    asked = {o.name: PRIMARY_CHECKS if o.role == "primary" else CHECKS for o in study.outcomes}
    evidence = {
        o.name: evidence_on(o, effects[o.name], robustness_of(known, o.name, asked[o.name])) for o in study.outcomes
    }
    limits = {o.name: limits_of(study, o) for o in study.outcomes}
    primary = [o.name for o in study.outcomes if o.role == "primary"]
    family = judge_family({name: evidence[name] for name in primary}, limits)
    return {o.name: family.get(o.name) or judge(evidence[o.name], limits[o.name]) for o in study.outcomes}


def robustness_of(known: Results | None, outcome: str, asked: frozenset[str] = frozenset()) -> Robustness | None:
    """What the robustness step recorded on an outcome, as the rules of the verdict take it; `asked`: what they ask for."""
    if known is None:
        return None
    table = known.tables.get("tbl_sensitivity_placebo")
    shown = [row for row in (table.rows if table else []) if isinstance(row["p"], float)]
    rows = [row for row in shown if row["outcome"] in (outcome, "none")]
    exposed = [row["p"] for row in rows if row["name"] == "exposed"]
    least, most, lee = (known.numbers.get(f"{n}_{outcome}") for n in ("sensitivity_least", "sensitivity_most", "lee"))
    return Robustness(
        placebo_dates=tuple(row["p"] for row in rows if row["kind"] == "date"),
        placebo_outcomes=tuple(row["p"] for row in rows if row["kind"] == "outcome"),
        least=least.value if least else None,
        most=most.value if most else None,
        attrition_low=lee.low if lee else None,
        attrition_high=lee.high if lee else None,
        spillover_p=exposed[0] if exposed else None,
        asked=asked,
    )


def evidence_on(outcome: Outcome, effects: OutcomeEffects, robustness: Robustness | None = None) -> Evidence:
    """What the rules of the verdict look at."""
    return gather(
        effects.design,
        effects.main,
        effects.pretrend,
        adjusted=effects.adjusted,
        wild=effects.wild,
        balance=effects.balance,
        direction=1 if outcome.better == "higher" else -1,
        robustness=robustness,
    )


def finite(value: float) -> float | None:
    """The value, or None where it is missing or unbounded, as ledgers and tables have it."""
    return value if math.isfinite(value) else None
