"""Effects on other aims: the checks of the main outcomes that their data allow, and what could not be examined."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pipeline.chapters import aim_effects, service
from pipeline.chapters.aim_effects import estimate_aim
from pipeline.chapters.facts import CHANGES
from pipeline.chapters.reasons import REASONS
from pipeline.ledger.entries import Ledger
from pipeline.methods.effects.judgement.verdict import OF_NULLS
from pipeline.methods.indicators.skm import ELEMENTS
from tests.given import Given


def _panel(early: float = 0.0, areas: bool = True) -> pd.DataFrame:
    """Units in twelve areas, a third treated in 2022; `early`: what shows two periods before."""
    rng = np.random.default_rng(5)
    units, periods = np.arange(120), np.arange(2018, 2025)
    frame = pd.DataFrame({"unit": np.repeat(units, 7).astype(str), "period": np.tile(periods, 120)})
    number = np.repeat(units, 7)
    frame["cohort"] = pd.array(np.where(number % 3 == 0, 2022, pd.NA), dtype="Int64")
    frame["cluster"] = (number % 12 if areas else number).astype(str)
    since = (frame["period"] >= 2022).astype(float) + early * (frame["period"] == 2020)
    frame["value"] = rng.normal(60, 2, len(frame)) + 5 * since * frame["cohort"].notna()
    return frame


def test_the_checks_of_the_main_outcomes_are_made_where_the_data_allow(medan) -> None:
    found = estimate_aim(medan, _panel(), "value", 1.0)
    assert found is not None
    evidence = found.verdict.evidence
    assert evidence.wild_p is not None
    assert len(evidence.robustness.placebo_dates) == 2
    assert evidence.robustness.least <= evidence.value <= evidence.robustness.most
    assert evidence.robustness.missing == {"attrition", "spillover"} or evidence.robustness.missing == {"attrition"}
    assert "not_examined" in found.verdict.codes
    assert found.verdict.security <= 4


def test_without_areas_there_is_no_cluster_bootstrap_and_no_spillover(medan) -> None:
    found = estimate_aim(medan, _panel(areas=False), "value", 1.0)
    assert found is not None
    assert found.verdict.evidence.wild_p is None
    assert "spillover" in found.verdict.evidence.robustness.missing


def test_where_no_verdict_is_told_no_check_is_made(medan, monkeypatch: pytest.MonkeyPatch) -> None:
    """The estimate stays what it is; only scores that rise by rule of scoring are asked for so."""
    full = estimate_aim(medan, _panel(), "value", 1.0)
    for name in ("_examined", "_bootstrap"):
        monkeypatch.setattr(aim_effects, name, lambda *given: pytest.fail("a check was made"))
    found = estimate_aim(medan, _panel(), "value", 1.0, examined=False)
    assert found is not None
    assert full is not None
    assert found.overall == full.overall
    assert "not_examined" in found.verdict.codes


def test_an_effect_where_there_can_be_none_is_seen(medan) -> None:
    found = estimate_aim(medan, _panel(early=1.0), "value", 1.0)
    assert found is not None
    assert "placebo_date_moves" in found.verdict.codes or found.verdict.code == "not_credible"


def test_satisfaction_is_examined_by_the_areas_that_units_lie_in(
    medan, monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    """Also where units were assigned one by one: neighbours are what bootstrap, parts left out and spill-over go by."""
    seen = []
    monkeypatch.setattr(service, "estimate_aim", lambda study, panel, *rest: seen.append((panel, rest)))
    for name in ("_grades", "_elements", "_dose"):
        monkeypatch.setattr(service, name, lambda *given: None)
    units = [f"u{i}" for i in range(12)]
    scores = pd.DataFrame({"unit": np.repeat(units, 2), "period": np.tile([2022, 2023], 12), "score": 80.0})
    monkeypatch.setattr(service, "unit_scores", lambda skm: scores.assign(**dict.fromkeys(ELEMENTS, 3.0)))
    tables = {
        "skm": pd.DataFrame({"period": [2022]}),
        "treatment": pd.DataFrame({"unit": units, "cohort": pd.array([2023] * 6 + [pd.NA] * 6, dtype="Int64")}),
        "schools": pd.DataFrame({"unit": units, "kecamatan": [f"k{i % 3}" for i in range(12)]}),
    }
    with Ledger("06_aims", tmp_path) as ledger:
        service.record(ledger, Given(medan, tmp_path, tables))
    assert seen
    assert all(set(panel["cluster"]) == {"k0", "k1", "k2"} and rest[-1] == "unit" for panel, rest in seen)


def test_every_reason_has_words_and_a_kind() -> None:
    assert set(REASONS) >= OF_NULLS
    kinds = [code for codes in CHANGES.values() for code in codes]
    assert len(kinds) == len(set(kinds))
    assert {"not_examined", "one_comparison", "few_comparison", "baseline_unexplained"} <= set(kinds)
    assert {"mde_exceeds_smallest_effect", "smallest_effect_not_ruled_out"} <= set(CHANGES["precision"])
