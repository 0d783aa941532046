"""What is said, before it is said in a language: a message's name with its arguments, or a study's own words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Words: TypeAlias = Mapping[str, str]
"""A study's own words by language, such as an outcome's label."""


@dataclass(frozen=True)
class Message:
    """A message of the catalogues (`name`, or `name.attribute`) and what its placeables stand for.

    Arguments are texts, counts (which choose a plural), `Figure`s, other messages or a study's words.
    """

    name: str
    args: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Digits:
    """A number in a message, printed as the language prints it; `unit` follows it where it is named.

    `of` is the name of the ledger's number that it is: a result, which a reader can follow; a setting has none.
    """

    value: float
    decimals: int = 0
    signed: bool = False
    unit: str = ""
    of: str = ""


@dataclass(frozen=True)
class Period:
    """A period in a message, named as tables and figures name it."""

    value: float
    kind: str = "year"


Text: TypeAlias = "str | Message | Words | tuple[Text, ...] | list[Text]"
"""A message's name, a message with arguments, a study's own words, or several of these, said one after another."""


def msg(name: str, **args: Any) -> Message:
    """A message with its arguments."""
    return Message(name, args)


def plain(value: float) -> Digits:
    """A number with the decimals that it has, such as a setting: 0.05 has two."""
    return Digits(value, len(f"{value:.10f}".rstrip("0").partition(".")[2]))


def literal(text: object) -> Message:
    """A text that is the same in each language, such as a name."""
    return Message("literal", {"text": text if isinstance(text, Digits | Period) else str(text)})


def closed(text: Any, hidden: Collection[str], sign: str) -> Any:
    """A text with a sign in the place of the ledger's numbers that are hidden."""
    if isinstance(text, Digits):
        return sign if text.of in hidden else text
    if isinstance(text, Message):
        return Message(text.name, {key: closed(value, hidden, sign) for key, value in text.args.items()})
    return type(text)(closed(part, hidden, sign) for part in text) if isinstance(text, list | tuple) else text


def to_json(text: Any) -> Any:
    """A text or an argument as JSON holds it."""
    if isinstance(text, Message):
        return {"message": text.name, **({"args": {k: to_json(v) for k, v in text.args.items()}} if text.args else {})}
    if isinstance(text, Digits):
        return {"digits": [text.value, text.decimals, text.signed, text.unit, *([text.of] if text.of else [])]}
    if isinstance(text, Period):
        return {"period": [text.value, text.kind]}
    if isinstance(text, Mapping):
        return dict(text)
    if hasattr(text, "model_dump"):  # a study's own words
        return text.model_dump()
    if isinstance(text, list | tuple):
        return [to_json(part) for part in text]
    return text.item() if hasattr(text, "item") else text


def from_json(held: Any) -> Any:
    """The text or argument that `to_json` wrote."""
    if isinstance(held, Mapping) and "message" in held:
        return Message(held["message"], {k: from_json(v) for k, v in held.get("args", {}).items()})
    if isinstance(held, Mapping) and "digits" in held:
        return Digits(*held["digits"])
    if isinstance(held, Mapping) and "period" in held:
        return Period(*held["period"])
    return [from_json(part) for part in held] if isinstance(held, list) else held
