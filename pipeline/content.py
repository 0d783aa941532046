"""Comparison by content: hashes of files and of folders' lists of names, and proof that a file stood still meanwhile."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

IGNORED = (".", "~")
"""First letters of files that programs leave behind: no input."""


class Seen(NamedTuple):
    """A file as it was read: the SHA-256 of its bytes (None where there was no file), and its mark.

    The mark is device, inode, size, and times of content and of status change. Nobody can set the time of status change:
    where two marks are equal, no byte was written in between, whatever time stamp a copy brought along.
    """

    hash: str | None
    mark: str


_SETTLED, _COARSE = 100_000_000, 2_000_000_000
"""Nanoseconds after which what is written gets another mark: no disk counts time in longer steps. The second is for disks
that count whole seconds, or two."""
_known: dict[str, Seen] = {}


def look(path: Path) -> Seen:
    """Read a file through and say what was read; a file that is written meanwhile is read again.

    A process reads a file once, as long as it has the mark that it had then.
    """
    name = os.fspath(path)
    try:
        if name in _known and _known[name].mark == _mark(os.stat(name)):
            return _known[name]
        with path.open("rb", buffering=0) as file:
            while True:
                status = os.fstat(file.fileno())
                old = _settled(status)
                file.seek(0)
                seen = Seen(hashlib.file_digest(file, "sha256").hexdigest(), _mark(status))
                if _mark(os.fstat(file.fileno())) == seen.mark:
                    if old:
                        _known[name] = seen
                    return seen
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


def _settled(status: os.stat_result) -> bool:
    """Whether a file was written so long ago that another writing cannot leave the same mark."""
    fine = status.st_mtime_ns % 10**9 and status.st_ctime_ns % 10**9
    return time.time_ns() - max(status.st_mtime_ns, status.st_ctime_ns) > (_SETTLED if fine else _COARSE)


def _mark(status: os.stat_result) -> str:
    return f"{status.st_dev}-{status.st_ino}-{status.st_size}-{status.st_mtime_ns}-{status.st_ctime_ns}"
