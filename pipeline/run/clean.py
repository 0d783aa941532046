"""Removal of what a run made."""

from __future__ import annotations

import shutil
from pathlib import Path


def clean_made(root: Path) -> None:
    """Remove `build/` and the tables under `data/processed/`; raw data and reports stay."""
    shutil.rmtree(root / "build", ignore_errors=True)
    for path in (root / "data" / "processed").glob("*"):
        if path.is_dir():
            shutil.rmtree(path)
