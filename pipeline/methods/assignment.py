"""At which level treatment was given, as far as the data tell it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import special

_CHANCE = 0.20
"""Level of the test that units were taken one by one. To take clusters for draws where units were costs precision; the other
error costs the verdict's error rates, and with clusters of two to four units a strict test seldom sees it."""


def by_cluster(first: pd.Series, cluster: pd.Series) -> bool:
    """Whether clusters take part, not their units one by one: then a cluster is one independent draw.

    So it is where all units of a cluster start together, where all of them start beside clusters that never do, and where the
    share that takes part, or among those the starts, differ between clusters by more than they would had units been drawn
    singly (Pearson's chi-squared test of homogeneity at 20 per cent). Where each unit is a cluster of its own there is
    nothing to tell.

    Args:
        first: First treated period of each unit, missing for those never treated.
        cluster: Cluster of each unit, in the same order.
    """
    codes, treated = first.fillna(-1).to_numpy(), first.notna().to_numpy(int)
    label = pd.factorize(cluster, sort=True)[0]
    size = pd.Series(treated).groupby(label).size()
    if len(size) == len(label):
        return False
    if (pd.Series(codes).groupby(label).nunique() == 1).all():
        return True
    taken = pd.Series(treated).groupby(label).sum()
    if taken.isin([0]).any() and ((taken == 0) | (taken == size)).all():
        return True
    some = treated == 1
    return _apart(treated, label) or _apart(codes[some], label[some])


def _apart(kind: np.ndarray, label: np.ndarray) -> bool:
    """Whether kinds of units are spread over clusters less evenly than chance would leave them."""
    counts = pd.crosstab(label, kind).to_numpy(float)
    df = (counts.shape[0] - 1) * (counts.shape[1] - 1)
    if df == 0:
        return False
    expected = counts.sum(axis=1, keepdims=True) * counts.sum(axis=0) / counts.sum()
    return bool(special.chdtrc(df, float(((counts - expected) ** 2 / expected).sum())) < _CHANCE)
