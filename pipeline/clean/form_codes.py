"""What a form server's export says, by the item bank: headings under any group, labels in place of codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from pipeline.questionnaire import wording
from pipeline.questionnaire.assignment import LETTERS
from pipeline.sources.names import plain_name
from pipeline.study import Source, Text
from pipeline.study.survey import FORMATS, Survey

_SEX = {"l": "M", "pria": "M", "p": "F", "wanita": "F"}  # as people type it beside the item bank's labels
_MARKS = re.compile(r"[.:*?\s]+$")


@dataclass(frozen=True)
class Codes:
    """Codes of a column of answers; how many were given as labels; rows with an answer that no choice has."""

    codes: pd.Series
    labels: int
    unknown: pd.Index


def with_items(spec: Source, survey: Survey) -> Source:
    """The answers' declaration with every item of the item bank, by its name or its wording.

    The group in front of a heading, and its separator, do not matter: the reader looks at a heading's last part too.
    """
    named = {item.name: [item.name, *_words(item.text)] for scale in survey.scales for item in scale.items}
    if survey.reward is not None:
        named[survey.reward.name] = [survey.reward.name, *_words(survey.reward.text)]
    words = {trait.name: _words(trait.text) for trait in survey.demographics}
    words |= {
        "batch": _words(wording.word("batch")),
        "mode": _words(wording.word("mode")),
        "contact": _words(wording.word("contact")),
    }
    words |= {"format": _words(wording.word("letter"))}
    if survey.open_question is not None:
        words["open"] = [survey.open_question.name, *_words(survey.open_question.text)]
    declared = {name: [*options, *words.get(name, [])] for name, options in spec.columns.items()}
    return spec.model_copy(update={"columns": {**named, **declared}})


def choices(survey: Survey) -> dict[str, dict[str, str]]:
    """Field -> what may stand in its cells (codes, labels in both languages) -> code."""
    points = _known((point.code, point.label) for point in survey.points)
    found = dict.fromkeys(survey.item_names, points)
    if survey.reward is not None:
        found[survey.reward.name] = yes_no()
    for trait in survey.demographics:
        found[trait.name] = _known((one.code, one.label) for one in trait.choices)
    codes = set(found.get("sex", {}).values())
    found["sex"] = {**{word: code for word, code in _SEX.items() if code in codes}, **found.get("sex", {})}
    found["mode"] = {
        **_known((mode, wording.word(f"mode-{mode}")) for mode in wording.MODES),
        "kertas": "paper",
        "daring": "web",
        "telepon": "phone",
    }
    found["format"] = {name: name for name in FORMATS} | {letter.casefold(): name for name, letter in LETTERS.items()}
    return found


def yes_no() -> dict[str, str]:
    """What may stand for yes and no."""
    return {**_known([("1", wording.word("yes")), ("0", wording.word("no"))]), "true": "1", "false": "0"}


def coded(column: pd.Series, known: Mapping[str, str]) -> Codes:
    """A column's answers as codes; missing where blank or not known."""
    plain = column.map(lambda text: None if text is None else _plain(text))
    codes = plain.map(lambda text: None if text is None else known.get(text))
    said = plain.notna()
    same = pd.Series(
        [a is not None and a == str(b).casefold() for a, b in zip(plain, codes, strict=True)], column.index
    )
    return Codes(codes, int((codes.notna() & ~same).sum()), column.index[said & codes.isna()])


def _known(pairs: Iterable[tuple[str, Text]]) -> dict[str, str]:
    return {_plain(word): code for code, label in pairs for word in (code, *_words(label))}


def _words(text: Text) -> list[str]:
    return list(text.model_dump().values())


def _plain(text: str) -> str:
    return _MARKS.sub("", plain_name(" ".join(text.split()))).casefold()
