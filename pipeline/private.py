"""Folders that only the person who runs the pipeline can open, and such as go with the process that works in them."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

FOLDER_MODE, FILE_MODE = 0o700, 0o600
_PRIVATE, _PUBLIC = 0o077, 0o022
_ALIVE = "alive"
"""File that is held locked as long as somebody works in a passing folder."""


@contextmanager
def made_private() -> Iterator[None]:
    """Whatever this process and its children write in the block is closed to others, whatever the account's umask is."""
    before = os.umask(_PRIVATE)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def made_public() -> Iterator[None]:
    """Folders made in the block can be read by others."""
    before = os.umask(_PUBLIC)
    try:
        yield
    finally:
        os.umask(before)


def close_to_others(folder: Path) -> None:
    """Let nobody else read a folder or anything in it."""
    for path in [folder, *folder.rglob("*")]:
        path.chmod(FOLDER_MODE if path.is_dir() else FILE_MODE)


def open_to_all(folder: Path) -> None:
    """Let others read a folder and everything in it."""
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)


def private_folder(path: Path) -> Path:
    """Make a folder, its parents too, and close it to others: nobody else can reach what lies in it."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(FOLDER_MODE)
    return path


@contextmanager
def passing_folder(home: Path, prefix: str) -> Iterator[Path]:
    """A private folder in `home` that goes with the process; what killed ones left there goes first."""
    sweep(home, prefix)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=home))
    with (folder / _ALIVE).open("wb") as alive:
        fcntl.flock(alive.fileno(), fcntl.LOCK_EX)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def sweep(home: Path, prefix: str) -> None:
    """Remove the passing folders of processes that are gone: those whose file nobody holds any more."""
    for folder in home.glob(f"{prefix}*"):
        with suppress(OSError):
            if folder.stat().st_uid != os.getuid():
                continue
            with (folder / _ALIVE).open("rb") as alive:
                fcntl.flock(alive.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
