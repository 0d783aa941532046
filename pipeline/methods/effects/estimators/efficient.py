"""The efficient estimator where the timing of the start is random, and inference from that randomness alone.

Roth & Sant'Anna (2023): units are drawn into their cohorts by lot, so that before anybody starts cohorts differ by chance
only. A difference-in-differences takes the whole of that chance difference off the later one; the efficient estimator takes
the share of it that the data say predicts the later one, and is never less precise in large samples. Nothing is assumed of
trends. With timing that was chosen none of this holds: the estimator is for studies that say `program.timing: random`.

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
    """Weights of cohorts' means, rows cohorts (the last one never treated, where there is one) and columns periods.

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

    On units observed in every period, cohorts of two units or more; compared with units not treated yet in that period. The
    standard error is the refined one of the paper, which units' differing effects cannot make too small.

    Raises:
        RefusedError: No complete units, whole clusters take part, or no cohort can be compared.
    """
    code = "efficient_random_timing"
    if settings.cluster == "cluster":
        raise RefusedError("Timing was drawn for clusters, not for units.", code="timing_by_cluster", where=code)
    values, cohorts, balanced, notes = _sample(design, code)
    starts, sums = _summaries(values, cohorts)
    cells = _cells(starts, values.shape[1])
    if not cells:
        raise RefusedError("No cohort has a comparison not treated yet.", code="design", where=code)
    found = _solve(sums, _contrast(starts, sums.n, cells), starts)
    rows = []
    for time in sorted({t - g for g, t in cells}):
        one = _solve(sums, _contrast(starts, sums.n, [c for c in cells if c[1] - c[0] == time]), starts)
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
    """Fisher's test of no effect in any unit by permuting the timing, studentised by the unrefined standard error.

    Exact for that hypothesis, and valid in large samples for no effect on average (Roth & Sant'Anna 2023).

    Raises:
        RefusedError: As `efficient`.
        TooLargeError: The permutations would take too long.
    """
    values, cohorts, _, _ = _sample(design, "efficient_random_timing")
    refuse_large("The permutation of timing", float(values.size) * draws, LARGE)
    starts, sums = _summaries(values, cohorts)
    contrast = _contrast(starts, sums.n, _cells(starts, values.shape[1]))

    def t_of(order: np.ndarray) -> tuple[float, Efficient]:
        one = _solve(_summaries(values[order], cohorts)[1], contrast, starts)
        return abs(one.value) / one.se_neyman if one.se_neyman > 0 else math.inf, one

    observed, found = t_of(np.arange(len(values)))
    rng = np.random.default_rng(settings.seed)
    beyond = sum(t_of(rng.permutation(len(values)))[0] >= observed * (1 - 1e-9) for _ in range(draws))
    z = abs(found.before) / found.before_se if found.before_se > 0 else 0.0
    return Timing((1 + beyond) / (1 + draws), float(2 * special.ndtr(-z)), draws)


class _Sums(NamedTuple):
    mean: np.ndarray
    cov: np.ndarray
    n: np.ndarray


def _sample(design: Design, code: str) -> tuple[np.ndarray, np.ndarray, Design, list[Note]]:
    """Outcomes by unit and period, each unit's cohort (the number of periods = never), the design and its notes."""
    design.refuse_weights("The efficient estimator")
    balanced, notes = complete_panel(design, code)
    sizes = balanced.units["g"].fillna(-1).map(balanced.units["g"].fillna(-1).value_counts())
    single = sizes.index[sizes < 2]
    if len(single):
        notes.append(Note("small_cohort", f"{len(single)} units that are alone in their cohort were left out"))
        balanced = balanced.keep(~balanced.data["unit"].isin(single))
    wide = balanced.data.pivot(index="unit", columns="t", values="y")
    cohorts = balanced.units["g"].reindex(wide.index).fillna(wide.shape[1]).to_numpy(int)
    return wide.to_numpy(float), cohorts, balanced, notes


def _summaries(values: np.ndarray, cohorts: np.ndarray) -> tuple[np.ndarray, _Sums]:
    """Starts of the cohorts, ascending, and their means, covariances (n - 1) and sizes."""
    starts = np.unique(cohorts)
    parts = [values[cohorts == g] for g in starts]
    cov = np.array([np.cov(part, rowvar=False).reshape(values.shape[1], values.shape[1]) for part in parts])
    return starts, _Sums(np.array([part.mean(axis=0) for part in parts]), cov, np.array([len(part) for part in parts]))


def _cells(starts: np.ndarray, periods: int) -> list[tuple[int, int]]:
    """Cohort and period, since the start, where some cohort has not started; cohorts with a period before only."""
    return [(int(g), t) for g in starts if g > 0 for t in range(int(g), periods) if (starts > t).any()]


def _contrast(starts: np.ndarray, n: np.ndarray, cells: list[tuple[int, int]]) -> Contrast:
    """The mean over cells by cohort size, each against all cohorts that have not started then, by their size."""
    periods = max(t for _, t in cells) + 1
    width = max(periods, int(starts[starts > 0].min()) + 1)
    later, before = (np.zeros((len(starts), width)) for _ in range(2))
    at = {int(g): i for i, g in enumerate(starts)}
    total = sum(int(n[at[g]]) for g, _ in cells)
    for g, t in cells:
        weight = n[at[g]] / total
        others = np.where(starts > t, n, 0) / n[starts > t].sum()
        for array, period in ((later, t), (before, g - 1)):
            array[at[g], period] += weight
            array[:, period] -= weight * others
    return Contrast(later, before)


def _solve(sums: _Sums, contrast: Contrast, starts: np.ndarray) -> Efficient:
    """Value, share and standard errors as the paper has them, for one difference before."""
    width = contrast.later.shape[1]
    mean, cov, n = sums.mean[:, :width], sums.cov[:, :width, :width], sums.n
    spread = cov / n[:, None, None]
    theta, x = float((contrast.later * mean).sum()), float((contrast.before * mean).sum())
    var_x = float(np.einsum("gi,gij,gj->", contrast.before, spread, contrast.before))
    cross = float(np.einsum("gi,gij,gj->", contrast.before, spread, contrast.later))
    var_theta = float(np.einsum("gi,gij,gj->", contrast.later, spread, contrast.later))
    beta = cross / var_x if var_x > 0 else 0.0
    neyman = max(var_theta + beta**2 * var_x - 2 * beta * cross, 0.0)
    refined = max(neyman - _refinement(contrast.later, cov, starts) / n.sum(), 0.0)
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
        deviates="printed only where the study says `program.timing: random`",
        held_by=(
            "test_effects_efficient.py::test_two_periods_are_the_regression_on_the_outcome_before",
            "test_effects_efficient.py::test_the_formulas_by_hand",
        ),
    ),
)
