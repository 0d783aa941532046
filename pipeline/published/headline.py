"""The headline of an edition: every effect on which a verdict was given, as it may be published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from pipeline.ledger.gate import WITHHELD
from pipeline.ledger.results import Number, Results

_OUTCOME, _OTHER = "verdict_", "_verdict"
"""Texts of the ledger that hold a verdict: `verdict_<outcome>` on `att_<outcome>`, `<number>_verdict` on that number."""
NOTHING_LIMITS = "nothing"
_OF_NUMBER = ("value", "low", "high", "p", "n")


@dataclass(frozen=True)
class Effect:
    """An effect with its verdict.

    Attributes:
        value, low, high, p, n: As in the ledger; all None where the gate withheld the number.
        unit, decimals: How it prints.
        verdict: Code of the verdict.
        reasons: Codes of the rules that held, in their order; empty where none are recorded.
        limiting: The one among them that limits the verdict; empty where none does.
        security: Steps of security, "0" to "5"; empty where they are not recorded.
        mde: Smallest effect that could be detected, where it is recorded.
        underpowered: Of a verdict "none": whether the data were too weak to tell.
    """

    value: float | None
    low: float | None
    high: float | None
    p: float | None
    n: int | None
    unit: str
    decimals: int
    verdict: str
    reasons: tuple[str, ...] = ()
    limiting: str = ""
    security: str = ""
    mde: float | None = None
    underpowered: bool = False

    @property
    def withheld(self) -> bool:
        return self.value is None


@dataclass(frozen=True)
class Headline:
    """Effects by the ledger's name of the number, and the joint verdict on the primary outcomes."""

    effects: dict[str, Effect]
    joint: str = ""

    def to_json(self) -> dict[str, Any]:
        """The headline as JSON holds it."""
        return {"effects": {name: asdict(effect) for name, effect in self.effects.items()}, "joint": self.joint}

    @staticmethod
    def from_json(held: Mapping[str, Any]) -> Headline:
        """The headline that `to_json` wrote."""
        effects = {name: Effect(**{**one, "reasons": tuple(one["reasons"])}) for name, one in held["effects"].items()}
        return Headline(effects, held["joint"])

    def printed(self) -> dict[str, str]:
        """Flat keys with their values at the decimals that a reader sees, sorted: what a back-test holds on to."""
        found = {"headline": self.joint} if self.joint else {}
        for name, effect in self.effects.items():
            found |= {key: value for key, value in _printed(name, effect).items() if value}
        return dict(sorted(found.items()))


def headline(results: Results) -> Headline:
    """The headline of an edition's ledgers.

    Args:
        results: What may be shown: `pipeline.ledger.results.read_results`, never the bare ledgers.
    """
    texts, numbers = results.texts, results.numbers
    found: dict[str, Effect] = {}
    for text in sorted(texts):
        if text.startswith(_OUTCOME):
            name, part = f"att_{text.removeprefix(_OUTCOME)}", "{part}_" + text.removeprefix(_OUTCOME)
        elif text.endswith(_OTHER):
            name, part = text.removesuffix(_OTHER), text.removesuffix(_OTHER) + "_{part}"
        else:
            continue
        if name in numbers:
            found[name] = _effect(results, name, part)
    return Headline(found, texts.get("headline", ""))


def _effect(results: Results, name: str, part: str) -> Effect:
    """An effect; `part` is the pattern of the names of what is known of it beside the number."""
    number = results.numbers[name]
    kept: dict[str, Any] = {key: None if number.withheld else getattr(number, key) for key in _OF_NUMBER}
    limiting, security = (results.texts.get(part.format(part=one), "") for one in ("limiting", "security"))
    return Effect(
        **kept,
        unit=number.unit,
        decimals=number.decimals,
        verdict=results.texts[part.format(part="verdict")],
        reasons=tuple(results.texts.get(part.format(part="reasons"), "").split()),
        limiting="" if limiting == NOTHING_LIMITS else limiting,
        security=security,
        mde=_shown(results.numbers.get(part.format(part="mde"))),
        underpowered=results.texts.get(part.format(part="underpowered")) == "yes",
    )


def _shown(number: Number | None) -> float | None:
    return None if number is None or number.withheld else number.value


def _printed(name: str, effect: Effect) -> dict[str, str]:
    def digits(value: float | None, decimals: int = effect.decimals) -> str:
        text = "" if value is None else f"{value:.{decimals}f}"
        return text if not text or float(text) else text.lstrip("-")  # a zero has no sign

    return {
        name: WITHHELD if effect.withheld else digits(effect.value),
        f"{name}.low": digits(effect.low),
        f"{name}.high": digits(effect.high),
        f"{name}.p": digits(effect.p, 3),
        f"{name}.n": digits(effect.n, 0),
        f"{name}.mde": digits(effect.mde),
        f"{name}.verdict": effect.verdict,
        f"{name}.security": effect.security,
        f"{name}.reasons": " ".join(effect.reasons),
        f"{name}.underpowered": "yes" if effect.underpowered else "",
    }
