"""What the study asks of the robustness chapter."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from pipeline.study.parts import Part, Text

SampleValue = str | int | float


class Sample(Part):
    """A defensible choice of units and periods."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: Text | None = None
    """Words of the sample; without them the report calls it all units."""
    balanced: bool = False
    """Only units observed in every measured period."""
    where: dict[str, SampleValue] = Field(default_factory=dict)
    """Column of the panel -> the value its rows must have."""
    without_cohorts: list[int] = Field(default_factory=list)
    first_period: int | None = None


class Specifications(Part):
    """Choices of which every combination is estimated; the first of each list is the main one."""

    samples: list[Sample] = Field(default_factory=list)
    covariates: list[Literal["none", "baseline"]] = Field(default=["none", "baseline"])
    estimators: list[Literal["group_time", "imputation", "two_way"]] = Field(
        default=["group_time", "imputation", "two_way"]
    )
    comparisons: list[Literal["never", "not_yet"]] = Field(default=["never", "not_yet"])
    scalings: list[Literal["declared", "rank"]] = Field(default=["declared", "rank"])
    clusters: list[Literal["unit", "cluster"]] = Field(default=["unit", "cluster"])
    draws: int = Field(default=1999, ge=199)

    @model_validator(mode="after")
    def _filled(self) -> Specifications:
        codes = [sample.code for sample in self.samples]
        if len(set(codes)) < len(codes):
            raise ValueError("two samples have the same code")
        empty = [
            name
            for name in ("covariates", "estimators", "comparisons", "scalings", "clusters")
            if not getattr(self, name)
        ]
        if empty:
            raise ValueError(f"`{empty[0]}` needs at least one choice")
        return self
