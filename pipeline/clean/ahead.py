"""Files read ahead: a process beside the cleaning step reads each before it is asked for.

What it found goes through a socket and never to the disk. Where there is no such process, or it could not read a file, the
cleaning step reads by itself, and says what stops it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import UserError
from pipeline.sources.table import RawTable

if TYPE_CHECKING:
    from pipeline.clean.tables import Cleaner


class Ahead:
    """What the other process has read, in the order in which it is asked for.

    Args:
        connection: The socket to it.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection: Connection | None = connection
        self.used: frozenset[str] = frozenset()
        """Names of the sealed tables that it has asked for."""

    def table(self, path: Path, told: str) -> RawTable | None:
        """What it read of a file by what was told (`Cleaner.told`); waits for it. None where it could not.

        Once it has gone, or read something else than what is asked for, it is asked no more.
        """
        if self._connection is None:
            return None
        name, raw = None, None
        with contextlib.suppress(EOFError, OSError):
            name, raw, self.used = self._connection.recv()
        if name == (str(path), told):
            return raw
        self._connection.close()
        self._connection = None
        return None


def send(cleaner: Cleaner, wanted: Iterable[tuple[str, int]], connection: Connection) -> None:
    """Read the years of sources in this order and send each; ends early where nobody listens any more."""
    with contextlib.suppress(OSError), connection:
        for source, period in wanted:
            try:
                raw = cleaner.table(source, period)
            except UserError:  # the cleaning step meets it again, in its place among all other faults
                raw = None
            used = frozenset(cleaner.sealed.used) if cleaner.sealed is not None else frozenset()
            name = (str(cleaner.path(source, period)), cleaner.told(source, period))
            connection.send((name, raw, used))
