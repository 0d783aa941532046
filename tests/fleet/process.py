"""A job that loads nothing, so that a test's processes start quickly."""

from __future__ import annotations

import os


def process(_: int) -> int:
    """Where a job ran."""
    return os.getpid()
