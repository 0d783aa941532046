"""Blinding: who took part moves between units of a level, all of it together, and outcomes stay."""

from __future__ import annotations

import pandas as pd

from pipeline.clean.blind import blind_panel, blind_tables, permuted_units


def _tables() -> dict[str, pd.DataFrame]:
    units = [f"u{i:02d}" for i in range(40)]
    levels = ["SD"] * 30 + ["SMP"] * 10
    cohort = pd.Series([2021 if i % 3 == 0 else None for i in range(40)], dtype="Int64")
    return {
        "schools": pd.DataFrame({"unit": units, "period": 2018, "level": levels}),
        "treatment": pd.DataFrame({"unit": units, "cohort": cohort}),
        "training": pd.DataFrame({"unit": units[::3], "period": 2021, "person": units[::3], "mentor": None, "jp": 8.0}),
        "scores": pd.DataFrame({"unit": units, "score": range(40)}),
    }


def test_participation_moves_together_and_outcomes_stay() -> None:
    before = _tables()
    after = blind_tables(before, seed=3)
    assert after["scores"].equals(before["scores"])
    old = set(before["treatment"].dropna()["unit"])
    new = set(after["treatment"].dropna()["unit"])
    assert len(new) == len(old)
    assert new != old
    assert set(after["training"]["unit"]) == new
    level = before["schools"].set_index("unit")["level"]
    assert sorted(level[list(new)]) == sorted(level[list(old)])


def test_the_seed_decides() -> None:
    units = _tables()["schools"]
    assert permuted_units(units, 1) == permuted_units(units, 1)
    assert permuted_units(units, 1) != permuted_units(units, 2)


def test_a_ready_panel_keeps_its_cohort_sizes(medan) -> None:
    units = pd.DataFrame({"unit": [f"u{i}" for i in range(20)]})
    units["cohort"] = pd.array([2021] * 8 + [None] * 12, dtype="Int64")
    panel = units.merge(pd.DataFrame({"period": [2019, 2020, 2021]}), how="cross").assign(y=range(60))
    after = blind_panel(panel, seed=5)
    assert after.drop(columns="cohort").equals(panel.drop(columns="cohort"))
    assert after.groupby("unit")["cohort"].nunique(dropna=False).eq(1).all()
    assert after["cohort"].value_counts().equals(panel["cohort"].value_counts())
    assert not after["cohort"].equals(panel["cohort"])


def test_a_lot_within_strata_is_dealt_out_within_them(medan) -> None:
    units = pd.DataFrame({"unit": [f"u{i:02d}" for i in range(20)], "stratum": ["a"] * 10 + ["b"] * 10})
    units["cohort"] = pd.array([2021] * 8 + [None] * 12, dtype="Int64")
    panel = units.merge(pd.DataFrame({"period": [2019, 2020, 2021]}), how="cross").assign(y=range(60))
    after = blind_panel(panel, seed=5)
    assert after[after["stratum"] == "b"]["cohort"].isna().all()
    assert after[after["stratum"] == "a"].groupby("unit")["cohort"].first().notna().sum() == 8
    assert not after["cohort"].equals(panel["cohort"])
