"""What the report shows of sensitivity, on an invented study and on one with no change before the start."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from pipeline.chapters import sensitivity
from pipeline.ledger.entries import Ledger, Results, read_results
from pipeline.study import Study
from tests.chapters.robust_sample import effects_of, prose, schools
from tests.given import Given

BAD = re.compile(r"\bNone\b|\bnan\b|\?\?|\binf\b")


def recorded(folder: Path, study: Study, panel: pd.DataFrame) -> Results:
    with Ledger("04_robustness", folder) as results:
        sensitivity.record(results, Given(study, folder, {"panel": panel}, effects_of(study, panel)))
    return read_results(folder)


@pytest.fixture(scope="module")
def found(medan: Study, tmp_path_factory: pytest.TempPathFactory) -> Results:
    return recorded(tmp_path_factory.mktemp("sensitivity"), medan, schools())


def test_tables_are_of_the_primary_outcomes(found: Results) -> None:
    rows = pd.DataFrame(found.tables["tbl_sensitivity_breakdown"].rows)
    assert rows.groupby("outcome")["target"].apply(list).to_dict() == {
        "literacy": ["average", "first"],
        "numeracy": ["average", "first"],
    }
    assert (rows["low"] < rows["value"]).all()
    parts = pd.DataFrame(found.tables["tbl_sensitivity_leave_out"].rows)
    assert set(parts["kind"]) == {"cohort", "cluster", "period"}
    assert 2021 in set(parts["least_name"]) | set(parts["most_name"])
    assert {"fig_sensitivity_breakdown", "fig_sensitivity_areas"} == set(found.figures)


def test_what_the_pre_test_lets_through_is_of_the_test_that_the_table_of_trends_is_of(
    medan: Study, found: Results
) -> None:
    """Its note promises it: at the probability and level of that table the difference in trend is that table's."""
    effects = effects_of(medan, schools())
    rows = pd.DataFrame(found.tables["tbl_sensitivity_pretest"].rows).set_index(["outcome", "power"])
    for outcome in ("literacy", "numeracy"):
        before = effects[outcome].pretrend
        assert before.alpha != 0.05
        row = rows.loc[outcome, 100 * before.power]
        assert row["slope"] == pytest.approx(before.detectable_slope, rel=1e-9)
        assert row["bias"] == pytest.approx(before.detectable_bias, rel=1e-6)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_prose_says_how_large_a_violation_overturns_it(medan: Study, found: Results, tmp_path: Path, lang: str) -> None:
    text = prose(medan, found, tmp_path, lang, "sensitivity")
    assert not BAD.search(text)
    words = {"id": "simpulan bertahan", "en": "the conclusion holds"}[lang]
    assert text.count(words) == 2
    assert "@rambachanroth2023" in text


def test_without_a_change_before_the_start_the_rest_still_stands(medan: Study, tmp_path: Path) -> None:
    panel = schools()
    panel = panel[(panel["period"] >= 2019) & (panel["cohort"].isna() | (panel["cohort"] == 2021)).fillna(True)]
    found = recorded(tmp_path / "ledger", medan, panel)
    assert "tbl_sensitivity_breakdown" not in found.tables
    assert "tbl_sensitivity_leave_out" in found.tables
    for lang in ("id", "en"):
        assert not BAD.search(prose(medan, found, tmp_path, lang, "sensitivity"))
