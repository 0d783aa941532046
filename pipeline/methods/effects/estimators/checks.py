"""Bad designs: what an estimate should not rest on without a word."""

from __future__ import annotations

import warnings
from dataclasses import replace

import numpy as np
import pandas as pd

from pipeline.methods.effects.design import Design
from pipeline.methods.effects.estimate import Note
from pipeline.methods.effects.estimators.base import RefusedError, Settings
from pipeline.methods.effects.estimators.shape import shape_notes
from pipeline.methods.effects.estimators.weights import two_way_weights
from pipeline.study.thresholds import Shape

TRIM = 0.01
"""Propensities below this, or above one less this, count as no overlap; the estimator trims them there."""
RARE = 5
"""A covariate that differs from its usual value in fewer units than this tells of those units, not of a feature."""


def prepare(design: Design, settings: Settings) -> tuple[Design, tuple[Note, ...]]:
    """The design on units with all covariates, less covariates that others imply, where covariates are asked for.

    Raises:
        RefusedError: No covariate is left, or no treated or comparison unit has them all.
    """
    if not settings.covariates:
        return design, ()
    if not design.covariates:
        raise RefusedError("The design has no covariate that varies between units.", code="no_covariates")
    notes: list[Note] = []
    missing = design.data[list(design.covariates)].isna().any(axis=1)
    if missing.any():
        n = design.data.loc[missing, "unit"].nunique()
        notes.append(Note("covariate_units", f"{n} units without a value of a covariate were left out"))
        design = design.keep(~missing)
        if design.n_treated in (0, design.n_units):
            raise RefusedError("No treated or no comparison unit has every covariate.", code="no_covariates")
    redundant = collinear(design)
    for name in redundant:
        notes.append(Note("collinear", f"{name} follows from the other covariates and was left out"))
    kept = tuple(c for c in design.covariates if c not in redundant)
    return replace(design, data=design.data.drop(columns=list(redundant)), covariates=kept), tuple(notes)


def collinear(design: Design) -> tuple[str, ...]:
    """Covariates that are linear in those named before them, among units with all of them."""
    units = design.units[list(design.covariates)].dropna()
    kept, redundant = [np.ones(len(units))], []
    for name in design.covariates:
        x = units[name].to_numpy(float)
        x = (x - x.mean()) / (x.std() or 1.0)
        if np.linalg.matrix_rank(np.column_stack([*kept, x]), tol=1e-8 * np.sqrt(len(units))) > len(kept):
            kept.append(x)
        else:
            redundant.append(name)
    return tuple(redundant)


def overlap(design: Design) -> pd.DataFrame:
    """Propensity of belonging to each cohort rather than to the never treated, by logit on the covariates.

    Returns:
        Rows with `cohort`, `low`, `high` (smallest and largest propensity), `n` (units), `n_extreme` (outside `TRIM`),
        `separated` (the logit runs off: the covariates tell some or all units apart).
    """
    units = design.units.dropna(subset=list(design.covariates))
    names = [c for c in design.covariates if c not in collinear(design)]
    rows = []
    for cohort in design.cohorts:
        part = units[units["cohort"].isna() | (units["cohort"] == cohort)]
        x = part[names].to_numpy(float)
        x = np.column_stack([np.ones(len(part)), (x - x.mean(axis=0)) / np.where(x.std(axis=0) > 0, x.std(axis=0), 1)])
        d = part["cohort"].notna().to_numpy(float)
        score, separated = _propensity(d, x)
        extreme = int(((score < TRIM) | (score > 1 - TRIM)).sum())
        rows.append((cohort, float(score.min()), float(score.max()), len(part), extreme, separated))
    return pd.DataFrame(rows, columns=["cohort", "low", "high", "n", "n_extreme", "separated"])


def _propensity(d: np.ndarray, x: np.ndarray) -> tuple[np.ndarray, bool]:
    from statsmodels.discrete.discrete_model import Logit  # what only looks at results does without it
    from statsmodels.tools.sm_exceptions import PerfectSeparationError

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            fit = Logit(d, x).fit(disp=0, maxiter=100)
            score = np.asarray(fit.predict())
        except (PerfectSeparationError, np.linalg.LinAlgError):
            return d, True  # the propensities tend to 0 and 1
    # Every warning of this fit says the same: the iterations run off because the groups are told apart in part.
    return score, bool(caught) or not fit.mle_retvals["converged"]


def flags(design: Design, shape: Shape | None = None) -> tuple[Note, ...]:
    """Notes a code and a sentence on all that is doubtful in a design, those of its making and of the outcome first."""
    notes = [*design.notes, *shape_notes(design.data["y"].to_numpy(float), shape)]
    sizes = design.units["cohort"].value_counts()
    for cohort in sorted(sizes.index[sizes == 1]):
        notes.append(
            Note("single_unit_cohort", f"cohort {int(cohort)} has one unit, so its uncertainty cannot be estimated")
        )
    short = int((design.data.groupby("unit").size() < len(design.periods)).sum())
    if short:
        notes.append(Note("unbalanced", f"{short} of {design.n_units} units are not observed in every measured period"))
    seen = design.data.dropna(subset="cohort").groupby(["cohort", "period"]).size()
    empty = len(design.cohorts) * len(design.periods) - len(seen)
    if empty:
        notes.append(Note("empty_cells", f"{empty} cohorts by periods have no observation"))
    if not (design.data["g"] >= 2).any():
        notes.append(
            Note("one_pre_period", "no cohort has two measured periods before its start: trends are not testable")
        )
    weights = two_way_weights(design)
    if weights.share_negative > 0:
        notes.append(
            Note(
                "negative_weights",
                f"{weights.share_negative:.1%} of rows under treatment count negatively in the two-way "
                f"coefficient; these weights sum to {weights.sum_negative:.3f}",
            )
        )
    if weights.share_zero > 0:
        notes.append(Note("zero_weights", f"{weights.share_zero:.1%} of rows under treatment do not count in it"))
    return tuple(dict.fromkeys([*notes, *_covariate_flags(design)]))


def _covariate_flags(design: Design) -> list[Note]:
    if not design.covariates:
        return []
    notes = [Note("collinear", f"covariate {c} follows from the others") for c in collinear(design)]
    for name in design.covariates:
        values = design.units[name].dropna()
        rare = int((values != values.mode().iloc[0]).sum())
        if rare < RARE:
            notes.append(Note("near_constant", f"covariate {name} differs from its usual value in {rare} unit(s) only"))
    found = overlap(design)
    if (found["n_extreme"] > found["n"] / 2).any():
        notes.append(Note("no_overlap", "the covariates tell a cohort and its comparison group apart"))
    elif found["n_extreme"].any() or found["separated"].any():
        low, high = found["low"].min(), found["high"].max()
        notes.append(
            Note(
                "overlap",
                f"propensities range from {low:.3f} to {high:.3f}; {int(found['n_extreme'].sum())} lie outside "
                f"{TRIM:g} to {1 - TRIM:g} and are trimmed",
            )
        )
    return notes
