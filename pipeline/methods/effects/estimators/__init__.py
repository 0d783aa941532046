"""Estimators side by side: a `Design` in, an `Estimate` out.

Use: `estimate(design, "imputation", Settings())`; `compare(design, METHODS, Settings())` gives one row a method.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pandas as pd

from pipeline.errors import DesignError
from pipeline.methods.effects.design import Design
from pipeline.methods.effects.estimate import Estimate, Note
from pipeline.methods.effects.estimators.base import Method, RefusedError, Settings
from pipeline.methods.effects.estimators.checks import flags, overlap, prepare
from pipeline.methods.effects.estimators.weights import TwoWayWeights, two_way_weights


def _gathered() -> dict[str, Method]:
    """The `METHODS` of every module of this package, by place: a new estimator is a new module and nothing else."""
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    # `linear` has a register of its own, of regressions that others are made from.
    methods = [m for module in modules for m in getattr(module, "METHODS", ()) if isinstance(m, Method)]
    return {method.code: method for method in sorted(methods, key=lambda method: method.place)}


METHODS = _gathered()
LARGE = 20_000_000
"""Rows times cohorts times periods from which a heavy method is refused: it would take gigabytes or many minutes."""
COLUMNS = ["method", "comparison", "value", "se", "low", "high", "p", "n_units", "n_obs", "notes", "refused", "reason"]


def estimate(design: Design, method: str, settings: Settings | None = None) -> Estimate:
    """The overall effect on the treated by one method.

    `extra` holds `event` (`EventStudy` or None) and `notes` (a code and a sentence, of this estimate; those on the design
    as such are given by `flags`). A method that cannot condition on covariates runs without them, with a note.

    Raises:
        DesignError: There is no such method, or it does not apply; a `RefusedError` names the reason's code.
    """
    if method not in METHODS:
        raise DesignError(f"There is no estimator {method!r}.", expected="one of " + ", ".join(METHODS))
    if design.weighted and not METHODS[method].handles_weights:
        raise RefusedError("This estimator does not take weights.", code="weights", where=method)
    if METHODS[method].heavy and design.n_obs * len(design.cohorts) * len(design.periods) > LARGE:
        raise RefusedError(
            "This estimator is too large for these data.",
            code="too_large",
            where=f"{method}: {design.n_obs} rows, {len(design.cohorts)} cohorts, {len(design.periods)} periods",
            todo="Read the group-time effects and the imputation: without covariates they rest on the same comparisons.",
        )
    settings = settings or Settings()
    notes: tuple[Note, ...] = ()
    if settings.covariates and not METHODS[method].handles_covariates:
        settings = replace(settings, covariates=False)
        notes = (Note("without_covariates", "this estimator does not condition on covariates"),)
    used, more = prepare(design, settings)
    found = METHODS[method].run(used, settings)
    return replace(found, extra={**found.extra, "notes": (*notes, *more, *found.extra["notes"])})


def compare(design: Design, methods: Iterable[str] = METHODS, settings: Settings | None = None) -> pd.DataFrame:
    """One row a method: `COLUMNS`.

    `notes` are codes with a space between, each once; a method that does not apply has `refused` True, its reason's
    code ("design" for a `DesignError` of another part), and no numbers.
    """
    rows: list[dict[str, Any]] = []
    for name in methods:
        row: dict[str, Any] = {"method": name, "notes": "", "refused": False, "reason": ""}
        try:
            found = estimate(design, name, settings)
        except DesignError as error:
            row |= {"refused": True, "reason": getattr(error, "code", "design")}
        else:
            row |= {key: getattr(found, key) for key in ("value", "se", "low", "high", "p", "n_units", "n_obs")}
            row["notes"] = " ".join(dict.fromkeys(note.code for note in found.extra["notes"]))
        rows.append(row | {"comparison": METHODS[name].comparison if name in METHODS else ""})
    return pd.DataFrame(rows, columns=COLUMNS)


__all__ = [
    "COLUMNS",
    "METHODS",
    "Method",
    "RefusedError",
    "Settings",
    "TwoWayWeights",
    "compare",
    "estimate",
    "flags",
    "overlap",
    "prepare",
    "two_way_weights",
]
