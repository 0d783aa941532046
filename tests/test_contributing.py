"""The examples of CONTRIBUTING.md, followed word for word in a copy of the project: they work, and touch no file more."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.study import ROOT

PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
CASE = ROOT / "tests" / "cases" / "inputs" / "02-weight-column"
GUARDS = (
    "tests/languages/test_catalogues.py",
    "tests/test_methods_register.py",
    "tests/chapters/test_exhibits_estimators.py::test_every_method_note_and_refusal_has_words",
    "tests/chapters/test_exhibits_estimators.py::test_every_citation_exists",
    "tests/test_topics.py",
)

WRITE_AND_TEST = """
import runpy, sys, pytest
runpy.run_module("docs.write_methods", run_name="__main__")
sys.exit(pytest.main(sys.argv[1:]))
"""
"""The page of methods and the guards, in one process: each would load all libraries."""


@dataclass(frozen=True)
class Block:
    """A fenced block: the file that it writes, or adds to after a line or at its end."""

    file: str
    place: str
    text: str

    def write(self, root: Path) -> None:
        path = root / self.file
        if not self.place:
            assert not path.exists(), f"{self.file} is there already"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self.text, encoding="utf-8")
        elif self.place == "at its end":
            path.write_text(path.read_text(encoding="utf-8") + self.text, encoding="utf-8")
        else:
            line = self.place.removeprefix("after the line with ")
            before, found, after = path.read_text(encoding="utf-8").partition(line)
            rest, end, tail = after.partition("\n")
            assert found, line
            path.write_text(before + found + rest + end + self.text + tail, encoding="utf-8")


def section(title: str) -> list[Block]:
    """The blocks under a heading."""
    body = PAGE.split(f"### {title}\n")[1].split("\n### ")[0].split("\n## ")[0]
    found = re.findall(r"^```\w+ ([\w./-]+)(?:, ([^\n]*))?\n(.*?)^```$", body, re.MULTILINE | re.DOTALL)
    return [Block(*one) for one in found]


@pytest.mark.parametrize(("title", "row"), [("An indicator", "an indicator"), ("An estimator", "an estimator")])
def test_an_addition_touches_no_more_files_than_said(title: str, row: str) -> None:
    said = int(re.search(rf"^\| {row}[^|]*\| (\d+) \|", PAGE, re.MULTILINE)[1])  # type: ignore[index]
    files = {block.file for block in section(title)}
    assert len(files) == said <= {"An indicator": 5, "An estimator": 4}[title]


def test_a_chapter_of_one_study_lies_in_its_folder() -> None:
    files = {block.file for block in section("A chapter of one study alone")}
    assert len(files) == 3
    assert all(file.startswith("studies/mine/") for file in files)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with an indicator and an estimator more."""
    home = tmp_path_factory.mktemp("project")
    for name in ("pipeline", "notebooks", "tests", "docs", "studies"):
        shutil.copytree(ROOT / name, home / name)  # with its compiled code, which is used where its source is the same
    for name in ("pyproject.toml", "CONTRIBUTING.md", "README.md"):
        shutil.copyfile(ROOT / name, home / name)
    for block in (*section("An indicator"), *section("An estimator")):
        block.write(home)
    return home


def run(home: Path, *command: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *(() if command[0] == "-c" else ("-m",)), *command],
        cwd=home,
        env={**os.environ, "PYTHONPATH": str(home), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
    return done.stdout


def test_the_guards_are_content(home: Path) -> None:
    """Their own tests pass, and so do those that say what an addition lacks."""
    own = [b.file for title in ("An indicator", "An estimator") for b in section(title) if b.file.startswith("tests/")]
    assert len(own) == 2
    run(home, "-c", WRITE_AND_TEST, "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:nbval", *own, *GUARDS)
    assert "collapsed" in (home / "docs" / "methods.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def work(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study with a chapter and a notebook of its own, its report made by the project with the additions."""
    work = tmp_path_factory.mktemp("work")
    shutil.copytree(CASE, work, dirs_exist_ok=True)
    own = section("A chapter of one study alone")
    for block in own:
        block.write(work)
        again = block.file.replace("size.", "width.")
        text = (
            re.sub(r"\bsize([_-])", r"width\1", block.text).replace('"size"', '"width"').replace("06_aims", "06b_own")
        )
        Block(again, "", text.replace("auxiliary-size", "auxiliary-width").replace(', after="service"', "")).write(work)
    common = (ROOT / "notebooks" / "06_aims.ipynb").read_text(encoding="utf-8")
    notebook = re.sub(
        r'"record\(\\"\w+\\", ledger, this\)"', '"pass"', common.replace('\\"06_aims\\"', '\\"06b_own\\"')
    )
    path = work / "studies" / "mine" / "notebooks" / "06b_own.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(notebook, encoding="utf-8")
    run(home, "pipeline", "report", "--study", "mine", "--lang", "en", EVALUATION_ROOT=str(work))
    return work


def test_the_report_has_the_indicator_the_estimator_and_the_study_s_own_chapter(work: Path) -> None:
    written = (work / "build" / "mine" / "2024" / "report-en" / "report.md").read_text(encoding="utf-8")
    text = re.sub(r"\[([^\]\[]*)\]\{[^}]*\}", r"\1", written)  # without the marks by which numbers are followed
    assert re.search(r"The gap between strong and weak units (closed|changed) by [−\d.]+\spoints", text)
    assert "{#tbl-spread}" in text
    assert "Means before and since" in text
    assert text.count("inhabitants on average") == 2
    assert text.index("Strong and Weak Units") > text.index("# Results")


def test_a_notebook_of_the_study_s_own_is_executed_and_published(work: Path) -> None:
    published = work / "reports" / "mine" / "2024" / "en" / "notebooks"
    assert "width_mean" in (published / "06b_own.html").read_text(encoding="utf-8")
    aims = (published / "06_aims.html").read_text(encoding="utf-8")
    assert "size_mean" in aims
    assert 'data-exhibit="tbl_spread"' in aims


def test_a_caption_makes_the_report_again_and_no_estimate(home: Path, work: Path) -> None:
    """Notebooks show exhibits with their words; what they say there is said anew by the report."""
    own = work / "studies" / "mine" / "text" / "en" / "own.ftl"
    own.write_text("tbl-effects = Effects in words of our own\n", encoding="utf-8")
    try:
        said = run(home, "pipeline", "why", "--study", "mine", "--lang", "en", EVALUATION_ROOT=str(work))
    finally:
        own.unlink()
    assert "en/tbl-effects" in said
    must = set(re.findall(r"^(\S+) must run", said, re.MULTILINE))
    assert "08_report-en" in must
    assert not any(name.startswith(("02", "03", "04", "05", "07")) for name in must), said


def test_a_change_of_the_study_s_own_chapter_is_seen(home: Path, work: Path) -> None:
    again = ("pipeline", "report", "--study", "mine", "--lang", "en")
    assert "Nothing has changed" in run(home, *again, EVALUATION_ROOT=str(work))
    chapter = work / "studies" / "mine" / "chapters" / "size.py"
    chapter.write_text(chapter.read_text(encoding="utf-8").replace("decimals=0", "decimals=1"), encoding="utf-8")
    why = run(home, "pipeline", "why", *again[2:], EVALUATION_ROOT=str(work))
    assert re.search(r"06_aims[^\n]*\n?[^\n]*chapters/size\.py", why)


def test_a_chapter_that_cannot_be_read_is_told_by_its_place(home: Path, work: Path, tmp_path: Path) -> None:
    broken = tmp_path / "work"
    shutil.copytree(CASE, broken)
    chapter = broken / "studies" / "mine" / "chapters" / "size.py"
    chapter.parent.mkdir()
    chapter.write_text("TOPIC = 1\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "report", "--study", "mine", "--lang", "en"],
        cwd=home,
        env={**os.environ, "PYTHONPATH": str(home), "EVALUATION_ROOT": str(broken)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "chapters/size.py" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
