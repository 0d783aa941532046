"""Callaway & Sant'Anna (2021): method, comparison group, base period, anticipation."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from pipeline.methods.effects import group_time
from pipeline.methods.effects.design import Design
from pipeline.methods.effects.estimate import Estimate, EventStudy, Note, normal_interval
from pipeline.methods.effects.estimators.base import Method, RefusedError, Run, Settings, event_study, finish
from pipeline.methods.effects.estimators.library import call, cluster_column
from pipeline.methods.effects.group_time.aggregate import Aggregator
from pipeline.methods.effects.group_time.engine import Method as Score
from pipeline.methods.effects.group_time.engine import group_time_cells
from pipeline.methods.effects.group_time.means import Control, with_effects
from pipeline.methods.effects.library import KEYS, diff_diff, frame

_CS = ("callaway2021", "santannazhao2020")
_DEVIATES = (
    "intervals are given the cohorts' sizes, with the small-sample factor of the sandwich; "
    "reference distribution with degrees of freedom that depend on the design (Bell & McCaffrey 2002)"
)


def standard(code: str, control: Control, method: Score) -> Run:
    """The estimator of the main results, with the given comparison and method."""
    return partial(_standard, code=code, control=control, method=method)


def _standard(design: Design, settings: Settings, code: str, control: Control, method: Score) -> Estimate:
    found = group_time.estimate(
        design,
        control,
        method,
        covariates=settings.covariates,
        seed=settings.seed,
        draws=settings.draws,
        level=settings.level,
        cluster=settings.cluster,
    )
    own = tuple(note for note in found.warnings if note not in design.notes)
    extra = {**found.overall.extra, "event": found.event, "notes": own}
    return replace(found.overall, estimator=code, extra=extra)


def universal(design: Design, settings: Settings) -> Estimate:
    """Every effect against the last measured period before the start, leads too.

    The effects after the start do not change, so the overall effect is that of the varying base period; the library's
    own aggregation gives it here, as a check on ours. On an unbalanced panel that weighs a cell by the units seen in it.
    """
    code = "cs_dr_never_universal"
    model = diff_diff().CallawaySantAnna(
        base_period="universal",
        estimation_method="dr",
        pscore_fallback="unconditional",
        cluster=cluster_column(settings),
    )
    names = [f"x{i}" for i in range(len(design.covariates))] if settings.covariates else None
    result, notes = call(design, code, lambda: model.fit(frame(design), covariates=names, **KEYS))
    table, more = call(design, code, lambda: result.aggregate("event_study").to_dataframe())
    rows = table.rename(columns={"att": "value"})[["event_time", "value", "se"]]
    event = event_study(design, settings, code, rows)
    return finish(design, settings, code, result.overall_att, result.overall_se, event=event, notes=[*notes, *more])


def anticipation(design: Design, settings: Settings) -> Estimate:
    """One measured period of anticipation: the base lies two measured periods before the start.

    Cohorts are set one period earlier and effects averaged from the true start on, as in section 3 of the paper and
    in R's did; diff-diff's own average would count the period of anticipation too.

    Raises:
        RefusedError: No cohort has two measured periods before its start.
    """
    code = "cs_anticipation_1"
    data = design.data[~(design.data["g"] < 2)].assign(g=design.data["g"] - 1)
    notes: list[Note] = []
    if data["g"].isna().all():
        raise RefusedError(
            "No cohort has two measured periods before its start.",
            code="no_earlier_base",
            where=f"outcome {design.outcome!r}",
            expected="two measured periods before treatment",
        )
    if len(data) < design.n_obs:
        notes.append(Note("no_earlier_base", "cohorts with one period before treatment were left out"))
    earlier = replace(design, data=data.reset_index(drop=True))
    names = earlier.covariates if settings.covariates else ()
    cells = group_time_cells(earlier, "never", "dr", names)
    since = cells.table["t"].to_numpy() - cells.table["g"].to_numpy() - 1
    if not (since >= 0).any():
        raise RefusedError("No effect after the start can be estimated.", code="no_value", where=code)
    cells = with_effects(cells, 1)
    since = cells.table["t"].to_numpy() - cells.table["g"].to_numpy() - 1
    units = earlier.units.loc[cells.units, ["cohort", "g", "cluster", "weight"]].reset_index()
    make = Aggregator.of(
        cells,
        units,
        cluster=settings.cluster,
        level=settings.level,
        draws=settings.draws,
        seed=settings.seed,
        start=1,
    )
    overall = make.family("simple", [(0, since >= 0)])
    simple = overall.table.iloc[0]
    event = make.family("event_time", [(int(e), since == e) for e in np.unique(since)])
    table = EventStudy(code, event.table.assign(reference=False), settings.level, event.critical, event.cov)
    value, se = float(simple["value"]), float(simple["se"])
    found = finish(earlier, settings, code, value, se, event=table, notes=[*notes, *cells.notes])
    low, high, p = normal_interval(value, float(simple["interval_se"]), settings.level, overall.df)
    return replace(found, low=low, high=high, p=p)


METHODS = (
    Method(
        code="cs_reg_never",
        place=30,
        comparison="never",
        handles_covariates=True,
        citations=_CS,
        run=standard("cs_reg_never", "never", "reg"),
        handles_weights=True,
        source="Callaway & Sant'Anna 2021, eqs. 2.2–2.8; Sant'Anna & Zhao 2020",
        deviates=_DEVIATES,
        held_by=(
            "test_effects_reference.py::test_teen_employment_cells",
            "test_effects_group_time.py::test_cells_are_those_of_the_library",
            "test_effects_group_time.py::test_cells_are_differences_of_means",
        ),
    ),
    Method(
        code="cs_ipw_never",
        place=40,
        comparison="never",
        handles_covariates=True,
        citations=_CS,
        run=standard("cs_ipw_never", "never", "ipw"),
        handles_weights=True,
        source="Callaway & Sant'Anna 2021, eqs. 2.2–2.8; Sant'Anna & Zhao 2020",
        deviates=_DEVIATES,
        held_by=(
            "test_effects_reference.py::test_teen_employment_cells",
            "test_effects_group_time.py::test_cells_are_those_of_the_library",
            "test_effects_group_time.py::test_cells_are_differences_of_means",
        ),
    ),
    Method(
        code="cs_dr_never",
        place=50,
        comparison="never",
        handles_covariates=True,
        citations=_CS,
        run=standard("cs_dr_never", "never", "dr"),
        handles_weights=True,
        source="Callaway & Sant'Anna 2021, eqs. 2.2–2.8; Sant'Anna & Zhao 2020",
        deviates=_DEVIATES,
        held_by=(
            "test_effects_reference.py::test_teen_employment_cells",
            "test_effects_group_time.py::test_cells_are_those_of_the_library",
            "test_effects_group_time.py::test_cells_are_differences_of_means",
        ),
    ),
    Method(
        code="cs_dr_never_universal",
        place=60,
        comparison="never",
        handles_covariates=True,
        citations=_CS,
        run=universal,
        source="Callaway & Sant'Anna 2021, sections 2.3 and 4; base periods after Roth 2024",
        deviates="none: the library's own aggregates and standard errors, the weights of an unbalanced panel among them",
        held_by=(
            "test_effects_reference.py::test_teen_employment_without_never_treated",
            "test_effects_estimators.py::test_universal_base_leads_are_sums_of_varying_ones",
            "test_effects_estimators.py::test_anticipation_by_hand",
        ),
    ),
    Method(
        code="cs_anticipation_1",
        place=70,
        comparison="never",
        handles_covariates=True,
        citations=_CS,
        run=anticipation,
        handles_weights=True,
        source="Callaway & Sant'Anna 2021, sections 2.3 and 4; base periods after Roth 2024",
        deviates=_DEVIATES,
        held_by=(
            "test_effects_reference.py::test_teen_employment_without_never_treated",
            "test_effects_estimators.py::test_universal_base_leads_are_sums_of_varying_ones",
            "test_effects_estimators.py::test_anticipation_by_hand",
        ),
    ),
    Method(
        code="cs_dr_not_yet",
        place=80,
        comparison="not_yet",
        handles_covariates=True,
        citations=_CS,
        run=standard("cs_dr_not_yet", "not_yet", "dr"),
        handles_weights=True,
        source="Callaway & Sant'Anna 2021, sections 2.3 and 4; base periods after Roth 2024",
        deviates=_DEVIATES,
        held_by=(
            "test_effects_reference.py::test_teen_employment_without_never_treated",
            "test_effects_estimators.py::test_universal_base_leads_are_sums_of_varying_ones",
            "test_effects_estimators.py::test_anticipation_by_hand",
        ),
    ),
)
