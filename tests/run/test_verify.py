"""`verify`: two runs from nothing give the same bytes, and a difference does not pass."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from pipeline.errors import StepError
from pipeline.run.verify import compare
from pipeline.study import ROOT
from tests.conftest import run_pipeline


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "studies" / "jtrain", tmp_path / "studies" / "jtrain")
    done = run_pipeline(tmp_path, "verify", "--study", "jtrain", "--lang", "en", "--engine", "embedded")
    assert done.returncode == 0, done.stderr
    assert int(re.search(r"the same (\d+) files", done.stdout)[1]) >= 8


@pytest.mark.parametrize("other", [{"report.html": "1"}, {"report.html": "0", "report.pdf": "0"}])
def test_a_difference_is_named(other: dict[str, str]) -> None:
    with pytest.raises(StepError, match=r"report\.(html|pdf)"):
        compare({"report.html": "0"}, other)
