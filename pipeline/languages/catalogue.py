"""Fluent catalogues: every word that the report says, one folder a language, one file a topic.

A message is looked for in the study's own `text/<lang>/*.ftl` first, then in `pipeline/languages/<lang>/*.ftl`.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle
from fluent.runtime.types import FluentNumber, fluent_number
from fluent.syntax import ast

from pipeline.errors import RenderError
from pipeline.languages.known import HERE, languages, own_words
from pipeline.languages.message import Digits, Message, Period, Text
from pipeline.languages.syntax import GIVEN, entry, names_in, naming, read, references, sources

Heard = Callable[[str, str, "str | None"], None]
Marked = Callable[[str, str, str], str]
"""Name of an argument, its number as it prints, and the ledger's number that it is (empty: none) -> how it stands."""
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
        marked: What becomes of numbers that messages are given as arguments; they stand as they are without it.

    Raises:
        RenderError: There is no such language, or a catalogue cannot be read; file and line are named.
    """

    def __init__(
        self,
        lang: str,
        own: Path | None = None,
        functions: Mapping[str, Callable[..., Any]] | None = None,
        marked: Marked | None = None,
    ) -> None:
        if lang not in languages():
            raise RenderError(f"The report has no language {lang!r}.", expected="one of " + ", ".join(languages()))
        self.lang, self._marked = lang, marked
        known: dict[str, Any] = {**(functions or {}), GIVEN: self._given}
        self._bundle = FluentBundle([lang], use_isolating=False, functions=known)
        self._bundle.add_resource(ast.Resource([entry(PLAIN)]))
        self._digests: dict[str, str | None] = {}
        self._loaded: set[str] = set()
        with _unseen():
            self._common = _together(sorted((HERE / lang).glob("*.ftl")))
            files = sorted(own.glob("*.ftl")) if own is not None and own.is_dir() else []
            self._own = {
                _name(e): e for path in files for e in read(path).body if isinstance(e, ast.Message | ast.Term)
            }
            self._own_sources = _together(files)

    def _load(self, name: str) -> None:
        """Hand a message to the bundle, with those that it refers to; nothing where there is none of that name."""
        if name in self._loaded:
            return
        self._loaded.add(name)
        common = entry(self._common[name]) if name in self._common else None
        found = self._own.get(name, common)
        if found is None:
            return
        if found is not common and isinstance(found, ast.Message) and isinstance(common, ast.Message):
            found = _completed(found, common)
        for other in references(found):
            self._load(other)
        self._bundle.add_resource(ast.Resource([naming(found) if self._marked else found]))

    def _given(self, value: Any, of: str = "") -> Any:
        """What a message was given, marked where it is a number."""
        if isinstance(value, FluentNumber):
            plain: Any = self._bundle.get_message("plain-number").value
            value, _ = self._bundle.format_pattern(plain, {"number": value})
        assert self._marked is not None
        return self._marked(of, value, "") if NUMBER.fullmatch(str(value)) else value

    def names(self) -> set[str]:
        """Names of all messages."""
        return {name for name in (*self._common, *self._own) if not name.startswith("-")}

    def digest(self, name: str) -> str | None:
        """A fingerprint of a message as it is written, with those that it refers to; None where there is none.

        Comments do not count. Of a message that a study says anew the common wording counts as well.
        """
        if name not in self._digests:
            source, waiting, seen = "", [name], set()
            while waiting:
                one = waiting.pop()
                written = self._own_sources.get(one, "") + self._common.get(one, "")
                if one in seen or not written:
                    continue
                seen.add(one)
                source += written
                waiting += names_in(written)
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
        if isinstance(text, str):
            name, given = text, args
        elif isinstance(text, Message):
            name, given = text.name, {**args, **text.args}
        elif isinstance(text, list | tuple):
            return " ".join(self.say(part, **args) for part in text)
        else:
            return own_words(text, self.lang)
        found, attribute = self._find(name)
        pattern = found and (found.attributes.get(attribute) if attribute else found.value)
        if not pattern:
            near = difflib.get_close_matches(name, self.names(), 3)
            raise RenderError(
                f"The catalogue of the language {self.lang!r} has no message {name!r}.",
                expected="did you mean " + " or ".join(near) + "?" if near else "a message in pipeline/languages",
            )
        told = {key: self._argument(value, key) for key, value in given.items()}
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
        self._load(head)
        return (self._bundle.get_message(head) if self._bundle.has_message(head) else None), attribute

    def _argument(self, value: Any, key: str) -> Any:
        if isinstance(value, str):
            return str(value)
        from pipeline.languages import locale

        if isinstance(value, Message | Mapping) or hasattr(value, "model_dump"):
            return self.say(value)
        if isinstance(value, Digits):
            shown = locale.quantity(value.value, value.unit, self.lang, value.decimals, signed=value.signed)
            return self._marked(key, shown, value.of) if self._marked else shown
        if isinstance(value, Period):
            return locale.period(value.value, value.kind, self.lang)  # type: ignore[arg-type]
        if isinstance(value, list | tuple):
            parts = [str(self._argument(part, key)) for part in value]
            return ("; " if any(", " in part for part in parts) else ", ").join(parts)
        value = value.item() if hasattr(value, "item") else value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return fluent_number(value, useGrouping=False)  # a count that may choose a plural
        return str(value)


NUMBER = re.compile(r"[+\-\u2212]?\d[\d.,]*%?")
"""A text that is nothing but a number."""
PLAIN = "plain-number = { $number }"
"""How a number is printed that a message was given."""


def _together(files: list[Path]) -> dict[str, str]:
    """The messages of several files as they are written."""
    return {name: source for path in files for name, source in sources(path.read_text(encoding="utf-8")).items()}


def _name(found: ast.Message | ast.Term) -> str:
    return ("-" if isinstance(found, ast.Term) else "") + str(found.id.name)


def _completed(own: ast.Message, common: ast.Message) -> ast.Message:
    """A study's message with the value and attributes of the common one that it does not say anew."""
    own = own.clone()
    said = {attribute.id.name for attribute in own.attributes}
    own.value = own.value or common.value
    own.attributes += [a for a in common.attributes if a.id.name not in said]
    return own


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
