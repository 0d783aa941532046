"""One report of a small office, made and packaged once by a workflow's own steps; tests copy or unpack it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.package.clone import GITHUB, clean_clone, run_steps
from tests.package.office import ARCHIVE, NAME, copy_of, make_office


@pytest.fixture(scope="session")
def office(once: Callable[[str, Callable[[Path], object]], Path]) -> Path:
    """A clone with a study of persons, its report published and packaged."""

    def fill(folder: Path) -> None:
        root = make_office(clean_clone(folder / "clone"))
        said = run_steps(GITHUB, root, STUDY=NAME, EDITION="2024", REPORT_LANG="en")
        assert f"reports/{NAME}/2024/en/report.html" in said
        assert ARCHIVE in said

    return once("office", fill) / "clone"


@pytest.fixture
def root(office: Path, tmp_path: Path) -> Path:
    return copy_of(office, tmp_path / "w")


@pytest.fixture(scope="session")
def unpacked(office: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive as somebody else unpacks it."""
    folder = tmp_path_factory.mktemp("somewhere else") / "a longer path"
    with zipfile.ZipFile(office / ARCHIVE) as archive:
        archive.extractall(folder)
    return folder / f"{NAME}-2024-replication"
