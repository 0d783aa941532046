"""What a reader who listens needs beside the printed text: formulas in words, and which words are of another language."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.languages.known import HERE
from pipeline.report.marks import Names
from pipeline.report.nodes import Node, found
from pipeline.report.spoken import spoken

Terms = dict[str, list[tuple[tuple[str, ...], str]]]
_WORD = re.compile(r"^(\W*)(.*?)(\W*)$", re.DOTALL)
_SPACES = ("Space", "SoftBreak")
_VERBATIM = ("Code", "Math", "RawInline", "RawBlock", "CodeBlock")


def annotated(tree: Node, lang: str, references: Path) -> Node:
    """A resolved document with names on its numbers, and `lang` on references and foreign words; it is changed in place.

    Foreign words are in italics where the report's language sets them so.

    Args:
        tree: Pandoc's JSON, numbered and cited.
        lang: Language of the report.
        references: CSL JSON of its references; an entry's `language` marks its line in the list.
    """
    marking = _Marking(lang, _by_first_word(foreign(lang)), _tongues(references))
    marking.walk(tree["blocks"], italic(lang))
    return tree


def formulas(part: Any) -> set[str]:
    """The formulas of a part of a document, in LaTeX."""
    return {str(math["c"][1]) for math in found(part, {"Math"})}


def add_spoken(meta: Node, said: Iterable[str], lang: str) -> None:
    """Put `spoken` into a document's metadata: these formulas, each with its words."""
    words = {latex: {"t": "MetaString", "c": spoken(latex, lang)} for latex in sorted(said)}
    meta["spoken"] = {"t": "MetaMap", "c": words}


@lru_cache(maxsize=8)
def foreign(lang: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Words of other languages in a report of this language, longest first: (their words in small letters, language)."""
    known = tomllib.loads((HERE / "foreign.toml").read_text(encoding="utf-8")).get(lang, {})
    pairs = [(tuple(term.lower().split()), tongue) for tongue, terms in known.items() for term in terms]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


@lru_cache(maxsize=8)
def italic(lang: str) -> frozenset[tuple[str, ...]]:
    """Which of these words a report of this language sets in italics."""
    known = tomllib.loads((HERE / "foreign.toml").read_text(encoding="utf-8"))["italic"].get(lang, [])
    return frozenset(tuple(term.lower().split()) for term in known)


def _tongues(references: Path) -> dict[str, str]:
    if not references.is_file():
        return {}
    entries = json.loads(references.read_text(encoding="utf-8"))
    return {str(entry["id"]): str(entry["language"]) for entry in entries if entry.get("language")}


def _by_first_word(terms: tuple[tuple[tuple[str, ...], str], ...]) -> Terms:
    """The terms by the word that they begin with, in their order."""
    listed: Terms = {}
    for words, tongue in terms:
        listed.setdefault(words[0], []).append((words, tongue))
    return listed


class _Marking:
    """One walk in the order of the text.

    Args:
        lang: Language of the report.
        terms: Words of other languages, by their first word.
        tongues: Language of each reference that is in another one.
    """

    def __init__(self, lang: str, terms: Terms, tongues: Mapping[str, str]) -> None:
        self._lang, self._terms, self._tongues, self._names = lang, terms, tongues, Names()

    def walk(self, items: list[Any], slanted: frozenset[tuple[str, ...]]) -> None:
        """Mark what stands in a list; `slanted` are the foreign words that are set in italics here."""
        inside: list[Any] = []
        worded = False
        for item in items:
            kind = item.get("t") if type(item) is dict else None
            if kind == "Str":
                worded = worded or _word(item["c"]) in self._terms
            elif (kind not in _SPACES and type(item) is dict) or type(item) is list:
                inside.append(item)
        if worded:
            items[:] = _marked(items, self._terms, slanted)
        for item in inside:
            if type(item) is list:
                self.walk(item, slanted)
            else:
                self._element(item, slanted)

    def _element(self, node: Node, slanted: frozenset[tuple[str, ...]]) -> None:
        kind = node.get("t")
        if kind == "Emph":  # italics within italics would stand upright
            slanted = frozenset()
        if kind == "Span":
            self._name(node)
            if _tongue(node):
                for span in found(node["c"][1], {"Span"}):
                    self._name(span)
                return
        elif kind == "Div" and node["c"][0][0].startswith("ref-"):
            tongue = self._tongues.get(node["c"][0][0].removeprefix("ref-"), self._lang)
            if tongue != self._lang:
                node["c"][0][2].append(["lang", tongue])
            return
        elif kind in _VERBATIM:
            return
        for part in node.values():
            if type(part) is list:
                self.walk(part, slanted)
            elif type(part) is dict:
                self._element(part, slanted)

    def _name(self, span: Node) -> None:
        """The place of a number gets its name: `n-` and its entry, counted in the order of the text."""
        attributes = span["c"][0]
        if "entry" in attributes[1]:
            attributes[0] = attributes[0] or self._names.name("n", dict(attributes[2]).get("entry", ""))


@lru_cache(maxsize=1 << 14)
def _word(text: str) -> str:
    """The word of a text in small letters, without the marks around it; a report says most of its words many times."""
    match = _WORD.match(text)
    return match[2].lower() if match else ""


def _tongue(span: Node) -> bool:
    return any(key == "lang" for key, _ in span["c"][0][2])


def _marked(inlines: list[Node], terms: Terms, slanted: frozenset[tuple[str, ...]]) -> Iterator[Node]:
    """The inlines, each foreign word or run of words in a span of its language; marks around it stay outside.

    Args:
        inlines: A paragraph's, or a part's of it.
        terms: By their first word.
        slanted: Which of them are set in italics here.
    """
    i = 0
    while i < len(inlines):
        for words, tongue in terms.get(_word(inlines[i]["c"]), ()) if inlines[i].get("t") == "Str" else ():
            run = _run(inlines, i, words)
            if run is None:
                continue
            before, inside, after = run
            span = {"t": "Span", "c": [["", [], [["lang", tongue]]], inside]}
            yield from ([{"t": "Str", "c": before}] if before else [])
            yield {"t": "Emph", "c": [span]} if words in slanted else span
            yield from ([{"t": "Str", "c": after}] if after else [])
            i += 2 * len(words) - 1
            break
        else:
            yield inlines[i]
            i += 1


def _run(inlines: list[Node], at: int, words: tuple[str, ...]) -> tuple[str, list[Node], str] | None:
    """Where these words stand from `at` on: what is before them, they, and what is behind; None where they do not."""
    inside, before, after = [], "", ""
    for k, word in enumerate(words):
        place = at + 2 * k
        if place >= len(inlines) or inlines[place].get("t") != "Str":
            return None
        if k and inlines[place - 1].get("t") not in _SPACES:
            return None
        match = _WORD.match(inlines[place]["c"])
        if match is None or match[2].lower() != word:
            return None
        if (k and match[1]) or (k < len(words) - 1 and match[3]):
            return None
        before, after = before or match[1], match[3]
        inside += [{"t": "Space"}] if k else []
        inside.append({"t": "Str", "c": match[2]})
    return before, inside, after
