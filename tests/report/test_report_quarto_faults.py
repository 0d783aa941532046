"""Quarto where something goes wrong."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import RenderError
from pipeline.report import quarto
from pipeline.report.assets import front_matter, metadata
from pipeline.report.project import write_project
from pipeline.report.quarto_failure import explain
from pipeline.report.render import project_folder, render
from pipeline.run.closure import PACKAGE

FORMATS = ("html", "pdf", "docx")


MOMENT = {"stamp": "2024-06-30"}


class Home:
    """Folder of the stand-in: `set` says how it behaves, `calls` how it was called."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.command = str(folder / "quarto")
        self.set(mode="render", version="1.9.38")

    def set(self, **values: str) -> None:
        for name, value in values.items():
            (self.folder / name).write_text(value)

    def fail(self, said: str, status: int = 1) -> None:
        self.set(said=said, mode=f"fail said {status}")

    def calls(self) -> list[dict[str, Any]]:
        path = self.folder / "calls.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    folder = tmp_path / "bin"
    folder.mkdir()
    script = (
        f"#!{sys.executable}\nimport sys\nfrom pathlib import Path\nsys.path.insert(0, {str(PACKAGE.parent)!r})\n"
        "from tests.report.quarto_stand_in import main\n"
        f"sys.exit(main(Path({str(folder)!r}), sys.argv[1:]))\n"
    )
    (folder / "quarto").write_text(script)
    (folder / "quarto").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.delenv("QUARTO_PATH", raising=False)
    return Home(folder)


@pytest.fixture
def project(sample: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    write_project(sample, folder, FORMATS, metadata(front_matter(sample), "id", MOMENT))
    return folder


@pytest.mark.parametrize("said", ["1.5.57", "1.8.27", "1.9.19", "1.9", "0.9.1"])
def test_an_old_quarto_is_no_error_unless_it_is_insisted_on(stand_in, sample, tmp_path, said, caplog):
    stand_in.set(version=said)
    record = render(sample, tmp_path / "out", formats=("html",))
    assert record.engine == "embedded"
    assert set(record.tools) == {"pandoc", "typst (wheel)"}
    [line] = caplog.messages
    assert line.startswith(f"Quarto {said} is too old. The embedded engine renders instead")
    assert "\n" not in line
    with pytest.raises(RenderError, match=f"Quarto {re.escape(said)} is too old") as caught:
        render(sample, tmp_path / "out", engine="quarto")
    assert "1.9.20 or newer" in str(caught.value)
    assert stand_in.calls() == []


@pytest.mark.parametrize("broken", ["tells no version", "is no program"])
def test_a_broken_quarto_is_no_error_unless_it_is_insisted_on(stand_in, sample, tmp_path, broken, caplog):
    if broken == "tells no version":
        stand_in.set(version="hello")
        message = "did not tell its version"
    else:
        Path(stand_in.command).write_text("no program")
        message = "could not be started"
    assert render(sample, tmp_path / "out", formats=("html",)).engine == "embedded"
    assert message in caplog.messages[0]
    assert "\n" not in caplog.messages[0]
    with pytest.raises(RenderError, match=message):
        render(sample, tmp_path / "out", engine="quarto")


FAILURES = {
    "typst": (
        "ERROR: NotFound: Failed to spawn '/opt/quarto/bin/tools/x86_64/typst': entity not found",
        "Typst is missing",
    ),
    "include": ("ERROR: NotFound: No such file or directory (os error 2), open 'template.html'", "missed a file"),
    "lua": (
        "Error running filter main.lua:\nresolved.lua:5: report.html.json: No such file or directory",
        "missed a file",
    ),
    "document": (
        "error: PDF/UA-1 error: missing alt text\n   ┌─ report.typ:10:1\n   │\n\nERROR: Typst compilation failed",
        "report.typ",
    ),
    "memory": ("ERROR: Out of memory", "want of memory"),
    "other": ("ERROR: The 'nonsense' does not parse", "repeats it"),
}


@pytest.mark.parametrize("name", FAILURES)
def test_a_failure_tells_status_error_line_folder_and_fitting_advice(stand_in, sample, tmp_path, name):
    said, wanted = FAILURES[name]
    stand_in.fail(said, 3)
    out = tmp_path / "out"
    out.mkdir()
    (out / "report.html").write_text("good")
    with pytest.raises(RenderError, match="exit status 3") as caught:
        render(sample, out, engine="quarto")
    message = str(caught.value)
    assert "quarto render report.qmd --to html" in message
    assert said.splitlines()[0] in message
    assert said.splitlines()[-1] in message
    assert "frame" not in message
    assert "Stack trace" not in message
    assert wanted in caught.value.todo
    assert "ENGINE=embedded" in caught.value.todo
    assert "Install Quarto" not in caught.value.todo
    assert str(project_folder(out)) in caught.value.where
    assert (project_folder(out) / "_quarto.yml").is_file()
    assert [(p.name, p.read_text()) for p in out.iterdir()] == [("report.html", "good")]


def test_a_failure_that_says_nothing_shows_the_last_lines():
    lines, cause = explain("\n".join(f"line {i}" for i in range(40)), 1)
    assert lines[-1] == "line 39"
    assert "line 5" not in lines
    assert cause == "other"


def test_a_killed_quarto_is_told(stand_in, sample, tmp_path):
    stand_in.set(mode="killed")
    with pytest.raises(RenderError, match="exit status 137") as caught:
        render(sample, tmp_path / "out", engine="quarto")
    assert "memory" in caught.value.todo


def test_missing_output_is_told(stand_in, sample, tmp_path):
    stand_in.set(mode="silent")
    with pytest.raises(RenderError, match="wrote no HTML"):
        render(sample, tmp_path / "out", engine="quarto")
    assert not (tmp_path / "out").exists()


def alive(pid: int) -> bool:
    """Whether the process still runs; one that ended and waits to be reaped does not."""
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat")
        return not (state.exists() and state.read_text().rsplit(")", 1)[1].split()[0] == "Z")
    except (ProcessLookupError, FileNotFoundError):
        return False


def until(holds: Callable[[], bool], seconds: float = 30.0) -> bool:
    """Wait until the condition holds; False if it does not in time."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def test_a_time_out_ends_quarto_and_everything_it_started(stand_in, project, tmp_path):
    stand_in.set(mode="sleep")
    with pytest.raises(RenderError, match=r"more than 3 s") as caught:
        quarto.render(stand_in.command, project, ("html",), MOMENT, timeout=3)
    assert "less busy" in caught.value.todo
    child = int((stand_in.folder / "child").read_text())
    assert until(lambda: not alive(child))
    assert not list((project / "_output").glob("*")) if (project / "_output").exists() else True


CALLER = """
import sys
from pathlib import Path
from pipeline.report import quarto
quarto.render(sys.argv[1], Path(sys.argv[2]), ("html",), {"stamp": "2024-06-30"})
"""


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_quarto_ends_with_the_run_whatever_ends_the_run(stand_in, project, tmp_path, end):
    stand_in.set(mode="sleep")
    scratch = tmp_path / "tmp"
    scratch.mkdir()
    caller = subprocess.Popen(
        [sys.executable, "-c", CALLER, stand_in.command, str(project)],
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent), "TMPDIR": str(scratch)},
        stderr=subprocess.DEVNULL,
    )
    try:
        assert until((stand_in.folder / "child").exists)
        child = int((stand_in.folder / "child").read_text())
        assert alive(child)
        caller.send_signal(end)
        caller.wait(30)
        assert until(lambda: not alive(child))
    finally:
        caller.kill()
        caller.wait()
    assert not list(scratch.iterdir())
