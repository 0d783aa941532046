"""Hours and kinds of training by school and year, worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.clean.exposure import by_unit, exposure, mixes


@pytest.fixture
def tables() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    training = pd.DataFrame(
        [
            ("a", "A", 2020, "workshop", 16.0, True),
            ("a", "A", 2021, "workshop", 20.0, True),
            ("a", "A", 2021, "seminar", 4.0, True),
            ("b", "A", 2021, "mentoring", 12.0, True),
            ("b", "A", 2021, "workshop", 30.0, False),
            ("b", "A", 2022, "out_of_region", 40.0, True),
            ("a", "A", 2022, "something_new", 2.0, True),
            ("z", "B", 2022, "seminar", 6.0, True),
        ],
        columns=["person", "unit", "period", "activity", "jp", "attended"],
    )
    teachers = pd.DataFrame(
        [(p, "A", y) for y in (2020, 2021, 2022) for p in "ab"] + [(p, "B", 2022) for p in "xyz"],
        columns=["person", "unit", "period"],
    )
    return training, teachers, pd.DataFrame({"unit": ["A", "B"], "cohort": pd.array([2021, None], dtype="Int64")})


def test_hours_and_reach_by_year(tables):
    found = exposure(*tables).set_index(["unit", "period"])
    assert found.loc[("A", 2020), ["jp", "jp_since_start"]].tolist() == [8.0, 0.0]
    assert found.loc[("A", 2021), ["jp", "jp_since_start"]].tolist() == [18.0, 18.0]  # who did not come does not count
    assert found.loc[("A", 2022), ["jp", "jp_since_start"]].tolist() == [21.0, 39.0]
    assert found.loc[("A", 2021), ["training", "mentoring", "course"]].tolist() == [0.5, 0.5, 0.0]
    assert found.loc[("A", 2022), ["course", "other"]].tolist() == [0.5, 0.5]
    assert found.loc[("B", 2022), ["jp", "jp_since_start"]].tolist() == [2.0, 0.0]
    assert found["under"].tolist() == [False, True, True, False]


def test_school_means_over_the_years_under_treatment(tables):
    found = by_unit(exposure(*tables))
    assert found.index.tolist() == ["A"]
    row = found.loc["A"]
    assert (row["jp_year"], row["jp_total"], row["years"]) == (19.5, 39.0, 2)
    assert (row["training"], row["mentoring"], row["course"]) == (0.25, 0.25, 0.25)


def test_a_teacher_who_left_the_list_does_not_push_a_share_above_one(tables):
    training, teachers, treatment = tables
    few = teachers[(teachers["period"] != 2021) | (teachers["person"] == "a")]
    more = pd.concat([training, training[training["period"] == 2021].assign(person="b", activity="seminar")])
    assert exposure(more, few, treatment)["training"].max() == 1.0


def test_mixes_of_arms():
    reach = pd.DataFrame(
        {
            "training": [0.6, 0.2, 0.5, 0.1],
            "mentoring": [0.5, 0.7, 0.0, 0.1],
            "course": [0.0, 0.1, 0.2, 0.0],
            "other": 0.0,
        },
        index=list("abcd"),
    )
    assert mixes(reach).tolist() == ["training+mentoring", "mentoring+course", "training+course", "light"]
