"""The notebooks run from top to bottom on a small study (nbval), and hold narrative, not logic."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.run.places import NOTEBOOKS
from pipeline.run.steps import notebook_code
from pipeline.study import ROOT

PATHS = sorted(NOTEBOOKS.glob("*.ipynb"))
FORTY = ROOT / "tests/cases/inputs/02-weight-column"


@pytest.mark.parametrize(
    "left_out",
    [("02", "03_dose", "04", "05", "06", "08"), pytest.param((), marks=pytest.mark.slow)],
    ids=["main", "all"],
)
def test_nbval_runs_every_cell(tmp_path: Path, left_out: tuple[str, ...]) -> None:
    """Every cell of the notebooks, on a panel of forty units; runs of the whole demonstration: tests/acceptance."""
    workspace, copies = shutil.copytree(FORTY, tmp_path / "workspace"), tmp_path / "notebooks"
    copies.mkdir()
    for path in (path for path in PATHS if not path.name.startswith(left_out)):
        text = path.read_text(encoding="utf-8")
        assert 'study = \\"medan-pendidikan\\"' in text
        (copies / path.name).write_text(text.replace("medan-pendidikan", "mine"), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--nbval-lax", "-p", "no:cacheprovider", "-p", "no:xdist", str(copies)],
        cwd=tmp_path,
        env={**os.environ, "EVALUATION_ROOT": str(workspace), "PYTHONPATH": str(ROOT), "MPLBACKEND": "agg"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    made = "results/07_verdict.json" if left_out else "report-id/report.pdf"
    assert (workspace / "build/mine/2024" / made).is_file()


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_notebooks_are_thin(path: Path) -> None:
    tree = ast.parse(notebook_code(path))
    banned = (ast.FunctionDef, ast.ClassDef, ast.While, ast.Try)
    assert [type(node).__name__ for node in ast.walk(tree) if isinstance(node, banned)] == []
    shown = [node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    assert {"print", "str", "repr", "display"} & set(shown) == set(), (
        "details may count few units: exhibits pass the gate"
    )
    content = json.loads(path.read_text(encoding="utf-8"))
    assert [c for c in content["cells"] if c["cell_type"] == "code" and c["outputs"]] == []
    assert any("parameters" in c["metadata"].get("tags", []) for c in content["cells"])
    assert sum(c["cell_type"] == "markdown" for c in content["cells"]) >= 1


def test_plain_papermill_runs_a_notebook_from_any_folder(tmp_path: Path) -> None:
    """As a person would, from the notebooks' own folder; `make setup` puts the package on the environment's path."""
    workspace = shutil.copytree(FORTY, tmp_path / "workspace")
    papermill = [sys.executable, "-m", "papermill", "01_clean.ipynb", str(tmp_path / "out.ipynb"), "--no-progress-bar"]
    done = subprocess.run(
        [*papermill, "-p", "study", "mine", "-p", "edition", "2024", "-k", "python3"],
        cwd=NOTEBOOKS,
        env={**os.environ, "EVALUATION_ROOT": str(workspace), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert (workspace / "data/processed/mine/2024/panel.parquet").is_file()
    assert "evaluation.pth" in (ROOT / "Makefile").read_text(encoding="utf-8")
