"""What the set-up promises: one list of versions, hashes for each, no index addresses, verbs that are explained."""

from __future__ import annotations

import re
import subprocess

import pytest

from pipeline.conda import direct_names, environment_text, locked_versions
from pipeline.study import ROOT


def test_environment_and_lock_agree() -> None:
    assert (ROOT / "environment.yml").read_text(encoding="utf-8") == environment_text(ROOT)


def test_lock_pins_every_direct_dependency() -> None:
    assert set(direct_names(ROOT / "requirements.in")) <= locked_versions(ROOT / "requirements.lock").keys()


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-setup.lock"])
def test_lock_has_hashes_and_no_addresses(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"https?://|--index|--find-links", text)
    for block in re.split(r"\n(?=[a-zA-Z0-9])", text.strip()):
        assert "--hash=sha256:" in block, block.splitlines()[0]


def test_every_dependency_has_its_reason() -> None:
    reasons = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower().replace("_", "-")
    named = direct_names(ROOT / "requirements.in")
    assert [name for name in named if not re.search(rf"\b{re.escape(name)}\b", reasons)] == []


def test_help_lists_every_verb_with_a_line() -> None:
    done = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    for verb in ("report", "test", "demo-data", "verify", "lab", "bench", "clean", "help"):
        assert re.search(rf"^  {verb}\s+\S", done.stdout, flags=re.MULTILINE), verb
