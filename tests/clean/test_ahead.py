"""Files read ahead by a process beside the cleaning step: the same tables and the same words, whatever becomes of it."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from pipeline import beside
from pipeline.clean import run
from pipeline.clean.ahead import Ahead, send
from pipeline.clean.run import clean_study, read_ahead
from pipeline.clean.tables import Cleaner
from pipeline.errors import SourceError
from pipeline.study import Study
from tests.clean.test_sealed import _bytes, workspace  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("read_anew")


def _clean(study: Study, root: Path, place: str, given: Ahead | None, monkeypatch: pytest.MonkeyPatch) -> Any:
    made = Cleaner.__init__

    def with_it(self: Cleaner, *args: Any, **options: Any) -> None:
        made(self, *args, **{**options, "ahead": given})

    with monkeypatch.context() as patch:
        patch.setattr(Cleaner, "__init__", with_it)
        return clean_study(study, 2024, root / "data" / "raw" / study.name, root / place)


def _sending(study: Study, root: Path, stop: int | None = None) -> tuple[Ahead, list[tuple[str, int]]]:
    """Who listens to a thread that reads like the process beside; it goes after so many files."""
    ours, theirs = Pipe()
    sent: list[tuple[str, int]] = []

    def work() -> None:
        def wanted(cleaner: Cleaner, names: Any, connection: Connection) -> None:
            def some() -> Any:
                for name in names:
                    if len(sent) == stop:
                        return
                    sent.append(name)
                    yield name

            send(cleaner, some(), connection)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(run, "send", wanted)
            patch.setattr(run, "channel", lambda: theirs)
            read_ahead(study, 2024, root / "data" / "raw" / study.name)

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    while not sent and worker.is_alive():
        worker.join(0.01)
    return Ahead(ours), sent


def _asked(study: Study, root: Path, monkeypatch: pytest.MonkeyPatch, given: Ahead | None) -> tuple[Any, list[Any]]:
    """What cleaning makes, and which files it had to read itself."""
    read: list[Any] = []
    raw: Callable[..., Any] = Cleaner._raw
    here = threading.get_ident()

    def noting(self: Cleaner, source: str, period: int) -> Any:
        if threading.get_ident() == here:
            read.append((source, period))
        return raw(self, source, period)

    with monkeypatch.context() as patch:
        patch.setattr(Cleaner, "_raw", noting)
        return _clean(study, root, f"tables{os.urandom(4).hex()}", given, monkeypatch), read


def test_what_is_read_ahead_is_what_would_be_read(
    medan: Study,
    workspace: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    alone, read = _asked(medan, workspace, monkeypatch, None)
    ahead, sent = _sending(medan, workspace)
    together, left = _asked(medan, workspace, monkeypatch, ahead)
    assert sent == read
    assert left == []
    assert _bytes(together) == _bytes(alone)
    assert [a.rows() for a in together.accounts] == [a.rows() for a in alone.accounts]
    assert [a.raw.reading for a in together.accounts] == [a.raw.reading for a in alone.accounts]


@pytest.mark.parametrize("stop", [0, 9])
def test_where_the_other_process_goes_the_step_reads_the_rest(
    medan: Study,
    workspace: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    stop: int,
) -> None:
    alone, read = _asked(medan, workspace, monkeypatch, None)
    ahead, _ = _sending(medan, workspace, stop)
    together, left = _asked(medan, workspace, monkeypatch, ahead)
    assert left == read[stop:]
    assert _bytes(together) == _bytes(alone)


def test_a_file_at_fault_is_told_as_ever(
    medan: Study,
    workspace: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    raw = workspace / "data" / "raw" / medan.name
    (raw / "2022" / "skm.csv").write_bytes(b"")
    (raw / "2023" / "sekolah.xlsx").unlink()
    shutil.copyfile(raw / "2024" / "biaya.csv", raw / "2024" / "undangan.csv")
    with pytest.raises(SourceError) as alone:
        _clean(medan, workspace, "one", None, monkeypatch)
    ahead, _ = _sending(medan, workspace)
    with pytest.raises(SourceError) as together:
        _clean(medan, workspace, "two", ahead, monkeypatch)
    assert len(alone.value.all()) > 2
    assert str(together.value) == str(alone.value)


@pytest.mark.parametrize("other", ["folder", "settings"])
def test_what_was_read_for_something_else_is_not_taken(
    medan: Study,
    workspace: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    other: str,
) -> None:
    """A notebook that first cleans a corrected delivery, to compare, has the process beside it all the same."""
    mine, study = tmp_path / "corrected", medan
    if other == "folder":
        shutil.copytree(workspace / "data", mine / "data")
        path = mine / "data" / "raw" / medan.name / "2024" / "skm.csv"
        path.write_text("\n".join(path.read_text(encoding="utf-8").splitlines()[:-1]) + "\n", encoding="utf-8")
    else:
        mine = workspace
        sources = {**medan.sources, "scores": medan.sources["scores"].model_copy(update={"value_range": (0, 100_000)})}
        study = medan.model_copy(update={"sources": sources})
    alone, _ = _asked(study, mine, monkeypatch, None)
    ahead, _ = _sending(medan, workspace)
    together, _ = _asked(study, mine, monkeypatch, ahead)
    assert _bytes(together) == _bytes(alone)


def test_the_socket_is_asked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert beside.channel() is None
    reading, writing = os.pipe()
    os.close(writing)
    monkeypatch.setenv(beside.CHANNEL, str(reading))
    found = beside.channel()
    assert found is not None
    assert found.fileno() == reading
    assert beside.channel() is None
    found.close()
