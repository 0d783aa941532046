"""Code that is run is the code that lies there, whatever its files' time stamps say."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from pipeline.run.places import PACKAGE


def said(home: Path, module: str = "pipeline.part.one") -> str:
    done = subprocess.run(
        [sys.executable, "-c", f"import {module} as one; print(one.WORD)"],
        cwd=home,
        env={**os.environ, "PYTHONPATH": str(home), "PYTHONDONTWRITEBYTECODE": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_a_source_of_the_same_length_and_time_stamp_is_another_source(tmp_path: Path) -> None:
    """As out of two archives whose files all have one time stamp. Elsewhere Python is misled by it."""
    shutil.copytree(
        PACKAGE, tmp_path / "pipeline", ignore=lambda folder, names: [n for n in names if n != "__init__.py"]
    )
    for name in ("pipeline", "other"):
        (tmp_path / name / "part").mkdir(parents=True)
    told = {}
    for word in ("one", "two"):
        for name in ("pipeline", "other"):
            path = tmp_path / name / "part" / "one.py"
            path.write_text(f"WORD = {word!r}\n", encoding="utf-8")
            os.utime(path, (1_700_000_000, 1_700_000_000))
        told[word] = said(tmp_path), said(tmp_path, "other.part.one")
    assert list((tmp_path / "pipeline/part/__pycache__").iterdir())  # compiled code is kept, and used
    assert told == {"one": ("one", "one"), "two": ("two", "one")}
