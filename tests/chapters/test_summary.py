"""The first page: what it says follows from every declared aim, the worst as well as the best, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure

from pipeline.chapters import conclusion, facts, summary
from pipeline.chapters.lines import Line, lines_of
from pipeline.chapters.reasons import REASONS
from pipeline.chapters.words import ACTIVITIES
from pipeline.clean.run import clean_study
from pipeline.languages import locale
from pipeline.languages.catalogue import say
from pipeline.languages.known import languages
from pipeline.languages.message import literal, msg
from pipeline.ledger.entries import Column, Ledger, Number, read_results
from pipeline.methods.effects.judgement.types import Reason
from pipeline.report.doc import Doc
from pipeline.report.prose import Prose
from pipeline.report.wording import VERDICTS
from pipeline.study import ROOT
from pipeline.study.parts import Scale
from tests.demo_study import blank_figures
from tests.given import Given

Page = Callable[..., "Written"]
COUNTS = {
    "n_treated": 256,
    "n_never": 172,
    "n_periods": 6,
    "n_periods_spanned": 7,
    "first_period": 2018,
    "last_period": 2024,
}
MOST_WORDS = 25
"""Mean words of a sentence of the summary."""


class Written:
    """The page's ledger, and its words in a language."""

    def __init__(self, study, folder: Path) -> None:
        self.study, self.folder = study, folder
        self.results = read_results(folder)

    def doc(self, lang: str) -> Doc:
        return Doc(Prose(self.study, 2024, lang, self.results, self.folder / "figures"))

    def said(self, lang: str, parts) -> str:
        return self.doc(lang).sentence(*parts(self.doc(lang)))

    def cells(self, lang: str) -> list[dict[str, str]]:
        table = self.results.tables["tbl_summary"]
        words = {column.key: column.codes for column in table.columns}
        return [{key: say(words[key][value], lang) for key, value in row.items()} for row in table.rows]


@dataclass(frozen=True)
class _Judged:
    code: str
    limiting: Reason | None
    security: int
    underpowered: bool = False


def _judged(code: str, limiting: str, steps: int) -> _Judged:
    return _Judged(code, None if limiting == "nothing" else Reason(limiting), steps)


@pytest.fixture(scope="module", autouse=True)
def _drawn_once() -> Iterator[None]:
    """The picture of the page is looked at elsewhere: here one that shows the same is drawn once."""
    real, seen = summary.small_multiples, set[str]()

    def draw(panels, lang: str) -> Figure:
        shows = repr((panels, lang))
        if shows in seen:
            return Figure(figsize=(1, 1))
        seen.add(shows)
        return real(panels, lang)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(summary, "small_multiples", draw)
        yield


@pytest.fixture
def page(medan, tmp_path) -> Page:
    """The page where outcomes got these verdicts (code, reason that limits, steps); numbers and tables can be changed."""

    def make(
        verdicts: Mapping[str, tuple[str, str, int]] | None = None,
        numbers: Mapping[str, float] | None = None,
        texts: Mapping[str, str] | None = None,
        tables: Mapping[str, pd.DataFrame] | None = None,
        study=medan,
        shown: Mapping[str, pd.DataFrame] | None = None,
    ) -> Written:
        given = {o.name: ("moderate", "breakdown_below_one", 4) for o in study.outcomes} | dict(verdicts or {})
        with Ledger("03_effects", tmp_path / "ledger") as ledger:
            for name, value in COUNTS.items():
                ledger.number(name, value, decimals=0)
            for name, frame in (shown or {}).items():
                columns = [
                    Column(key, literal(key), "text" if frame[key].dtype == object else "number") for key in frame
                ]
                ledger.table(name, frame, columns, caption=literal(name))
            for outcome in study.outcomes:
                ledger.number(f"att_{outcome.name}", 0.145, low=0.1, high=0.19, p=0.001, unit=outcome.unit)
            for name, value in {
                "share_min_jp": 70.0,
                "hidden_share": 9.0,
                "sensitive_pooled": 21.0,
                "response_rate": 80.0,
                **(numbers or {}),
            }.items():
                ledger.number(name, value, unit="percent", decimals=1, low=value - 2, high=value + 2)
        with blank_figures(), Ledger("07_verdict", tmp_path / "ledger") as ledger:
            for name, (code, limiting, steps) in given.items():
                for part, said in (("verdict", code), ("limiting", limiting), ("security", str(steps))):
                    ledger.text(f"{part}_{name}", said)
                ledger.text(f"underpowered_{name}", "no")
            for name, said in {"headline": "moderate", "frankness": "unclear", **(texts or {})}.items():
                ledger.text(name, said)
            summary.record(ledger, Given(study, tmp_path, tables, verdicts={n: _judged(*v) for n, v in given.items()}))
        return Written(study, tmp_path / "ledger")

    return make


def test_every_declared_aim_has_its_line(page, medan) -> None:
    cells = page().cells("en")
    aims = [aim.label.en for aim in medan.aims if aim.kind == "aim"]
    assert all(cell["aim"] for cell in cells)
    assert list(dict.fromkeys(cell["aim"] for cell in cells)) == aims
    assert {"Literacy score", "Numeracy score", "Index of innovative methods"} <= {cell["measure"] for cell in cells}


@pytest.mark.parametrize("lang", languages())
def test_a_claim_that_is_judged_by_itself_is_marked_and_the_mark_explained(page, lang) -> None:
    written = page({"pupil_activity": ("none", "interval_includes_zero", 3)})
    marked = {cell["measure"]: cell["answer"].endswith("†") for cell in written.cells(lang)}
    english = {
        cell["measure"]: there["measure"] for cell, there in zip(written.cells(lang), written.cells("en"), strict=True)
    }
    told = {english[name]: mark for name, mark in marked.items()}
    assert told["Index of innovative methods"], "no primary outcome"
    assert not told["Literacy score"], "judged with the other primary outcome"
    assert not told["Index of pupils' activity"], "nothing is claimed"
    notes = [say(note, lang) for note in written.results.tables["tbl_summary"].notes]
    assert any(note.startswith("†") for note in notes)


@pytest.mark.parametrize("code", VERDICTS)
@pytest.mark.parametrize("lang", languages())
def test_each_verdict_has_its_answer_and_no_size_where_nothing_is_said(page, code, lang) -> None:
    silent = code in ("not_credible", "not_assessable")
    steps = 0 if silent else 3
    found = page({"literacy": (code, "breakdown_below_one", steps)}).cells(lang)
    line = next(cell for cell in found if cell["measure"] in ("Literacy score", "Skor literasi"))
    assert line["answer"] == say(f"summary-answer-{code.replace('_', '-')}", lang)
    assert (line["size"] == "–") == silent
    assert str(steps) in line["security"]


@pytest.mark.parametrize("reason", [code for code in REASONS if code in sum(facts.CHANGES.values(), ())])
def test_what_limits_a_finding_stands_beside_its_steps(page, reason) -> None:
    found = page({"literacy": ("weak", reason, 2)}).cells("en")
    kind = next(kind for kind, reasons in facts.CHANGES.items() if reason in reasons)
    assert found[-2]["security"] == f"2 of 5: {say(f'summary-limit-{kind}', 'en')}"


def test_every_reason_that_can_limit_has_a_kind_and_every_kind_its_words() -> None:
    """A reason caps a grade or refuses it; what only explains cannot limit."""
    from pipeline.methods.effects.judgement import verdict

    table = re.findall(r"^   \| `(\w+)`(?:, `(\w+)`)? \|", verdict.__doc__ or "", re.MULTILINE)
    capping = {name for row in table for name in row if name}
    assert len(capping) > 15
    known = set(sum(facts.CHANGES.values(), ()))
    assert capping <= known
    assert known <= set(REASONS)


def test_the_size_is_told_in_points_and_ranks(page, medan) -> None:
    line = page().cells("en")[-2]
    assert line["size"] == "0.145\N{NO-BREAK SPACE}SD: 1.6 of 100 points; rank 50 to 56"


def test_a_scale_is_refused_where_the_effect_is_in_no_standard_deviations(medan) -> None:
    literacy = medan.outcome("literacy")
    with pytest.raises(ValueError, match="what a standard deviation is worth"):
        type(literacy).model_validate({**literacy.model_dump(), "unit": "log_points"})
    assert isinstance(literacy.scale, Scale)


@pytest.mark.slow
def test_declared_scales_are_those_of_the_shipped_data(medan, tmp_path) -> None:
    """The study says where the worth of a standard deviation is from; it is that of the demonstration's data."""
    made = clean_study(medan, 2024, medan.raw_root(ROOT), tmp_path)
    scores, treatment = made.tables["scores"], made.tables["treatment"]
    never = scores[scores["unit"].map(treatment.set_index("unit")["cohort"]).isna()]
    found = never.groupby(["period", "grade", "subject"])["score"].std().groupby("subject").mean()
    for name in ("literacy", "numeracy"):
        assert medan.outcome(name).scale.sd == pytest.approx(found[name], abs=0.05)


# --- what is least comfortable ----------------------------------------------------------------------------------------


def _facts(page: Written, lang: str = "en") -> str:
    return page.said(lang, facts.uncomfortable)


def test_harm_comes_before_all_else(page) -> None:
    found = _facts(page({"numeracy": ("decline", "nothing", 5), "literacy": ("none", "interval_includes_zero", 5)}))
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
    found = _facts(page(good))
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


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("code", ["strong", "weak", "decline", "none", "mixed", "not_credible", "not_assessable"])
def test_the_headline_is_a_sentence_whatever_the_verdict(page, code, lang) -> None:
    """ "There is" is said of evidence alone: no report says that there is an effect that cannot be assessed."""
    doc = page(texts={"headline": code}).doc(lang)
    text = doc.sentence(msg(summary.headline_phrase(doc), outcomes=["Literacy"]))
    assert "(Literacy)" in text
    there_is = {"en": "there is", "id": "terdapat"}.get(lang)
    if there_is:
        assert (there_is in text) == (code in ("strong", "weak", "decline"))


def test_a_fragile_finding_names_its_reason(page) -> None:
    found = _facts(page({"numeracy": ("weak", "few_treated", 3)}))
    assert "What is found on Numeracy score is held back: " in found
    alike = page().said("en", lambda doc: facts.uncomfortable(doc, most=9))
    assert (
        "Index of pupils' activity, Literacy score, and others is held back: a divergence of trends as large" in alike
    )
    assert alike.count("(@tbl-verdict)") == 1


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
    assert wanted in _facts(page(good, {**numbers}, texts, study=alone, shown=years))
    assert wanted not in _facts(page(good, study=alone))


# --- what would change, what is not known, what it cost ---------------------------------------------------------------


def test_what_would_change_the_judgement_follows_what_limits_it(page) -> None:
    found = page({"literacy": ("weak", "few_treated", 2)}).said("en", facts.would_change)
    assert "if in edition 2025 the interval of an effect that is shown here comes to include zero" in found
    same = page({"literacy": ("weak", "few_treated", 2)}).said("id", facts.would_change)
    assert "edisi 2025 selang efek yang di sini terlihat menjadi memuat nol" in same, (
        "one that includes it does so today"
    )
    assert "more schools or areas take part" in found
    assert "a new cohort, whose earlier trend is alike or which is drawn by lot, shows the same effect" in found
    assert "further years" not in found  # they add nothing before the start of cohorts that are judged already
    assert "placebo" not in found
    harmed = dict.fromkeys(("literacy", "numeracy", "innovative_methods", "pupil_activity"), ("decline", "nothing", 5))
    assert "interval of a worsening includes zero" in page(harmed).said("en", facts.would_change)


def test_costs_stand_beside_what_they_bring_about(page) -> None:
    tables = {
        "costs": pd.DataFrame({"period": [2020, 2021, 2022], "activity": "workshop", "amount": [5e6, 1e6, 3e6]}),
        "schools": pd.DataFrame(
            {"unit": ["a", "b"] * 2, "period": [2021, 2021, 2022, 2022], "pupils": [100, 50, 100, 50]}
        ),
        "treatment": pd.DataFrame({"unit": ["a", "b"], "cohort": pd.array([2021, None], "Int64")}),
    }
    found = page(tables=tables)
    # 4 million since the first entry over 200 pupil-years in the school that entered
    assert found.results.numbers["cost_pupil"].value == pytest.approx(20_000)
    assert found.results.numbers["cost_tenth_literacy"].value == pytest.approx(20_000 * 0.1 / 0.145)
    assert "cost_tenth_pupil_activity" not in found.results.numbers
    rows = {row["what"]: row["value"] for row in found.results.tables["tbl_costs"].rows}
    assert rows["spent"] == 4e6
    assert rows["pupils"] == 200
    assert rows["each"] == pytest.approx(20_000)
    assert rows["literacy"] == found.results.numbers["cost_tenth_literacy"].value
    doc = found.doc("en")
    summary.results(doc)
    assert "20,000 rupiah per pupil per year where it had begun (@tbl-costs)" in doc.markdown()
    none = page({"literacy": ("none", "interval_includes_zero", 5)}, tables=tables)
    assert "cost_tenth_literacy" not in none.results.numbers


@pytest.mark.parametrize("lang", languages())
def test_sentences_of_the_page_are_short(page, lang) -> None:
    variants = [page(), page({"numeracy": ("decline", "nothing", 5), "literacy": ("weak", "few_treated", 2)})]
    for found in variants:
        doc = found.doc(lang)
        summary.results(doc)
        prose = [b for b in doc.blocks if not b.lstrip().startswith(("|", "!", "#", ":"))]
        text = re.sub(r"\*\*|@[\w-]+|\[.*?\]", "", " ".join(prose))
        sentences = [s for s in re.split(r"(?<=[.?!:])\s+(?=[A-Z0-9])", text) if len(s.split()) > 2]
        assert sum(len(s.split()) for s in sentences) / len(sentences) <= MOST_WORDS
        assert max(len(s.split()) for s in sentences) <= 2 * MOST_WORDS


def test_a_study_without_aims_lists_its_outcomes(page, medan) -> None:
    found = page(study=medan.model_copy(update={"aims": []}))
    cells = found.cells("en")
    assert [cell["measure"] for cell in cells] == [o.label.en for o in medan.outcomes]
    assert "aim" not in cells[0]
    assert [line.outcome for line in lines_of(found.study, found.results)] == [o.name for o in medan.outcomes]
    assert locale.number(0.145, "en", 3) in cells[0]["size"]
