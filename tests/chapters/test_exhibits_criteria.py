"""The OECD's criteria are rated by what verdicts and baseline say, and by nothing else."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from pipeline.chapters import criteria
from pipeline.chapters.criteria import CRITERIA, RATINGS, rate
from pipeline.ledger.entries import Ledger, read_results
from tests.given import Given


def _effects(study, *, gap: float = -0.3, low: float = 0.1, high: float = 0.5, last: int = 2) -> dict:
    found = {}
    for outcome in study.outcomes:
        balance = pd.DataFrame({"variable": [outcome.name], "cohort": [None], "std_diff": [gap]})
        times = pd.DataFrame({"event_time": range(last + 1), "low": low, "high": high})
        event = SimpleNamespace(table=times)
        found[outcome.name] = SimpleNamespace(balance=balance, main=SimpleNamespace(event=event))
    return found


def _verdicts(study, **codes: str) -> dict:
    return {o.name: SimpleNamespace(code=codes.get(o.name, codes.get("rest", "strong"))) for o in study.outcomes}


def test_what_has_no_data_is_not_assessable(medan) -> None:
    found = rate(medan, _effects(medan), _verdicts(medan))
    assert tuple(found) == CRITERIA
    assert set(found.values()) <= set(RATINGS)
    assert found["coherence"] == found["efficiency"] == "not_assessable"


@pytest.mark.parametrize(
    ("codes", "effectiveness", "impact"),
    [
        ({"rest": "strong"}, "partly", "met"),  # aims that are not measured keep it from "met"
        ({"rest": "moderate"}, "partly", "partly"),
        ({"rest": "none", "literacy": "strong"}, "partly", "partly"),  # mixed
        ({"rest": "weak_decline"}, "not_met", "not_met"),
        ({"rest": "not_assessable"}, "not_assessable", "not_assessable"),
        ({"rest": "none"}, "not_shown", "not_shown"),
        ({"rest": "weak"}, "not_shown", "not_shown"),
        ({"rest": "strong", "numeracy": "decline"}, "not_met", "not_met"),
        ({"rest": "not_credible"}, "not_assessable", "not_assessable"),
    ],
)
def test_effectiveness_and_impact_follow_the_verdicts(medan, codes, effectiveness, impact) -> None:
    found = rate(medan, _effects(medan), _verdicts(medan, **codes))
    assert (found["effectiveness"], found["impact"]) == (effectiveness, impact)


def test_effects_on_other_aims_count(medan) -> None:
    numbers = [i.number for aim in medan.aims for i in aim.indicators if i.design == "effect"]
    assert len(numbers) >= 5
    all_strong = dict.fromkeys(numbers, "strong")
    found = [
        rate(medan, _effects(medan), _verdicts(medan), others)["effectiveness"]
        for others in (all_strong, {**all_strong, numbers[0]: "none"}, {**all_strong, numbers[0]: "decline"}, {})
    ]
    assert found == ["met", "partly", "not_met", "partly"]


def test_effectiveness_is_met_where_every_aim_is_measured(medan) -> None:
    bare = medan.model_copy(update={"aims": []})
    assert rate(bare, _effects(bare), _verdicts(bare))["effectiveness"] == "met"


@pytest.mark.parametrize(("gap", "rating"), [(-0.3, "partly"), (0.0, "not_shown"), (0.3, "not_shown")])
def test_relevance_asks_whether_the_weaker_were_reached(medan, gap, rating) -> None:
    assert rate(medan, _effects(medan, gap=gap), _verdicts(medan))["relevance"] == rating


def test_where_lower_is_better_signs_turn(medan) -> None:
    turned = [outcome.model_copy(update={"better": "lower"}) for outcome in medan.outcomes]
    study = medan.model_copy(update={"outcomes": turned})
    found = rate(study, _effects(study, gap=0.3, low=-0.5, high=-0.1), _verdicts(study))
    assert (found["relevance"], found["sustainability"]) == ("partly", "partly")


@pytest.mark.parametrize(
    ("options", "codes", "rating"),
    [
        ({}, {}, "partly"),
        ({"low": -0.1}, {}, "not_shown"),
        ({}, {"rest": "none"}, "not_shown"),
        ({"last": 0}, {}, "not_assessable"),
    ],
)
def test_sustainability_asks_for_the_last_effect(medan, options, codes, rating) -> None:
    assert rate(medan, _effects(medan, **options), _verdicts(medan, **codes))["sustainability"] == rating


def test_ratings_are_codes_of_the_ledger(medan, tmp_path) -> None:
    with Ledger("07_verdict", tmp_path) as results:
        criteria.record(results, Given(medan, tmp_path, {}, _effects(medan), _verdicts(medan)))
    assert {f"dac_{name}" for name in CRITERIA} == set(read_results(tmp_path).texts)
