"""What the report shows of power and of next year's designs."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pipeline.chapters import power
from pipeline.chapters.analysis import estimate_outcome, judge_outcomes
from pipeline.chapters.power import sampling_variance
from pipeline.languages.catalogue import say
from pipeline.ledger.entries import Ledger, Number, Results, read_results
from pipeline.methods.effects.design.power import detectable
from pipeline.methods.effects.judgement.limits import minimum_detectable_effect
from pipeline.study import Study, load_study
from tests.chapters.robust_sample import effects_of, holds_nothing, prose, raw_tables, schools
from tests.given import Given

BAD = re.compile(r"\bNone\b|\bnan\b|\?\?|\binf\b")


def recorded(folder: Path, study: Study, panel: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> Results:
    with Ledger("04_robustness", folder) as results:
        power.record(results, Given(study, folder, {"panel": panel, **tables}, effects_of(study, panel)))
    return read_results(folder)


@pytest.fixture(scope="module")
def found(medan: Study, tmp_path_factory: pytest.TempPathFactory) -> Results:
    panel = schools()
    return recorded(tmp_path_factory.mktemp("power"), medan, panel, raw_tables(panel))


def test_one_table_a_primary_outcome_and_one_of_variances(medan, found):
    assert set(found.tables) == {"tbl_power_variance", "tbl_power_literacy", "tbl_power_numeracy"}
    assert list(found.figures) == ["fig_power"]
    rows = {r["code"]: r for r in found.tables["tbl_power_literacy"].rows}
    now = rows["estimated_0_0"]
    main = effects_of(medan, schools())["literacy"].main.overall
    assert now["mde"] == pytest.approx(detectable(main.interval_se, 178))
    assert rows["now_0_0"]["se"] == pytest.approx(main.se, rel=0.15)
    assert rows["enter_80_1"]["se"] is None  # sixty never treated: too few would remain
    assert rows["lottery_40_1"]["treated"] == 40
    assert rows["pupils_0_1"]["mde"] <= rows["years_0_1"]["mde"]
    assert {r["outcome"] for r in found.tables["tbl_power_variance"].rows} == set(medan.outcome_names)
    assert found.texts["power_now_literacy"] == "short"
    assert found.numbers["power_mde_literacy"].value == pytest.approx(now["mde"])


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_other_critical_value_of_the_verdict_is_said_where_outcomes_are_judged_together(medan, tmp_path, lang):
    first = next(o for o in medan.outcomes if o.role == "primary")
    alone = medan.model_copy(update={"outcomes": [first]})
    for study, several in ((medan, True), (alone, False)):
        found = recorded(tmp_path / str(several), study, schools(), {})
        notes = say(found.tables[f"tbl_power_{first.name}"].notes, lang)
        assert ("@tbl-verdict" in notes) is several
    assert (
        minimum_detectable_effect(1.0, family=2, df=178)
        > minimum_detectable_effect(1.0, df=178)
        == detectable(1.0, 178)
    )


def test_the_title_of_the_figure_is_of_the_designs_that_it_draws(medan, tmp_path, monkeypatch):
    judged = []
    monkeypatch.setattr(power.titles, "detectable", lambda panels: judged.extend(panels) or "common-outcome")
    found = recorded(tmp_path, medan, schools(), {})
    assert judged
    for (designs, _), name in zip(judged, ("literacy", "numeracy"), strict=True):
        assert set(designs["design"]) == {"enter", "lottery"}
        assert "all_before_0_0" in {row["code"] for row in found.tables[f"tbl_power_{name}"].rows}  # in the table alone


def test_sampling_variance_by_hand():
    scores = pd.DataFrame(
        {
            "unit": ["A"] * 4 + ["B"] * 2,
            "period": 2020,
            "grade": 5,
            "subject": "literacy",
            "score": [40.0, 60, 40, 60, 50, 70],
        }
    )
    panel = pd.DataFrame({"unit": ["A", "B"], "cohort": pd.array([None, 2020], dtype="Int64")})
    scale = np.var([40, 60, 40, 60], ddof=1)  # of the school never treated
    expected = (scale / 4 + 200 / 2) / 2 / scale
    assert sampling_variance(scores, panel, "literacy") == pytest.approx(expected)
    assert np.isnan(sampling_variance(scores, panel, "numeracy"))


@pytest.mark.parametrize("lang", ["id", "en"])
def test_prose(medan, found, tmp_path, lang):
    text = prose(medan, found, tmp_path, lang, "power")
    assert not BAD.search(text)
    assert {"id": "hasil nihil tidak akan menyelesaikan", "en": "a finding of nothing would not settle"}[lang] in text
    assert {"id": "peluang menemukan efek 0,05.", "en": "finding an effect of 0.05."}[lang] in text
    assert "\n\n**Num" in text


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("state", ["already", "reached", "unreachable"])
@pytest.mark.parametrize("now", ["enough", "short"])
def test_prose_of_every_state(medan, found, tmp_path, lang, state, now):
    keys = [f"power_{k}_{o}" for k in ("years", "enter", "lottery", "fresh") for o in ("literacy", "numeracy")]
    texts = {**found.texts, **dict.fromkeys(keys, state), "power_now_literacy": now, "power_now_numeracy": now}
    some = Number(12, "", 0, None, None, None, None, "04_robustness")
    numbers = {**found.numbers, **dict.fromkeys(keys, some)}
    changed = found.__class__(**{**found.__dict__, "texts": texts, "numbers": numbers})
    assert not BAD.search(prose(medan, changed, tmp_path, lang, "power"))


def test_a_ready_panel_without_clusters_and_scores(tmp_path):
    """54 units, three periods, one pair of cohorts, as the published data on training grants."""
    jtrain = load_study("jtrain")
    panel = schools(n=54).query("period <= 2021 or period == 2022").rename(columns={"literacy": "log_scrap"})
    panel = panel[panel["period"].isin([2019, 2021, 2022])].drop(columns=["cluster"])
    found = recorded(tmp_path, jtrain, panel, {})
    rows = {r["code"]: r for r in found.tables["tbl_power_log_scrap"].rows}
    assert "pupils_0_1" not in rows
    assert rows["lottery_20_1"]["se"] is None
    assert found.tables["tbl_power_variance"].rows[0]["sampling"] is None
    for lang in ("id", "en"):
        assert not BAD.search(prose(jtrain, found, tmp_path, lang, "power"))


def test_where_no_smallest_effect_is_declared_that_of_the_verdict_is_planned_for_and_said(medan, tmp_path):
    bare = [outcome.model_copy(update={"smallest_effect": None}) for outcome in medan.outcomes]
    study, panel = medan.model_copy(update={"outcomes": bare[:1]}), schools()
    effects = {"literacy": estimate_outcome(study, panel, study.outcomes[0])}
    with Ledger("04_robustness", tmp_path) as results:
        power.record(results, Given(study, tmp_path, {"panel": panel, **raw_tables(panel)}, effects))
    found, verdict = read_results(tmp_path), judge_outcomes(study, effects)["literacy"]
    assert found.numbers["power_effect_literacy"].value == verdict.smallest_effect
    assert found.texts["power_derived_literacy"] == "yes"
    for lang, words in (("id", "tidak menyatakan efek terkecil"), ("en", "declares no smallest effect")):
        (tmp_path / lang).mkdir()
        text = prose(study, found, tmp_path / lang, lang, "power")
        assert words in text
        assert not BAD.search(text)


def test_clusters_assigned(medan, tmp_path):
    program = medan.program.model_copy(update={"assigned_at": "cluster"})
    panel = schools()
    found = recorded(tmp_path, medan.model_copy(update={"program": program}), panel, raw_tables(panel))
    row = found.tables["tbl_power_literacy"].rows[0]
    assert row["mde"] == pytest.approx(detectable(row["se"], 9 - 2))


def test_nothing_where_nothing_can_be_planned(medan, tmp_path):
    panel = schools()
    for name, shown in (("few", panel[panel["unit"] < "s015"]), ("none", panel.drop(columns=["literacy", "numeracy"]))):
        found = recorded(tmp_path / name, medan, shown, {})
        assert holds_nothing(found)
        assert prose(medan, found, tmp_path / name, "en", "power").strip() == ""
