"""The theory of change as data: activities and aims, how they lead to each other, and how each aim is judged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import Field, model_validator

from pipeline.study.parts import Part, Scale, Text


class Recommendation(Part):
    """A recommendation of an earlier edition, and what became of it."""

    edition: int = Field(ge=1900)
    """Year of the edition that gave it; the report of each later edition tells it."""
    text: Text
    state: Literal["open", "under_way", "done", "dropped"]
    note: Text | None = None
    """What was done, or why not."""


class Indicator(Part):
    """What an aim is read from."""

    label: Text
    source: Text
    """Where it is measured, in words."""
    design: Literal["did", "effect", "descriptive", "none_yet"]
    """An outcome's difference-in-differences; that of an indicator outside the outcomes (its number has a verdict of its
    own); a description without causal claim; or not measured in this edition."""
    outcome: str | None = None
    """Outcome of the study whose verdict judges it (design did)."""
    number: str | None = None
    """Number of the ledger that describes it, such as share_min_jp (design descriptive) or skm_effect (design effect)."""
    reason: Text | None = None
    """Why it is not measured (design none_yet), to follow "because"."""
    scale: Scale | None = None
    """What a standard deviation is worth (design effect, where the effect is in standard deviations)."""

    @model_validator(mode="after")
    def _judged(self) -> Indicator:
        if (self.design == "did") != (self.outcome is not None):
            raise ValueError("an indicator of design `did` names its `outcome`, and only such an indicator does")
        if (self.design in ("descriptive", "effect")) != (self.number is not None):
            raise ValueError(
                "an indicator of design `descriptive` or `effect` names its `number`, and only such an indicator does"
            )
        if (self.design == "none_yet") != (self.reason is not None):
            raise ValueError("an indicator of design `none_yet` gives its `reason`, and only such an indicator does")
        if self.scale is not None and self.design != "effect":
            raise ValueError("only an indicator of design `effect` has a `scale`; an outcome has its own")
        return self


class Aim(Part):
    """An activity of the programme or something it is meant to move."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: Text
    kind: Literal["activity", "aim"] = "aim"
    leads_to: list[str] = Field(default_factory=list)
    indicators: list[Indicator] = Field(default_factory=list)


def check_theory(aims: Sequence[Aim], outcomes: Sequence[str]) -> None:
    """Names are unique and known, links make no circle, aims have indicators.

    Raises:
        ValueError: What is wrong, with the aim's name.
    """
    names = [aim.name for aim in aims]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"two aims are called {min(twice)!r}")
    for aim in aims:
        for other in aim.leads_to:
            if other not in names:
                raise ValueError(f"aim {aim.name!r} leads to {other!r}, which is not among the aims")
        if aim.kind == "aim" and not aim.indicators:
            raise ValueError(f"aim {aim.name!r} has no indicator; one of design `none_yet` says what is still missing")
        for indicator in aim.indicators:
            if indicator.outcome is not None and indicator.outcome not in outcomes:
                raise ValueError(f"aim {aim.name!r} names the outcome {indicator.outcome!r}, which the study lacks")
    layers(aims)


def layers(aims: Sequence[Aim]) -> dict[str, int]:
    """Depth of each aim: the length of the longest way that leads to it.

    Raises:
        ValueError: The links make a circle.
    """
    depth = {aim.name: 0 for aim in aims}
    for _ in range(len(depth) + 1):
        changed = False
        for aim in aims:
            for other in aim.leads_to:
                if depth[other] < depth[aim.name] + 1:
                    depth[other], changed = depth[aim.name] + 1, True
        if not changed:
            return depth
    raise ValueError("the aims lead to each other in a circle")
