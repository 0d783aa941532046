"""docs/methods.md against the code: every estimator stands in it, and what it names exists."""

from __future__ import annotations

import re

from pipeline.methods.effects.estimators import METHODS
from pipeline.study import ROOT

REGISTER = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")


def test_every_estimator_is_registered_and_no_other() -> None:
    effects = REGISTER.split("## Effects")[1].split("## Inference")[0]
    named = {
        code for row in re.findall(r"^\| (`[^|]*`) \|", effects, re.MULTILINE) for code in re.findall(r"`(\w+)`", row)
    }
    assert named == set(METHODS)


def test_every_test_that_it_names_exists() -> None:
    named = re.findall(r"`(test_\w+\.py)::(test_\w+)`", REGISTER)
    assert len(named) > 40
    files = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")}
    missing = [f"{file}::{test}" for file, test in named if f"def {test}(" not in files.get(file, "")]
    assert missing == []


def test_every_file_that_it_names_exists() -> None:
    paths = re.findall(r"`((?:pipeline|tests|docs)/[\w./]+)`", REGISTER)
    assert [path for path in paths if not (ROOT / path).exists()] == []
