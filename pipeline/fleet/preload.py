"""Loaded by each worker at its start (`--preload`): Ctrl-C is for the process that a person started, not for its workers."""

from __future__ import annotations

import signal
from typing import Any


def dask_setup(worker: Any) -> None:
    """Called by Dask in the worker's main thread."""
    del worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
