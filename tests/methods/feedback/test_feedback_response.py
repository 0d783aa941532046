"""Response rates by hand, the model of response on a known mechanism, weights, bounds and advice."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pipeline.methods.feedback import bounds, next_wave, rates, response, weights
from tests.loaded import loaded


def _frame(n: int, seed: int = 1) -> pd.DataFrame:
    """Women answer with 0.6, men with 0.3; whoever is happy answers more often among all."""
    rng = np.random.default_rng(seed)
    sex = rng.choice(["M", "F"], n)
    said = rng.random(n) < np.where(sex == "F", 0.6, 0.3)
    return pd.DataFrame(
        {
            "period": 2023, "unit": [f"u{k % 60}" for k in range(n)], "batch": [f"b{k % 12}" for k in range(n)], "sex": sex,
            "rank_group": rng.choice(["III", "IV"], n), "mode": rng.choice(["web", "paper"], n),
            "disposition": np.where(said, "complete", "non_contact"),
        }
    )  # fmt: skip


def test_aapor_rates_by_hand() -> None:
    codes = (
        ["complete"] * 40 + ["partial"] * 10 + ["refusal"] * 15 + ["non_contact"] * 20 + ["other"] * 5
        + ["unknown"] * 8 + ["not_eligible"] * 10
    )  # fmt: skip
    found = rates.rates(pd.Series(codes))
    e = 90 / 100
    assert found["e"] == pytest.approx(e)
    assert found["rr1"] == pytest.approx(40 / 98)
    assert found["rr2"] == pytest.approx(50 / 98)
    assert found["rr3"] == pytest.approx(40 / (90 + e * 8))
    assert found["rr4"] == pytest.approx(50 / (90 + e * 8))
    assert found["rr5"] == pytest.approx(40 / 90)
    assert found["rr6"] == pytest.approx(50 / 90)


def test_rates_by_group_leave_out_the_ineligible() -> None:
    frame = pd.DataFrame({"g": list("aabb"), "disposition": ["complete", "refusal", "complete", "not_eligible"]})
    table = rates.by_group(frame, "g").set_index("g")
    assert table["rate"].to_dict() == {"a": 50.0, "b": 100.0}
    assert table["eligible"].to_dict() == {"a": 2, "b": 1}


def test_the_response_model_finds_the_mechanism() -> None:
    model = response.response_model(_frame(4000))
    assert model is not None
    effects = model.effects.set_index("trait")
    assert effects.loc["sex", "effect"] == pytest.approx(30 if effects.loc["sex", "value"] == "F" else -30, abs=4)
    assert abs(effects.loc["mode", "effect"]) < 5


def test_r_indicator_of_a_known_case() -> None:
    frame = _frame(20_000)
    model = response.response_model(frame, ("sex",))
    assert model is not None
    found = response.representativeness(frame, model, ("sex",))
    assert found.r == pytest.approx(1 - 2 * 0.15, abs=0.02)  # two equal groups at 0.6 and 0.3: S = 0.15
    partial = found.partial.set_index("value")["partial"]
    assert partial["M"] < 0 < partial["F"]


def test_random_response_is_representative() -> None:
    frame = _frame(5000).assign(disposition=np.random.default_rng(2).choice(["complete", "refusal"], 5000))
    model = response.response_model(frame)
    assert model is not None
    assert response.representativeness(frame, model).r > 0.95


def test_a_perfect_separation_is_no_model() -> None:
    frame = _frame(200)
    frame["disposition"] = np.where(frame["sex"] == "F", "complete", "refusal")
    assert response.response_model(frame, ("sex",)) is None


@pytest.mark.parametrize("method", [weights.raked, weights.inverse_chance])
def test_weights_mend_what_the_traits_tell(method) -> None:
    frame = _frame(6000).assign(batch_group="never")
    value = (frame["sex"] == "F").astype(float)
    answers = frame[frame["disposition"] == "complete"].reset_index(drop=True)
    weight = method(answers, frame, ("sex", "rank_group"))
    plain = (answers["sex"] == "F").mean()
    assert plain > 0.6
    mended = np.average(answers["sex"] == "F", weights=weight)
    assert mended == pytest.approx(value.mean(), abs=0.01)
    assert weight.mean() == pytest.approx(1.0)
    assert weights.design_effect(weight) > 1.0


def test_design_effect_by_hand() -> None:
    assert weights.design_effect(pd.Series([1.0, 1.0, 2.0])) == pytest.approx(3 * 6 / 16)


def test_worst_case_bounds_by_hand_and_cover() -> None:
    found = bounds.worst_case(0.5, 0.02, 0.4, 1000, 0, 1)
    assert (found.low, found.high) == pytest.approx((0.2, 0.8))
    assert found.ci_low < 0.2
    assert found.ci_high > 0.8
    mono = bounds.monotone(0.5, 0.02, 0.4, 1000, 0)
    assert (mono.low, mono.high) == pytest.approx((0.2, 0.5))


def test_without_silence_the_bounds_are_the_usual_interval() -> None:
    found = bounds.worst_case(0.5, 0.02, 1.0, 1000, 0, 1)
    assert (found.low, found.high) == pytest.approx((0.5, 0.5))
    assert found.ci_high - 0.5 == pytest.approx(1.96 * 0.02, abs=1e-4)


def test_late_answers_that_differ_are_found() -> None:
    rng = np.random.default_rng(1)
    contact = rng.integers(1, 4, 900)
    table, p = response.level_of_effort(
        pd.DataFrame({"contact": contact}), pd.Series(3 - 0.3 * contact + rng.normal(0, 1, 900))
    )
    assert p < 0.001
    assert table["value"].is_monotonic_decreasing
    _, p = response.level_of_effort(pd.DataFrame({"contact": contact}), pd.Series(rng.normal(0, 1, 900)))
    assert p > 0.01


@pytest.mark.parametrize("n", [3, 12, 400])
def test_the_trend_over_contacts_is_that_of_a_regression_with_robust_errors(n: int) -> None:
    import statsmodels.api as sm

    rng = np.random.default_rng(n)
    contact = np.r_[1, 2, rng.integers(1, 5, n - 2)].astype(float)
    value = 3 - 0.1 * contact + rng.normal(0, 1, n) * contact
    _, p = response.level_of_effort(pd.DataFrame({"contact": contact}), pd.Series(value))
    fit = sm.OLS(value, sm.add_constant(contact)).fit(cov_type="HC1")
    assert p == pytest.approx(fit.pvalues[1], rel=1e-9)


def test_cleaning_does_not_wait_for_a_library_of_regressions() -> None:
    names = loaded(
        "import pandas as pd\n"
        "import pipeline.clean.run, pipeline.clean.anonymous\n"
        "from pipeline.methods.feedback import response\n"
        "answers = pd.DataFrame({'contact': [1, 2, 3, 1, 2]})\n"
        "response.level_of_effort(answers, pd.Series([1.0, 2.0, 2.5, 1.5, 2.0]))"
    )
    assert "pandas" in names
    assert not {"statsmodels", "matplotlib", "diff_diff"} & names


def test_advice_by_rules() -> None:
    partial = pd.DataFrame({"trait": ["sex", "sex", "mode"], "value": ["M", "F", "web"], "partial": [-0.1, 0.1, -0.5]})
    modes = pd.DataFrame({"mode": ["web", "paper"], "rate": [50.0, 40.0], "low": [47.0, 38.0], "high": [53.0, 42.0]})
    contacts = pd.DataFrame({"contact": [1, 2], "rate": [30.0, 5.0]})
    found = next_wave.advise(0.4, 1.0, 10**9, partial, modes, contacts)
    assert found.answers == 385  # 1.96² · 0.25 / 0.05²
    assert found.invitations == 963
    assert found.remind == ("sex", "M")
    assert (found.mode, found.mode_clear, found.last_contact) == ("web", True, 5.0)
    assert next_wave.advise(0.1, 1.2, 500, partial, modes, contacts).invitations is None
