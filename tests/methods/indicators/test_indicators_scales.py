"""Scales: alpha and omega against hand computation and an independent model; invariance where it holds and breaks."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from statsmodels.multivariate.factor import Factor

from pipeline.methods.indicators import scales
from pipeline.study import Study

LOADINGS = np.array([0.8, 0.7, 0.65, 0.6])


def _items(n: int, seed: int = 1) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    noise = rng.normal(size=(n, 4)) * np.sqrt(1 - LOADINGS**2)
    return pd.DataFrame(rng.normal(size=n)[:, None] * LOADINGS + noise, columns=list("abcd"))


def test_reversed_items_are_turned(medan: Study) -> None:
    assert medan.survey is not None
    scale = medan.survey.scales[0]
    answers = pd.DataFrame({item.name: [5.0, 1.0] for item in scale.items})
    turned = scales.turned(answers, scale, 5)
    assert turned["m1"].tolist() == [5.0, 1.0]
    assert turned["m3"].tolist() == [1.0, 5.0]


def test_scores_need_half_of_the_items() -> None:
    items = pd.DataFrame({"a": [1.0, 1.0], "b": [3.0, np.nan], "c": [np.nan, np.nan], "d": [np.nan, np.nan]})
    assert scales.score(items).tolist()[0] == 2.0
    assert np.isnan(scales.score(items).iloc[1])


def test_alpha_by_hand() -> None:
    items = pd.DataFrame({"a": [1.0, 2, 3, 4], "b": [2.0, 2, 4, 4]})
    cov = np.cov(items.to_numpy(), rowvar=False)
    alpha = 2 * (1 - (cov[0, 0] + cov[1, 1]) / cov.sum())
    found = scales.reliability(items)
    assert found.alpha == pytest.approx(alpha)
    assert found.low < alpha < found.high


def test_omega_agrees_with_an_independent_factor_model() -> None:
    items = _items(5000)
    fit = Factor(items.to_numpy(), n_factor=1, method="ml").fit()
    spread = items.std(ddof=0).to_numpy()
    loads = np.abs(fit.loadings.ravel()) * spread
    unique = spread**2 - loads**2
    found = scales.reliability(items).omega
    assert found == pytest.approx(loads.sum() ** 2 / (loads.sum() ** 2 + unique.sum()), abs=2e-4)
    truth = LOADINGS.sum() ** 2 / (LOADINGS.sum() ** 2 + (1 - LOADINGS**2).sum())
    assert found == pytest.approx(truth, abs=0.02)


def test_a_configural_fit_is_the_sum_of_single_fits() -> None:
    items, wave = _items(3000), pd.Series(np.arange(3000) % 3)
    groups = [
        (part.mean().to_numpy(), np.cov(part.to_numpy(), rowvar=False, bias=True), len(part))
        for _, part in items.groupby(wave)
    ]
    joint = scales.fit_groups(groups, "configural")
    single = [scales.fit_groups([group], "configural") for group in groups]
    assert joint is not None
    assert all(fit is not None for fit in single)
    assert joint.chi2 == pytest.approx(sum(fit.chi2 for fit in single if fit), abs=0.05)
    assert joint.df == sum(fit.df for fit in single if fit) == 6


def test_invariance_holds_where_it_does() -> None:
    table = scales.invariance(_items(3000), pd.Series(np.arange(3000) % 3)).set_index("level")
    assert table["holds"].all()
    assert table["df"].to_dict() == {"configural": 6, "metric": 12, "scalar": 18}
    assert table.loc["scalar", "p_step"] > 0.01


def test_a_growing_mean_is_no_break() -> None:
    items, wave = _items(3000), pd.Series(np.arange(3000) % 3)
    grown = items + 0.5 * (wave == 2).to_numpy()[:, None] * LOADINGS
    assert scales.invariance(grown, wave)["holds"].all()


@pytest.mark.parametrize(("kind", "level"), [("intercept", "scalar"), ("loading", "metric")])
def test_a_changed_item_is_found(kind: str, level: str) -> None:
    items, wave = _items(3000), pd.Series(np.arange(3000) % 3)
    if kind == "intercept":
        items.loc[wave == 2, "b"] += 0.6
    else:
        items.loc[wave == 2, "b"] = np.random.default_rng(5).normal(size=int((wave == 2).sum()))
    assert not scales.invariance(items, wave).set_index("level").loc[level, "holds"]


def test_batch_panels_weigh_their_answers() -> None:
    answers = pd.DataFrame({"batch": ["b", "b", "c"], "period": 2021})
    batches = pd.DataFrame({"batch": ["b", "c"], "cohort": pd.array([2021, None], dtype="Int64"), "cluster": "k"})
    panel = scales.batch_panel(answers, pd.Series([1.0, 4.0, 2.0]), pd.Series([1.0, 2.0, 1.0]), batches)
    assert panel.set_index("unit")["value"].to_dict() == {"b": 3.0, "c": 2.0}
    assert panel.set_index("unit")["n"].to_dict() == {"b": 2, "c": 1}
