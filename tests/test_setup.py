"""What the set-up promises: one list of versions, hashes for each, no index addresses, verbs that are explained."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import site
import subprocess
from pathlib import Path

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
    for verb in ("report", "test", "demo-data", "verify", "package", "lab", "bench", "clean", "help"):
        assert re.search(rf"^  {verb}\s+\S", done.stdout, flags=re.MULTILINE), verb


KEPT = ("PATH", "HOME", "TMPDIR")
"""Of the environment: the tests themselves may run under make, which hands its options on."""


def make(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the Makefile in a folder with a stand-in for Python that prints its arguments, one a line."""
    return subprocess.run(
        ["make", *arguments],
        cwd=folder,
        env={**{name: value for name, value in os.environ.items() if name in KEPT}, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout in a folder with blanks, brackets, quotes and accents, set up already."""
    folder = tmp_path / "a b (c) é $HOME 'x'"
    (folder / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(ROOT / "Makefile", folder / "Makefile")
    for name in ("requirements.lock", "requirements-setup.lock"):
        (folder / name).write_text("", encoding="utf-8")
    python = folder / ".venv" / "bin" / "python"
    python.write_text('#!/bin/sh\nfor each in "$@"; do printf "%s\\n" "$each"; done\n', encoding="utf-8")
    python.chmod(0o755)
    (folder / ".venv" / ".ready").write_text("", encoding="utf-8")
    return folder


@pytest.mark.parametrize("typed", ["EDITON=2023", "STDUY=mine", "lang=en", "BLIND=no", "BLIND=yes", "SHORT=2", "YES=y"])
def test_a_mistyped_option_is_refused(checkout: Path, typed: str) -> None:
    done = make(checkout, "report", typed)
    assert done.returncode == 2
    assert done.stdout == ""
    expected = (
        "BLIND, SHORT and YES are 0 or 1" if typed.startswith(("BLIND", "SHORT", "YES")) else "There is no option"
    )
    assert expected in done.stderr


@pytest.mark.parametrize(
    "value", ['a"; touch X; "', "$(touch X)", "$(shell touch X)", "`touch X`", "a;touch X", "$$(touch X)", "a b", "-x"]
)
@pytest.mark.parametrize("option", ["STUDY", "EDITION", "LANG", "ENGINE"])
def test_what_is_typed_reaches_the_command_as_it_stands(checkout: Path, option: str, value: str) -> None:
    done = make(checkout, "report", f"{option}={value}")
    assert done.returncode == 0, done.stderr
    words = done.stdout.splitlines()
    assert words[words.index(f"--{option.lower()}") + 1] == value
    assert list(checkout.glob("X*")) == []


def test_words_of_other_verbs_are_inert_too(checkout: Path) -> None:
    evil = '"; touch X; `touch X` $(touch X)'
    for verb, option, flag in (
        ("plan", "REASON", "--reason"),
        ("verify", "CERTIFICATE", "--certificate"),
        ("verify", "KEY", "--sign"),
        ("verify", "PUBLIC_KEY", "--public-key"),
        ("questionnaire", "BATCHES", "--batches"),
        ("compare", "WITH", "--with"),
    ):
        words = make(checkout, verb, f"{option}={evil}").stdout.splitlines()
        assert words[words.index(flag) + 1] == evil
    assert list(checkout.glob("X*")) == []


def test_language_of_the_environment_does_not_count(checkout: Path) -> None:
    words = make(checkout, "report", LANG="en_GB.UTF-8").stdout.splitlines()
    assert words[words.index("--lang") + 1] == "id"
    words = make(checkout, "report", REPORT_LANG="en").stdout.splitlines()
    assert words[words.index("--lang") + 1] == "en"
    assert "--blind" in make(checkout, "report", "BLIND=1").stdout.splitlines()
    assert "--blind" not in make(checkout, "report", "BLIND=0").stdout.splitlines()


def test_set_up_has_compiled_every_library() -> None:
    """Files that nothing loads (libraries' own tests among them) are compiled too: no later start has any to compile."""
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"uv pip sync .*--compile-bytecode", recipe)
    sources = [path for folder in site.getsitepackages() for path in Path(folder).rglob("*.py")]
    bare = [path for path in sources if not Path(importlib.util.cache_from_source(str(path))).is_file()]
    assert len(sources) > 5000
    assert len(bare) < 0.001 * len(sources), bare[:5]
