"""What a chapter writes with: blocks in order, their words from the catalogues, their numbers from the ledger.

A section is a function of a `Doc`. It decides what is said (conditions, order, exhibits); the catalogues hold how it is
said. In a catalogue, messages call `NUM("name")`, `CI(…)`, `P(…)`, `N(…)`, `COUNT(…)`, `PERIOD(…)`, `SHARE(…)`,
`VERDICT(…)`, `DATE(…)`, `TEXT(…)` (a code as it stands) and `MATH("name")`; a further argument is joined to the name:
`NUM("att", $o)` is `att_literacy`.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from fluent.runtime.types import fluent_number

from pipeline.languages import locale
from pipeline.languages.catalogue import Catalogue, say
from pipeline.languages.known import HERE, own_words
from pipeline.languages.message import Message, Text
from pipeline.report import tables
from pipeline.report.marks import Names
from pipeline.study import ROOT

if TYPE_CHECKING:
    from pipeline.report.prose import Prose

Part: TypeAlias = "Text | Sequence[Part] | None"
"""A message, several of them, or nothing."""


OFFICES = ("programme", "training", "data", "evaluation")
"""Tasks of whom recommendations are addressed to."""


def when(condition: bool, *parts: Part) -> Part:
    """The parts where the condition holds, else nothing."""
    return parts if condition else None


class Doc:
    """One report in one language, written block by block.

    Args:
        prose: The study, the edition and the ledger, and how a number of it prints.
        own: The study's folder of catalogues for this language.
        root: The repository, where a study may have chapters of its own.
    """

    def __init__(self, prose: Prose, own: Path | None = None, root: Path = ROOT) -> None:
        self.root = root
        self.prose, self.lang, self.study, self.edition = prose, prose.lang, prose.study, prose.edition
        self.outcomes = prose.outcomes
        self.blocks: list[str] = []
        self.names = Names()
        self.link: Callable[[str], str] = lambda text: text  # what the outline sets, such as links to a glossary
        self.words = Catalogue(self.lang, own, self._functions(), prose.given if prose.followed else None)
        program, cluster = prose.study.program, prose.study.program.cluster_label
        self._always: dict[str, Any] = {
            "program": own_words(program.label, self.lang),
            "unit": own_words(program.unit_label, self.lang),
            "unit-period": own_words(program.period_label, self.lang),
            "cluster": own_words(cluster, self.lang) if cluster else say("common-cluster", self.lang),
            "edition": str(self.edition),
            **self._offices(),
        }
        self.inputs = prose.results.inputs
        # What the ledger has, for the rules by which sections choose what they say.
        self.has, self.value, self.p_value, self.code = prose.has, prose.value, prose.p_value, prose.text
        self.verdict_code = prose.verdict_code

    # --- blocks -----------------------------------------------------------------------------------------------------

    def heading(self, text: Text, level: int = 2, id: str = "", classes: Iterable[str] = ()) -> None:
        """A heading; `id` is what the text refers to as @id."""
        marks = " ".join([*([f"#{id}"] if id else []), *(f".{name}" for name in classes)])
        self.blocks.append(f"{'#' * level} {self.say(text)}" + (f" {{{marks}}}" if marks else ""))

    def paragraph(self, *parts: Part) -> None:
        """One paragraph of the parts that are there; none where there are none."""
        said = self.sentence(*parts)
        if said:
            self.blocks.append(self.named(parts) + self.link(said))

    def bullets(self, *items: Part) -> None:
        """A list of the items that are there."""
        self._list([f"- {self.named(item)}{self.link(said)}" for item in items if (said := self.sentence(item))])

    def steps(self, *items: Part) -> None:
        """A numbered list of the items that are there."""
        self._list([f"1. {self.named(item)}{said}" for item in items if (said := self.sentence(item))])

    def callout(self, kind: str, *parts: Part) -> None:
        """A box: "note", "important", "warning"."""
        self.blocks.append(f"::: {{.callout-{kind}}}\n{self.named(parts)}{self.sentence(*parts)}\n:::")

    def table(self, name: str) -> None:
        """A ledger table, where the ledger has it with rows."""
        if self.has(name):
            self.blocks.append(self.prose.table(name).strip("\n"))

    def figure(self, name: str, width: str = "100%") -> None:
        """A ledger figure, where the ledger has it."""
        if self.has(name):
            self.blocks.append(self.prose.figure(name, width).strip("\n"))

    def words_table(
        self,
        name: str,
        heads: Sequence[Text],
        rows: Iterable[Sequence[Part]],
        *,
        caption: Text,
        notes: Text | None = None,
    ) -> None:
        """A table of words that no notebook computes, such as a checklist; `name` begins with tbl_."""
        cells = [[self.sentence(cell) or tables.DASH for cell in row] for row in rows]
        body = tables.pipe([self.say(head) for head in heads], ["left"] * len(heads), cells)
        told = f"\n\n{tables.words_notes(self.say(notes), self.lang)}" if notes else ""
        self.blocks.append(f"{body}\n\n: {self.say(caption)} {{#{tables.identifier(name)}}}{told}")

    def raw(self, markdown: str) -> None:
        """Markdown as it stands, such as the place of the references."""
        self.blocks.append(markdown)

    def listed(self, name: str) -> None:
        """The messages that a list names, in order: "-title" a heading, "-item" a bullet, "-step" a numbered line.

        A study says a list anew, with messages of its own.

        Raises:
            RenderError: The list names a message that there is not.
        """
        names = self.words.say(name).split()
        for kind, run in groupby(names, key=_kind):
            held = list(run)
            if kind == "title":
                for title in held:
                    self.heading(title)
            elif kind in ("item", "step"):
                (self.bullets if kind == "item" else self.steps)(*held)
            else:
                for paragraph in held:
                    self.paragraph(paragraph)

    def markdown(self) -> str:
        """All blocks."""
        return "\n\n".join(self.blocks) + ("\n" if self.blocks else "")

    # --- words ------------------------------------------------------------------------------------------------------

    def say(self, text: Text, **args: Any) -> str:
        """A text in the report's language, with the ledger's numbers in it."""
        return " ".join(self.words.say(text, **{**self._always, **args}).split(" "))

    def sentence(self, *parts: Part) -> str:
        """The parts that are there, one after another."""
        return " ".join(said for part in _flat(parts) if (said := self.say(part).strip()))

    def named(self, part: Part) -> str:
        """The place that a reviewer's remark refers to, as Markdown; nothing where the report is not to be followed."""
        if not self.prose.followed:
            return ""
        first = next((text for text in _flat([part]) if self.say(text).strip()), "")
        outcome = str(first.args.get("o", "")) if isinstance(first, Message) else ""
        key = first.name if isinstance(first, Message) else first if isinstance(first, str) else "text"
        return f"[]{{#{self.names.name('p', key, outcome)} .place}}"

    def primary(self, having: str = "") -> list[Any]:
        """The primary outcomes of which the ledger has an entry, such as "attrition" for `attrition_literacy`."""
        return [o for o in self.outcomes if o.role == "primary" and (not having or self.has(f"{having}_{o.name}"))]

    def about(self, outcome: Any, name: str, **args: Any) -> Message:
        """A message about an outcome: it may use $o (ledger name), $id (as in @fig-…), $outcome (label), $phrase."""
        told = {"o": outcome.name, "id": outcome.id, "outcome": outcome.label, "phrase": outcome.phrase}
        return Message(name, {**told, **args})

    def _offices(self) -> dict[str, str]:
        """What stands behind the task of whom a recommendation is addressed to: the office, where the study names it."""
        named = {part: getattr(self.study.report.offices, part) for part in OFFICES}
        return {
            f"office-{part}": "" if office is None else self.words.say("conclusion-office", office=office)
            for part, office in named.items()
        }

    def _list(self, lines: list[str]) -> None:
        if lines:
            self.blocks.append("\n".join(lines))

    def _functions(self) -> dict[str, Any]:
        prose = self.prose

        marked = prose.marked

        def given(said: str, of: str) -> str:
            return prose.given(str(of), said, "")

        def num(*parts: Any, decimals: Any = None, unit: Any = "yes", signed: Any = "no") -> str:
            places = None if decimals is None else int(decimals)
            said = prose.num(_name(parts), places, unit=str(unit) == "yes", signed=str(signed) == "yes")
            return marked(_name(parts), said)

        def interval(*parts: Any, decimals: Any = None) -> str:
            return marked(_name(parts), prose.ci(_name(parts), None if decimals is None else int(decimals)))

        def count(*parts: Any) -> Any:
            """For the choice of a plural; what is printed is `NUM`."""
            return fluent_number(prose.value(_name(parts)), useGrouping=True)

        def period(*parts: Any, of: Any = "") -> str:
            """Of a ledger number, or of a value that is given."""
            if not isinstance(parts[0], str):
                return given(prose.period(float(parts[0])), of)
            return marked(_name(parts), prose.period(prose.value(_name(parts))))

        def verdict(outcome: Any) -> str:
            name = "headline" if str(outcome) == "headline" else f"verdict_{outcome}"
            return prose.judged(name, prose.verdict(str(outcome)))

        return {
            "NUM": num,
            "CI": interval,
            "COUNT": count,
            "PERIOD": period,
            "DATE": lambda *parts: locale.date(dt.date.fromisoformat(prose.text(_name(parts))), self.lang),
            "TEXT": lambda *parts: prose.text(_name(parts)),
            "VERDICT_OF": lambda *parts: prose.judged(_name(parts), prose.verdict_of(_name(parts))),
            "P": lambda *parts: marked(_name(parts), prose.p(_name(parts))),
            "N": lambda *parts: marked(_name(parts), prose.n(_name(parts))),
            "VERDICT": verdict,
            "SHARE": lambda value, decimals=0, of="": given(locale.share(float(value), self.lang, int(decimals)), of),
            "FMT": lambda value, decimals=0, of="": given(locale.number(float(value), self.lang, int(decimals)), of),
            "MATH": lambda name: formulas()[str(name)],
        }


@lru_cache(maxsize=1)
def formulas() -> dict[str, str]:
    """Mathematics of the text by name, the same in every language (`pipeline/languages/formulas.toml`)."""
    held: dict[str, str] = tomllib.loads((HERE / "formulas.toml").read_text(encoding="utf-8"))
    return held


def _kind(name: str) -> str:
    return name.rpartition("-")[2] if name.endswith(("-title", "-item", "-step")) else ""


def _name(parts: Sequence[Any]) -> str:
    return "_".join(str(part) for part in parts)


def _flat(parts: Iterable[Part]) -> Iterator[Text]:
    for part in parts:
        if part is None:
            continue
        if isinstance(part, list | tuple):
            yield from _flat(part)
        else:
            yield part  # type: ignore[misc]
