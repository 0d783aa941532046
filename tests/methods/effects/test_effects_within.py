"""The slope beside unit and period effects is that of a library's regression."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pipeline.errors import DesignError
from pipeline.methods.effects.estimators.within import within_slope
from pipeline.methods.effects.sweep import dummies, within_units
from tests.loaded import loaded


def panel(seed: int, units: int, periods: int, missing: int = 0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    rows = [(unit, period, unit // 3) for unit in range(units) for period in range(periods)]
    data = pd.DataFrame(rows, columns=["unit", "period", "school"])
    data["dose"] = rng.normal(size=len(data)).clip(0)
    data["value"] = 0.3 * data["dose"] + rng.normal(size=len(data)) * (1 + data["dose"]) + 0.1 * data["unit"]
    return data.drop(data.index[rng.choice(len(data), missing, replace=False)])


@pytest.mark.parametrize(("units", "periods", "missing"), [(30, 6, 0), (30, 6, 40), (9, 2, 3), (60, 1, 0)])
@pytest.mark.parametrize("cluster", ["unit", "school"])
def test_slope_and_error_are_those_of_a_regression(units: int, periods: int, missing: int, cluster: str) -> None:
    import statsmodels.api as sm

    data = panel(units + missing, units, periods, missing)
    by = "school" if periods == 1 else "unit"  # units that are seen once tell of no change
    data = data.assign(unit=data[by]).sort_values("unit")
    found = within_slope(data, "value", "dose", cluster=cluster)
    columns = np.column_stack([data["dose"], dummies(data["period"]), data["value"]])
    inner = within_units(columns, pd.factorize(data["unit"])[0])
    groups = pd.factorize(data[cluster])[0]
    fit = sm.OLS(inner[:, -1], inner[:, :-1]).fit(cov_type="cluster", cov_kwds={"groups": groups})
    assert found.value == pytest.approx(fit.params[0], rel=1e-9)
    assert found.se == pytest.approx(fit.bse[0], rel=1e-9)
    assert found.n_clusters == groups.max() + 1


def test_a_dose_that_does_not_vary_is_refused() -> None:
    with pytest.raises(DesignError):
        within_slope(panel(1, 12, 4).assign(dose=1.0), "value", "dose")


def test_no_library_of_regressions_is_loaded_for_it() -> None:
    names = loaded(
        "from tests.methods.effects.test_effects_within import panel\n"
        "from pipeline.methods.effects.estimators.within import within_slope\n"
        "within_slope(panel(1, 12, 4), 'value', 'dose')"
    )
    assert "pandas" in names
    assert "statsmodels" not in names
