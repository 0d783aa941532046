"""Independent implementations on the same data: they must agree to `TOLERANCE`."""

from __future__ import annotations

import contextlib
import io
import itertools
import warnings

import numpy as np
import pandas as pd
from statsmodels.formula.api import ols

from pipeline.methods.effects import Design, group_time, make_design, twfe
from pipeline.methods.effects.estimators import Settings, doses, estimate, linear
from pipeline.methods.effects.inference import wild
from pipeline.validation import data
from pipeline.validation.worlds import SCENARIOS, simulate

TOLERANCE = 1e-6
COLUMNS = ["quantity", "first", "second", "difference", "agrees"]


def agreement() -> pd.DataFrame:
    """One row a quantity: two values from implementations that share no code, and whether they agree."""
    balanced = make_design(simulate(SCENARIOS["growing"], np.random.default_rng(7)), "y")
    teen = make_design(data.teen_employment(), "lemp")
    castle = make_design(data.castle_doctrine(), "l_homicide", min_cohort_units=1)
    rows = [
        ("twfe_dummies", twfe.overall(balanced).value, _dummies(balanced)),
        ("linear_two_way_dummies", linear.two_way(balanced).value, _dummies(balanced)),
        ("imputation_library", linear.imputation(balanced).value, _library(balanced, "imputation")),
        ("imputation_wooldridge", linear.imputation(balanced).value, _library(balanced, "wooldridge")),
        (
            "sun_abraham_group_time",
            _library(balanced, "sun_abraham"),
            group_time.estimate(balanced, draws=199).overall.value,
        ),
        ("group_time_moderndid", group_time.estimate(teen, draws=199).overall.value, _moderndid(teen)),
        ("wild_enumeration", *_wild_both()),
        ("castle_dummies", twfe.overall(castle).value, _dummies(castle)),
        ("castle_group_time_moderndid", group_time.estimate(castle, draws=199).overall.value, _moderndid(castle)),
        ("dose_dummies", *_dose_both()),
    ]
    frame = pd.DataFrame(rows, columns=["quantity", "first", "second"])
    frame["difference"] = frame["first"] - frame["second"]
    frame["agrees"] = frame["difference"].abs() < TOLERANCE
    return frame[COLUMNS]


def _library(design: Design, method: str) -> float:
    return estimate(design, method, Settings()).value


def _dummies(design: Design) -> float:
    """The two-way coefficient from a regression with all dummies written out."""
    frame = design.data.assign(d=design.treated)
    return float(ols("y ~ d + C(unit) + C(t)", frame).fit().params["d"])


def _moderndid(design: Design) -> float:
    """The simple aggregate by another package, never-treated comparison, no covariates."""
    import moderndid

    frame = design.data.assign(
        id=pd.factorize(design.data["unit"])[0] + 1,
        year=design.data["period"].astype(int),
        first=design.data["cohort"].fillna(0).astype(int),
    )[["id", "year", "first", "y"]]
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        cells = moderndid.att_gt(data=frame, yname="y", tname="year", idname="id", gname="first", boot=False)
        return float(moderndid.aggte(cells, type="simple", boot=False).overall_att)


def _dose_both() -> tuple[float, float]:
    """Standard error, by district, of the effect of spending: swept of unit effects, and with all dummies written out."""
    panel = data.school_spending()
    panel = panel[panel["unit"].isin(sorted(panel["unit"].unique())[:60])]
    ours = doses.fixed_effects(panel, "math4", "lrexpp").table.set_index("term")
    every = ols("math4 ~ lrexpp + C(unit) + C(period)", panel).fit()
    other = every.get_robustcov_results("cluster", groups=pd.factorize(panel["unit"])[0])
    se = float(other.bse[other.model.exog_names.index("lrexpp")])
    # The factor for small samples counts the columns, which unit effects that are swept out are not.
    n, periods = len(panel), panel["period"].nunique()
    factor = ((n - len(every.params)) / (n - periods)) ** 0.5
    return float(ours.loc["dose", "se"]), se * factor  # type: ignore[arg-type]


def _wild_both() -> tuple[float, float]:
    """p value of the restricted wild bootstrap by cluster sums, and by refitting every sign pattern."""
    panel = simulate(SCENARIOS["few_clusters"], np.random.default_rng(3))
    design = make_design(panel, "y")
    fast = wild.wild_cluster_bootstrap(design, draws=2**10, weights="rademacher").p
    frame = design.data.reset_index(drop=True)
    units, times = pd.get_dummies(frame["unit"], dtype=float), pd.get_dummies(frame["t"], dtype=float).iloc[:, 1:]
    nuisance = np.column_stack([units, times])
    d = design.treated.to_numpy()
    X = np.column_stack([d, nuisance])
    codes = pd.factorize(frame["cluster"], sort=True)[0]
    y = frame["y"].to_numpy()
    pinv_x, pinv_n = np.linalg.pinv(X), np.linalg.pinv(nuisance)
    fitted = nuisance @ (pinv_n @ y)
    residual = y - fitted
    free = d - nuisance @ (pinv_n @ d)

    def t(values: np.ndarray) -> float:
        beta = pinv_x @ values
        scores = np.bincount(codes, weights=free * (values - X @ beta))
        return float(beta[0] / np.sqrt(scores @ scores))

    observed = abs(t(y))
    signs = itertools.product([-1.0, 1.0], repeat=int(codes.max()) + 1)
    drawn = [abs(t(fitted + residual * np.array(s)[codes])) for s in signs]
    return fast, float(np.mean([value >= observed * (1 - 1e-9) for value in drawn]))
