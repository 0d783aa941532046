"""Delivery, mentoring and equity by hand."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from pipeline.methods.indicators import delivery, equity, mentoring


def _training(rows: list[tuple[str, int, str, float, bool]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["person", "period", "activity", "jp", "attended"])


def test_hours_count_where_attended_and_reach_is_for_good() -> None:
    staff = pd.DataFrame({"person": ["a", "b"] * 2, "period": [2021, 2021, 2022, 2022], "sex": ["F", "M"] * 2})
    training = _training(
        [("a", 2021, "workshop", 24, True), ("a", 2021, "seminar", 6, False), ("b", 2022, "seminar", 6, False)]
    )
    hours = delivery.yearly_hours(training, staff).set_index(["person", "period"])
    assert hours["jp"].to_dict() == {("a", 2021): 24, ("b", 2021): 0, ("a", 2022): 0, ("b", 2022): 0}
    assert hours["reached"].to_dict() == {("a", 2021): True, ("b", 2021): False, ("a", 2022): True, ("b", 2022): False}
    groups = delivery.by_group(hours.reset_index(), "sex").set_index("sex")
    assert groups.loc["F", "minimum"] == 50.0
    assert groups.loc["M", "never"] == 100.0


def test_no_shows_and_costs() -> None:
    training = _training(
        [("a", 2021, "workshop", 10, True), ("b", 2021, "workshop", 10, False), ("c", 2022, "workshop", 30, True)]
    )
    table = delivery.attendance(training).set_index("activity")
    assert table.loc["workshop", "no_show"] == pytest.approx(100 / 3)
    costs = pd.DataFrame(
        {"period": [2021, 2022, 2022], "activity": ["workshop", "workshop", "seminar"], "amount": [1e6, 3e6, 5e5]}
    )
    unit = delivery.unit_costs(training, costs).set_index("activity")
    assert unit.loc["workshop", "per_hour"] == pytest.approx(4e6 / 40)
    assert unit.loc["workshop", "per_person"] == pytest.approx(2e6)
    assert np.isnan(unit.loc["seminar", "per_hour"])


@pytest.mark.parametrize(
    ("mentor", "mentee", "expected"),
    [
        (("IV/a", "PNS", 2000), ("III/b", "PNS", 2010), "senior"),
        (("III/a", "PNS", 2000), ("III/b", "PNS", 2010), "not_senior"),
        (("III/b", "PNS", 2000), ("III/b", "PNS", 2010), "senior"),
        (("III/b", "PNS", 2012), ("III/b", "PNS", 2010), "not_senior"),
        (("IV/e", "PNS", 1990), ("IX", "PPPK", 2019), "not_comparable"),
        (("XI", "PPPK", 2019), ("IX", "PPPK", 2019), "senior"),
        ((None, "PNS", 2000), ("III/b", "PNS", 2010), "not_comparable"),
    ],
)
def test_seniority(mentor: tuple, mentee: tuple, expected: str) -> None:
    staff = pd.DataFrame(
        [("m", 2022, *mentor), ("j", 2022, *mentee)], columns=["person", "period", "rank", "employment", "appointed"]
    )
    rows = pd.DataFrame(
        {
            "person": ["j", "j"], "mentor": ["m", None], "period": 2022, "activity": "mentoring",
            "jp": 12.0, "attended": True,
            "start": dt.date(2022, 1, 3), "end": dt.date(2022, 1, 10),
            "sessions_planned": pd.array([8, None], dtype="Int64"), "sessions_held": pd.array([5, None], dtype="Int64"),
        }
    )  # fmt: skip
    table = mentoring.pairs(rows, staff)
    assert table["seniority"].tolist() == [expected, "no_mentor"]
    assert table["days"].tolist() == [7, 7]
    assert mentoring.early(table).tolist()[0] is True
    assert mentoring.early(table).isna().tolist() == [False, True]
    assert mentoring.loads(table)["mentees"].tolist() == [1]


def test_gini_and_lorenz_by_hand() -> None:
    assert equity.gini(np.array([5.0, 5.0, 5.0])) == pytest.approx(0.0)
    assert equity.gini(np.array([0.0, 0.0, 0.0, 8.0])) == pytest.approx(0.75)
    persons, hours = equity.lorenz(np.array([3.0, 1.0]), least=1)
    assert persons.tolist() == [0.0, 0.5, 1.0]
    assert hours.tolist() == [0.0, 0.25, 1.0]
    area = float(np.trapezoid(hours, persons))
    assert equity.gini(np.array([3.0, 1.0])) == pytest.approx(1 - 2 * area)


def test_theil_splits_exactly() -> None:
    rng = np.random.default_rng(1)
    hours, groups = pd.Series(rng.exponential(10, 200) * (rng.random(200) > 0.3)), pd.Series(rng.integers(0, 12, 200))
    found = equity.theil(hours, groups)
    assert found.total == pytest.approx(found.between + found.within)
    two = equity.theil(pd.Series([1.0, 3.0]), pd.Series(["a", "b"]))
    assert two.total == pytest.approx(0.5 * (0.5 * np.log(0.5) + 1.5 * np.log(1.5)))
    assert two.within == pytest.approx(0.0)


def test_standardised_difference_by_hand() -> None:
    assert equity.standardised_difference(pd.Series([1.0, 1, 0, 0]), pd.Series([1.0, 0, 0, 0])) == pytest.approx(
        0.25 / np.sqrt((0.25 + 0.1875) / 2)
    )
    assert equity.standardised_difference(pd.Series([1.0]), pd.Series([1.0])) is None
