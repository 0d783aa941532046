"""The covariance of combinations of cells, and degrees of freedom: what both forms of a spread share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

Kind = Literal["robust", "pooled"]
Cluster = Literal["unit", "cluster"]
ENOUGH = 10.0
"""Degrees of freedom of the robust covariance below which the pooled one takes its place."""


@dataclass(frozen=True, eq=False)
class Joint:
    """Covariance of several combinations of cells, the degrees of freedom it is known with, and which kind it is."""

    cov: np.ndarray
    df: float
    kind: Kind


def bell_mccaffrey(v: np.ndarray, n: np.ndarray) -> float:
    """Least degrees of freedom of several combinations; 0 where a group of one draw has a part in one of them.

    Args:
        v: Groups × combinations, what each group adds to the variance.
        n: Draws of each group.
    """
    total = v.sum(axis=0)
    alone = (n < 2)[:, None] & (v > 1e-9 * total)
    with np.errstate(divide="ignore", invalid="ignore"):
        df = total**2 / (v**2 / np.maximum(n - 1, 1)[:, None]).sum(axis=0)
    df = np.where(alone.any(axis=0), 0.0, df)
    return float(np.nanmin(df)) if np.isfinite(df).any() else 0.0


def single_cells(
    se: np.ndarray, n: np.ndarray, v: np.ndarray, variance: np.ndarray, free: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Standard error and degrees of freedom of every cell by itself, and whether they are the pooled ones.

    Args:
        se: Robust standard errors.
        n, v: Draws and sum of squared weights of both sides (2 × cells).
        variance, free: Variance of each cell's change within cohorts, and its degrees of freedom.
    """
    (n1, n0), (v1, v0) = n, v
    with np.errstate(divide="ignore", invalid="ignore"):
        df = (v1 + v0) ** 2 / (v1**2 / (n1 - 1) + v0**2 / (n0 - 1))
    few = (np.minimum(n1, n0) < 2) | (df < ENOUGH)
    known = np.where(few, np.sqrt(np.maximum(variance, 0) * (v1 + v0)), se)
    return known, np.maximum(np.where(few, free, df), 1.0), few
