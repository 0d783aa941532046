"""What stands beside the table of effects where its numbers say nothing as they print."""

from __future__ import annotations

import pandas as pd
import pytest
from scipy import special

from pipeline.chapters import effects, group_time, robustness
from pipeline.chapters.analysis import estimate_outcome
from pipeline.languages.catalogue import say
from pipeline.ledger.entries import Ledger, read_results
from pipeline.report.doc import Doc
from pipeline.report.prose import Prose
from pipeline.study import Outcome
from tests.chapters.test_exhibits_estimators import schools
from tests.demo_study import blank_figures
from tests.given import Given


@pytest.mark.parametrize(
    ("se", "more", "away"),
    [
        (0.0004, {}, True),
        (0.0006, {}, False),
        (0.0004, {"decimals": 4}, False),
        (0.00001, {"unit": "share"}, False),
        (0.000001, {"unit": "share"}, True),
        (0.0, {}, False),
    ],
)
def test_a_standard_error_rounds_away_by_the_decimals_that_are_printed(se, more, away):
    assert effects.rounds_away(se, Outcome(name="y", label={"en": "Y"}, **{"unit": "points", **more})) is away


@pytest.mark.parametrize(("lang", "words"), [("en", "too few decimals"), ("id", "desimal yang terlalu sedikit")])
def test_numbers_that_print_as_zero_are_said_to_be_none(medan, tmp_path, lang, words):
    panel = schools()
    study = medan.model_copy(update={"outcomes": [medan.outcome("literacy")], "covariates": []})
    for name, scale, said in (("plain", 1.0, False), ("tiny", 1e-7, True)):
        shown = panel.assign(literacy=panel["literacy"] * scale)
        found = {"literacy": estimate_outcome(study, shown, study.outcomes[0])}
        with blank_figures(), Ledger("03_effects", tmp_path / name) as ledger:
            effects.record(ledger, Given(study, tmp_path, {"panel": shown}, found))
        doc = Doc(Prose(study, 2024, lang, read_results(tmp_path / name), tmp_path / name / "figures"))
        effects.results(doc)
        assert (words in doc.markdown()) is said


def test_the_test_of_trends_is_named_by_the_law_that_its_p_value_is_read_from(medan, tmp_path):
    panel = schools()
    study = medan.model_copy(update={"outcomes": [medan.outcome("literacy")], "covariates": []})
    found = {"literacy": estimate_outcome(study, panel, study.outcomes[0])}
    with blank_figures(), Ledger("04_robustness", tmp_path / "ledger") as ledger:
        robustness.record(ledger, Given(study, tmp_path, {"panel": panel}, found))
    table = read_results(tmp_path / "ledger").tables["tbl_pretrends"]
    row = table.rows[0]
    assert special.fdtrc(row["df"], row["df_rest"], row["stat"]) == pytest.approx(row["p"])
    heads = {column.key: column.label for column in table.columns}
    assert say(heads["stat"], "en") == say(heads["stat"], "id") == "F"


@pytest.mark.parametrize("most", [4, 60])
def test_rows_of_joined_cells_say_on_which_side_of_the_start_they_lie(medan, tmp_path, monkeypatch, most):
    """Cohorts that are joined start in different periods, so that the periods before and after may overlap."""
    monkeypatch.setattr(group_time.bins, "MOST_CELLS", most)
    study, panel = medan.model_copy(update={"outcomes": [medan.outcome("literacy")], "covariates": []}), schools()
    found = {"literacy": estimate_outcome(study, panel, study.outcomes[0])}
    with blank_figures(), Ledger("03_effects", tmp_path) as ledger:
        group_time.record(ledger, Given(study, tmp_path, {"panel": panel}, found))
    table = read_results(tmp_path).tables["tbl_attgt_literacy"]
    rows, joined = pd.DataFrame(table.rows), most == 4
    assert ("side" in {column.key for column in table.columns}) is joined
    if joined:
        assert set(rows["side"]) == {"before", "after"}
        for _, own in rows.groupby("bin_cohort", sort=False):
            assert own["side"].tolist() == sorted(own["side"], reverse=True), "before stands before after"
        assert not rows.duplicated(["bin_cohort", "side", "bin_period"]).any()
