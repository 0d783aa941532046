"""Every reading of a study's value is noted by its key, whatever way it is read."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

from pipeline.check.settings import settings
from pipeline.run.keys import parts_of, value_at, watch
from pipeline.study import Study, load_study


@pytest.fixture
def noted() -> tuple[Study, dict[str, Any]]:
    study, notes = load_study("medan-pendidikan"), {}
    watch(study, notes.__setitem__)
    notes.clear()
    return study, notes


def test_a_field_is_noted_with_its_value_and_no_other(noted) -> None:
    study, notes = noted
    assert study.seed == 20240717
    assert notes == {"seed": 20240717}


def test_each_reading_is_told_however_often(medan: Study) -> None:
    """Parts of a report each keep what they read themselves."""
    told: list[tuple[str, Any]] = []
    study = load_study("medan-pendidikan")
    watch(study, lambda key, value: told.append((key, value)))
    for _ in range(3):
        assert study.seed == medan.seed
    assert told == [("seed", medan.seed)] * 3


def test_a_method_of_the_study_notes_what_it_reads(noted) -> None:
    study, notes = noted
    study.label("numeracy", "en")
    assert notes["outcomes.1.label.en"] == "Numeracy"
    assert "outcomes.1.label.id" not in notes
    assert "outcomes.0.label" not in notes


def test_a_dump_notes_what_it_gives_away(noted) -> None:
    study, notes = noted
    study.outcomes[0].model_dump(exclude={"label"})
    assert "outcomes.0.transform" in notes
    assert not [key for key in notes if "label" in key]


@pytest.mark.parametrize("around", [pickle.dumps, copy.deepcopy, repr, hash, lambda s: s == s.model_copy(), vars, dict])
def test_nothing_goes_around(noted, around) -> None:
    study, notes = noted
    around(study.outcomes[0])
    fields = {f"outcomes.0.{name}" for name in type(study.outcomes[0]).model_fields}
    assert fields <= notes.keys()


def test_values_are_found_again_by_their_keys(noted) -> None:
    study, notes = noted
    for _, part in parts_of(study):
        part.model_dump()
    other = load_study("medan-pendidikan")
    assert len(notes) > 400
    assert {key: value_at(other, key) for key in notes} == notes
    assert value_at(other, "outcomes.99.label") is None


def test_who_signs_is_no_setting_that_the_cleaning_reads(noted) -> None:
    study, notes = noted
    keys = {one.key for one in settings(study, cover=False)}
    assert not [key for key in (*notes, *keys) if key.startswith("report")]
    assert {"seed", "inference.level", "verdict.power"} <= keys
    assert any(one.key.startswith("report.signatories") for one in settings(study))
    assert any(key.startswith("report.signatories") for key in notes)
