"""What the rules would say had the analyst chosen otherwise: each combination of declared choices, judged like the main one.

A combination is estimated as the specification curve estimates it (`sensitivity.specification`), on the study's own scale
and with variances at the level of assignment. The group-time estimator brings its own trends before the start, so the
evidence is gathered anew; with it the violation of parallel trends that the effect must survive can be chosen (Rambachan &
Roth 2023): the rules then look at the interval under that violation in the place of that under M = 1. The other estimators
have no such trends: their estimate and interval stand in the evidence of the group-time estimate of the same sample and
covariates. What is made once for the main choice (placebos, parts left out, attrition, the bootstrap) stays as it is.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from pipeline.errors import DesignError
from pipeline.methods.effects import group_time
from pipeline.methods.effects.design import Design
from pipeline.methods.effects.diagnostics import pretrend
from pipeline.methods.effects.group_time import GroupTime
from pipeline.methods.effects.group_time.spread import Cluster
from pipeline.methods.effects.judgement.evidence import gather
from pipeline.methods.effects.judgement.family import judge_family
from pipeline.methods.effects.judgement.limits import pretrend_level
from pipeline.methods.effects.judgement.types import Evidence, Verdict
from pipeline.methods.effects.sensitivity.honest import Target, relative_magnitudes, targets
from pipeline.methods.effects.sensitivity.specification import (
    Choices,
    SampleChoice,
    Specification,
    combinations,
    design_of,
    estimated,
)
from pipeline.study.thresholds import Thresholds

MAGNITUDES = (0.0, 0.5, 1.0, 2.0)
"""Violations of parallel trends that can be chosen; the rules ask for the third."""


@dataclass(frozen=True, eq=False)
class Judged:
    """What the verdict on an outcome rested on."""

    evidence: Evidence
    thresholds: Thresholds
    balance: pd.DataFrame


@dataclass(frozen=True, eq=False)
class Answer:
    """One combination's answer on one outcome.

    Attributes:
        choice: The combination.
        violation: M; None where the estimator has no trends before the start.
        main: Whether these are the choices of the report's verdict.
        evidence: What the rules looked at.
        robust: The interval under the violation; None where there is none to be chosen.
        n_units: Units that the estimate rests on; None where there is no estimate.
        verdict: What the rules say.
    """

    choice: Specification
    violation: float | None
    main: bool
    evidence: Evidence
    robust: tuple[float, float] | None
    n_units: int | None
    verdict: Verdict


@dataclass(frozen=True)
class Asked:
    """How the study estimates, whatever is chosen: as for `group_time.estimate` and `make_design`."""

    covariates: Sequence[str]
    control: str
    cluster: Cluster
    level: float
    min_cohort_units: int
    draws: int
    seed: int


def under_each_choice(
    panel: pd.DataFrame, judged: Mapping[str, Judged], choices: Choices, asked: Asked
) -> dict[str, list[Answer]]:
    """Every combination of choices judged, outcome by outcome; the outcomes are judged together in each.

    Args:
        panel: Tidy panel as for `make_design`.
        judged: The primary outcomes, with what their verdicts rest on.
        choices: The study's lists; the scale is the outcome's own, and variances are at the level of `asked`.
        asked: How the study estimates.

    Returns:
        By outcome the answers in the order of the choices, by growing violation.
    """
    one = replace(choices, scalings=("declared",), clusters=(asked.cluster,))
    samples = {sample.code: sample for sample in one.samples}
    answers: dict[str, list[Answer]] = {name: [] for name in judged}
    held = {(n, c): _Sample(panel, n, sample, own, asked) for n, own in judged.items() for c, sample in samples.items()}
    for choice in combinations(one):
        main = is_main(choice, samples[choice.sample], asked)
        found = {name: held[name, choice.sample].found(choice, main=main) for name in judged}
        chosen = MAGNITUDES if any(one.target is not None for one in found.values()) else (None,)
        for violation in chosen:
            seen = {name: _violated(one, violation) for name, one in found.items()}
            verdicts = judge_family(seen, {name: own.thresholds for name, own in judged.items()})
            for name, one_found in found.items():
                own_violation = violation if one_found.target is not None else None
                if own_violation == violation or violation == chosen[0]:
                    robust = _under(one_found, own_violation)
                    told = (choice, own_violation, main, seen[name], robust, one_found.n_units, verdicts[name])
                    answers[name].append(Answer(*told))
    return answers


def is_main(choice: Specification, sample: SampleChoice, asked: Asked) -> bool:
    """Whether a combination is that of the report's verdict: all units, no covariates, its estimator and comparison."""
    whole = not (sample.balanced or sample.where or sample.without_cohorts or sample.first_period is not None)
    own = ("none", "group_time", asked.control)
    return whole and (choice.covariates, choice.estimator, choice.comparison) == own


@dataclass(frozen=True, eq=False)
class _Found:
    """One combination on one outcome before it is judged: its evidence, its trends before the start, its units."""

    evidence: Evidence
    target: Target | None
    n_units: int | None


class _Sample:
    """One outcome on one sample: its group-time estimates and their evidence, each made once."""

    def __init__(self, panel: pd.DataFrame, outcome: str, sample: SampleChoice, own: Judged, asked: Asked) -> None:
        self.own, self.asked = own, asked
        self._effects: dict[tuple[str, bool], GroupTime] = {}
        self._evidence: dict[tuple[str, bool], Evidence] = {}
        self.design: Design | None = None
        with suppress(DesignError):
            given = (sample, "declared", tuple(asked.covariates), asked.min_cohort_units)
            self.design = design_of(panel, outcome, *given)

    def found(self, choice: Specification, *, main: bool) -> _Found:
        """The evidence under one combination; without an estimate where it cannot be had."""
        try:
            return self._found(choice, main=main)
        except DesignError:
            none = dict.fromkeys(("value", "se", "low", "high", "p"), math.nan)
            return _Found(replace(self.own.evidence, **none), None, None)  # type: ignore[arg-type]

    def _found(self, choice: Specification, *, main: bool) -> _Found:
        adjusted = choice.covariates == "baseline"
        if choice.estimator == "group_time":
            effects = self.effects(choice.comparison, adjusted=adjusted)
            evidence = self.own.evidence if main else self.evidence(choice.comparison, adjusted=adjusted)
            return _Found(evidence, _target(effects), effects.overall.n_units)
        evidence = self.evidence(self.asked.control, adjusted=adjusted)
        assert self.design is not None
        row: dict[str, Any] = estimated(self.design, choice, self.asked.level)
        numbers = {key: float(row[key]) for key in ("value", "se", "low", "high", "p")}
        return _Found(replace(evidence, **numbers, df=math.inf), None, int(row["n_units"]))  # type: ignore[arg-type]

    def effects(self, control: str, *, adjusted: bool) -> GroupTime:
        """A group-time estimate.

        Raises:
            DesignError: It cannot be had.
        """
        key, design, asked = (control, adjusted), self.design, self.asked
        if design is None or (adjusted and not design.covariates):
            raise DesignError("The sample allows no such estimate.")
        if key not in self._effects:
            self._effects[key] = group_time.estimate(
                design,
                control=control,  # type: ignore[arg-type]
                covariates=adjusted,
                seed=asked.seed,
                draws=asked.draws,
                level=asked.level,
                cluster=asked.cluster,
            )
        return self._effects[key]

    def evidence(self, control: str, *, adjusted: bool) -> Evidence:
        """What the rules look at under a group-time estimate; checks that are made once are those of the main choice."""
        key, own = (control, adjusted), self.own
        if key not in self._evidence:
            effects, beside = self.effects(control, adjusted=adjusted), None
            with suppress(DesignError):
                beside = self.effects(control, adjusted=True)
            assert self.design is not None
            gathered = gather(
                self.design,
                effects,
                pretrend.assess(
                    effects,
                    power=own.thresholds.power,
                    alpha=pretrend_level(own.thresholds, own.evidence.family),
                ),
                adjusted=beside,
                balance=own.balance,
                direction=own.evidence.direction,
                robustness=own.evidence.robustness,
            )
            self._evidence[key] = replace(gathered, wild_p=own.evidence.wild_p)
        return self._evidence[key]


def _target(effects: GroupTime) -> Target | None:
    try:
        found = targets(effects)[0]
    except DesignError:
        return None
    return found if math.isfinite(found.value) else None


def _under(found: _Found, violation: float | None) -> tuple[float, float] | None:
    """The interval under a violation: without one, the estimate's own."""
    if found.target is None or violation is None:
        return None
    return relative_magnitudes(found.target, violation) if violation else (found.evidence.low, found.evidence.high)


def _violated(found: _Found, violation: float | None) -> Evidence:
    """The evidence with the interval under a violation in the place of that under M = 1."""
    if found.target is None or violation is None:
        return found.evidence
    low, high = relative_magnitudes(found.target, violation)
    return replace(found.evidence, mbar_low=low, mbar_high=high)
