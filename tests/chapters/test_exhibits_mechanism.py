"""What the report shows of the mechanism, and that its prose says "goes with" and never "causes"."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from pipeline.chapters import mechanism
from pipeline.ledger.entries import Ledger, Number, Results, read_results
from pipeline.study import Study, load_study
from tests.chapters.robust_sample import effects_of, holds_nothing, prose, schools
from tests.given import Given

BAD = re.compile(r"\bNone\b|\bnan\b|\?\?|\binf\b")
CAUSAL = re.compile(
    r"\b(causes?|caused|leads? to|raises|improves?|menyebabkan|meningkatkan|mengakibatkan)\b", re.IGNORECASE
)


def recorded(folder: Path, study: Study, panel: pd.DataFrame) -> Results:
    with Ledger("04_robustness", folder) as results:
        mechanism.record(results, Given(study, folder, {}, effects_of(study, panel)))
    return read_results(folder)


@pytest.fixture(scope="module")
def linked(medan: Study, tmp_path_factory: pytest.TempPathFactory) -> Results:
    return recorded(tmp_path_factory.mktemp("linked"), medan, schools(link=0.6))


@pytest.fixture(scope="module")
def loose(medan: Study, tmp_path_factory: pytest.TempPathFactory) -> Results:
    return recorded(tmp_path_factory.mktemp("loose"), medan, schools())


def test_steps_links_and_shares(linked):
    steps = [r["outcome"] for r in linked.tables["tbl_mechanism_steps"].rows]
    assert steps == ["innovative_methods", "pupil_activity", "literacy", "numeracy"]
    links = {(r["source"], r["target"]): r for r in linked.tables["tbl_mechanism_links"].rows}
    assert len(links) == 5
    assert links["pupil_activity", "literacy"]["value"] == pytest.approx(0.6, abs=0.08)
    assert links["pupil_activity", "literacy"]["implied"] == pytest.approx(1.0, abs=0.4)
    shares = {r["path"]: r for r in linked.tables["tbl_mechanism_shares"].rows}
    row = shares["pupil_activity__literacy"]
    assert row["bound_low"] <= row["low"] <= row["share"] <= row["high"] <= row["bound_high"]
    assert 0 < row["rho_zero"] < 1
    chain = shares["innovative_methods__pupil_activity__literacy"]
    assert chain["rho_zero"] is None
    assert chain["share"] < row["share"]
    assert linked.texts["mechanism_link_pupil_activity_literacy"] == "with"


def test_no_link_is_no_share(loose):
    assert loose.texts["mechanism_link_pupil_activity_literacy"] == "unclear"
    assert loose.texts["mechanism_share_pupil_activity_literacy"] == "unclear"


@pytest.mark.parametrize("lang", ["id", "en"])
def test_prose_uses_no_causal_word_for_links(medan, linked, loose, tmp_path, lang):
    for name, results in (("linked", linked), ("loose", loose)):
        text = prose(medan, results, tmp_path / name, lang, "mechanism")
        assert not CAUSAL.search(text)
        assert not BAD.search(text)
        assert {"id": "keterabaian berurutan", "en": "sequential ignorability"}[lang] in text
        assert "\n\n**Num" in text
    assert {"id": "berkaitan dengan", "en": "goes with"}[lang] in prose(medan, linked, tmp_path, lang, "mechanism")


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("state", ["held", "clear", "unclear", "total_unclear"])
@pytest.mark.parametrize("link", ["with", "against", "unclear"])
def test_prose_of_every_state(medan, linked, tmp_path, lang, state, link):
    texts = dict(linked.texts)
    for key in texts:
        if key.startswith("mechanism_share_"):
            texts[key] = state
        if key.startswith("mechanism_link_"):
            texts[key] = link
    changed = linked.__class__(**{**linked.__dict__, "texts": texts})
    text = prose(medan, changed, tmp_path, lang, "mechanism")
    assert not BAD.search(text)
    assert not CAUSAL.search(text)


def test_a_whole_effect_that_may_be_nothing_has_no_share(medan, tmp_path):
    panel = schools(link=0.6)
    under = (panel["period"] >= panel["cohort"]).fillna(False)
    panel["literacy"] -= 0.3 * under
    found = recorded(tmp_path, medan, panel)
    assert found.texts["mechanism_share_pupil_activity_literacy"] == "total_unclear"
    assert "mechanism_share_pupil_activity_literacy" not in found.numbers
    rows = {r["path"]: r for r in found.tables["tbl_mechanism_shares"].rows}
    assert rows["pupil_activity__literacy"]["share"] is None
    assert "says nothing" in prose(medan, found, tmp_path, "en", "mechanism")


def test_one_step_has_no_chain(medan, tmp_path):
    found = recorded(tmp_path, medan, schools().drop(columns=["innovative_methods", "numeracy"]))
    assert [r["path"] for r in found.tables["tbl_mechanism_shares"].rows] == ["pupil_activity__literacy"]
    assert isinstance(found.numbers["mechanism_rho_max"], Number)


def test_nothing_without_steps_or_with_few_units(medan, tmp_path):
    panel = schools()
    jtrain = load_study("jtrain")
    for name, study, shown in (
        ("no_steps", medan, panel.drop(columns=["innovative_methods", "pupil_activity"])),
        ("no_outcome", medan, panel.drop(columns=["literacy", "numeracy"])),
        ("jtrain", jtrain, panel.rename(columns={"literacy": "log_scrap"})),
        ("few", medan, panel[panel["unit"] < "s009"]),
    ):
        found = recorded(tmp_path / name, study, shown)
        assert holds_nothing(found)
        assert prose(study, found, tmp_path / name, "en", "mechanism").strip() == ""
