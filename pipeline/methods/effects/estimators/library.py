"""diff-diff's estimators: covariates by period, their warnings as notes, their refusals as ours."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pandas as pd

from pipeline.methods.effects.design import Design
from pipeline.methods.effects.estimate import Note
from pipeline.methods.effects.estimators.base import RefusedError, Settings
from pipeline.methods.effects.library import plain_notes

_KNOWN = (
    (r"insufficient data or non-estimable", "cells_missing", "some cohort-by-period effects could not be estimated"),
    (r"Trimmed \d+ adoption", "cohorts_trimmed", "cohorts whose window is not wholly observed were left out"),
    (r"Fewer than 50% of", "thin_horizons", "at the longest times since the start fewer than half the units remain"),
    (r"have no pre-treatment period", "no_pre_period", "cohorts without a period before treatment were left out"),
    (r"no eligible comparison|no observed controls|stable controls|control-availability", "no_comparison",
     "periods or cohorts without a comparison group were left out"),
    (r"interior period gaps|always-treated|treated in all observed periods", "units_dropped",
     "units whose rows do not allow the estimate were left out"),
    (r"outcome .* looks", "limited_outcome", "the outcome takes few values; the effect is still that on its mean"),
    (r"Frank-Wolfe|did not converge|max.*iterations", "no_convergence", "the iterations did not converge"),
    (r"[Pp]re-treatment fit|pre_fit|poor fit", "poor_fit", "before treatment the weighted comparison fits poorly"),
    (r"[Rr]egressor|[Rr]ank.deficien|collinear", "collinear", "redundant terms of the regression were dropped"),
)  # fmt: skip


def by_period(rows: pd.DataFrame, design: Design) -> tuple[pd.DataFrame, list[str]]:
    """`frame` with each covariate times a dummy of each period but the first, and the names of these columns.

    A baseline feature is constant in a unit, so beside unit effects it can only explain a change by period.
    """
    extra = {
        f"x{i}_{t}": (rows[f"x{i}"] - rows[f"x{i}"].mean()) * (rows["time"] == t)
        for i in range(len(design.covariates))
        for t in np.unique(rows["time"])[1:]
    }
    return rows.assign(**extra), list(extra)


def cluster_column(settings: Settings) -> str | None:
    """The column that diff-diff clusters by; None is its default, the unit."""
    return "cluster" if settings.cluster == "cluster" else None


def call(design: Design, code: str, fit: Callable[[], Any]) -> tuple[Any, tuple[Note, ...]]:
    """The result of `fit()` and its warnings as notes.

    Raises:
        RefusedError: The library refuses the data (code "library").
    """
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            result = fit()
        except (ValueError, ArithmeticError, NotImplementedError, np.linalg.LinAlgError) as error:
            raise RefusedError(
                "The estimator does not apply to these data.",
                code="library",
                where=f"outcome {design.outcome!r}, {code}",
                expected=" ".join(str(error).split())[:300],
            ) from None
    return result, notes_of(caught)


def notes_of(caught: Iterable[warnings.WarningMessage]) -> tuple[Note, ...]:
    """Notes of warnings: those of estimators by the list above, others as the engine has them."""
    notes: dict[Note, None] = {}
    for warning in caught:
        message = " ".join(str(warning.message).split())
        found = next((Note(code, words) for rule, code, words in _KNOWN if re.search(rule, message)), None)
        notes.update(dict.fromkeys([found] if found else plain_notes([warning])))
    return tuple(notes)
