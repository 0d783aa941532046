"""The sentences that the report's chapters share: each is chosen by the ledger's codes and numbers, in both languages."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.chapters.criteria import CRITERIA, RATINGS
from pipeline.ledger.entries import Ledger, read_results
from pipeline.report.templates import DEFAULT_TEXT, Prose, render_chapters

Say = Callable[..., str]


@pytest.fixture
def say(medan, tmp_path) -> Say:
    """Renders a template that may call the shared macros on literacy's numbers; keywords change these."""

    def run(template: str, lang: str = "en", *, code: str = "strong", texts: dict | None = None, **changed) -> str:
        one = medan.model_copy(update={"outcomes": [medan.outcome("literacy")], "aims": []})
        folder = tmp_path / "text"
        folder.mkdir(exist_ok=True)
        head = '{% import "_sentences.md" as say with context %}{% import "_criteria.md" as dac with context %}'
        for fragment in (DEFAULT_TEXT / lang).glob("_*.md"):
            shutil.copy(fragment, folder)
        (folder / "10_x.md").write_text(f"{head}{{% set o = outcomes[0] %}}{template}\n", encoding="utf-8")
        values = {
            "att_literacy": {"value": 0.1, "low": 0.05, "high": 0.15, "p": 0.001},
            "mde_literacy": {"value": 0.07},
            "att_first_literacy": {"value": 0.08, "low": 0.02, "high": 0.14, "n": 90},
            "att_last_literacy": {"value": 0.2, "low": 0.1, "high": 0.3, "n": 30},
            "periods_after_literacy": {"value": 3},
            "growth_literacy": {"value": 0.12, "low": 0.02, "high": 0.22, "p": 0.02},
            "growth_cohort_literacy": {"value": 2021},
            "att_least_literacy": {"value": 0.0, "low": -0.1, "high": 0.1},
            "att_most_literacy": {"value": 0.2, "low": 0.1, "high": 0.3},
            "cohort_least_literacy": {"value": 2023},
            "cohort_most_literacy": {"value": 2021},
            "cohorts_differ_literacy": {"value": 5.0, "p": 0.03},
            "baseline_literacy": {"value": -0.4},
            "pretrend_literacy": {"value": 1.0, "p": 0.5},
            "detectable_bias_literacy": {"value": 0.04},
            **changed,
        }
        with Ledger("03_effects", tmp_path / "ledger") as results:
            for name, number in values.items():
                if number is not None:
                    results.number(name, **number, unit="sd" if "att_" in name or "mde" in name else "")
            for name, text in {"verdict_literacy": code, "underpowered_literacy": "no", **(texts or {})}.items():
                results.text(name, text)
        prose = Prose(one, 2024, lang, read_results(tmp_path / "ledger"), tmp_path / "figures")
        return " ".join(render_chapters(prose, [folder]).split())

    return run


def _both(say: Say, template: str, **options) -> tuple[str, str]:
    return say(template, "en", **options), say(template, "id", **options)


def test_growth_is_claimed_only_where_it_is_shown(say) -> None:
    english, indonesian = _both(say, "{{ say.growth(o) }}")
    assert "the effect changed between" in english
    assert "In the cohort of 2020/2021" in english
    assert "efek berubah antara" in indonesian
    flat = {"growth_literacy": {"value": 0.02, "low": -0.08, "high": 0.12, "p": 0.7}}
    english, indonesian = _both(say, "{{ say.growth(o) }}", **flat)
    assert "is not shown to have changed" in english
    assert "tidak terbukti berubah" in indonesian
    assert "cohort of" not in say("{{ say.growth(o) }}", growth_literacy=None)


def test_cohorts_are_told_apart_only_by_their_test(say) -> None:
    assert "finds that cohorts differ" in say("{{ say.cohorts(o) }}")
    same = {"cohorts_differ_literacy": {"value": 1.0, "p": 0.6}}
    english, indonesian = _both(say, "{{ say.cohorts(o) }}", **same)
    assert "does not find that cohorts differ" in english
    assert "tidak menunjukkan perbedaan antarkohort" in indonesian


@pytest.mark.parametrize(
    ("gap", "english", "indonesian"),
    [(-0.4, "stood below", "di bawah"), (0.4, "stood above", "di atas"), (0.01, "level with", "setara dengan")],
)
def test_the_baseline_is_named_by_its_side(say, gap, english, indonesian) -> None:
    found = _both(say, "{{ say.baseline(o) }}", baseline_literacy={"value": gap})
    assert english in found[0]
    assert indonesian in found[1]


def test_a_passed_pretest_says_what_it_could_have_missed(say) -> None:
    assert "cannot account for the whole effect" in say("{{ say.before(o) }}")
    large = say("{{ say.before(o) }}", detectable_bias_literacy={"value": 0.3})
    assert "could account for the whole effect" in large
    assert "rejects parallel trends" in say("{{ say.before(o) }}", pretrend_literacy={"value": 9.0, "p": 0.01})
    untested = _both(say, "{{ say.before(o) }}", pretrend_literacy=None)
    assert "cannot be tested" in untested[0]
    assert "tidak dapat diuji" in untested[1]


def test_no_effect_is_told_of_a_design_that_is_not_credible(say) -> None:
    for macro in ("growth", "cohorts", "yardstick"):
        assert say(f"x {{{{ say.{macro}(o) }}}}", code="not_credible") == "x"
    assert "no statement on an effect" in say("{{ say.judge(o) }}", code="not_credible")


def test_beside_a_null_stands_what_could_have_been_found(say) -> None:
    plain = say("{{ say.judge(o) }}", code="none")
    weak = say("{{ say.judge(o) }}", code="none", texts={"underpowered_literacy": "yes"})
    for sentence in (plain, weak):
        assert "0.070" in sentence
    assert "no evidence that the programme has no impact" in weak


@pytest.mark.parametrize("rating", RATINGS)
def test_every_rating_has_words_in_both_languages(say, rating) -> None:
    codes = {f"dac_{criterion}": rating for criterion in CRITERIA}
    calls = " ".join(f'{{{{ dac.rating("{c}") }}}} {{{{ dac.{c}() }}}}' for c in CRITERIA)
    for sentence in _both(say, calls, texts=codes):
        assert len(sentence) > 200


def test_both_languages_have_the_same_chapters_headings_and_exhibits() -> None:
    for english in sorted((DEFAULT_TEXT / "en").glob("*.md")):
        indonesian = DEFAULT_TEXT / "id" / english.name
        assert _skeleton(english) == _skeleton(indonesian), english.name


def _skeleton(path: Path) -> list[str]:
    """Levels of headings, and tables and figures called, in order."""
    kept = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            kept.append(line.split(" ", 1)[0])
        kept += [call for call in ("table(", "figure(", "include ") if call in line]
    return kept
