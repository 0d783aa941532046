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
    lottery_variance,
    power_of,
    variance,
)

MIN_WAITING = 10
"""Fewest units that must remain without the programme for a comparison."""
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
    """

    __test__ = False  # not a test of pytest
    effect: float
    level: float = 0.95
    power: float = 0.80
    clusters: int | None = None

    def df(self, units: int) -> int:
        """Degrees of freedom: independent draws less two."""
        return max((self.clusters if self.clusters is not None else units) - 2, 1)


@dataclass(frozen=True)
class Needed:
    """The least number that finds the effect; `status` "already", "reached" or "unreachable" (then `n` is None)."""

    status: str
    n: int | None


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
    rows = [_row("now", 0, 0, plan, _se_longer(plan, process, test, 0), test)]
    whole = math.sqrt(variance(plan, process.cov(plan.periods), all_before=True) * _factor(process, test))
    rows.append(_row("all_before", 0, 0, plan, whole, test))
    for n in years:
        rows.append(_row("years", 0, n, longer(plan, n), _se_longer(plan, process, test, n), test))
    if math.isfinite(process.sampling) and process.sampling > 0:
        for n in years:
            se = _se_longer(plan, process, test, n, persons=2.0)
            rows.append(_row("pupils", 0, n, longer(plan, n), se, test))
    for kind, se_of in (("enter", _se_enter), ("lottery", _se_lottery)):
        for n in years:
            for k in entering:
                shown = entered(plan, n, k)
                treated = shown if kind == "enter" else replace(shown, cohorts={max(shown.cohorts): k})
                rows.append(_row(kind, k, n, treated, se_of(plan, process, test, n, k), test))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def longer(plan: Plan, years: int) -> Plan:
    """The plan with more years of measurement."""
    last = plan.periods[-1]
    return replace(plan, periods=(*plan.periods, *range(last + 1, last + years + 1)))


def entered(plan: Plan, years: int, units: int) -> Plan:
    """The plan with more years, in the first of which units that were never treated enter."""
    start = plan.periods[-1] + 1
    return replace(longer(plan, years), cohorts={**plan.cohorts, start: units}, never=plan.never - units)


def years_needed(plan: Plan, process: ErrorProcess, test: Test) -> Needed:
    """Fewest further years of the same units."""
    return _least(lambda n: _se_longer(plan, process, test, n), range(0, MAX_YEARS + 1), _units(plan), test)


def entering_needed(plan: Plan, process: ErrorProcess, test: Test, *, lottery: bool, years: int = 1) -> Needed:
    """Fewest units that enter next year, observed for `years`, out of those never treated."""
    most = plan.never - MIN_WAITING
    if lottery:
        # beyond half of the waiting units a larger draw makes the comparison worse
        return _least(
            lambda k: _se_lottery(plan, process, test, years, k), range(2, most + 1), lambda _: plan.never, test
        )
    return _least(
        lambda k: _se_enter(plan, process, test, years, k) if k else _se_longer(plan, process, test, 0),
        range(0, most + 1),
        _units(plan),
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


def _units(plan: Plan) -> Callable[[int], int]:
    return lambda _: plan.treated + plan.never


def _least(se_of: Callable[[int], float], tried: Sequence[int], units: Callable[[int], int], test: Test) -> Needed:
    for n in tried:
        se = se_of(n)
        if math.isfinite(se) and detectable(se, test.df(units(n)), test.level, test.power) <= test.effect:
            return Needed("already" if n == 0 else "reached", n)
    return Needed("unreachable", None)


def _row(design: str, entering: int, years: int, plan: Plan, se: float, test: Test) -> tuple[object, ...]:
    df = test.df(plan.treated + plan.never)
    known = math.isfinite(se)
    mde = detectable(se, df, test.level, test.power) if known else math.nan
    power = power_of(test.effect, se, df, test.level) if known else math.nan
    return design, entering, years, plan.treated, max(plan.never, 0), se, mde, power


def _factor(process: ErrorProcess, test: Test) -> float:
    return design_effect(process) if test.clusters is not None else 1.0


def _se_longer(plan: Plan, process: ErrorProcess, test: Test, years: int, persons: float = 1.0) -> float:
    """Standard error with more years; in these, `persons` times as many persons a unit are measured."""
    more = longer(plan, years)
    cov = process.cov(more.periods)
    if persons != 1.0:
        new = np.arange(len(more.periods)) >= len(plan.periods)
        cov = cov - np.diag(new * process.sampling * (1 - 1 / persons))
    return math.sqrt(variance(more, cov) * _factor(process, test))


def _se_enter(plan: Plan, process: ErrorProcess, test: Test, years: int, units: int) -> float:
    if plan.never - units < MIN_WAITING:
        return math.nan
    more = entered(plan, years, units)
    return math.sqrt(variance(more, process.cov(more.periods)) * _factor(process, test))


def _se_lottery(plan: Plan, process: ErrorProcess, test: Test, years: int, units: int) -> float:
    if plan.never - units < MIN_WAITING or units < 2:
        return math.nan
    more = entered(plan, years, units)
    cov = process.cov(more.periods)
    return math.sqrt(lottery_variance(cov, len(plan.periods), units, more.never) * _factor(process, test))
