"""One rule of advice: page 1, the closing table and the recommendations say what a verdict code asks for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from pipeline.chapters import advice, aims, conclusion, facts, summary
from pipeline.chapters.lines import lines_of
from pipeline.languages.catalogue import Catalogue, say
from pipeline.languages.known import languages
from pipeline.languages.message import literal
from pipeline.ledger.entries import Column, Ledger, read_results
from pipeline.methods.effects import headline
from pipeline.report.doc import Doc
from pipeline.report.prose import Prose
from pipeline.report.wording import VERDICTS
from tests.given import Given

COMPARED = ("n_compared_treated", "n_compared_never")
CASES = [*((code, False) for code in VERDICTS), ("none", True)]
"""Each verdict, and the null that the data could not have told from an effect."""
PARTS = {"en": ("To:", "By:", "Ground:", "Strength:"), "id": ("Kepada:", "Tenggat:", "Dasar:", "Kekuatan:")}
Closed = Callable[..., Doc]


@pytest.fixture
def closed(medan, tmp_path) -> Closed:
    """A report's document in which the primary outcomes have one verdict and every other aim another."""

    def make(lang: str, primary: tuple[str, bool], others: tuple[str, bool], numbers: tuple[str, ...] = (),
             tables: tuple[str, ...] = (), *, fear: str = "", drawn: bool = False) -> Doc:  # fmt: skip
        timing = "random" if drawn else "chosen"
        study = medan.model_copy(update={"program": medan.program.model_copy(update={"timing": timing})})
        overall = SimpleNamespace(value=0.25, low=0.1, high=0.4)
        effects = {o.name: SimpleNamespace(main=SimpleNamespace(overall=overall)) for o in medan.outcomes}
        given = {o.name: primary if o.role == "primary" else others for o in medan.outcomes}
        verdicts = {
            name: SimpleNamespace(code=code, underpowered=weak, security=3, limiting=None)
            for name, (code, weak) in given.items()
        }
        with Ledger("06_aims", tmp_path / "ledger") as ledger:
            for indicator in (i for aim in medan.aims for i in aim.indicators if i.design == "effect"):
                ledger.text(f"{indicator.number}_verdict", others[0])
                ledger.text(f"{indicator.number}_underpowered", "yes" if others[1] else "no")
            for name in numbers:
                ledger.number(name, 40.0, unit="percent", decimals=1)
            for name in tables:
                ledger.table(name, pd.DataFrame({"a": ["a"]}), [Column("a", literal("a"))], caption=literal("a"))
            if fear:
                ledger.text("frankness", fear)
            for name in ("rows_read", "rows_set_aside"):
                ledger.number(name, 9, decimals=0)
        with Ledger("07_verdict", tmp_path / "ledger") as ledger:
            for name, (code, weak) in given.items():
                for part, said in (("verdict", code), ("underpowered", "yes" if weak else "no"), ("security", "3")):
                    ledger.text(f"{part}_{name}", said)
                ledger.text(f"limiting_{name}", "nothing")
            ledger.text("headline", headline([primary[0], primary[0]]))
            aims.record(ledger, Given(study, tmp_path, {}, effects, verdicts))
        return Doc(Prose(study, 2024, lang, read_results(tmp_path / "ledger"), tmp_path / "figures"))

    return make


def _recommendations(doc: Doc) -> list[str]:
    return [text for part in conclusion.recommendations(doc) if (text := doc.sentence(part))]


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("others", CASES)
@pytest.mark.parametrize("primary", CASES)
def test_table_and_recommendations_follow_the_same_code(closed, lang, primary, others) -> None:
    """Of each indicator: the table names the action of its code and a number, and that recommendation is this action's."""
    doc = closed(lang, primary, others)
    said, table = _recommendations(doc), doc.prose.results.tables["tbl_aims"]
    words = next(column.codes for column in table.columns if column.key == "advice")
    lines = list(lines_of(doc.study, doc.prose.results))
    whole = advice.of_programme([primary, primary])
    for line, row in zip(lines, table.rows, strict=True):
        told = say(words[row["advice"]], lang)
        action = advice.of_line(line, lines)
        assert action == ("measure" if line.code == "none_yet" else advice.action_of(line.code, line.underpowered))
        number, _, order = told.partition(": ")
        assert order == say(f"advice-{action}", lang)
        own = said[int(number) - 1]
        assert say(line.label, lang) in own
        begins = doc.say(f"advice-{whole}-programme" if number == "1" else f"advice-{action}-step", labels="").split(
            ":"
        )[0]
        assert own.startswith(begins)
        assert number != "1" or action == whole
        assert [part for part in PARTS[lang] if f"*{part}*" not in own] == []


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("primary", CASES)
def test_page_one_advises_what_recommendation_one_does(closed, lang, primary) -> None:
    doc = closed(lang, primary, ("weak", False))
    wanted = doc.say(f"advice-{advice.action_of(*primary)}-programme")
    assert _recommendations(doc)[0].startswith(wanted)
    page = Doc(doc.prose)
    for name in (*COMPARED, "n_never", "n_periods", "n_periods_spanned", "first_period", "last_period"):
        page.prose.results.numbers[name] = page.prose.results.numbers["rows_read"]
    summary.results(page)
    assert wanted in page.markdown()


@pytest.mark.parametrize("lang", languages())
def test_what_the_data_cannot_tell_is_measured_better_not_reviewed(closed, lang) -> None:
    """The same indicator is not undecided on page 1 and reviewed for its content in the closing table."""
    doc = closed(lang, ("moderate", False), ("none", True))
    line = next(one for one in lines_of(doc.study, doc.prose.results) if one.underpowered)
    rows = doc.prose.results.tables["tbl_aims"].rows
    strengths = {row["strength"] for row in rows if row["indicator"] == f"{line.key}_indicator"}
    answer, strength = say(summary.answer(line), lang), say(aims.STRENGTH[strengths.pop()], lang)
    assert answer == strength
    assert say("advice-review-step", lang, labels="") not in " ".join(_recommendations(doc))


def test_orders_without_an_addressee_stand_nowhere(closed) -> None:
    """No order of the closing table is without a recommendation, and a description beside what is judged has none."""
    doc = closed("en", ("strong", False), ("weak", False), ("share_min_jp", "hidden_share"))
    table = doc.prose.results.tables["tbl_aims"]
    words = next(column.codes for column in table.columns if column.key == "advice")
    told = [say(words[row["advice"]], "en") for row in table.rows]
    bare = [text for text in told if not re.match(r"\d+: ", text)]
    assert set(bare) == {say("advice-beside", "en")}
    assert len(bare) == 2


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize(
    ("day", "month", "wanted"),
    [
        ("2024-06-30", 7, {"2024/2025"}),
        ("2024-07-01", 7, {"2025/2026"}),  # that school year begins on this day
        ("2025-03-31", 7, {"2025/2026"}),
        ("2025-03-31", 1, {"2026"}),
        ("2023-01-05", 7, {"2024/2025"}),  # a day before the edition's own year
        (None, 7, {"2024/2025"}),
    ],
)
def test_no_deadline_lies_before_the_day_of_the_report(closed, lang, day, month, wanted) -> None:
    doc = closed(lang, ("none", False), ("decline", False), ("share_min_jp",), ("tbl_delivery_years", "tbl_next_wave"))
    dates = {2024: dt.date.fromisoformat(day)} if day else {}
    report = doc.study.report.model_copy(update={"dates": dates})
    study = doc.study.model_copy(update={"report": report, "period_start_month": month})
    unplanned = doc.prose.figures_dir.parent
    said = _recommendations(Doc(Prose(study, 2024, lang, doc.prose.results, doc.prose.figures_dir), root=unplanned))
    deadlines = [re.split(rf"\*({'|'.join(PARTS[lang])})\*", text)[4] for text in said]
    edition = {"en": "edition", "id": "edisi"}[lang]
    dated = [text for text in deadlines if edition not in text]
    assert {period for text in dated for period in re.findall(r"20\d\d(?:/20\d\d)?", text)} == wanted
    assert len(dated) >= 4
    assert all(f"{edition} 2025" in text for text in deadlines if text not in dated)


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("drawn", [False, True])
@pytest.mark.parametrize("fear", ["fear", "open"])
def test_a_description_leads_to_the_recommendation_that_quotes_its_number(closed, lang, drawn, fear) -> None:
    """Its number in the list is right whatever else is advised; without such a recommendation there is none of its own."""
    numbers = ("share_min_jp", "hidden_share", "sensitive_pooled")
    tables = ("tbl_delivery_years", "tbl_next_wave")
    doc = closed(lang, ("strong", False), ("none", True), numbers, tables, fear=fear, drawn=drawn)
    said, table = _recommendations(doc), doc.prose.results.tables["tbl_aims"]
    words = next(column.codes for column in table.columns if column.key == "advice")
    lines = list(lines_of(doc.study, doc.prose.results))
    told = {line.measure: say(words[row["advice"]], lang) for line, row in zip(lines, table.rows, strict=True)}
    hours, order = told["share_min_jp"].split(": ")
    assert order == say("advice-hours", lang)
    assert said[int(hours) - 1].startswith(doc.say("conclusion-hours", hours=20, next=2025.0).partition(" *")[0])
    if fear == "open":
        assert told["hidden_share"] == say("advice-beside", lang)
        return
    number, order = told["hidden_share"].split(": ")
    assert order == say("advice-fear", lang)
    assert said[int(number) - 1].startswith(doc.say("conclusion-survey-fear"))


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize(
    ("reasons", "caps", "needs"),
    [
        ("interval_above_zero few_clusters pretrend_uninformative", "no_cap weak weak", ["trend", "few"]),
        ("band_includes_zero", "weak", ["precision"]),
        ("baseline_adjusted", "no_cap", []),
    ],
)
def test_what_would_strengthen_the_evidence_follows_what_limits_it(closed, lang, reasons, caps, needs) -> None:
    """A scale that is measured soundly asks for no better measurement: what limits it says what is needed."""
    doc = closed(lang, ("moderate", False), ("weak", False))
    held = [line for line in lines_of(doc.study, doc.prose.results) if line.code == "weak"]
    for line in held:
        names = (f"reasons_{line.outcome}", f"caps_{line.outcome}") if line.outcome else ()
        for name, value in zip(
            names or (f"{line.measure}_reasons", f"{line.measure}_caps"), (reasons, caps), strict=True
        ):
            doc.prose.results.texts[name] = value
    steps = " ".join(_recommendations(doc))
    told = [kind for kind in facts.CHANGES if doc.say(f"advice-need-{kind}", labels="@").partition(" (")[0] in steps]
    assert told == needs
    assert say("advice-strengthen", lang) == {"en": "Strengthen the evidence first", "id": "Perkuat bukti dahulu"}[lang]


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize(("reason", "trend"), [("breakdown_below_one", True), ("few_treated", False)])
def test_no_edition_is_asked_to_answer_what_more_periods_cannot(closed, lang, reason, trend) -> None:
    doc = closed(lang, ("moderate", False), ("strong", False))
    for outcome in doc.primary():
        doc.prose.results.texts[f"limiting_{outcome.name}"] = reason
    first = _recommendations(doc)[0]
    assert (doc.say("advice-doubts-trend") in first) is trend
    assert (doc.say("advice-doubts-next") in first) is not trend


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize(
    ("lottery", "fresh", "said"), [("reached", 640, ()), ("short", 640, ("short", "fresh")), ("short", 300, ("short",))]
)
def test_a_lottery_that_could_not_tell_is_no_remedy_by_itself(closed, lang, lottery, fresh, said) -> None:
    doc = closed(lang, ("moderate", False), ("strong", False))
    texts, numbers = doc.prose.results.texts, doc.prose.results.numbers
    texts |= {"power_now_literacy": "short", "power_lottery_literacy": lottery}
    for name, value in {"power_never_literacy": 172, "power_fresh_literacy": fresh, "n_units": 428}.items():
        numbers[name] = replace(numbers["rows_read"], value=float(value))
    text = " ".join(_recommendations(doc))
    label = doc.primary()[0].label
    told = tuple(k for k in ("short", "fresh") if doc.say(f"conclusion-lot-{k}", labels=[label]) in text)
    assert told == said


@pytest.mark.parametrize("lang", languages())
def test_the_duty_of_permanent_staff_is_set_beside_their_own_share(closed, lang) -> None:
    tables = ("tbl_delivery_years", "tbl_next_wave")
    bare = closed(lang, ("strong", False), ("none", True), ("share_min_jp",), tables)
    assert "PNS" not in " ".join(_recommendations(bare))
    bare.prose.results.numbers["delivery_minimum_pns"] = replace(bare.prose.results.numbers["rows_read"], value=40.0)
    assert bare.say("conclusion-hours-permanent") in " ".join(_recommendations(bare))


@pytest.mark.parametrize("lang", languages())
def test_page_one_names_who_decides_by_when_and_what_else_is_advised(closed, lang) -> None:
    doc = closed(lang, ("moderate", False), ("weak", False), ("share_min_jp",), ("tbl_delivery_years", "tbl_next_wave"))
    for name in (*COMPARED, "n_never", "n_periods", "n_periods_spanned", "first_period", "last_period"):
        doc.prose.results.numbers[name] = doc.prose.results.numbers["rows_read"]
    summary.results(doc)
    page = doc.markdown()
    assert doc.study.report.offices.programme[lang] in page
    assert {"en": "before the intake of 2027/2028", "id": "sebelum penerimaan 2027/2028"}[lang] in page
    for topic in ("strengthen", "lot", "hours", "files", "survey"):
        assert say(f"advice-topic-{topic}", lang) in page
    for outcome in doc.primary():
        assert outcome.label in page.partition("tbl-summary")[0], (
            "the main outcomes are named where they are judged together"
        )
    described = doc.say("summary-described-one", label="@", number="share_min_jp").removeprefix("@")
    assert described in page


@pytest.mark.parametrize("lang", sorted(languages()))
@pytest.mark.parametrize("kind", facts.CHANGES)
def test_each_kind_of_limit_has_words_for_what_it_needs(lang: str, kind: str) -> None:
    words = Catalogue(lang)
    for message in (f"advice-need-{kind}", f"summary-limit-{kind}", f"summary-change-{kind}"):
        assert words.has(message), message
