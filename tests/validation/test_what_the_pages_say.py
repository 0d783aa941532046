"""What the pages on error rates say in their own words: held against the table that was measured, or measured anew."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pipeline.methods.effects import make_design
from pipeline.methods.effects.diagnostics.balance import spread_df
from pipeline.methods.effects.judgement.error_rates import kept
from pipeline.methods.effects.judgement.limits import spread_at_most
from pipeline.study import ROOT

PAGE = " ".join((ROOT / "docs/error-rates.md").read_text(encoding="utf-8").split())


def _share(shape: str, world: str, event: str) -> float:
    table = kept()
    return float(table.loc[(table["shape"] == shape) & (table["world"] == world), event].iloc[0])


def test_what_refusing_two_treated_draws_would_keep_and_cost() -> None:
    loud, called, wrongly = (
        100 * _share(*where, "increase")
        for where in (("loud_2_of_42", "no_effect"), ("treated_2_of_42", "mde"), ("treated_2_of_42", "no_effect"))
    )
    assert f"increase without effect in {loud:.1f} % where errors are half as large again" in PAGE
    assert f"`treated_2_of_42` is called in {called:.0f} % at its detectable effect" in PAGE
    assert f"increases in {wrongly:.1f} % without one" in PAGE
    for shape in ("loud_2_of_42", "treated_2_of_42"):
        assert _share(shape, "no_effect", "strong") == _share(shape, "twice_mde", "strong") == 0.0, "at most moderate"


def _known_as(levels: np.ndarray) -> float:
    """The upper bound that a derived smallest effect rests on, from levels before the start."""
    n = len(levels)
    rows = pd.DataFrame({"unit": np.repeat([f"u{k}" for k in range(n)], 2), "period": np.tile([2020, 2021], n)})
    rows["cohort"] = np.repeat(np.where(np.arange(n) % 2, 2021.0, np.nan), 2)
    rows["y"] = np.repeat(levels, 2) + np.tile([0.0, 0.1], n)
    found = spread_at_most(float(levels.std(ddof=1)), spread_df(make_design(rows, "y"), "unit"), 0.05)
    assert found is not None
    return found


def test_so_few_lognormal_levels_hide_their_spread_and_the_bound_lies_above_it_as_often_as_said() -> None:
    rng = np.random.default_rng(11)
    true = np.sqrt((np.e - 1) * np.e)
    seen = [float(rng.lognormal(0, 1, 20).std(ddof=1)) / true for _ in range(20_000)]
    assert "less than 0.73 of it in every other sample" in PAGE
    assert float(np.median(seen)) == pytest.approx(0.73, abs=0.01)
    above = [np.mean([_known_as(rng.lognormal(0, 1, n)) >= true for _ in range(300)]) for n in (20, 40)]
    normal = np.mean([_known_as(rng.normal(0, 1, 20)) >= 1.0 for _ in range(300)])
    assert "(86 to 87 %; of twenty normal levels 97)" in PAGE
    assert above == pytest.approx([0.87, 0.86], abs=0.06), "three errors of 300 samples"
    assert normal == pytest.approx(0.97, abs=0.03)


def test_how_often_chance_alone_brings_a_world_beyond() -> None:
    page = " ".join((ROOT / "docs/validation.md").read_text(encoding="utf-8").split())
    assert "Of the seven worlds in which the assumptions hold" in page
    assert f"with a probability of {1 - 0.95**7:.2f}" in page
