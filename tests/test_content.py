"""A file is read through once as long as nothing was written to it: marks that nobody can set tell so."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from pipeline import content
from pipeline.content import look
from pipeline.study import ROOT


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that was written long before it is looked at."""
    path = tmp_path / "panel.csv"
    path.write_bytes(b"1 2 3")
    later = time.time_ns() + 10**10
    monkeypatch.setattr(content.time, "time_ns", lambda: later)
    monkeypatch.setattr(content, "_known", {})
    return path


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    names: list[str] = []
    whole = content.hashlib.file_digest
    monkeypatch.setattr(content.hashlib, "file_digest", lambda file, kind: names.append(file.name) or whole(file, kind))
    return names


def test_it_is_read_once(old: Path, read: list[str]) -> None:
    assert look(old) == look(old)
    assert len(read) == 1


@pytest.mark.parametrize("way", ["in place", "another file", "by a link", "time put back"])
def test_it_is_read_again_after_it_was_written(old: Path, way: str) -> None:
    before, status = look(old), old.stat()
    other = old.with_name("other")
    if way in ("in place", "time put back"):
        old.write_bytes(b"1 2 4")
    else:
        other.write_bytes(b"1 2 4")
    if way == "another file":
        other.replace(old)
    if way == "by a link":
        old.unlink()
        old.symlink_to(other)
    if way == "time put back":
        os.utime(old, ns=(status.st_atime_ns, status.st_mtime_ns))
    after = look(old)
    assert after.hash != before.hash
    assert after.mark != before.mark
    old.unlink()
    assert look(old).hash is None


@pytest.mark.parametrize(("fraction", "after", "known"), [(5, 0.05, 0), (5, 0.5, 1), (0, 0.5, 0), (0, 2.5, 1)])
def test_how_long_ago_it_must_have_been_written_hangs_on_how_the_disk_counts(
    tmp_path: Path, read: list[str], fraction: int, after: float, known: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = 1_700_000_000 * 10**9 + fraction
    path = tmp_path / "a"
    path.write_bytes(b"1")
    status = type("Status", (), {"st_mtime_ns": written, "st_ctime_ns": written})
    settled = content._settled
    monkeypatch.setattr(content, "_settled", lambda _: settled(status))
    monkeypatch.setattr(content.time, "time_ns", lambda: written + int(after * 10**9))
    look(path)
    look(path)
    assert len(read) == 2 - known


def test_one_that_was_written_just_now_is_read_again(
    old: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk counts time in steps: two writings within one leave the same marks."""
    monkeypatch.setattr(content, "_mark", lambda status: "the same")
    monkeypatch.setattr(content.time, "time_ns", time.monotonic_ns)  # long before the file's own times
    first = look(old)
    old.write_bytes(b"1 2 4")
    assert look(old).hash != first.hash
    assert len(read) == 2


@pytest.mark.parametrize("part", ["st_dev", "st_ino", "st_size", "st_mtime_ns", "st_ctime_ns"])
def test_each_part_of_a_mark_tells_two_files_apart(part: str) -> None:
    names = ("st_dev", "st_ino", "st_size", "st_mtime_ns", "st_ctime_ns")
    one, other = (SimpleNamespace(**dict.fromkeys(names, 7) | changed) for changed in ({}, {part: 8}))
    assert content._mark(one) != content._mark(other)  # type: ignore[arg-type]


def test_each_process_reads_a_file_through_for_itself(tmp_path: Path) -> None:
    """What one command knows of a file is not what the next one goes by."""
    path = tmp_path / "panel.csv"
    path.write_bytes(b"1 2 3")
    os.utime(path, ns=(1, 1))
    script = (
        "import hashlib, pathlib, sys, time; from pipeline import content\n"
        "later = time.time_ns() + 10**10; content.time.time_ns = lambda: later\n"
        "read = []; whole = hashlib.file_digest\n"
        "hashlib.file_digest = lambda file, kind: read.append(1) or whole(file, kind)\n"
        "content.look(pathlib.Path(sys.argv[1])); content.look(pathlib.Path(sys.argv[1])); print(len(read))"
    )
    command = [sys.executable, "-c", script, str(path)]
    said = [subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout for _ in range(2)]
    assert said == ["1\n", "1\n"]
