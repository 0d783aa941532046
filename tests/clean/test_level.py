"""The level at which treatment was given, where a study does not say it: told by the data, alike for notebooks and runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from pipeline.chapters.analysis import estimate_outcome
from pipeline.chapters.words import interval_note
from pipeline.check.understanding import understand
from pipeline.clean.level import with_level
from pipeline.clean.run import clean_study
from pipeline.languages.catalogue import say
from pipeline.notebook import open_edition
from pipeline.run.build import make_target
from pipeline.run.present import Present
from pipeline.run.stamp import Request
from pipeline.study import ROOT, Study, load_study

WHOLE, ACROSS = "district_{0}", "district_{1}"
"""District of a unit by its number of five, or by its place among five: whole districts take part, or one unit of each."""


def made(root: Path, district: str, **program: Any) -> Study:
    """A study of sixty units in twelve districts, cleaned; every other five units take part."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    content = yaml.safe_load(readme.split("```yaml\n")[1].split("```")[0])
    content["panel"]["cluster"] = "district"
    content["program"] = {**content["program"], "cluster_label": {"id": "kecamatan", "en": "district"}, **program}
    raw = root / "data/raw/mine/2024"
    raw.mkdir(parents=True, exist_ok=True)
    rows = [
        (
            f"unit{u:02d}",
            district.format(u // 5, u % 12),
            year,
            2021 if u // 5 % 2 else None,
            10 + u / 7 + (7 * u * year) % 11,
        )
        for u in range(60)
        for year in range(2018, 2025)
    ]
    frame = pd.DataFrame(rows, columns=["unit", "district", "year", "first_treated", "score"])
    frame.astype({"first_treated": "Int64"}).to_csv(raw / "panel.csv", index=False)
    (root / "studies/mine").mkdir(parents=True, exist_ok=True)
    (root / "studies/mine/study.yml").write_text(yaml.safe_dump(content), encoding="utf-8")
    study = load_study("mine", root)
    clean_study(study, 2024, root / "data/raw/mine", root / "data/processed/mine/2024")
    return study


@pytest.mark.parametrize(("district", "level"), [(WHOLE, "cluster"), (ACROSS, "unit")], ids=["whole", "across"])
def test_the_data_tell_what_the_study_does_not_say(
    district: str, level: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path, district)
    monkeypatch.setenv("EVALUATION_ROOT", str(tmp_path))
    edition = open_edition("mine", 2024)
    assert edition.study.program.assigned_at == level
    present = Present(make_target(Request("mine", "latest", "id", "embedded", tmp_path)))
    assert present.value("program.assigned_at") == level, "a run asks what the notebook saw, or it would run for ever"
    cleaning = open_edition("mine", 2024, as_written=True)
    assert cleaning.study.program.assigned_at == present.value("program.assigned_at", as_written=True) == "unit"
    assert "as_written=True" in (ROOT / "notebooks" / "01_clean.ipynb").read_text(encoding="utf-8")
    panel = edition.panel
    found = estimate_outcome(edition.study, panel, edition.study.outcomes[0]).main
    assert found.cluster == level
    assert found.overall.extra["draws"] == (12 if level == "cluster" else 60)


@pytest.mark.parametrize("level", ["unit", "cluster"])
def test_what_the_study_says_holds(level: str, tmp_path: Path) -> None:
    study = made(tmp_path, WHOLE, assigned_at=level)
    assert with_level(study, tmp_path / "data/processed/mine/2024").program.assigned_at == level


def test_before_the_tables_are_made_the_study_is_as_it_stands(tmp_path: Path) -> None:
    study = made(tmp_path, WHOLE)
    assert with_level(study, tmp_path / "nowhere") is study


@pytest.mark.parametrize(("district", "level"), [(WHOLE, "cluster"), (ACROSS, "unit")], ids=["whole", "across"])
def test_what_was_understood_names_the_level_and_that_the_data_tell_it(
    district: str, level: str, tmp_path: Path
) -> None:
    """Alike before and after the tables are made: a second run says what the first said."""
    study = made(tmp_path, district)
    raw, tables = tmp_path / "data/raw/mine", tmp_path / "data/processed/mine/2024"
    for asked in (study, with_level(study, tables)):
        found = {one.key: one for one in understand(asked, 2024, raw).settings}["program.assigned_at"]
        assert (found.value, found.source) == (level, "data")
    said = understand(made(tmp_path, district, assigned_at="unit"), 2024, raw)
    told = {one.key: one for one in said.settings}["program.assigned_at"]
    assert (told.value, told.source) == ("unit", "study")
    assert [look.code for look in said.looks if look.code == "level"] == (["level"] if level == "cluster" else [])


def test_errors_by_cluster_are_said_to_be_so_though_the_study_has_no_word_for_clusters(tmp_path: Path) -> None:
    study = with_level(made(tmp_path, WHOLE), tmp_path / "data/processed/mine/2024")
    bare = study.model_copy(update={"program": study.program.model_copy(update={"cluster_label": None})})
    for lang, named, unnamed in (
        ("en", "clustered by district", "clustered by cluster"),
        ("id", "kecamatan", "klaster"),
    ):
        assert named in say(interval_note(study)[0], lang)
        assert unnamed in say(interval_note(bare)[0], lang)
