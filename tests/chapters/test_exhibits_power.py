"""What the report shows of power and of next year's designs."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

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
    now = rows["now_0_0"]
    main = effects_of(medan, schools())["literacy"].main
    assert now["se"] == pytest.approx(main.overall.interval_se)
    assert now["mde"] == pytest.approx(detectable(main.overall.interval_se, main.df))
    variances = {r["outcome"]: r for r in found.tables["tbl_power_variance"].rows}
    assert variances["literacy"]["se_model"] == pytest.approx(main.overall.se, rel=0.15)
    assert {c for c in rows if c.startswith("enter")} == {f"enter_{k}_{n}" for k in (20, 40, 58) for n in (1, 2)}, (
        "of 60"
    )
    assert all(row["never"] >= 2 for row in rows.values())
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
    assert {c for c in rows if c.startswith("lottery")} == {f"lottery_{k}_{n}" for k in (5, 11, 16) for n in (1, 2)}, (
        "of 18"
    )
    table = found.tables["tbl_power_variance"]
    assert not {"sampling", "cluster_share"} & {column.key for column in table.columns}, (
        "there are neither pupils nor areas"
    )
    assert "pupil" not in say(table.notes, "en")
    assert "cluster" not in say(table.notes, "en")
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


@pytest.mark.parametrize("units", [24, 60])
def test_the_present_design_has_one_smallest_detectable_effect(medan, tmp_path, units):
    """That of the verdict, whose degrees of freedom are those of the estimate and not the number of units."""
    study, panel = medan.model_copy(update={"outcomes": medan.outcomes[:1]}), schools(units)
    effects = {"literacy": estimate_outcome(study, panel, study.outcomes[0])}
    with Ledger("04_robustness", tmp_path) as results:
        power.record(results, Given(study, tmp_path, {"panel": panel}, effects))
    found, verdict = read_results(tmp_path), judge_outcomes(study, effects)["literacy"]
    assert found.numbers["power_mde_literacy"].value == pytest.approx(verdict.mde)
    assert found.tables["tbl_power_literacy"].rows[0]["mde"] == pytest.approx(verdict.mde)
    assert effects["literacy"].main.df < units - 3


def test_a_longer_design_is_not_worse_than_the_present_one_for_another_yardstick(medan, tmp_path):
    """Where the units treated vary much more than others, the fitted variance is not that of the estimate: it is said."""
    rng = np.random.default_rng(3)
    plain = schools(60)
    few = plain[plain["cohort"].isna() | (plain["unit"] < "s012")]
    noisy = few.assign(literacy=few["literacy"] + few["cohort"].notna() * rng.normal(0, 0.8, len(few)))
    for name, panel, words in (("plain", plain, "is close to"), ("noisy", noisy, "apart by a quarter")):
        found = recorded(tmp_path / name, medan.model_copy(update={"outcomes": medan.outcomes[:1]}), panel, {})
        rows = {r["code"]: r for r in found.tables["tbl_power_literacy"].rows}
        assert rows["years_0_2"]["se"] < rows["years_0_1"]["se"] < rows["now_0_0"]["se"]
        row = found.tables["tbl_power_variance"].rows[0]
        assert (max(row["se"] / row["se_model"], row["se_model"] / row["se"]) >= power.APART) is (name == "noisy")
        assert words in say(found.tables["tbl_power_variance"].notes, "en")


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize(("never", "entering"), [(9, (2, 5, 7)), (3, (1,)), (2, ())])
def test_a_small_comparison_gives_what_it_has_or_is_said_to_give_none(medan, tmp_path, never, entering, lang):
    panel = schools(60)
    kept = panel.loc[panel["cohort"].isna(), "unit"].unique()[:never]
    panel = panel[panel["cohort"].notna() | panel["unit"].isin(kept)]
    study = medan.model_copy(update={"outcomes": medan.outcomes[:1]})
    found = recorded(tmp_path / "ledger", study, panel, {})
    rows = pd.DataFrame(found.tables["tbl_power_literacy"].rows)
    assert {int(c.split("_")[1]) for c in rows["code"] if c.startswith(("enter", "lottery"))} == set(entering)
    assert rows["never"].min() >= 2
    text = prose(study, found, tmp_path, lang, "power")
    nobody = {"id": "dari luar studi", "en": "from outside this study"}[lang]
    assert ("fig_power" in found.figures) is (never > 2)
    assert text.count(nobody) == (2 if never == 2 else 0), "in the text and below the table"
    assert ({"id": "Tidak ada gambar", "en": "No figure shows"}[lang] in text) is (never == 2)
    assert not BAD.search(text)


def test_no_line_of_the_figure_is_without_a_point(medan, tmp_path, monkeypatch):
    drawn = []
    monkeypatch.setattr(power, "detectable_effects", lambda panels, *_: drawn.extend(panels) or Figure())
    panel = schools(60)
    kept = panel.loc[panel["cohort"].isna(), "unit"].unique()[:9]
    recorded(tmp_path, medan, panel[panel["cohort"].notna() | panel["unit"].isin(kept)], {})
    assert {title for title, *_ in drawn}
    for _, designs, *_ in drawn:
        assert np.isfinite(designs["mde"]).all()
        assert {(kind, years) for kind, years in designs[["design", "years"]].itertuples(index=False)} == {
            (kind, years) for kind in ("enter", "lottery") for years in (1, 2)
        }


def test_clusters_assigned(medan, tmp_path):
    program = medan.program.model_copy(update={"assigned_at": "cluster"})
    panel = schools()
    found = recorded(tmp_path, medan.model_copy(update={"program": program}), panel, raw_tables(panel))
    row, main = (
        found.tables["tbl_power_literacy"].rows[0],
        effects_of(medan.model_copy(update={"program": program}), panel),
    )
    assert row["mde"] == pytest.approx(detectable(row["se"], main["literacy"].main.df))


def test_nothing_where_nothing_can_be_planned(medan, tmp_path):
    panel = schools()
    for name, shown in (("few", panel[panel["unit"] < "s015"]), ("none", panel.drop(columns=["literacy", "numeracy"]))):
        found = recorded(tmp_path / name, medan, shown, {})
        assert holds_nothing(found)
        assert prose(medan, found, tmp_path / name, "en", "power").strip() == ""
