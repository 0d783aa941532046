"""The numbers of the verdict's rules (`pipeline.methods.effects`), each of which a study may set."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Unit = Literal["own", "points", "sd", "percent"]


class Thresholds(BaseModel):
    """Numbers of the rules; a study file may set any of them under `verdict`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    smallest_effect: float | None = Field(default=None, gt=0)
    """Smallest effect of interest, in `smallest_effect_unit`; derived from the data with a note where not declared."""
    smallest_effect_unit: Unit = "own"
    """own or points: the outcome's unit; sd: standard deviations at baseline; percent: of the comparison's mean."""
    pretrend_alpha: float = Field(default=0.04, gt=0, lt=1)
    """Level of the family-wise pre-trend test: with 0.04 "not credible" stays below 5 % in every simulated world."""
    material_share: float = Field(default=0.5, gt=0)
    informative_share: float = Field(default=1.0, gt=0)
    divergence_share: float = Field(default=0.5, ge=0)
    """Divergence a period, as a share of the smallest effect, that a moderate claim has to survive."""
    divergence_alpha: float = Field(default=0.05, gt=0, lt=0.5)
    earlier_alpha: float = Field(default=0.05, gt=0, lt=0.5)
    wild_strong: float = Field(default=0.05, gt=0, lt=1)
    wild_moderate: float = Field(default=0.10, gt=0, lt=1)
    few_clusters: int = Field(default=50, ge=2)
    min_clusters: int = Field(default=6, ge=2)
    min_treated: int = Field(default=20, ge=1)
    min_df: float = Field(default=3.0, ge=1)
    baseline_large: float = Field(default=0.25, gt=0)
    agree_share: float = Field(default=0.5, gt=0)
    power: float = Field(default=0.80, gt=0, lt=1)
    """Power that the minimum detectable effect refers to."""


class Shape(BaseModel):
    """From where on an outcome's values say that an effect on their mean needs a word; a study may set any under `shape`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    count_mean: float = Field(default=10.0, gt=0)
    """Whole numbers, none negative, with a smaller mean than this are a count: a Poisson regression is set beside."""
    bound_share: float = Field(default=0.15, gt=0, lt=1)
    """Share of rows at the least or greatest value from which on it is a floor or ceiling (Terwee et al. 2007)."""
    steps: int = Field(default=5, ge=3)
    """Fewest different values of a scale that can have a floor or ceiling."""
