"""How often the rules gave each verdict in simulated studies: the table that `make validate` measures, as it was kept.

A report reads it here, to print what would have been said of studies of its own shape; the worlds and the bounds that the
rules have to keep in them stand in `pipeline.validation.judged`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import scipy

TABLE = Path(__file__).parents[3] / "validation" / "characteristics.json"


@dataclass(frozen=True)
class Simulated:
    """The shape of the simulated studies: units and treated units, independent draws (units, or clusters where whole ones
    take part) and treated ones, measured periods, primary outcomes."""

    name: str
    units: int
    treated: int
    draws: int
    treated_draws: int
    periods: int
    outcomes: int
    by_cluster: bool


@cache
def content(path: Path = TABLE) -> Mapping[str, Any]:
    """What was written last: `seed`, `shapes`, `worlds`, `frontier`."""
    found: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def kept(path: Path = TABLE) -> pd.DataFrame:
    """One row a world: `shape`, `world`, `kind`, `n`, `mde`, the share of studies given each verdict, `first`."""
    return pd.DataFrame(content(path)["worlds"])


def nearest(
    draws: int, treated: int, outcomes: int = 1, periods: int = 7, *, by_cluster: bool = False, path: Path = TABLE
) -> tuple[Simulated, pd.DataFrame]:
    """The simulated shape nearest to a study's, and the table's rows on it.

    Near in the ratios of the numbers of independent draws, of treated ones, of primary outcomes and of periods; a study in
    which whole clusters take part is set beside such shapes only.

    Args:
        draws, treated: Independent draws (units, or clusters where whole ones take part) that carry the estimate.
        outcomes, periods: Primary outcomes, and measured periods.
        by_cluster: Whether whole clusters take part.
        path: The table.
    """

    def distance(shape: Simulated) -> float:
        pairs = (
            (draws, shape.draws),
            (treated, shape.treated_draws),
            (outcomes, shape.outcomes),
            (periods, shape.periods),
        )
        return sum(math.log(max(a, 1) / b) ** 2 for a, b in pairs)

    shapes = [Simulated(**row) for row in content(path)["shapes"]]
    found = min((s for s in shapes if s.by_cluster == by_cluster), key=distance)
    table = kept(path)
    return found, table[table["shape"] == found.name].reset_index(drop=True)


def beyond_by_chance(panels: Sequence[int], there: int, most: float, level: float = 0.95) -> tuple[float, float]:
    """What chance alone brings among simulated worlds where every interval covers as promised (binomial laws).

    Args:
        panels: Panels of each world; those of different worlds are independent.
        there: Worlds whose coverage lies beyond `most`.
        most: Distance from `level` in Monte Carlo errors taken at `level`, beyond which a world is remarked on.
        level: Coverage promised.

    Returns:
        Worlds expected beyond it, and the probability of at least as many as there are.
    """
    n = np.asarray(panels, dtype=float)
    slack = most * np.sqrt(level * (1 - level) * n)
    below = scipy.stats.binom.cdf(np.ceil(level * n - slack) - 1, n, level)
    above = scipy.stats.binom.sf(np.floor(level * n + slack), n, level)
    law = np.ones(1)  # of the number of worlds beyond it, world by world
    for beyond in below + above:
        law = np.convolve(law, [1 - beyond, beyond])
    return float((below + above).sum()), float(law[there:].sum())
