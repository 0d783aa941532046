"""Pupils' scores as sums of school, year, grade and subject, exact whatever the order of the rows and whoever added.

Scores are decimal numbers: their sums and sums of squares are whole numbers of a power of ten, added without rounding.
Only the results are rounded, once. An engine that holds the rows and a data frame therefore give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import pandas as pd

from pipeline.errors import DesignError

SUMS = "pupil_sums"
"""Table of the sums of pupils' scores, where pupils themselves are not kept."""
COUNT = "pupil_count"
"""Beside it, a table of one number: how many different pupils there are."""
CELL = ["unit", "period", "grade", "subject"]
MOST_DECIMALS = 9
"""Decimals of a score that count; what comes after them is rounded off."""
_EXACT = 2**53
"""Whole numbers up to here are floats, too, so that a division of two of them rounds once."""
_SAFE = 2**62
_HALF = 20
_RANGES = 16


class PlainSums(Protocol):
    """Sums that an engine made (`plain_pupils.PlainPupils`)."""

    @property
    def sums(self) -> pd.DataFrame: ...
    @property
    def decimals(self) -> int: ...
    @property
    def pupils(self) -> np.ndarray: ...


def decimals_of(values: np.ndarray) -> int:
    """Decimals that all numbers have at most, up to `MOST_DECIMALS`."""
    for decimals in range(MOST_DECIMALS):
        if (np.rint(values * 10.0**decimals) / 10.0**decimals == values).all():
            return decimals
    return MOST_DECIMALS


def distinct(values: np.ndarray) -> np.ndarray:
    """Different values, ascending; by sorting, which takes no table beside them."""
    ordered = np.sort(values)
    first = np.ones(len(ordered), dtype=bool)
    first[1:] = ordered[1:] != ordered[:-1]
    found: np.ndarray = ordered[first]
    return found


def whole(values: np.ndarray, decimals: int) -> np.ndarray:
    """Numbers as whole numbers of 10**-decimals (int64)."""
    found: np.ndarray = np.rint(values * 10.0**decimals).astype(np.int64)
    return found


def integer_sums(scores: pd.DataFrame, decimals: int, by: Sequence[str] = CELL) -> pd.DataFrame:
    """Count, sum and sum of squares of each cell in whole numbers of 10**-decimals.

    Args:
        scores: The columns `by`, and `score`.
        decimals: Of the scores.
        by: What makes a cell.

    Returns:
        `by`, `n`, `total`, `squares`; the last two as Python's whole numbers, which have no end.
    """
    q = whole(scores["score"].to_numpy(np.float64), decimals)
    high, low = q >> _HALF, q & ((1 << _HALF) - 1)
    parts = scores[list(by)].assign(q=q, hh=high * high, hl=high * low, ll=low * low)
    found = parts.groupby(list(by), as_index=False).agg(
        n=("q", "size"), total=("q", "sum"), hh=("hh", "sum"), hl=("hl", "sum"), ll=("ll", "sum")
    )
    hh, hl, ll = (found[name].astype(object) for name in ("hh", "hl", "ll"))
    squares = hh * (1 << 2 * _HALF) + hl * (1 << (_HALF + 1)) + ll
    return found[[*by, "n"]].assign(total=found["total"].astype(object), squares=squares)


def moments(sums: pd.DataFrame, decimals: int) -> pd.DataFrame:
    """`mean`, and `spread`: the sum of squared deviations from it, each rounded once.

    Args:
        sums: `n`, `total`, `squares` of `integer_sums`, beside the columns that make a cell.
        decimals: Of the whole numbers.
    """
    n, total, squares = (sums[name] for name in ("n", "total", "squares"))
    n = n.astype(object)
    mean = _divided(total, n * 10**decimals)
    spread = _divided(n * squares - total * total, n * 10 ** (2 * decimals))
    keys = [name for name in sums.columns if name not in ("n", "total", "squares")]
    return sums[keys].assign(n=sums["n"].astype("int64"), mean=mean, spread=spread)


def _divided(above: pd.Series, below: pd.Series) -> np.ndarray:
    """Quotients of whole numbers, correctly rounded: as floats where both are floats, else as Python divides them."""
    if len(above) == 0:
        return np.zeros(0)
    if max(abs(above.max()), abs(above.min()), below.max()) < _EXACT:
        return np.asarray(above, dtype=np.float64) / np.asarray(below, dtype=np.float64)
    return np.array([a / b for a, b in zip(above, below, strict=True)], dtype=np.float64)


def pupil_sums(scores: pd.DataFrame) -> pd.DataFrame:
    """The sums of pupils' scores: `unit`, `period`, `grade`, `subject`, `n`, `mean`, `spread`, sorted.

    Args:
        scores: `unit`, `period`, `grade`, `subject`, `score`, one row a pupil and subject.
    """
    parts = []
    for _, year in scores.groupby("period"):
        decimals = decimals_of(year["score"].to_numpy(np.float64))
        parts.append(moments(integer_sums(year, decimals), decimals))
    found = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*CELL, "n", "mean", "spread"])
    return found.sort_values(CELL, ignore_index=True)


def together(cells: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Cells put together: `n`, `mean` and `spread` of larger ones (Chan, Golub & LeVeque 1983, equation 2.1)."""
    grouped = cells.assign(total=cells["n"] * cells["mean"]).groupby(list(by), as_index=False)[["n", "total"]].sum()
    grouped["mean"] = grouped.pop("total") / grouped["n"]
    apart = cells.merge(grouped[[*by, "mean"]], on=list(by), suffixes=("", "_all"))
    apart["spread"] += apart["n"] * (apart["mean"] - apart["mean_all"]) ** 2
    spread = apart.groupby(list(by), as_index=False)["spread"].sum()
    return grouped.merge(spread, on=list(by))


def scales(sums: pd.DataFrame, cohorts: pd.Series) -> pd.DataFrame:
    """`mean` and `std` of pupils of never-treated schools: `period`, `grade`, `subject`.

    A cell with one such pupil has no standard deviation, one without any has no row.
    """
    never = sums[sums["unit"].map(cohorts).isna()]
    found = together(never, ["period", "grade", "subject"])
    below = (found["n"] - 1).where(found["n"] > 1)
    return found.assign(std=np.sqrt(found["spread"] / below))[["period", "grade", "subject", "mean", "std"]]


def require_scale(frame: pd.DataFrame, cell: str) -> None:
    """Refuse rows whose cell has no standard deviation to divide by.

    Raises:
        DesignError: Names the first such cell.
    """
    bad = ~(frame["std"] > 0)
    if bad.any():
        where = ", ".join(
            f"{k} {frame.loc[bad, k].iloc[0]}" for k in ("period", "grade", "level", "subject") if k in frame
        )
        raise DesignError(
            f"A cell of {cell} has fewer than two never-treated schools with different values to standardise on.",
            where=where,
            todo="Give data of never-treated schools for this cell, or leave the cell's level out of the study.",
            code="no_scale",
        )


def standardised_cells(sums: pd.DataFrame, cohorts: pd.Series) -> pd.DataFrame:
    """The sums with `z`, each cell's mean in standard deviations of its test's pupils of never-treated schools."""
    joined = sums.merge(scales(sums, cohorts), on=["period", "grade", "subject"], how="left", suffixes=("", "_test"))
    require_scale(joined, "year × grade × subject")
    return joined.assign(z=(joined["mean"] - joined["mean_test"]) / joined["std"])


def standardised_sums(sums: pd.DataFrame, cohorts: pd.Series) -> pd.DataFrame:
    """School means of pupils' standardised scores, from their sums.

    Returns:
        `unit`, `period`, and for each subject its mean and `n_<subject>` (pupils behind it).
    """
    cells = standardised_cells(sums, cohorts)
    whole_school = (
        cells.assign(total=cells["n"] * cells["z"]).groupby(["unit", "period", "subject"])[["n", "total"]].sum()
    )
    means = (whole_school["total"] / whole_school["n"]).unstack("subject")
    sizes = whole_school["n"].unstack("subject")
    parts = {name: means[name] for name in means.columns}
    counts = {f"n_{name}": sizes[name].astype("Int64") for name in sizes.columns}
    return pd.DataFrame({**parts, **counts}).reset_index()


class Pupils:
    """Pupils of whom nothing is kept but sums: each year's, and how many different ones there are over all years."""

    def __init__(self) -> None:
        self._years: list[pd.DataFrame] = []
        self._digits: list[np.ndarray] = []

    def add(self, period: int, pupils: pd.DataFrame, subjects: Sequence[str], plain: PlainSums | None) -> None:
        """Add a year's pupils: those that were read one by one, and those that an engine has summed.

        Args:
            period: The year.
            pupils: `digits`, `unit`, `grade` and the subjects.
            subjects: Names of the scores.
            plain: The engine's.
        """
        long = pupils.melt(["digits", "unit", "grade"], list(subjects), var_name="subject", value_name="score")
        long = long.dropna(subset=["score"]).astype({"score": "float64", "grade": "int64"})
        by = ["unit", "grade", "subject"]
        decimals = decimals_of(long["score"].to_numpy()) if plain is None else plain.decimals
        parts = [integer_sums(long, decimals, by)] if len(long) else []
        if plain is not None:
            parts.append(plain.sums[[*by, "n", "total", "squares"]])
            self._digits.append(plain.pupils)
        if parts:
            year = pd.concat(parts).groupby(by, as_index=False)[["n", "total", "squares"]].sum()
            self._years.append(moments(year, decimals).assign(period=period))
        self._digits.append(distinct(long["digits"].astype("int64").to_numpy()))

    def sums(self) -> pd.DataFrame | None:
        """As `pupil_sums`; None where there were no pupils."""
        if not self._years:
            return None
        found = pd.concat(self._years, ignore_index=True)[[*CELL, "n", "mean", "spread"]]
        return found.astype({"period": "int64"}).sort_values(CELL, ignore_index=True)

    def count(self) -> int:
        """Different pupils over all years, counted range by range: no more than a part is in memory twice."""
        if not sum(map(len, self._digits)):
            return 0
        some = np.sort(np.concatenate([part[:: len(part) // _RANGES + 1] for part in self._digits]))
        edges = some[:: len(some) // _RANGES + 1]  # about as many numbers between each two, wherever numbers lie close
        ends = [[0, *np.searchsorted(part, edges), len(part)] for part in self._digits]
        count = 0
        for k in range(len(edges) + 1):
            ordered = np.concatenate([part[end[k] : end[k + 1]] for part, end in zip(self._digits, ends, strict=True)])
            ordered.sort()
            count += int(np.count_nonzero(ordered[1:] != ordered[:-1])) + (len(ordered) > 0)
        return count
