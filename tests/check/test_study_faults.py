"""What the study asks of a file and the file cannot give is told as the study's fault: once, with its place, in no letter."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pipeline.errors import StudyError, UserError
from tests.check.test_check import _edit, _understood, _workspace, _written

STATUS = {"cohort": None, "treated": "on"}


def _part(frame: pd.DataFrame) -> None:
    """A status that is 0.417 in the year of change."""
    start = frame["first_treated"]
    frame["on"] = ((start != "") & (frame["year"] >= start)).map({True: "1", False: "0"})
    frame.loc[frame["year"] == start, "on"] = "0.417"


def _only(folder: Path) -> UserError:
    faults = _understood(folder).faults
    assert len(faults) == 1, [str(fault) for fault in faults]
    return faults[0]


def test_a_status_in_shares_of_a_period_is_one_fault_without_a_tolerance(tmp_path: Path) -> None:
    folder = _workspace(tmp_path / "w", panel=STATUS)
    _edit(folder, _part)
    fault = _only(folder)
    held = pd.read_csv(folder / "data/raw/mine/2024/panel.csv", dtype=str)
    rows = held.index[held["on"] == "0.417"]
    assert isinstance(fault, StudyError)
    for said in (f"{len(rows)} of {len(held)} rows", "'0.417'", f"row {rows[0] + 2}, column on", "panel.treated_from: 0.5",
                 "panel.dose", "1 in periods under treatment and 0 before"):  # fmt: skip
        assert said in str(fault), said
    assert "tolerances" not in str(fault)
    content, page, final = _written(folder)
    assert [one["code"] for one in content["faults"]] == ["part_of_period"]
    assert not list(final.glob("letter-*"))
    assert "holds shares between 0 and 1" in page


@pytest.mark.parametrize(("least", "later"), [(0.4, 0), (0.5, 1), (1, 1)])
def test_a_threshold_says_which_shares_count(least: float, later: int, tmp_path: Path) -> None:
    folder = _workspace(tmp_path / "w", panel={**STATUS, "treated_from": least})
    _edit(folder, _part)
    what = _understood(folder)
    assert what.faults == []
    start = pd.read_csv(folder / "data/raw/mine/2024/panel.csv")["first_treated"].dropna().unique()
    assert sorted(what.panel.cohorts["cohort"].dropna()) == sorted(int(year) + later for year in start)
    assert [fate.rows for fate in what.files[0].fates if fate.rule == "part_of_period"] != []


def test_a_status_that_is_no_status_says_what_one_is(tmp_path: Path) -> None:
    folder = _workspace(tmp_path / "w", panel=STATUS)

    def wrong(frame: pd.DataFrame) -> None:
        _part(frame)
        frame["on"] = frame["on"].replace("0.417", "1")
        before = frame["year"].astype(int) + 1 == pd.to_numeric(frame["first_treated"])
        frame.loc[before, "on"] = "2"  # the row that would show the entry

    _edit(folder, wrong)
    fault = _only(folder)
    assert fault.code == "bad_status"
    assert fault.expected == "1 in periods under treatment and 0 before"
    assert "decimal" not in fault.todo


def test_the_log_of_zeros_is_the_studys_fault_with_its_file_row_and_column(tmp_path: Path) -> None:
    folder = _workspace(tmp_path / "w")
    path = folder / "studies/mine/study.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("outcomes:\n- ", "outcomes:\n- transform: log\n  "))
    _edit(folder, lambda frame: frame.__setitem__("score", frame["score"].mask(frame.index == 7, "0")))
    fault = _only(folder)
    assert fault.code == "not_positive"
    assert fault.where == "data/raw/mine/2024/panel.csv, row 9, column score"
    *_, final = _written(folder)
    assert not list(final.glob("letter-*"))


def _one_treated(frame: pd.DataFrame) -> None:
    one = sorted(frame.loc[frame["first_treated"] != "", "unit"].unique())[0]
    frame.loc[frame["unit"] != one, "first_treated"] = ""


@pytest.mark.parametrize(
    ("keys", "named", "in_force"),
    [
        ({}, ["inference.min_cohort_units` (now 3) and `disclosure.min_units` (now 3); the larger"], ("3", "default")),
        ({"inference": {"min_cohort_units": 1}}, ["lower `disclosure.min_units` (now 3);"], ("3", "disclosure")),
        ({"disclosure": {"min_units": 1}}, ["lower `inference.min_cohort_units` (now 3)."], ("3", "default")),
        ({"inference": {"min_cohort_units": 1}, "disclosure": {"min_units": 1}}, [], ("1", "study")),
        ({"disclosure": {"min_units": 5}}, ["disclosure.min_units` (now 5)"], ("5", "disclosure")),
    ],
)  # fmt: skip
def test_one_treated_unit_is_told_which_key_keeps_it_out(
    keys: dict[str, object], named: list[str], in_force: tuple[str, str], tmp_path: Path
) -> None:
    folder = _workspace(tmp_path / "w", **keys)
    _edit(folder, _one_treated)
    what = _understood(folder)
    said = {one.key: (one.value, one.source) for one in what.settings}
    assert said["inference.min_cohort_units"] == in_force
    if not named:
        assert what.faults == []
        return
    fault = _only(folder)
    assert [words for words in named if words not in fault.todo] == []
    if "inference" in keys:
        assert "inference" not in fault.todo
