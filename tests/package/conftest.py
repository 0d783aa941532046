"""One report of a small office, made and packaged once by a workflow's own steps; tests copy or unpack it."""

from __future__ import annotations

import fcntl
import zipfile
from pathlib import Path

import pytest

from tests.package.clone import GITHUB, clean_clone, run_steps
from tests.package.office import ARCHIVE, NAME, copy_of, make_office


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A clone with a study of persons, its report published and packaged; made once, whichever worker asks first."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    root, done = shared / "office" / "clone", shared / "office-made"
    with (shared / "office-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            make_office(clean_clone(root))
            said = run_steps(GITHUB, root, STUDY=NAME, EDITION="2024", REPORT_LANG="en")
            assert f"reports/{NAME}/2024/en/report.html" in said
            assert ARCHIVE in said
            done.touch()
    return root


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
