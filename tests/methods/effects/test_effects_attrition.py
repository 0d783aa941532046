"""Attrition: bounds that hold the truth where the naive estimate does not, and that collapse where nothing differs."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pipeline.methods.effects.sensitivity.attrition import lee_bounds

PERIODS = (2019, 2020, 2021, 2022)
EFFECT = 0.20


def _world(lost_by_treatment: float, seed: int = 1) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """200 units of 30 persons; treatment changes by `lost_by_treatment` the share of weak persons who are measured."""
    rng = np.random.default_rng(seed)
    persons, measured, units = [], [], []
    for k in range(200):
        cohort = 2021 if k % 2 else None
        units.append((f"u{k:03d}", cohort, f"u{k:03d}"))
        level = rng.normal(0, 0.3)
        for period in PERIODS:
            on = cohort is not None and period >= cohort
            ability = level + rng.normal(0, 1, 30)
            weak = ability < np.quantile(ability, 0.4)
            chance = np.where(weak, 0.8 - lost_by_treatment * on, 0.95)
            there = rng.random(30) < chance
            values = ability[there] + EFFECT * on
            persons += [(f"u{k:03d}", period, v) for v in values]
            measured.append((f"u{k:03d}", period, 30, int(there.sum())))
    return (
        pd.DataFrame(persons, columns=["unit", "period", "value"]),
        pd.DataFrame(measured, columns=["unit", "period", "listed", "scored"]),
        pd.DataFrame(units, columns=["unit", "cohort", "cluster"]).astype({"cohort": "Int64"}),
    )


def test_bounds_hold_the_truth_where_the_naive_estimate_does_not() -> None:
    found = lee_bounds(*_world(0.4))  # treatment keeps the weak away: the naive effect is too large
    assert found.side == "comparison"
    assert found.on_share.value == pytest.approx(-0.16, abs=0.02)
    assert found.naive.low > EFFECT
    assert found.lower.value <= EFFECT <= found.upper.value
    assert found.bounds.ci_low < found.lower.value < found.naive.value < found.upper.value < found.bounds.ci_high


def test_treatment_that_brings_the_weak_is_bounded_too() -> None:
    found = lee_bounds(*_world(-0.2))
    assert found.side == "treated"
    assert found.naive.value < EFFECT
    assert found.lower.value <= EFFECT <= found.upper.value


def test_without_attrition_the_bounds_are_the_estimate() -> None:
    persons, measured, units = _world(0.0)
    found = lee_bounds(persons, measured.assign(scored=measured["listed"]), units)
    assert found.trimmed == 0
    assert found.lower.value == found.upper.value == found.naive.value
    # normal quantiles here, t quantiles there
    assert found.bounds.ci_low == pytest.approx(found.naive.low, abs=0.02 * found.naive.se)


def test_equal_attrition_trims_little() -> None:
    found = lee_bounds(*_world(0.0))
    assert found.on_share.p > 0.01
    assert found.trimmed < 0.03
    assert found.upper.value - found.lower.value < 0.12


def test_the_share_trimmed_is_that_of_the_periods_under_treatment() -> None:
    """By hand: two groups, all measured before; after the start 100 in 100 treated and 80 in 100 others."""
    rng = np.random.default_rng(0)
    units = pd.DataFrame({"unit": range(40), "cohort": [2021.0] * 20 + [np.nan] * 20, "cluster": range(40)})
    measured = pd.DataFrame(
        [
            (u, p, 100, (50 if p < 2021 else 100 if u < 20 else 50) + (u + p) % 2)
            for u in range(40)
            for p in (2019, 2020, 2021, 2022)
        ],
        columns=["unit", "period", "listed", "scored"],
    ).assign(listed=101)
    persons = measured.loc[measured.index.repeat(measured["scored"]), ["unit", "period"]].assign(
        value=lambda f: rng.normal(size=len(f))
    )
    found = lee_bounds(persons.reset_index(drop=True), measured, units)
    assert found.side == "treated"
    # half of the listed more are measured, out of nearly all: one half, not two thirds of the mean over all periods
    assert found.trimmed == pytest.approx(50 / 100.5, abs=0.01)
