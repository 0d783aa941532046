"""A server that began to load libraries early is used only where the code is still that which it loads."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import pytest

from pipeline.run import build, records, schedule, workshop


class _Workshop:
    opened: list[_Workshop] = []  # noqa: RUF012

    def __init__(self, *_: Any) -> None:
        self.used = self.closed = False
        self.opened.append(self)

    def __enter__(self) -> _Workshop:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

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
    monkeypatch.setattr(records, "whole_code", lambda: code)
    monkeypatch.setattr(schedule, "run_steps", lambda *_: ["ran"])
    _Workshop.opened.clear()
    begun = build.Begun(_Workshop(), "as it was")  # type: ignore[arg-type]
    ran = build.run_out_of_date(None, [], None, _Reporter(), None, begun)  # type: ignore[arg-type]
    assert ran == ["ran"]
    first, *others = _Workshop.opened
    assert first.used == (code == "as it was")
    assert [other.used for other in others] == ([] if first.used else [True])
    assert all(one.closed for one in _Workshop.opened)
