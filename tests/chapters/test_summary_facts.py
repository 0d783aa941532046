"""The uncomfortable facts of the first page: which are told, in which order, and in which words."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from pipeline.chapters import conclusion, facts, summary
from pipeline.chapters.lines import Line
from pipeline.chapters.words import ACTIVITIES
from pipeline.languages.catalogue import say
from pipeline.languages.known import languages
from pipeline.languages.message import literal
from pipeline.ledger.entries import Column, Ledger, Number
from pipeline.study import ROOT
from tests.chapters.summary_page import COUNTS, Written, drawn_once, summary_page, uncomfortable  # noqa: F401 - fixtures
from tests.demo_study import blank_figures


def test_harm_comes_before_all_else(page) -> None:
    found = uncomfortable(
        page({"numeracy": ("decline", "nothing", 5), "literacy": ("none", "interval_includes_zero", 5)})
    )
    assert found.startswith("One indicator moved the wrong way: Numeracy score.")
    assert "no improvement is shown: Literacy score" in found


def test_the_order_of_the_uncomfortable_facts_is_the_documented_one() -> None:
    text = (ROOT / "docs/page-one.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE) == list(facts.UNCOMFORTABLE)


@pytest.mark.parametrize("lang", languages())
def test_groups_far_apart_few_units_and_few_answers_compete_with_what_the_column_tells(page, lang) -> None:
    found = page()
    with Ledger("02_balance", found.folder) as ledger:
        ledger.number("baseline_literacy", -0.5, unit="sd", decimals=2)
        ledger.number("baseline_numeracy", 0.1, unit="sd", decimals=2)
    with Ledger("03_effects", found.folder) as ledger:
        for outcome in found.study.outcomes:
            n = 44 if outcome.name == "pupil_activity" else 425
            ledger.number(f"att_{outcome.name}", 0.145, low=0.1, high=0.19, p=0.001, n=n, unit=outcome.unit)
        for name, value in {**COUNTS, "response_rate": 38.0}.items():
            ledger.number(name, value, decimals=1)
        ledger.table("tbl_balance", pd.DataFrame({"a": ["x"]}), [Column("a", literal("a"))], caption=literal("a"))
    doc = Written(found.study, found.folder).doc(lang)
    told = [doc.sentence(part) for part in facts.uncomfortable(doc, most=9)]
    assert re.search(r"\(@tbl-balance\): \w+ \N{MINUS SIGN}0[.,]50", told[0])
    assert "(44)" in told[1]
    assert re.search(r"38[.,]0", told[2])
    assert "@tbl-verdict" in told[3], "what the column of security tells comes after"


def test_where_all_goes_well_two_facts_stand_all_the_same(page) -> None:
    good = dict.fromkeys(("literacy", "numeracy", "innovative_methods", "pupil_activity"), ("strong", "nothing", 5))
    found = uncomfortable(page(good))
    assert "not measured" in found  # indicators of other aims that this ledger lacks
    assert "not drawn by lot" in found
    assert "held back" not in found


@pytest.mark.parametrize(("zeros", "told"), [(False, "per cent"), (True, "log points")])
def test_a_log_of_a_count_with_zeros_is_told_in_no_per_cent(medan, tmp_path, zeros, told) -> None:
    number = Number(-0.18, "log_points", 3, None, None, None, None, "03_effects")
    line = Line("y", "y", "", "", "weak", number, outcome="y", log_of_zeros=zeros)
    assert told in say(summary.size(line), "en")


def test_a_lot_is_not_denied_on_the_first_page(page, medan) -> None:
    good = {o.name: ("strong", "nothing", 5) for o in medan.outcomes}
    program = medan.program.model_copy(update={"timing": "random"})
    numbers = {"share_min_jp": 90.0, "response_rate": 90.0, "hidden_share": 0.5}
    drawn = medan.model_copy(update={"program": program})
    assert "drawn by lot" not in page(good, numbers=numbers, study=drawn).said("en", facts.uncomfortable)


def _newest(
    page, value: tuple[float, float], p: float, code: str = "moderate", other: tuple[float, float] = (0.1, 0.2)
) -> str:
    """What is said where literacy's newest cohort has this interval cohorts differ with this p, and numeracy's do not."""
    found = page({"literacy": (code, "breakdown_below_one", 4)})
    with Ledger("03b_cohorts", found.folder) as ledger:
        for name, (low, high), differ in (("literacy", value, p), ("numeracy", other, 0.4)):
            ledger.number(f"att_newest_{name}", (low + high) / 2, low=low, high=high, unit="sd", decimals=3, p=differ)
            ledger.number(f"cohorts_differ_{name}", 9.0, p=differ)
    written = Written(found.study, found.folder)
    return written.said("en", lambda doc: facts.uncomfortable(doc, most=9))


def test_the_newest_cohort_is_told_where_no_effect_shows_on_it(page) -> None:
    said = "the interval includes zero (@sec-tables): Literacy 0.004; on other outcomes that improved it does not."
    told = _newest(page, (-0.068, 0.076), 0.001)
    assert said in told
    assert told.index(said) < told.index("held back:")  # before what the column of security tells already


def test_every_outcome_whose_newest_cohort_includes_zero_is_named_and_not_the_one_that_differs_alone(page) -> None:
    told = _newest(page, (-0.068, 0.076), 0.001, other=(-0.002, 0.146))
    assert "Literacy 0.004, Numeracy 0.072; these are all outcomes" in told


@pytest.mark.parametrize(("state", "told"), [("unclear", True), ("against", True), ("with", False)])
def test_steps_that_do_not_go_together_are_a_fact(page, state, told) -> None:
    found = page()
    with blank_figures(), Ledger("04_robustness", found.folder) as ledger:
        ledger.text("mechanism_link_pupil_activity_literacy", state)
        ledger.table(
            "tbl_mechanism_links", pd.DataFrame({"a": ["x"]}), [Column("a", literal("a"))], caption=literal("a")
        )
    said = Written(found.study, found.folder).said("en", lambda doc: facts.uncomfortable(doc, most=9))
    assert ("changes of one step are not seen to go with those of the next (@tbl-mechanism-links)" in said) is told


@pytest.mark.parametrize("same", [2, 8])
def test_what_no_rule_of_security_counts_stands_on_the_page(page, same) -> None:
    """Other estimators that mostly say something else, and a move before the start, stand beside the steps of security."""
    found = page({"numeracy": ("moderate", "breakdown_below_one", 4)})
    with Ledger("04_sensitivity", found.folder) as ledger:
        ledger.number("placebo_date_numeracy", -0.043, low=-0.08, high=-0.01, p=0.031 if same == 2 else 0.4, unit="sd")
        ledger.number("whatif_others_n_numeracy", 16, decimals=0)
        ledger.number("whatif_others_same_numeracy", same, decimals=0)
    told = Written(found.study, found.folder).said("en", lambda doc: facts.uncomfortable(doc, most=9))
    wanted = (
        "Numeracy is less secure than its steps say. "
        "Of 16 combinations with other estimators 2 reach this verdict (@tbl-whatif). "
        "Before entry, where there can be no effect, it moved by \N{MINUS SIGN}0.043"
    )
    assert (wanted in told.replace("\N{NO-BREAK SPACE}", " ")) is (same == 2)
    line = Line("numeracy", "numeracy", "", "", "moderate", security="4", limiting="breakdown_below_one")
    assert say(summary.security(line, disagree=True), "en") == "4 of 5: earlier trends, other estimators"
    assert say(summary.security(line), "en") == "4 of 5: earlier trends"
    sure = Line("numeracy", "numeracy", "", "", "strong", security="5", limiting="nothing")
    assert say(summary.security(sure, disagree=True), "en") == "5 of 5: other estimators"


@pytest.mark.parametrize(("p", "less"), [(0.001, True), (0.4, False)])
def test_a_short_time_excuses_no_cohort_that_gained_less_than_others_had_after_as_long(page, p, less) -> None:
    found = page({"literacy": ("moderate", "breakdown_below_one", 4)})
    with Ledger("03b_cohorts", found.folder) as ledger:
        ledger.number("att_newest_literacy", 0.004, low=-0.068, high=0.076, unit="sd", decimals=3)
        ledger.number("cohorts_differ_literacy", 9.0, p=0.001)
        ledger.number("exposure_gap_literacy", -0.14, low=-0.2, high=-0.08, p=p, unit="sd")
        ledger.number("exposure_earlier_literacy", 0.146, unit="sd")
    written = Written(found.study, found.folder)
    told = {lang: written.said(lang, lambda doc: facts.uncomfortable(doc, most=9)) for lang in ("en", "id")}
    assert ("After as long, earlier cohorts had gained more: Literacy 0.146." in told["en"]) is less
    assert ("kohort sebelumnya memperoleh lebih banyak: Literasi 0,146." in told["id"]) is less
    assert ("observed for the shortest time" in told["en"]) is not less
    assert ("paling singkat diamati" in told["id"]) is not less
    advised = written.said("en", lambda doc: [conclusion.recommendations(doc)[0]])
    assert ("why the newest cohort gained less than earlier ones had after the same time: Literacy" in advised) is less


@pytest.mark.parametrize(
    ("value", "p", "code"),
    [((0.01, 0.1), 0.001, "moderate"), ((-0.068, 0.076), 0.4, "moderate"), ((-0.1, 0.1), 0.001, "none")],
)
def test_the_newest_cohort_is_not_named_where_it_gains_or_cohorts_do_not_differ(page, value, p, code) -> None:
    assert "newest" not in _newest(page, value, p, code)


@pytest.mark.parametrize(("dear", "told"), [(50_000.0, True), (49_999.0, False)])
def test_an_activity_that_costs_many_times_another_is_a_fact(page, dear, told) -> None:
    costs = pd.DataFrame(
        {"activity": ["mentoring", "seminar", "out_of_region"], "per_hour": [10_000.0, 20_000.0, dear]}
    )
    found = page(shown={"tbl_delivery_costs": costs}).said("en", lambda doc: facts.uncomfortable(doc, most=9))
    assert facts.DEAR == 5
    course = say(ACTIVITIES["out_of_region"], "en")
    said = f"One hour of {course} costs at least five times one of Mentoring (@tbl-delivery-costs)."
    assert (said in found) == told


@pytest.mark.parametrize(
    ("numbers", "texts", "wanted"),
    [
        ({"response_rate": 31.0}, {}, "only 31.0% answered"),
        (
            {"hidden_share": 12.0},
            {"frankness": "fear"},
            "21.0% affirm a sensitive statement under protection, 12.0% only there",
        ),
        (
            {"share_min_jp": 12.0},
            {},
            "Only 12.0% of civil servants reached the yearly minimum of training (@tbl-delivery-years)",
        ),
    ],
)
def test_silence_fear_and_reach_are_told_where_they_hold(page, medan, numbers, texts, wanted) -> None:
    alone = medan.model_copy(update={"aims": []})
    good = {o.name: ("strong", "nothing", 5) for o in medan.outcomes}
    years = {"tbl_delivery_years": pd.DataFrame({"minimum": [12.0]})}
    assert wanted in uncomfortable(page(good, {**numbers}, texts, study=alone, shown=years))
    assert wanted not in uncomfortable(page(good, study=alone))


# --- what would change, what is not known, what it cost ---------------------------------------------------------------
