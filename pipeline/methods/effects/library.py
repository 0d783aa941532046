"""The one way to the package diff-diff: loaded when it is first used, its data built once, its warnings as notes.

The import takes seconds, so it happens on the first call. Everything the package says by Python warnings is caught and
becomes a note; a warning that is not known here is passed on under the code `library`.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import ndtr, ndtri

from pipeline.methods.effects.design import Design
from pipeline.methods.effects.estimate import Note

KEYS = {"outcome": "y", "unit": "unit", "time": "time", "first_treat": "first"}
"""Arguments by which its estimators find the columns of `frame`."""

_ROOT = np.sqrt(2 * np.pi)
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


def plain_notes(caught: Iterable[warnings.WarningMessage]) -> tuple[Note, ...]:
    """Notes for the warnings that were caught, each once, in the order of their first appearance."""
    notes: dict[Note, None] = {}
    for warning in caught:
        message = " ".join(str(warning.message).split())
        code, words = next(((c, w) for rule, c, w in _KNOWN if re.search(rule, message)), ("library", ""))
        notes[Note(code, words or message.split(". ")[0])] = None
    return tuple(notes)


@cache
def diff_diff() -> Any:
    """The package, with the parts of it that are used by name."""
    import diff_diff as package
    import diff_diff.honest_did
    import diff_diff.linalg
    import diff_diff.results

    whole = package.honest_did._cv_alpha
    package.honest_did._cv_alpha = lambda t, alpha, df=None: (
        folded_quantile(t, alpha) if df is None else whole(t, alpha, df)
    )
    return package


def folded_quantile(t: float, alpha: float) -> float:
    """The 1 - alpha quantile of |N(t, 1)| (Rambachan & Roth 2023, equation 18), by Newton's steps.

    Step by step what the package does, with the functions of one number that SciPy's distributions stand on: the same
    bits in a tenth of the time, and an interval that is robust to a curved trend asks for it 300 times.
    """
    target, t = 1 - alpha, abs(t)
    x = ndtri(1 - alpha / 2) + t
    for _ in range(20):
        slope = _density(x - t) + _density(-x - t)
        if slope < 1e-15:
            break
        step = max(x - (ndtr(x - t) - ndtr(-x - t) - target) / slope, 0.0)
        if abs(step - x) < 1e-12:
            break
        x = step
    return float(x)


def _density(x: float) -> float:
    return float(np.exp(-(x**2) / 2.0) / _ROOT)


def frame(design: Design) -> pd.DataFrame:
    """Rows as diff-diff takes them: `unit`, `time` (1 …), `first` (0 = never), `y`, `cluster`, `treated`, `weight`, x0, ….

    Covariates are called x0, x1, … in the design's order; unit and cluster are codes in the order of their names.
    """
    data = design.data
    return pd.DataFrame(
        {
            "unit": np.unique(data["unit"], return_inverse=True)[1],
            "time": data["t"].to_numpy() + 1,
            "first": (data["g"] + 1).fillna(0).astype(int).to_numpy(),
            "y": data["y"].to_numpy(),
            "cluster": np.unique(data["cluster"], return_inverse=True)[1],
            "treated": (data["event_time"] >= 0).to_numpy().astype(int),
            "weight": data["weight"].to_numpy(),
            **{f"x{i}": data[c].to_numpy(float) for i, c in enumerate(design.covariates)},
        }
    )
