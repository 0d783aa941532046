"""Unit and other effects swept out of columns: residuals on dummies, by the theorem of Frisch, Waugh and Lovell."""

from __future__ import annotations

import numpy as np
import pandas as pd


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
