"""Cohorts that are too small to carry an effect: who reads all tables cannot tell how large one of them is."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from pipeline.audit.bounds import narrowed
from pipeline.chapters import cohorts, effects, group_time, inference, programme
from pipeline.chapters.analysis import estimate_outcome
from pipeline.languages.catalogue import say
from pipeline.languages.known import languages
from pipeline.ledger.counts import Thresholds
from pipeline.ledger.entries import Ledger, Results, read_ledgers
from pipeline.ledger.gate import WITHHELD, gate
from pipeline.report.doc import Doc
from pipeline.report.prose import Prose
from pipeline.study import Study
from tests.chapters.test_exhibits_estimators import schools
from tests.demo_study import blank_figures
from tests.given import Given

PICTURES = True
"""The trends' own picture is looked at."""


def _with_small(*sizes: int) -> pd.DataFrame:
    """The panel of sixty schools in which the first never-treated ones start in years of their own, so many in each."""
    panel = schools()
    never = sorted(panel.loc[panel["cohort"].isna(), "unit"].unique())
    for year, (low, high) in zip(
        (2024, 2019, 2020), pairwise([sum(sizes[:k]) for k in range(len(sizes) + 1)]), strict=False
    ):
        panel.loc[panel["unit"].isin(never[low:high]), "cohort"] = year
    return panel


def _recorded(study: Study, panel: pd.DataFrame, folder: Path) -> Results:
    outcome = next(o for o in study.outcomes if o.name == "literacy")
    alone = study.model_copy(update={"outcomes": [outcome], "covariates": [], "sources": {}})
    assert study.smallest_cohort == 3
    found = {outcome.name: estimate_outcome(study, panel, outcome)}
    this = Given(alone, folder, {"panel": panel}, found)
    for name, topics in (
        ("02_programme", (programme._participation,)),
        ("03_effects", (effects.record, group_time.record, inference.record)),
    ):
        with Ledger(name, folder, languages=("en",), thresholds=Thresholds(units=3)) as ledger:
            for record in topics:
                record(ledger, this)
    return read_ledgers(folder)


@pytest.mark.parametrize("sizes", [(1, 2), (2,), (1, 1, 2)])
def test_no_small_cohort_is_told_by_itself_and_none_that_carries_an_effect_is_hidden_for_it(
    medan: Study, tmp_path: Path, sizes: tuple[int, ...]
) -> None:
    panel = _with_small(*sizes)
    results = _recorded(medan, panel, tmp_path)
    published = gate(results)
    rows = {row["cohort"]: row["units"] for row in published.tables["tbl_cohorts"].rows}
    carrying = set(pd.DataFrame(results.tables["tbl_cohort_literacy"].rows)["cohort"])
    assert set(rows) == {*carrying, cohorts.SMALLER, "never"}
    assert WITHHELD not in rows.values()
    # who starts in 2020, when nothing was measured, is measured with the cohort of 2021
    assert rows[cohorts.SMALLER] == sum(sizes[:2])
    assert not published.numbers["n_treated"].withheld
    assert narrowed(results, published) == []
    drawn = results.tables["fig_trends_literacy"].rows
    assert len(drawn) == (len(carrying) + 1) * panel["period"].nunique(), "a joined line told them by difference"


def test_a_study_without_small_cohorts_tells_each(medan: Study, tmp_path: Path) -> None:
    published = gate(_recorded(medan, schools(), tmp_path))
    rows = {row["cohort"]: row["units"] for row in published.tables["tbl_cohorts"].rows}
    assert cohorts.SMALLER not in rows
    assert WITHHELD not in rows.values()


def test_page_one_counts_who_is_compared_and_not_who_took_part(medan: Study, tmp_path: Path) -> None:
    panel = _with_small(1, 2)
    unmeasured = sorted(panel.loc[panel["cohort"].isna(), "unit"].unique())[:4]
    panel.loc[panel["unit"].isin(unmeasured[:3]), "literacy"] = float("nan")
    gone = panel["unit"].eq(unmeasured[3]) & (panel["period"] > 2019)  # measured before the first start only
    panel.loc[gone, "literacy"] = float("nan")
    results = _recorded(medan, panel, tmp_path)
    found = {name: round(number.value) for name, number in results.numbers.items() if name.startswith("n_")}
    took_part = panel.groupby("unit")["cohort"].first().notna()
    assert found["n_treated"] == took_part.sum()
    assert found["n_compared_treated"] == took_part.sum() - 3
    assert found["n_compared_never"] == (~took_part).sum() - 4
    overall = next(row for row in results.tables["tbl_effects"].rows if row["outcome"] == "literacy")
    assert found["n_compared_treated"] + found["n_compared_never"] == overall["units"]
    doc = Doc(Prose(medan, 2024, "en", gate(results), tmp_path / "figures"))
    assert cohorts.differ(doc) == "no"
    rows = {row["method"]: row for row in results.tables["tbl_inference_literacy"].rows}
    assert rows["unit_normal"]["draws"] == overall["units"]


@pytest.mark.parametrize("few", [True, False])
def test_what_kind_of_standard_error_stands_there_is_told(medan: Study, tmp_path: Path, few: bool) -> None:
    """Three that take part among many: their own spread tells too little, and the tables may not call it theirs."""
    panel = schools()
    if few:
        treated = sorted(panel.loc[panel["cohort"] == 2022, "unit"].unique())[3:]
        panel = panel[~panel["unit"].isin(treated) & (panel["cohort"].isna() | (panel["cohort"] == 2022))]
    outcome = next(o for o in medan.outcomes if o.name == "literacy")
    study = medan.model_copy(update={"outcomes": [outcome], "covariates": [], "sources": {}})
    found = {outcome.name: estimate_outcome(study, panel, outcome)}
    assert (found[outcome.name].main.overall.extra["variance"] == "pooled") == few
    with blank_figures(), Ledger("03_effects", tmp_path, languages=languages()) as ledger:
        effects.record(ledger, Given(study, tmp_path, {"panel": panel}, found))
        inference.record(ledger, Given(study, tmp_path, {"panel": panel}, found))
    tables = read_ledgers(tmp_path).tables
    for lang, words in (("en", "to vary alike"), ("id", "beragam sama besar")):
        for name in ("tbl_effects", "tbl_inference_literacy"):
            assert (words in say(tables[name].notes, lang)) == few
