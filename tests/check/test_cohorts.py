"""What `make check` says the estimates use of each cohort is what their designs use, for the reason that it gives."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import yaml

from pipeline.chapters.analysis import design_of
from pipeline.clean.run import gather
from pipeline.study import load_study
from tests.check.test_check import _edit, _understood, _workspace, _written

COHORTS = ["cohort", "used", "since", "why"]
SECOND = {
    "name": "later",
    "column": "later",
    "label": {"id": "Kedua", "en": "Second"},
    "unit": "points",
    "better": "higher",
}


def _rows(folder: Path) -> list[tuple[object, ...]]:
    frame = _understood(folder).panel.cohorts.astype(object)
    return [tuple(None if pd.isna(cell) else cell for cell in row) for row in frame[COHORTS].to_numpy()]


def _design(folder: Path, outcome: str = "score") -> dict[object, int]:
    study = load_study("mine", folder)
    panel = gather(study, 2024, study.raw_root(folder)).tables["panel"]
    sizes = design_of(study, panel, study.outcome(outcome)).units.groupby("cohort", dropna=False).size()
    return {None if pd.isna(cohort) else str(int(cohort)): int(n) for cohort, n in sizes.items()}


def _units(frame: pd.DataFrame, first: str) -> list[str]:
    return sorted(frame.loc[frame["first_treated"] == first, "unit"].unique())


def _without_values(frame: pd.DataFrame, column: str = "score") -> None:
    """Of each cohort three units lose every value of an outcome, and one keeps a single one."""
    for first in frame["first_treated"].unique():
        gone = _units(frame, first)
        frame.loc[frame["unit"].isin(gone[:3]), column] = ""
        once = frame.index[frame["unit"] == gone[3]]
        frame.loc[once[1:], column] = ""


def test_units_without_a_value_are_not_said_to_be_used(tmp_path: Path) -> None:
    folder = _workspace(tmp_path / "w")
    before = {row[0]: row[1] for row in _rows(folder)}
    _edit(folder, _without_values)
    rows = _rows(folder)
    assert {row[0]: row[1] for row in rows} == {cohort: n - 4 for cohort, n in before.items()}
    assert {row[3] for row in rows} == {"not_measured+seen_once"}
    design = _design(folder)
    assert {row[0]: row[1] for row in rows} == {c and int(c): n for c, n in design.items()}
    looks = [look.args for look in _understood(folder).looks if look.code == "unused"]
    assert {args["reason"] for args in looks} == {"not_measured", "seen_once"}
    assert {args["who"] for args in looks} == {"cohort", "never"}
    content, page, _ = _written(folder)
    assert all(row["used"] != row["measured"] for row in content["cohorts"])
    assert "units without any value of the outcome, units with a value of one period only" in page


def test_outcomes_that_differ_have_rows_of_their_own_and_alike_ones_share_theirs(tmp_path: Path) -> None:
    folder = _workspace(tmp_path / "w")
    path = folder / "studies/mine/study.yml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    first = content["outcomes"][0]["name"]
    third = {**SECOND, "name": "third", "label": {"id": "Ketiga", "en": "Third"}}
    content["outcomes"] = [*content["outcomes"], SECOND, third]
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")

    def second(frame: pd.DataFrame) -> None:
        frame["later"] = frame["score"]
        _without_values(frame, "later")

    _edit(folder, second)
    frame = _understood(folder).panel.cohorts
    assert list(dict.fromkeys(frame["outcome"])) == [first, "later+third"]
    for name, rows in frame.groupby("outcome"):
        design = _design(folder, str(name).split("+")[0])
        assert {None if pd.isna(c) else str(c): n for c, n in zip(rows["cohort"], rows["used"], strict=True)} == design
    found, page, _ = _written(folder)
    assert "Second, Third" in page
    assert {args.args["which"] for args in _understood(folder).looks if args.code == "unused"} == {"some"}
    assert {row["outcome"] for row in found["cohorts"]} == {first, "later+third"}


@pytest.mark.parametrize("early", [2, 5])
def test_cohorts_that_share_their_first_measured_period_are_one_in_the_estimates(early: int, tmp_path: Path) -> None:
    folder = _workspace(tmp_path / "w")

    def gap(frame: pd.DataFrame) -> None:
        """Some units start a year before the others of their cohort, and that year is not measured."""
        firsts = sorted(set(frame["first_treated"]) - {""})
        late = firsts[-1]
        frame.loc[frame["unit"].isin(_units(frame, late)[:early]), "first_treated"] = str(int(late) - 1)
        frame.drop(index=frame.index[frame["year"] == str(int(late) - 1)], inplace=True)

    _edit(folder, gap)
    rows = {row[0]: row for row in _rows(folder)}
    late = max(cohort for cohort in rows if cohort)
    assert rows[late - 1] == (late - 1, early, str(late), "")
    assert rows[late][2:] == (str(late), "")
    assert _design(folder)[str(late)] == rows[late][1] + early
    content, page, _ = _written(folder)
    told = {row["cohort"]: row for row in content["cohorts"]}
    if early == 2:
        assert str(late - 1) not in told
        assert told[str(late)]["measured"] == rows[late][1] + early, "as the estimates tell it"
    else:
        assert [told[str(c)]["measured"] for c in (late - 1, late)] == [early, rows[late][1]]
        assert told[str(late - 1)]["since"] == str(late)
        assert "between measured periods counts from the next one on" in page


@pytest.mark.parametrize("first_row_only", [True, False])
def test_a_unit_treated_from_its_own_first_row_is_told_as_such(first_row_only: bool, tmp_path: Path) -> None:
    folder = _workspace(tmp_path / "w")

    def late_comer(frame: pd.DataFrame) -> None:
        """A unit that is seen from its start on, or one without values before it."""
        first = sorted(set(frame["first_treated"]) - {""})[-1]
        before = (frame["unit"] == _units(frame, first)[0]) & (frame["year"] < first)
        if first_row_only:
            frame.drop(index=frame.index[before], inplace=True)
        else:
            frame.loc[before, "score"] = ""

    _edit(folder, late_comer)
    rows = {row[0]: row for row in _rows(folder)}
    late = max(cohort for cohort in rows if cohort)
    assert rows[late][3] == ("treated_from_start" if first_row_only else "no_change")
    assert rows[late][1] == _design(folder)[str(late)] - (not first_row_only)
