"""Estimators side by side: a `Design` in, an `Estimate` out.

Use: `estimate(design, "imputation", Settings())`; `compare(design, METHODS, Settings())` gives one row a method.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pandas as pd

from pipeline.errors import DesignError
from pipeline.methods.effects.design import Design
from pipeline.methods.effects.estimate import Estimate
from pipeline.methods.effects.estimators import callaway_santanna as _cs
from pipeline.methods.effects.estimators import imputation as _imputation
from pipeline.methods.effects.estimators import regression as _regression
from pipeline.methods.effects.estimators.base import Method, RefusedError, Settings
from pipeline.methods.effects.estimators.checks import flags, overlap, prepare
from pipeline.methods.effects.estimators.switchers import chaisemartin_dhaultfoeuille
from pipeline.methods.effects.estimators.synthetic import synthetic_did
from pipeline.methods.effects.estimators.weights import TwoWayWeights, two_way_weights

_CS = ("callaway2021", "santannazhao2020")
_ALL = (
    Method(
        "twfe",
        "all",
        True,
        ("goodmanbacon2021", "dechaisemartin2020"),
        _regression.two_way,
        common=False,
        handles_weights=True,
    ),
    Method("sun_abraham", "never", True, ("sunabraham2021",), _regression.sun_abraham),
    Method("cs_reg_never", "never", True, _CS, _cs.standard("cs_reg_never", "never", "reg"), handles_weights=True),
    Method("cs_ipw_never", "never", True, _CS, _cs.standard("cs_ipw_never", "never", "ipw"), handles_weights=True),
    Method("cs_dr_never", "never", True, _CS, _cs.standard("cs_dr_never", "never", "dr"), handles_weights=True),
    Method("cs_dr_never_universal", "never", True, _CS, _cs.universal),
    Method("cs_anticipation_1", "never", True, _CS, _cs.anticipation, handles_weights=True),
    Method("cs_dr_not_yet", "not_yet", True, _CS, _cs.standard("cs_dr_not_yet", "not_yet", "dr"), handles_weights=True),
    Method("imputation", "untreated", True, ("borusyak2024",), _imputation.imputation),
    Method("two_stage", "untreated", True, ("gardner2022",), _imputation.two_stage),
    Method("wooldridge", "untreated", True, ("wooldridge2025",), _regression.wooldridge),
    Method("stacked", "not_yet", True, ("wing2024",), _regression.stacked, common=False),
    Method("chaisemartin_dhaultfoeuille", "not_yet", False, ("dechaisemartin2024",), chaisemartin_dhaultfoeuille),
    Method("synthetic_did", "weighted", False, ("arkhangelsky2021", "clarke2024"), synthetic_did),
)
METHODS: dict[str, Method] = {method.code: method for method in _ALL}
COLUMNS = ["method", "comparison", "value", "se", "low", "high", "p", "n_units", "n_obs", "notes", "refused", "reason"]


def estimate(design: Design, method: str, settings: Settings | None = None) -> Estimate:
    """The overall effect on the treated by one method.

    `extra` holds `event` (`EventStudy` or None) and `notes` ("code: sentence", of this estimate; those on the design
    as such are given by `flags`). A method that cannot condition on covariates runs without them, with a note.

    Raises:
        DesignError: There is no such method, or it does not apply; a `RefusedError` names the reason's code.
    """
    if method not in METHODS:
        raise DesignError(f"There is no estimator {method!r}.", expected="one of " + ", ".join(METHODS))
    if design.weighted and not METHODS[method].handles_weights:
        raise RefusedError("This estimator does not take weights.", code="weights", where=method)
    settings = settings or Settings()
    notes: tuple[str, ...] = ()
    if settings.covariates and not METHODS[method].handles_covariates:
        settings = replace(settings, covariates=False)
        notes = ("without_covariates: this estimator does not condition on covariates",)
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
            row["notes"] = " ".join(dict.fromkeys(note.split(":", 1)[0] for note in found.extra["notes"]))
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
