"""Regressions on a dose that every unit has: against dummies written out, by hand, and against printed numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

from pipeline.errors import DesignError
from pipeline.methods.effects.estimators import doses


def _panel(units: int = 40, periods: int = 5, slope: float = 0.7, lagged: float = 0.0, seed: int = 3) -> pd.DataFrame:
    """Doses that go with a unit's level and a common rise, so that a plain regression is far off."""
    rng = np.random.default_rng(seed)
    level = rng.normal(0, 2, units)
    rows = []
    for unit in range(units):
        before = level[unit]
        for period in range(periods):
            dose = level[unit] + 0.4 * period + rng.normal()
            value = -3 * level[unit] + period + slope * dose + lagged * before + rng.normal(0, 0.1)
            rows.append((f"u{unit:02d}", 2010 + period, dose, rng.normal(), value, f"c{unit % 8}"))
            before = dose
    return pd.DataFrame(rows, columns=["unit", "period", "money", "x", "y", "cluster"])


def test_fixed_effects_are_the_regression_with_all_dummies():
    panel = _panel().drop(index=[3, 44, 45])
    ours = doses.fixed_effects(panel, "y", "money", covariates=["x"], vcov="classical")
    other = smf.ols("y ~ money + x + C(unit) + C(period)", panel).fit()
    table = ours.table.set_index("term")
    assert table.loc["dose", "value"] == pytest.approx(other.params["money"], abs=1e-10)
    assert table.loc["dose", "se"] == pytest.approx(other.bse["money"], abs=1e-10)
    assert table.loc["x", "p"] == pytest.approx(other.pvalues["x"], abs=1e-8)
    assert ours.n_obs == len(panel)


def test_first_differences_of_two_periods_are_fixed_effects():
    panel = _panel(periods=2)
    first, fixed = (f(panel, "y", "money", vcov="classical") for f in (doses.first_differences, doses.fixed_effects))
    pd.testing.assert_frame_equal(first.table, fixed.table, atol=1e-10)


def test_first_differences_by_hand_with_a_lag_and_a_gap():
    panel = _panel(lagged=0.3).query("not (unit == 'u05' and period == 2012)")
    found = doses.first_differences(panel, "y", "money", lags=1, vcov="cluster")
    wide_y, wide_d = (panel.pivot(index="unit", columns="period", values=name) for name in ("y", "money"))
    rows = []
    for unit in wide_y.index:
        for period in range(2012, 2015):
            values = [
                wide_y.loc[unit, period] - wide_y.loc[unit, period - 1],
                wide_d.loc[unit, period] - wide_d.loc[unit, period - 1],
                wide_d.loc[unit, period - 1] - wide_d.loc[unit, period - 2],
            ]
            rows.append((unit, period, *values, f"c{int(unit[1:]) % 8}"))
    changes = pd.DataFrame(rows, columns=["unit", "period", "dy", "dd", "dl", "c"]).dropna()
    other = smf.ols("dy ~ dd + dl + C(period)", changes).fit(
        cov_type="cluster", cov_kwds={"groups": pd.factorize(changes["c"])[0]}, use_t=True
    )
    table = found.table.set_index("term")
    assert found.n_obs == len(changes) == 40 * 3 - 3
    assert table.loc["dose", "value"] == pytest.approx(other.params["dd"], abs=1e-10)
    assert table.loc["dose_lag_1", "se"] == pytest.approx(other.bse["dl"], abs=1e-10)
    assert table.loc["dose_lag_1", "low"] == pytest.approx(other.conf_int().loc["dl", 0], abs=1e-8)
    assert table.loc["dose_lag_1", "value"] == pytest.approx(0.3, abs=0.05)


def test_a_dose_that_is_carried_over_is_found_with_its_lag_and_missed_without_it():
    panel = _panel(units=200, lagged=0.5)
    static, carried = (doses.first_differences(panel, "y", "money", lags=lags) for lags in (0, 1))
    assert not static.table.loc[0, "low"] < 0.7 < static.table.loc[0, "high"]
    assert carried.table.loc[0, "low"] < 0.7 < carried.table.loc[0, "high"]
    total = carried.total(1.0)
    assert total.low < 1.2 < total.high


def test_the_truth_is_found_where_a_plain_regression_misses_it():
    panel = _panel(units=200)
    plain = smf.ols("y ~ money", panel).fit().params["money"]
    assert abs(plain - 0.7) > 1
    for f in (doses.first_differences, doses.fixed_effects):
        row = f(panel, "y", "money").table.iloc[0]
        assert row["low"] < 0.7 < row["high"]
        assert row["high"] - row["low"] < 0.05


@pytest.mark.parametrize("change", [{"money": 1.0}, {"unit": "one"}])
def test_a_dose_that_says_nothing_is_refused(change):
    panel = _panel(periods=2).assign(**change)
    with pytest.raises(DesignError):
        doses.fixed_effects(panel, "y", "money")
