"""Workspaces with small demonstration studies, made once a session."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline.demo.generate import generate
from pipeline.study import ROOT, Study, load_study
from tests import warm


@pytest.fixture(scope="session")
def medan() -> Study:
    return load_study("medan-pendidikan")


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace: `studies/` and `data/raw/medan-pendidikan` of the small standard variant, and `truth/`."""
    return make_workspace(tmp_path_factory.mktemp("small"), "standard")


def make_workspace(folder: Path, variant: str, size: str = "small") -> Path:
    """Put the study and a variant of its data into a folder that EVALUATION_ROOT can name."""
    shutil.copytree(ROOT / "studies", folder / "studies")
    generate(folder / "data" / "raw" / "medan-pendidikan", variant=variant, size=size, truth_dir=folder / "truth")
    return folder


def run_pipeline(workspace: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line on a workspace, as a person would; the libraries are loaded already (`tests.warm`)."""
    return warm.run(arguments, {**os.environ, "EVALUATION_ROOT": str(workspace), **environment})


LONGEST_FIRST = (
    *("tests/acceptance", "tests/package", "tests/compare", "tests/run", "tests/test_contributing", "tests/notebooks"),
    *("tests/chapters", "tests/clean", "tests/cases", "tests/languages"),
)
"""Folders of files that take minutes: handed out first, so that no worker ends with one of them while the other rests."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def place(item: pytest.Item) -> int:
        return next((k for k, name in enumerate(LONGEST_FIRST) if item.nodeid.startswith(name)), len(LONGEST_FIRST))

    items.sort(key=place)
