"""A third language is a new folder and nothing else: a report in a language made by a script holds no sentence of another."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pseudo
import pytest

from pipeline.study import ROOT

CASE = ROOT / "tests" / "cases" / "inputs" / "02-weight-column"
DRIVER = """
import sys
from pathlib import Path
from pipeline.chapters import outline
from pipeline.report.document import build_document
from pipeline.run.steps import NOTEBOOKS, notebook_code, parse_languages
from pipeline.study import load_study
root = Path(sys.argv[1])
assert "qps" in parse_languages("all")
for path in sorted(NOTEBOOKS.glob("0[1-7]_*.ipynb")):
    code = notebook_code(path).replace('study = "medan-pendidikan"', 'study = "mine"')
    exec(compile(code, path.name, "exec"), {"__name__": path.stem})
build = root / "build" / "mine" / "2024"
study = load_study("mine", root)
print(build_document(study, 2024, "qps", build / "results", build / "qps", layout=outline.write, root=root))
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The report's Markdown, made by a copy of the code that has one folder more."""
    home, root = tmp_path_factory.mktemp("code"), tmp_path_factory.mktemp("work")
    for name in ("pipeline", "notebooks"):
        shutil.copytree(ROOT / name, home / name)  # with its compiled code
    pseudo.write_language(home / "pipeline" / "languages" / "en", home / "pipeline" / "languages" / pseudo.NAME)
    shutil.copytree(CASE, root, dirs_exist_ok=True)
    pseudo.write_study(root / "studies" / "mine" / "study.yml")
    environment = {**os.environ, "EVALUATION_ROOT": str(root), "PYTHONPATH": str(home), "OMP_NUM_THREADS": "1"}
    environment["EVALUATION_LANGUAGES"] = pseudo.NAME  # no figure is looked at: the others' are not drawn
    done = subprocess.run(
        [sys.executable, "-c", DRIVER, str(root)], cwd=home, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return Path(done.stdout.strip().splitlines()[-1]).read_text(encoding="utf-8")


def test_a_report_in_a_new_language_holds_no_word_of_another(said: str) -> None:
    assert len(said) > 20_000
    assert pseudo.untranslated(said) == []


def test_what_is_not_translated_would_show() -> None:
    front = "---\n---\n"
    assert pseudo.untranslated(front + pseudo.accented("The design is not credible, see @tbl-x and `a b c`.")) == []
    assert pseudo.untranslated(front + "Ťĥé design is ńóť") == ["design is"]
