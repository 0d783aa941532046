"""The efficient estimator where the timing of the start is random, and inference from that randomness alone.

Roth & Sant'Anna (2023): units are drawn into their cohorts by lot, so that before anybody starts cohorts differ by chance
only. A difference-in-differences takes the whole of that chance difference off the later one; the efficient estimator takes
the share of it that the data say predicts the later one, and is never less precise in large samples. Nothing is assumed of
trends. With timing that was chosen none of this holds: the estimator is for studies that say `program.timing: random`.
Their results on bias, precision and coverage are of many units in each cohort; the permutation alone is exact with few.

Where the lot was drawn within strata, chance alone is between cohorts of one stratum, so that each cohort is compared within
its stratum only. Strata are experiments that do not depend on each other: differences, variances and covariances of the
strata are summed, each with its share of units and periods under treatment, and one share `beta` is taken of all.

diff-diff's `EfficientDiD` is another one (Chen, Sant'Anna & Xie 2025): it is efficient under parallel trends.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import special

from pipeline.methods.effects.design import Design, refuse_large
from pipeline.methods.effects.estimate import Estimate, Note
from pipeline.methods.effects.estimators.base import Method, RefusedError, Settings, event_study, finish
from pipeline.methods.effects.estimators.samples import complete_panel

LARGE = 3e8
"""Units times periods times permutations from which the test would take many minutes."""


class Contrast(NamedTuple):
    """Weights of cohorts' means in one stratum, rows cohorts (the last never treated, where there is one), columns periods.

    `later` gives the difference since the start, `before` that of the last period before it, of the same cohorts.
    """

    later: np.ndarray
    before: np.ndarray


class Efficient(NamedTuple):
    """The estimate, its share `beta` of the difference before, standard errors, and that difference with its own."""

    value: float
    beta: float
    se: float
    se_neyman: float
    before: float
    before_se: float


@dataclass(frozen=True)
class Timing:
    """What the lot alone says.

    Attributes:
        p: Share of permuted timings whose studentised estimate is as far from zero: of no effect in any unit.
        before_p: Of no difference before the start, as random timing has it (normal distribution).
        draws: Permutations.
    """

    p: float
    before_p: float
    draws: int


def efficient(design: Design, settings: Settings) -> Estimate:
    """Mean effect on the treated under random timing, each cohort and period by the cohort's size.

    On units observed in every period, cohorts of two units or more; compared with units not treated yet in that period, of
    the same stratum where `settings.strata` says so. The standard error is the refined one of the paper, which units'
    differing effects cannot make too small.

    Raises:
        RefusedError: No complete units, whole clusters take part, no cohort can be compared, or a unit has no stratum.
    """
    code = "efficient_random_timing"
    if settings.cluster == "cluster":
        raise RefusedError("Timing was drawn for clusters, not for units.", code="timing_by_cluster", where=code)
    values, lots, balanced, notes = _sample(design, settings, code)
    every = _comparisons(lots, values.shape[1])
    if not every:
        raise RefusedError("No cohort has a comparison not treated yet.", code="design", where=code)
    found = _solve(values, _contrasts(lots, every))
    rows = []
    for time in sorted({t - g for _, g, t in every}):
        one = _solve(values, _contrasts(lots, [c for c in every if c[2] - c[1] == time]))
        rows.append({"event_time": time, "value": one.value, "se": one.se})
    event = event_study(balanced, settings, code, pd.DataFrame(rows))
    return finish(
        balanced,
        settings,
        code,
        found.value,
        found.se,
        inference="design_based",
        event=event,
        notes=notes,
        extra={"beta": found.beta, "se_neyman": found.se_neyman, "before": found.before, "before_se": found.before_se},
    )


def timing_test(design: Design, settings: Settings, draws: int = 499) -> Timing:
    """Fisher's test of no effect in any unit by permuting the timing within strata, studentised (unrefined standard error).

    Exact for that hypothesis, and valid in large samples for no effect on average (Roth & Sant'Anna 2023).

    Raises:
        RefusedError: As `efficient`.
        TooLargeError: The permutations would take too long.
    """
    values, lots, _, _ = _sample(design, settings, "efficient_random_timing")
    refuse_large("The permutation of timing", float(values.size) * draws, LARGE)
    contrasts = _contrasts(lots, _comparisons(lots, values.shape[1]))
    rng = np.random.default_rng(settings.seed)

    def drawn() -> np.ndarray:
        order = np.arange(len(values))
        for lot in lots:
            order[lot.rows] = rng.permutation(lot.rows)
        return order

    def t_of(order: np.ndarray) -> tuple[float, Efficient]:
        one = _solve(values[order], contrasts)
        return abs(one.value) / one.se_neyman if one.se_neyman > 0 else math.inf, one

    observed, found = t_of(np.arange(len(values)))
    beyond = sum(t_of(drawn())[0] >= observed * (1 - 1e-9) for _ in range(draws))
    z = abs(found.before) / found.before_se if found.before_se > 0 else 0.0
    return Timing((1 + beyond) / (1 + draws), float(2 * special.ndtr(-z)), draws)


class _Lot(NamedTuple):
    """One stratum: its rows of the outcomes, the cohort of each, the cohorts' starts (ascending) and sizes."""

    rows: np.ndarray
    cohorts: np.ndarray
    starts: np.ndarray
    n: np.ndarray


def _sample(design: Design, settings: Settings, code: str) -> tuple[np.ndarray, list[_Lot], Design, list[Note]]:
    """Outcomes by unit and period, the strata (one, where none are given), the design on these units and its notes."""
    design.refuse_weights("The efficient estimator")
    balanced, notes = complete_panel(design, code)
    units = balanced.units["g"].fillna(len(balanced.periods)).astype(int).to_frame("cohort").assign(stratum=0)
    if settings.strata is not None:
        units["stratum"] = settings.strata.reindex(units.index)
        if units["stratum"].isna().any():
            raise RefusedError("A unit has no stratum.", code="no_stratum", where=code)
    alone = units.groupby(["stratum", "cohort"])["cohort"].transform("size") < 2
    if alone.any():
        notes.append(Note("small_cohort", f"{int(alone.sum())} units that are alone in their cohort were left out"))
        units = units[~alone]
    lonely = units.groupby("stratum")["cohort"].transform("nunique") < 2
    if settings.strata is not None and lonely.any():
        notes.append(Note("lone_stratum", f"{int(lonely.sum())} units of strata with one cohort were left out"))
        units = units[~lonely]
    if units["cohort"].nunique() < 2:
        raise RefusedError("No cohort has a comparison not treated yet.", code="design", where=code)
    balanced = balanced.keep(balanced.data["unit"].isin(units.index))
    wide = balanced.data.pivot(index="unit", columns="t", values="y")
    units = units.loc[wide.index]
    lots = []
    for _, rows in sorted(units.groupby("stratum").indices.items(), key=lambda item: str(item[0])):
        cohorts = units["cohort"].to_numpy(int)[rows]
        lots.append(_Lot(np.asarray(rows), cohorts, *np.unique(cohorts, return_counts=True)))
    return wide.to_numpy(float), lots, balanced, notes


def _comparisons(lots: list[_Lot], periods: int) -> list[tuple[int, int, int]]:
    """Stratum, cohort and period, since the start, where some cohort of it has not started; with a period before only."""
    return [
        (k, int(g), t)
        for k, lot in enumerate(lots)
        for g in lot.starts
        if g > 0
        for t in range(int(g), periods)
        if (lot.starts > t).any()
    ]


def _contrasts(lots: list[_Lot], every: list[tuple[int, int, int]]) -> list[tuple[_Lot, Contrast]]:
    """By stratum, the part of the mean over cells by cohort size, each against all cohorts of it that wait, by their size."""
    sizes = [dict(zip(lot.starts.tolist(), lot.n.tolist(), strict=True)) for lot in lots]
    total = sum(sizes[k][g] for k, g, _ in every)
    found = []
    for k, lot in enumerate(lots):
        cells = [(g, t) for j, g, t in every if j == k]
        if not cells:
            continue
        width = max(max(t for _, t in cells) + 1, int(lot.starts[lot.starts > 0].min()) + 1)
        later, before = (np.zeros((len(lot.starts), width)) for _ in range(2))
        for g, t in cells:
            weight, at = sizes[k][g] / total, int(np.flatnonzero(lot.starts == g)[0])
            others = np.where(lot.starts > t, lot.n, 0) / lot.n[lot.starts > t].sum()
            for array, period in ((later, t), (before, g - 1)):
                array[at, period] += weight
                array[:, period] -= weight * others
        found.append((lot, Contrast(later, before)))
    return found


def _solve(values: np.ndarray, contrasts: list[tuple[_Lot, Contrast]]) -> Efficient:
    """Value, share and standard errors as the paper has them, for one difference before; sums over strata."""
    theta = x = var_x = cross = var_theta = refinement = 0.0
    for lot, (later, before) in contrasts:
        own = values[lot.rows][:, : later.shape[1]]
        parts = [own[lot.cohorts == g] for g in lot.starts]
        mean = np.array([part.mean(axis=0) for part in parts])
        cov = np.array([np.cov(part, rowvar=False).reshape(later.shape[1], later.shape[1]) for part in parts])
        spread = cov / lot.n[:, None, None]
        theta, x = theta + float((later * mean).sum()), x + float((before * mean).sum())
        var_x += float(np.einsum("gi,gij,gj->", before, spread, before))
        cross += float(np.einsum("gi,gij,gj->", before, spread, later))
        var_theta += float(np.einsum("gi,gij,gj->", later, spread, later))
        refinement += _refinement(later, cov, lot.starts) / float(lot.n.sum())
    beta = cross / var_x if var_x > 0 else 0.0
    neyman = max(var_theta + beta**2 * var_x - 2 * beta * cross, 0.0)
    refined = max(neyman - refinement, 0.0)
    return Efficient(theta - beta * x, beta, math.sqrt(refined), math.sqrt(neyman), x, math.sqrt(max(var_x, 0.0)))


def _refinement(later: np.ndarray, cov: np.ndarray, starts: np.ndarray) -> float:
    """What outcomes before anybody starts tell of the variance of effects, by which Neyman's is too large."""
    first = int(starts[(np.abs(later) > 0).any(axis=1)].min())
    if first < 1:
        return 0.0
    own = starts >= first
    early = cov[own][:, :first, :first]
    summed = sum(
        np.linalg.pinv(part[:first, :first]) @ part[:first] @ weights
        for part, weights in zip(cov[own], later[own], strict=True)
    )
    return float(summed @ early.mean(axis=0) @ summed)


METHODS = (
    Method(
        code="efficient_random_timing",
        place=150,
        comparison="not_yet",
        handles_covariates=False,
        citations=("rothsantanna2023efficient",),
        run=efficient,
        random_timing=True,
        source="Roth & Sant'Anna 2023",
        deviates="printed only where the study says `program.timing: random`; within strata where `panel.stratum` names them",
        held_by=(
            "test_effects_efficient.py::test_two_periods_are_the_regression_on_the_outcome_before",
            "test_effects_efficient.py::test_the_formulas_by_hand",
            "test_effects_efficient.py::test_a_lot_within_strata_is_compared_within_each",
        ),
    ),
)
