"""One run at a time on a study's edition: a lock that the system releases when the last process of the run is gone."""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import json
import os
import socket
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import StepError


class Lock:
    """A lock file in `build/.locks/`, held from `with` to its end.

    The lock belongs to the open file, which the processes of a run inherit: a run that was killed holds it until its
    last kernel has gone, so no kernel ever writes beside the next run. The file stays; who holds it stands in it.

    Args:
        root: Where build/ lies.
        name: What is locked, such as "medan-pendidikan-2024".
        tell: Called with one sentence when somebody else holds it, before waiting.
        work: What the holder does, for others to read.

    Attributes:
        waited: Whether somebody else held it when it was asked for.
    """

    def __init__(self, root: Path, name: str, tell: Callable[[str], None], work: str = "making a report") -> None:
        self.path = root / "build" / ".locks" / name
        self.number: int | None = None
        self.waited = False
        self._tell, self._work = tell, work

    def __enter__(self) -> Lock:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.number = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        except OSError as error:
            raise StepError(
                f"A run cannot be started here: {error.strerror}.",
                where=str(error.filename),
                todo="Make the folder writable, or name another with the environment variable EVALUATION_ROOT.",
            ) from None
        try:
            fcntl.flock(self.number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.waited = True
            self._tell(f"Waiting: {self._holder()} (Ctrl-C stops waiting).")
            fcntl.flock(self.number, fcntl.LOCK_EX)
        self._sign()
        return self

    def __exit__(self, *_: object) -> None:
        if self.number is not None:
            os.close(self.number)
            self.number = None

    def _sign(self) -> None:
        assert self.number is not None
        now = dt.datetime.now().astimezone().isoformat(timespec="seconds")
        note = {"pid": os.getpid(), "host": socket.gethostname(), "since": now, "work": self._work}
        with contextlib.suppress(OSError):  # on a full disk the lock holds, only its note is missing
            os.ftruncate(self.number, 0)
            os.pwrite(self.number, json.dumps(note).encode(), 0)

    def _holder(self) -> str:
        try:
            note = json.loads(self.path.read_text(encoding="utf-8"))
            return f"process {note['pid']} on {note['host']} is {note['work']} since {note['since']}"
        except (OSError, ValueError, KeyError):
            return "another run is under way"


def _silent(_: str) -> None:
    pass


def held_elsewhere(root: Path) -> str | None:
    """Who holds any lock below `root`, in words; None where nobody does."""
    for path in sorted((root / "build" / ".locks").glob("*")):
        lock = Lock(root, path.name, _silent)
        with path.open("rb") as file:
            try:
                fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return lock._holder()
    return None
