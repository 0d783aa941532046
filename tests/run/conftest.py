"""One report of the tiny study, made once; tests of the machinery change copies of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.tiny import copy_of, make_tiny, report_of
from tests.conftest import run_pipeline


@pytest.fixture(scope="session")
def made(once: Callable[[str, Callable[[Path], object]], Path]) -> Path:
    """A workspace whose English report has been made: not to be written to."""

    def fill(folder: Path) -> None:
        root = make_tiny(folder / "w")
        done = run_pipeline(root, "report", "--study", "tiny", "--lang", "en", "--engine", "embedded")
        assert done.returncode == 0, done.stderr
        assert report_of(root) == "6 1 Score 12 "

    return once("tiny", fill) / "w"


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    return copy_of(made, tmp_path / "w")
