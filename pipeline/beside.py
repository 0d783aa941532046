"""The process beside this one, where a run has begun one: each has an end of one socket."""

from __future__ import annotations

import os
from multiprocessing.connection import Connection

CHANNEL = "EVALUATION_CHANNEL"
"""Names the open socket."""


def channel() -> Connection | None:
    """The socket to the other process; None where there is none, and once it has been asked for."""
    number = os.environ.pop(CHANNEL, "")
    return Connection(int(number)) if number else None
