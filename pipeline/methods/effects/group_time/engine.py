"""Cells of cohorts and periods with their influence functions, and the Goodman-Bacon comparisons, as plain arrays."""

from __future__ import annotations

import warnings
from functools import lru_cache
from typing import Any, Literal

import numpy as np
import pandas as pd

from pipeline.errors import DesignError
from pipeline.methods.effects.design import Design
from pipeline.methods.effects.estimate import Note
from pipeline.methods.effects.group_time.means import Cells, Control, mean_cells, no_effect, with_effects
from pipeline.methods.effects.library import KEYS, diff_diff, frame, plain_notes

Method = Literal["dr", "reg", "ipw"]


def group_time_cells(design: Design, control: Control, method: Method, covariates: tuple[str, ...]) -> Cells:
    """Effects of each cohort in each period with varying base period (Callaway & Sant'Anna 2021, equation 2.4).

    Without covariates they are differences of means and need no library (`means.mean_cells`).

    Raises:
        DesignError: The library refuses the data, or no effect can be estimated.
    """
    if not covariates:
        return mean_cells(design, control)
    return library_cells(design, control, method, covariates)


@lru_cache(maxsize=2)
def library_cells(design: Design, control: Control, method: Method, covariates: tuple[str, ...]) -> Cells:
    """The same by diff-diff, with or without covariates. Asked again of the same design, as with another level of clustering,
    the answer is at hand: it is not to be changed.

    Raises:
        DesignError: The library refuses the data, or no effect can be estimated.
    """
    units = np.sort(design.data["unit"].unique())
    model = diff_diff().CallawaySantAnna(
        control_group={"never": "never_treated", "not_yet": "not_yet_treated"}[control],
        estimation_method=method,
        base_period="varying",
        pscore_fallback="unconditional",
        n_bootstrap=0,
    )
    names = [f"x{design.covariates.index(name)}" for name in covariates] or None
    weights = diff_diff().SurveyDesign(weights="weight", weight_type="pweight") if design.weighted else None
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            result = model.fit(frame(design), covariates=names, survey_design=weights, **KEYS)
        except (ValueError, np.linalg.LinAlgError) as error:
            raise DesignError(
                "The group-time effects cannot be estimated.",
                where=f"outcome {design.outcome!r}, comparison {control}, covariates {', '.join(covariates) or 'none'}",
                expected=" ".join(str(error).split())[:300],
                todo="Use fewer covariates, or larger cohorts.",
            ) from None
    return _collect(result, design, units, plain_notes(caught))


def _collect(result: Any, design: Design, units: np.ndarray, notes: tuple[Note, ...]) -> Cells:
    parts = result._aggregation_kit.influence if result._aggregation_kit is not None else {}
    rows, columns, sides = [], [], []
    for (g, t), cell in sorted(result.group_time_effects.items()):
        if not np.isfinite(cell["effect"]):
            continue
        part = parts[(g, t)]
        psi = np.zeros(len(units))
        psi[part["treated_idx"]] += part["treated_inf"]
        psi[part["control_idx"]] += part["control_inf"]
        se = float(np.sqrt(psi @ psi))
        # The kit is not part of the library's promise: its scale is checked against what the library prints.
        if np.isfinite(cell["se"]) and not np.isclose(se, cell["se"], rtol=1e-6):
            raise RuntimeError("diff-diff changed the scale of its influence functions; see requirements.lock")
        rows.append((int(g) - 1, int(t) - 1, float(cell["effect"]), int(cell["n_treated"]), int(cell["n_control"])))
        columns.append(psi)
        side = np.zeros(len(units), np.int8)
        side[part["treated_idx"]], side[part["control_idx"]] = 1, -1
        sides.append(side)
    table = pd.DataFrame(rows, columns=["g", "t", "value", "n_treated", "n_control"])
    if not (table["t"] >= table["g"]).any():
        raise no_effect(design.outcome)
    return with_effects(Cells(table, np.column_stack(columns), units, notes, sides=np.column_stack(sides)))


def bacon(design: Design) -> tuple[pd.DataFrame, tuple[Note, ...]]:
    """Goodman-Bacon comparisons of a balanced design: columns of diff-diff, and notes."""
    design.refuse_weights("The Goodman-Bacon decomposition")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        result = diff_diff().BaconDecomposition(weights="exact").fit(frame(design), **KEYS)
    return result.to_dataframe(), plain_notes(caught)
