"""The Indonesian report of the small demonstration, made once for all that look at it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import make_workspace, run_pipeline


@pytest.fixture(scope="session")
def made(once: Callable[[str, Callable[[Path], object]], Path]) -> Path:
    """A workspace whose Indonesian report has been made: not to be written to."""

    def fill(folder: Path) -> None:
        workspace = make_workspace(folder / "w", "standard")
        done = run_pipeline(workspace, "report", "--engine", "embedded")
        assert done.returncode == 0, done.stderr
        assert "Executed: 01_clean" in done.stdout

    return once("made", fill) / "w"
