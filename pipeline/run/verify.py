"""Reproducibility: the same report made twice from nothing must be the same to the byte."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from pipeline.errors import StepError
from pipeline.ledger.entries import file_hash
from pipeline.run.build import Request, make_target
from pipeline.run.closure import PACKAGE
from pipeline.run.progress import say
from pipeline.run.steps import Target


def verify_report(request: Request) -> None:
    """Make the report in two empty workspaces and compare every file.

    Raises:
        StepError: A run failed, or a file differs.
    """
    target = make_target(request)
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        found = [_made_in(Path(folder), request, target) for folder in (first, second)]
    compare(*found)
    say(f"Two runs gave the same {len(found[0])} files, byte for byte.")


def compare(first: dict[str, str], second: dict[str, str]) -> None:
    """Hold two runs' hashes by file name together.

    Raises:
        StepError: A file is in one run only, or differs; the first twenty are named.
    """
    differing = sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))
    if differing:
        raise StepError(
            "Two runs on the same input differ.",
            where="\n".join(differing[:20]),
            expected="the same bytes in every file",
            todo="Look for time stamps, unseeded draws or unordered sets in what made these files.",
        )


def _made_in(folder: Path, request: Request, target: Target) -> dict[str, str]:
    for part in (Path("studies") / target.study.name, Path("data") / "raw" / target.study.name):
        shutil.copytree(request.root / part, folder / part)
    arguments = ["report", "--study", request.study, "--edition", request.edition, "--lang", request.lang]
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pipeline",
            *arguments,
            "--engine",
            request.engine,
            *(["--blind"] if request.blind else []),
        ],
        cwd=PACKAGE.parent,
        env={**os.environ, "EVALUATION_ROOT": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise StepError("The report could not be made.", where="\n".join(done.stderr.strip().splitlines()[-12:]))
    reports = folder / "reports"
    return {str(p.relative_to(reports)): file_hash(p) for p in sorted(reports.rglob("*")) if p.is_file()}
