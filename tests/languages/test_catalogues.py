"""The catalogues: the same messages with the same variables in each language, each said somewhere, and no words in Python."""

from __future__ import annotations

import ast
import re
from functools import lru_cache

import pytest
from babel import Locale
from fluent.syntax import ast as ftl

from pipeline.languages.known import HERE, languages
from pipeline.languages.syntax import entries, read
from pipeline.report.document import SLIPS
from pipeline.study import ROOT

CODE = ROOT / "pipeline"


@lru_cache(maxsize=8)
def messages(lang: str) -> dict[str, dict[str, frozenset[str]]]:
    """By message, what its value and each of its attributes use."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    for path in sorted((HERE / lang).glob("*.ftl")):
        for entry in read(path).body:
            if isinstance(entry, ftl.Message):
                assert entry.id.name not in found, f"{path.name}: {entry.id.name} stands twice"
                held = {"": entry.value, **{f".{a.id.name}": a.value for a in entry.attributes}}
                found[entry.id.name] = {part: _uses(value) for part, value in held.items() if value is not None}
    return found


def _uses(value: object) -> frozenset[str]:
    """Variables, references, and functions with what they are given."""
    if isinstance(value, ftl.FunctionReference):
        given = [*value.arguments.positional, *value.arguments.named]
        inside = frozenset({f"{value.id.name}({len(given)})"})
        return inside | frozenset(f"{value.id.name}:{use}" for part in given for use in _uses(part))
    if isinstance(value, ftl.NamedArgument):
        return frozenset({f"{value.name.name}={value.value.value}"})
    if isinstance(value, ftl.StringLiteral):
        return frozenset({repr(value.value)}) if value.value.strip() else frozenset()
    if isinstance(value, ftl.VariableReference | ftl.MessageReference):
        return frozenset({f"${value.id.name}" if isinstance(value, ftl.VariableReference) else value.id.name})
    if isinstance(value, list):
        return frozenset(use for part in value for use in _uses(part))
    if isinstance(value, ftl.BaseNode):
        return frozenset(use for part in vars(value).values() for use in _uses(part))
    return frozenset()


FIRST, *OTHERS = languages()


@pytest.mark.parametrize("lang", OTHERS)
def test_each_language_has_the_same_messages_with_the_same_variables_and_functions(lang: str) -> None:
    one, other = messages(FIRST), messages(lang)
    assert sorted(set(one) ^ set(other)) == []
    differing = {
        f"{name}{part}": (sorted(one[name].get(part, ["none"])), sorted(other[name].get(part, ["none"])))
        for name in one
        for part in {*one[name], *other[name]}
        if one[name].get(part) != other[name].get(part)
    }
    assert differing == {}


@lru_cache(maxsize=1)
def spoken() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Texts of the code that may name a message: whole ones, and patterns of those that are put together."""
    whole: set[str] = set()
    patterns: set[str] = set()
    for path in CODE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole |= set(re.findall(r"[\w.-]+", node.value)) if len(node.value) < 400 else set()
                patterns |= {re.escape(node.value) + ".+"} if re.fullmatch(r"[a-z]+-[a-z-]*-", node.value) else set()
            elif isinstance(node, ast.JoinedStr):
                parts = [re.escape(v.value) if isinstance(v, ast.Constant) else ".+" for v in node.values]
                if len("".join(p for p in parts if p != ".+")) >= 4:
                    patterns.add("".join(parts))
    for path in (p for kind in ("*.md", "*.html", "*.typ", "*.lua") for p in CODE.rglob(kind)):
        whole |= set(re.findall(r"[\w-]+", path.read_text(encoding="utf-8")))
    return frozenset(whole), tuple(re.compile(p) for p in sorted(patterns))


@pytest.mark.parametrize("lang", languages())
def test_no_variant_waits_for_a_plural_that_the_language_does_not_have(lang: str) -> None:
    has = Locale(lang).plural_form.tags
    keys = {
        key for path in (HERE / lang).glob("*.ftl") for key in re.findall(r"\[(one|two)\]", path.read_text("utf-8"))
    }
    assert keys <= has, "it would never be said; a number is chosen by itself, as [1]"


def test_each_message_is_said_somewhere() -> None:
    whole, patterns = spoken()
    listed = {
        word
        for path in (HERE / FIRST).glob("*.ftl")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.match(r"[\w-]+-list = ", line)
        for word in line.split()
    }
    referred = {use for parts in messages(FIRST).values() for uses in parts.values() for use in uses}
    unused = [
        name
        for name in messages(FIRST)
        if not ({name, name.replace("-", "_"), name.removeprefix("report-")} & whole)
        and not any(f"{name}.{part}" in whole for part in ("notes", "alt", "n", "long", "needs"))
        and name not in listed | referred
        and not any(pattern.fullmatch(name) for pattern in patterns)
    ]
    assert unused == []


def test_each_message_that_the_code_names_is_there() -> None:
    calls = {"msg", "Message", "say", "heading", "paragraph", "bullets", "steps", "callout", "when", "listed", "about"}
    named = {
        (str(path.relative_to(CODE)), leaf.value)
        for path in CODE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and (node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")) in calls
        for leaf in (*node.args, *(e for a in node.args if isinstance(a, ast.List) for e in a.elts))
        if isinstance(leaf, ast.Constant) and re.fullmatch(r"(?!sec-)[a-z]+(-[a-z0-9]+)+(\.[a-z-]+)?", str(leaf.value))
    }
    assert len(named) > 300
    parts = {name + part for name, held in messages(FIRST).items() for part in ("", *held)}
    assert [f"{where}: {name}" for where, name in sorted(named) if name not in parts] == []


SAYING = {
    *("heading", "paragraph", "bullets", "steps", "callout", "words_table"),
    *("set_xlabel", "set_ylabel", "set_title", "suptitle", "annotate", "text", "legend"),
    *("Column", "table", "figure", "number"),
}
"""Calls whose texts a reader of the report sees: of a document, of axes, of the ledger."""
UNSAID = {"loc", "textcoords", "transform", "unit", "weight", "classes", "id", "ha", "va", "behind"}


def wordings(source: str) -> list[str]:
    """Literal texts with a blank between letters that such calls are given."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in SAYING:
                given = [*node.args, *(k.value for k in node.keywords if k.arg not in UNSAID)]
                inside = (leaf for value in given for leaf in ast.walk(value))
                found += [
                    f"line {leaf.lineno}: {leaf.value}"
                    for leaf in inside
                    if isinstance(leaf, ast.Constant)
                    and isinstance(leaf.value, str)
                    and re.search(r"[^\W\d_]{2,} [^\W\d_]{2,}", leaf.value)
                ]
    return found


def test_no_wording_stands_in_python() -> None:
    found = [
        f"{path.relative_to(CODE)}, {place}"
        for path in sorted((CODE / "chapters").rglob("*.py"))
        for place in wordings(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_a_wording_in_python_would_be_found() -> None:
    assert wordings('doc.paragraph("Two words")') == ["line 1: Two words"]
    assert wordings('Column("a", {"id": "dua kata", "en": "x"})') == ["line 1: dua kata"]
    assert wordings('axes.set_xlabel(f"some words {x}")')
    assert wordings('doc.paragraph("topic-name", msg("other"))') == []


def test_python_names_no_language() -> None:
    known = set(languages())
    allowed = {"languages/known.py"}
    found = []
    for path in sorted(CODE.rglob("*.py")):
        inside = str(path.relative_to(CODE))
        if inside in allowed or inside.startswith(("questionnaire/", "demo/")):
            continue  # forms are in two languages at once, and so are invented answers
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            compared = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
            listed = node.elts if isinstance(node, ast.Tuple | ast.List) else getattr(node, "keys", [])
            asked, held = _texts(compared), _texts(listed if isinstance(listed, list) else [])
            if known & asked or (held and held <= known):
                found.append(f"{inside}, line {node.lineno}")
    assert found == []


def _texts(nodes: list[ast.expr]) -> set[str]:
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


@pytest.mark.parametrize("lang", languages())
def test_no_message_holds_the_word_that_a_missing_value_prints_as(lang: str) -> None:
    """The report stops where it meets one."""
    said = [(name, words) for path in sorted((HERE / lang).glob("*.ftl")) for name, words in entries(path)]
    assert [name for name, words in said if SLIPS.search(words)] == []
