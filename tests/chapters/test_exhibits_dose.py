"""What the report shows of dose and arm: tables, codes, prose in both languages, and silence where there is nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from pipeline.chapters import dose
from pipeline.chapters.dose import NOTES, arm_words
from pipeline.clean.exposure import LIGHT
from pipeline.languages.catalogue import say
from pipeline.languages.known import HERE
from pipeline.ledger.entries import Ledger, Results, read_results
from pipeline.methods.effects import make_design
from pipeline.methods.effects.heterogeneity import arms
from pipeline.methods.effects.heterogeneity.dose import binned
from pipeline.report.assets import ASSETS
from pipeline.study import Study, load_study
from tests.chapters.robust_sample import effects_of, holds_nothing, hours, prose, raw_tables, schools
from tests.given import Given

BAD = re.compile(r"\bNone\b|\bnan\b|\?\?|\binf\b")


def recorded(folder: Path, study: Study, panel: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> Results:
    with Ledger("04_robustness", folder) as results:
        dose.record(results, Given(study, folder, {"panel": panel, **tables}, effects_of(study, panel)))
    return read_results(folder)


@pytest.fixture(scope="module")
def steep(medan: Study, tmp_path_factory: pytest.TempPathFactory) -> Results:
    panel = schools(per_hour=0.02)
    return recorded(tmp_path_factory.mktemp("steep"), medan, panel, raw_tables(panel))


def test_tables_and_numbers(steep):
    bins = steep.tables["tbl_dose_bins"].rows
    assert [r["group"] for r in bins[:3]] == ["low", "middle", "high"]
    assert {r["outcome"] for r in bins} == {"literacy", "numeracy", "innovative_methods", "pupil_activity"}
    assert {r["group"] for r in steep.tables["tbl_dose_arms"].rows} == {"training", "training+mentoring"}
    assert steep.numbers["dose_slope_literacy"].value == pytest.approx(0.2, abs=0.05)  # per ten hours
    assert steep.texts["dose_bins_literacy"] == "differ"
    assert steep.numbers["dose_mean_never"].value == 1.0
    tests = {r["outcome"]: r for r in steep.tables["tbl_dose_tests"].rows}
    single = binned(make_design(schools(per_hour=0.02), "literacy"), by_hours()).equality.p
    assert single <= tests["literacy"]["bins_p"] <= 4 * single + 1e-12  # Holm over four outcomes


def by_hours() -> pd.Series:
    """Dose by school, as the register has it: the mentored have five hours more."""
    return pd.Series({f"s{i:03d}": hours(i) + 5.0 * (i % 2) for i in range(180) if i % 3})


def test_the_effect_of_a_dose_and_of_more_of_it_are_told_apart(medan, steep, tmp_path):
    rows = [r for r in steep.tables["tbl_dose_curve"].rows if r["outcome"] == "literacy"]
    assert len(rows) == 5
    assert [r["dose"] for r in rows] == sorted(r["dose"] for r in rows)
    rise = (rows[-1]["value"] - rows[0]["value"]) / (rows[-1]["dose"] - rows[0]["dose"])
    assert min(r["acrt"] for r in rows) <= 10 * rise <= max(r["acrt"] for r in rows)
    assert all(r["acrt_low"] < r["acrt"] < r["acrt_high"] for r in rows)
    for lang, words in (("en", "Only under the stronger assumption"), ("id", "Hanya menurut asumsi yang lebih kuat")):
        (tmp_path / lang).mkdir()
        assert words in prose(medan, steep, tmp_path / lang, lang, "dose")


def test_kinds_without_a_difference(medan, tmp_path):
    panel = schools()
    found = recorded(tmp_path, medan, panel, raw_tables(panel))
    assert found.texts["dose_arms_literacy"] == "alike"


@pytest.mark.parametrize("lang", ["id", "en"])
def test_prose(medan, steep, tmp_path, lang):
    text = prose(medan, steep, tmp_path, lang, "dose")
    assert {"id": "Efek ketiga kelompok dosis berbeda", "en": "The effects of the three thirds of dose differ"}[
        lang
    ] in text
    assert {"id": "tren sejajar kuat", "en": "strong parallel trends"}[lang] in text
    assert not BAD.search(text)
    assert "\n\n**Num" in text


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("state", ["differ", "alike", "untested"])
def test_prose_of_every_state(medan, steep, tmp_path, lang, state):
    texts = {k: state if "before" in k else "differ" if state == "alike" else "alike" for k in steep.texts}
    numbers = {k: v for k, v in steep.numbers.items() if not k.startswith("dose_slope")}
    changed = steep.__class__(**{**steep.__dict__, "texts": texts, "numbers": numbers})
    text = prose(medan, changed, tmp_path, lang, "dose")
    assert not BAD.search(text)
    doubtful = {"id": "melawan tren sejajar pada tiap dosis, sehingga", "en": "effects of the thirds themselves"}[lang]
    assert (doubtful in text) == (state == "differ")
    assert "@tbl-dose-tests" in text


def test_small_cells_do_not_appear(medan, tmp_path):
    panel = schools()
    tables = raw_tables(panel)
    odd = tables["training"]["unit"].isin(["s001", "s004"])  # two schools with a mix of their own
    tables["training"].loc[odd & (tables["training"]["jp"] > 1), "activity"] = "out_of_region"
    found = recorded(tmp_path, medan, panel, tables)
    rows = found.tables["tbl_dose_arms"].rows
    assert arms.OTHER in {r["group"] for r in rows}
    assert min(r["n_units"] for r in rows) >= 15
    assert found.numbers["dose_arms_left_out"].value == 0  # else the total would give the two away


def test_clusters_assigned_refuse_the_continuous_dose_only(medan, tmp_path):
    program = medan.program.model_copy(update={"assigned_at": "cluster"})
    panel = schools()
    found = recorded(tmp_path, medan.model_copy(update={"program": program}), panel, raw_tables(panel))
    assert {r["note"] for r in found.tables["tbl_dose_tests"].rows} == {"clustered"}
    assert "tbl_dose_bins" in found.tables
    assert say(NOTES["clustered"], "en") in prose(medan, found, tmp_path, "en", "dose")


def test_nothing_without_a_register_or_with_few_schools(medan, tmp_path):
    panel = schools()
    tables = raw_tables(panel)
    for name, study, shown, given in (
        ("no_register", medan, panel, {}),
        ("ready_panel", load_study("jtrain"), panel, tables),
        ("few", medan, panel[panel["unit"] < "s030"], tables),
        ("empty", medan, panel, {**tables, "training": tables["training"].iloc[:0]}),
    ):
        found = recorded(tmp_path / name, study, shown, given)
        assert holds_nothing(found)
        assert prose(study, found, tmp_path / name, "en", "dose").strip() == ""


def test_words_of_mixes():
    assert say(arm_words("training+course"), "en") == "Workshops/seminars + courses outside the region"
    assert say(arm_words(LIGHT), "id").startswith("Tidak ada")
    assert say(arm_words("mentoring"), "id") == "Mentoring"


@pytest.mark.parametrize("topic", ["dose", "mechanism", "power"])
def test_every_citation_exists(topic):
    known = set(re.findall(r'"id": "([^"]+)"', (ASSETS / "references.json").read_text(encoding="utf-8")))
    for lang in ("id", "en"):
        text = (HERE / lang / f"{topic}.ftl").read_text(encoding="utf-8")
        cited = {key for part in re.findall(r"\[(@[^\]]+)\]", text) for key in re.findall(r"@([a-z0-9-]+)", part)}
        assert cited <= known
