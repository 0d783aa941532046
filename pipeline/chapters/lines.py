"""Lines of the first page: every declared indicator with its verdict, its number and how secure it is, from the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.chapters.outcomes import STATED
from pipeline.chapters.reasons import worded
from pipeline.chapters.theory import indicators_of
from pipeline.languages.message import Text, literal
from pipeline.ledger.entries import Number, Results
from pipeline.study import Study
from pipeline.study.parts import Scale
from pipeline.study.theory import Indicator


@dataclass(frozen=True)
class Line:
    """What one line of the page is about: an indicator of an aim, or an outcome where the study declares no aims.

    Attributes:
        name: Of the aim, or of the outcome where the study declares no aims.
        key: Of its texts.
        aim, label: Wording by language; no aim where the line before has the same.
        code: Verdict code, "descriptive" or "none_yet".
        number: Its ledger number; None where there is none.
        smallest: Smallest effect of interest.
        security, limiting, underpowered: As `reasons.record_verdict` recorded them; None without a verdict.
        better: "higher" or "lower".
        scale: What a standard deviation of it is worth.
        outcome: Name of the study's outcome that it is; empty where it is none.
        measure: Ledger name of its number; empty where it is an outcome.
        alone: Whether it is judged by itself: only the primary outcomes are judged together.
        log_of_zeros: Whether it is log(1 + y) of a count with zeros, whose effect is no change in per cent.
    """

    name: str
    key: str
    aim: Text
    label: Text
    code: str
    number: Number | None = None
    smallest: float | None = None
    security: str | None = None
    limiting: str | None = None
    underpowered: bool = False
    better: str = "higher"
    scale: Scale | None = None
    outcome: str = ""
    log_of_zeros: bool = False
    measure: str = ""
    alone: bool = False

    @property
    def told(self) -> str:
        """The code of its answer: where nothing was found, whether the data could have told."""
        return worded(self.code, self.underpowered)

    @property
    def shown(self) -> Number | None:
        """The number that may be shown: not what was withheld, nor an effect of which nothing is said."""
        silent = self.code not in (*STATED, "descriptive")
        return None if silent or self.number is None or self.number.withheld else self.number


def code_of(indicator: Indicator, known: Results) -> str:
    """Verdict code of an indicator; "descriptive" or "none_yet" where it has none.

    Args:
        indicator: The indicator.
        known: The ledgers, the verdicts on outcomes among their texts.
    """
    if indicator.outcome is not None:
        return known.texts[f"verdict_{indicator.outcome}"]
    if indicator.design == "effect":
        return known.texts.get(f"{indicator.number}_verdict", "none_yet")
    # A number that this edition's sources do not yield counts as not measured.
    return "none_yet" if indicator.number not in known.numbers else "descriptive"


def lines_of(study: Study, known: Results) -> Iterator[Line]:
    """The lines of the page, in the order of the declared aims."""
    if not study.aims:
        for outcome in (o for o in study.outcomes if o.role != "placebo"):
            yield _of_outcome(
                study, known, outcome.name, (outcome.name, outcome.name), literal(""), outcome.label.model_dump()
            )
    for aim, indicator, key in indicators_of(study):
        label, heading = indicator.label.model_dump(), aim.label.model_dump()
        if indicator.outcome is not None:
            yield _of_outcome(study, known, indicator.outcome, (aim.name, key), heading, label)
            continue
        name, said = indicator.number or "", known.texts.get
        smallest = known.numbers.get(f"{name}_smallest")
        yield Line(
            aim.name,
            key,
            heading,
            label,
            code_of(indicator, known),
            known.numbers.get(name),
            smallest.value if smallest else None,
            said(f"{name}_security"),
            said(f"{name}_limiting"),
            said(f"{name}_underpowered") == "yes",
            measure=name,
            alone=True,
        )


def _of_outcome(study: Study, known: Results, name: str, place: tuple[str, str], aim: Text, label: Text) -> Line:
    outcome, said = study.outcome(name), known.texts
    smallest = known.numbers.get(f"smallest_{name}")
    return Line(
        *place,
        aim,
        label,
        said[f"verdict_{name}"],
        known.numbers.get(f"att_{name}"),
        smallest.value if smallest else None,
        said.get(f"security_{name}"),
        said.get(f"limiting_{name}"),
        said.get(f"underpowered_{name}") == "yes",
        outcome.better,
        outcome.scale,
        name,
        f"shape_log_of_zeros_{name}" in known.numbers,
        alone=outcome.role != "primary",
    )
