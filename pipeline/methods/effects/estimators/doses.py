"""Regressions on a dose that units have in every period: fixed effects and first differences.

Here treatment is a quantity (money per pupil, hours a year) that every unit has more or less of, and that goes up and down.
Nothing tells a time before it, so the comparison of cohorts with the untreated does not exist. Both regressions rest on the
same four assumptions, and the second differs from the first in which changes it looks at:

- units with larger changes of the dose would, with equal changes, have changed alike on average (parallel trends in every
  dose: what Callaway, Goodman-Bacon & Sant'Anna 2024 call strong parallel trends, carried to doses that vary in time);
- what happens to the outcome does not move the dose of a later period (strict exogeneity; for first differences that of the
  next period);
- no carry-over: the outcome depends on the doses of its own period and of the lags that enter, and on no earlier or later
  one. Without it the coefficient mixes effects of doses of several periods (de Chaisemartin & D'Haultfœuille 2024; in the
  setting of Callaway, Goodman-Bacon & Sant'Anna a unit's dose never changes after its start, so that none can carry over);
- one more unit of dose does the same at every dose, in every unit and period. Where it does not, the coefficient is a
  mean of effects whose weights nobody chose: their theorem 3.4 decomposes it in a world of two periods, without a dose in
  the first, into effects of doses with weights that sum to zero, or into slopes with positive weights that are not the
  share of units at that dose; where doses go up and down or effects grow, weights may be negative as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from pipeline.errors import DesignError
from pipeline.methods.effects.estimate import normal_interval
from pipeline.methods.effects.sweep import dummies, within_units

Vcov = Literal["classical", "unit", "cluster"]
COLUMNS = ["term", "value", "se", "low", "high", "p"]


class Effect(NamedTuple):
    """An effect with its standard error, interval and p value."""

    value: float
    se: float
    low: float
    high: float
    p: float


@dataclass(frozen=True, eq=False)
class DoseRegression:
    """A regression on a dose.

    Attributes:
        table: `term` ("dose", "dose_lag_1", …, "dose_lead_1", and the covariates' names), `value`, `se`, `low`, `high`, `p`.
        cov: Covariance of the terms, in the table's order.
        n_obs, n_units, n_clusters: Rows of the regression (changes, of first differences), units, clusters.
        r2: Share of the variance of the outcome explained: of its changes, or of what unit effects leave.
        df: Degrees of freedom of intervals.
    """

    table: pd.DataFrame
    cov: np.ndarray
    n_obs: int
    n_units: int
    n_clusters: int
    r2: float
    df: float

    def total(self, step: float, level: float = 0.95) -> Effect:
        """Effect of a dose that is larger by `step` now and in all periods whose doses enter: the sum of dose and lags."""
        own = self.table["term"].map(lambda term: term == "dose" or str(term).startswith("dose_lag_")).to_numpy(bool)
        value = step * float(self.table.loc[own, "value"].sum())
        se = step * float(np.sqrt(own.astype(float) @ self.cov @ own.astype(float)))
        return Effect(value, se, *normal_interval(value, se, level, self.df))


def fixed_effects(
    panel: pd.DataFrame,
    outcome: str,
    dose: str,
    *,
    lags: int = 0,
    leads: int = 0,
    covariates: Sequence[str] = (),
    vcov: Vcov = "unit",
    level: float = 0.95,
) -> DoseRegression:
    """Coefficients of a dose and its lags beside unit and period effects (Wooldridge 2019, section 14.1).

    Args:
        panel: `unit`, `period`, outcome, dose, covariates (they may vary in time), and `cluster` where it is asked for.
            Incomplete rows are left out; a lag is the dose one measured period earlier.
        outcome, dose: Columns.
        lags: How many earlier doses enter too.
        leads: How many later doses enter too: with strict exogeneity their coefficients are zero (Wooldridge 2010,
            section 10.7.1).
        covariates: Columns.
        vcov: "classical", or clustered "unit" or "cluster" with G - 1 degrees of freedom.
        level: Coverage of the intervals.

    Raises:
        DesignError: The dose does not vary beside unit and period effects, or there are too few rows or clusters.
    """
    data, terms = _with_lags(panel, outcome, dose, lags, covariates, leads)
    data = data.dropna(subset=[outcome, *terms])
    # A unit that is seen once says nothing beside its own effect.
    data = data[data.groupby("unit")["unit"].transform("size") > 1]
    _refuse_few(data, dose)
    columns = [data[[outcome, *terms]].to_numpy(float), dummies(data["period"])]
    inner = within_units(np.column_stack(columns), pd.factorize(data["unit"])[0])
    return _fit(data, inner[:, 0], inner[:, 1:], terms, vcov, level, absorbed=data["unit"].nunique())


def first_differences(
    panel: pd.DataFrame,
    outcome: str,
    dose: str,
    *,
    lags: int = 0,
    covariates: Sequence[str] = (),
    vcov: Vcov = "unit",
    level: float = 0.95,
) -> DoseRegression:
    """Coefficients of changes of a dose and of its lags on changes of the outcome, with period effects.

    Changes are between neighbouring measured periods (Wooldridge 2019, sections 13.3 to 13.5). Arguments and errors
    are those of `fixed_effects`.
    """
    data, terms = _with_lags(panel, outcome, dose, lags, covariates)
    wanted = [outcome, *terms]
    before = data[["unit", "place", *wanted]].assign(place=data["place"] + 1)
    both = data.merge(before, on=["unit", "place"], suffixes=("", "_before"))
    changes = both.assign(**{name: both[name] - both[f"{name}_before"] for name in wanted}).dropna(subset=wanted)
    _refuse_few(changes, dose)
    X = np.column_stack([changes[terms].to_numpy(float), np.ones(len(changes)), dummies(changes["period"])])
    return _fit(changes, changes[outcome].to_numpy(float), X, terms, vcov, level, absorbed=0)


def _with_lags(
    panel: pd.DataFrame, outcome: str, dose: str, lags: int, covariates: Sequence[str], leads: int = 0
) -> tuple[pd.DataFrame, list[str]]:
    """Rows by unit and place of their period, with "dose", "dose_lag_1", …, "dose_lead_1", …; and the terms."""
    extra = [name for name in ("cluster",) if name in panel]
    data = panel[["unit", "period", outcome, *covariates, *extra]].assign(dose=panel[dose].astype(float))
    places = {period: place for place, period in enumerate(sorted(data["period"].unique()))}
    data["place"] = data["period"].map(places)
    data = data.sort_values(["unit", "place"], kind="stable", ignore_index=True)
    moved = {f"dose_lag_{lag}": lag for lag in range(1, lags + 1)} | {f"dose_lead_{k}": -k for k in range(1, leads + 1)}
    for name, places_on in moved.items():
        other = data[["unit", "place", "dose"]].assign(place=data["place"] + places_on)
        data = data.merge(other.rename(columns={"dose": name}), on=["unit", "place"], how="left")
    return data, ["dose", *moved, *covariates]


def _refuse_few(data: pd.DataFrame, dose: str) -> None:
    if data["unit"].nunique() < 2:
        raise DesignError(
            "A regression on a dose needs two units that are seen in neighbouring periods.",
            where=f"dose {dose!r}",
            expected="a panel: the same units in two periods or more",
        )


def _fit(
    data: pd.DataFrame, y: np.ndarray, columns: np.ndarray, terms: list[str], vcov: Vcov, level: float, absorbed: int
) -> DoseRegression:
    """Least squares; the first columns are the terms, the others period effects."""
    X = columns
    if np.linalg.matrix_rank(X) < X.shape[1]:
        raise DesignError(
            "The dose cannot be told from unit and period effects.",
            where=", ".join(terms),
            expected="doses and covariates that change in time, in some units otherwise than in others",
            todo="Leave out what does not change, or what another column already says.",
        )
    from statsmodels.regression.linear_model import OLS  # what only looks at results does without it

    model = OLS(y, X)
    if vcov == "classical":
        model.df_resid = len(y) - absorbed - X.shape[1]
        if model.df_resid < 1:
            raise DesignError("There are no more rows than coefficients.", todo="Add units or periods.")
        fit, df, groups = model.fit(), float(model.df_resid), data["unit"]
    else:
        groups = data[vcov]
        if groups.nunique() < 2:
            raise DesignError("All units belong to one cluster.", expected="two clusters or more")
        kinds = {"groups": pd.factorize(groups)[0]}
        fit, df = model.fit(cov_type="cluster", cov_kwds=kinds, use_t=True), float(groups.nunique() - 1)
    k = len(terms)
    bounds = np.asarray(fit.conf_int(alpha=1 - level))[:k]
    values = (terms, fit.params[:k], fit.bse[:k], bounds[:, 0], bounds[:, 1], fit.pvalues[:k])
    residual, centred = np.asarray(fit.resid), y - y.mean()
    return DoseRegression(
        table=pd.DataFrame(dict(zip(COLUMNS, values, strict=True))),
        cov=np.asarray(fit.cov_params())[:k, :k],
        n_obs=len(y),
        n_units=int(data["unit"].nunique()),
        n_clusters=int(groups.nunique()),
        r2=1 - float(residual @ residual) / float(centred @ centred),
        df=df,
    )
