"""The sentences that the report's chapters share: each is chosen by the ledger's codes and numbers, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pipeline.chapters import advice, outcomes
from pipeline.chapters.criteria import CRITERIA, RATINGS, criterion_phrases
from pipeline.chapters.discussion import meaning_phrase
from pipeline.languages.catalogue import Catalogue
from pipeline.ledger.entries import Ledger, read_results
from pipeline.report.doc import Doc, Part
from pipeline.report.prose import Prose
from pipeline.report.wording import VERDICTS

Say = Callable[..., str]
Rule = Callable[[Doc, Any], Part]


@pytest.fixture
def say(medan, tmp_path) -> Say:
    """Says what a rule picks on literacy's numbers; keywords change these."""

    def run(rule: Rule, lang: str = "en", *, code: str = "strong", texts: dict | None = None, **changed) -> str:
        one = medan.model_copy(update={"outcomes": [medan.outcome("literacy")], "aims": []})
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
        doc = Doc(Prose(one, 2024, lang, read_results(tmp_path / "ledger"), tmp_path / "figures"))
        return doc.sentence(rule(doc, doc.outcomes[0]))

    return run


def _both(say: Say, rule: Rule, **options) -> tuple[str, str]:
    return say(rule, "en", **options), say(rule, "id", **options)


def test_growth_is_claimed_only_where_it_is_shown(say) -> None:
    english, indonesian = _both(say, outcomes.growth)
    assert "the effect changed between" in english
    assert "In the cohort of 2020/2021" in english
    assert "efek berubah antara" in indonesian
    flat = {"growth_literacy": {"value": 0.02, "low": -0.08, "high": 0.12, "p": 0.7}}
    english, indonesian = _both(say, outcomes.growth, **flat)
    assert "is not shown to have changed" in english
    assert "tidak terbukti berubah" in indonesian
    assert "cohort of" not in say(outcomes.growth, growth_literacy=None)


@pytest.mark.parametrize(("once", "told"), [(0.08, True), (0.095, False), (0.12, True)])
def test_an_effect_that_depends_on_how_often_units_count_is_told_both_ways(say, once: float, told: bool) -> None:
    changed = {"att_by_unit_literacy": {"value": once, "low": 0.02, "high": 0.15, "n": 90}}
    english, indonesian = _both(say, outcomes.cohorts, **changed)
    assert ("counted once" in english) == told
    assert ("dihitung satu kali" in indonesian) == told


def test_cohorts_are_told_apart_only_by_their_test(say) -> None:
    assert "finds that cohorts differ" in say(outcomes.cohorts)
    same = {"cohorts_differ_literacy": {"value": 1.0, "p": 0.6}}
    english, indonesian = _both(say, outcomes.cohorts, **same)
    assert "does not find that cohorts differ" in english
    assert "tidak menunjukkan perbedaan antarkohort" in indonesian
    for found, shown in ((english, say(outcomes.cohorts)), (indonesian, say(outcomes.cohorts, "id"))):
        for reason in ("growth of the effect", "pertumbuhan efek"):
            assert reason not in found, "there is no difference that growth could be part of"
        assert shown.endswith(("includes growth of the effect.", "memuat pertumbuhan efek."))


@pytest.mark.parametrize(
    ("gap", "p", "english", "indonesian"),
    [
        (-0.1, 0.01, "the newest gained less (difference", "kohort terbaru memperoleh lebih sedikit"),
        (0.1, 0.01, "the newest gained more (difference", "kohort terbaru memperoleh lebih banyak"),
        (-0.1, 0.3, "that they differ is not shown", "perbedaannya tidak terbukti"),
    ],
)
def test_the_newest_cohort_is_compared_over_the_same_time(say, gap, p, english, indonesian) -> None:
    known = {
        "exposure_gap_literacy": {"value": gap, "low": gap - 0.05, "high": gap + 0.05, "p": p},
        "exposure_newest_literacy": {"value": 0.0},
        "exposure_earlier_literacy": {"value": -gap},
        "exposure_periods_literacy": {"value": 2, "decimals": 0},
    }
    found = _both(say, outcomes.cohorts, **known)
    assert english in found[0]
    assert indonesian in found[1]
    assert "over the same time" not in say(outcomes.cohorts).lower()


@pytest.mark.parametrize(
    ("gap", "english", "indonesian"),
    [(-0.4, "stood below", "di bawah"), (0.4, "stood above", "di atas"), (0.01, "level with", "setara dengan")],
)
def test_the_baseline_is_named_by_its_side(say, gap, english, indonesian) -> None:
    found = _both(say, outcomes.baseline, baseline_literacy={"value": gap})
    assert english in found[0]
    assert indonesian in found[1]


def test_a_passed_pretest_says_what_it_could_have_missed(say) -> None:
    for inside in ({"value": 0.06}, {"value": 0.09}):
        english, indonesian = _both(say, outcomes.before, detectable_bias_literacy=inside)
        assert "the interval would include zero" in english, "the near end is 0.05"
        assert "selang akan memuat nol" in indonesian
    harm = {"att_literacy": {"value": -0.1, "low": -0.15, "high": -0.05, "p": 0.001}}
    for changed in ({}, harm):
        english, indonesian = _both(say, outcomes.before, **changed)
        assert "the interval would still leave zero out" in english, "0.04 is below the near end"
        assert "selang tetap tidak memuat nol" in indonesian
    null = {"att_literacy": {"value": 0.1, "low": -0.05, "high": 0.25, "p": 0.2}}
    assert "includes zero even without it" in say(outcomes.before, **null)
    large = say(outcomes.before, detectable_bias_literacy={"value": 0.3})
    assert "could account for the whole effect" in large
    assert "rejects parallel trends" in say(outcomes.before, pretrend_literacy={"value": 9.0, "p": 0.01})
    untested = _both(say, outcomes.before, pretrend_literacy=None)
    assert "cannot be tested" in untested[0]
    assert "tidak dapat diuji" in untested[1]


def test_no_effect_is_told_of_a_design_that_is_not_credible(say) -> None:
    for code in ("not_credible", "not_assessable"):
        for rule in (outcomes.growth, outcomes.cohorts, outcomes.yardstick):
            assert say(rule, code=code) == ""
    assert "no statement on an effect" in say(outcomes.judge, code="not_credible")


def test_beside_a_null_stands_what_could_have_been_found(say) -> None:
    plain = say(outcomes.judge, code="none")
    weak = say(outcomes.judge, code="none", texts={"underpowered_literacy": "yes"})
    for sentence in (plain, weak):
        assert "0.070" in sentence
    assert "no evidence that the programme has no impact" in weak


@pytest.mark.parametrize("code", VERDICTS)
def test_every_verdict_is_judged_explained_and_advised_in_both_languages(say, code) -> None:
    seen = {"underpowered_literacy": "yes", "headline": code}
    for lang in ("en", "id"):
        judged = say(outcomes.judge, lang, code=code)
        assert len(judged) > 60
        assert ("0,100" in judged or "0.100" in judged) == (code in outcomes.STATED)
        assert len(say(lambda *_: f"advice-{advice.action_of(code)}-programme", lang)) > 40
        assert len(say(lambda *_: meaning_phrase(code), lang)) > 60
        assert say(outcomes.judge, lang, code=code, texts=seen)


def test_harm_is_never_told_as_a_design_without_credibility(say) -> None:
    for code in ("decline", "weak_decline"):
        assert "not wanted" in say(lambda *_, code=code: meaning_phrase(code))
        assert "not credible" not in say(outcomes.judge, code=code)
    assert advice.action_of("weak_decline") == advice.action_of("decline")


def test_the_pre_trend_test_rejects_at_the_level_of_the_verdict(say) -> None:
    between = {"pretrend_literacy": {"value": 3.0, "p": 0.045}}
    assert "does not reject" in say(outcomes.before, **between)


@pytest.mark.parametrize("rating", RATINGS)
def test_every_rating_has_words_in_both_languages(rating) -> None:
    for lang in ("en", "id"):
        words = Catalogue(lang)
        assert words.has(f"criteria-{rating.replace('_', '-')}")
        for criterion in CRITERIA:
            assert words.has(f"criteria-{criterion}")


def test_every_rating_that_the_rules_give_has_a_sentence(say) -> None:
    given = {
        "relevance": ("partly", "not_shown", "not_assessable"),
        "coherence": ("not_assessable",),
        "effectiveness": RATINGS,
        "impact": RATINGS,
        "sustainability": ("partly", "not_shown", "not_assessable"),
    }
    for criterion, ratings in given.items():
        for rating in ratings:
            for lang in ("en", "id"):
                told = {f"dac_{criterion}": rating}
                assert len(say(lambda doc, _, c=criterion: criterion_phrases(doc, c), lang, texts=told)) > 30
    assert "No costs" in say(lambda doc, _: criterion_phrases(doc, "efficiency"))
    known = {"delivery_cost_hour": {"value": 2.0}}
    assert "participant-hour" in say(lambda doc, _: criterion_phrases(doc, "efficiency"), **known)


@pytest.mark.parametrize("lang", ["en", "id"])
def test_an_effect_that_lasts_is_said_to_last_for_the_cohorts_that_were_seen_so_long(say, lang) -> None:
    newest = {
        "att_newest_literacy": {"value": 0.033, "low": -0.047, "high": 0.113, "n": 84},
        "cohort_newest_literacy": {"value": 2023},
    }
    told = {"texts": {"dac_sustainability": "partly"}}

    def rule(doc: Doc, _: Any) -> Part:
        return criterion_phrases(doc, "sustainability")

    found = say(rule, lang, **told, **newest)
    for part in ("30", "2020/2021", "2022/2023", "0.033" if lang == "en" else "0,033"):
        assert part in found
    assert "2022/2023" not in say(rule, lang, **told), "one cohort: all were seen as long"
    assert "2022/2023" not in say(rule, lang, code="weak", **told, **newest)
