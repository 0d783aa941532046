"""Whoever makes a report, one person or a fleet, its comparison with the last edition is that of the files as they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.tiny import make_tiny, report_of
from pipeline.compare import report
from pipeline.compare import split as split_run
from pipeline.compare.report import make_compared
from pipeline.fleet.work import Job, make_one
from pipeline.published.headline import Headline
from pipeline.published.record import Record, keep
from pipeline.published.split import State, path_of, read
from pipeline.run.stamp import Request, current

pytestmark = pytest.mark.usefixtures("forked_kernels")
WAY = "data/published/tiny/2024-from-2023.json"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_tiny(tmp_path / "w")
    earlier = root / "data/raw/tiny/2023/panel.csv"
    earlier.parent.mkdir()
    earlier.write_text("1\n", encoding="utf-8")
    keep(Record("tiny", 2023, Headline({})), root)
    return root


def runs(monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], object] = lambda: None) -> list[str]:
    """Which states are run from now on; `meanwhile` is what somebody does at the first."""
    told: list[str] = []

    def run(changed: str, request: Request, tell: object) -> State:
        if not told:
            meanwhile()
        told.append(changed)
        return State(changed, Headline({}))

    monkeypatch.setattr(split_run, "run", run)
    return told


def test_a_fleet_s_reports_have_what_differences_come_from(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = runs(monkeypatch)
    assert make_one(Job("tiny", "2024", "en", "embedded", str(root))).fault is None
    assert told
    assert (root / WAY).is_file()
    assert current(Request("tiny", "2024", "en", "embedded", root)) is not None


def test_files_that_are_changed_while_editions_are_compared_are_compared_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A comparison takes minutes. One of files that are others by now is never shown beside a report of those."""
    request = Request("tiny", "2024", "en", "embedded", root)
    told = runs(monkeypatch, lambda: (root / "data/raw/tiny/2024/panel.csv").write_text("1 2 9\n", encoding="utf-8"))
    make_compared(request, lambda _: None)
    assert report_of(root) == "12 1 Score 24 "
    found = read(path_of("tiny", 2023, 2024, root))
    assert found is not None
    assert split_run.is_current(request)
    assert len(told) == 2 * len(set(told))
    assert current(request) is not None


@pytest.mark.parametrize("edition", ["2024", "latest"])
@pytest.mark.parametrize(("years", "asked"), [([2024], False), ([2025], False), ([2023, 2024], True)])
def test_only_an_earlier_edition_asks_for_a_comparison(
    root: Path, monkeypatch: pytest.MonkeyPatch, edition: str, years: list[int], asked: bool
) -> None:
    """The edition's own record does not: nothing is loaded for it."""
    (root / "data/published/tiny/2023.json").unlink()
    for year in years:
        keep(Record("tiny", year, Headline({})), root)
    told: list[str] = []
    monkeypatch.setattr(split_run, "bring_up_to_date", lambda *_: told.append("compared"))
    monkeypatch.setattr(report, "make_report", lambda *_: True)
    make_compared(Request("tiny", edition, "en", "embedded", root), print)
    assert bool(told) == asked
