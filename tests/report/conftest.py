"""A small report source, rendered once for all tests that look at it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.report.assets import ASSETS
from pipeline.report.render import RenderRecord, render

SAMPLE = Path(__file__).parent / "sample"


def copy_sample(folder: Path) -> Path:
    """The sample with the references and citation style that every report has beside it."""
    shutil.copytree(SAMPLE, folder, dirs_exist_ok=True)
    for name in ("references.json", "author-date.csl"):
        shutil.copyfile(ASSETS / name, folder / name)
    return folder / "report.md"


@pytest.fixture(scope="session")
def sample_into() -> Callable[[Path], Path]:
    """Copies the sample into a folder and gives the path of its source."""
    return copy_sample


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    return copy_sample(tmp_path / "source")


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> RenderRecord:
    folder = tmp_path_factory.mktemp("report")
    source = copy_sample(folder / "source")
    return render(source, folder / "out", lang="id", meta={"stamp": "2024-01-01"}, engine="embedded")
