"""The field's checklists are answered from the ledger: an answer holds only where its condition does."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from pipeline.chapters import checklist
from pipeline.languages.known import languages
from pipeline.ledger.entries import Ledger, read_results
from pipeline.report.doc import Doc
from pipeline.report.prose import Prose

Answered = Callable[..., dict[str, str]]

SIZES = {
    name: {"value": value}
    for name, value in {"n_treated": 260, "n_never": 175, "n_compared_treated": 256, "n_compared_never": 172}.items()
}


@pytest.fixture
def answered(medan, tmp_path) -> Answered:
    """The answers by question, on a ledger with these further numbers and a study with these changes."""

    def run(lang: str = "en", *, numbers: dict | None = None, texts: dict | None = None, **study) -> dict[str, str]:
        one = medan.model_copy(update={"outcomes": medan.outcomes[:2], "aims": [], **study})
        with Ledger("03_effects", tmp_path / "ledger") as ledger:
            for name, number in {**SIZES, **(numbers or {})}.items():
                ledger.number(name, **{"decimals": 0, **number})
            for name, text in (texts or {}).items():
                ledger.text(name, text)
        doc = Doc(Prose(one, 2024, lang, read_results(tmp_path / "ledger"), tmp_path / "figures"))
        return {key: doc.sentence(answer(doc)) for key, _, answer in checklist.ITEMS}

    return run


@pytest.mark.parametrize("lang", languages())
def test_every_question_has_an_answer_whatever_the_ledger_lacks(answered, lang) -> None:
    found = answered(lang)
    assert len(found) == 14
    assert all(len(text) > 10 for text in found.values()), found


def test_staggered_entry_is_said_only_where_cohorts_are_several(answered) -> None:
    assert answered()["timing"].startswith("Yes")
    several = {"cohorts_differ_literacy": {"value": 3.0, "p": 0.2, "decimals": 2}}
    assert answered(numbers=several)["timing"].startswith("No.")


def test_trends_name_their_test_or_say_that_there_is_none(answered) -> None:
    assert "too few periods" in answered()["trends"]
    tested = {f"pretrend_{name}": {"value": 3.0, "p": 0.21, "decimals": 2} for name in ("literacy", "numeracy")}
    found = answered(numbers=tested)["trends"]
    assert "too few periods" not in found
    assert found.count("0.210") == 2


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "does not show that trends are parallel"), ("id", "tidak membuktikan")]
)
def test_no_test_passed_stands_for_parallel_trends(answered, lang, words) -> None:
    """What the test could have found stands beside it; a scale is assumed, and never said to be the right one."""
    tested = {
        "pretrend_literacy": {"value": 3.0, "p": 0.21, "decimals": 2},
        "detectable_bias_literacy": {"value": 0.098, "decimals": 3},
    }
    found = answered(lang, numbers=tested)
    assert words in found["trends"]
    assert re.search(r"0[.,]098", found["trends"])
    assert {"en": "assumed", "id": "asumsi"}[lang] in found["form"]


@pytest.mark.parametrize("lang", languages())
def test_an_answer_gives_the_number_that_the_question_is_about(answered, lang) -> None:
    values = {"att": 0.108, "att_adjusted": 0.107, "earlier_base": 0.059}
    numbers = {f"{name}_literacy": {"value": value, "decimals": 3} for name, value in values.items()}
    differ = {"cohorts_differ_literacy": {"value": 3.0, "p": 0.03, "decimals": 2}}
    found = answered(lang, numbers={**numbers, **differ}, texts={"verdict_literacy": "moderate"})
    assert re.search(r"0[.,]108.*0[.,]107", found["covariates"])
    assert re.search(r"0[.,]030", found["heterogeneity"])
    silent = answered(lang, numbers=numbers, texts={"verdict_literacy": "not_credible"})
    assert not re.search(r"0[.,]10", silent["covariates"]), "of which no effect is told"


def test_where_everybody_starts_in_the_end_no_comparison_with_the_never_treated_is_claimed(answered) -> None:
    assert "none was never treated" in answered(numbers={"n_never": {"value": 0}})["comparison"]
    assert "With those never treated" in answered()["comparison"]


def test_a_lot_and_a_base_period_moved_back_are_claimed_only_where_they_are(answered, medan) -> None:
    assert "not drawn by lot" in answered()["trends"]
    drawn = answered(program=medan.program.model_copy(update={"timing": "random"}))["trends"]
    assert "not drawn by lot" not in drawn
    assert "as far as the start was drawn by lot" in drawn
    counted = {"estimators_count_literacy": {"value": 9}}
    assert "No estimate that allows for anticipation" in answered(numbers=counted)["anticipation"]


def test_how_large_a_violation_is_survived_comes_from_the_ledger(answered) -> None:
    assert "No violation is named" in answered()["violations"]
    found = answered(numbers={"sensitivity_mbar_literacy": {"value": 0.78, "decimals": 2}})["violations"]
    assert "0.78 times the largest before entry" in found


def test_weights_covariates_and_comparison_follow_the_study(answered, medan) -> None:
    assert answered()["weights"] == "Every unit counts alike."
    longer = {"att_by_unit_literacy": {"value": 0.1, "decimals": 3}}
    assert "counts by the number of units of its cohort" in answered(numbers=longer)["weights"]
    assert "no covariates" in answered(covariates=[])["covariates"]
    not_yet = medan.inference.model_copy(update={"control": "not_yet"})
    assert answered(inference=not_yet)["comparison"].startswith("With those not yet treated")
    assert answered()["comparison"].startswith("With those never treated")


def test_holm_is_named_only_with_several_primary_outcomes(answered, medan) -> None:
    assert "Holm" in answered()["several"]
    assert "Holm" not in answered(outcomes=medan.outcomes[:1])["several"]


@pytest.mark.parametrize(
    ("until", "said", "not_said"),
    [("", "Yes", "already lay"), ("2023", "Only for data after 2023", "Yes"), ("2024", "It cannot be shown", "Yes")],
)
@pytest.mark.parametrize("revisions", [0, 2])
def test_choices_are_said_to_precede_the_data_only_where_they_do(answered, until, said, not_said, revisions) -> None:
    counted = {"plan_choices": 167, "plan_deviations": 0, "plan_revisions": revisions}
    numbers = {name: {"value": value} for name, value in counted.items()}
    found = answered(numbers=numbers, texts={"plan_data_until": until})["planned"]
    assert found.startswith(said)
    assert not_said not in found
    assert ("revised 2 times" in found) == (revisions > 0)
    assert answered()["planned"] == "No plan was frozen."
