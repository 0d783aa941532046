"""How the ledger's numbers, tables and figures print in a report: what a `Doc` takes from the ledger by name.

An unknown name or a missing value raises `RenderError`, which names those that are near.
"""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pipeline.errors import RenderError
from pipeline.languages import locale
from pipeline.languages.catalogue import Catalogue, say
from pipeline.ledger.entries import FigureEntry, Number, Results, Table
from pipeline.ledger.gate import WITHHELD
from pipeline.report import tables
from pipeline.report.wording import HEADLINES, alternative, verdict_phrase
from pipeline.study import Outcome, Study


class Prose:
    """The ledger of one study and edition, as it prints in one language.

    Args:
        study: The study.
        edition: The edition's year.
        lang: Language.
        results: The ledger.
        figures_dir: Where the files of the figures that the text shows are copied to.
        extra: More values, such as the record of the run.
        own: The study's folder of catalogues for this language.
        followed: Whether what is printed is marked for the reader who follows it, with the data beside the report.
    """

    def __init__(
        self,
        study: Study,
        edition: int,
        lang: str,
        results: Results,
        figures_dir: Path,
        extra: Mapping[str, Any] | None = None,
        own: Path | None = None,
        *,
        followed: bool = False,
    ) -> None:
        self.followed = followed
        self.study, self.edition, self.lang, self.results = study, edition, lang, results
        self.figures_dir, self.own = figures_dir, own
        self.extra = dict(extra or {})
        self.period_kind = study.period_kind
        self.outcomes = [_outcome(outcome, lang) for outcome in study.outcomes]
        self.printed: list[str] = []
        """Names of the entries that the text has printed so far, in their order; some several times."""
        self.verdicts: dict[str, str] = {}
        """The words of the verdicts that were printed, by the names of their codes."""
        self.codes: list[str] = []
        """Names of the codes that words were chosen by."""

    @cached_property
    def words(self) -> Catalogue:
        """What is said of exhibits, with its numbers marked."""
        return Catalogue(self.lang, self.own, marked=self.given)

    def marked(self, name: str, said: str) -> str:
        """A printed number or word of the ledger, marked with its entry's name where the report is to be followed."""
        self.printed.append(name)
        return f"[{said}]{{.entry entry={name}}}" if self.followed else said

    def given(self, argument: str, said: str, of: str) -> str:
        """A number that a message was given: the ledger's that it is, by name, or marked as no result (a setting, a year)."""
        if of:
            return self.marked(of, tables.escape(WITHHELD) if self._number(of).withheld else said)
        return f"[{said}]{{.given of={argument}}}" if self.followed and argument else said

    def judged(self, name: str, said: str) -> str:
        """A printed verdict, marked with the name of its code."""
        self.verdicts[name] = said
        return self.marked(name, said)

    def num(self, name: str, decimals: int | None = None, *, unit: bool = True, signed: bool = False) -> str:
        """A ledger number with its unit: "0,112 simpangan baku"; `unit=False` leaves the unit out."""
        entry = self._number(name)
        if entry.withheld:
            return tables.escape(WITHHELD)
        if "value" in entry.unknown:
            return say("report-no-value", self.lang)
        places = entry.decimals if decimals is None else decimals
        if unit or entry.unit in ("percent", "share"):
            return locale.quantity(entry.value, entry.unit, self.lang, places, signed=signed)
        return locale.number(locale.scaled(entry.value, entry.unit), self.lang, places, signed=signed)

    def value(self, name: str) -> float:
        """A ledger number as such, for conditions and comparisons; not a number where the gate took it out."""
        return self._number(name).value

    def ci(self, name: str, decimals: int | None = None) -> str:
        """A ledger number's confidence interval: "0,056 sampai 0,168"."""
        entry = self._number(name)
        if entry.withheld:
            return tables.escape(WITHHELD)
        if {"low", "high"} & set(entry.unknown):
            return say("report-no-interval", self.lang)
        if entry.low is None or entry.high is None:
            raise RenderError(f"The ledger number {name!r} has no interval.")
        sign = "%" if entry.unit in ("share", "percent") else ""
        places = entry.decimals if decimals is None else decimals
        low, high = (locale.scaled(end, entry.unit) for end in (entry.low, entry.high))
        shown = locale.interval(low, high, self.lang, places)
        return " ".join(part + sign if part[-1].isdigit() else part for part in shown.split(" ")) if sign else shown

    def n(self, name: str) -> str:
        """The sample that a ledger number rests on: "2.580"."""
        entry = self._number(name)
        if entry.withheld:
            return tables.escape(WITHHELD)
        count = entry.n
        if count is None:
            raise RenderError(f"The ledger number {name!r} has no N.")
        return locale.integer(count, self.lang)

    def p(self, name: str) -> str:
        """A ledger number's p-value for a sentence: "*p* < 0,001"."""
        p = self.p_value(name)
        if p == p:
            return locale.p_sentence(p, self.lang)
        return say("report-no-p", self.lang) if "p" in self._number(name).unknown else tables.escape(WITHHELD)

    def p_value(self, name: str) -> float:
        """A ledger number's p-value as such, for conditions; not a number where it is withheld or not known."""
        entry = self._number(name)
        value = float("nan") if entry.withheld or "p" in entry.unknown else entry.p
        if value is None:
            raise RenderError(f"The ledger number {name!r} has no p-value.")
        return value

    def table(self, name: str) -> str:
        """A ledger table as a captioned block; refer to it as @tbl-… with hyphens for underscores."""
        entry: Table = self._find("table", self.results.tables, name)
        self.printed.append(name)
        told = self.words.say if self.followed else None
        return "\n" + tables.block(name, entry, self.lang, period_kind=self.period_kind, data=self.followed, told=told)

    def figure(self, name: str, width: str = "100%") -> str:
        """A ledger figure as a captioned block; refer to it as @fig-… with hyphens for underscores."""
        entry: FigureEntry = self._find("figure", self.results.figures, name)
        if self.lang not in entry.files:
            raise RenderError(f"The ledger figure {name!r} was not drawn in the language {self.lang!r}.")
        self.printed.append(name)
        self.figures_dir.mkdir(parents=True, exist_ok=True)
        for kind, file in entry.files[self.lang].items():
            source = self.results.folder / file
            if not source.is_file():
                raise RenderError(f"The file of the ledger figure {name!r} is missing.", expected=file)
            shutil.copyfile(source, self.figures_dir / f"{name}.{kind}")
        alt = _quoted(alternative(entry, self.lang))
        message = _quoted(entry.messages.get(self.lang, ""))
        said = f' said="{message}"' if message else ""
        told = self.words.say if self.followed else lambda text: say(text, self.lang)
        caption = " ".join(told(entry.caption).split())
        attributes = f'{{#{tables.identifier(name)} fig-alt="{alt}"{said} width={width}}}'
        notes = " ".join(told(entry.notes).split()) if entry.notes else ""
        notes += "." if notes and not notes.endswith((".", "!", "?")) else ""
        data = name if self.followed and entry.data.get(self.lang) else ""
        block = tables.notes_block(notes, entry.origin, self.lang, "figure-notes", data)
        return f"\n![{caption}]({self.figures_dir.name}/{name}.svg){attributes}\n\n{block}\n"

    def has(self, name: str) -> bool:
        """Whether the ledger has a number, text, table or figure of that name (a table without rows counts as none)."""
        found = self.results
        if name in found.tables:
            return bool(found.tables[name].rows)
        return name in found.numbers or name in found.texts or name in found.figures

    def text(self, name: str) -> str:
        """A code of the ledger, for conditions."""
        self.codes.append(name)
        return str(self._find("text", self.results.texts, name))

    def verdict_code(self, outcome: str) -> str:
        """The verdict's code for an outcome (`VERDICTS`), or for "headline" (`HEADLINES`)."""
        code = self.text("headline" if outcome == "headline" else f"verdict_{outcome}")
        if code not in HEADLINES:
            raise RenderError(f"The verdict {code!r} has no wording.", expected="one of " + ", ".join(HEADLINES))
        return code

    def verdict_of(self, name: str) -> str:
        """The words of a verdict on an indicator that is no outcome of the study, by the name of its code."""
        code = self.text(name)
        weak = code == "none" and self.results.texts.get(f"{name.removesuffix('_verdict')}_underpowered") == "yes"
        return verdict_phrase("none_underpowered" if weak else code, self.lang)

    def verdict(self, outcome: str) -> str:
        """The verdict in words: "bukti kuat adanya kenaikan"."""
        if outcome == "headline":
            wanted = {o.better for o in self.study.outcomes if o.role == "primary"}
            better = wanted.pop() if len(wanted) == 1 else "either"
        else:
            better = self.study.outcome(outcome).better if outcome in self.study.outcome_names else "higher"
        code = self.verdict_code(outcome)
        weak = code == "none" and self._could_not_tell(outcome)
        return verdict_phrase("none_underpowered" if weak else code, self.lang, better=better)

    def _could_not_tell(self, outcome: str) -> bool:
        """Of a verdict "none": whether the data were too weak to tell; of the joint one, on each outcome that has it."""
        primary = [o.name for o in self.study.outcomes if o.role == "primary"]
        texts, of = self.results.texts, primary if outcome == "headline" else [outcome]
        nulls = [name for name in of if texts.get(f"verdict_{name}") == "none"]
        return bool(nulls) and all(texts.get(f"underpowered_{name}") == "yes" for name in nulls)

    def period(self, year: float | str) -> str:
        """A period as readers know it: "2023/2024" for school years, "2023 Q2" for quarters, else the year."""
        return locale.period(year, self.period_kind, self.lang)

    def _number(self, name: str) -> Number:
        entry: Number = self._find("number", self.results.numbers, name)
        return entry

    def _find(self, kind: str, entries: Mapping[str, Any], name: str) -> Any:
        if name in entries:
            return entries[name]
        near = difflib.get_close_matches(name, entries, 3)
        hint = "did you mean " + " or ".join(near) + "?" if near else f"a {kind} that a notebook recorded"
        raise RenderError(f"The ledger has no {kind} {name!r}.", expected=hint)


def _outcome(outcome: Outcome, lang: str) -> SimpleNamespace:
    phrase = outcome.phrase[lang] if outcome.phrase else locale.inside(outcome.label[lang])
    return SimpleNamespace(
        name=outcome.name,
        # Ids have hyphens: @fig-event-{{ o.id }}
        id=outcome.name.replace("_", "-"),
        label=outcome.label[lang],
        phrase=phrase,
        role=outcome.role,
        unit=outcome.unit,
        better=outcome.better,
        smallest_effect=outcome.smallest_effect,
    )


def _quoted(text: str) -> str:
    """Text as the value of an attribute in Markdown."""
    return text.replace("\\", "\\\\").replace('"', "”")
