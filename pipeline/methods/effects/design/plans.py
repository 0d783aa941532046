"""Candidate designs of the next years, with their minimum detectable effect and power; and what a stated effect needs."""

from __future__ import annotations

import bisect
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from pipeline.methods.effects.design.power import (
    ErrorProcess,
    Plan,
    burlig_variance,
    design_effect,
    detectable,
    freedom,
    lottery_variance,
    power_of,
    variance,
)

MIN_WAITING = 2
"""Fewest units that must remain without the programme for a comparison: one does not tell how much units differ."""
MAX_YEARS = 10
COLUMNS = ("design", "entering", "years", "treated", "never", "se", "mde", "power")


@dataclass(frozen=True)
class Test:
    """The test that the designs are planned for.

    Attributes:
        effect: Effect to be found.
        level: One less the size of the two-sided test.
        power: Power of the minimum detectable effect.
        clusters: Number of clusters where whole clusters are assigned; None where units are.
        se: Standard error of the design as it stands, as it was estimated; None where the fitted variance tells it.
        free: Degrees of freedom that this one is known with; None for the independent draws less two.

    What extends the design as it stands starts from `se` and `free`: the fitted variance says by which factor they change.
    So a longer study is not set against a present one that is measured with another yardstick.
    """

    __test__ = False  # not a test of pytest
    effect: float
    level: float = 0.95
    power: float = 0.80
    clusters: int | None = None
    se: float | None = None
    free: float | None = None

    def df(self, units: int) -> int:
        """Degrees of freedom: independent draws less two."""
        return max((self.clusters if self.clusters is not None else units) - 2, 1)


@dataclass(frozen=True)
class Needed:
    """The least number that finds the effect; `status` "already", "reached" or "unreachable" (then `n` is None)."""

    status: str
    n: int | None


@dataclass(frozen=True)
class Known:
    """Standard error of a design and the degrees of freedom it is known with; NaN where there can be none."""

    se: float
    df: float

    def mde(self, test: Test) -> float:
        """Minimum detectable effect."""
        return detectable(self.se, self.df, test.level, test.power) if math.isfinite(self.se) else math.nan

    def power(self, test: Test) -> float:
        """Power to find the effect of the test."""
        return power_of(test.effect, self.se, self.df, test.level) if math.isfinite(self.se) else math.nan


NONE = Known(math.nan, math.nan)


def candidates(
    plan: Plan,
    process: ErrorProcess,
    test: Test,
    *,
    entering: Sequence[int] = (20, 40, 80),
    years: Sequence[int] = (1, 2),
) -> pd.DataFrame:
    """One row a design.

    Designs: "now" (as it stands), "all_before" (the same data, changes measured from all years before the start),
    "years" (the same units observed longer), "pupils" (the same, with twice the persons measured in the new years; only
    where the sampling variance is known), "enter" (units enter next year, chosen as before, effect over all cohorts),
    "lottery" (units are drawn to enter next year, the effect on these alone).

    Returns:
        Columns `COLUMNS`; `se`, `mde`, `power` are NaN where too few units would remain for a comparison.
    """
    rows = [_row("now", 0, 0, plan, _longer(plan, process, test, 0), test)]
    whole = _extended(plan, process, test, plan, process.cov(plan.periods), all_before=True)
    rows.append(_row("all_before", 0, 0, plan, whole, test))
    for n in years:
        rows.append(_row("years", 0, n, longer(plan, n), _longer(plan, process, test, n), test))
    if math.isfinite(process.sampling) and process.sampling > 0:
        for n in years:
            rows.append(_row("pupils", 0, n, longer(plan, n), _longer(plan, process, test, n, persons=2.0), test))
    for kind, known in (("enter", _enter), ("lottery", _lottery)):
        for n in years:
            for k in entering:
                shown = entered(plan, n, k)
                treated = shown if kind == "enter" else replace(shown, cohorts={max(shown.cohorts): k})
                rows.append(_row(kind, k, n, treated, known(plan, process, test, n, k), test))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def most_entering(plan: Plan) -> int:
    """How many units the comparison can give and still be one."""
    return max(plan.never - MIN_WAITING, 0)


def numbers_entering(plan: Plan, wanted: Sequence[int]) -> tuple[int, ...]:
    """How many units may enter: the numbers wanted as far as the comparison can give them, else as many as it can.

    Where it cannot give the least of them: a third, two thirds, and all that it can. Empty where it can give none.
    """
    most = most_entering(plan)
    if most >= min(wanted):
        return tuple(sorted({min(k, most) for k in wanted}))
    return tuple(sorted({k for k in (round(most / 3), round(2 * most / 3), most) if k > 0}))


def longer(plan: Plan, years: int) -> Plan:
    """The plan measured more often, as many years apart as it is now."""
    last, step = plan.periods[-1], _step(plan)
    return replace(plan, periods=(*plan.periods, *range(last + step, last + step * years + 1, step)))


def entered(plan: Plan, years: int, units: int) -> Plan:
    """The plan with more years, in the first of which units that were never treated enter."""
    start = plan.periods[-1] + _step(plan)
    return replace(longer(plan, years), cohorts={**plan.cohorts, start: units}, never=plan.never - units)


def _step(plan: Plan) -> int:
    """Years from one measurement to the next, as a rule."""
    return max(int(np.median(np.diff(plan.periods))), 1) if len(plan.periods) > 1 else 1


def years_needed(plan: Plan, process: ErrorProcess, test: Test) -> Needed:
    """Fewest further years of the same units."""
    return _least(lambda n: _longer(plan, process, test, n), range(0, MAX_YEARS + 1), test)


def entering_needed(plan: Plan, process: ErrorProcess, test: Test, *, lottery: bool, years: int = 1) -> Needed:
    """Fewest units that enter next year, observed for `years`, out of those never treated."""
    most = most_entering(plan)
    if lottery:
        # beyond half of the waiting units a larger draw makes the comparison worse
        return _least(lambda k: _lottery(plan, process, test, years, k), range(2, most + 1), test)
    return _least(
        lambda k: _enter(plan, process, test, years, k) if k else _longer(plan, process, test, 0),
        range(0, most + 1),
        test,
    )


def fresh_needed(
    process: ErrorProcess, test: Test, *, before: int = 2, after: int = 2, most: int = 100_000
) -> int | None:
    """Units, half of them drawn to take part, that a new study of so many years before and after needs; None if over `most`.

    The formula of Burlig, Preonas & Woerman (2020) turned round; degrees of freedom follow the number of units.
    """
    single = burlig_variance(process.cov(range(before + after)), before, 1, 0.5) * _factor(process, test)
    size = process.cluster_size if test.clusters is not None else 1.0

    def short(pairs: int) -> bool:
        df = max(int(2 * pairs / size) - 2, 1)
        return detectable(math.sqrt(single / (2 * pairs)), df, test.level, test.power) > test.effect

    pairs = 2 + bisect.bisect_left(range(2, most // 2 + 1), True, key=lambda n: not short(n))
    return 2 * pairs if 2 * pairs <= most else None


def _least(known: Callable[[int], Known], tried: Sequence[int], test: Test) -> Needed:
    for n in tried:
        if known(n).mde(test) <= test.effect:
            return Needed("already" if n == 0 else "reached", n)
    return Needed("unreachable", None)


def _row(design: str, entering: int, years: int, plan: Plan, known: Known, test: Test) -> tuple[object, ...]:
    return design, entering, years, plan.treated, plan.never, known.se, known.mde(test), known.power(test)


def _factor(process: ErrorProcess, test: Test) -> float:
    return design_effect(process) if test.clusters is not None else 1.0


def _extended(
    plan: Plan, process: ErrorProcess, test: Test, more: Plan, cov: np.ndarray, *, all_before: bool = False
) -> Known:
    """A design that extends the one that stands: its standard error and degrees of freedom, times what the variance says.

    Where whole clusters are assigned they stay the independent draws, as many as they are.
    """
    now = process.cov(plan.periods)
    se = math.sqrt(variance(more, cov, all_before=all_before) * _factor(process, test))
    if test.se is not None:
        se *= test.se / math.sqrt(variance(plan, now) * _factor(process, test))
    if test.free is None:
        return Known(se, test.df(more.treated + more.never))
    if test.clusters is not None or math.isinf(test.free):
        return Known(se, test.free)
    return Known(se, max(test.free * freedom(more, cov, all_before=all_before) / freedom(plan, now), 1.0))


def _longer(plan: Plan, process: ErrorProcess, test: Test, years: int, persons: float = 1.0) -> Known:
    """More years; in these, `persons` times as many persons a unit are measured."""
    more = longer(plan, years)
    cov = process.cov(more.periods)
    if persons != 1.0:
        new = np.arange(len(more.periods)) >= len(plan.periods)
        cov = cov - np.diag(new * process.sampling * (1 - 1 / persons))
    return _extended(plan, process, test, more, cov)


def _enter(plan: Plan, process: ErrorProcess, test: Test, years: int, units: int) -> Known:
    if plan.never - units < MIN_WAITING:
        return NONE
    more = entered(plan, years, units)
    return _extended(plan, process, test, more, process.cov(more.periods))


def _lottery(plan: Plan, process: ErrorProcess, test: Test, years: int, units: int) -> Known:
    """Those drawn against those that wait, by the variance that all units have; draws less two."""
    if plan.never - units < MIN_WAITING or units < 2:
        return NONE
    more = entered(plan, years, units)
    cov = process.cov(more.periods)
    se = math.sqrt(lottery_variance(cov, len(plan.periods), units, more.never) * _factor(process, test))
    return Known(se, test.df(plan.never))
