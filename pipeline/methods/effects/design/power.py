"""What the next design could find: minimum detectable effects from the data's own variance and serial correlation.

The group-time effect is linear in the data, so its variance under any staggered design follows from the covariance of a
unit's errors over the years. That covariance is taken from the data (deviations from cohort × period means, so that unit
effects cancel and effects of the programme do not count as noise), and continued to later years by a permanent, a fading
and a one-year component. For one cohort and means before and after it is the formula of Burlig, Preonas & Woerman (2020).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import scipy

from pipeline.errors import DesignError
from pipeline.methods.effects.design.design import Design

_DECAYS = np.round(np.arange(0.1, 0.95, 0.1), 1)


@dataclass(frozen=True, eq=False)
class ErrorProcess:
    """Covariance of a unit's errors: permanent + fading × decay^|years apart| + one-year × 1{same year}.

    Attributes:
        permanent, fading, decay, one_year: The components (variances) and the correlation from year to year of the
            fading one.
        sampling: The part of `one_year` that comes from measuring few persons a unit; NaN where not known.
        cluster_share: Intraclass correlation of changes within clusters above the unit (0 where there is none).
        cluster_size: Mean number of units a cluster.
        lags: `lag` (years), `covariance` (observed), `fitted`, `n`.
    """

    permanent: float
    fading: float
    decay: float
    one_year: float
    sampling: float
    cluster_share: float
    cluster_size: float
    lags: pd.DataFrame = field(repr=False)

    @property
    def variance(self) -> float:
        """Variance between units of one year's value."""
        return self.permanent + self.fading + self.one_year

    @property
    def correlation(self) -> float:
        """Correlation of a unit's values in neighbouring years."""
        return (self.permanent + self.fading * self.decay) / self.variance

    def cov(self, periods: Sequence[int]) -> np.ndarray:
        """Covariance matrix of a unit's errors in these years."""
        years = np.asarray(periods, dtype=float)
        apart = np.abs(years[:, None] - years[None, :])
        return np.asarray(self.permanent + self.fading * self.decay**apart + self.one_year * (apart == 0))


@dataclass(frozen=True)
class Plan:
    """A design: measured years, first treated year -> number of units, and units never treated."""

    periods: tuple[int, ...]
    cohorts: Mapping[int, int]
    never: int

    @property
    def treated(self) -> int:
        return sum(self.cohorts.values())


def error_process(design: Design, sampling: float = math.nan) -> ErrorProcess:
    """The components of the error's covariance, by least squares on the covariance by lag.

    Args:
        design: From `make_design`.
        sampling: Variance of a unit's yearly value that comes from its few measured persons, where known.

    Raises:
        DesignError: Fewer than 20 units, or no variance.
    """
    design.refuse_weights("The calculation of power")
    wide = design.data.pivot(index="unit", columns="period", values="y")
    units = design.units.loc[wide.index]
    cohort = units["cohort"].fillna(-1)
    deviation = wide - wide.groupby(cohort).transform("mean")
    lags = _covariances(deviation, cohort)
    if len(wide) < 20 or not lags.loc[lags["lag"] == 0, "covariance"].iloc[0] > 0:
        raise DesignError(
            "The variance of the outcome between units cannot be estimated.",
            where=f"outcome {design.outcome!r}, {len(wide)} units",
            expected="20 units or more that differ",
            todo="Leave out the power of later designs.",
        )
    permanent, fading, decay, one_year, fitted = _components(lags)
    clustered = not design.cluster_is_unit
    return ErrorProcess(
        permanent=permanent,
        fading=fading,
        decay=decay,
        one_year=one_year,
        sampling=min(sampling, one_year) if math.isfinite(sampling) else math.nan,
        cluster_share=_cluster_share(deviation, units["cluster"]) if clustered else 0.0,
        cluster_size=len(units) / units["cluster"].nunique(),
        lags=lags.assign(fitted=fitted),
    )


def plan_of(design: Design) -> Plan:
    """The design as it stands."""
    units = design.units
    sizes = units["cohort"].dropna().astype(int).value_counts().sort_index()
    cohorts = {int(str(c)): int(n) for c, n in sizes.items()}
    return Plan(design.periods, cohorts, int(units["cohort"].isna().sum()))


def variance(plan: Plan, cov: np.ndarray, *, all_before: bool = False) -> float:
    """Variance of the mean group-time effect of a plan (all cells after the start, by cohort size, units never treated).

    Each cohort's mean enters with weight w in each year under treatment and minus their sum in the last year before;
    the units never treated enter with the opposite of all these, so Var = sum_g c_g' S c_g / n_g + c_0' S c_0 / n_0.

    Args:
        plan: The design.
        cov: Covariance S of a unit's errors over the plan's years.
        all_before: Measure changes from the mean of all years before the start, not from the last one: less noise, and
            parallel trends are then needed over all these years.

    Raises:
        DesignError: No unit never treated, or a cohort without a year before.
    """
    return float(_terms(plan, cov, all_before=all_before)[0].sum())


def freedom(plan: Plan, cov: np.ndarray, *, all_before: bool = False) -> float:
    """Degrees of freedom of that variance where each group's is estimated by itself (Satterthwaite 1946).

    (sum_g V_g)^2 / sum_g V_g^2 / (n_g - 1), over cohorts and the units never treated; a group of one counts as one of two.
    """
    terms, units = _terms(plan, cov, all_before=all_before)
    return float(terms.sum() ** 2 / (terms**2 / np.maximum(units - 1, 1)).sum())


def _terms(plan: Plan, cov: np.ndarray, *, all_before: bool) -> tuple[np.ndarray, np.ndarray]:
    """What each cohort and, last, the units never treated add to the variance, and how many units each has."""
    chosen = list(plan.cohorts)
    periods = np.array(plan.periods)
    if plan.never < 1 or not chosen or any(c <= periods[0] or c > periods[-1] for c in chosen):
        raise DesignError("The plan has no comparison units, or a cohort without a year before and one after.")
    contrasts = []
    for cohort in chosen:
        after = periods >= cohort
        c = plan.cohorts[cohort] * after.astype(float)
        first = int(np.flatnonzero(after)[0])
        base = slice(0 if all_before else first - 1, first)
        c[base] = -c.sum() / len(c[base])
        contrasts.append(c)
    c = np.array(contrasts) / sum(float(one[one > 0].sum()) for one in contrasts)
    groups = np.vstack([c, c.sum(axis=0)])
    units = np.array([*(plan.cohorts[g] for g in chosen), plan.never], float)
    return np.einsum("ij,jk,ik->i", groups, cov, groups) / units, units


def lottery_variance(cov: np.ndarray, before: int, entering: int, waiting: int) -> float:
    """Variance of the effect on units drawn to enter, with the mean before as covariate (McKenzie 2012).

    (1/n_1 + 1/n_0) (V_after - C^2 / V_before), with V the variances of a unit's means after and before, C their
    covariance. Chance takes the place of parallel trends.

    Args:
        cov: Covariance of a unit's errors, the years before first.
        before: Number of years before.
        entering, waiting: Units drawn to enter, and the others.
    """
    after = cov.shape[0] - before
    a = np.r_[np.zeros(before), np.full(after, 1 / after)]
    b = np.r_[np.full(before, 1 / before), np.zeros(after)]
    residual = a @ cov @ a - (a @ cov @ b) ** 2 / (b @ cov @ b)
    return float((1 / entering + 1 / waiting) * residual)


def burlig_variance(cov: np.ndarray, before: int, units: int, share_treated: float) -> float:
    """Variance of a difference of means before and after (Burlig, Preonas & Woerman 2020, equation 2).

    1/(P(1-P)J) {(m+r)/(mr) s2 + (m-1)/m psi_B + (r-1)/r psi_A - 2 psi_X}: m years before, r after, s2 the mean variance of
    an error, psi the mean covariances of two different years before, after, and of one before with one after.

    Args:
        cov: Covariance of a unit's errors, the years before first.
        before: m.
        units: J, treated and comparison together.
        share_treated: P.
    """
    m, r = before, cov.shape[0] - before
    early, late, cross = cov[:m, :m], cov[m:, m:], cov[:m, m:]

    def between(block: np.ndarray) -> float:
        k = len(block)
        return float(block.sum() - np.trace(block)) / (k * (k - 1)) if k > 1 else 0.0

    # with variances that differ between years, s2 is weighted so that the formula stays exact
    s2 = (np.trace(early) / m**2 + np.trace(late) / r**2) / (1 / m + 1 / r)
    inner = (m + r) / (m * r) * s2 + (m - 1) / m * between(early) + (r - 1) / r * between(late) - 2 * cross.mean()
    return float(inner / (share_treated * (1 - share_treated) * units))


def design_effect(process: ErrorProcess) -> float:
    """Factor on variances where whole clusters are assigned: 1 + (size - 1) × intraclass correlation of changes."""
    return 1 + max(process.cluster_size - 1, 0) * process.cluster_share


def detectable(se: float, df: float, level: float = 0.95, power: float = 0.80) -> float:
    """Effect that a two-sided t test finds with the stated power: (t_{(1+level)/2} + t_power) se (Bloom 1995)."""
    return float(scipy.stats.t.ppf(0.5 + level / 2, df) + scipy.stats.t.ppf(power, df)) * se


def power_of(effect: float, se: float, df: float, level: float = 0.95) -> float:
    """Probability that the test finds the effect; `detectable` turned round, so it is `power` at that effect."""
    return float(scipy.stats.t.cdf(abs(effect) / se - scipy.stats.t.ppf(0.5 + level / 2, df), df))


def _covariances(deviation: pd.DataFrame, cohort: pd.Series) -> pd.DataFrame:
    """Mean covariance of deviations by years apart, each pair of years freed of its cohorts' means."""
    years = [int(p) for p in deviation.columns]
    values = deviation.to_numpy(float)
    rows = []
    for i, first in enumerate(years):
        for j in range(i, len(years)):
            both = np.isfinite(values[:, i]) & np.isfinite(values[:, j])
            free = int(both.sum()) - cohort[both].nunique()
            if free > 0:
                rows.append((years[j] - first, float(values[both, i] @ values[both, j]), free))
    pairs = pd.DataFrame(rows, columns=["lag", "sum", "n"]).groupby("lag", as_index=False).sum()
    return pairs.assign(covariance=pairs["sum"] / pairs["n"])[["lag", "covariance", "n"]]


def _components(lags: pd.DataFrame) -> tuple[float, float, float, float, np.ndarray]:
    """Permanent, fading, decay, one-year component: non-negative least squares over a grid of decays.

    With fewer than four different lags a fading component cannot be told from the others and is left out.
    """
    lag, weight = lags["lag"].to_numpy(float), np.sqrt(lags["n"].to_numpy(float))
    target = lags["covariance"].to_numpy(float) * weight

    def fit(decay: float | None) -> tuple[float, np.ndarray, np.ndarray]:
        shapes = [np.ones_like(lag), (lag == 0).astype(float)]
        if decay is not None:
            shapes.append(decay**lag)
        design = np.column_stack(shapes)
        found, rest = scipy.optimize.nnls(design * weight[:, None], target)
        return float(rest), found, design @ found

    best, found, fitted = fit(None)
    choice = (float(found[0]), 0.0, 0.0, float(found[1]), fitted)
    for decay in _DECAYS if len(lag) >= 4 else ():
        rest, found, fitted = fit(float(decay))
        if rest < best * (1 - 1e-9):
            best, choice = rest, (float(found[0]), float(found[2]), float(decay), float(found[1]), fitted)
    return choice


def _cluster_share(deviation: pd.DataFrame, cluster: pd.Series) -> float:
    """Intraclass correlation of changes from one measured year to the next, by analysis of variance within years."""
    between = within = size = 0.0
    groups = free = 0
    for change in deviation.diff(axis=1).iloc[:, 1:].to_numpy(float).T:
        seen = np.isfinite(change)
        parts = pd.Series(change[seen]).groupby(cluster.to_numpy()[seen])
        counts, means, n = parts.size().to_numpy(float), parts.mean().to_numpy(float), int(seen.sum())
        if len(counts) < 2 or n <= len(counts):
            continue
        between += float((counts * (means - change[seen].mean()) ** 2).sum())
        within += float(((change[seen] - parts.transform("mean").to_numpy(float)) ** 2).sum())
        size += n - float((counts**2).sum()) / n
        groups += len(counts) - 1
        free += n - len(counts)
    if not groups or not free or not within:
        return 0.0
    mean_between, mean_within, typical = between / groups, within / free, size / groups
    return max((mean_between - mean_within) / (mean_between + (typical - 1) * mean_within), 0.0)
