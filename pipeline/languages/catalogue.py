"""Fluent catalogues: every word that the report says, one folder a language, one file a topic.

A message is looked for in the study's own `text/<lang>/*.ftl` first, then in `pipeline/languages/<lang>/*.ftl`.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle
from fluent.runtime.types import fluent_number
from fluent.syntax import FluentParser, FluentSerializer, ast

from pipeline.errors import RenderError
from pipeline.languages.known import HERE, languages, own_words
from pipeline.languages.message import Digits, Message, Period, Text

Heard = Callable[[str, str, "str | None"], None]
_heard: Heard | None = None
_unseen: Callable[[], AbstractContextManager[None]] = nullcontext


def listen(heard: Heard, unseen: Callable[[], AbstractContextManager[None]]) -> None:
    """Call `heard(language, message, fingerprint)` for every message that is asked for; files are read inside `unseen`.

    So that what was said counts for a step, and not the file that holds it.
    """
    global _heard, _unseen
    _heard, _unseen = heard, unseen


def unheard() -> AbstractContextManager[None]:
    """What is said inside counts for no step: it is said anew before anybody reads it."""
    return _unseen()


class Catalogue:
    """The messages of one language, a study's own before the common ones.

    Args:
        lang: Language, the name of a folder.
        own: A study's folder of catalogues; its messages replace the common ones of the same name.
        functions: Further functions that messages may call, such as `NUM`.

    Raises:
        RenderError: There is no such language, or a catalogue cannot be read; file and line are named.
    """

    def __init__(
        self, lang: str, own: Path | None = None, functions: Mapping[str, Callable[..., Any]] | None = None
    ) -> None:
        if lang not in languages():
            raise RenderError(f"The report has no language {lang!r}.", expected="one of " + ", ".join(languages()))
        self.lang = lang
        self._bundle = FluentBundle([lang], use_isolating=False, functions=dict(functions or {}))
        self._digests: dict[str, str | None] = {}
        with _unseen():
            for path in sorted((HERE / lang).glob("*.ftl")):
                self._bundle.add_resource(read(path))
            for path in sorted(own.glob("*.ftl")) if own is not None and own.is_dir() else ():
                self._bundle.add_resource(self._completed(read(path)), allow_overrides=True)

    def _completed(self, own: ast.Resource) -> ast.Resource:
        """A study's messages, each with the value and attributes of the common one that it does not say anew."""
        own = own.clone()  # what was read is kept as it was
        for entry in own.body:
            if not isinstance(entry, ast.Message):
                continue
            common = self._bundle._messages.get(entry.id.name)
            if common is not None:
                said = {attribute.id.name for attribute in entry.attributes}
                entry.value = entry.value or common.value
                entry.attributes += [a for a in common.attributes if a.id.name not in said]
        return own

    def names(self) -> set[str]:
        """Names of all messages."""
        return set(self._bundle._messages)

    def digest(self, name: str) -> str | None:
        """A fingerprint of a message as it is written, with those that it refers to; None where there is none."""
        if name not in self._digests:
            source, waiting, seen = "", [name], set()
            while waiting:
                one = waiting.pop()
                entry = self._bundle._messages.get(one) or self._bundle._terms.get(one.removeprefix("-"))
                if one in seen or entry is None:
                    continue
                seen.add(one)
                alone = entry.clone()
                alone.comment = None
                source += FluentSerializer().serialize_entry(alone)
                waiting += re.findall(r"\{\s*(-?[a-z][\w-]*)(?:\.[\w-]+)?\s*\}", source)
            self._digests[name] = hashlib.sha256(source.encode()).hexdigest()[:16] if source else None
        return self._digests[name]

    def has(self, name: str) -> bool:
        """Whether there is a message of that name (`name` or `name.attribute`)."""
        found, attribute = self._find(name)
        return found is not None and (attribute in found.attributes if attribute else found.value is not None)

    def say(self, text: Text, **args: Any) -> str:
        """A text in this language; `args` are added to a message's own arguments.

        Raises:
            RenderError: There is no such message, or an argument that it names is missing.
        """
        if isinstance(text, Mapping) or hasattr(text, "model_dump"):
            return own_words(text, self.lang)
        if isinstance(text, list | tuple):
            return " ".join(self.say(part, **args) for part in text)
        name, given = (text, args) if isinstance(text, str) else (text.name, {**args, **text.args})
        found, attribute = self._find(name)
        pattern = found and (found.attributes.get(attribute) if attribute else found.value)
        if not pattern:
            near = difflib.get_close_matches(name, self.names(), 3)
            raise RenderError(
                f"The catalogue of the language {self.lang!r} has no message {name!r}.",
                expected="did you mean " + " or ".join(near) + "?" if near else "a message in pipeline/languages",
            )
        told = {key: self._argument(value) for key, value in given.items()}
        shown, errors = self._bundle.format_pattern(pattern, told)
        if errors:
            first = errors[0]
            if isinstance(first, RenderError):
                raise RenderError(first.what, where=f"message {name}", expected=first.expected, todo=first.todo)
            raise RenderError(f"The message {name!r} cannot be said in {self.lang!r}: {first}.")
        return str(shown)

    def _find(self, name: str) -> tuple[Any, str]:
        head, _, attribute = name.partition(".")
        if _heard is not None:
            _heard(self.lang, head, self.digest(head))
        return (self._bundle.get_message(head) if self._bundle.has_message(head) else None), attribute

    def _argument(self, value: Any) -> Any:
        from pipeline.languages import locale

        if isinstance(value, Message | Mapping) or hasattr(value, "model_dump"):
            return self.say(value)
        if isinstance(value, Digits):
            return locale.quantity(value.value, value.unit, self.lang, value.decimals, signed=value.signed)
        if isinstance(value, Period):
            return locale.period(value.value, value.kind, self.lang)  # type: ignore[arg-type]
        if isinstance(value, list | tuple):
            parts = [str(self._argument(part)) for part in value]
            return ("; " if any(", " in part for part in parts) else ", ").join(parts)
        value = value.item() if hasattr(value, "item") else value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return fluent_number(value, useGrouping=False)  # a count that may choose a plural
        return str(value)


@lru_cache(maxsize=256)
def _parsed(source: str) -> ast.Resource:
    """The syntax of a file's content: parsing takes most of the time that a catalogue takes."""
    return FluentParser().parse(source)


def read(path: Path) -> ast.Resource:
    """A catalogue's file.

    Raises:
        RenderError: The file is not Fluent; its first bad line is named.
    """
    source = path.read_text(encoding="utf-8")
    parsed = _parsed(source)
    for entry in parsed.body:
        if isinstance(entry, ast.Junk):
            line = source.count("\n", 0, entry.span.start if entry.span else 0) + 1
            told = entry.annotations[0].message if entry.annotations else "it is no message"
            bad = (entry.content or "").splitlines() or [""]
            raise RenderError(
                f"A catalogue of words cannot be read: {told}.",
                where=f"{path.parent.name}/{path.name}, line {line}: {bad[0][:80]}",
                expected="`name = words` on one line, further lines indented",
            )
    return parsed


def entries(path: Path) -> Iterator[tuple[str, str]]:
    """Each message and attribute of a catalogue's file: its name and its words as they are written."""
    serializer = FluentSerializer()
    for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
        if isinstance(entry, ast.Message | ast.Term):
            mark = "-" if isinstance(entry, ast.Term) else ""
            alone = entry.clone()
            alone.comment, alone.attributes = None, []
            if entry.value is not None:
                yield mark + entry.id.name, serializer.serialize_entry(alone).partition("=")[2].strip()
            for attribute in entry.attributes:
                holder = ast.Message(ast.Identifier("x"), value=attribute.value)
                name = f"{mark}{entry.id.name}.{attribute.id.name}"
                yield name, serializer.serialize_entry(holder).partition("=")[2].strip()


_own: Path | None = None


def use(own: Path | None) -> None:
    """Say words with a study's own catalogues from now on (`studies/<name>/text`), in this process."""
    global _own
    _own = own


def catalogue(lang: str) -> Catalogue:
    """The catalogue of a language, with the words of the study in use."""
    return _cached(lang, _own)


@lru_cache(maxsize=16)
def _cached(lang: str, own: Path | None) -> Catalogue:
    return Catalogue(lang, own / lang if own is not None else None)


def say(text: Text, lang: str, **args: Any) -> str:
    """A text in a language, with the words of the study in use."""
    return catalogue(lang).say(text, **args)
