"""A study whose one number is a sum, so that each part of a difference is known: code, revised data, new data, choices."""

from __future__ import annotations

import subprocess
from pathlib import Path

from benchmarks.tiny import CELLS, make_tiny, write_notebook
from tests.conftest import run_pipeline

ASKED = ("--study", "tiny", "--lang", "en", "--engine", "embedded")
CODE = """
files = [this.study.raw_root(this.root) / str(year) / "panel.csv" for year in range(2023, this.year + 1)]
total = sum(int(path.read_text()) for path in files if path.is_file()) + 100 * this.study.seed
total += LATER
this.build.mkdir(parents=True, exist_ok=True)
(this.build / "total.txt").write_text(str(total))
with this.ledger("01_clean", raw=True) as ledger:
    ledger.number("att_score", total, low=total - 5, high=total + 5, p=0.01, n=40, decimals=1, unit="points")
    ledger.text("verdict_score", "strong" if total > 1000 else "weak")
    ledger.text("reasons_score", "interval_above_zero few_clusters")
    ledger.text("headline", "weak")
"""
"""The number: the files up to the edition, a hundred times the seed, and what the code adds."""


def code(root: Path, adds: int) -> None:
    """Let the code add a number."""
    write_notebook(root, "01_clean", CODE.replace("LATER", str(adds)))


def data(root: Path, year: int, value: int) -> None:
    """Write the year's file."""
    folder = root / "data/raw/tiny" / str(year)
    folder.mkdir(exist_ok=True)
    (folder / "panel.csv").write_text(f"{value}\n", encoding="utf-8")


def setting(root: Path, old: str, new: str) -> None:
    """Say another thing in the study file."""
    path = root / "studies/tiny/study.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def published(root: Path) -> Path:
    """The study with edition 2023 published: 7 of data, 100 of choices."""
    make_tiny(root)
    (root / "data/raw/tiny/2024").rename(root / "data/raw/tiny/2023")
    data(root, 2023, 7)
    code(root, 0)
    write_notebook(root, "03_effects", CELLS["03_effects"])
    done = run_pipeline(root, "report", *ASKED, "--edition", "2023")
    assert done.returncode == 0, done.stderr
    return root


def under_version_control(root: Path) -> None:
    """Commit everything that lies there."""
    for arguments in (
        ("init", "-q"),
        ("add", "-A"),
        ("-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-qm", "start"),
    ):
        subprocess.run(["git", "-C", str(root), *arguments], check=True)


def everything_changes(root: Path) -> None:
    """A revised file (+1), a new one (+10), another choice (+100), another code (+1000)."""
    data(root, 2023, 8)
    data(root, 2024, 10)
    setting(root, "seed: 1", "seed: 2")
    code(root, 1000)
