"""Disks that are full, read-only or gone under a run: told once, in one screen, and the last report stays."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from benchmarks.tiny import CELLS, report_of, write_notebook
from pipeline.errors import StepError
from pipeline.run import publish as publication
from pipeline.run.build import Request, make_report
from tests.run.test_faults import GOOD, one_screen

EACH_WRITE = [
    pytest.param(errno.ENOSPC, 5, id="full-some"),
    pytest.param(errno.ENOSPC, 1, id="full-each", marks=pytest.mark.slow),
    pytest.param(errno.EROFS, 1, id="closed-each", marks=pytest.mark.slow),
]


@pytest.mark.usefixtures("forked_kernels")
@pytest.mark.parametrize(("kind", "stride"), EACH_WRITE)
def test_a_full_disk_at_each_write_of_the_run_itself(
    root: Path, kind: int, stride: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each write of the runner in turn (or every fifth) fails; the old report stays whole, the run after it completes."""
    told: list[str] = []
    number = 0
    request = Request("tiny", "2024", "en", "embedded", root)
    tiny = root / "studies/tiny/text/en/more.md"
    tiny.parent.mkdir(parents=True)
    while True:
        number += stride
        tiny.write_text(f"{number}", encoding="utf-8")
        with monkeypatch.context() as patch:
            count = _fail_at(patch, number, kind)
            try:
                make_report(request)
            except StepError as error:
                told.append(str(error))
            if count[0] < number:
                break  # no write left that has not failed once
        assert report_of(root) in {f"{GOOD}{n if n else ''}" for n in range(number + 1)}
        make_report(request)
        assert report_of(root) == f"{GOOD}{number}"
    assert len(told) >= (3 if stride == 1 else 1)
    for text in told:
        one_screen(text)
        assert "disk" in text.lower() or os.strerror(kind) in text, text
    assert report_of(root) == f"{GOOD}{number}"


def _fail_at(patch: pytest.MonkeyPatch, number: int, kind: int) -> list[int]:
    """From the `number`-th write of this process on below the study's root, every one fails."""
    import builtins
    import io

    count = [0]
    real = io.open

    def opening(file, mode="r", *args, **kwargs):  # type: ignore[no-untyped-def]
        if set(str(mode)) & set("wax+") and "evaluation-" not in str(file) and isinstance(file, str | Path):
            count[0] += 1
            if count[0] >= number:
                raise OSError(kind, os.strerror(kind), str(file))
        return real(file, mode, *args, **kwargs)

    patch.setattr(io, "open", opening)
    patch.setattr(builtins, "open", opening)
    return count


@pytest.mark.usefixtures("forked_kernels")
def test_a_disk_that_is_full_at_publication_is_told_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many files do not find room: what happened, at the first of them, and what to do."""
    write_notebook(
        root, "08_report", CELLS["08_report"] + '\nfor k in range(99): (draft / f"tbl_{k}.csv").write_text("1")'
    )

    def full(_: Path, to: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(to))

    monkeypatch.setattr(publication.shutil, "copyfile", full)
    with pytest.raises(StepError, match="No space left on device") as caught:
        make_report(Request("tiny", "2024", "en", "embedded", root))
    text = str(caught.value)
    one_screen(text)
    assert "Free space on that disk" in text
    assert text.count("reports/tiny/2024/.en.new/") == 1
    assert len(text) < 400
    assert report_of(root) == GOOD
    assert [path.name for path in (root / "reports/tiny/2024").iterdir()] == ["en"]


@pytest.mark.usefixtures("forked_kernels")
def test_a_folder_that_cannot_be_written_to(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(root / "build/.locks/x"))

    (root / "studies/tiny/study.yml").write_text(
        (root / "studies/tiny/study.yml").read_text(encoding="utf-8").replace("seed: 1", "seed: 2"), encoding="utf-8"
    )
    monkeypatch.setattr("pipeline.run.lock.os.open", refuse)
    with pytest.raises(StepError, match="cannot be started here") as caught:
        make_report(Request("tiny", "2024", "en", "embedded", root))
    one_screen(str(caught.value))
    assert report_of(root) == GOOD
