"""The specification curve: one outcome under every declared combination of choices, and the joint test over all.

Simonsohn, Simmons & Nelson (2020, Nature Human Behaviour 4, 1208-1214). Their joint test asks how often data without
an effect would give a curve as extreme. Here the law without effect comes from the influence functions: multiplier
draws over independent units give all estimates' joint deviations at once, so dependence between specifications is kept.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Protocol

import numpy as np
import pandas as pd
import scipy

from pipeline.errors import DesignError
from pipeline.methods.effects import group_time
from pipeline.methods.effects.design import Design, make_design
from pipeline.methods.effects.estimate import normal_interval
from pipeline.methods.effects.estimators import linear
from pipeline.methods.effects.group_time.aggregate import collapse
from pipeline.methods.effects.group_time.means import Control
from pipeline.methods.effects.group_time.spread import Cluster
from pipeline.methods.effects.inference.wild import random_weights
from pipeline.workers import cores, each

ALL = "all"
_WORTH_PROCESSES = 2_000_000
"""Rows times specifications from which more processes are faster: starting one costs about two seconds."""


class SampleChoice(Protocol):
    """What a sample is made of (`pipeline.study.robustness.Sample` fits)."""

    code: str
    balanced: bool
    where: dict[str, str | int | float]
    without_cohorts: list[int]
    first_period: int | None


@dataclass(frozen=True)
class Choices:
    """The lists of which every combination is estimated; the first of each is the main choice."""

    samples: tuple[SampleChoice, ...]
    covariates: tuple[str, ...]
    estimators: tuple[str, ...]
    comparisons: tuple[str, ...]
    scalings: tuple[str, ...]
    clusters: tuple[str, ...]


@dataclass(frozen=True)
class Specification:
    """One combination. `comparison` is "all" where the estimator has no such choice."""

    sample: str
    covariates: str
    estimator: str
    comparison: str
    scaling: str
    cluster: str


@dataclass(frozen=True, eq=False)
class Curve:
    """The curve of one outcome.

    Attributes:
        table: One row a specification, by size of the estimate: the choices, `value`, `se`, `low`, `high`, `p`,
            `n_units`, `main` (the study's own choices).
        refused: One row a specification that could not be estimated: the choices and `reason`.
        joint: `statistic` ("median", "share_significant", "stouffer"), `observed`, `p`.
    """

    table: pd.DataFrame
    refused: pd.DataFrame
    joint: pd.DataFrame


@dataclass(frozen=True, eq=False)
class _Fit:
    """One point estimate with influence; several standard errors may be taken from it."""

    specification: Specification
    value: float
    psi: pd.Series
    cluster: pd.Series
    reason: str = ""


def combinations(choices: Choices) -> list[Specification]:
    """Every combination that differs, the study's own first."""
    found: dict[Specification, None] = {}
    for sample, covariates, estimator, comparison, scaling, cluster in itertools.product(
        choices.samples, choices.covariates, choices.estimators, choices.comparisons, choices.scalings, choices.clusters
    ):
        fits = comparison if estimator == "group_time" else ALL
        found[Specification(sample.code, covariates, estimator, fits, scaling, cluster)] = None
    return list(found)


def curve(
    panel: pd.DataFrame,
    outcome: str,
    choices: Choices,
    *,
    covariates: Sequence[str] = (),
    cluster: str = "unit",
    min_cohort_units: int = 2,
    level: float = 0.95,
    draws: int = 1999,
    seed: int = 0,
    workers: int | None = None,
) -> Curve:
    """Estimate every combination and test them together.

    Args:
        panel: Tidy panel as for `make_design`.
        outcome: Column of the outcome.
        choices: The lists of choices.
        covariates: Baseline covariates of the choice "baseline".
        cluster: Level of independent draws in the joint test: where treatment was assigned.
        min_cohort_units, level: As elsewhere.
        draws, seed: Multiplier draws of the joint test.
        workers: Processes; the result does not depend on their number. Without it one, or all there are where the
            panel is large enough to repay their start; a cluster's where one is named (`pipeline.workers.each`).

    Raises:
        DesignError: No combination can be estimated.
    """
    wanted = combinations(choices)
    tasks = [
        (panel, outcome, sample, scaling, [s for s in wanted if (s.sample, s.scaling) == (sample.code, scaling)])
        for sample in choices.samples
        for scaling in choices.scalings
    ]
    jobs = [(*task, tuple(covariates), min_cohort_units) for task in tasks]
    if workers is None:
        workers = cores() if len(panel) * len(wanted) > _WORTH_PROCESSES else 1
    fits = [fit for part in each(_fit_sample, jobs, workers) for fit in part]
    done = [fit for fit in fits if not fit.reason]
    if not done:
        raise DesignError("No specification could be estimated.", where=outcome, expected=fits[0].reason)
    rows = [_row(fit, level, fit.specification == wanted[0]) for fit in done]
    table = pd.DataFrame(rows).sort_values(["value", *asdict(wanted[0])], kind="stable", ignore_index=True)
    refused = pd.DataFrame([{**asdict(f.specification), "reason": f.reason} for f in fits if f.reason])
    return Curve(table, refused, joint_test(done, level, cluster, draws, seed))


def joint_test(fits: Sequence[_Fit], level: float, cluster: str, draws: int, seed: int) -> pd.DataFrame:
    """p values of the whole curve: median estimate, share significant in one direction, and Stouffer's Z."""
    points = [f for f in fits if f.specification.cluster == fits[0].specification.cluster]
    psi = pd.concat([f.psi for f in points], axis=1).fillna(0.0).sort_index()
    clusters = pd.concat([f.cluster for f in points]).groupby(level=0).first().reindex(psi.index)
    sums = collapse(psi.to_numpy(), pd.DataFrame({"cluster": clusters.to_numpy()}), _level(cluster))
    value, se = np.array([f.value for f in points]), np.sqrt((sums**2).sum(axis=0))
    rng = np.random.default_rng(seed)
    star = random_weights(len(sums), draws, rng) @ sums
    critical = scipy.stats.norm.ppf(0.5 + level / 2)

    def statistics(estimates: np.ndarray) -> dict[str, np.ndarray]:
        t = estimates / se
        share = np.maximum((t > critical).mean(axis=-1), (t < -critical).mean(axis=-1))
        return {
            "median": np.abs(np.median(estimates, axis=-1)),
            "share_significant": share,
            "stouffer": np.abs(t.sum(axis=-1)) / np.sqrt(len(se)),
        }

    observed, law = statistics(value), statistics(star)
    shown = {**{k: float(v) for k, v in observed.items()}, "median": float(np.median(value))}
    return pd.DataFrame(
        [
            {"statistic": k, "observed": shown[k], "p": (1 + int((law[k] >= observed[k]).sum())) / (1 + draws)}
            for k in observed
        ]
    )


def rescale(panel: pd.DataFrame, outcome: str, scaling: str) -> pd.Series:
    """The outcome on another scale, in its own units.

    "rank": normal scores of the ranks within each period, times the standard deviation between units of the first
    period, so that single extreme values and a change of the scale's shape carry no weight.
    """
    values = pd.to_numeric(panel[outcome], errors="coerce").astype(float)
    if scaling == "declared":
        return values
    first = values[panel["period"] == panel.loc[values.notna(), "period"].min()]
    rank = values.groupby(panel["period"]).rank()
    size = values.groupby(panel["period"]).transform("count")
    return pd.Series(scipy.stats.norm.ppf((rank - 0.5) / size) * first.std(), index=panel.index)


def _level(cluster: str) -> Cluster:
    return "cluster" if cluster == "cluster" else "unit"


_Job = tuple[pd.DataFrame, str, SampleChoice, str, list[Specification], tuple[str, ...], int]


def _fit_sample(job: _Job) -> list[_Fit]:
    panel, outcome, sample, scaling, wanted, covariates, min_units = job
    none = pd.Series(dtype=float)
    try:
        design = design_of(panel, outcome, sample, scaling, covariates, min_units)
    except DesignError as error:
        return [_Fit(s, 0.0, none, none, error.what) for s in wanted]
    fits: list[_Fit] = []
    known: dict[tuple[str, str, str, str], _Fit] = {}
    for s in wanted:
        key = (s.estimator, s.covariates, s.comparison, s.cluster)
        if key not in known:
            try:
                known[key] = _fit(design, s)
            except DesignError as error:
                known[key] = _Fit(s, 0.0, none, none, error.what)
        fit = known[key]
        fits.append(_Fit(s, fit.value, fit.psi, fit.cluster, fit.reason))
    return fits


def design_of(
    panel: pd.DataFrame, outcome: str, sample: SampleChoice, scaling: str, covariates: tuple[str, ...], min_units: int
) -> Design:
    """The design of one outcome on one sample and scale.

    Raises:
        DesignError: The sample names a column that the panel does not have, or allows no design.
    """
    rows = panel.assign(**{outcome: rescale(panel, outcome, scaling)})
    for column, value in sample.where.items():
        if column not in rows:
            raise DesignError(f"The panel has no column {column!r} for the sample {sample.code!r}.")
        rows = rows[rows[column] == value]
    rows = rows[~rows["cohort"].isin(sample.without_cohorts)]
    if sample.first_period is not None:
        rows = rows[rows["period"] >= sample.first_period]
    design = make_design(
        rows,
        outcome,
        covariates=covariates,
        cluster="cluster" if "cluster" in rows else "unit",
        min_cohort_units=min_units,
    )
    return design.balanced() if sample.balanced else design


def _fit(design: Design, s: Specification) -> _Fit:
    adjusted = s.covariates == "baseline"
    if adjusted and not design.covariates:
        raise DesignError("The design has no covariate that varies between units.")
    if s.estimator == "group_time":
        control: Control = "never" if s.comparison == "never" else "not_yet"
        level = _level(s.cluster)
        found = group_time.estimate(design, control=control, covariates=adjusted, draws=199, cluster=level)
        units, value, psi = found.units, found.overall.value, found.scaled_influence
    else:
        part = linear.METHODS["imputation" if s.estimator == "imputation" else "two_way"](design, adjusted)
        units, value, psi = part.units, part.value, part.psi
    index = pd.Index(units["unit"])
    return _Fit(s, value, pd.Series(psi, index=index), pd.Series(units["cluster"].to_numpy(), index=index))


def estimated(design: Design, s: Specification, level: float) -> dict[str, object]:
    """One specification on its sample's design: `value`, `se`, `low`, `high`, `p`, `n_units`, as a row of the curve has them.

    Raises:
        DesignError: It cannot be estimated.
    """
    return _row(_fit(design, s), level, main=False)


def _row(fit: _Fit, level: float, main: bool) -> dict[str, object]:
    units = pd.DataFrame({"cluster": fit.cluster.to_numpy()})
    psi = collapse(fit.psi.to_numpy()[:, None], units, _level(fit.specification.cluster))
    se = float(np.sqrt((psi**2).sum()))
    low, high, p = normal_interval(fit.value, se, level)
    numbers = {"value": fit.value, "se": se, "low": low, "high": high, "p": p, "n_units": len(fit.psi), "main": main}
    return {**asdict(fit.specification), **numbers}
