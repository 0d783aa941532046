"""What must never reach a commit: raw data of real persons, keys, outputs. And what a repository owes its users."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path

import nbformat
import pytest
import yaml

from pipeline.study import ROOT

DEMONSTRATIONS = ("medan-pendidikan", "medan-puskesmas")
BIN = ROOT / ".venv" / "bin"


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with this project's rules, one notebook and nothing else."""
    for name in (".gitignore", ".gitattributes", "Makefile", "notebooks/03_effects.ipynb"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    git(tmp_path, "init", "-q")
    git(tmp_path, "config", "user.name", "Test")
    git(tmp_path, "config", "user.email", "test@example.org")
    subprocess.run(["make", "-s", "git-filter", f"BIN={BIN}"], cwd=tmp_path, check=True)
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "start")
    return tmp_path


PRIVATE = """
data/raw/dinas/2024/guru.csv data/raw/dinas/2024/guru.xlsx data/raw/jtrain/1989/panel.csv
data/processed/dinas/2024/panel.parquet data/panel.parquet build/dinas/2024/effects.pkl reports/dinas/2024/id/report.html
pseudonym.key kantor.pem studies/dinas/pseudonym.key studies/dinas/review/2024.yml
""".split()


def test_adding_everything_adds_no_data_and_no_keys(repository: Path) -> None:
    for name in PRIVATE:
        (repository / name).parent.mkdir(parents=True, exist_ok=True)
        (repository / name).write_text("19870512 201001 1 004,Siti\n", encoding="utf-8")
    git(repository, "add", "-A")
    assert git(repository, "status", "--porcelain") == ""


def test_a_study_file_and_its_words_are_added(repository: Path) -> None:
    for name in (
        "studies/dinas/study.yml",
        "studies/dinas/text/id/own.ftl",
        "studies/dinas/review/2024-told.yml",
        "data/raw/medan-pendidikan/2025/x.csv",
    ):
        (repository / name).parent.mkdir(parents=True, exist_ok=True)
        (repository / name).write_text("x\n", encoding="utf-8")
    git(repository, "add", "-A")
    assert len(git(repository, "status", "--porcelain").splitlines()) == 4


def test_an_executed_notebook_is_no_change(repository: Path) -> None:
    path = repository / "notebooks" / "03_effects.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for count, cell in enumerate(c for c in notebook.cells if c.cell_type == "code"):
        cell.execution_count = count + 1
        cell.outputs = [nbformat.v4.new_output("stream", text="Siti")]
    notebook.metadata.language_info.update(version="3.11.2", file_extension=".py", mimetype="text/x-python")
    nbformat.write(notebook, path)
    git(repository, "add", "-A")
    assert git(repository, "status", "--porcelain") == ""
    notebook.cells[0].source += " and a sentence more"
    nbformat.write(notebook, path)
    git(repository, "add", "-A")
    assert "03_effects" in git(repository, "status", "--porcelain")
    assert "Siti" not in git(repository, "diff", "--cached")


def test_notebooks_here_hold_no_outputs() -> None:
    for path in [*(ROOT / "notebooks").glob("*.ipynb"), *(ROOT / "studies").rglob("*.ipynb")]:
        cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
        assert all(not cell.outputs and cell.execution_count is None for cell in cells), path.name


def test_raw_data_here_are_those_of_the_demonstrations() -> None:
    done = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "data", "build", "reports"], capture_output=True, text=True
    )
    kept = [name for name in done.stdout.split() if not name.endswith("README.md")]
    assert [name for name in kept if not name.startswith(tuple(f"data/raw/{study}/" for study in DEMONSTRATIONS))] == []
    for study in DEMONSTRATIONS:
        assert re.search(r"^demonstration: true", (ROOT / "studies" / study / "study.yml").read_text("utf-8"), re.M)


def test_changelog_names_the_version() -> None:
    version = re.search(r'^version = "([^"]+)"', (ROOT / "pyproject.toml").read_text("utf-8"), re.M)
    assert version is not None
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert "## [Unreleased]" in changelog or f"## [{version[1]}]" in changelog
    assert "MIT License" in (ROOT / "LICENSE").read_text("utf-8")


def test_the_citation_names_the_version_and_licence_of_the_package() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert citation["version"] == project["version"]
    released = re.search(
        r"^## \[" + re.escape(project["version"]) + r"\] - (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.M
    )
    assert released is not None
    assert str(citation["date-released"]) == released[1]
    assert (ROOT / "LICENSE").read_text().startswith(citation["license"])


def test_notebooks_are_committed_as_the_filter_leaves_them(repository: Path) -> None:
    """Else a fresh clone shows changes that nobody made."""
    (repository / "notebooks/03_effects.ipynb").touch()
    assert git(repository, "status", "--short") == ""  # asks the filter
    command, *options = shlex.split(git(repository, "config", "filter.nbstripout.clean"))
    named = [ROOT / name for name in git(ROOT, "ls-files", "*.ipynb").splitlines()]
    for path in named:
        shutil.copy(path, repository / path.name)
    assert len(named) > 10
    copies = [repository / path.name for path in named]
    subprocess.run([command, *options, *map(str, copies)], check=True)  # one start for all
    assert [path.name for path in named if path.read_bytes() != (repository / path.name).read_bytes()] == []
