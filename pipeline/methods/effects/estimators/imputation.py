"""Estimators that impute the outcome without treatment: Borusyak, Jaravel & Spiess (2024), and Gardner (2022)."""

from __future__ import annotations

from typing import Any

import numpy as np

from pipeline.methods.effects.design import Design
from pipeline.methods.effects.estimate import Estimate
from pipeline.methods.effects.estimators import linear
from pipeline.methods.effects.estimators.base import Method, Settings, cluster_df, event_study, finish
from pipeline.methods.effects.estimators.library import by_period, call, cluster_column
from pipeline.methods.effects.estimators.samples import with_untreated_rows
from pipeline.methods.effects.group_time.aggregate import collapse
from pipeline.methods.effects.library import KEYS, diff_diff, frame

LARGE = 200_000
"""Rows from which the library is not asked."""


def imputation(design: Design, settings: Settings) -> Estimate:
    """Unit and period effects from the rows without treatment; effects are outcomes less their imputed values.

    The standard error is the conservative one of theorem 3; leads come from a regression on the rows without treatment.
    Where rows are very many, leads and effects by event time are left out and the same estimate comes without the library.
    """
    if design.n_obs > LARGE and not settings.covariates:
        return _without_library(design, settings)
    return _run(
        design, settings, "imputation", diff_diff().ImputationDiD(cluster=cluster_column(settings), pretrends=True)
    )


def _without_library(design: Design, settings: Settings) -> Estimate:
    used, told = with_untreated_rows(design)
    fit = linear.imputation(used, by_row=True)
    se = float(np.sqrt((collapse(fit.psi[:, None], fit.units, settings.cluster) ** 2).sum()))
    return finish(design, settings, "imputation", fit.value, se, df=cluster_df(design, settings), notes=told)


def two_stage(design: Design, settings: Settings) -> Estimate:
    """The same effects by a second regression of the residuals on treatment, standard errors of both stages (GMM).

    Leads are left out: residuals of the rows that gave the unit effects lie near zero by construction.
    """
    return _run(design, settings, "two_stage", diff_diff().TwoStageDiD(cluster=cluster_column(settings)))


def _run(design: Design, settings: Settings, code: str, model: Any) -> Estimate:
    design, told = with_untreated_rows(design)
    rows, names = by_period(frame(design), design) if settings.covariates else (frame(design), [])
    result, notes = call(design, code, lambda: model.fit(rows, covariates=names or None, **KEYS))
    table, more = call(design, code, lambda: result.aggregate("event_study").to_dataframe())
    df = cluster_df(design, settings)
    effects = table.rename(columns={"att": "value"})[["event_time", "value", "se"]]
    return finish(
        design,
        settings,
        code,
        float(result.overall_att),
        float(result.overall_se),
        df=df,
        event=event_study(design, settings, code, effects, df=df),
        notes=[*told, *notes, *more],
    )


METHODS = (
    Method(
        code="imputation",
        place=90,
        comparison="untreated",
        handles_covariates=True,
        citations=("borusyak2024",),
        run=imputation,
        source="Borusyak, Jaravel & Spiess 2024, eqs. 2–5",
        deviates="variance by clusters as in their theorem 3",
        held_by=(
            "test_effects_estimators.py::test_imputation_by_dummies",
            "test_effects_linear.py::test_imputation_is_that_of_diff_diff",
        ),
    ),
    Method(
        code="two_stage",
        place=100,
        comparison="untreated",
        heavy=True,
        handles_covariates=True,
        citations=("gardner2022",),
        run=two_stage,
        source="Gardner 2022",
        held_by=("test_effects_estimators.py::test_imputation_two_stage_and_extended_two_way_are_one",),
    ),
)
