"""The chapters that are still Jinja2 templates, strict, rendered one by one with the functions of `Prose`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace, TracebackType
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pipeline.chapters.auxiliary import sentence
from pipeline.errors import RenderError
from pipeline.languages import locale
from pipeline.languages.catalogue import say
from pipeline.report import prose
from pipeline.report.doc import Doc
from pipeline.report.wording import label

DEFAULT_TEXT = Path(__file__).resolve().parents[1] / "languages"


class Prose(prose.Prose):
    """The ledger's numbers, with what templates need beside them."""

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
            self.section,
        ]
        functions = {function.__name__: function for function in offered}
        twice = sorted(set(self.extra) & (set(views) | set(functions)))
        if twice:
            raise RenderError(f"The extra template value {twice[0]!r} would hide one of the same name.")
        return {**views, **functions, "abs": abs, **self.extra}

    def not_shown(self, analysis: str) -> str:
        """A paragraph on why an auxiliary analysis is missing; empty where it is there or was never asked for."""
        code = self.results.texts.get(f"not_shown_{analysis}")
        return f"{say(sentence(analysis, code), self.lang)}\n\n" if code else ""

    def fmt(self, value: float, decimals: int = 0, *, signed: bool = False) -> str:
        """Any number by locale, such as an option of the study."""
        return locale.number(value, self.lang, decimals, signed=signed)

    def percent(self, value: float, decimals: int = 0) -> str:
        """A fraction of 1 as a percentage: 0.95 -> "95%"."""
        return locale.share(value, self.lang, decimals)

    def date(self, value: dt.date | str) -> str:
        """A date in full: "5 Januari 2024"."""
        return locale.date(dt.date.fromisoformat(value) if isinstance(value, str) else value, self.lang)

    def section(self, topic: str, part: str) -> str:
        """A topic's section: what `pipeline.chapters.<topic>.<part>` writes."""
        from importlib import import_module

        from pipeline.report.doc import Doc

        doc = Doc(self, self.own)
        getattr(import_module(f"pipeline.chapters.{topic}"), part)(doc)
        return doc.markdown()

    def word(self, key: str) -> str:
        """A fixed word of the report in its language, such as "references"."""
        return label(key, self.lang)


def layout(folder: Path) -> Callable[[Doc], None]:
    """Writes the chapters of a folder of templates."""

    def write(doc: Doc) -> None:
        of = doc.prose
        told = Prose(of.study, of.edition, of.lang, of.results, of.figures_dir, of.extra, of.own)
        doc.raw(render_chapters(told, [folder]).strip("\n"))

    return write


def fragment(of: prose.Prose, name: str) -> str:
    """One template of the language."""
    told = Prose(of.study, of.edition, of.lang, of.results, of.figures_dir, of.extra, of.own)
    return _render_one(_environment([DEFAULT_TEXT / of.lang]), name, told.context())


def chapter_files(folders: list[Path]) -> list[str]:
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
    environment = _environment(folders)
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


def _environment(folders: list[Path]) -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
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
