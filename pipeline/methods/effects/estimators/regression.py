"""Estimators that are one least-squares regression: two-way, Sun & Abraham, extended two-way, stacked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from pipeline.methods.effects.design import Design
from pipeline.methods.effects.estimate import Estimate, Note
from pipeline.methods.effects.estimators import linear, twfe
from pipeline.methods.effects.estimators.base import Method, RefusedError, Settings, cluster_df, event_study, finish
from pipeline.methods.effects.estimators.library import by_period, call, cluster_column
from pipeline.methods.effects.estimators.samples import complete_panel, with_untreated_rows
from pipeline.methods.effects.group_time.aggregate import collapse
from pipeline.methods.effects.library import KEYS, diff_diff, frame


def two_way(design: Design, settings: Settings) -> Estimate:
    """Coefficient of treatment beside unit and period effects; with covariates also these times the periods."""
    if not settings.covariates:
        found = twfe.overall(design, settings.cluster, settings.level)
        small = design.n_obs * len(design.periods) <= twfe.LARGE
        event = twfe.event_study(design, settings.cluster, settings.level, settings.seed) if small else None
        return replace(found, extra={**found.extra, "event": event, "notes": ()})
    fit = linear.two_way(design, covariates=True)
    psi = collapse(fit.psi[:, None], fit.units, settings.cluster)
    se, df = float(np.sqrt((psi**2).sum())), cluster_df(design, settings)
    return finish(design, settings, "twfe", fit.value, se, df=df, estimand="att_twfe", inference="cluster")


def sun_abraham(design: Design, settings: Settings) -> Estimate:
    """Regression on cohort-by-event-time dummies, weighted by cohort size (Sun & Abraham 2021, section 4)."""
    rows, names = by_period(frame(design), design) if settings.covariates else (frame(design), [])
    model = diff_diff().SunAbraham(cluster=cluster_column(settings))
    result, notes = call(design, "sun_abraham", lambda: model.fit(rows, covariates=names or None, **KEYS))
    effects = [(e, v["effect"], v["se"]) for e, v in result.event_study_effects.items()]
    table = pd.DataFrame(effects, columns=["event_time", "value", "se"])
    return _of_result(design, settings, "sun_abraham", result, table, notes)


def wooldridge(design: Design, settings: Settings) -> Estimate:
    """Regression on a dummy of every cohort and period under treatment (Wooldridge 2025, section 5).

    With covariates x: each dummy times x less its cohort mean, and x times the periods (equation 5.3 there). The terms
    cohort times x that the library adds are constant in a unit and dropped in silence: they are redundant always.
    """
    code = "wooldridge"
    design, told = with_untreated_rows(design)
    names = [f"x{i}" for i in range(len(design.covariates))] if settings.covariates else None
    model = diff_diff().WooldridgeDiD(
        cluster=cluster_column(settings), rank_deficient_action="silent" if names else "warn"
    )
    result, notes = call(design, code, lambda: model.fit(frame(design), exovar=names, **KEYS))
    by_event, more = call(design, code, lambda: result.aggregate("event_study").event_study_effects)
    effects = [(e, v["att"], v["se"]) for e, v in by_event.items()]
    table = pd.DataFrame(effects, columns=["event_time", "value", "se"])
    return _of_result(design, settings, code, result, table, [*told, *notes, *more])


def stacked(design: Design, settings: Settings) -> Estimate:
    """One stack a cohort, with comparison units not treated within the window (Wing, Freedman & Hollingsworth 2024).

    The window reaches from the last measured period before the start to the last period since the start that every
    cohort has, so that no cohort is left out. The library stacks and weighs; statsmodels runs the regression
    y ~ 1 + treated + event times + treated x event times, so that any cluster can be had. The overall effect is the
    plain mean over the window. `extra["horizon"]`: measured periods since the start in the window.

    Raises:
        RefusedError: No stack can be formed.
    """
    code = "stacked"
    notes: list[Note] = []
    if settings.covariates:  # the balance of covariates asks for whole windows
        design, notes = complete_panel(design, code)
    horizon = int(design.data["t"].max() - design.data["g"].max())
    model = diff_diff().StackedDiD(
        kappa_pre=1, kappa_post=horizon, balance="entropy" if settings.covariates else "none"
    )
    names = [f"x{i}" for i in range(len(design.covariates))] if settings.covariates else None
    rows = frame(design)
    result, more = call(design, code, lambda: model.fit(rows, covariates=names, **KEYS))
    stack = result.stacked_data
    weight = next(c for c in ("_W_weight", "_composed_weight", "_Q_weight") if c in stack)
    if not np.isfinite(stack[weight]).all():
        raise RefusedError("Some stacks have no finite weights.", code="no_value", where=code)
    X = pd.DataFrame({"const": 1.0, "treated": stack["_D_sa"].astype(float)})
    for e in range(horizon + 1):
        X[f"e{e}"] = (stack["_event_time"] == e).astype(float)
        X[f"effect{e}"] = X[f"e{e}"] * X["treated"]
    used = (stack[weight] > 0).to_numpy()
    groups = stack.loc[used, "unit" if settings.cluster == "unit" else "cluster"].to_numpy()
    from statsmodels.regression.linear_model import WLS  # what only looks at results does without it

    fit = WLS(stack.loc[used, "y"], X[used], weights=stack.loc[used, weight]).fit(
        cov_type="cluster", cov_kwds={"groups": groups}, use_t=True
    )
    effects = [f"effect{e}" for e in range(horizon + 1)]
    share = np.full(len(effects), 1 / len(effects))
    se = float(np.sqrt(share @ fit.cov_params().loc[effects, effects].to_numpy() @ share))
    table = pd.DataFrame({"event_time": range(horizon + 1), "value": fit.params[effects], "se": fit.bse[effects]})
    df = float(len(np.unique(groups)) - 1)
    return finish(
        design,
        settings,
        code,
        float(share @ fit.params[effects]),
        se,
        df=df,
        estimand="att_window",
        inference="cluster",
        event=event_study(design, settings, code, table, df=df),
        notes=[*notes, *more],
        extra={"horizon": horizon},
    )


def _of_result(
    design: Design, settings: Settings, code: str, result: Any, effects: pd.DataFrame, notes: Sequence[Note]
) -> Estimate:
    df = cluster_df(design, settings)
    return finish(
        design,
        settings,
        code,
        float(result.overall_att),
        float(result.overall_se),
        df=df,
        inference="cluster",
        event=event_study(design, settings, code, effects, df=df),
        notes=notes,
    )


METHODS = (
    Method(
        code="twfe",
        place=10,
        comparison="all",
        handles_covariates=True,
        citations=("goodmanbacon2021", "dechaisemartin2020"),
        run=two_way,
        common=False,
        handles_weights=True,
        source="the two-way regression; its weights: de Chaisemartin & D'Haultfœuille 2020; Goodman-Bacon 2021",
        deviates="another estimand; printed for comparison, never judged",
        held_by=(
            "test_effects_twfe.py::test_overall_equals_all_dummies",
            "test_effects_reference.py::test_job_training_grants",
            "test_effects_reference.py::test_decomposition_of_teen_employment",
        ),
    ),
    Method(
        code="sun_abraham",
        place=20,
        comparison="never",
        heavy=True,
        handles_covariates=True,
        citations=("sunabraham2021",),
        run=sun_abraham,
        source="Sun & Abraham 2021, section 4",
        deviates="last period taken out where everybody is treated in it",
        held_by=("test_effects_estimators.py::test_regression_on_cohorts_equals_group_time_effects",),
    ),
    Method(
        code="wooldridge",
        place=110,
        comparison="untreated",
        heavy=True,
        handles_covariates=True,
        citations=("wooldridge2025",),
        run=wooldridge,
        source="Wooldridge 2025, sections 5 and 6",
        held_by=("test_effects_estimators.py::test_published_event_study_of_the_extended_two_way_regression",),
    ),
    Method(
        code="stacked",
        place=120,
        comparison="not_yet",
        handles_covariates=True,
        citations=("wing2024",),
        run=stacked,
        common=False,
        source="Wing, Freedman & Hollingsworth 2024",
        deviates="another estimand: the first measured periods since the start only",
        held_by=("test_effects_estimators.py::test_stacks_by_hand",),
    ),
)
