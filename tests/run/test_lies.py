"""Somebody tries to have a report of other data than those that lie there, and "Nothing has changed" ever after."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import papermill
import pytest

import pipeline.audit.run as audit_run
import pipeline.run.execute as execution
from benchmarks.tiny import CELLS, report_of, write_notebook
from pipeline.errors import StepError
from pipeline.run.build import Request, make_report

pytestmark = pytest.mark.usefixtures("forked_kernels")
GOOD = "6 1 Score 12 "
RAW = "data/raw/tiny/2024/panel.csv"


def make(root: Path) -> None:
    make_report(Request("tiny", "2024", "en", "embedded", root))


def test_a_file_that_was_another_only_while_its_step_ran(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Put in its place before it is read and back before the step ends, with the time stamp that it had."""
    (root / "once").touch()
    swapping = f"""
import os, subprocess, sys
place, once = this.root / {RAW!r}, this.root / "once"
def put(text, code="import sys; open(sys.argv[1], 'w').write(sys.argv[2])"):
    subprocess.run([sys.executable, "-c", code, str(place), text], check=True)
if once.exists():
    before = os.stat(place)
    put("1 2 9\\n")
{CELLS["01_clean"]}
if once.exists():
    put("1 2 3\\n")
    os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))
    once.unlink()
"""
    write_notebook(root, "01_clean", swapping)
    make(root)
    assert f"{RAW} was changed while 01_clean ran" in capfd.readouterr().err
    assert report_of(root) == GOOD


def test_a_notebook_that_was_another_only_while_it_was_executed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor saves a trial and its undoing by itself; in between the notebook is executed."""
    write_notebook(root, "02_programme", CELLS["02_programme"] + "  # looked at again")
    path = root / "studies/tiny/notebooks/02_programme.ipynb"
    kept, executions = path.read_bytes(), []
    real = papermill.execute_notebook

    def saving(source: str, *arguments: object, **options: object) -> object:
        trial = Path(source) == path and not executions
        if trial:
            executions.append(source)
            write_notebook(root, "02_programme", '(this.build / "seed.txt").write_text("99")')
        try:
            return real(source, *arguments, **options)
        finally:
            if trial:
                path.write_bytes(kept)

    monkeypatch.setattr(execution.papermill, "execute_notebook", saving)
    make(root)
    assert executions
    assert report_of(root) == GOOD


def _setting(root: Path) -> str:
    path = root / "studies/tiny/study.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("seed: 1", "seed: 2"), encoding="utf-8")
    return "6 2 Score 12 "


def _raw(root: Path) -> str:
    (root / RAW).write_text("1 2 4\n", encoding="utf-8")
    return "7 1 Score 14 "


def _notebook(root: Path) -> str:
    write_notebook(root, "02_programme", '(this.build / "seed.txt").write_text("7")')
    return "6 7 Score 12 "


def _added(root: Path) -> str:
    write_notebook(root, "02b_more", '(this.build / "label.txt").write_text("More")')
    write_notebook(root, "03_effects", "1 + 1")
    return "6 1 More 12 "


def _prose(root: Path) -> str:
    path = root / "studies/tiny/text/en/more.md"
    path.parent.mkdir(parents=True)
    path.write_text("said", encoding="utf-8")
    return GOOD + "said"


@pytest.mark.parametrize("change", [_setting, _raw, _notebook, _prose])
def test_what_is_changed_while_the_report_is_attacked_is_seen_by_the_next_run(
    root: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], str]
) -> None:
    _setting(root)  # so that there is something to make
    expected: list[str] = []

    def editing(*_: object, **__: object) -> list[object]:
        expected.append(change(root))
        return []

    with monkeypatch.context() as patch:
        patch.setattr(audit_run, "audit", editing)
        make(root)
    assert len(expected) == 1
    make(root)
    assert report_of(root) == expected[0].replace(" 1 ", " 2 ", 1)


def test_a_draft_that_is_edited_after_it_was_made_is_not_published(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _raw(root)

    def editing(target: object, *_: object, **__: object) -> list[object]:
        (root / "build/tiny/2024/report-en/report.html").write_text("another", encoding="utf-8")
        return []

    with monkeypatch.context() as patch:
        patch.setattr(audit_run, "audit", editing)
        with pytest.raises(StepError, match="changed"):
            make(root)
    assert report_of(root) == GOOD
    make(root)
    assert report_of(root) == "7 1 Score 14 "


def test_a_notebook_that_is_added_is_a_change(root: Path) -> None:
    expected = _added(root)
    make(root)
    assert report_of(root) == expected
    write_notebook(root, "02b_more", '(this.build / "label.txt").write_text("Other")')
    make(root)
    assert report_of(root) == "6 1 Other 12 "
    (root / "studies/tiny/notebooks/02b_more.ipynb").unlink()
    write_notebook(root, "03_effects", CELLS["03_effects"])
    make(root)
    assert report_of(root) == GOOD
    write_notebook(root, "02c_empty", "2 + 2")
    make(root)
    assert (root / "build/tiny/2024/notebooks/02c_empty.ipynb").is_file()


PLACES = {
    "a folder that is a link": "data/raw/tiny/2024/sub/x.csv",
    "beside the years": "data/raw/tiny/x.csv",
    "of a later year": "data/raw/tiny/2025/x.csv",
    "hidden": "data/raw/tiny/2024/.x.csv",
    "left behind by a program": "data/raw/tiny/2024/~x.csv",
}


def test_a_file_is_compared_wherever_it_lies(root: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/round").symlink_to(tmp_path / "elsewhere")  # and round about for ever
    linked = root / PLACES["a folder that is a link"]
    linked.parent.symlink_to(tmp_path / "elsewhere")
    for name in PLACES.values():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("1", encoding="utf-8")
    reading = f"""
read = [int((this.root / name).read_text()) for name in {list(PLACES.values())}]
(this.build / "total.txt").write_text(str(sum(read)))
"""
    write_notebook(root, "01_clean", CELLS["01_clean"] + reading)
    make(root)
    assert report_of(root) == "5 1 Score 10 "
    # an input like others: the report's account names it
    listed = json.loads((root / "build/tiny/2024/raw/01_clean.json").read_text(encoding="utf-8"))
    assert linked.relative_to(root).as_posix() in listed
    for total, (place, name) in enumerate(PLACES.items(), 6):
        before = (root / name).stat()
        (root / name).write_text("2", encoding="utf-8")
        os.utime(root / name, ns=(before.st_atime_ns, before.st_mtime_ns))
        make(root)
        assert report_of(root) == f"{total} 1 Score {2 * total} ", place


def test_a_name_in_other_letters_is_another_file(root: Path) -> None:
    (root / RAW).rename(root / RAW.replace("panel", "Panel"))
    with pytest.raises(StepError, match=r"panel\.csv"):
        make(root)
    assert report_of(root) == GOOD


def test_a_link_that_leads_to_another_file_is_a_change(root: Path, tmp_path: Path) -> None:
    for text in ("1 2 4\n", "1 2 5\n"):
        (tmp_path / text.strip()).write_text(text, encoding="utf-8")
        os.utime(tmp_path / text.strip(), ns=(0, 0))
        (root / RAW).unlink()
        (root / RAW).symlink_to(tmp_path / text.strip())
        make(root)
        total = sum(map(int, text.split()))
        assert report_of(root) == f"{total} 1 Score {2 * total} "
        listed = json.loads((root / "build/tiny/2024/raw/01_clean.json").read_text(encoding="utf-8"))
        assert list(listed) == [RAW]
