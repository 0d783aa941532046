"""The analysis of one outcome by the study's choices: every estimate that the report shows, and the verdict on them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from pipeline.methods.effects import (
    Design,
    Estimate,
    EventStudy,
    GroupTime,
    PreTrend,
    Verdict,
    bacon,
    balance,
    cells,
    gather,
    group_time,
    judge,
    make_design,
    pretrend,
    thresholds_from,
    twfe,
)
from pipeline.methods.effects.inference import restricted_bootstrap
from pipeline.study import Outcome, Study


@dataclass(frozen=True)
class OutcomeEffects:
    """All estimates of one outcome. `adjusted` and `not_yet_adjusted` are None where the study names no covariates.

    `wild` is the restricted cluster bootstrap of the main effect; None where there is no cluster above the unit.
    """

    outcome: str
    design: Design
    main: GroupTime
    not_yet: GroupTime
    adjusted: GroupTime | None
    not_yet_adjusted: GroupTime | None
    twfe: Estimate
    twfe_cluster: Estimate | None
    twfe_event: EventStudy
    wild: Estimate | None
    bacon: pd.DataFrame
    pretrend: PreTrend
    balance: pd.DataFrame
    cells: pd.DataFrame


def estimate_outcome(study: Study, panel: pd.DataFrame, outcome: Outcome) -> OutcomeEffects:
    """Estimate the effects on one outcome of a panel of tidy columns.

    Raises:
        DesignError: The data do not allow the design.
    """
    options = study.inference
    has_cluster = "cluster" in panel.columns
    covariates = [name for name in study.covariates if name in panel.columns]
    design = make_design(
        panel,
        outcome.name,
        covariates=covariates,
        cluster="cluster" if has_cluster else "unit",
        min_cohort_units=options.min_cohort_units,
    )
    level = "cluster" if study.program.assigned_at == "cluster" else "unit"

    def effects(control: str, *, adjusted: bool) -> GroupTime | None:
        if adjusted and not design.covariates:
            return None
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

    main, other = effects(options.control, adjusted=False), "not_yet" if options.control == "never" else "never"
    not_yet = effects(other, adjusted=False)
    assert main is not None  # only adjusted estimates may be missing
    assert not_yet is not None
    return OutcomeEffects(
        outcome=outcome.name,
        design=design,
        main=main,
        not_yet=not_yet,
        adjusted=effects(options.control, adjusted=True),
        not_yet_adjusted=effects(other, adjusted=True),
        twfe=twfe.overall(design, "unit", options.level),
        twfe_cluster=twfe.overall(design, "cluster", options.level) if has_cluster else None,
        twfe_event=twfe.event_study(design, "unit", options.level, study.seed),
        wild=restricted_bootstrap(
            design, control=options.control, draws=options.wild_draws, seed=study.seed, level=options.level
        )
        if has_cluster
        else None,
        bacon=bacon.decompose(design),
        pretrend=pretrend.assess(main),
        balance=balance.table(design, panel, sds=outcome.known_sds),
        cells=cells.sizes(design, panel),
    )


def judge_outcome(study: Study, outcome: Outcome, effects: OutcomeEffects) -> Verdict:
    """The verdict on an outcome from its estimates, by the rules of `pipeline.methods.effects.verdict`."""
    evidence = gather(
        effects.design,
        effects.main,
        effects.pretrend,
        adjusted=effects.adjusted,
        wild=effects.wild,
        balance=effects.balance,
        direction=1 if outcome.better == "higher" else -1,
    )
    return judge(evidence, thresholds_from(study.verdict, outcome.smallest_effect))


def headline(codes: list[str]) -> str:
    """One code over the primary outcomes: the most cautious of them, with a decline above all else."""
    for code in ("decline", "not_credible", "none", "weak", "moderate", "strong"):
        if code in codes:
            return code
    raise ValueError("no verdict to sum up")


def finite(value: float) -> float | None:
    """The value, or None where it is missing or unbounded, as ledgers and tables have it."""
    return value if math.isfinite(value) else None
