"""The project as a fresh clone has it, with the environment of these tests: a workflow's steps run in it as written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from pipeline.study import ROOT

GITHUB, GITLAB = ROOT / "docs/workflows/github.yml", ROOT / "docs/workflows/gitlab-ci.yml"


def clean_clone(folder: Path) -> Path:
    """What git knows of the work tree, and an environment that is set up."""
    listed = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(listed, capture_output=True, text=True, check=True)
    for name in filter(None, done.stdout.split("\0")):
        if (ROOT / name).is_file() and not name.startswith(("tests/", "data/raw/")):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    environment = folder / ".venv"
    environment.mkdir()
    shutil.copy(Path(sys.prefix) / "pyvenv.cfg", environment)
    for part in Path(sys.prefix).iterdir():
        if part.is_dir():
            (environment / part.name).symlink_to(part)
    (environment / ".ready").write_text("", encoding="utf-8")
    return folder


def workflow(path: Path) -> dict[str, Any]:
    """A workflow's one job."""
    content: dict[Any, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content["jobs"]["report"] if path == GITHUB else content["report"]


def steps(path: Path) -> list[str]:
    """The shell steps of a workflow, in order."""
    job = workflow(path)
    return [step["run"] for step in job["steps"] if "run" in step] if path == GITHUB else list(job["script"])


def run_steps(path: Path, folder: Path, **variables: str) -> str:
    """Run a workflow's shell steps in a clone, each by the shell that the service uses; returns what they said.

    Raises:
        AssertionError: A step failed.
    """
    job, said = workflow(path), []
    given = {name: str(value) for name, value in (job.get("env") or job.get("variables")).items()}
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    for step in steps(path):
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step],
            cwd=folder,
            env={**kept, **given, **variables, "CI": "true"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        said.append(done.stdout)
    return "\n".join(said)
