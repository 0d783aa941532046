"""Effects on the other aims: the main design and the same verdict rules, on panels of units, batches or persons.

Of the checks of the main outcomes those are made that such a panel allows: the cluster bootstrap, placebo dates, parts left
out, spill-over. What could not be made is a reason of the verdict (`not_examined`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from pipeline.chapters.analysis import finite
from pipeline.chapters.auxiliary import attempt
from pipeline.chapters.reasons import VERDICTS, record_verdict, worded
from pipeline.chapters.words import HIGH, LOW, P
from pipeline.errors import DesignError
from pipeline.languages.message import Text, msg
from pipeline.ledger.counts import UNITS, Counts
from pipeline.ledger.entries import Column, Ledger
from pipeline.methods.effects import Design, Verdict, gather, group_time, judge, make_design, pretrend, thresholds_from
from pipeline.methods.effects.estimate import Estimate
from pipeline.methods.effects.inference import restricted_bootstrap
from pipeline.methods.effects.judgement.limits import pretrend_level
from pipeline.methods.effects.judgement.types import CHECKS, Robustness
from pipeline.methods.effects.sensitivity import leave_out, placebo_dates, spillover
from pipeline.study import Study

DRAWS = 499
"""Bootstrap draws of the simultaneous band; intervals and p values do not use them."""
WILD_DRAWS, AREAS = 999, 50
"""Draws of the cluster bootstrap, and clusters up to which each is left out once."""


@dataclass(frozen=True)
class AimEffect:
    """The overall effect on one indicator, its pre-trend test, and its verdict."""

    name: str
    overall: Estimate
    pretrend_p: float | None
    verdict: Verdict


def estimate_aim(
    study: Study,
    panel: pd.DataFrame,
    column: str,
    smallest: float,
    cluster: Literal["unit", "cluster"] = "unit",
    *,
    examined: bool = True,
) -> AimEffect | None:
    """Callaway-Sant'Anna effect on a column, or None where the panel does not allow the design.

    Args:
        study: Its level, control group, seed and verdict thresholds are used.
        panel: `unit`, `period`, `cohort`, `cluster` and the column.
        column: The outcome.
        smallest: Smallest effect of interest, in the column's unit.
        cluster: Level of the standard errors.
        examined: Whether the checks are made; where no verdict is told, they would serve nothing.
    """
    known = panel.dropna(subset=[column])
    if known["cohort"].isna().all() or known["cohort"].notna().all() or known["period"].nunique() < 2:
        return None
    try:
        design = make_design(known, column, cluster="cluster", min_cohort_units=study.smallest_cohort)
        main = group_time.estimate(
            design,
            control=study.inference.control,
            seed=study.seed,
            draws=DRAWS,
            level=study.inference.level,
            cluster=cluster,
        )
    except DesignError:
        return None
    limits = thresholds_from(study.verdict, smallest)
    before = pretrend.assess(main, power=limits.power, alpha=pretrend_level(limits))
    areas = design.n_clusters < design.n_units
    examined = examined and main.overall.interval_se > 0
    wild = attempt(lambda: _bootstrap(study, design))[0] if areas and examined else None
    checks = Robustness(asked=CHECKS)
    if examined:
        checks = _examined(study, design, known, cluster)
    verdict = judge(gather(design, main, before, wild=wild, robustness=checks), limits)
    return AimEffect(column, main.overall, finite(before.p), verdict)


def _bootstrap(study: Study, design: Design) -> Estimate:
    options = study.inference
    draws = min(options.wild_draws, WILD_DRAWS)
    return restricted_bootstrap(design, control=options.control, draws=draws, seed=study.seed, level=options.level)


def _examined(study: Study, design: Design, panel: pd.DataFrame, cluster: Literal["unit", "cluster"]) -> Robustness:
    """The checks that the panel allows; the others stay empty, and the rules say so."""
    control, level = study.inference.control, study.inference.level
    dates = placebo_dates(design, control=control, level=level, cluster=cluster)
    parts = attempt(lambda: leave_out(design, control=control, level=level, cluster=cluster, most_clusters=AREAS))[0]
    beside = spillover(design, panel, level=level, cluster=cluster)
    exposed = beside.loc[beside["name"] == "exposed", "p"]
    known = parts is not None and len(parts) > 0
    return Robustness(
        placebo_dates=tuple(float(p) for p in dates["p"]),
        least=float(parts["value"].min()) if known else None,  # type: ignore[index]
        most=float(parts["value"].max()) if known else None,  # type: ignore[index]
        spillover_p=float(exposed.iloc[0]) if len(exposed) else None,
        asked=CHECKS,
    )


def record_effects_table(
    results: Ledger,
    name: str,
    rows: Sequence[tuple[dict[str, str], AimEffect]],
    leading: Sequence[Column],
    *,
    caption: Text,
    notes: Text,
    decimals: int = 2,
    of: Counts = UNITS,
    by_rule: frozenset[str] = frozenset(),
) -> None:
    """A table of effects: the leading columns' codes, then effect, interval, p, pre-trend p, smallest detectable, verdict.

    Args:
        results: The ledger.
        name: Of the table.
        rows: The leading columns' codes, and the effect.
        leading: Columns.
        caption, notes: Of the table.
        decimals: Of effects.
        of: What the treated are: units, or PERSONS.
        by_rule: Outcomes that taking part moves by the rule by which they are scored: no evidence of an improvement.
    """
    frame = pd.DataFrame(
        [
            {
                **codes,
                "value": effect.overall.value,
                "low": finite(effect.overall.low),
                "high": finite(effect.overall.high),
                "p": finite(effect.overall.p),
                "before": effect.pretrend_p,
                "mde": finite(effect.verdict.mde),
                "treated": effect.overall.n_treated,
                "verdict": (
                    "by_rule"
                    if codes.get("outcome") in by_rule
                    else worded(effect.verdict.code, effect.verdict.underpowered)
                ),
            }
            for codes, effect in rows
        ]
    )
    results.table(
        name,
        frame,
        [
            *leading,
            Column("value", msg("common-effect"), "number", decimals),
            Column("low", LOW, "number", decimals),
            Column("high", HIGH, "number", decimals),
            Column("p", P, "p"),
            Column("before", msg("aims-p-earlier-trends"), "p"),
            Column("mde", msg("aims-smallest-detectable"), "number", decimals),
            Column("treated", msg("common-treated"), "int", counts=of),
            Column("verdict", msg("common-verdict"), "code", codes={**VERDICTS, "by_rule": msg("aims-by-rule")}),
        ],
        behind="treated",
        caption=caption,
        notes=notes,
    )


def record_effect(
    results: Ledger, name: str, effect: AimEffect, *, unit: str, decimals: int = 2, of: Counts = UNITS
) -> None:
    """The effect as a number, its verdict and how secure it is, under a common name; `of` says who takes part."""
    overall = effect.overall
    counted = replace(of, count=overall.n_treated)
    results.estimate(name, overall, unit=unit, n=overall.n_treated, decimals=decimals, counts=counted)
    record_verdict(results, effect.verdict, lambda part: f"{name}_{part}")
    if math.isfinite(effect.verdict.smallest_effect):
        results.number(f"{name}_smallest", effect.verdict.smallest_effect, unit=unit, decimals=decimals)
    if math.isfinite(effect.verdict.mde) and effect.verdict.mde > 0:  # without an estimate there is none
        results.number(f"{name}_mde", effect.verdict.mde, unit=unit, decimals=decimals)
