"""Thresholds of the rules, the smallest effect of interest, and the smallest effect that could have been found."""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping

from pydantic import ValidationError
from scipy import special

from pipeline.errors import StudyError
from pipeline.methods.effects.estimate import quantile
from pipeline.methods.effects.judgement.types import PLAIN
from pipeline.study.thresholds import Thresholds

SD_SHARE = 0.1
"""Smallest effect of interest where none is declared: this share of the outcome's standard deviation at baseline."""


def thresholds_from(
    settings: Mapping[str, float], smallest_effect: float | None = None, unit: str | None = None
) -> Thresholds:
    """Thresholds of a study file's `verdict` part, with an outcome's own smallest effect of interest and its unit.

    Raises:
        StudyError: An unknown name or a value outside its range.
    """
    own: dict[str, object] = {} if smallest_effect is None else {"smallest_effect": smallest_effect}
    if unit is not None:
        own["smallest_effect_unit"] = unit
    try:
        return Thresholds.model_validate({**settings, **own})
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        near = difflib.get_close_matches(key, Thresholds.model_fields, 1)
        raise StudyError(
            f"The verdict's threshold {key!r} does not fit: {first['msg']}.",
            where=f"key verdict.{key}",
            expected="one of " + ", ".join(Thresholds.model_fields),
            todo=f"Did you mean {near[0]!r}?" if near and near[0] != key else "Correct the value.",
        ) from None


def smallest_effect(limits: Thresholds, sd: float | None = None, mean: float | None = None) -> tuple[float, bool]:
    """The smallest effect of interest in the outcome's unit, and whether it was derived and not declared.

    Args:
        limits: Value and unit as declared.
        sd: Standard deviation of the outcome at baseline.
        mean: Mean of the comparison at baseline.
    """
    known = sd is not None and math.isfinite(sd) and sd > 0
    declared, unit = limits.smallest_effect, limits.smallest_effect_unit
    if declared is None:
        return (SD_SHARE * sd if known else PLAIN), True  # type: ignore[operator]
    if unit == "sd":
        return (declared * sd, False) if known else (declared, True)  # type: ignore[operator]
    if unit == "percent":
        usable = mean is not None and math.isfinite(mean) and mean != 0
        return (declared / 100 * abs(mean), False) if usable else (SD_SHARE * (sd or 1.0), True)  # type: ignore[arg-type]
    return declared, False


def spread_at_most(sd: float | None, df: float, alpha: float) -> float | None:
    """Upper confidence bound of a standard deviation that is known with `df` degrees of freedom (by chi-squared)."""
    return sd if sd is None or math.isinf(df) else sd * math.sqrt(df / float(special.chdtri(df, 1 - alpha)))


def pretrend_level(limits: Thresholds, family: int = 1) -> float:
    """Level of the pre-trend test on one of a family of outcomes: Bonferroni's, the strictest that Holm's rule uses."""
    return limits.pretrend_alpha / max(family, 1)


def minimum_detectable_effect(
    se: float, level: float = 0.95, power: float = 0.80, df: float = math.inf, family: int = 1
) -> float:
    """Effect that a two-sided test finds with the stated power: (t_{crit} + t_power) se (Bloom 1995).

    With a family of outcomes the critical value is Bonferroni's, the strictest that Holm's rule uses.
    """
    return (quantile(1 - (1 - level) / (2 * family), df) + quantile(power, df)) * se
