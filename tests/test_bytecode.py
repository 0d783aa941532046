"""Code that is run is the code that lies there, whatever its files' time stamps say."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from pipeline.run.places import PACKAGE


def begun(home: Path) -> None:
    """What is loaded with the package itself."""
    (home / "pipeline").mkdir()
    for name in ("__init__.py", "arithmetic.py"):
        shutil.copyfile(PACKAGE / name, home / "pipeline" / name)


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
    begun(tmp_path)
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


def test_what_the_set_up_compiles_is_used_until_its_source_is_another(tmp_path: Path) -> None:
    begun(tmp_path)
    (tmp_path / "pipeline" / "part").mkdir()
    path = tmp_path / "pipeline" / "part" / "one.py"
    path.write_text("WORD = 'one'\n", encoding="utf-8")
    recipe = re.search(r"-m (compileall .+) pipeline$", (PACKAGE.parent / "Makefile").read_text(encoding="utf-8"), re.M)
    assert recipe is not None
    subprocess.run([sys.executable, "-m", *recipe[1].split(), "pipeline"], cwd=tmp_path, check=True)
    (compiled,) = (path.parent / "__pycache__").iterdir()
    before = compiled.read_bytes()
    assert said(tmp_path) == "one"
    assert compiled.read_bytes() == before, "it was compiled again"
    path.write_text("WORD = 'two'\n", encoding="utf-8")
    assert said(tmp_path) == "two"
