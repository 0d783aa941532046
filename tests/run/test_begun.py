"""A server that began to load libraries early is used only where the code is still that which it loads."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from pipeline.run import build, early, schedule, workshop
from pipeline.run.early import Early
from pipeline.run.lock import Lock, held_elsewhere


class _Workshop:
    opened: list[_Workshop] = []  # noqa: RUF012

    def __init__(self, *_: Any) -> None:
        self.used = self.ended = self.closed = False
        self.opened.append(self)

    def __enter__(self) -> _Workshop:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def end(self) -> None:
        self.ended = True

    def close(self) -> None:
        self.closed = True

    def load(self, steps: list[Any]) -> None:
        self.used = True

    work = None


class _Reporter:
    line = None

    def running(self) -> Any:
        return nullcontext()


@pytest.mark.parametrize("code", ["as it was", "another"])
def test_code_that_changed_since_is_loaded_anew(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    monkeypatch.setattr(workshop, "Workshop", _Workshop)
    monkeypatch.setattr(schedule, "run_steps", lambda *_: ["ran"])
    _Workshop.opened.clear()
    begun = build.Begun(_Workshop(), "as it was")  # type: ignore[arg-type]
    present = type("Present", (), {"whole_code": code})
    ran = build.run_out_of_date(None, [], present, _Reporter(), None, begun)  # type: ignore[arg-type]
    assert ran == ["ran"]
    first, *others = _Workshop.opened
    assert first.used == (code == "as it was")
    assert [other.used for other in others] == ([] if first.used else [True])
    assert all(one.ended or one.closed for one in _Workshop.opened)
    assert first.closed != first.used  # who opened it closes it, at the end of the run
    assert all(other.closed for other in others)


def test_a_server_that_began_before_the_lock_holds_it_from_when_it_is_told(tmp_path: Path) -> None:
    with Early(tmp_path, "en") as begun:
        assert begun.server is not None
        private = begun.server.private
        with Lock(tmp_path, "one", print) as lock:
            begun.server.hold(lock)
            begun.server.call("tests.run.test_begun.nothing", tmp_path / "x", "x")  # what it was told before is done
        assert held_elsewhere(tmp_path) is not None
        begun.close()
        assert held_elsewhere(tmp_path) is None
        assert not private.exists()


def nothing(_: str) -> None:
    """What a process is asked to do here."""


def test_where_no_server_can_begin_early_the_run_begins_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(early, "run_folder", full)
        begun = Early(tmp_path, "en")
    assert begun.server is None
    with build_workshop(tmp_path, begun) as opened:
        assert opened.server.private.is_dir()
    assert not opened.server.private.exists()


def build_workshop(root: Path, begun: Early) -> workshop.Workshop:
    """A workshop without steps."""
    study = type("Study", (), {"name": "none"})()
    target: Any = type("Target", (), {"root": root, "study": study})()
    return workshop.Workshop(target, [], _Reporter(), None, begun)  # type: ignore[arg-type]
