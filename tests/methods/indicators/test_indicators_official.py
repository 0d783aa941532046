"""Official scores: every edge of the bands, the SKM weights, IP ASN with and without competence, panels of persons."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pipeline.methods.indicators.bands import IP_ASN, SKM, round_half_up
from pipeline.methods.indicators.ip_asn import by_period, person_panel, scored
from pipeline.methods.indicators.skm import ELEMENTS, elements, grades_by_period, unit_scores


@pytest.mark.parametrize(
    ("score", "grade"),
    [
        (100.0, "A"), (88.31, "A"), (88.305, "A"), (88.304, "B"), (88.30, "B"), (76.61, "B"), (76.605, "B"), (76.60, "C"),
        (65.0, "C"), (64.995, "C"), (64.994, "D"), (64.99, "D"), (25.0, "D"), (24.0, None), (float("nan"), None),
    ],
)  # fmt: skip
def test_grades_of_skm(score: float, grade: str | None) -> None:
    assert SKM.grade(score) == grade


@pytest.mark.parametrize(
    ("score", "band"),
    [(91, "very_high"), (90.5, "very_high"), (90, "high"), (81, "high"), (80.5, "high"), (80, "moderate"), (70, "low"),
     (61, "low"), (60.5, "low"), (60, "very_low"), (0, "very_low")],
)  # fmt: skip
def test_bands_of_ip_asn(score: float, band: str) -> None:
    assert IP_ASN.grade(score) == band


def test_rounding_is_half_up_not_to_even() -> None:
    assert [str(round_half_up(x, 2)) for x in (0.125, 2.675, 88.305, 0.145)] == ["0.13", "2.68", "88.31", "0.15"]


def _skm(value: float, n: int = 10) -> pd.DataFrame:
    return pd.DataFrame(
        {"unit": ["u"], "period": [2023], "n": [n], **{name: [value] for name in ELEMENTS}, "sd": [1.0]}
    )


def test_nine_full_marks_are_one_hundred() -> None:
    assert unit_scores(_skm(4.0))["score"].iloc[0] == pytest.approx(100.0)  # 0.111 as a weight would give 99.9


def test_the_score_is_the_mean_times_25() -> None:
    table = _skm(3.0)
    table["u1"] = 2.1
    assert unit_scores(table)["score"].iloc[0] == pytest.approx(25 * (8 * 3.0 + 2.1) / 9)


def test_no_score_without_an_element_or_with_few_respondents() -> None:
    gap = _skm(3.0)
    gap["u9"] = np.nan
    assert unit_scores(gap)["score"].isna().all()
    assert unit_scores(_skm(3.0, n=4))["grade"].iloc[0] is None


def test_grades_are_counted_with_those_left_out() -> None:
    table = pd.concat([_skm(3.9), _skm(3.2), _skm(3.2, n=2)], ignore_index=True)
    row = grades_by_period(unit_scores(table)).iloc[0]
    assert (row["units"], row["without"], row["A"], row["B"]) == (2, 1, 1, 1)


def test_elements_weigh_units_by_respondents() -> None:
    table = pd.concat([_skm(4.0, n=30), _skm(2.0, n=10)], ignore_index=True)
    assert elements(table).iloc[0]["value"] == pytest.approx(25 * 3.5)


def _index(persons: int = 4) -> pd.DataFrame:
    return pd.DataFrame(
        [
            (f"p{k}", "u1", period, 15.0, 10.0 + 15 * (k == 0 and period == 2022), 25.0, 5.0)
            for k in range(persons)
            for period in (2020, 2021, 2022)
        ],
        columns=["person", "unit", "period", "qualification", "competence", "performance", "discipline"],
    )


def test_the_index_with_and_without_competence() -> None:
    table = scored(_index())
    one = table[(table["person"] == "p0") & (table["period"] == 2022)].iloc[0]
    assert (one["index"], one["index_rest"], one["band"]) == (70.0, 45.0, "low")
    gap = _index()
    gap.loc[0, "performance"] = np.nan
    assert np.isnan(scored(gap).loc[0, "index"])
    assert np.isnan(scored(gap).loc[0, "index_rest"])


def test_coverage_is_of_the_roster() -> None:
    staff = pd.DataFrame({"person": [f"p{k}" for k in range(8)], "period": 2022})
    assert by_period(scored(_index()), staff).set_index("period").loc[2022, "coverage"] == pytest.approx(50.0)


def test_person_panels_leave_out_early_starters_and_other_arms() -> None:
    rows = [
        ("p0", 2021, "workshop", True), ("p1", 2020, "seminar", True), ("p2", 2021, "mentoring", True),
        ("p2", 2022, "workshop", True), ("p3", 2022, "workshop", False),
    ]  # fmt: skip
    training = pd.DataFrame(rows, columns=["person", "period", "activity", "attended"])
    panel, left_out = person_panel(scored(_index()), training, "training")
    assert set(panel["unit"]) == {"p0", "p3"}  # p3 registered and did not come: never reached
    assert panel.groupby("unit")["cohort"].first().to_dict() == {"p0": 2021, "p3": pd.NA} or (
        panel.loc[panel["unit"] == "p0", "cohort"].eq(2021).all()
        and panel.loc[panel["unit"] == "p3", "cohort"].isna().all()
    )
    assert left_out == {"p1"}
    mentored, early = person_panel(scored(_index()), training, "mentoring")
    assert early == frozenset()
    both = pd.concat([training, pd.DataFrame([("p1", 2020, "mentoring", True)], columns=training.columns)])
    # who began both ways in the first year is one person
    assert {person_panel(scored(_index()), both, arm)[1] for arm in ("training", "mentoring")} == {frozenset({"p1"})}
    assert "p2" in set(mentored["unit"])
