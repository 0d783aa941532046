"""Removal of what a run made."""

from __future__ import annotations

import shutil
from pathlib import Path

from pipeline.errors import StepError
from pipeline.run.lock import held_elsewhere


def clean_made(root: Path) -> None:
    """Remove what lies in `build/` and the tables under `data/processed/`; raw data, reports and lock files stay.

    Raises:
        StepError: A run is under way.
    """
    holder = held_elsewhere(root)
    if holder is not None:
        raise StepError("A run is under way.", where=holder, todo="Wait until it has ended, then clean.")
    for folder in (root / "build", root / "data" / "processed"):
        for path in folder.glob("*"):
            if path.is_dir() and path.name != ".locks":
                shutil.rmtree(path)
