"""The workflows of docs/: they do what they say in a clean clone, and both the same.

Against the published schemas of GitHub and GitLab, and by actionlint, they were held by hand (docs/package.md).
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.study import ROOT, load_study
from tests.package.clone import GITHUB, GITLAB, run_steps, steps, workflow
from tests.package.office import ARCHIVE, NAME


def test_gitlab_runs_the_same_steps(office: Path) -> None:
    """GitHub's have made what is there; GitLab's find that nothing has changed."""
    assert steps(GITLAB) == steps(GITHUB)
    assert workflow(GITLAB)["variables"] == workflow(GITHUB)["env"]
    before = (office / ARCHIVE).read_bytes()
    said = run_steps(GITLAB, office, STUDY=NAME, EDITION="2024", REPORT_LANG="en")
    assert "Nothing has changed" in said
    assert (office / ARCHIVE).read_bytes() == before


def test_a_step_that_fails_fails_the_workflow(office: Path) -> None:
    with pytest.raises(AssertionError, match="There is no study called 'kanto'"):
        run_steps(GITHUB, office, STUDY="kanto")


def test_what_is_uploaded_is_where_reports_are(office: Path) -> None:
    upload = next(step["with"]["path"] for step in workflow(GITHUB)["steps"] if "upload" in step.get("uses", ""))
    assert [upload] == workflow(GITLAB)["artifacts"]["paths"]
    assert (office / upload / NAME / "2024" / "en" / "report.html").is_file()


def test_the_study_that_they_name_is_one_without_persons() -> None:
    assert load_study(workflow(GITHUB)["env"]["STUDY"]).demonstration


@pytest.mark.parametrize("path", [GITHUB, GITLAB])
def test_each_says_where_to_put_it(path: Path) -> None:
    head = path.read_text(encoding="utf-8").splitlines()[0]
    assert re.search(r"copy to \.(github/workflows/report|gitlab-ci)\.yml\.$", head)
    assert path.name in (ROOT / "docs/package.md").read_text(encoding="utf-8")
