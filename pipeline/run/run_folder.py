"""The private folder of one run: sockets, connection files, notes. Short, readable by its owner only, and gone afterwards."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pipeline.private import passing_folder

_PREFIX = "evaluation-"
_LONGEST = 60
"""Bytes: a socket's path may have about 100 and ours end in a step's name."""


@contextlib.contextmanager
def run_folder() -> Iterator[Path]:
    """A folder for the run, under $XDG_RUNTIME_DIR or the temporary folder; leftovers of killed runs are swept first.

    The run's fork server removes it when the run is killed; where both were killed, the next run does.
    """
    with passing_folder(_home(), _PREFIX) as folder:
        yield folder


def _home() -> Path:
    for named in (os.environ.get("XDG_RUNTIME_DIR", ""), tempfile.gettempdir(), "/tmp"):  # noqa: S108 - mkdtemp inside
        if named and len(os.fsencode(named)) <= _LONGEST and os.access(named, os.W_OK | os.X_OK):
            return Path(named)
    return Path(tempfile.gettempdir())
