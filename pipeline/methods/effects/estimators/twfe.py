"""Two-way fixed effects by statsmodels: the overall coefficient, the event study, and lags of treatment.

Unit effects are swept out by the within transformation (Frisch-Waugh-Lovell), period effects stay as dummies; the
coefficients equal those of the regression on all dummies. Classical standard errors use its residual degrees of
freedom, N - units - k. Cluster-robust ones use the factor G/(G-1) * (N-1)/(N-k) with unit effects, which are nested in
the clusters, not counted in k, and t(G-1) (Cameron & Miller 2015, section III.B). Weights are constant within units, so
the sweep is the same with them and the rest is weighted least squares.
"""

from __future__ import annotations

import math
from typing import Any, Literal

import numpy as np
import pandas as pd

from pipeline.errors import DesignError
from pipeline.methods.effects.design import Design
from pipeline.methods.effects.estimate import Estimate, EventStudy, normal_interval
from pipeline.methods.effects.sweep import TwoWay, within_units

Vcov = Literal["unit", "cluster", "classical"]
BAND_DRAWS = 20_000
LARGE = 10_000_000
"""Rows times dummies from which these are not written out."""


def overall(design: Design, cluster: Vcov = "unit", level: float = 0.95) -> Estimate:
    """Coefficient of "under treatment now" with unit and period effects.

    With effects that differ between cohorts or grow, this is a weighted mean of comparisons with some weights that
    may mislead; `pipeline.methods.effects.bacon` shows them.

    Raises:
        DesignError: Treatment does not vary within units and periods, or too few clusters or rows.
    """
    data = design.repeated().data
    value, se, low, high, p = _treated(data, cluster, level)
    return Estimate(
        estimand="att_twfe",
        estimator="twfe",
        value=value,
        se=se,
        low=low,
        high=high,
        p=p,
        n_obs=len(data),
        n_units=int(data["unit"].nunique()),
        n_treated=int(data.loc[data["cohort"].notna(), "unit"].nunique()),
        n_clusters=_n_clusters(data, cluster),
        inference="classical" if cluster == "classical" else f"cluster_{cluster}",
        level=level,
        extra={"singletons": design.n_units - int(data["unit"].nunique())},
    )


def _treated(data: pd.DataFrame, cluster: Vcov, level: float) -> tuple[float, float, float, float, float]:
    """Coefficient of treatment, its standard error, bounds and p value; without dummies written out where rows are many."""
    treated = (data["event_time"] >= 0).astype(float)
    periods = data["t"].nunique()
    if cluster == "classical" or len(data) * periods <= LARGE:
        fit = _fit(data, pd.DataFrame({"treated": treated}), cluster)
        low, high = fit.conf_int(alpha=1 - level).loc["treated"]
        found = fit.params["treated"], fit.bse["treated"], low, high, fit.pvalues["treated"]
        return tuple(float(x) for x in found)  # type: ignore[return-value]
    w = data["weight"].to_numpy(float)
    sweep = TwoWay(pd.factorize(data["unit"])[0], pd.factorize(data["t"], sort=True)[0], w)
    d, y = sweep.residual(treated.to_numpy()), sweep.residual(data["y"].to_numpy(float))
    groups = pd.factorize(data[cluster])[0]
    G, mass = int(groups.max()) + 1, float(w * d @ d)
    if G < 2 or mass < 1e-10:
        raise DesignError(
            "The two-way regression needs two clusters, and treatment that varies within units and periods."
        )
    value = float(w * d @ y / mass)
    score = np.bincount(groups, weights=w * d * (y - value * d))
    se = math.sqrt(G / (G - 1) * (len(data) - 1) / (len(data) - periods) * float(score @ score)) / mass
    return (value, se, *normal_interval(value, se, level, G - 1.0))


def event_study(design: Design, cluster: Vcov = "unit", level: float = 0.95, seed: int = 0) -> EventStudy:
    """Dummies of event time in measured periods, reference -1 (the last measured period before treatment).

    The band is simultaneous over all dummies: critical value of max |t| from draws of the estimates' joint law.

    Raises:
        DesignError: As `overall`; or no row at the reference.
    """
    data = design.repeated().data
    times = sorted(int(e) for e in data["event_time"].dropna().unique())
    if -1 not in times:
        raise DesignError("No unit is observed in the last period before treatment.", todo="Add that period's data.")
    dummies = {f"e{e}": (data["event_time"] == e).astype(float) for e in times if e != -1}
    fit = _fit(data, pd.DataFrame(dummies), cluster)
    names = list(dummies)
    cov = fit.cov_params().loc[names, names].to_numpy()
    bounds = fit.conf_int(alpha=1 - level)
    critical = _sup_t(cov, level, _inference_df(fit, data, cluster), seed)
    rows = []
    for e in times:
        n = int(data.loc[data["event_time"] == e, "unit"].nunique())
        if e == -1:
            rows.append((e, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, n, True))
            continue
        value, se = float(fit.params[f"e{e}"]), float(fit.bse[f"e{e}"])
        low, high = bounds.loc[f"e{e}"]
        rows.append((e, value, se, float(low), float(high), value - critical * se, value + critical * se, n, False))
    columns = ["event_time", "value", "se", "low", "high", "band_low", "band_high", "n_units", "reference"]
    return EventStudy("twfe", pd.DataFrame(rows, columns=columns), level, critical, cov)


def lags(design: Design, lags: int = 1, vcov: Vcov = "classical", level: float = 0.95) -> pd.DataFrame:
    """Period dummies and a dummy for each of the first `lags` + 1 periods under treatment.

    `lag_0` is 1 in the period in which treatment starts, `lag_1` in the measured period after it, and so on: for
    one grant per firm this is Example 14.1 of Wooldridge (2019), Introductory Econometrics.

    Returns:
        Rows `period_<calendar>` (all but the first period) and `lag_<k>`; columns `term`, `value`, `se`, `low`,
        `high`, `p`; `attrs`: `n_obs`, `n_units`, `vcov`.
    """
    data = design.repeated().data
    names = [f"lag_{k}" for k in range(lags + 1)]
    seen = data["event_time"]
    terms = pd.DataFrame({f"lag_{k}": (seen == k).astype(float) for k in range(lags + 1) if (seen == k).any()})
    fit = _fit(data, terms, vcov)
    bounds = fit.conf_int(alpha=1 - level)
    order = [n for n in fit.params.index if n.startswith("period_")] + [n for n in names if n in fit.params.index]
    frame = pd.DataFrame(
        {
            "term": order,
            "value": fit.params[order].to_numpy(),
            "se": fit.bse[order].to_numpy(),
            "low": bounds.loc[order, 0].to_numpy(),
            "high": bounds.loc[order, 1].to_numpy(),
            "p": fit.pvalues[order].to_numpy(),
        }
    )
    frame.attrs.update(n_obs=len(data), n_units=int(data["unit"].nunique()), vcov=vcov)
    return frame


def two_by_two(
    y: pd.Series, treated: pd.Series, post: pd.Series, cluster: pd.Series | None = None, level: float = 0.95
) -> Estimate:
    """Two groups, two periods, on repeated cross-sections: coefficient of `treated * post` beside both dummies.

    Rows with anything missing are left out. Standard errors are classical, or by `cluster` as in this module's head.

    Raises:
        DesignError: One of the four cells is empty, or there is one cluster.
    """
    frame = pd.DataFrame({"y": y, "treated": treated, "post": post}).astype(float)
    frame["cluster"] = np.arange(len(frame)) if cluster is None else pd.factorize(cluster)[0]
    frame = frame.dropna().reset_index(drop=True)
    if len(frame.groupby(["treated", "post"])) != 4:
        raise DesignError("One of the four cells of the two-by-two comparison is empty.", todo="Check both dummies.")
    from statsmodels.regression.linear_model import OLS  # what only looks at results does without it
    from statsmodels.tools.tools import add_constant

    X = add_constant(frame[["treated", "post"]].assign(interaction=frame["treated"] * frame["post"]))
    model = OLS(frame["y"], X)
    if cluster is None:
        fit = model.fit()
    elif frame["cluster"].nunique() < 2:
        raise DesignError("All rows belong to one cluster.", expected="two clusters or more")
    else:
        fit = model.fit(cov_type="cluster", cov_kwds={"groups": frame["cluster"].to_numpy()}, use_t=True)
    low, high = fit.conf_int(alpha=1 - level).loc["interaction"]
    return Estimate(
        estimand="att",
        estimator="two_by_two",
        value=float(fit.params["interaction"]),
        se=float(fit.bse["interaction"]),
        low=float(low),
        high=float(high),
        p=float(fit.pvalues["interaction"]),
        n_obs=len(frame),
        n_units=len(frame),
        n_treated=int(frame["treated"].sum()),
        n_clusters=int(frame["cluster"].nunique()),
        inference="classical" if cluster is None else "cluster_cluster",
        level=level,
    )


def _fit(data: pd.DataFrame, terms: pd.DataFrame, vcov: Vcov) -> Any:
    first = data["period"].min()
    for period in sorted(data["period"].unique()):
        if period != first:
            terms[f"period_{period}"] = (data["period"] == period).astype(float)
    units = pd.factorize(data["unit"])[0]
    X = pd.DataFrame(within_units(terms.to_numpy(float), units), columns=terms.columns)
    y = within_units(data[["y"]].to_numpy(float), units)[:, 0]
    if np.linalg.matrix_rank(X.to_numpy()) < X.shape[1]:
        raise DesignError(
            "The two-way regression cannot tell treatment from unit and period effects.",
            expected="treated and untreated units observed before and after treatment starts",
            todo="Check cohorts and missing outcomes.",
        )
    from statsmodels.regression.linear_model import WLS  # what only looks at results does without it

    model = WLS(y, X, weights=data["weight"].to_numpy())
    if vcov == "classical":
        model.df_resid = len(data) - data["unit"].nunique() - X.shape[1]
        if model.df_resid < 1:
            raise DesignError("There are no more rows than coefficients.", todo="Add units or periods.")
        return model.fit()
    groups = pd.factorize(data[vcov])[0]
    if groups.max() < 1:
        raise DesignError("All units belong to one cluster.", expected="two clusters or more")
    return model.fit(cov_type="cluster", cov_kwds={"groups": groups}, use_t=True)


def _n_clusters(data: pd.DataFrame, vcov: Vcov) -> int:
    return int(data["unit" if vcov == "classical" else vcov].nunique())


def _inference_df(fit: Any, data: pd.DataFrame, vcov: Vcov) -> float:
    return float(fit.df_resid) if vcov == "classical" else float(_n_clusters(data, vcov) - 1)


def _sup_t(cov: np.ndarray, level: float, df: float, seed: int) -> float:
    """Critical value of max |t| over correlated estimates (Montiel Olea & Plagborg-Møller 2019, algorithm 1)."""
    se = np.sqrt(np.diag(cov))
    vals, vecs = np.linalg.eigh(cov / np.outer(se, se))
    root = vecs * np.sqrt(np.clip(vals, 0, None))
    rng = np.random.default_rng(seed)
    draws = rng.standard_normal((BAND_DRAWS, len(se))) @ root.T
    if math.isfinite(df):
        draws /= np.sqrt(rng.chisquare(df, (BAND_DRAWS, 1)) / df)
    return float(np.quantile(np.abs(draws).max(axis=1), level))
