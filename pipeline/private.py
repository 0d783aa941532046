"""Folders that only the person who runs the pipeline can open."""

from __future__ import annotations

from pathlib import Path

FOLDER_MODE, FILE_MODE = 0o700, 0o600


def private_folder(path: Path) -> Path:
    """Make a folder, its parents too, and close it to others: nobody else can reach what lies in it."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(FOLDER_MODE)
    return path
