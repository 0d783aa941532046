"""What a reader who listens needs beside the printed text: formulas in words, and which words are of another language."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.languages.known import HERE
from pipeline.report.marks import Names
from pipeline.report.spoken import formulas_in, spoken

Node = dict[str, Any]
_WORD = re.compile(r"^(\W*)(.*?)(\W*)$", re.DOTALL)
_SPACES = ("Space", "SoftBreak")


def annotated(document: bytes, lang: str, references: Path) -> bytes:
    """A resolved document with `spoken` in its metadata (formula -> words), and `lang` on references and foreign words.

    Args:
        document: Pandoc's JSON, numbered and cited.
        lang: Language of the report.
        references: CSL JSON of its references; an entry's `language` marks its line in the list.
    """
    tree = json.loads(document)
    words = {latex: {"t": "MetaString", "c": spoken(latex, lang)} for latex in formulas_in(document)}
    tree["meta"]["spoken"] = {"t": "MetaMap", "c": words}
    tongues = _tongues(references)
    _name_numbers(tree["blocks"], Names())
    tree["blocks"] = _walked(tree["blocks"], lang, foreign(lang), tongues)
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode()


@lru_cache(maxsize=8)
def foreign(lang: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Words of other languages in a report of this language, longest first: (their words in small letters, language)."""
    known = tomllib.loads((HERE / "foreign.toml").read_text(encoding="utf-8")).get(lang, {})
    pairs = [(tuple(term.lower().split()), tongue) for tongue, terms in known.items() for term in terms]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


def _tongues(references: Path) -> dict[str, str]:
    if not references.is_file():
        return {}
    entries = json.loads(references.read_text(encoding="utf-8"))
    return {str(entry["id"]): str(entry["language"]) for entry in entries if entry.get("language")}


def _walked(node: Any, lang: str, terms: tuple[Any, ...], tongues: Mapping[str, str]) -> Any:
    if isinstance(node, list):
        if any(isinstance(item, dict) and item.get("t") == "Str" for item in node):
            node = list(_marked(node, terms))
        return [_walked(item, lang, terms, tongues) for item in node]
    if not isinstance(node, dict):
        return node
    kind = node.get("t")
    if kind == "Div" and node["c"][0][0].startswith("ref-"):
        tongue = tongues.get(node["c"][0][0].removeprefix("ref-"), lang)
        if tongue != lang:
            node["c"][0][2].append(["lang", tongue])
        return node
    if kind in ("Code", "Math", "RawInline", "RawBlock", "CodeBlock") or (kind == "Span" and _tongue(node)):
        return node
    return {key: _walked(value, lang, terms, tongues) for key, value in node.items()}


def _name_numbers(node: Any, names: Names) -> None:
    """Each number's place gets its name: `n-` and its entry, counted in the order of the text."""
    if isinstance(node, dict) and node.get("t") == "Span" and "entry" in node["c"][0][1]:
        entry = dict(node["c"][0][2]).get("entry", "")
        node["c"][0][0] = node["c"][0][0] or names.name("n", entry)
    for item in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        _name_numbers(item, names)


def _tongue(span: Node) -> bool:
    return any(key == "lang" for key, _ in span["c"][0][2])


def _marked(inlines: list[Node], terms: tuple[Any, ...]) -> Iterator[Node]:
    """The inlines, each foreign word or run of words in a span of its language; marks around it stay outside."""
    i = 0
    while i < len(inlines):
        for words, tongue in terms if inlines[i].get("t") == "Str" else ():
            run = _run(inlines, i, words)
            if run is None:
                continue
            before, inside, after = run
            span = {"t": "Span", "c": [["", [], [["lang", tongue]]], inside]}
            yield from ([{"t": "Str", "c": before}] if before else [])
            yield span
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
