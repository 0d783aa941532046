"""What ends a run by force leaves the last good report, one screen, and no process or folder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.tiny import CELLS, make_tiny, report_of, write_notebook
from pipeline.errors import StepError
from pipeline.private import passing_folder
from pipeline.run import publish as publication
from pipeline.run.clean import clean_made
from pipeline.run.lock import Lock
from pipeline.run.publish import exchange, publish_folder, repair
from pipeline.run.run_folder import run_folder
from pipeline.sources.engine import SPILL
from pipeline.study import ROOT
from tests.conftest import run_pipeline

ASKED = ("--study", "tiny", "--lang", "en", "--engine", "embedded")
GOOD = "6 1 Score 12 "


@pytest.fixture
def runtime(tmp_path: Path) -> Iterator[Path]:
    """A folder that stands for $XDG_RUNTIME_DIR, short enough for sockets."""
    import shutil
    import tempfile

    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def start(root: Path, *more: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline", "report", *(more or ASKED)],
        cwd=ROOT,
        env={**os.environ, "EVALUATION_ROOT": str(root), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def one_screen(text: str) -> None:
    assert "Traceback" not in text
    assert len(text.splitlines()) < 25, text


def meeting(root: Path) -> str:
    """A cell that tells that it has come so far, and then waits to be ended."""
    return f"open({str(root / 'here')!r}, 'w').close()\nimport threading\nthreading.Event().wait()"


def wait_for(path: Path, process: subprocess.Popen[str]) -> None:
    tick = threading.Event()
    while not path.exists():
        assert process.poll() is None, process.stderr and process.stderr.read()
        tick.wait(0.02)


def alive_below(runtime: Path) -> list[str]:
    """Command lines of processes that name a folder; fork servers and kernels name their private one."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = entry.read_bytes().decode(errors="replace")
        except OSError:
            continue
        if str(runtime) in line:
            found.append(line)
    return found


def test_a_killed_kernel_is_told_in_one_screen(root: Path) -> None:
    write_notebook(root, "02_programme", "import os\nos.kill(os.getpid(), 9)")
    done = run_pipeline(root, "report", *ASKED)
    assert done.returncode == 1
    one_screen(done.stderr)
    for words in (
        "kernel died",
        "memory",
        "tiny/notebooks/02_programme.ipynb, cell [3]",
        "step 02_programme --study tiny",
    ):
        assert words in done.stderr, done.stderr
    assert report_of(root) == GOOD


SPILLING = """
import os
from pipeline.sources.engine import SPILL, Engine, opened
with opened(Engine(1, this.root)) as connection:
    (spill,) = connection.execute("SELECT current_setting('temp_directory')").fetchone()
    open(os.path.join(spill, "persons"), "w").close()
    os.kill(os.getpid(), 9)
"""


def test_what_a_killed_step_spilled_goes_with_the_run(root: Path) -> None:
    """It may hold identity numbers. What another process works with stays."""
    write_notebook(root, "02_programme", SPILLING)
    with passing_folder(root / "build", SPILL) as held:
        assert "kernel died" in run_pipeline(root, "report", *ASKED).stderr
        assert list((root / "build").glob(f"{SPILL}*")) == [held]


def test_what_a_killed_run_spilled_goes_with_the_next(root: Path) -> None:
    (root / "build/.spill-dead").mkdir(0o700)
    (root / "build/.spill-dead/alive").touch()
    write_notebook(root, "02_programme", "1 / 0")  # whatever becomes of it
    assert run_pipeline(root, "report", *ASKED).returncode == 1
    assert not list((root / "build").glob(f"{SPILL}*"))


def test_a_cell_that_hangs_is_stopped(root: Path) -> None:
    study = root / "studies/tiny/study.yml"
    study.write_text(study.read_text(encoding="utf-8") + "run: {cell_minutes: 0.02}\n", encoding="utf-8")
    write_notebook(root, "02_programme", "import threading\nthreading.Event().wait()")
    done = run_pipeline(root, "report", *ASKED)
    assert done.returncode == 1
    one_screen(done.stderr)
    assert "took more than 0.02 minutes" in done.stderr
    assert "02_programme.ipynb, cell [3]" in done.stderr
    assert report_of(root) == GOOD


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("raise OSError(28, 'No space left on device', 'x.parquet')", "The disk is full."),
        ("raise MemoryError", "The memory is used up."),
        ("1 / 0", "ZeroDivisionError"),
    ],
)
def test_a_fault_inside_a_cell_is_told_in_one_screen(root: Path, cell: str, words: str) -> None:
    write_notebook(root, "02_programme", cell)
    done = run_pipeline(root, "report", *ASKED)
    assert done.returncode == 1
    one_screen(done.stderr)
    assert words in done.stderr
    assert "02_programme.ipynb, cell [3]" in done.stderr
    assert report_of(root) == GOOD


def test_two_runs_at_once_wait_for_each_other(root: Path) -> None:
    """Case: the second says who holds the edition, waits, and both end well."""
    write_notebook(root, "02_programme", CELLS["02_programme"] + "\n" + _until(root / "go", root / "here"))
    first = start(root)
    wait_for(root / "here", first)
    second = start(root, "--study", "tiny", "--lang", "id", "--engine", "embedded")
    assert second.stderr is not None
    line = second.stderr.readline()
    assert f"Waiting: process {first.pid} on " in line
    (root / "go").touch()
    assert [first.wait(), second.wait()] == [0, 0]
    assert report_of(root) == GOOD
    assert (root / "reports/tiny/2024/id/report.html").is_file()


def _until(go: Path, here: Path) -> str:
    return (
        f"import threading, os\nopen({str(here)!r}, 'w').close()\n"
        f"while not os.path.exists({str(go)!r}):\n    threading.Event().wait(0.02)"
    )


@pytest.mark.slow
def test_two_studies_at_once(root: Path) -> None:
    make_tiny(root, "other")
    write_notebook(root, "05_feedback", "1 + 3")
    other = start(root, "--study", "other", "--lang", "en", "--engine", "embedded")
    one = start(root)
    assert [one.wait(), other.wait()] == [0, 0], (
        one.stderr and one.stderr.read(),
        other.stderr and other.stderr.read(),
    )
    assert report_of(root) == report_of(root, "other") == GOOD


def test_kill_9_leaves_no_kernel_and_no_folder_and_the_next_run_completes(root: Path, runtime: Path) -> None:
    write_notebook(root, "02_programme", meeting(root))
    process = start(root, XDG_RUNTIME_DIR=str(runtime))
    wait_for(root / "here", process)
    assert list(runtime.glob("evaluation-*/*"))
    process.kill()
    process.wait()
    with Lock(root, "tiny-2024", lambda _: None):  # free only when the last process of the killed run has gone
        assert alive_below(runtime) == []
        assert list(runtime.iterdir()) == []
    assert not [path for path in root.rglob("*") if path.is_socket()]
    assert report_of(root) == GOOD
    write_notebook(root, "02_programme", CELLS["02_programme"])
    assert run_pipeline(root, "report", *ASKED).returncode == 0
    assert report_of(root) == GOOD


def test_ctrl_c_ends_everything_at_once(root: Path, runtime: Path) -> None:
    write_notebook(root, "02_programme", meeting(root))
    process = start(root, XDG_RUNTIME_DIR=str(runtime))
    wait_for(root / "here", process)
    process.send_signal(signal.SIGINT)
    _, message = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Stopped" in message
    one_screen(message)
    assert list(runtime.iterdir()) == []
    assert not list(root.rglob("*.partial*"))
    assert report_of(root) == GOOD


def test_leftovers_of_runs_that_were_killed_with_their_server_are_swept(
    runtime: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    (runtime / "evaluation-dead").mkdir()
    (runtime / "evaluation-dead" / "alive").touch()
    with run_folder() as first, run_folder() as second:
        assert sorted(runtime.iterdir()) == sorted([first, second])
        assert first.stat().st_mode & 0o077 == 0
    assert list(runtime.iterdir()) == []


def test_there_is_a_report_at_every_instant(tmp_path: Path) -> None:
    """A reader looks all the time while 200 drafts are published; it always finds a whole one."""
    final, draft = tmp_path / "reports" / "en", tmp_path / "draft"
    draft.mkdir()
    (draft / "report.html").write_text("0", encoding="utf-8")
    publish_folder(draft, final)
    missing, stop = [], threading.Event()

    def look() -> None:
        while not stop.is_set():
            try:
                final.stat()
                (final / "report.html").stat()
            except FileNotFoundError as error:
                missing.append(error)

    reader = threading.Thread(target=look)
    reader.start()
    for number in range(200):
        (draft / "report.html").write_text(str(number), encoding="utf-8")
        publish_folder(draft, final)
    stop.set()
    reader.join()
    assert missing == []
    assert sorted(p.name for p in final.parent.iterdir()) == ["en"]


def test_without_exchange_a_kill_between_the_renames_is_repaired(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    final, draft = tmp_path / "en", tmp_path / "draft"
    for folder, text in ((final, "old"), (draft, "new")):
        folder.mkdir()
        (folder / "report.html").write_text(text, encoding="utf-8")
    monkeypatch.setattr(publication, "exchange", lambda *_: False)
    publish_folder(draft, final)
    assert (final / "report.html").read_text(encoding="utf-8") == "new"
    final.rename(tmp_path / ".en.old")  # as far as a killed run came
    repair(final)
    assert (final / "report.html").read_text(encoding="utf-8") == "new"
    assert exchange(tmp_path / "absent", final) is False


@pytest.mark.parametrize("folder", ["build", "build/tiny/2024/records", "data/processed"])
def test_a_folder_that_is_removed_under_a_run_is_told_or_made_anew(root: Path, folder: str) -> None:
    """Somebody tidies up meanwhile: no half report, and the next run is whole."""
    removing = f"\nimport shutil\nif (this.root / 'once').exists():\n    shutil.rmtree(this.root / {folder!r}, True)"
    write_notebook(root, "07_verdict", CELLS["07_verdict"] + removing + "\n    (this.root / 'once').unlink()")
    (root / "once").touch()
    done = run_pipeline(root, "report", *ASKED)
    assert done.returncode == (1 if folder == "build" else 0), done.stderr
    if done.returncode:
        one_screen(done.stderr)
        assert "A folder was removed while it was written to" in done.stderr
        assert "build/tiny/2024/notebooks" in done.stderr
        assert "Leave the folders of a run alone" in done.stderr
    assert report_of(root) == GOOD
    assert run_pipeline(root, "report", *ASKED).returncode == 0
    assert report_of(root) == GOOD


def test_clean_waits_for_no_run_and_then_removes_what_was_made(root: Path) -> None:
    with Lock(root, "tiny-2024", lambda _: None):
        with pytest.raises(StepError, match="under way"):
            clean_made(root)
        assert (root / "build/tiny").is_dir()
    clean_made(root)
    assert [path.name for path in (root / "build").iterdir()] == [".locks"]
    assert report_of(root) == GOOD


@pytest.mark.slow
def test_a_hundred_kills_at_random_moments_lose_no_report_and_tell_no_lie(root: Path) -> None:
    """After each kill the published report is one that was made whole, and says what the files said at that time."""
    import random

    draw = random.Random(20240717)
    raw = root / "data/raw/tiny/2024/panel.csv"
    allowed = {GOOD}
    for number in range(100):
        raw.write_text(f"1 2 {number + 4}\n", encoding="utf-8")
        total = number + 7
        process = start(root)
        try:
            process.wait(timeout=draw.uniform(0.05, 4.0))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        allowed.add(f"{total} 1 Score {2 * total} ")
        assert report_of(root) in allowed, number
        if process.returncode == 0:
            assert report_of(root) == f"{total} 1 Score {2 * total} "
    assert run_pipeline(root, "report", *ASKED).returncode == 0
    assert report_of(root) == f"{total} 1 Score {2 * total} "
    assert not [p for p in (root / "reports/tiny/2024").iterdir() if p.name.startswith(".")]
