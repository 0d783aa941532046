"""Procedural justice training of Chicago's officers, as the README of the R package staggered prints the estimates.

The data (Wood, Tyler & Papachristos 2020; GPL-2) are that package's `pj_officer_level_balanced`, written as CSV.
"""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.methods.effects import make_design
from pipeline.methods.effects.estimators import Settings, estimate
from tests.slow.validation.conftest import OFFICERS

pytestmark = pytest.mark.slow
EVENTS = {
    0: (3.083575e-04, 0.002645327),
    1: (2.591678e-03, 0.002614563),
    2: (-4.872562e-05, 0.002622640),
    3: (2.043434e-03, 0.002715695),
    4: (2.977076e-03, 0.002653917),
    5: (7.979656e-04, 0.002721784),
}


def test_the_efficient_estimate_of_the_officers_is_that_of_the_readme():
    panel = pd.read_csv(OFFICERS).rename(columns={"uid": "unit", "first_trained": "cohort"})
    design = make_design(panel[["unit", "period", "cohort", "complaints"]], "complaints", min_cohort_units=1)
    found = estimate(design, "efficient_random_timing", Settings())
    assert f"{found.value:.9f}" == "-0.001126981"
    assert f"{found.se:.9f}" == "0.002115194"
    assert f"{found.extra['se_neyman']:.9f}" == "0.002119248"
    callaway = found.value - (1 - found.extra["beta"]) * found.extra["before"]
    assert f"{callaway:.9f}" == "-0.005176818"
    table = found.extra["event"].table.set_index("event_time")
    for event, (value, se) in EVENTS.items():
        assert table.loc[event, "value"] == pytest.approx(value, rel=1e-5)
        assert table.loc[event, "se"] == pytest.approx(se, rel=1e-5)
