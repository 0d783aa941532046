"""What the report says of timing by lot: its assumption, and its doubt where groups differ before the start."""

from __future__ import annotations

import re

import pytest

from pipeline.chapters import timing
from pipeline.chapters.analysis import estimate_outcome, judge_outcomes
from pipeline.errors import DesignError
from pipeline.languages import locale
from pipeline.ledger.entries import Ledger, read_results
from pipeline.methods.effects.estimators import Settings, estimate
from tests.chapters.robust_sample import prose
from tests.chapters.test_exhibits_estimators import schools
from tests.given import Given


@pytest.fixture
def study(medan):
    program = medan.program.model_copy(update={"timing": "random"})
    return medan.model_copy(update={"outcomes": [medan.outcome("literacy")], "covariates": [], "program": program})


def _recorded(study, folder, panel, monkeypatch):
    monkeypatch.setattr(timing, "DRAWS", 39)
    effects = {o.name: estimate_outcome(study, panel, o) for o in study.outcomes}
    with Ledger("04_robustness", folder) as ledger:
        timing.record(ledger, Given(study, folder, {}, effects))
    return read_results(folder), effects


@pytest.mark.parametrize(
    ("lang", "assumption", "sound", "doubt"),
    [
        ("en", "takes the place of parallel trends", "do not differ by more", "it is doubtful|random is doubtful"),
        ("id", "menggantikan tren sejajar", "tidak berbeda lebih", "acak diragukan"),
    ],
)
def test_the_assumption_stands_beside_the_number(study, tmp_path, monkeypatch, lang, assumption, sound, doubt):
    panel = schools()
    found, effects = _recorded(study, tmp_path / "lot", panel, monkeypatch)
    design = effects["literacy"].design
    assert found.numbers["timing_literacy"].value == estimate(design, "efficient_random_timing", Settings()).value
    text = prose(study, found, tmp_path, lang, "timing")
    assert assumption in text
    assert sound in text
    assert not re.search(doubt, text)
    number = found.numbers["timing_literacy"]
    assert locale.number(number.value, lang, number.decimals, signed=True) in text
    assert locale.interval(number.low, number.high, lang, number.decimals) in text
    assert locale.p_sentence(found.numbers["timing_permutation_literacy"].p, lang) in text
    apart = panel.assign(literacy=panel["literacy"] + 3 * panel["cohort"].notna())
    (tmp_path / "b").mkdir()
    found, _ = _recorded(study, tmp_path / "apart", apart, monkeypatch)
    text = prose(study, found, tmp_path / "b", lang, "timing")
    assert re.search(doubt, text)
    assert sound not in text


@pytest.mark.parametrize(
    ("lang", "within", "one", "large"),
    [
        (
            "en",
            "within strata (number: 2)",
            "one lot over all units is supposed",
            "permutation alone is exact with few",
        ),
        (
            "id",
            "di dalam strata (jumlah: 2)",
            "diasumsikan satu undian",
            "hanya permutasi yang eksak dengan sedikit unit",
        ),
    ],
)
def test_strata_of_the_lot_are_kept_and_named(study, tmp_path, monkeypatch, lang, within, one, large):
    panel = schools()
    strata = panel.assign(stratum=(panel["unit"].str[1:].astype(int) // 2 % 2).map({0: "a", 1: "b"}))
    texts, values = {}, {}
    for name, frame in (("one", panel), ("two", strata)):
        found, effects = _recorded(study, tmp_path / name, frame, monkeypatch)
        (tmp_path / f"{name}-text").mkdir()
        texts[name] = prose(study, found, tmp_path / f"{name}-text", lang, "timing")
        values[name] = found.numbers["timing_literacy"].value
        settings = Settings(strata=effects["literacy"].strata)
        assert values[name] == estimate(effects["literacy"].design, "efficient_random_timing", settings).value
    assert values["one"] != values["two"]
    assert within in texts["two"]
    assert within not in texts["one"]
    assert one in texts["one"]
    assert one not in texts["two"]
    assert all(large in text for text in texts.values())


def test_the_estimate_rests_on_the_lot_and_enters_no_verdict(medan, study, tmp_path, monkeypatch):
    """A gap before the start leaves differences as they are and moves this estimate; the verdict does not know of either."""
    chosen = study.model_copy(update={"program": medan.program})
    panels = {"lot": schools()}
    panels["apart"] = panels["lot"].assign(literacy=lambda f: f["literacy"] + 3 * f["cohort"].notna())
    found, mains = {}, {}
    for name, panel in panels.items():
        results, effects = _recorded(study, tmp_path / name, panel, monkeypatch)
        found[name], mains[name] = results.numbers["timing_literacy"], effects["literacy"].main.overall
        codes = [judge_outcomes(one, effects, results)["literacy"].codes for one in (study, chosen)]
        assert codes[0] == codes[1]
    assert mains["apart"].value == pytest.approx(mains["lot"].value, abs=1e-9)
    assert abs(found["apart"].value - found["lot"].value) > 1e-3


def test_nothing_is_told_of_timing_that_was_chosen(medan, study, tmp_path, monkeypatch):
    chosen = study.model_copy(update={"program": medan.program})
    found, _ = _recorded(chosen, tmp_path, schools(), monkeypatch)
    assert not found.tables


def test_whole_clusters_are_refused(study, tmp_path, monkeypatch):
    program = study.program.model_copy(update={"assigned_at": "cluster"})
    panel = schools().assign(cluster=lambda f: "k" + (f["unit"].str[1:].astype(int) % 12).astype(str))
    with pytest.raises(DesignError, match="clusters"):
        _recorded(study.model_copy(update={"program": program}), tmp_path, panel, monkeypatch)
