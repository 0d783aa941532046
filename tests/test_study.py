"""The study file: what it accepts, and the one line that it answers a mistake with."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipeline.errors import StudyError
from pipeline.study import ROOT, load_study
from pipeline.study.load import _mapping

STUDIES = sorted(path.parent.name for path in (ROOT / "studies").glob("*/study.yml"))


@pytest.mark.parametrize("name", STUDIES)
def test_shipped_studies_are_valid(name: str) -> None:
    assert load_study(name).name == name


@pytest.fixture
def write(tmp_path: Path):
    def _write(change) -> Path:
        content = yaml.safe_load((ROOT / "studies/jtrain/study.yml").read_text(encoding="utf-8"))
        change(content)
        path = tmp_path / "studies" / "mine" / "study.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(content), encoding="utf-8")
        return tmp_path

    return _write


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        (lambda c: c.update(sed=1), "key sed", "did you mean 'seed'?"),
        (lambda c: c["outcomes"][0].update(lable={}), "key outcomes.0.lable", "did you mean 'label'?"),
        (lambda c: c.update(seed="many"), "key seed", "integer"),
        (lambda c: c.pop("seed"), "key seed", "missing"),
        (lambda c: c["panel"].update(file="../../secret.csv"), "key panel.file", "stays inside"),
        (lambda c: c["panel"].update(file="/etc/passwd"), "key panel.file", "stays inside"),
        (lambda c: c["panel"].update(treated="grant"), "key panel", "exactly one of `cohort`, `treated` and `dose`"),
        (lambda c: c["panel"].update(frequency="week"), "key panel.frequency", "'quarter'"),
        (lambda c: c["panel"].update(skm={"n": "n", "elements": ["U1"]}), "key panel.skm.elements", "9 items"),
        (lambda c: c.update(sources={"skm": {"file": "x.csv", "columns": {}}}), "", "a ready panel holds what"),
        (lambda c: c.update(sources={"stuff": {"file": "x.csv", "columns": {}}}), "", "did you mean 'staff'?"),
        (lambda c: c.pop("panel"), "", "give `sources` (raw files) or `panel`"),
        (lambda c: c.update(public_key="x"), "", "real data need a secret key"),
    ],
)
def test_mistakes_name_place_and_expectation(write, change, place: str, words: str) -> None:
    root = write(change)
    with pytest.raises(StudyError) as caught:
        load_study("mine", root)
    message = str(caught.value)
    assert "studies/mine/study.yml" in message
    assert place in message
    assert words in message


def test_unknown_study_names_the_nearest() -> None:
    with pytest.raises(StudyError, match="Did you mean 'jtrain'"):
        load_study("jtrian")


def test_yaml_cannot_make_objects(tmp_path: Path) -> None:
    path = tmp_path / "studies" / "evil" / "study.yml"
    path.parent.mkdir(parents=True)
    path.write_text("title: !!python/object/apply:os.system [true]\n", encoding="utf-8")
    with pytest.raises(StudyError, match="not valid YAML"):
        load_study("evil", tmp_path)


def test_editions_come_from_folders(tmp_path: Path) -> None:
    study = load_study("jtrain")
    for year in ("1988", "1989"):
        (tmp_path / "data" / "raw" / "jtrain" / year).mkdir(parents=True)
    assert study.resolve_edition("latest", tmp_path) == 1989
    assert study.resolve_edition(1988, tmp_path) == 1988
    with pytest.raises(StudyError, match="1988, 1989"):
        study.resolve_edition("1990", tmp_path)


def test_what_a_text_was_read_into_is_each_readers_own(tmp_path: Path) -> None:
    path = tmp_path / "x.yml"
    path.write_text("list: [1]\n", encoding="utf-8")
    _mapping(path, "x.yml")["list"].append(2)
    assert _mapping(path, "x.yml") == {"list": [1]}
    path.write_text("list: [1\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(StudyError, match="line 2, column 1"):
            _mapping(path, "x.yml")
