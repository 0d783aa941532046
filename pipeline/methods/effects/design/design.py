"""The checked data that every estimator takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from pipeline.errors import DesignError, TooLargeError, WeightsError
from pipeline.methods.effects.estimate import Note


def refuse_large(method: str, size: float, most: float) -> None:
    """Stop a method before it begins what it could not end.

    Args:
        method: Its name, as a subject.
        size, most: Numbers it would go through, and the most it may.

    Raises:
        TooLargeError: `size` exceeds `most`.
    """
    if size > most:
        raise TooLargeError(
            f"{method} is too large for these data.",
            expected=f"at most {most:.0e} numbers to go through, where these data ask for {size:.0e}",
            todo="Read the estimates by influence functions: with so many units they need no help.",
        )


@dataclass(frozen=True, eq=False)
class Design:
    """Data that passed the checks of `make_design`.

    Attributes:
        data: One row a unit and measured period, sorted by unit and period. Columns: `unit`, `period` (calendar),
            `cohort` (first measured period under treatment, NaN = never), `cluster`, `weight` (constant within units, mean
            1 over the panel's units), `y`, `t` (index of the period),
            `g` (index of the cohort, NaN = never), `event_time` (`t - g`, NaN = never), then the covariates, each
            frozen at the unit's first observation that has it.
        outcome: Name of the outcome.
        covariates: Names of the covariates that vary between units.
        periods: Measured calendar periods, ascending; position = `t`.
        notes: What was changed or left out on the way, in order.
        cluster_is_unit: True where the panel has no cluster above the unit.
        left_out: Unit of the panel that is in no estimate -> why: not_measured, seen_once, after_comparison (seen only once
            the last cohort, which stands in for a comparison group, has started), treated_from_start, too_few.
    """

    data: pd.DataFrame
    outcome: str
    covariates: tuple[str, ...]
    periods: tuple[int, ...]
    notes: tuple[Note, ...] = ()
    cluster_is_unit: bool = False
    left_out: Mapping[Any, str] = field(default_factory=dict)

    @property
    def cohorts(self) -> tuple[int, ...]:
        """Calendar period of first treatment of each cohort, ascending."""
        return tuple(int(c) for c in sorted(self.data["cohort"].dropna().unique()))

    @property
    def units(self) -> pd.DataFrame:
        """One row a unit: `cohort`, `g`, `cluster`, `weight` and the covariates, indexed and sorted by unit."""
        keep = ["unit", "cohort", "g", "cluster", "weight", *self.covariates]
        return self.data[keep].drop_duplicates("unit").set_index("unit").sort_index()

    @property
    def n_units(self) -> int:
        return int(self.data["unit"].nunique())

    @property
    def n_treated(self) -> int:
        return int(self.data.loc[self.data["cohort"].notna(), "unit"].nunique())

    @property
    def n_clusters(self) -> int:
        return int(self.data["cluster"].nunique())

    @property
    def n_obs(self) -> int:
        return len(self.data)

    @property
    def all_treated(self) -> bool:
        """Whether every unit is treated in the end, the last cohort standing in for a comparison group."""
        return any(note.code == "last_cohort_as_comparison" for note in self.notes)

    @property
    def weighted(self) -> bool:
        """Whether units count differently."""
        return bool(self.data["weight"].nunique() > 1)

    def refuse_weights(self, method: str) -> None:
        """Stop a method that would pass over the weights.

        Raises:
            DesignError: Units count differently.
        """
        if self.weighted:
            raise WeightsError(
                f"{method} does not take weights.",
                where=f"outcome {self.outcome!r}",
                expected="units that count alike",
                todo="Read the weighted estimates beside it, or leave `panel.weight` out of the study.",
            )

    @property
    def treated(self) -> pd.Series:
        """1.0 in rows under treatment, else 0.0."""
        return (self.data["event_time"] >= 0).astype(float)

    def keep(self, rows: pd.Series | np.ndarray) -> Design:
        """The same design on the rows that are true; units and cohorts without a row are gone with them."""
        return replace(self, data=self.data[np.asarray(rows)].reset_index(drop=True))

    def repeated(self) -> Design:
        """The same design on units with two rows or more: one row tells nothing about a change."""
        return self.keep(self.data.groupby("unit")["t"].transform("size") > 1)

    def balanced(self) -> Design:
        """The same design on units that are observed in every measured period.

        Raises:
            DesignError: No treated or no comparison unit is observed in every period.
        """
        seen = self.data.groupby("unit")["t"].transform("size")
        whole = self.keep(seen == len(self.periods))
        if whole.data.empty or whole.data["cohort"].notna().all() or whole.data["cohort"].isna().all():
            raise DesignError(
                f"Too few units have outcome {self.outcome!r} in every period for a balanced panel.",
                expected="at least one treated and one comparison unit observed in all measured periods",
                todo="Leave out the decomposition for this outcome, or complete the data.",
            )
        return whole
