"""The full demonstration's estimates on the other aims against its truth."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from pipeline.chapters import delivery, feedback, frankness, motivation, professionalism, service
from pipeline.clean.run import CleanResult
from pipeline.ledger.entries import Results, read_results
from pipeline.ledger.gate import WITHHELD
from pipeline.methods.indicators import scales
from pipeline.notebook import Edition
from pipeline.study import ROOT, Study
from tests.demo_study import blank_figures

TRUTH = json.loads((ROOT / "tests/demo/truth/standard-full.json").read_text())


@pytest.fixture(scope="module")
def edition(medan: Study, demonstration: CleanResult, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    this = Edition(medan, 2024, tmp_path_factory.mktemp("aims"))
    shutil.copytree(demonstration.folder, this.tables_folder)
    return this


@pytest.fixture(scope="module")
def results(edition: Edition) -> Results:
    with blank_figures(), edition.ledger("all") as ledger:
        for topic in (delivery, feedback, frankness, motivation, professionalism, service):
            topic.record(ledger, edition)
    return read_results(edition.results_folder)


def _covers(results: Results, name: str, truth: float, slack: float = 0.0) -> bool:
    number = results.numbers[name]
    assert number.low is not None
    assert number.high is not None
    return number.low - slack <= truth <= number.high + slack


def test_effect_on_public_satisfaction(results: Results) -> None:
    assert _covers(results, "skm_effect", TRUTH["skm"]["att"])


@pytest.mark.parametrize("arm", ["training", "mentoring", "course"])
def test_effects_on_ip_asn_without_competence(results: Results, arm: str) -> None:
    # the truth averages over person-years and the estimate over cohorts' cells: half a point of slack in sixty
    assert _covers(results, f"ip_asn_index_rest_{arm}", TRUTH["ip_asn"][arm], 0.25)


def test_competence_rises_by_construction(results: Results) -> None:
    whole, rest = (results.numbers[f"ip_asn_{name}_training"].value for name in ("index", "index_rest"))
    assert whole > 5 * rest > 0


@pytest.mark.parametrize("name", ["tbl_ip_asn_effects", "tbl_ip_asn_dimensions"])
def test_what_training_moves_by_the_rule_of_scoring_is_called_no_evidence(results: Results, name: str) -> None:
    said = {(row["outcome"] in professionalism.BY_RULE): set() for row in results.tables[name].rows}
    for row in results.tables[name].rows:
        said[row["outcome"] in professionalism.BY_RULE].add(row["verdict"])
    assert said[True] == {"by_rule"}
    assert "by_rule" not in said[False]


def test_effects_on_the_state_of_mind(edition: Edition, results: Results) -> None:
    answers = edition.table("answers")
    for scale in edition.study.survey.scales:  # type: ignore[union-attr]
        # a scale's standard deviation holds its error of measurement: the effect shrinks by the root of reliability
        alpha = scales.reliability(scales.turned(answers, scale, 5)).alpha
        assert _covers(results, f"effect_{scale.name}", TRUTH["survey"]["effects_sd"][scale.name] * alpha**0.5)


def test_response_rate_and_mechanism(results: Results) -> None:
    assert results.numbers["response_rate"].value == pytest.approx(100 * TRUTH["survey"]["response_rate"], abs=4)
    silence = pd.DataFrame(results.tables["tbl_silence"].rows).set_index("value")["effect"]
    assert silence["sex_M"] < 0
    assert silence["rank_group_PPPK"] < 0
    assert silence["mode_phone"] < 0


def test_sensitive_share_among_those_who_answered(results: Results) -> None:
    assert _covers(results, "sensitive_pooled", 100 * TRUTH["survey"]["sensitive_answers"])
    frank = TRUTH["survey"]["frank"] * TRUTH["survey"]["sensitive_answers"]
    assert _covers(results, "sensitive_direct", 100 * frank, 1.0)
    assert _covers(results, "hidden_share", 100 * (TRUTH["survey"]["sensitive_answers"] - frank))
    assert results.texts["frankness"] == "fear"
    # the fearful answer less often: the share among all invited is larger, and the report says so
    assert TRUTH["survey"]["sensitive_frame"] > TRUTH["survey"]["sensitive_answers"] + 0.05


def test_bounds_hold_the_mean_of_everybody(results: Results) -> None:
    for scale in ("motivation", "commitment"):
        bounds = results.numbers[f"bounds_{scale}"]
        assert bounds.low is not None
        assert bounds.high is not None
        assert bounds.low < 3.35 + 0.6 * TRUTH["survey"]["means_frame"][scale] < bounds.high


def test_mentors_who_are_no_seniors(edition: Edition, results: Results) -> None:
    pairs = edition.table("mentoring")
    shares = pairs["seniority"].value_counts(normalize=True)
    assert 0.01 < shares["no_mentor"] < 0.03
    assert results.numbers["mentoring_early"].value == pytest.approx(12, abs=2)


def test_no_cell_below_the_threshold_and_no_person(edition: Edition, results: Results) -> None:
    least = edition.study.disclosure.min_persons
    for name, column in (("tbl_mentoring", "pairs"), ("tbl_themes", "answers"), ("tbl_response_groups", "eligible")):
        counts = [row[column] for row in results.tables[name].rows if row[column] not in (None, WITHHELD)]
        assert all(count == 0 or count >= least for count in counts), name
    persons = set(edition.table("staff")["person"])
    for path in Path(edition.results_folder).glob("*.json"):
        text = path.read_text()
        assert not any(person in text for person in list(persons)[:300])
