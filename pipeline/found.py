"""What an earlier run found, in a file for the next one: nothing where other code made it, or where it was cut or edited."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from pipeline.private import FILE_MODE


def read_found(path: Path, by: str) -> Any:
    """What `keep_found` wrote; None where there is none, or it is not whole, or something else made it.

    Args:
        path: The file.
        by: What finds: the code, and whatever else it rests on.
    """
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        return held["found"] if held["by"] == by and held["sum"] == _sum(by, held["found"]) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep_found(path: Path, by: str, found: Any) -> None:
    """Write it down, closed to others, in one piece.

    Raises:
        OSError: The folder cannot be made or written to.
    """
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    path.parent.mkdir(parents=True, exist_ok=True)
    partial.touch(FILE_MODE)
    partial.write_text(json.dumps({"by": by, "found": found, "sum": _sum(by, found)}), encoding="utf-8")
    partial.replace(path)


def _sum(by: str, found: Any) -> str:
    return hashlib.sha256(json.dumps([by, found], sort_keys=True).encode()).hexdigest()
