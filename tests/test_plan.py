"""The pre-analysis plan: frozen once, revised with a reason, never edited, and every deviation found."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import shutil
from pathlib import Path

import pytest

from pipeline.chapters import plan as plan_chapter
from pipeline.content import hash_of
from pipeline.errors import StudyError
from pipeline.ledger.entries import Ledger, read_results
from pipeline.plan import Frozen, changes, data_state, freeze, plan_digest, primary_choices, read_plan
from pipeline.report.document import build_document
from pipeline.study import ROOT, Study, load_study, plan_path
from tests.conftest import run_pipeline
from tests.given import Given

DAY = dt.date(2025, 1, 2)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "studies" / "jtrain", tmp_path / "studies" / "jtrain")
    plan = tmp_path / "studies/jtrain/plan.json"
    plan.unlink(missing_ok=True)
    return tmp_path


def _change(workspace: Path, old: str, new: str) -> None:
    path = workspace / "studies/jtrain/study.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_frozen_once_and_no_deviation(workspace: Path) -> None:
    study = load_study("jtrain", workspace)
    frozen = freeze(study, DAY, workspace)
    assert read_plan(study, workspace) == [frozen]
    assert (frozen.date, frozen.data_until, len(frozen.digest)) == ("2025-01-02", None, 64)
    assert changes(study, [frozen]) == []
    with pytest.raises(StudyError, match="Nothing has changed"):
        freeze(study, DAY, workspace)


def test_a_deviation_is_named_by_its_key(workspace: Path) -> None:
    plans = [freeze(load_study("jtrain", workspace), DAY, workspace)]
    _change(workspace, "better: lower", "better: higher")
    (found,) = changes(load_study("jtrain", workspace), plans)
    assert (found.key.split(".")[-1], found.planned, found.now, found.date) == ("better", "lower", "higher", "")


def test_wordings_are_no_choice(workspace: Path) -> None:
    study = load_study("jtrain", workspace)
    other = study.model_copy(update={"title": study.title.model_copy(update={"en": "Another title"})})
    assert primary_choices(other) == primary_choices(study)


def test_a_revision_needs_a_reason_and_is_shown(workspace: Path) -> None:
    freeze(load_study("jtrain", workspace), DAY, workspace)
    _change(workspace, "better: lower", "better: higher")
    study = load_study("jtrain", workspace)
    with pytest.raises(StudyError, match="reason"):
        freeze(study, DAY, workspace)
    freeze(study, DAY + dt.timedelta(days=30), workspace, "The scale was turned")
    (found,) = changes(study, read_plan(study, workspace))
    assert (found.date, found.reason) == ("2025-02-01", "The scale was turned")


def test_an_edited_plan_is_refused(workspace: Path) -> None:
    study = load_study("jtrain", workspace)
    freeze(study, DAY, workspace)
    path = plan_path(study, workspace)
    content = json.loads(path.read_text(encoding="utf-8"))
    content[0]["choices"]["seed"] = 99
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(StudyError, match="edited after it was frozen"):
        read_plan(study, workspace)


def test_by_command(workspace: Path) -> None:
    done = run_pipeline(workspace, "plan", "--study", "jtrain")
    assert done.returncode == 0, done.stderr
    assert "studies/jtrain/plan.json" in done.stdout
    again = run_pipeline(workspace, "plan", "--study", "jtrain")
    assert again.returncode == 1
    assert "Traceback" not in again.stderr


def test_the_plan_is_bound_to_the_data_of_its_day(workspace: Path) -> None:
    year = workspace / "data/raw/jtrain/1989"
    year.mkdir(parents=True)
    (year / "panel.csv").write_text("firm,year\n", encoding="utf-8")
    study = load_study("jtrain", workspace)
    frozen = freeze(study, DAY, workspace)
    raw = {"1989/panel.csv": str(hash_of(year / "panel.csv")), "1990/panel.csv": "0" * 64}
    assert (frozen.data_until, data_state(frozen, raw, 1990)) == (1989, "same")
    for changed in ({"1989/panel.csv": "0" * 64}, {"1989/more.csv": "0" * 64}):
        assert data_state(frozen, raw | changed, 1990) == "changed"
    assert data_state(frozen, {"1990/panel.csv": "0" * 64}, 1990) == "changed"
    assert data_state(frozen, raw, 1988) == "unknown"  # an edition of before does not read them
    assert data_state(frozen, {}, 1990) == "unknown"
    assert data_state(dataclasses.replace(frozen, data=None), raw, 1990) == "unknown"


def test_the_report_says_whether_the_data_are_those_of_that_day(medan: Study, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "studies" / medan.name, tmp_path / "studies" / medan.name)
    plan_path(medan, tmp_path).unlink()
    raw = tmp_path / "data/raw" / medan.name / "2023/panel.csv"
    raw.parent.mkdir(parents=True)
    raw.write_text("a\n", encoding="utf-8")
    freeze(medan, DAY, tmp_path)
    for hash, words in ((str(hash_of(raw)), "are the ones that lay there on that day"), ("0" * 64, "are not the ones")):
        context = Given(medan, tmp_path)
        listed = context.build / "raw/01_clean.json"
        listed.parent.mkdir(parents=True, exist_ok=True)
        listed.write_text(json.dumps({f"data/raw/{medan.name}/2023/panel.csv": hash}), encoding="utf-8")
        with Ledger("07_verdict", tmp_path / "results") as ledger:
            plan_chapter.record(ledger, context)
        text = build_document(
            medan, 2024, "en", tmp_path / "results", tmp_path / "out", layout=plan_chapter.robust, root=tmp_path
        ).read_text(encoding="utf-8")
        assert "when data up to 2023 already lay" in text
        assert words in text


@pytest.mark.parametrize("what", ["date", "data", "drop the first", "swap", "date and digest"])
def test_a_chain_that_was_edited_is_refused(workspace: Path, what: str) -> None:
    freeze(load_study("jtrain", workspace), DAY, workspace)
    _change(workspace, "better: lower", "better: higher")
    study = load_study("jtrain", workspace)
    freeze(study, DAY + dt.timedelta(days=30), workspace, "The scale was turned")
    path = plan_path(study, workspace)
    content = json.loads(path.read_text(encoding="utf-8"))
    if what == "drop the first":
        content = content[1:]
    elif what == "swap":
        content.reverse()
    elif what == "date and digest":  # a first plan that is made anew, with a hash that fits it
        first = Frozen(**content[0])
        earlier = dataclasses.replace(first, date="2020-01-01")
        content[0] = vars(dataclasses.replace(earlier, digest=plan_digest(earlier)))
    else:
        content[0][what] = "2020-01-01"
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(StudyError, match="edited after it was frozen"):
        read_plan(study, workspace)


@pytest.mark.parametrize("name", sorted(path.parent.name for path in ROOT.glob("studies/*/plan.json")))
def test_no_shipped_study_departs_from_its_plan_without_date_and_reason(name: str) -> None:
    study = load_study(name)
    assert [change.key for change in changes(study, read_plan(study)) if not (change.date and change.reason)] == []


def test_the_count_of_frozen_choices_is_that_of_the_day_it_stands_beside(workspace: Path) -> None:
    freeze(load_study("jtrain", workspace), DAY, workspace)
    _change(workspace, "better: lower", "better: higher\n    denominator: employ")
    study = load_study("jtrain", workspace)
    freeze(study, DAY + dt.timedelta(days=30), workspace, "A ratio")
    first, last = read_plan(study, workspace)
    assert len(first.choices) < len(last.choices)
    with Ledger("07_verdict", workspace / "results") as ledger:
        plan_chapter.record(ledger, Given(study, workspace))
    found = read_results(workspace / "results")
    assert found.numbers["plan_choices"].value == len(first.choices)
    assert found.texts["plan_first_date"] == first.date
