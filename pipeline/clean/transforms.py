"""An outcome's declared transformation: logarithm, or standardised by the units never treated."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.errors import SourceError
from pipeline.study import Dose, Outcome


def transformed(column: pd.Series, panel: pd.DataFrame, outcome: Outcome, shown: str) -> pd.Series:
    """The outcome's column as its `transform` says.

    Args:
        column: Values, one a row of the panel.
        panel: `period`, `cohort`.
        outcome: The study's description.
        shown: The file's name, for errors.

    A logarithm of values with zeros is refused: with whatever is put in place of log(0), the effect depends on the outcome's
    unit without bound (Chen & Roth 2024, proposition 1).

    Raises:
        SourceError: A value has no logarithm, or a period has no scale.
    """
    if outcome.transform == "log":
        if (column <= 0).any():
            raise SourceError(
                f"The outcome {outcome.name!r} has a value that is not positive, so it has no logarithm.",
                where=f"{shown}, row {column.index[column <= 0][0]}",
                expected="values above zero: log(1 + y) would have an effect of any size by the choice of y's unit",
                todo="Correct the value, or set `transform: none`: of a count the effect is then told in per cent too.",
                code="not_positive",
            )
        return np.log(column)
    if outcome.transform == "standardise":
        never = column[panel["cohort"].isna()].groupby(panel["period"])
        scale = never.std()
        bare = sorted(set(panel.loc[column.notna(), "period"]) - set(scale.index[scale > 0]))
        if bare:
            raise SourceError(
                f"In period {bare[0]} the outcome {outcome.name!r} cannot be standardised.",
                where=shown,
                expected="two never-treated units or more with different values in every period",
                todo="Set `transform: none`, or give data of units never treated.",
                code="no_scale",
            )
        return (column - panel["period"].map(never.mean())) / panel["period"].map(scale)
    return column


def dosed(column: pd.Series, dose: Dose, shown: str) -> pd.Series:
    """The column of a dose as its `transform` says.

    Raises:
        SourceError: A dose has no logarithm.
    """
    if dose.transform == "none":
        return column
    if (column <= 0).any():
        raise SourceError(
            "A dose is not positive, so it has no logarithm.",
            where=f"{shown}, row {column.index[column <= 0][0]}",
            todo="Correct the dose, or set `dose.transform: none`.",
            code="not_positive",
        )
    return np.log(column)
