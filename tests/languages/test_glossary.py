"""One term a concept: no message, study or questionnaire uses a word that the glossary replaces."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from pipeline.languages.known import HERE, languages
from pipeline.languages.syntax import entries
from pipeline.study import ROOT

GLOSSARY = tomllib.loads((HERE / "glossary.toml").read_text(encoding="utf-8"))


def _own(node: object, lang: str) -> Iterator[str]:
    """Every text of a study in this language."""
    if isinstance(node, dict):
        if isinstance(node.get(lang), str):
            yield node[lang]
        for value in node.values():
            yield from _own(value, lang)
    elif isinstance(node, list):
        for value in node:
            yield from _own(value, lang)


def _texts(lang: str) -> Iterator[tuple[str, str]]:
    folders = [HERE / lang, *sorted(ROOT.glob(f"studies/*/text/{lang}"))]
    for path in (path for folder in folders for path in sorted(folder.glob("*.ftl"))):
        for name, words in entries(path):
            yield f"{path.parent.name}/{path.name}: {name}", re.sub(r"\{[^{}]*\}|[@\[][\w@-]+", " ", words)
    for path in sorted(ROOT.glob("studies/*/*.yml")):
        for words in _own(yaml.safe_load(path.read_text(encoding="utf-8")), lang):
            yield str(path.relative_to(ROOT)), words


def _wrong(lang: str, texts: Iterator[tuple[str, str]]) -> list[str]:
    refused = {word: one["term"] for one in GLOSSARY[lang] for word in one["not"]}
    pattern = re.compile(r"\b(" + "|".join(map(re.escape, sorted(refused, key=len, reverse=True))) + r")\b", re.I)
    return [
        f"{place}: {found}, say {refused[found.lower()]}" for place, words in texts for found in pattern.findall(words)
    ]


@pytest.mark.parametrize("lang", languages())
def test_no_text_uses_a_word_that_the_glossary_replaces(lang: str) -> None:
    assert _wrong(lang, _texts(lang)) == []


@pytest.mark.parametrize(("lang", "words"), [("id", "Putusan tiap luaran"), ("en", "An event that befell schools")])
def test_such_a_word_is_found(lang: str, words: str) -> None:
    assert _wrong(lang, iter([("here", words)]))


POINTS_BY_PLACE = {
    "id": r"\b(tabel|gambar) (berikut|berikutnya|sebelumnya)\b|\bbaris terakhir\b",
    "en": r"\b(next|previous|preceding|following) (table|figure)s?\b|\blast rows?\b",
}
"""How a text points to where something stands; another table may stand there. `@tbl-…` is right wherever it stands."""


@pytest.mark.parametrize("lang", sorted(POINTS_BY_PLACE))
def test_no_text_points_to_a_table_by_its_place(lang: str) -> None:
    pattern = re.compile(POINTS_BY_PLACE[lang], re.I)
    assert [place for place, words in _texts(lang) if pattern.search(words)] == []


SHORT = {
    entry["id"]: entry["title-short"]
    for entry in json.loads((ROOT / "pipeline/report/assets/references.json").read_text(encoding="utf-8"))
    if entry.get("type") == "legislation"
}
"""What a citation of a regulation prints."""


def _doubled(words: str) -> list[str]:
    """Regulations that are named right before the citation that prints their name again."""
    found = []
    for before, keys in re.findall(r"([^.;:]{0,90})\[((?:-?@[\w-]+;? ?)+)\]", words):
        found += [SHORT[key] for key in re.findall(r"@([\w-]+)", keys) if SHORT.get(key, "?") in before]
    return found


@pytest.mark.parametrize("lang", languages())
def test_a_regulation_is_named_once_where_it_is_cited(lang: str) -> None:
    folders = [HERE / lang, *sorted(ROOT.glob(f"studies/*/text/{lang}"))]
    read = [(path, words) for folder in folders for path in folder.glob("*.ftl") for _, words in entries(path)]
    assert len(SHORT) > 4
    assert {str(path): found for path, words in read if (found := _doubled(words))} == {}
    assert _doubled("sebagaimana diatur dalam PP 11/2017 dan PP 17/2020 [@pp11-2017; @pp17-2020]") == [
        "PP 11/2017",
        "PP 17/2020",
    ]


def test_every_language_has_its_glossary_and_no_word_is_both_used_and_refused() -> None:
    assert set(GLOSSARY) == set(languages())
    for lang, listed in GLOSSARY.items():
        terms = [one["term"] for one in listed]
        assert len(terms) == len(set(terms)), lang
        assert not set(terms) & {word for one in listed for word in one["not"]}


def test_the_glossary_is_told_to_those_who_write() -> None:
    assert "glossary.toml" in Path(ROOT / "docs/words.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", languages())
def test_no_two_headings_of_a_report_are_the_same(lang: str) -> None:
    """Contents with three lines "Conclusions" lead nowhere. Pages of their own have headings of their own."""
    apart = {"check", "compare", "fleet", "validation", "questionnaire"}
    titles = [
        (words, name)
        for path in sorted((HERE / lang).glob("*.ftl"))
        if path.stem not in apart
        for name, words in entries(path)
        if re.fullmatch(r"[a-z-]+-title(-\d)?", name)
    ]
    assert len(titles) > 60
    seen: dict[str, list[str]] = {}
    for words, name in titles:
        seen.setdefault(words.strip().lower(), []).append(name)
    assert {words: names for words, names in seen.items() if len(names) > 1} == {}
