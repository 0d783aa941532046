"""Comparison by content: hashes of files and of folders' lists of names, and proof that a file stood still meanwhile."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

IGNORED = (".", "~")
"""First letters of files that programs leave behind: no input."""


class Seen(NamedTuple):
    """A file as it was read: the SHA-256 of its bytes (None where there was no file), and its mark.

    The mark is inode, size, and times of content and of status change. Nobody can set the time of status change: where
    two marks are equal, no byte was written in between, whatever time stamp a copy brought along.
    """

    hash: str | None
    mark: str


def look(path: Path) -> Seen:
    """Read a file through and say what was read; a file that is written meanwhile is read again."""
    try:
        with path.open("rb", buffering=0) as file:
            while True:
                before = _mark(os.fstat(file.fileno()))
                file.seek(0)
                found = hashlib.file_digest(file, "sha256").hexdigest()
                if _mark(os.fstat(file.fileno())) == before:
                    return Seen(found, before)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return Seen(None, "")


def hash_of(path: Path) -> str | None:
    """SHA-256 of a file's bytes; None where there is no file."""
    return look(path).hash


def hashes(paths: Iterable[Path]) -> list[str | None]:
    """The hashes of many files, read on a thread a core, four at most: hashing leaves the interpreter's lock alone."""
    wanted = list(paths)
    threads = min(4, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2)
    if len(wanted) < 2 or threads < 2:
        return [hash_of(path) for path in wanted]
    found: list[str | None] = [None] * len(wanted)

    def share(number: int) -> None:  # handing over files one by one costs more than hashing small ones
        found[number::threads] = [hash_of(path) for path in wanted[number::threads]]

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(share, range(threads)))
    return found


def digest(text: str) -> str:
    """SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def names_in(folder: Path) -> str | None:
    """One hash over the names in a folder, without what programs leave behind; None where there is no folder."""
    try:
        found = sorted(name for name in os.listdir(folder) if not name.startswith(IGNORED))
    except (FileNotFoundError, NotADirectoryError):
        return None
    return digest("\n".join(name for name in found if name != "__pycache__"))


def files_below(folder: Path, ignored: tuple[str, ...] = IGNORED) -> list[Path]:
    """Every file below a folder, sorted, without what programs leave behind; in folders that are links too."""
    found: list[Path] = []
    for place, folders, names in os.walk(folder, followlinks=True):
        here = os.path.realpath(place) + os.sep
        folders[:] = [
            name
            for name in folders
            # a link to where it lies itself would be followed for ever
            if not name.startswith(ignored)
            and not here.startswith(os.path.realpath(os.path.join(place, name)) + os.sep)
        ]
        found += [Path(place, name) for name in names if not name.startswith(ignored)]
    return sorted(path for path in found if path.is_file())


def copy_files(folder: Path, to: Path) -> None:
    """Copy every file below a folder, and what links lead to: what is written there later never reaches the originals."""
    import shutil  # whether anything changed is answered without it

    for path in files_below(folder, ()):
        place = to / path.relative_to(folder)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)


def _mark(status: os.stat_result) -> str:
    return f"{status.st_ino}-{status.st_size}-{status.st_mtime_ns}-{status.st_ctime_ns}"
