"""Unit and other effects swept out of columns: residuals on dummies, by the theorem of Frisch, Waugh and Lovell."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse


def within_units(columns: np.ndarray, units: np.ndarray) -> np.ndarray:
    """Columns less each unit's mean.

    Args:
        columns: Rows by columns.
        units: Code of each row's unit, from 0 without gaps.
    """
    sizes = np.bincount(units)
    sums = np.zeros((len(sizes), columns.shape[1]))
    np.add.at(sums, units, columns)
    return np.asarray(columns - (sums / sizes[:, None])[units])


class TwoWay:
    """Unit and period effects of columns, by least squares on some rows; memory grows with the rows alone.

    The unit effects are swept out and the period effects follow from periods × periods normal equations, so that no dummy
    is written out. Exact on unbalanced panels.

    Args:
        units, periods: Code of each row's unit and period, from 0.
        weights: Weight of each row, constant within units.
        rows: Rows that the effects are fitted to; all where not given.
    """

    def __init__(
        self, units: np.ndarray, periods: np.ndarray, weights: np.ndarray, rows: np.ndarray | None = None
    ) -> None:
        self.units, self.periods = units, periods
        self._rows = np.ones(len(units)) if rows is None else rows.astype(float)
        shape = (int(units.max()) + 1, int(periods.max()) + 1)
        self._shape = shape
        self._count = np.maximum(np.bincount(units, weights=self._rows, minlength=shape[0]), 1.0)
        seen = sparse.csr_array((self._rows, (units, periods)), shape=shape)
        unit = np.zeros(shape[0])
        unit[units] = weights
        self._seen, self._weight = seen, unit
        cross = (seen.T @ (seen * (unit / self._count)[:, None])).toarray()
        gram = np.diag(seen.T @ unit) - cross
        self.inverse = np.linalg.pinv(gram, rcond=1e-10, hermitian=True)

    def period_sums(self, values: np.ndarray) -> np.ndarray:
        """Z'v: sums by period of a value a row, less what the unit effects of the rows fitted take of them."""
        by_unit = np.bincount(self.units, weights=values, minlength=self._shape[0]) / self._count
        return np.asarray(np.bincount(self.periods, weights=values, minlength=self._shape[1]) - self._seen.T @ by_unit)

    def spread(self, effects: np.ndarray) -> np.ndarray:
        """Zg: a period effect in each row, less its mean over the rows of the unit that are fitted."""
        return np.asarray(effects[self.periods] - (self._seen @ effects / self._count)[self.units])

    def unit_means(self, values: np.ndarray) -> np.ndarray:
        """Mean of a value over the unit's rows that are fitted, in each row."""
        sums = np.bincount(self.units, weights=values * self._rows, minlength=self._shape[0])
        return np.asarray((sums / self._count)[self.units])

    def residual(self, column: np.ndarray) -> np.ndarray:
        """The column in all rows, less the effects that fit it on the rows chosen."""
        free = column - self.unit_means(column)
        return np.asarray(
            free - self.spread(self.inverse @ self.period_sums(free * self._weight[self.units] * self._rows))
        )


class Sweep:
    """Residuals of columns on unit effects and the dummies of a second grouping, exact on unbalanced panels.

    Args:
        units: Each row's unit.
        groups: Each row's period, or cohort and period.
    """

    def __init__(self, units: pd.Series | np.ndarray, groups: pd.Series | np.ndarray) -> None:
        self._units = pd.factorize(np.asarray(units))[0]
        inner = within_units(dummies(groups), self._units)
        u, s, _ = np.linalg.svd(inner, full_matrices=False)
        self._basis = u[:, s > s.max(initial=0.0) * 1e-10]  # dummies that others add up to are left out

    def __call__(self, columns: np.ndarray) -> np.ndarray:
        inner = within_units(columns, self._units)
        return np.asarray(inner - self._basis @ (self._basis.T @ inner))


def dummies(groups: pd.Series | np.ndarray) -> np.ndarray:
    """One column of zeros and ones a group, without that of the first."""
    values = np.asarray(groups)
    return np.asarray(values[:, None] == np.unique(values)[None, 1:], dtype=float)


def robust_slope(
    regressor: np.ndarray, residuals: np.ndarray, outcome: np.ndarray, clusters: np.ndarray, columns: int
) -> tuple[float, float]:
    """Coefficient and standard error by cluster, from a regressor less what the other columns explain of it.

    The variance is CR1 (Liang & Zeger 1986, times G/(G-1) · (n-1)/(n-k)); with a cluster a row it is HC1 (White 1980,
    times n/(n-k)). Written out, since cleaning waits for the library that has it longer than for all that it computes.

    Args:
        regressor: A value a row, the other columns swept out.
        residuals: Of the whole regression.
        outcome: As measured.
        clusters: Code of each row's cluster, from 0 without gaps.
        columns: How many columns the regression has, k.

    Returns:
        Both in units of the outcome per unit of the regressor; the error is NaN where a cluster or a row is too few.
    """
    n, groups, power = len(outcome), int(clusters.max()) + 1, float(regressor @ regressor)
    scores = np.bincount(clusters, weights=regressor * residuals)
    factor = groups / (groups - 1) * (n - 1) / (n - columns) if groups > 1 and n > columns else float("nan")
    return float(regressor @ outcome / power), float(np.sqrt(factor * (scores @ scores)) / power)
