"""Workspaces with small demonstration studies, made once a session."""

from __future__ import annotations

import atexit
import fcntl
import gc
import os
import pickle
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from pipeline.clean.run import CleanResult, clean_study
from pipeline.demo.generate import generate
from pipeline.run import server
from pipeline.run.environment import without_slow_grammars
from pipeline.study import ROOT, Study, load_study
from tests import reading_once, warm

without_slow_grammars()  # nothing that is tested has internationalised addresses


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector of garbage need not walk through all libraries time and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def medan() -> Study:
    return load_study("medan-pendidikan")


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Callable[[str, Callable[[Path], object]], Path]:
    """Gives the folder of a name, which whichever of the session's processes asks first has filled."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent

    def folder(name: str, fill: Callable[[Path], object]) -> Path:
        done = shared / f"{name}-done"
        with (shared / f"{name}-lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                shutil.rmtree(shared / name, ignore_errors=True)  # a first attempt that failed
                (shared / name).mkdir()
                fill(shared / name)
                done.touch()
        return shared / name

    return folder


@pytest.fixture(scope="session", autouse=True)
def kept_readings() -> Iterator[pytest.MonkeyPatch]:
    """Raw files are read once (`tests.reading_once`)."""
    with pytest.MonkeyPatch.context() as patch:
        reading_once.keep(patch)
        yield patch


@pytest.fixture
def read_anew(kept_readings: pytest.MonkeyPatch) -> Iterator[None]:
    """For tests that clean the same files twice and compare: each time they are read."""
    kept_readings.undo()
    yield
    reading_once.keep(kept_readings)


@pytest.fixture(scope="session")
def demonstration(medan: Study, once: Callable[[str, Callable[[Path], object]], Path]) -> CleanResult:
    """The shipped demonstration, cleaned; its folder is to be copied, not written to."""

    def fill(folder: Path) -> None:
        made = clean_study(medan, 2024, medan.raw_root(ROOT), folder / "2024")
        (folder / "result").write_bytes(pickle.dumps(made))

    return pickle.loads((once("demonstration", fill) / "result").read_bytes())


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace: `studies/` and `data/raw/medan-pendidikan` of the small standard variant, and `truth/`."""
    return make_workspace(tmp_path_factory.mktemp("small"), "standard")


def make_workspace(folder: Path, variant: str, size: str = "small") -> Path:
    """Put the study and a variant of its data into a folder that EVALUATION_ROOT can name."""
    shutil.copytree(ROOT / "studies", folder / "studies")
    shutil.copytree(_generated(variant, size), folder, dirs_exist_ok=True)
    return folder


@cache
def _generated(variant: str, size: str) -> Path:
    """A variant's data and truth, drawn once a process: the same bytes each time, which tests/demo holds."""
    folder = Path(tempfile.mkdtemp(prefix="generated-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    generate(folder / "data" / "raw" / "medan-pendidikan", variant=variant, size=size, truth_dir=folder / "truth")
    return folder


def run_pipeline(workspace: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line on a workspace, as a person would; the libraries are loaded already (`tests.warm`)."""
    return warm.run(arguments, {**os.environ, "EVALUATION_ROOT": str(workspace), **environment})


@pytest.fixture
def forked_kernels(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs that a test calls itself have kernels of a server that is forked from one that has loaded everything."""
    if warm.POSSIBLE:
        monkeypatch.setattr(server, "start_server", warm.kernel_server)


LONGEST_FIRST = (
    # Who comes first makes the report that other files of acceptance look at, who comes second does not wait for it.
    *("acceptance/test_figures", "acceptance/test_variants", "test_contributing", "run/test_verify"),
    # Both files of the package want its one report: they lie apart, and so do the two that want the full demonstration.
    *("package/test_package.py", "acceptance/test_report", "run", "sources/test_databases", "acceptance", "validation"),
    *("notebooks", "package", "check", "report/test_kept", "questionnaire", "methods/effects/test_effects_efficient"),
    *("cases", "languages", "clean", "test_repository", "test_study_keys", "compare", "chapters", "fleet", "attacks"),
)
"""Files and folders that take longest: handed out first, so that no worker ends with one of them while the other rests."""


def pytest_configure(config: pytest.Config) -> None:
    """Files are handed out in the order of their collection: xdist would sort them by their number of tests."""
    if hasattr(config.option, "loadscopereorder"):
        config.option.loadscopereorder = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def place(item: pytest.Item) -> int:
        name = item.nodeid.removeprefix("tests/")
        return next((k for k, first in enumerate(LONGEST_FIRST) if name.startswith(first)), len(LONGEST_FIRST))

    items.sort(key=place)
