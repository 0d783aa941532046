"""A language made by a script: every text of the catalogues accented and bracketed, so that what is not from them shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from fluent.syntax import FluentParser, FluentSerializer, ast

NAME = "qps"
OPEN, CLOSE = "⟦", "⟧"
_PLAIN = "abcdeghijklnoprstuwyzABCDEGHIJKLNOPRSTUWYZ"
_ACCENTED = "áƀćďéǵĥíĵķĺńóṕŕśťúẃýźÁɃĆĎÉǴĤÍĴĶĹŃÓṔŔŚŤÚẂÝŹ"
KEPT = re.compile(
    r"\[?-?@[\w:.-]+(?:[,; ]+-?@[\w:.-]+)*\]?|\$\$.*?\$\$|\$[^$\s][^$\n]*\$|`[^`]*`|\{[^{}]*\}|\([\w./-]+\.(?:svg|html)\)"
    r"|https?://\S+|\\\w+|^:::.*$",
    re.MULTILINE,
)
"""What a text says to the machine: references, mathematics, code, attributes, links."""
_AS_IT_IS = ("report-tag", "period-quarter", "period-month")


def accented(text: str) -> str:
    """A text with accents on its letters; what it says to the machine stays."""
    table = str.maketrans(_PLAIN, _ACCENTED)
    parts, end = [], 0
    for kept in KEPT.finditer(text):
        parts += [text[end : kept.start()].translate(table), kept[0]]
        end = kept.end()
    return "".join([*parts, text[end:].translate(table)])


def write_language(english: Path, folder: Path) -> None:
    """The catalogues of a language `folder`, from the English ones."""
    folder.mkdir()
    for path in sorted(english.glob("*.ftl")):
        resource = FluentParser().parse(path.read_text(encoding="utf-8"))
        for entry in resource.body:
            if isinstance(entry, ast.Message) and not entry.id.name.endswith("-list"):
                if entry.id.name not in _AS_IT_IS and entry.value:
                    _accent(entry.value)
                for attribute in entry.attributes:
                    _accent(attribute.value)
        (folder / path.name).write_text(FluentSerializer().serialize(resource), encoding="utf-8")


def _accent(pattern: ast.Pattern) -> None:
    for element in pattern.elements:
        if isinstance(element, ast.TextElement):
            element.value = accented(element.value)
        elif isinstance(element.expression, ast.SelectExpression):
            for variant in element.expression.variants:
                _accent(variant.value)


def write_study(path: Path) -> None:
    """Add the language's words to every wording of a study file."""
    study = yaml.safe_load(path.read_text(encoding="utf-8"))
    _walk(study, lambda words: {**words, NAME: accented(words["en"])})
    path.write_text(yaml.safe_dump(study, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _walk(held: Any, change: Callable[[dict[str, str]], dict[str, str]]) -> None:
    for key, value in list(held.items()) if isinstance(held, dict) else list(enumerate(held)):
        if isinstance(value, dict) and set(value) == {"id", "en"}:
            held[key] = change(value)
        elif isinstance(value, dict | list):
            _walk(value, change)


def untranslated(markdown: str) -> list[str]:
    """Two or more words in a row without an accent, outside what a text says to the machine."""
    body = KEPT.sub(" ¦ ", markdown.split("---\n", 2)[2])
    body = re.sub(
        r"\(#term-[\w-]+\)|\{#term-[\w-]+\}|https?://\S+|[\w-]+\.(?:csv|xlsx|ftl|json|tsv)|\d\S*", " ¦ ", body
    )
    return re.findall(r"(?<![\w\u0300-\u036f])[A-Za-z]{3,}(?:[ \-/][A-Za-z]{2,})+(?!\w)", body)
