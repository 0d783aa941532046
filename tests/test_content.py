"""A file is read through once as long as nothing was written to it: marks that nobody can set tell so."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from pipeline import content
from pipeline.content import look


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
