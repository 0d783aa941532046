"""The survey of participants as data: scales, protected questions, open question, and who is asked how.

The item bank is `studies/<name>/items.yml`; the questionnaire is written from it and the answers are read by it.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from pipeline.study.parts import Part, Text

NAME = r"^[a-z][a-z0-9_]*$"
Format = Literal["direct", "list_control", "list_treatment", "forced", "warner", "crosswise"]
FORMATS: tuple[Format, ...] = ("direct", "list_control", "list_treatment", "forced", "warner", "crosswise")


class Choice(Part):
    """One answer of a closed question: its code in the data and its wording."""

    code: str = Field(pattern=r"^[A-Za-z0-9_]+$")
    label: Text


class Demographic(Part):
    """A coarse trait that both the frame of invited persons and the answers hold."""

    name: str = Field(pattern=NAME)
    text: Text
    choices: list[Choice] = Field(min_length=2)


class Question(Part):
    """One question: its name in the data and its wording."""

    name: str = Field(pattern=NAME)
    text: Text


class Item(Question):
    """One statement of a scale."""

    reversed: bool = False
    """True where agreement means less of what the scale measures."""


class Scale(Part):
    """Items that measure one thing, answered on the same points."""

    name: str = Field(pattern=NAME)
    label: Text
    phrase: Text
    """The scale inside a sentence."""
    items: list[Item] = Field(min_length=3)
    smallest_effect: float = Field(default=0.10, gt=0)
    """Smallest effect of interest, in standard deviations of answers of never-treated units."""


class Sensitive(Part):
    """One statement that people may fear to affirm, asked by several protected designs and directly."""

    statement: Text
    list_items: list[Text] = Field(min_length=3)
    """Harmless statements of the list experiment; one rare and one frequent, so that few have none or all."""
    innocuous: Text
    """Unrelated statement of the crosswise design, such as a birthday in the first quarter."""
    innocuous_share: float = Field(gt=0, lt=1)
    forced_yes: float = Field(gt=0, lt=1)
    """Chance that the device says: answer yes."""
    forced_no: float = Field(gt=0, lt=1)
    warner: float = Field(gt=0, lt=1)
    """Chance that the device picks the statement and not its negation."""
    shares: dict[Format, float]
    """Share of the forms of each design, in the assignment list."""

    @model_validator(mode="after")
    def _estimable(self) -> Sensitive:
        if self.forced_yes + self.forced_no >= 1:
            raise ValueError("forced answers leave no honest ones: `forced_yes` + `forced_no` must be below 1")
        if abs(self.warner - 0.5) < 0.05 or abs(self.innocuous_share - 0.5) < 0.05:
            raise ValueError("`warner` and `innocuous_share` near 0.5 tell nothing: keep them 0.05 away from it")
        if any(abs(6 * share - round(6 * share)) > 1e-6 for share in (self.forced_yes, self.forced_no, self.warner)):
            raise ValueError("`forced_yes`, `forced_no` and `warner` are sixths, for respondents throw a die")
        missing = [name for name in FORMATS if name not in self.shares]
        if missing or abs(sum(self.shares.values()) - 1) > 1e-9:
            raise ValueError("`shares` names all of " + ", ".join(FORMATS) + " and adds up to 1")
        return self


class Theme(Part):
    """A theme of the open answers, found by words."""

    name: str = Field(pattern=NAME)
    label: Text
    keywords: list[str] = Field(min_length=1)
    """Beginnings of words, in lower case."""


class OpenQuestion(Part):
    name: str = Field(pattern=NAME)
    text: Text
    themes: list[Theme]


class Survey(Part):
    """The whole item bank."""

    title: Text
    introduction: Text
    points: list[Choice] = Field(min_length=3)
    """Points of agreement from least to most, with codes "1", "2", …"""
    demographics: list[Demographic]
    scales: list[Scale] = Field(min_length=1)
    reward: Question | None = None
    """Yes-no question on a named reward, such as a course outside the region."""
    sensitive: Sensitive | None = None
    open_question: OpenQuestion | None = None

    @model_validator(mode="after")
    def _unique(self) -> Survey:
        names = [d.name for d in self.demographics] + [i.name for s in self.scales for i in s.items]
        names += [q.name for q in (self.reward, self.open_question) if q is not None]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"two questions are called {twice[0]!r}")
        if [point.code for point in self.points] != [str(k) for k in range(1, len(self.points) + 1)]:
            raise ValueError('the codes of `points` are "1", "2", … in order')
        return self

    @property
    def item_names(self) -> list[str]:
        """Names of all items of the scales, in order."""
        return [item.name for scale in self.scales for item in scale.items]
