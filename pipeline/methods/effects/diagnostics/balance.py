"""Baseline differences between treated and comparison units, by the What Works Clearinghouse's measure.

Standardised difference: Hedges' g with its small-sample factor for means, the Cox index for proportions (WWC Procedures
Handbook 4.1, appendix E). A variable is a proportion where it has two values, whatever these are, so that no class depends on
the scale; groups with equal means have no gap. Classes on the absolute value: at most 0.05 satisfied; to 0.25 satisfied only
with statistical adjustment; above not satisfied. Difference-in-differences allows differences in level; what the classes do
to the judgement is decided in `pipeline.methods.effects.judgement`. With units' weights, means and variances are weighted
ones and numbers of units stay plain counts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
import pandas as pd

from pipeline.errors import DesignError
from pipeline.methods.effects.design import Design

WwcClass = Literal["satisfied", "adjustment", "exceeds", "unknown"]
SMALL, LARGE = 0.05, 0.25
_SKEWED = (8.0, 160.0)
"""Most, and times the number of draws, of what a squared skewness adds to the kurtosis of a normal law (`spread_df`)."""
_LEAST, _TWO = 4, 2
"""Fewest units that are compared, and different values of a proportion."""
COLUMNS = ["variable", "cohort", "kind", "treated_mean", "control_mean", "difference", "sd", "std_diff", "n_treated",
           "n_control", "wwc"]  # fmt: skip


def table(
    design: Design,
    panel: pd.DataFrame | None = None,
    variables: Sequence[str] = (),
    sds: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """Compare treated units, all and by cohort, with the comparison units at baseline.

    Baseline is the last measured period before the first cohort starts; covariates are those of the design (each
    unit's first value).

    Args:
        design: From `make_design`.
        panel: Panel with further columns named in `variables`, taken at the baseline period.
        variables: Those columns.
        sds: Standard deviation to divide by where that of the units is the wrong one: for unit means in units of
            the persons' standard deviation it is 1, since between-unit deviations alone overstate a difference.

    Returns:
        Rows by variable and cohort (missing = all treated): `variable`, `cohort`, `kind` ("mean", "proportion"),
        `treated_mean`, `control_mean`, `difference`, `sd`, `std_diff`, `n_treated`, `n_control`, `wwc`.
        `attrs["period"]`: the baseline period.

    Raises:
        DesignError: A variable is not a column of the panel.
    """
    at = baseline_period(design)
    base = design.data[design.data["period"] == at].set_index("unit")
    units = design.units
    weight = units["weight"]
    values = {design.outcome: base["y"], **{c: units[c] for c in design.covariates}}
    for name in variables:
        if panel is None or name not in panel.columns:
            raise DesignError(f"The panel has no column {name!r}.", todo="Name a column that the panel has.")
        column = panel[panel["period"] == at].set_index("unit")[name]
        values[name] = pd.to_numeric(column, errors="coerce").reindex(units.index)
    rows = []
    for name, series in values.items():
        series = series.dropna()
        cohort = units["cohort"].reindex(series.index)
        control, v = series[cohort.isna()].to_numpy(float), weight[series.index[cohort.isna()]].to_numpy()
        for label in [None, *design.cohorts]:
            inside = cohort.notna() if label is None else cohort == label
            treated, w = series[inside].to_numpy(float), weight[series.index[inside]].to_numpy()
            rows.append((name, label, *_compare(treated, control, (sds or {}).get(name), w, v)))
    frame = pd.DataFrame(rows, columns=COLUMNS)
    frame["cohort"] = frame["cohort"].astype("Int64")
    frame.attrs["period"] = at
    return frame


def at_baseline(design: Design, sd: float | None = None) -> tuple[float, float, float]:
    """The outcome at baseline: standard deviation within groups, the comparison's mean, standardised difference."""
    data = design.data
    base = data[data["t"].to_numpy() == design.periods.index(baseline_period(design))]
    y, w, treated = base["y"].to_numpy(float), base["weight"].to_numpy(float), base["cohort"].notna().to_numpy()
    found = _compare(y[treated], y[~treated], sd, w[treated], w[~treated])
    return found[4], found[2], found[5]


def spread_df(design: Design, draw: str) -> float:
    """Degrees of freedom that the standard deviation at baseline is known with: 2n/(kurtosis - 1), at most n - 2.

    With n draws whose levels are normal (kurtosis 3) that is n - 2; long tails leave fewer (the variance of a variance is
    (kurtosis - 1)/n of its square). Clusters count where they are the draws.

    So few draws seldom hold the tail that they come from, and their kurtosis is far too small then. Their skewness shows it
    sooner, so that the kurtosis is taken to be at least 3 + c skewness^2, with c = 160/n, at most 8: for gamma and lognormal
    laws c is 1.5 to 3 in many draws. Of the values tried on simulated studies it is about the least with which twenty or
    forty lognormal levels do not make a diverging trend a firm finding (docs/error-rates.md).

    Args:
        design: The design.
        draw: "unit" or "cluster".
    """
    base = design.data[design.data["t"].to_numpy() == design.periods.index(baseline_period(design))]
    apart = base["y"] - base["y"].groupby(base["cohort"].notna()).transform("mean")
    n, square = base[draw].nunique(), float((apart**2).mean())
    if not square > 0:
        return float(max(n - 2.0, 1.0))
    z = apart / math.sqrt(square)
    kurtosis = max(float((z**4).mean()), 3 + min(_SKEWED[0], _SKEWED[1] / n) * float((z**3).mean()) ** 2)
    return float(max(min(n - 2.0, 2 * n / max(kurtosis - 1, 1e-9)), 1.0))


def usual_spread(design: Design) -> float:
    """Standard deviation of the outcome where that at baseline is zero: of units never treated over all periods, and where
    there is none either, over all rows.

    It is in the outcome's unit, so that what is derived from it does not depend on the scale.
    """
    data = design.data
    for rows in (data[data["cohort"].isna()], data):
        if len(rows) > 1:
            y, w = rows["y"].to_numpy(float), rows["weight"].to_numpy(float)
            found = math.sqrt(float(np.average((y - np.average(y, weights=w)) ** 2, weights=w)))
            if found > 1e-12 * max(float(np.abs(y).max()), 1e-300):
                return found
    return math.nan


def remaining_share(design: Design) -> float:
    """Part of the outcome's baseline gap between treated and never treated units that remains given the covariates.

    The coefficient of being treated in a regression of the baseline outcome on it and the covariates, over that without
    them, on the same units; NaN where it cannot be told.
    """
    base = design.data[design.data["period"] == baseline_period(design)].set_index("unit")
    names = list(design.covariates)
    units = design.units.reindex(base.index)
    known = units[names].notna().all(axis=1).to_numpy() & base["y"].notna().to_numpy()
    treated = units["cohort"].notna().to_numpy(float)[known]
    if not names or treated.min(initial=1.0) == treated.max(initial=0.0) or known.sum() <= len(names) + 2:
        return math.nan
    root = np.sqrt(units["weight"].to_numpy(float)[known])
    y = base["y"].to_numpy(float)[known] * root
    x = np.column_stack([treated, np.ones(len(y))]) * root[:, None]
    more = units.loc[known, names].to_numpy(float) * root[:, None]
    plain, given = (np.linalg.lstsq(part, y, rcond=None)[0][0] for part in (x, np.column_stack([x, more])))
    return float(given / plain) if abs(plain) > 0 else math.nan


def no_rows() -> pd.DataFrame:
    """The table where nothing could be compared."""
    return pd.DataFrame(columns=COLUMNS)


def baseline_period(design: Design) -> int:
    """Last measured period before the first cohort starts."""
    return max(p for p in design.periods if p < design.cohorts[0])


def hedges_g(
    treated: np.ndarray,
    control: np.ndarray,
    sd: float | None = None,
    w: np.ndarray | None = None,
    v: np.ndarray | None = None,
) -> float:
    """Difference of means over the pooled standard deviation (or `sd`), times 1 - 3 / (4 N - 9); weights w and v."""
    n, m = len(treated), len(control)
    if min(n, m) == 0 or (sd is None and n + m < _LEAST):
        return math.nan
    difference = float(np.average(treated, weights=w) - np.average(control, weights=v))
    if difference == 0:
        return 0.0
    if sd is not None:
        return difference / sd
    pooled = pooled_sd(treated, control, w, v)
    return (1 - 3 / (4 * (n + m) - 9)) * difference / pooled if pooled > 0 else math.nan


def cox_index(treated: float, control: float) -> float:
    """Log odds ratio of two proportions over 1.65."""
    return (math.log(treated / (1 - treated)) - math.log(control / (1 - control))) / 1.65


def pooled_sd(
    treated: np.ndarray, control: np.ndarray, w: np.ndarray | None = None, v: np.ndarray | None = None
) -> float:
    """Root of the variances within both groups, weighted by their degrees of freedom; units weigh w and v."""
    n, m = len(treated), len(control)
    squares = sum(
        len(x) * float(np.average((x - np.average(x, weights=u)) ** 2, weights=u))
        for x, u in ((treated, w), (control, v))
    )
    return math.sqrt(squares / (n + m - 2)) if n + m > 2 else math.nan


def wwc_class(std_diff: float) -> WwcClass:
    """Class of a standardised baseline difference."""
    if math.isnan(std_diff):
        return "unknown"
    size = abs(std_diff)
    return "satisfied" if size <= SMALL else "adjustment" if size <= LARGE else "exceeds"


def _of_shares(a: float, b: float, n: int, m: int) -> float:
    """Cox's index of two shares; 0 where they are equal."""
    if math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12):
        return 0.0
    if min(a, b) <= 0 or max(a, b) >= 1:
        # half a success and half a failure more in each group, so that a share of 0 or 1 has odds
        return cox_index((n * a + 0.5) / (n + 1), (m * b + 0.5) / (m + 1))
    return cox_index(a, b)


def _compare(
    treated: np.ndarray, control: np.ndarray, sd: float | None, w: np.ndarray, v: np.ndarray
) -> tuple[str, float, float, float, float, float, int, int, WwcClass]:
    n, m = len(treated), len(control)
    a, b = (float(np.average(x, weights=u)) if len(x) else math.nan for x, u in ((treated, w), (control, v)))
    if n == 0 or m == 0:
        return "mean", a, b, math.nan, math.nan, math.nan, n, m, "unknown"
    values = np.unique(np.concatenate([treated, control]))
    if sd is None and n + m >= _LEAST and len(values) <= _TWO:
        low, width = float(values[0]), float(values[-1] - values[0]) or 1.0
        g = _of_shares((a - low) / width, (b - low) / width, n, m)
        kind = "proportion" if len(values) == _TWO or low in (0.0, 1.0) else "mean"
        return kind, a, b, a - b, pooled_sd(treated, control, w, v), g, n, m, wwc_class(g)
    spread = pooled_sd(treated, control, w, v) if sd is None else sd
    g = hedges_g(treated, control, sd, w, v)
    return "mean", a, b, a - b, spread, g, n, m, wwc_class(g)
