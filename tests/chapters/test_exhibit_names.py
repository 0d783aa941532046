"""Exhibits that the report asks for are recorded by somebody: a slip in a name is not a silent hole."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fnmatch import fnmatchcase

import pytest

from pipeline.study import ROOT

CHAPTERS = sorted((ROOT / "pipeline" / "chapters").glob("*.py"))


def _names(tree: ast.AST) -> Iterator[str]:
    """Names of exhibits in a piece of code; what an f-string fills in is a star."""
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            name = node.value
        elif isinstance(node, ast.JoinedStr):
            name = "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values)
        else:
            continue
        if name.startswith(("tbl_", "fig_")) and " " not in name and name not in ("tbl_", "fig_"):
            yield name


def _told(function: ast.FunctionDef) -> bool:
    return any(argument.arg == "doc" for argument in function.args.args)


FUNCTIONS = [n for path in CHAPTERS for n in ast.parse(path.read_text("utf-8")).body if isinstance(n, ast.FunctionDef)]
WRITTEN = {"tbl_caps", "tbl_checklist", "tbl_criteria", "tbl_standards"}
"""Tables of words, which chapters write themselves (`Doc.words_table`)."""
ASKED = {name for function in FUNCTIONS if _told(function) for name in _names(function)} - WRITTEN
RECORDED = {name for function in FUNCTIONS if not _told(function) for name in _names(function)}


def _meets(one: str, other: str) -> bool:
    """Whether two names with stars can be the same exhibit."""
    return fnmatchcase(one.replace("*", "x"), other) or fnmatchcase(other.replace("*", "x"), one)


@pytest.mark.parametrize("name", sorted(ASKED))
def test_what_the_report_asks_for_is_recorded(name: str) -> None:
    each = f"{name}_*"  # `Doc.primary` joins the name of each outcome
    assert any(_meets(name, other) or _meets(each, other) for other in RECORDED), name


def test_a_slip_would_be_found() -> None:
    assert len(ASKED) > 30
    assert not any(_meets("tbl_efects", other) for other in RECORDED)
