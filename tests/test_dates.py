"""No document is older than the choices that it was judged by: where a day is given and where none is."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest
import yaml

from pipeline.errors import StudyError
from pipeline.plan import freeze
from pipeline.report.document import front_matter
from pipeline.study import ROOT, load_study
from pipeline.study.dates import document_day, planned_day, said_day
from tests.conftest import run_pipeline

REVISED = dt.date(2026, 3, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A study of one panel whose plan was frozen on a day."""
    shutil.copytree(ROOT / "tests/cases/inputs/02-weight-column", tmp_path / "w")
    freeze(load_study("mine", tmp_path / "w"), REVISED, tmp_path / "w")
    return tmp_path / "w"


def _given(folder: Path, day: dt.date) -> None:
    path = folder / "studies/mine/study.yml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    content["report"]["dates"] = {2024: day}
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


@pytest.mark.parametrize("path", sorted((ROOT / "studies").glob("*/study.yml")), ids=lambda path: path.parent.name)
def test_the_dates_of_every_shipped_study_are_possible(path: Path) -> None:
    study, planned = load_study(path.parent.name), planned_day(load_study(path.parent.name))
    for edition in {*study.report.dates, 2024}:
        day = document_day(study, edition)
        assert planned is None or day >= planned
        said = said_day(study, edition)
        assert said is None or study.period_to_come(edition, said) > said.year, "a deadline that is past"


def test_without_a_day_the_document_bears_that_of_the_revision(folder: Path, tmp_path: Path) -> None:
    study = load_study("mine", folder)
    assert document_day(study, 2024, folder) == REVISED
    assert document_day(study, 2026, folder) == dt.date(2026, 12, 31), "the last day of the edition's year is later"
    assert document_day(study, 2024, tmp_path) == dt.date(2024, 12, 31), "there is no plan"
    assert front_matter(study, 2024, "en", root=folder)["stamp"] == "2026-03-01"
    assert study.period_to_come(2024, said_day(study, 2024, folder)) == 2027
    assert study.period_to_come(2024, said_day(study, 2024, tmp_path)) == 2025


def test_a_day_before_the_revision_is_refused_by_run_and_check_in_words(folder: Path) -> None:
    _given(folder, REVISED)
    assert document_day(load_study("mine", folder), 2024, folder) == REVISED
    _given(folder, dt.date(2025, 3, 31))
    with pytest.raises(StudyError, match=r"would bear the date 2025-03-31.*last revised on 2026-03-01"):
        document_day(load_study("mine", folder), 2024, folder)
    run = run_pipeline(folder, "report", "--study", "mine", "--lang", "en")
    assert run.returncode == 1
    assert "a day on or after 2026-03-01" in run.stderr
    assert not (folder / "build/mine/2024/results").exists(), "told before anything ran"
    looked = run_pipeline(folder, "check", "--study", "mine", "--lang", "en")
    assert looked.returncode == 1
    assert "key report.dates" in looked.stdout
    told = json.loads((folder / "reports/mine/2024/check/check.json").read_text(encoding="utf-8"))
    assert [fault["code"] for fault in told["faults"]] == ["dated-before-plan"]
    assert not told["ready"]
