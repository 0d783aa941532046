"""An outcome's declared transformation: logarithm, or standardised by the units never treated."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from pipeline.errors import StudyError
from pipeline.study import Dose, Outcome

Place = Callable[[int | None], str]
"""Names a row of a column with its file, or the whole column."""


def transformed(column: pd.Series, panel: pd.DataFrame, outcome: Outcome, place: Place) -> pd.Series:
    """The outcome's column as its `transform` says.

    Args:
        column: Values, one a row of the panel.
        panel: `period`, `cohort`.
        outcome: The study's description.
        place: Names the place of a row, or of the whole column.

    A logarithm of values with zeros is refused: with whatever is put in place of log(0), the effect depends on the outcome's
    unit without bound (Chen & Roth 2024, proposition 1).

    Raises:
        StudyError: A value has no logarithm, or a period has no scale: the values are what they are, and it is the study
            that asks for what cannot be done with them.
    """
    if outcome.transform == "log":
        if (column <= 0).any():
            raise StudyError(
                f"The outcome {outcome.name!r} has a value that is not positive, so it has no logarithm.",
                where=place(int(column.index[column <= 0][0])),
                expected="values above zero: log(1 + y) would have an effect of any size by the choice of y's unit",
                todo="Set `transform: none`: of a count the effect is then told in per cent too. Or correct a wrong value.",
                code="not_positive",
            )
        return np.log(column)
    if outcome.transform == "standardise":
        never = column[panel["cohort"].isna()].groupby(panel["period"])
        scale = never.std()
        bare = sorted(set(panel.loc[column.notna(), "period"]) - set(scale.index[scale > 0]))
        if bare:
            raise StudyError(
                f"In period {bare[0]} the outcome {outcome.name!r} cannot be standardised.",
                where=place(None),
                expected="two never-treated units or more with different values in every period",
                todo="Set `transform: none`, or give data of units never treated.",
                code="no_scale",
            )
        return (column - panel["period"].map(never.mean())) / panel["period"].map(scale)
    return column


def dosed(column: pd.Series, dose: Dose, place: Place) -> pd.Series:
    """The column of a dose as its `transform` says.

    Raises:
        StudyError: A dose has no logarithm.
    """
    if dose.transform == "none":
        return column
    if (column <= 0).any():
        raise StudyError(
            "A dose is not positive, so it has no logarithm.",
            where=place(int(column.index[column <= 0][0])),
            todo="Correct the dose if it is wrong, or set `dose.transform: none`.",
            code="not_positive",
        )
    return np.log(column)
