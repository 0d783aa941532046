"""Protected questions: formulas by hand, known truths recovered, design checks that can fail."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pipeline.methods.feedback.list_experiment import list_checks, list_share
from pipeline.methods.feedback.randomised_response import device, randomised_share, under_random_answering
from pipeline.methods.feedback.sensitive import assignment_check, estimate
from pipeline.methods.feedback.shares import Share, agreement, design_mean
from pipeline.study import Study
from pipeline.study.survey import FORMATS, Sensitive


@pytest.fixture
def bank(medan: Study) -> Sensitive:
    assert medan.survey is not None
    assert medan.survey.sensitive is not None
    return medan.survey.sensitive


def _answers(responses: list[float]) -> pd.DataFrame:
    return pd.DataFrame({"response": responses, "weight": 1.0})


def _simulate(bank: Sensitive, n: int, share: float, frank: float, seed: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    form = rng.choice(FORMATS, n, p=[bank.shares[f] for f in FORMATS])
    yes, die, other = rng.random(n) < share, rng.random(n), rng.random(n) < bank.innocuous_share
    count = (rng.random((n, 4)) < [0.5, 0.3, 0.05, 0.9]).sum(axis=1)
    forced = np.where(die < bank.forced_yes, True, np.where(die < bank.forced_yes + bank.forced_no, False, yes))
    said = {
        "direct": yes & (rng.random(n) < frank), "list_control": count, "list_treatment": count + yes, "forced": forced,
        "warner": np.where(die < bank.warner, yes, ~yes), "crosswise": yes == other,
    }  # fmt: skip
    response = np.select([form == f for f in FORMATS], [said[f] for f in FORMATS]).astype(float)
    traits = {"sex": rng.choice(["M", "F"], n), "rank_group": "III", "mode": rng.choice(["web", "paper"], n)}
    return pd.DataFrame({"format": form, "response": response, "weight": 1.0, **traits})


def test_forced_response_by_hand(bank: Sensitive) -> None:
    # 60 of 100 say yes: (0.6 - 1/6) / (4/6) = 0.65, variance 0.6·0.4/99 / (4/6)²
    share = randomised_share(_answers([1.0] * 60 + [0.0] * 40), "forced", bank)
    assert share.value == pytest.approx(0.65)
    assert share.se == pytest.approx(np.sqrt(0.24 / 99) / (4 / 6))


def test_warner_by_hand(bank: Sensitive) -> None:
    # p = 5/6 and 40 % yes: (0.4 + 5/6 - 1) / (2·5/6 - 1) = 0.35
    assert randomised_share(_answers([1.0] * 40 + [0.0] * 60), "warner", bank).value == pytest.approx(0.35)


def test_crosswise_is_its_model(bank: Sensitive) -> None:
    a, b = device("crosswise", bank)
    for truth in (0.0, 0.3, 1.0):
        said = truth * bank.innocuous_share + (1 - truth) * (1 - bank.innocuous_share)
        assert (said - a) / b == pytest.approx(truth)


def test_random_answering_pulls_the_crosswise_model_to_a_half(bank: Sensitive) -> None:
    a, b = device("crosswise", bank)
    truth, guessing = 0.2, 0.3
    said = (1 - guessing) * (a + b * truth) + guessing / 2
    seen = Share((said - a) / b, 0.01, 100)
    assert truth < seen.value < 0.5
    assert under_random_answering(seen, "crosswise", bank, guessing) == pytest.approx(truth)


def test_list_by_hand() -> None:
    control, treatment = _answers([1.0, 2.0, 3.0]), _answers([2.0, 3.0, 3.0])
    share = list_share(control, treatment)
    assert share.value == pytest.approx(8 / 3 - 2)
    assert share.se == pytest.approx(np.sqrt(1 / 3 + (1 / 3) / 3))


def test_equal_weights_are_the_usual_mean() -> None:
    values = pd.Series([1.0, 4.0, 2.0, 9.0])
    share = design_mean(values, pd.Series(2.5, index=values.index))
    assert share.value == pytest.approx(4.0)
    assert share.se == pytest.approx(values.std() / 2)


def test_agreement_by_hand() -> None:
    pooled, p = agreement([Share(0.2, 0.1, 10), Share(0.4, 0.2, 10)])
    assert pooled.value == pytest.approx((0.2 * 100 + 0.4 * 25) / 125)
    assert pooled.se == pytest.approx(np.sqrt(1 / 125))
    assert 0.3 < p < 0.5  # Q = 0.8 on one degree of freedom


def test_all_designs_recover_the_truth(bank: Sensitive) -> None:
    found = estimate(_simulate(bank, 40_000, 0.3, 0.5, 1), bank)
    for name in ("list", "forced", "warner", "crosswise"):
        share = found.shares[name]
        assert abs(share.value - 0.3) < 3.5 * share.se, name
    assert abs(found.shares["direct"].value - 0.15) < 0.02
    assert found.hidden is not None
    assert abs(found.hidden.value - 0.15) < 0.04
    assert found.p_hidden < 0.001
    assert found.checks is not None
    assert found.checks.p > 0.05


def test_intervals_cover(bank: Sensitive) -> None:
    hits = 0
    for seed in range(150):
        low, high = estimate(_simulate(bank, 1500, 0.3, 1.0, seed), bank).pooled.interval()  # type: ignore[union-attr]
        hits += low <= 0.3 <= high
    assert hits >= 135  # 90 per cent of 150; expected about 142


def test_frank_people_show_no_difference(bank: Sensitive) -> None:
    found = estimate(_simulate(bank, 20_000, 0.3, 1.0, 5), bank)
    assert found.p_hidden > 0.01


def test_a_design_effect_is_found() -> None:
    rng = np.random.default_rng(3)
    control = pd.Series(rng.binomial(4, 0.5, 800))
    treatment = (control - 1).clip(lower=0)  # the sensitive statement makes people say less
    assert list_checks(control, treatment, 4).p < 0.01


def test_a_spoilt_assignment_is_found(bank: Sensitive) -> None:
    answers = _simulate(bank, 3000, 0.3, 1.0, 2)
    p, by_trait = assignment_check(answers, bank)
    assert p > 0.01
    assert min(by_trait.values()) > 0.01
    spoilt = answers[(answers["format"] != "direct") | (answers["sex"] == "F")]
    p, by_trait = assignment_check(spoilt, bank)
    assert p < 0.001
    assert by_trait["sex"] < 0.001


def test_too_few_answers_give_no_estimate(bank: Sensitive) -> None:
    found = estimate(_simulate(bank, 40, 0.3, 1.0, 2), bank)
    assert found.shares == {}
    assert found.pooled is None
