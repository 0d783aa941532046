"""The key of pseudonyms is made once, whole, whoever asks for it at the same time and whatever the disk can do."""

from __future__ import annotations

import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline import secret
from pipeline.secret import KEY_FILE, KEY_VARIABLE, secret_key


@pytest.fixture(autouse=True)
def _none_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)


def _no_links(*_: object) -> None:
    raise PermissionError("this disk knows no second name")


@pytest.mark.parametrize("links", [True, False])
def test_all_who_ask_get_the_one_that_stays(tmp_path: Path, links: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not links:
        monkeypatch.setattr(secret.os, "link", _no_links)
    for place in (tmp_path / str(k) for k in range(20)):
        place.mkdir()
        with ThreadPoolExecutor(4) as pool:
            # threads share a process id, and so the name of what is made first: they stand for one process that asks twice
            keys = {key for key in pool.map(_asked, [place] * 4) if key}
        assert keys == {(place / KEY_FILE).read_text(encoding="ascii").strip().encode()}
        assert [path.name for path in place.iterdir()] == [KEY_FILE]
        assert (place / KEY_FILE).stat().st_mode & 0o777 == 0o600


def _asked(place: Path) -> bytes | None:
    try:
        return secret_key(place)
    except (OSError, secret.StudyError):  # it says so, and the next call finds the key
        return None


def test_one_that_a_killed_process_left_is_no_key_and_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / f".{os.getpid()}.{KEY_FILE}").write_text("cut", encoding="ascii")
    assert len(secret_key(tmp_path)) == 64
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


def test_what_is_left_of_one_is_kept_from_version_control(tmp_path: Path) -> None:
    ignored = (Path(__file__).parents[1] / ".gitignore").read_text(encoding="utf-8")
    (tmp_path / ".gitignore").write_text(ignored, encoding="utf-8")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    for name in (KEY_FILE, f".4711.{KEY_FILE}"):
        (tmp_path / name).write_text("secret", encoding="ascii")
        done = subprocess.run(["git", "check-ignore", "-q", name], cwd=tmp_path, check=False)
        assert done.returncode == 0, name
