"""The prose templates: Jinja2, strict, with functions that take every number from the ledger by name.

A template is looked for in the study's own `text/<lang>/` first, then in `pipeline/languages/<lang>/`.
An unknown name, a missing value or a slip of syntax raises `RenderError` with the template's file and line.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import SimpleNamespace, TracebackType
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pipeline.chapters.auxiliary import sentence
from pipeline.errors import RenderError
from pipeline.languages import locale
from pipeline.languages.catalogue import say
from pipeline.ledger.entries import FigureEntry, Number, Results, Table
from pipeline.report import tables
from pipeline.report.wording import VERDICTS, label, verdict_phrase
from pipeline.study import Outcome, Study

DEFAULT_TEXT = Path(__file__).resolve().parents[1] / "languages"


class Prose:
    """The functions and values that a template can use, for one study, edition and language.

    Args:
        study: The study.
        edition: The edition's year.
        lang: "id" or "en".
        results: The ledger.
        figures_dir: Where the files of the figures that the text shows are copied to.
        extra: More values for the templates, such as the record of the run.
    """

    def __init__(
        self,
        study: Study,
        edition: int,
        lang: str,
        results: Results,
        figures_dir: Path,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        self.study, self.edition, self.lang, self.results = study, edition, lang, results
        self.figures_dir = figures_dir
        self.extra = dict(extra or {})
        self.period_kind = study.period_kind
        self.outcomes = [_outcome(outcome, lang) for outcome in study.outcomes]

    def context(self) -> dict[str, Any]:
        """Names of the templates: functions of this class and plain values."""
        program = self.study.program
        views = {
            "study": self.study,
            "edition": self.edition,
            "lang": self.lang,
            "title": self.study.title[self.lang],
            "demonstration": self.study.demonstration,
            "outcomes": self.outcomes,
            "program": SimpleNamespace(
                label=program.label[self.lang],
                unit=program.unit_label[self.lang],
                period=program.period_label[self.lang],
                cluster=program.cluster_label[self.lang] if program.cluster_label else "",
            ),
            "inputs": self.results.inputs,
        }
        offered: list[Callable[..., Any]] = [
            self.num,
            self.value,
            self.ci,
            self.n,
            self.p,
            self.p_value,
            self.table,
            self.figure,
            self.has,
            self.text,
            self.not_shown,
        ]
        offered += [
            self.verdict,
            self.verdict_code,
            self.verdict_of,
            self.period,
            self.fmt,
            self.percent,
            self.date,
            self.word,
        ]
        functions = {function.__name__: function for function in offered}
        twice = sorted(set(self.extra) & (set(views) | set(functions)))
        if twice:
            raise RenderError(f"The extra template value {twice[0]!r} would hide one of the same name.")
        return {**views, **functions, "abs": abs, **self.extra}

    def num(self, name: str, decimals: int | None = None, *, unit: bool = True, signed: bool = False) -> str:
        """A ledger number with its unit: "0,112 simpangan baku"; `unit=False` leaves the unit out."""
        entry = self._number(name)
        places = entry.decimals if decimals is None else decimals
        shown_unit = entry.unit if unit or entry.unit in ("percent", "share") else ""
        return locale.quantity(entry.value, shown_unit, self.lang, places, signed=signed)

    def value(self, name: str) -> float:
        """A ledger number as such, for conditions and comparisons."""
        return self._number(name).value

    def ci(self, name: str, decimals: int | None = None) -> str:
        """A ledger number's confidence interval: "0,056 sampai 0,168"."""
        entry = self._number(name)
        if entry.low is None or entry.high is None:
            raise RenderError(f"The ledger number {name!r} has no interval.")
        scale, sign = (100, "%") if entry.unit == "share" else (1, "%" if entry.unit == "percent" else "")
        places = entry.decimals if decimals is None else decimals
        shown = locale.interval(entry.low * scale, entry.high * scale, self.lang, places)
        return " ".join(part + sign if part[-1].isdigit() else part for part in shown.split(" ")) if sign else shown

    def n(self, name: str) -> str:
        """The sample that a ledger number rests on: "2.580"."""
        count = self._number(name).n
        if count is None:
            raise RenderError(f"The ledger number {name!r} has no N.")
        return locale.integer(count, self.lang)

    def p(self, name: str) -> str:
        """A ledger number's p-value for a sentence: "*p* < 0,001"."""
        return locale.p_sentence(self.p_value(name), self.lang)

    def p_value(self, name: str) -> float:
        """A ledger number's p-value as such, for conditions."""
        value = self._number(name).p
        if value is None:
            raise RenderError(f"The ledger number {name!r} has no p-value.")
        return value

    def table(self, name: str) -> str:
        """A ledger table as a captioned block; refer to it as @tbl-… with hyphens for underscores."""
        entry: Table = self._find("table", self.results.tables, name)
        return "\n" + tables.block(name, entry, self.lang, period_kind=self.period_kind)

    def figure(self, name: str, width: str = "100%") -> str:
        """A ledger figure as a captioned block; refer to it as @fig-… with hyphens for underscores."""
        entry: FigureEntry = self._find("figure", self.results.figures, name)
        if self.lang not in entry.files:
            raise RenderError(f"The ledger figure {name!r} was not drawn in the language {self.lang!r}.")
        self.figures_dir.mkdir(parents=True, exist_ok=True)
        for kind, file in entry.files[self.lang].items():
            source = self.results.folder / file
            if not source.is_file():
                raise RenderError(f"The file of the ledger figure {name!r} is missing.", expected=file)
            shutil.copyfile(source, self.figures_dir / f"{name}.{kind}")
        alt = " ".join(say(entry.alt, self.lang).split()).replace("\\", "\\\\").replace('"', "”")
        caption = " ".join(say(entry.caption, self.lang).split())
        attributes = f'{{#{tables.identifier(name)} fig-alt="{alt}" width={width}}}'
        notes = " ".join(say(entry.notes, self.lang).split()) if entry.notes else ""
        notes += "." if notes and not notes.endswith((".", "!", "?")) else ""
        block = tables.notes_block(notes, entry.origin, self.lang, "figure-notes")
        return f"\n![{caption}]({self.figures_dir.name}/{name}.svg){attributes}\n\n{block}\n"

    def has(self, name: str) -> bool:
        """Whether the ledger has a number, text, table or figure of that name (a table without rows counts as none)."""
        found = self.results
        if name in found.tables:
            return bool(found.tables[name].rows)
        return name in found.numbers or name in found.texts or name in found.figures

    def not_shown(self, analysis: str) -> str:
        """A paragraph on why an auxiliary analysis is missing; empty where it is there or was never asked for."""
        code = self.results.texts.get(f"not_shown_{analysis}")
        return f"{say(sentence(analysis, code), self.lang)}\n\n" if code else ""

    def text(self, name: str) -> str:
        """A code of the ledger, for conditions."""
        return str(self._find("text", self.results.texts, name))

    def verdict_code(self, outcome: str) -> str:
        """The verdict's code for an outcome, or for "headline": strong, moderate, weak, none, decline, not_credible."""
        code = self.text("headline" if outcome == "headline" else f"verdict_{outcome}")
        if code not in VERDICTS:
            raise RenderError(f"The verdict {code!r} has no wording.", expected="one of " + ", ".join(VERDICTS))
        return code

    def verdict_of(self, code: str) -> str:
        """The words of a verdict's code, for indicators that are no outcome of the study."""
        return verdict_phrase(code, self.lang)

    def verdict(self, outcome: str) -> str:
        """The verdict in words: "bukti kuat adanya kenaikan"."""
        if outcome == "headline":
            wanted = {o.better for o in self.study.outcomes if o.role == "primary"}
            better = wanted.pop() if len(wanted) == 1 else "either"
        else:
            better = self.study.outcome(outcome).better if outcome in self.study.outcome_names else "higher"
        return verdict_phrase(self.verdict_code(outcome), self.lang, better=better)

    def period(self, year: float | str) -> str:
        """A period as readers know it: "2023/2024" for school years, "2023 Q2" for quarters, else the year."""
        return locale.period(year, self.period_kind, self.lang)

    def fmt(self, value: float, decimals: int = 0, *, signed: bool = False) -> str:
        """Any number by locale, such as an option of the study."""
        return locale.number(value, self.lang, decimals, signed=signed)

    def percent(self, value: float, decimals: int = 0) -> str:
        """A fraction of 1 as a percentage: 0.95 -> "95%"."""
        return locale.share(value, self.lang, decimals)

    def date(self, value: dt.date | str) -> str:
        """A date in full: "5 Januari 2024"."""
        return locale.date(dt.date.fromisoformat(value) if isinstance(value, str) else value, self.lang)

    def word(self, key: str) -> str:
        """A fixed word of the report in its language, such as "references"."""
        return label(key, self.lang)

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
    phrase = outcome.phrase[lang] if outcome.phrase else outcome.label[lang].lower()
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


def chapter_files(folders: Iterable[Path]) -> list[str]:
    """Names of the chapters, in order; the first folder that has a name provides it."""
    return sorted({path.name for folder in folders for path in folder.glob("[0-9]*.md")})


def render_chapters(prose: Prose, folders: list[Path]) -> str:
    """All chapters as one Markdown text; a chapter that comes out empty is left out.

    Args:
        prose: What the templates can use.
        folders: Where templates are looked for, the study's own folder first.

    Raises:
        RenderError: There are no chapters, or a template cannot be rendered; file and line are named.
    """
    names = chapter_files(folders)
    if not names:
        raise RenderError(
            "There is no prose for the report.", where=", ".join(map(str, folders)), expected="NN_name.md"
        )
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        undefined=StrictUndefined,
        # Jinja's usual {# would swallow Markdown's ids, as in {#sec-hasil}.
        comment_start_string="{##",
        comment_end_string="##}",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # Markdown, not HTML
    )
    context = prose.context()
    rendered = [_render_one(environment, name, context).strip("\n") for name in names]
    text = "\n\n".join(part for part in rendered if part.strip()) + "\n"
    return re.sub(r"\n{3,}", "\n\n", text)


def _render_one(environment: ImmutableSandboxedEnvironment, name: str, context: Mapping[str, Any]) -> str:
    try:
        return environment.get_template(name).render(context)
    except TemplateSyntaxError as error:
        raise RenderError(
            f"A prose template has a slip of syntax: {error.message}.",
            where=f"{_short(error.filename or name)}, line {error.lineno}",
        ) from None
    except RenderError as error:
        raise RenderError(
            error.what, where=_place(error.__traceback__, name, error.where), expected=error.expected, todo=error.todo
        ) from None
    except (TemplateError, TypeError, ValueError, KeyError, AttributeError) as error:
        message = str(error).strip("'\"")
        raise RenderError(
            f"A prose template cannot be rendered: {message}.",
            where=_place(error.__traceback__, name, ""),
            todo="Correct the name in the template.",
        ) from None


def _place(trace: TracebackType | None, name: str, inner: str) -> str:
    """File and line of the template, from the frames that Jinja maps back to it."""
    place = name
    while trace is not None:
        filename = trace.tb_frame.f_code.co_filename
        if filename.endswith(".md"):
            place = f"{_short(filename)}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return f"{place} ({inner})" if inner else place


def _short(filename: str) -> str:
    """The template's path from `studies` or `pipeline` on, as people see it in the repository."""
    parts = Path(filename).parts
    for top in ("studies", "pipeline"):
        if top in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(top) :])
    return filename
