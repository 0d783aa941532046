"""Sentences that once were untrue: each carries its condition, in both languages."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from pipeline.chapters import advice, conclusion, criteria, discussion, glossary
from pipeline.chapters.lines import Line
from pipeline.chapters.rules import READ_AS, outcome_of, rule_words
from pipeline.languages.catalogue import Catalogue, say
from pipeline.languages.known import languages
from pipeline.languages.message import literal
from pipeline.languages.syntax import entries
from pipeline.ledger.entries import Ledger, read_results
from pipeline.methods.effects import make_design
from pipeline.report.doc import Doc
from pipeline.report.prose import Prose
from pipeline.study import ROOT
from pipeline.study.rules import RULES
from tests.chapters.robust_sample import schools

Made = Any
APART = {"en": "did not improve together", "id": "tidak membaik bersama"}
TOGETHER = {"en": "Both improved", "id": "Keduanya membaik"}


@pytest.fixture
def made(medan, tmp_path) -> Made:
    """A document whose ledger has these verdicts and numbers."""

    def make(lang: str, codes: dict[str, str], numbers: dict[str, float] | None = None, *, table: bool = False,
             texts: dict[str, str] | None = None) -> Doc:  # fmt: skip
        from pipeline.ledger.entries import Column

        with Ledger("07_verdict", tmp_path / "ledger") as ledger:
            for outcome in medan.outcomes:
                ledger.text(f"verdict_{outcome.name}", codes.get(outcome.name, "moderate"))
                ledger.number(f"att_{outcome.name}", 0.2, low=0.1, high=0.3, p=0.01, unit="sd")
                ledger.number(f"mde_{outcome.name}", 0.1, unit="sd")
            ledger.text("headline", codes.get("headline", "moderate"))
            untold = {f"underpowered_{outcome.name}": "no" for outcome in medan.outcomes}
            for name, code in {**untold, **(texts or {})}.items():
                ledger.text(name, code)
            for name, value in {"rows_read": 10, "rows_set_aside": 1, **(numbers or {})}.items():
                ledger.number(name, value, decimals=0)
            if table:
                ledger.table(
                    "tbl_aims", pd.DataFrame({"aim": ["a"]}), [Column("aim", "theory-aim")], caption="tbl-aims"
                )
        return Doc(Prose(medan, 2024, lang, read_results(tmp_path / "ledger"), tmp_path / "figures"))

    make.study = medan  # type: ignore[attr-defined]
    return make


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("code", ["none", "decline", "weak_decline", "not_credible", "not_assessable"])
def test_steps_are_said_to_improve_together_only_where_all_did(made, lang, code) -> None:
    good = made(lang, {})
    discussion.discussion(good)
    assert TOGETHER[lang] in good.markdown()
    bad = made(lang, {"pupil_activity": code})
    discussion.discussion(bad)
    assert TOGETHER[lang] not in bad.markdown()
    assert APART[lang] in bad.markdown()


@pytest.mark.parametrize("lang", languages())
def test_no_aim_is_said_to_be_open_where_none_is(made, lang) -> None:
    wanted = {"en": "could not be assessed", "id": "tidak dapat dinilai"}[lang]
    for count in (0, 2):
        doc = made(lang, {}, {"n_aims": 7, "n_aims_judged": 7 - count, "n_aims_open": count}, table=True)
        conclusion.conclusion(doc)
        assert (wanted in doc.markdown()) == (count > 0)
        assert "0 could not" not in doc.markdown()
        assert "0 tidak dapat" not in doc.markdown()


@pytest.mark.parametrize("lang", languages())
def test_a_comparison_is_not_asked_for_where_one_was_run(lang) -> None:
    """A description is advised on only where nothing else of its aim is judged."""
    described = Line("motivation", "a", literal(""), literal("a"), "descriptive")
    judged = Line("motivation", "b", literal(""), literal("b"), "weak")
    other = Line("service", "c", literal(""), literal("c"), "weak")
    for lines, wanted in (([described, judged], "advice-beside"), ([described, other], "advice-compare")):
        found = advice.in_table(described, lines, advice.steps(lines, "extend"), {})
        assert say(wanted, lang) in say(found, lang)


def test_a_missing_value_is_not_called_corrected() -> None:
    assert outcome_of("corrected", "value_missing") == "incomplete"
    assert outcome_of("corrected", "value_left_out_bad_number") == "incomplete"
    assert outcome_of("corrected", "place_spelling") == "corrected"
    assert outcome_of("set_aside", "no_score") == "set_aside"


@pytest.mark.parametrize("lang", languages())
def test_every_rule_has_words_in_every_language(lang) -> None:
    known = [*RULES, *READ_AS, *(f"value_left_out_{rule}" for rule in ("bad_number", "out_of_range"))]
    for rule, words in rule_words(known).items():
        shown = Catalogue(lang).say(words)
        assert rule not in shown, rule
        assert len(shown) > 8


def test_the_design_is_named_on_the_first_page() -> None:
    for lang, words in {"en": "difference-in-differences", "id": "selisih ganda"}.items():
        catalogue = dict(_messages(lang))
        assert words in catalogue["summary-question"]


def _messages(lang: str):
    from pipeline.languages.known import HERE
    from pipeline.languages.syntax import entries

    return entries(HERE / lang / "summary.ftl")


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("value", [0.2, -0.2, 0.01, -0.01])
def test_a_harm_is_not_said_to_exceed_the_smallest_effect_of_interest(made, lang, value) -> None:
    """Its size does, and the sentence says that its direction is another matter."""
    from pipeline.chapters.outcomes import yardstick

    doc = made(lang, {}, {"smallest_literacy": 0.1})
    doc.value = lambda name: value if name == "att_literacy" else 0.1  # type: ignore[method-assign]
    said = doc.sentence(yardstick(doc, next(o for o in doc.outcomes if o.name == "literacy")))
    larger = {"en": "larger in size, whichever its direction", "id": "lebih besar ukurannya, apa pun arahnya"}[lang]
    assert (larger in said) == (abs(value) > 0.1)
    assert "exceeds" not in said
    assert "melampaui" not in said


@pytest.mark.parametrize("lang", languages())
def test_one_harm_is_not_told_of_all_primary_outcomes_nor_one_success(made, lang) -> None:
    assert {"en": "At least one", "id": "Sedikitnya satu"}[lang] in say("criteria-impact-not-met", lang)
    some = {"en": "not all of them", "id": "tidak semuanya"}[lang]
    for code in ("met", "partly"):
        for other, wanted in (("moderate", False), ("none", True), ("weak_decline", True)):
            doc = made(lang, {"literacy": "strong", "numeracy": other}, texts={"dac_impact": code})
            assert (some in doc.sentence(criteria.criterion_phrases(doc, "impact"))) == wanted, (code, other)


@pytest.mark.parametrize("lang", languages())
def test_other_aims_are_called_unmeasured_only_where_they_are(made, lang) -> None:
    """The sentence on effectiveness tells apart what is not shown and what is not measured."""
    numbers = [i for aim in made.study.aims for i in aim.indicators if i.design in ("effect", "descriptive")]
    effects = [i.number for i in numbers if i.design == "effect"]
    shown, measured = (
        say("criteria-effectiveness-others-not-shown", lang),
        say("criteria-effectiveness-others-open", lang),
    )
    for weak, missing in ((False, False), (True, False), (False, True), (True, True)):
        texts = {f"{name}_verdict": "strong" for name in effects[missing:]}
        texts |= {f"{effects[-1]}_verdict": "weak" if weak else "strong", "dac_effectiveness": "partly"}
        held = {i.number: 1.0 for i in numbers}
        doc = made(lang, dict.fromkeys(("literacy", "numeracy"), "strong"), held, table=True, texts=texts)
        said = doc.sentence(criteria.criterion_phrases(doc, "effectiveness"))
        assert ((shown in said), (measured in said)) == (weak, missing)


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize(
    ("until", "revisions", "deviations", "blind"),
    [
        ("", 0, 0, True),
        ("", 1, 0, False),
        ("", 0, 3, False),
        ("2023", 0, 0, False),
        ("2024", 0, 0, False),
        (None, 0, 0, False),
    ],
)
def test_the_smallest_effect_is_said_to_precede_the_data_only_where_it_does(
    made, lang, until, revisions, deviations, blind
) -> None:
    counts = {"plan_choices": 9, "plan_revisions": revisions, "plan_deviations": deviations}
    known = {} if until is None else counts
    doc = made(lang, {}, known, texts={} if until is None else {"plan_data_until": until})
    glossary.glossary(doc)
    assert ({"en": "before the data were seen", "id": "sebelum data dilihat"}[lang] in doc.markdown()) == blind


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("deviations", [0, 33])
@pytest.mark.parametrize(("until", "revisions", "late"), [("2024", 1, True), ("2024", 0, False), ("", 1, False)])
def test_what_departs_from_the_plan_is_a_limitation(made, lang, deviations, until, revisions, late) -> None:
    counts = {"plan_choices": 9, "plan_revisions": revisions, "plan_deviations": deviations}
    doc = made(lang, {}, counts, texts={"plan_data_until": until})
    discussion.discussion(doc)
    departs, revised = {"en": ("in 33 choices", "revised once"), "id": ("dalam 33 pilihan", "direvisi satu kali")}[lang]
    assert (departs in doc.markdown()) == (deviations > 0)
    assert (revised in doc.markdown()) == late
    assert ("@tbl-plan" in doc.markdown()) == (deviations > 0 or late)


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("weak", ["yes", "no"])
def test_the_headline_does_not_deny_what_the_data_could_not_tell(made, lang, weak) -> None:
    codes = {o.name: "none" for o in made.study.outcomes} | {"headline": "none"}
    doc = made(lang, codes, texts={f"underpowered_{o.name}": weak for o in made.study.outcomes})
    said = {"en": "the data cannot tell", "id": "belum dapat disimpulkan"}[lang]
    for of in ("headline", *(o.name for o in made.study.outcomes if o.role == "primary")):
        assert (doc.prose.verdict(of) == said) == (weak == "yes")


@pytest.mark.parametrize("lang", languages())
def test_the_demonstration_s_threats_are_those_of_its_design(medan, lang: str) -> None:
    """Cohorts after the first have periods of the pandemic before entry; covariates are of the first observation."""
    told = dict(entries(ROOT / "studies" / medan.name / "text" / lang / "methods.ftl"))
    earliest = {"en": "earliest cohort", "id": "kohort terawal"}[lang]
    frozen = {"en": "This is not adjusted for", "id": "Hal ini tidak disesuaikan"}[lang]
    panel = schools(90)
    entered = sorted(panel["cohort"].dropna().unique())
    after_pandemic = panel["period"].between(2020, entered[-1] - 1).any()
    assert (earliest in told["methods-threats-pandemic-item"]) == (len(entered) > 1 and after_pandemic)
    moving = panel.assign(share_pns=panel["period"].astype(float) + panel["unit"].str[-1].astype(int))
    held = make_design(moving, "literacy", covariates=("share_pns",)).data
    constant = (held.groupby("unit")["share_pns"].nunique() == 1).all()
    assert (frozen in told["methods-threats-appointments-item"]) == constant
