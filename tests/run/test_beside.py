"""A process beside a kernel: what it reads counts as read by the step, and it goes with the run."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path
from typing import Any

import pytest

from pipeline.beside import channel
from pipeline.run import records
from pipeline.run.environment import clean_environment
from pipeline.run.records import MovedError
from pipeline.run.server import Forkserver
from pipeline.run.workshop import side_by_side
from tests.conftest import make_workspace, run_pipeline

CLEAN = ("step", "01_clean", "--study", "medan-pendidikan", "--edition", "2024")


def _record(root: Path, cores: str) -> dict[str, Any]:
    done = run_pipeline(root, *CLEAN, EVALUATION_CORES=cores)
    assert done.returncode == 0, done.stderr
    path = root / "build" / "medan-pendidikan" / "2024" / "records" / "01_clean.json"
    return dict(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(("cores", "steps"), [("1", 1), ("2", 3), ("8", 9)])
def test_one_step_more_than_cores_runs_at_once(cores: str, steps: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVALUATION_CORES", cores)
    assert side_by_side() == steps


def test_a_step_rests_on_the_same_whether_files_are_read_ahead_or_not(tmp_path: Path) -> None:
    """One that no other process read would be changed without the step being told; so for keys of the study."""
    root = make_workspace(tmp_path / "w", "standard")
    alone = _record(root, "1")
    together = _record(root, "2")  # with everything that the first has kept
    anew = _record(make_workspace(tmp_path / "v", "standard"), "2")
    for record in (together, anew):
        for what in ("raw", "files", "study", "names", "keys", "words", "outputs", "code"):
            assert record[what] == alone[what], what
    assert len(alone["raw"]) > 20


def test_a_file_that_was_another_for_the_other_process_was_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(tmp_path / "data" / "raw" / "s" / "2024" / "a.csv")
    traces = [tmp_path / "one", tmp_path / "two"]
    for trace, mark in zip(traces, ("1", "2"), strict=True):
        trace.write_text(json.dumps({"file": path, "hash": "h", "mark": mark}) + "\n", encoding="utf-8")
    target: Any = type("Target", (), {"root": tmp_path})
    records._noted(target, traces[:1] * 2, [], {"code": {}})
    with pytest.raises(MovedError):
        records._noted(target, traces, [], {"code": {}})


def test_what_a_process_did_not_write_to_its_end_counts_for_nothing(tmp_path: Path) -> None:
    """It was killed: the step reads for itself what it did not send."""
    whole = json.dumps({"key": "seed", "value": 1}) + "\n"
    (tmp_path / "one").write_text(whole, encoding="utf-8")
    (tmp_path / "two").write_text(whole + whole[:9], encoding="utf-8")
    target: Any = type("Target", (), {"root": tmp_path})
    _, found = records._noted(target, [tmp_path / "one", tmp_path / "two"], [], {"code": {}})
    assert found["keys"] == {"seed": 1}


def test_a_process_that_ended_at_once_has_no_notes(tmp_path: Path) -> None:
    private = tmp_path / "p"
    private.mkdir()
    with Forkserver(tmp_path, private, clean_environment(tmp_path, private)) as server:
        server.begin_beside("tests.run.test_beside.answer", [str(tmp_path)], tmp_path, "one")
        server._channels["one"].close()
        server.wait(server._names["one-beside"])
        (private / "one-beside.trace").unlink()
        assert server.traces_of("one") == [private / "one.trace"]


def answer(folder: str) -> None:
    """Beside a kernel: say what was heard, and what ends the talk."""
    found = channel()
    assert found is not None
    heard = found.recv()
    try:
        found.recv()
        end = "more"
    except EOFError:
        end = "gone"
    (Path(folder) / "heard").write_text(f"{heard} {end}", encoding="utf-8")


def ask(folder: str) -> None:
    """In the kernel's place: the other process is there once, and hears what is said."""
    found = channel()
    assert found is not None
    assert channel() is None
    found.send("good day")
    (Path(folder) / "asked").touch()


def test_each_has_an_end_of_one_socket_and_hears_when_the_other_goes(tmp_path: Path) -> None:
    private = tmp_path / "p"
    private.mkdir()
    with Forkserver(tmp_path, private, clean_environment(tmp_path, private)) as server:
        server.begin_beside("tests.run.test_beside.answer", [str(tmp_path)], tmp_path, "one")
        held = server._channels.pop("one")
        pid = server._fork("one", tmp_path, {"argv": [], "call": ["tests.run.test_beside.ask", str(tmp_path)]}, held)
        server._names["one"] = pid
        assert server.wait(pid) == 0
        assert server.traces_of("one") == [private / "one.trace", private / "one-beside.trace"]
    assert (tmp_path / "heard").read_text(encoding="utf-8") == "good day gone"
    assert (tmp_path / "asked").exists()


def test_a_run_that_ends_takes_the_process_beside_with_it(tmp_path: Path) -> None:
    """It waits for a kernel that never comes."""
    private = tmp_path / "p"
    private.mkdir()
    with Forkserver(tmp_path, private, clean_environment(tmp_path, private)) as server:
        server.begin_beside("tests.run.test_beside.answer", [str(tmp_path)], tmp_path, "one")
        pid = server._names["one-beside"]
    assert not (tmp_path / "heard").exists()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert isinstance(server._channels["one"], socket.socket)
