"""The private folder of one run: sockets, connection files, notes. Short, readable by its owner only, and gone afterwards."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

_PREFIX = "evaluation-"
_LONGEST = 60
"""Bytes: a socket's path may have about 100 and ours end in a step's name."""


@contextlib.contextmanager
def run_folder() -> Iterator[Path]:
    """A folder for the run, under $XDG_RUNTIME_DIR or the temporary folder; leftovers of killed runs are swept first.

    The run's fork server removes it when the run is killed; where both were killed, the next run does.
    """
    home = _home()
    _sweep(home)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=home))
    with (folder / "alive").open("wb") as alive:
        fcntl.flock(alive.fileno(), fcntl.LOCK_EX)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _home() -> Path:
    for named in (os.environ.get("XDG_RUNTIME_DIR", ""), tempfile.gettempdir(), "/tmp"):  # noqa: S108 - mkdtemp inside
        if named and len(os.fsencode(named)) <= _LONGEST and os.access(named, os.W_OK | os.X_OK):
            return Path(named)
    return Path(tempfile.gettempdir())


def _sweep(home: Path) -> None:
    """Remove the folders of runs that no longer hold their own file."""
    for folder in home.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            if folder.stat().st_uid != os.getuid():
                continue
            with (folder / "alive").open("rb") as alive:
                fcntl.flock(alive.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
