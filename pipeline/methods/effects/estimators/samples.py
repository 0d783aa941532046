"""Parts of a design that some estimators need: whole panels, and units with a row without treatment."""

from __future__ import annotations

from pipeline.errors import DesignError
from pipeline.methods.effects.design import Design
from pipeline.methods.effects.estimate import Note
from pipeline.methods.effects.estimators.base import RefusedError


def complete_panel(design: Design, code: str) -> tuple[Design, list[Note]]:
    """The design on units observed in every period, with a note of how many were left out.

    Raises:
        RefusedError: No treated or no comparison unit is observed in every period.
    """
    try:
        balanced = design.balanced()
    except DesignError as error:
        raise RefusedError(error.what, code="no_balanced_units", where=code, expected=error.expected) from None
    left = design.n_units - balanced.n_units
    return balanced, [Note("balanced_only", f"{left} units not observed in every period were left out")] if left else []


def with_untreated_rows(design: Design) -> tuple[Design, list[Note]]:
    """The design on units with a row without treatment, with a note: the unit effect of others is not estimable.

    Raises:
        RefusedError: No treated unit is left.
    """
    keep = ~(design.data.groupby("unit")["event_time"].transform("min") >= 0)
    if keep.all():
        return design, []
    part = design.keep(keep)
    if part.data["g"].isna().all():
        raise RefusedError("No treated unit is observed before its start.", code="no_pre_period", where=design.outcome)
    n = design.n_units - part.n_units
    return part, [Note("units_before", f"{n} units without a row before their start were left out")]
