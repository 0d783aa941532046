"""A ledger's inputs are what its notebook read, not what somebody typed."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from pipeline.ledger.entries import file_hash
from pipeline.notebook import Edition
from pipeline.study import load_study


@pytest.fixture
def edition(small: Path, tmp_path: Path) -> Edition:
    study = load_study("medan-pendidikan", small)
    edition = Edition(study, 2024, small)
    edition.tables_folder.mkdir(parents=True, exist_ok=True)
    for name in ("answers", "panel"):
        pd.DataFrame({"x": [1, 2]}).to_parquet(edition.tables_folder / f"{name}.parquet")
    return edition


def inputs_of(edition: Edition, notebook: str) -> dict[str, str]:
    return json.loads((edition.results_folder / f"{notebook}.json").read_text(encoding="utf-8"))["inputs"]


def test_what_is_read_while_the_ledger_is_open_is_recorded_and_nothing_else(edition: Edition) -> None:
    with edition.ledger("05_feedback"):
        edition.find("answers")
        edition.find("no_such_table")
    assert inputs_of(edition, "05_feedback") == {
        "answers.parquet": file_hash(edition.tables_folder / "answers.parquet")
    }


def test_the_cleaning_step_records_the_raw_files(edition: Edition) -> None:
    with edition.ledger("01_clean", raw=True):
        pass
    found = inputs_of(edition, "01_clean")
    assert len(found) > 20
    assert all(name.startswith("data/raw/medan-pendidikan/") for name in found)
    assert all(digest == file_hash(edition.root / name) for name, digest in found.items())


def test_verdicts_keep_what_was_read_before(edition: Edition) -> None:
    edition.table("panel")
    judged = edition.judged({})
    with judged.ledger("07_verdict"):
        pass
    assert set(inputs_of(edition, "07_verdict")) == {"panel.parquet"}
