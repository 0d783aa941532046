"""A cohort of fewer units than the threshold: nothing printed or drawn tells its effect or its size."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from pipeline.audit.bounds import narrowed
from pipeline.chapters import group_time
from pipeline.chapters.analysis import estimate_outcome
from pipeline.ledger.counts import Thresholds
from pipeline.ledger.entries import Ledger, Results, read_ledgers
from pipeline.ledger.gate import WITHHELD, gate
from pipeline.study import Study
from tests.chapters.test_exhibits_estimators import schools
from tests.given import Given

PICTURES = True


@pytest.fixture(scope="module")
def recorded(medan: Study, tmp_path_factory: pytest.TempPathFactory) -> tuple[Results, Results]:
    """Sixty schools, of which four alone entered last; the threshold is five."""
    panel = schools()
    last = sorted(panel.loc[panel["cohort"] == 2023, "unit"].unique())
    panel = panel[~panel["unit"].isin(last[4:])]
    outcome = next(o for o in medan.outcomes if o.name == "literacy")
    folder = tmp_path_factory.mktemp("few")
    with Ledger("03_effects", folder, languages=("en",), thresholds=Thresholds(units=5)) as ledger:
        alone = medan.model_copy(update={"outcomes": [outcome]})
        effects = {outcome.name: estimate_outcome(medan, panel, outcome)}
        group_time.record(ledger, Given(alone, folder, {}, effects))
    results = read_ledgers(folder)
    return results, gate(results)


def _hidden(published: Results, table: str, key: str) -> pd.Series:
    rows = pd.DataFrame(published.tables[table].rows)
    return rows.loc[rows[key] == WITHHELD].groupby("cohort").size()


def test_the_small_cohort_and_another_are_hidden_whole(recorded) -> None:
    results, published = recorded
    cohorts = _hidden(published, "tbl_cohort_literacy", "value")
    assert len(cohorts) == 2
    assert "2023" in cohorts.index
    periods = pd.DataFrame(results.tables["tbl_attgt_literacy"].rows).groupby("cohort").size()
    for table, keys in (("tbl_attgt_literacy", ("value", "n_treated")), ("tbl_cells_literacy", ("n_units", "n_obs"))):
        for key in keys:
            found = _hidden(published, table, key)
            assert set(cohorts.index) <= set(found.index)
            assert (found[cohorts.index] >= periods[cohorts.index]).all()
    assert narrowed(results, published) == []


def test_no_number_of_a_sentence_is_that_of_a_hidden_cohort(recorded) -> None:
    results, published = recorded
    cohorts = pd.DataFrame(results.tables["tbl_cohort_literacy"].rows).set_index("cohort")["value"]
    hidden = set(_hidden(published, "tbl_cohort_literacy", "value").index)
    for name, number in published.numbers.items():
        if not number.withheld:
            assert not any(number.value == pytest.approx(cohorts[cohort], abs=1e-9) for cohort in hidden), name


def test_the_figures_draw_no_hidden_cohort(recorded) -> None:
    """What the figure of cohorts marks beside the overall effect is as many cohorts as the table shows."""
    results, published = recorded
    figure = published.figures.get("fig_cohort_literacy")
    assert figure is not None
    svg = (Path(results.folder) / figure.files["en"]["svg"]).read_text(encoding="utf-8")
    labels = re.findall(r"<!-- (.*?) \(n\s=\s\d+\) -->", svg)  # the text of each label stands before its outlines
    assert len(published.tables["tbl_cohort_literacy"].rows) == 3
    assert labels == ["2020/2021"]
