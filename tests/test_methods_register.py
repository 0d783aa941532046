"""docs/methods.md against the code: every estimator stands in it, and what it names exists."""

from __future__ import annotations

import re

from docs import write_methods
from pipeline.methods.effects.estimators import METHODS
from pipeline.study import ROOT

REGISTER = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")


def test_the_register_of_estimators_is_that_of_the_code() -> None:
    assert write_methods.page() == REGISTER, ".venv/bin/python -m docs.write_methods writes it anew"
    assert set(re.findall(r"^\| `(\w+)` \|", write_methods.table(), re.MULTILINE)) == set(METHODS)


def test_every_estimator_names_its_source_and_a_test() -> None:
    lacking = [m.code for m in METHODS.values() if not m.source or not m.held_by]
    assert lacking == []
    places = [m.place for m in METHODS.values()]
    assert places == sorted(set(places)), "each has a place of its own"


def test_every_test_that_it_names_exists() -> None:
    named = re.findall(r"`(test_\w+\.py)::(test_\w+)`", REGISTER)
    assert len(named) > 40
    files = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")}
    missing = [f"{file}::{test}" for file, test in named if f"def {test}(" not in files.get(file, "")]
    assert missing == []


def test_every_file_that_it_names_exists() -> None:
    paths = re.findall(r"`((?:pipeline|tests|docs)/[\w./]+)`", REGISTER)
    assert [path for path in paths if not (ROOT / path).exists()] == []
