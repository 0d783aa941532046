"""What the questionnaire says beside the study's own items: instructions of the protected designs, yes and no."""

from __future__ import annotations

from typing import Any

from pipeline.languages.catalogue import say
from pipeline.languages.known import languages
from pipeline.languages.message import msg
from pipeline.study.parts import Text
from pipeline.study.survey import Format, Sensitive

MODES = ("paper", "web", "phone")


def word(name: str, **args: Any) -> Text:
    """The message `questionnaire-<name>` in every language."""
    return Text.model_validate({lang: say(msg(f"questionnaire-{name}", **args), lang) for lang in languages()})


def same(text: str) -> Text:
    """A code or letter, which reads the same in every language."""
    return Text.model_validate(dict.fromkeys(languages(), text))


def _throws(first: int, last: int) -> str:
    """A run of a die's numbers: "1-5", or "6" alone."""
    return str(first) if first == last else f"{first}-{last}"


def instruction(design: Format, bank: Sensitive) -> Text:
    """What the respondent reads under a design, its statements included."""
    statement = bank.statement
    if design in ("list_control", "list_treatment"):
        asked, lists = word("all-true"), [*bank.list_items, *([statement] if design == "list_treatment" else [])]
        told = {
            lang: " ".join([asked[lang], *(f"({k}) {item[lang]}" for k, item in enumerate(lists, 1))])
            for lang in languages()
        }
        return Text.model_validate(told)
    if design == "forced":
        yes, no = round(6 * bank.forced_yes), round(6 * bank.forced_no)
        return word("forced", first=_throws(1, yes), last=_throws(7 - no, 6), statement=statement)
    if design == "warner":
        most = round(6 * bank.warner)
        return word("warner", first=_throws(1, most), last=_throws(most + 1, 6), statement=statement)
    if design == "direct":
        return word("direct", statement=statement)
    return word("crosswise", innocuous=bank.innocuous, statement=statement)
