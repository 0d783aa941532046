"""The one place that calls diff-diff: influence functions in, plain arrays and plain notes out.

The import takes seconds, so it happens inside the functions. Everything the package says by Python warnings is caught
and becomes a note "code: sentence"; a warning that is not known here is passed on under the code `library`.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from typing import Any, Literal

import numpy as np
import pandas as pd

from pipeline.errors import DesignError
from pipeline.methods.effects.design import Design
from pipeline.methods.effects.group_time.means import Cells, Control, mean_cells, no_effect

Method = Literal["dr", "reg", "ipw"]

_KNOWN = (
    (r"Unbalanced panel", "unbalanced", "each effect rests on the units observed in both of its periods"),
    (
        r"could not be estimated",
        "cells_missing",
        "some cohort-by-period effects could not be estimated and were left out",
    ),
    (r"Events Per Variable", "few_per_covariate", "few treated units for the number of covariates in some cells"),
    (
        r"Propensity score estimation failed",
        "propensity_failed",
        "the propensity score was estimated without covariates",
    ),
    (r"pscore|propensity|overlap|trimm", "overlap", "some propensity scores lie near 0 or 1: groups hardly overlap"),
    (r"Missing values in covariates", "covariates_missing", "some effects were estimated without covariates"),
    (
        r"[Rr]ank.deficien|near-singular|condition number",
        "collinear",
        "covariates are collinear; redundant ones were dropped",
    ),
    (r"did not converge|convergence", "no_convergence", "the propensity score's iterations did not converge"),
    (r"divide by zero|invalid value|overflow", "numerical", "some steps of the calculation had no finite value"),
    (r"non-finite", "cells_missing", "some cohort-by-period effects could not be estimated and were left out"),
)


def plain_notes(caught: Iterable[warnings.WarningMessage]) -> tuple[str, ...]:
    """Notes for the warnings that were caught, each once, in the order of their first appearance."""
    notes: dict[str, None] = {}
    for warning in caught:
        message = " ".join(str(warning.message).split())
        code, words = next(((c, w) for rule, c, w in _KNOWN if re.search(rule, message)), ("library", ""))
        notes[f"{code}: {words or message.split('. ')[0]}"] = None
    return tuple(notes)


def group_time_cells(design: Design, control: Control, method: Method, covariates: tuple[str, ...]) -> Cells:
    """Effects of each cohort in each period with varying base period (Callaway & Sant'Anna 2021, equation 2.4).

    Without covariates they are differences of means and need no library (`means.mean_cells`).

    Raises:
        DesignError: The library refuses the data, or no effect can be estimated.
    """
    if not covariates:
        return mean_cells(design, control)
    return library_cells(design, control, method, covariates)


def library_cells(design: Design, control: Control, method: Method, covariates: tuple[str, ...]) -> Cells:
    """The same by diff-diff, with or without covariates.

    Raises:
        DesignError: The library refuses the data, or no effect can be estimated.
    """
    import diff_diff

    units = np.sort(design.data["unit"].unique())
    frame = pd.DataFrame(
        {
            "unit": np.searchsorted(units, design.data["unit"].to_numpy()),
            "time": design.data["t"].to_numpy() + 1,
            "first": (design.data["g"] + 1).fillna(0).astype(int).to_numpy(),
            "y": design.data["y"].to_numpy(),
            "weight": design.data["weight"].to_numpy(),
            **{f"x{i}": design.data[c].to_numpy() for i, c in enumerate(covariates)},
        }
    )
    model = diff_diff.CallawaySantAnna(
        control_group={"never": "never_treated", "not_yet": "not_yet_treated"}[control],
        estimation_method=method,
        base_period="varying",
        pscore_fallback="unconditional",
        n_bootstrap=0,
    )
    names = [f"x{i}" for i in range(len(covariates))] or None
    weights = diff_diff.SurveyDesign(weights="weight", weight_type="pweight") if design.weighted else None
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            result = model.fit(
                frame, outcome="y", unit="unit", time="time", first_treat="first", covariates=names,
                survey_design=weights,
            )  # fmt: skip
        except (ValueError, np.linalg.LinAlgError) as error:
            raise DesignError(
                "The group-time effects cannot be estimated.",
                where=f"outcome {design.outcome!r}, comparison {control}, covariates {', '.join(covariates) or 'none'}",
                expected=" ".join(str(error).split())[:300],
                todo="Use fewer covariates, or larger cohorts.",
            ) from None
    return _collect(result, design, units, plain_notes(caught))


def _collect(result: Any, design: Design, units: np.ndarray, notes: tuple[str, ...]) -> Cells:
    parts = result._aggregation_kit.influence if result._aggregation_kit is not None else {}
    rows, columns = [], []
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
        rows.append((int(g) - 1, int(t) - 1, float(cell["effect"]), se, int(cell["n_treated"]), int(cell["n_control"])))
        columns.append(psi)
    table = pd.DataFrame(rows, columns=["g", "t", "value", "se", "n_treated", "n_control"])
    if not (table["t"] >= table["g"]).any():
        raise no_effect(design)
    return Cells(table, np.column_stack(columns), units, notes)


def bacon(design: Design) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Goodman-Bacon comparisons of a balanced design: columns of diff-diff, and notes."""
    import diff_diff

    design.refuse_weights("The Goodman-Bacon decomposition")
    frame = pd.DataFrame(
        {
            "unit": pd.factorize(design.data["unit"])[0],
            "time": design.data["t"].to_numpy() + 1,
            "first": (design.data["g"] + 1).fillna(0).astype(int).to_numpy(),
            "y": design.data["y"].to_numpy(),
        }
    )
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        result = diff_diff.BaconDecomposition(weights="exact").fit(
            frame, outcome="y", unit="unit", time="time", first_treat="first"
        )
    return result.to_dataframe(), plain_notes(caught)
