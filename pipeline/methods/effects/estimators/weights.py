"""Weights of the two-way coefficient on the effects it averages (de Chaisemartin & D'Haultfœuille 2020, theorem 1)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.methods.effects.design import Design
from pipeline.methods.effects.sweep import TwoWay

_ZERO = 1e-10


@dataclass(frozen=True, eq=False)
class TwoWayWeights:
    """Weights that sum to one over the rows under treatment.

    Attributes:
        table: One row a cohort and period under treatment: `cohort`, `period` (calendar), `n` (rows), `weight`
            (summed over rows), `equal` (share of rows: the weight in the mean effect on the treated).
        share_negative, share_zero: Shares of the rows under treatment whose weight is below zero, or zero.
        sum_negative: Sum of the weights below zero.
    """

    table: pd.DataFrame
    share_negative: float
    share_zero: float
    sum_negative: float


def two_way_weights(design: Design) -> TwoWayWeights:
    """Weights w_it = e_it / sum over treated rows of e_it, where e is treatment freed of unit and period effects.

    With them the two-way coefficient is the sum of w_it times the effect in row it; and exactly so, in any sample, with
    the effects that imputation gives (Borusyak, Jaravel & Spiess 2024). Where units have weights, e is that of weighted
    least squares times the unit's weight.
    """
    data = design.repeated().data
    treated = (data["event_time"] >= 0).to_numpy()
    unit = data["weight"].to_numpy(float)
    sweep = TwoWay(pd.factorize(data["unit"])[0], pd.factorize(data["t"], sort=True)[0], unit)
    left = (sweep.residual(treated.astype(float)) * unit)[treated]
    weights = left / left.sum()
    cells = pd.DataFrame(
        {"cohort": data["cohort"].to_numpy()[treated], "period": data["period"].to_numpy()[treated], "weight": weights}
    )
    table = cells.groupby(["cohort", "period"], as_index=False).agg(n=("weight", "size"), weight=("weight", "sum"))
    table["cohort"] = table["cohort"].astype(int)
    small = np.abs(weights) < _ZERO
    return TwoWayWeights(
        table=table.assign(equal=table["n"] / table["n"].sum()),
        share_negative=float(((weights < 0) & ~small).mean()),
        share_zero=float(small.mean()),
        sum_negative=float(weights[(weights < 0) & ~small].sum()),
    )
