"""Published estimates beside ours, on the same data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
from statsmodels.regression.linear_model import OLS
from statsmodels.tools.tools import add_constant

from pipeline.methods.effects import group_time, make_design, twfe
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
    rows = [*_grants(), *_two_by_two(), *_teen(), *_laws(), *_zones(), *_wages()]
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
