"""What tests run in a forked process is what a person runs: the same bytes, words and status."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks.tiny import make_tiny
from tests import warm

ASKED = ("report", "--study", "tiny", "--lang", "en", "--engine", "embedded")


def _bytes(root: Path) -> dict[str, bytes]:
    return {
        p.relative_to(root).as_posix(): p.read_bytes() for p in sorted((root / "reports").rglob("*")) if p.is_file()
    }


@pytest.mark.skipif(not warm.POSSIBLE, reason="the command is started as it is here")
def test_a_forked_command_makes_what_a_started_one_makes(tmp_path: Path) -> None:
    made = {}
    for name, run in (("forked", warm.run), ("started", warm.started)):
        root = make_tiny(tmp_path / name)
        done = run(ASKED, {**os.environ, "EVALUATION_ROOT": str(root)})
        assert done.returncode == 0, done.stderr
        names = [path.name for path in (root / "build" / "tiny" / "2024" / "records").iterdir()]
        made[name] = (_bytes(root), sorted(names), done.stdout.partition("Report:")[2])
    assert made["forked"] == made["started"]


@pytest.mark.parametrize("run", [warm.run, warm.started])
def test_a_mistake_ends_with_its_words_and_status(run, tmp_path: Path) -> None:
    done = run((*ASKED, "--edition", "1999"), {**os.environ, "EVALUATION_ROOT": str(make_tiny(tmp_path))})
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: ")
    assert run(("report", "--edtion", "1"), dict(os.environ)).returncode == 2
