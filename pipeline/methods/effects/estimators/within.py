"""Slope on a continuous regressor beside unit and period effects."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.errors import DesignError
from pipeline.methods.effects.estimate import Estimate, normal_interval
from pipeline.methods.effects.sweep import dummies, robust_slope, within_units


def within_slope(
    panel: pd.DataFrame, outcome: str, regressor: str, *, cluster: str = "unit", level: float = 0.95
) -> Estimate:
    """Coefficient of `regressor` with unit effects (by demeaning) and period effects, standard errors by cluster.

    With a dose of treatment as the regressor, unit effects and homogeneous effects of a unit of dose, this is the
    two-way dose regression; read as the effect of more dose it needs strong parallel trends (Callaway, Goodman-Bacon &
    Sant'Anna 2024, section 3).

    Args:
        panel: `unit`, `period`, the cluster's column, outcome and regressor; incomplete rows are left out.
        outcome, regressor: Columns.
        cluster: Column of clusters; units lie within clusters.
        level: Coverage.

    Raises:
        DesignError: The regressor does not vary beside unit and period effects.
    """
    data = panel[["unit", "period", outcome, regressor, *({cluster} - {"unit"})]].dropna()
    columns = [data[regressor].to_numpy(float), dummies(data["period"]), data[outcome].to_numpy(float)]
    inner = within_units(np.column_stack(columns), pd.factorize(data["unit"])[0])
    x, y = inner[:, :-1], inner[:, -1]
    left = x[:, 0] - x[:, 1:] @ np.linalg.lstsq(x[:, 1:], x[:, 0], rcond=None)[0] if x.shape[1] > 1 else x[:, 0]
    if left @ left < 1e-9 * max(1.0, float(x[:, 0] @ x[:, 0])):
        raise DesignError("The dose does not vary beside unit and period effects.", where=regressor)
    codes = pd.factorize(data[cluster])[0]
    clusters = int(codes.max()) + 1
    value, se = robust_slope(left, y - x @ np.linalg.lstsq(x, y, rcond=None)[0], y, codes, x.shape[1])
    low, high, p = normal_interval(value, se, level, df=clusters - 1)
    treated = int(data.loc[data[regressor] > 0, "unit"].nunique())
    return Estimate("slope", "within", value, se, low, high, p, len(data), data["unit"].nunique(), treated, clusters,
                    "cluster", level)  # fmt: skip
