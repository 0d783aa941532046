"""Published estimates beside ours, on the same data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
from statsmodels.regression.linear_model import OLS
from statsmodels.tools.tools import add_constant

from pipeline.methods.effects import group_time, make_design, twfe
from pipeline.methods.effects.diagnostics import bacon
from pipeline.methods.effects.estimators import doses
from pipeline.validation import data

COLUMNS = ["set", "quantity", "printed", "decimals", "ours", "difference", "agrees"]


@dataclass(frozen=True)
class Printed:
    """A number as printed: which set and quantity, its value and decimals, and ours."""

    set: str
    quantity: str
    printed: float
    decimals: int
    ours: float


def published() -> pd.DataFrame:
    """One row a printed number: `COLUMNS`. It agrees where ours, rounded to the printed decimals, is the same."""
    rows = [*_grants(), *_two_by_two(), *_teen(), *_laws(), *_zones(), *_wages(), *_castle(), *_spending()]
    frame = pd.DataFrame([vars(row) for row in rows])
    frame["difference"] = frame["ours"] - frame["printed"]
    frame["agrees"] = [
        round(o, int(d)) == round(p, int(d))
        for o, p, d in zip(frame["ours"], frame["printed"], frame["decimals"], strict=True)
    ]
    return frame[COLUMNS]


def _grants() -> Iterator[Printed]:
    """Wooldridge (2019), Example 14.1."""
    table = twfe.lags(make_design(data.job_training(), "lscrap"), lags=1).set_index("term")
    printed = {
        "period_1988": (-0.080, 0.109),
        "period_1989": (-0.247, 0.133),
        "lag_0": (-0.252, 0.151),
        "lag_1": (-0.422, 0.210),
    }
    for term, (value, se) in printed.items():
        yield Printed("jtrain", term, value, 3, float(table.loc[term, "value"]))  # type: ignore[arg-type]
        yield Printed("jtrain", f"{term}_se", se, 3, float(table.loc[term, "se"]))  # type: ignore[arg-type]


def _two_by_two() -> Iterator[Printed]:
    """Wooldridge (2019), Examples 13.3 (price in 1978 dollars) and 13.4 (Kentucky)."""
    houses, injury = data.textbook("kielmc"), data.textbook("injury")
    found = twfe.two_by_two(houses["rprice"], houses["nearinc"], houses["y81"])
    yield Printed("kielmc", "att", -11863.90, 2, found.value)
    yield Printed("kielmc", "se", 7456.65, 2, found.se)
    injury = injury[injury["ky"] == 1]
    found = twfe.two_by_two(injury["ldurat"], injury["highearn"], injury["afchnge"])
    yield Printed("injury", "att", 0.191, 3, found.value)
    yield Printed("injury", "se", 0.069, 3, found.se)


def _teen() -> Iterator[Printed]:
    """Callaway & Sant'Anna (2021), as printed in the documentation of the R package did."""
    design = make_design(data.teen_employment(), "lemp", covariates=["lpop"])
    plain, adjusted = group_time.estimate(design, draws=199), group_time.estimate(design, covariates=True, draws=199)
    cells = plain.att.set_index(["cohort", "period"])["value"]
    printed = {
        (2004, 2004): -0.0105,
        (2004, 2005): -0.0704,
        (2004, 2006): -0.1373,
        (2004, 2007): -0.1008,
        (2006, 2006): -0.0046,
        (2006, 2007): -0.0412,
        (2007, 2007): -0.0261,
    }
    for (cohort, period), value in printed.items():
        yield Printed("mpdta", f"att_{cohort}_{period}", value, 4, float(cells[cohort, period]))
    yield Printed("mpdta", "att", -0.0400, 4, plain.overall.value)
    yield Printed("mpdta", "se", 0.0120, 4, plain.overall.se)
    yield Printed("mpdta", "att_adjusted", -0.0418, 4, adjusted.overall.value)
    yield Printed("mpdta", "se_adjusted", 0.0115, 4, adjusted.overall.se)


def _laws() -> Iterator[Printed]:
    """Wooldridge (2019), Example 13.7: drunk driving laws and traffic deaths, first differences 1985 to 1990."""
    frame = data.textbook("traffic1")
    fit = OLS(frame["cdthrte"], add_constant(frame[["copen", "cadmn"]])).fit()
    for term, (value, se) in {"const": (-0.497, 0.052), "copen": (-0.420, 0.206), "cadmn": (-0.151, 0.117)}.items():
        yield Printed("traffic1", term, value, 3, float(fit.params[term]))
        yield Printed("traffic1", f"{term}_se", se, 3, float(fit.bse[term]))


def _zones() -> Iterator[Printed]:
    """Wooldridge (2019), Example 13.8: enterprise zones and claims for unemployment (Papke 1994), first differences."""
    frame = data.textbook("ezunem").dropna(subset=["guclms"])
    years = pd.get_dummies(frame["year"], prefix="year", dtype=float).iloc[:, 1:]
    fit = OLS(frame["guclms"], add_constant(years.assign(cez=frame["cez"]))).fit()
    yield Printed("ezunem", "cez", -0.182, 3, float(fit.params["cez"]))
    yield Printed("ezunem", "cez_se", 0.078, 3, float(fit.bse["cez"]))


def _wages() -> Iterator[Printed]:
    """Wooldridge (2019), Example 14.4 (Vella & Verbeek 1998): fixed effects, union and marriage premiums."""
    frame = data.textbook("wagepan")
    terms = ["married", "union", "expersq"]
    years = pd.get_dummies(frame["year"], prefix="year", dtype=float).iloc[:, 1:]
    columns = pd.concat([frame[["nr", "lwage", *terms]], years], axis=1)
    within = columns - columns.groupby("nr").transform("mean").assign(nr=columns["nr"])
    model = OLS(within["lwage"], within[[*terms, *years.columns]])
    model.df_resid = len(frame) - frame["nr"].nunique() - model.exog.shape[1]
    fit = model.fit()
    for term, (value, se) in {"married": (0.047, 0.018), "union": (0.080, 0.019)}.items():
        yield Printed("wagepan", term, value, 3, float(fit.params[term]))
        yield Printed("wagepan", f"{term}_se", se, 3, float(fit.bse[term]))


def _castle() -> Iterator[Printed]:
    """Cunningham (2021), chapter 9: the two-way coefficient on log homicides, and what it is made of by kind of comparison.

    State and year effects, no weights: `areg l_homicide post i.year, a(sid)` and `ddtiming` of the book.
    """
    design = make_design(data.castle_doctrine(), "l_homicide", min_cohort_units=1)
    yield Printed("castle", "twfe", 0.069, 3, twfe.overall(design).value)
    parts = bacon.decompose(design)
    printed = {
        "earlier_vs_later": (0.077, -0.029),
        "later_vs_earlier": (0.024, 0.046),
        "treated_vs_never": (0.899, 0.078),
    }
    for kind, (weight, value) in printed.items():
        rows = parts[parts["kind"] == kind]
        weights, values = rows["weight"].to_numpy(float), rows["estimate"].to_numpy(float)
        total = float(weights.sum())
        yield Printed("castle", f"{kind}_weight", weight, 3, total)
        yield Printed("castle", kind, value, 3, float(weights @ values) / total)


def _spending() -> Iterator[Printed]:
    """Wooldridge (2019), Computer Exercises 13.C11 (ii), (iii) and 14.C8 (iv), with the answers of its solutions manual.

    Districts' real spending per pupil in logs, beside enrolment in logs and the share of pupils with free lunch: first
    differences without and with last year's spending, then fixed effects with it; usual standard errors.
    """
    panel, also = data.school_spending(), ["lenrol", "lunch"]
    fits = {
        "fd": doses.first_differences(panel, "math4", "lrexpp", covariates=also, vcov="classical"),
        "fd_lag": doses.first_differences(panel, "math4", "lrexpp", lags=1, covariates=also, vcov="classical"),
        "fe_lag": doses.fixed_effects(panel, "math4", "lrexpp", lags=1, covariates=also, vcov="classical"),
    }
    printed = {
        ("fd", "dose"): ((-3.45, 2), (2.76, 2)),
        ("fd_lag", "dose"): ((-1.41, 2), (3.04, 2)),
        ("fd_lag", "dose_lag_1"): ((11.04, 2), (2.79, 2)),
        ("fe_lag", "dose"): ((-0.411, 3), (2.458, 3)),
        ("fe_lag", "dose_lag_1"): ((7.00, 2), (2.37, 2)),
    }
    for (fit, term), ((value, digits), (se, se_digits)) in printed.items():
        row = fits[fit].table.set_index("term").loc[term]
        yield Printed("mathpnl", f"{fit}_{term}", value, digits, float(row["value"]))
        yield Printed("mathpnl", f"{fit}_{term}_se", se, se_digits, float(row["se"]))
    for fit, (r2, n) in {"fd": (0.208, 3300), "fd_lag": (0.238, 2750), "fe_lag": (0.603, 3300)}.items():
        yield Printed("mathpnl", f"{fit}_r2", r2, 3, fits[fit].r2)
        yield Printed("mathpnl", f"{fit}_n", n, 0, float(fits[fit].n_obs))
