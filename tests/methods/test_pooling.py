"""Pooled effects against published ones and other programs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.meta_analysis import combine_effects

from pipeline.errors import DesignError
from pipeline.methods.pooling import pool, prediction

BCG = np.array(
    [
        (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761),
        (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232),
        (17, 1699, 65, 1600), (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825),
    ],
    dtype=float,
)  # fmt: skip
"""Trials of BCG vaccination (Colditz et al. 1994): cases and others, vaccinated and not."""
FIVE, VARIANCES = [-0.4, 0.1, 0.5, 1.2, 1.8], [0.04, 0.09, 0.05, 0.16, 0.08]


def log_risk_ratios() -> tuple[np.ndarray, np.ndarray]:
    a, b, c, d = BCG.T
    return np.log(a / (a + b)) - np.log(c / (c + d)), np.sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d))


def test_bcg_is_as_published() -> None:
    """Heterogeneity as van Houwelingen and metafor print it: Q = 152.23 on 12 degrees of freedom, I² = 92 per cent."""
    value, error = log_risk_ratios()
    found = pool(value, error)
    assert found.q == pytest.approx(152.2330, abs=5e-4)
    assert found.i2 == pytest.approx(0.9212, abs=5e-5)
    assert found.tau2 == pytest.approx(0.3181, abs=5e-4)
    assert found.value == pytest.approx(-0.7150, abs=5e-4)
    assert (found.low, found.high) == pytest.approx((-1.109, -0.321), abs=2e-3)
    assert found.low_new is not None
    assert found.low_new < found.low


def test_metafor_s_paule_mandel() -> None:
    """metafor 5.0.1, rma(method="PM"), on five effects."""
    found = pool(FIVE, np.sqrt(VARIANCES))
    assert found.value == pytest.approx(0.61823608995458579, abs=1e-10)
    assert found.se == pytest.approx(0.39265989590723149, abs=1e-10)
    assert found.tau2 == pytest.approx(0.68912034952446033, abs=1e-9)
    assert found.q == pytest.approx(45.68181818181818, abs=1e-10)
    assert found.q_p == pytest.approx(2.8684153100945202e-09, rel=1e-8)
    assert found.i2 == pytest.approx(0.91243781094527365, abs=1e-10)
    assert found.weights == pytest.approx(
        [0.21146274953707819, 0.19789214073022665, 0.20860174388795583, 0.18157825794685703, 0.20046510789788224]
    )


def test_metafor_s_prediction_interval() -> None:
    """metafor 5.0.1, predict(predtype="Riley") after REML with Hartung and Knapp's, and with the usual standard error."""
    low, high = prediction(0.61849013972946509, 0.392639443441957, 0.6983376816709046, 5)
    assert (low, high) == pytest.approx((-2.319897905338542, 3.5568781847974718), abs=1e-9)
    low, high = prediction(0.61849013972946509, 0.39500666687576791, 0.6983376816709046, 5)
    assert (low, high) == pytest.approx((-2.3231094660759721, 3.5600897455349028), abs=1e-9)


def test_the_standard_error_is_never_below_the_usual_one() -> None:
    """metafor's test="adhoc": two equal effects of variance 0.2 give -3.718 to 4.318, not an interval of no width."""
    found = pool([0.3, 0.3], np.sqrt([0.2, 0.2]))
    assert (found.low, found.high) == pytest.approx((-3.7180547382730929, 4.3180547382730925), abs=1e-9)
    assert (found.tau2, found.i2, found.low_new) == (0.0, 0.0, None)


def test_another_program_agrees() -> None:
    value, error = log_risk_ratios()
    other = combine_effects(value, error**2, method_re="pm", use_t=True)
    found = pool(value, error)
    assert found.value == pytest.approx(other.mean_effect_re, abs=1e-6)
    assert found.tau2 == pytest.approx(other.tau2, abs=1e-5)
    assert (found.low, found.high) == pytest.approx(tuple(other.conf_int()[1]), abs=1e-5)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(0.01, 20)), min_size=2, max_size=30), st.floats(0.1, 10))
def test_scale_and_order_do_not_matter(rows: list[tuple[float, float]], scale: float) -> None:
    value, error = np.array(rows).T
    found, other = pool(value, error), pool(scale * value[::-1], scale * error[::-1])
    size = scale * (1 + abs(found.value) + found.se)
    assert other.value == pytest.approx(scale * found.value, abs=1e-6 * size)
    assert other.se == pytest.approx(scale * found.se, rel=1e-5)
    assert found.low <= found.value <= found.high
    assert sum(found.weights) == pytest.approx(1)


@pytest.mark.parametrize(("values", "errors"), [([1.0], [0.1]), ([1.0, 2.0], [0.1, 0.0]), ([1.0, 2.0], [0.1, np.nan])])
def test_what_cannot_be_pooled_is_refused(values: list[float], errors: list[float]) -> None:
    with pytest.raises(DesignError):
        pool(values, errors)
