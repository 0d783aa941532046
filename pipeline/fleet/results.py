"""What a fleet's page knows of a study: what its published ledger says, and nothing else.

`reports/<study>/<edition>/<lang>/ledger.json` has gone through the gate and the audit and lies open beside the report. What
was withheld there is not known here, and so in no total, in no pooled effect and in no weight.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.chapters.reasons import worded
from pipeline.errors import StudyError
from pipeline.fleet.work import Fault, Made
from pipeline.ledger.counts import Thresholds
from pipeline.study import Outcome, Study, load_study

_NUMBERS = ("value", "low", "high", "p")


@dataclass(frozen=True)
class Effect:
    """An effect as it was published; numbers are None where they were withheld or cannot be estimated.

    Attributes:
        verdict: Its code by which tables word it (`reasons.worded`); "" where none was given.
        value, se, low, high, p: In units of the outcome.
        units: Units behind it.
        withheld: Whether the study's own report hides it.
        transform: The outcome's transformation: standardised by the place's own comparison, logarithm, or none.
    """

    outcome: str
    unit: str
    verdict: str
    value: float | None
    se: float | None
    low: float | None
    high: float | None
    p: float | None
    units: int | None
    withheld: bool = False
    transform: str = "none"

    @property
    def measure(self) -> tuple[str, str]:
        """What effects must share to be compared: the unit, and how the outcome was brought to it."""
        return self.unit, self.transform

    @property
    def pooled(self) -> bool:
        """Whether it can be pooled with others."""
        return self.value is not None and self.se is not None and self.se > 0


@dataclass(frozen=True)
class Place:
    """A study of a fleet.

    Attributes:
        study: Its name.
        label: How it is named on the page.
        edition: The edition's year; 0 where there is no report.
        effects: Published effects by outcome.
        fault: Why there is no report.
        outcomes: The study's outcomes that count for its verdicts.
        demonstration: Whether its data are invented.
    """

    study: str
    label: str
    edition: int
    effects: dict[str, Effect]
    fault: Fault | None = None
    outcomes: tuple[Outcome, ...] = ()
    demonstration: bool = False


def place_of(made: Made, label: str, root: Path, lang: str) -> Place:
    """What may be said of a study.

    Args:
        made: What came of its run.
        label: Its name on the page.
        root: Where its reports lie.
        lang: Language of the published ledger that is read.

    Raises:
        StudyError: Its published ledger cannot be read.
    """
    if made.fault is not None:
        return Place(made.study, label, 0, {}, made.fault)
    study = load_study(made.study, root)
    path = root / "reports" / made.study / str(made.edition) / lang / "ledger.json"
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        primary = tuple(outcome for outcome in study.outcomes if outcome.role == "primary")
        effects = {one.name: _effect(content, one) for one in primary if f"att_{one.name}" in content["numbers"]}
    except (OSError, ValueError, KeyError, TypeError):
        raise StudyError(
            "The published ledger cannot be read.",
            where=path.relative_to(root).as_posix(),
            todo=f"Make the report anew: remove that file, then make report STUDY={made.study}",
        ) from None
    return Place(made.study, label, made.edition, effects, None, primary, study.demonstration)


def thresholds_of(studies: Sequence[Study]) -> Thresholds:
    """The strictest of the studies' smallest numbers of persons and units."""
    persons = max((one.disclosure.min_persons for one in studies), default=Thresholds().persons)
    units = [
        one.disclosure.min_persons if one.panel is not None and one.panel.person_units else one.disclosure.min_units
        for one in studies
    ]
    return Thresholds(persons, max(units, default=Thresholds().units))


def strictly(place: Place, thresholds: Thresholds) -> Place:
    """A place by the strictest of all places' rules: what rests on fewer units than that counts as withheld here."""
    kept = {
        name: replace(effect, value=None, se=None, low=None, high=None, p=None, units=None, withheld=True)
        if effect.units is not None and effect.units < thresholds.units
        else effect
        for name, effect in place.effects.items()
    }
    return replace(place, effects=kept)


def _effect(content: dict[str, Any], outcome: Outcome) -> Effect:
    number, texts = content["numbers"][f"att_{outcome.name}"], content["texts"]
    rows = content["tables"].get("tbl_effects", {}).get("rows", [])
    row: dict[str, Any] = next((one for one in rows if one.get("outcome") == outcome.name), {})
    withheld = _number(number.get("value")) is None or row.get("units") is None or _number(row.get("units")) is None
    known = {key: None if withheld else _number(number.get(key)) for key in _NUMBERS}
    units = None if withheld else _number(row.get("units"))
    return Effect(
        outcome=outcome.name,
        unit=outcome.unit,
        verdict=worded(texts.get(f"verdict_{outcome.name}", ""), texts.get(f"underpowered_{outcome.name}") == "yes"),
        se=None if withheld else _number(row.get("se")),
        units=None if units is None else int(units),
        withheld=withheld,
        transform=outcome.transform,
        **known,
    )


def _number(value: Any) -> float | None:
    """A finite number; None for what is hidden ("[c]"), unknown or missing."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)
