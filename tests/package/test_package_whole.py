"""Whole reports, packaged and made again elsewhere: the demonstration as it is shipped, and a panel that is verified."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pipeline.study import ROOT
from tests.conftest import run_pipeline

pytestmark = pytest.mark.slow
CASE = ROOT / "tests/cases/inputs/02-weight-column"
ELSEWHERE = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C"}


def unpack(archive: Path, folder: Path) -> Path:
    with zipfile.ZipFile(archive) as held:
        held.extractall(folder)
    (inside,) = folder.iterdir()
    return inside


def run_there(folder: Path, *arguments: str, root: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The archive's own code, in its own folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("EVALUATION_")}
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=folder,
        env=kept | ELSEWHERE | ({"EVALUATION_ROOT": str(root)} if root else {}),
        capture_output=True,
        text=True,
        check=False,
        umask=0o027,
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_demonstration_is_made_again_byte_for_byte(tmp_path: Path) -> None:
    name, work = "medan-pendidikan", tmp_path / "w"
    for part in ("studies", "data/raw"):
        shutil.copytree(ROOT / part / name, work / part / name)
    asked = ("--study", name, "--edition", "2024", "--lang", "all", "--engine", "embedded")
    assert run_pipeline(work, "report", *asked).returncode == 0
    done = run_pipeline(work, "package", "--study", name, "--edition", "2024")
    assert done.returncode == 0, done.stderr
    there = unpack(work / f"reports/{name}/2024/{name}-2024-replication.zip", tmp_path / "there")
    assert not (there / "synthetic").exists()
    assert contents(there / "data/raw") == contents(work / "data/raw")
    done = run_there(there, "report", *asked)
    assert done.returncode == 0, done.stderr
    for lang in ("en", "id"):
        made = contents(there / f"reports/{name}/2024/{lang}")
        assert made == contents(there / "published" / lang)
        assert {"report.html", "report.pdf", "report.docx", "manifest.json"} <= made.keys()


def test_a_verified_panel_is_verified_by_who_gets_the_data(tmp_path: Path) -> None:
    """The package holds no panel; its stand-in makes a report; with the panel the certificate holds."""
    work = shutil.copytree(CASE, tmp_path / "w")
    asked = ("--study", "mine", "--lang", "en", "--engine", "embedded")
    for verb in ("verify", "report"):
        done = run_pipeline(work, verb, *asked)
        assert done.returncode == 0, done.stderr
    done = run_pipeline(work, "package", "--study", "mine")
    assert done.returncode == 0, done.stderr
    there = unpack(work / "reports/mine/2024/mine-2024-replication.zip", tmp_path / "there")
    assert not (there / "data").exists()
    done = run_there(there, "report", *asked, root=there / "synthetic")
    assert done.returncode == 0, done.stderr
    assert "invented" in (there / "synthetic/reports/mine/2024/en/report.html").read_text(encoding="utf-8")
    shutil.copytree(work / "data/raw", there / "data/raw")
    done = run_there(there, "verify", "--certificate", "published/certificate.json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "each as certified" in done.stdout
