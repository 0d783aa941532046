"""The reasons of every verdict stand in a table: of outcomes in one, of the indicators of other aims in another."""

from __future__ import annotations

import ast
import inspect
from types import SimpleNamespace

import pytest

from pipeline.chapters import annexes, summary, verdicts
from pipeline.chapters.aim_effects import AimEffect, record_effects_table
from pipeline.chapters.reasons import CAPS, REASONS, record_verdict
from pipeline.languages.catalogue import say
from pipeline.languages.known import languages
from pipeline.languages.message import literal
from pipeline.ledger.entries import Column, Ledger, Results, read_results
from pipeline.methods.effects.estimate import Estimate
from pipeline.methods.effects.judgement import verdict as rules
from pipeline.methods.effects.judgement.types import Reason
from pipeline.report.doc import Doc
from pipeline.report.prose import Prose
from tests.demo_study import blank_figures
from tests.given import Given


def _verdict(code: str, *reasons: Reason, weak: bool = False) -> SimpleNamespace:
    """What a topic asks of a verdict."""
    capped = next((reason for reason in reasons if reason.cap), None)
    codes = [reason.code for reason in reasons]
    return SimpleNamespace(
        code=code, reasons=reasons, codes=codes, underpowered=weak, security=4, limiting=capped, mde=0.2
    )


def _recorded(study, folder, names: tuple[str, ...]) -> Results:
    doubt = (Reason("interval_above_zero"), Reason("few_treated", cap="moderate"))
    judged = {outcome.name: _verdict("moderate", *doubt) for outcome in study.outcomes}
    with Ledger("06_aims", folder) as ledger:
        for name in names:
            ledger.number(name, 1.5, low=0.5, high=2.5, decimals=2)
            caps = (Reason("interval_above_zero"), Reason("breakdown_below_one", cap="moderate"))
            record_verdict(ledger, _verdict("moderate", *caps), lambda part, name=name: f"{name}_{part}")
    with blank_figures(), Ledger("07_verdict", folder) as ledger:
        given = Given(study, folder, {}, verdicts=judged)
        verdicts.record(ledger, given)
        summary.record(ledger, given)
    return read_results(folder)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_every_effect_on_another_aim_has_its_reasons_where_page_one_says(medan, tmp_path, count) -> None:
    """Page 1 cites the second table exactly where it has rows, and these are of the indicators that were judged."""
    declared = [i for aim in medan.aims for i in aim.indicators if i.design == "effect"]
    names = tuple(i.number for i in declared[:count])
    found = _recorded(medan, tmp_path, names)
    doc = Doc(Prose(medan, 2024, "en", found, tmp_path / "figures"))
    notes = say(found.tables["tbl_summary"].notes, "en")
    assert ("@tbl-aim-verdicts" in notes) == (count > 0) == ("tbl_aim_verdicts" in found.tables)
    verdicts.results(doc)
    assert ("@tbl-aim-verdicts" in doc.markdown()) == (count > 0)
    if not count:
        return
    table = found.tables["tbl_aim_verdicts"]
    labels = next(column.codes for column in table.columns if column.key == "outcome")
    assert {say(labels[row["outcome"]], "en") for row in table.rows} == {i.label.en for i in declared[:count]}
    assert [(row["reason"], row["cap"]) for row in table.rows[:2]] == [
        ("interval_above_zero", "no_cap"),
        ("breakdown_below_one", "moderate"),
    ]


@pytest.mark.parametrize("weak", [False, True])
def test_a_verdict_has_one_wording_in_every_table(medan, tmp_path, weak) -> None:
    """Page 1, the verdicts on outcomes and on other aims, and the table of effects say alike what the data could not tell."""
    null = _verdict("none", Reason("interval_includes_zero", cap="none"), weak=weak)
    number = next(i.number for aim in medan.aims for i in aim.indicators if i.design == "effect")
    overall = Estimate("att", "callaway_santanna", 0.1, 0.1, -0.1, 0.3, 0.3, 500, 100, 50, 100, "influence_function")
    with Ledger("06_aims", tmp_path) as ledger:
        ledger.number(number, 0.1, low=-0.1, high=0.3, decimals=2)
        record_verdict(ledger, null, lambda part: f"{number}_{part}")
        effect = AimEffect("x", overall, 0.5, null)
        leading = [Column("what", literal("a"), "code", codes={"x": literal("x")})]
        record_effects_table(
            ledger, "tbl_other", [({"what": "x"}, effect)], leading, caption=literal("a"), notes=literal("a")
        )
    with blank_figures(), Ledger("07_verdict", tmp_path) as ledger:
        given = Given(medan, tmp_path, {}, verdicts={o.name: null for o in medan.outcomes})
        verdicts.record(ledger, given)
        summary.record(ledger, given)
    found = read_results(tmp_path)
    for lang in languages():
        wanted = say("summary-answer-none-underpowered" if weak else "verdict-verdicts-none", lang)
        for name in ("tbl_verdict", "tbl_aim_verdicts", "tbl_other"):
            words = {column.key: column.codes for column in found.tables[name].columns}
            for row in found.tables[name].rows:
                assert say(words["verdict"][row["verdict"]], lang) == wanted, name
                assert name == "tbl_other" or say(words["cap"][row["cap"]], lang) == wanted, name
        table = found.tables["tbl_summary"]
        words = next(column.codes for column in table.columns if column.key == "answer")
        said = {say(words[row["answer"]], lang) for row in table.rows}
        assert (say("summary-answer-none-underpowered", lang) in said) == weak


@pytest.mark.parametrize("large", [False, True])
def test_beside_a_gap_in_level_stands_what_covariates_adjust_for(medan, tmp_path, large) -> None:
    """The level before the programme is none of the covariates: an estimate with them does not take that gap away."""
    reasons = (Reason("interval_above_zero"), *([Reason("baseline_adjusted")] if large else []))
    judged = {outcome.name: _verdict("moderate", *reasons) for outcome in medan.outcomes}
    with blank_figures(), Ledger("07_verdict", tmp_path) as ledger:
        verdicts.record(ledger, Given(medan, tmp_path, {}, verdicts=judged))
    notes = read_results(tmp_path).tables["tbl_verdict"].notes
    said = {"en": "not for the level of an outcome that is none of them", "id": "bukan tingkat awal hasil"}
    for lang in languages():
        assert (said[lang] in say(notes, lang)) is large
        assert (say("programme-covariates-share-pns", lang) in say(notes, lang)) is large


def _caps_of_the_code() -> set[tuple[str, str]]:
    """Every reason that the rules make with a cap; placebos are made in a loop over their codes."""
    found: set[tuple[str, str]] = set()
    tree = ast.parse(inspect.getsource(rules))
    loops = {
        name.value
        for loop in ast.walk(tree)
        if isinstance(loop, ast.For)
        for name in ast.walk(loop.iter)
        if isinstance(name, ast.Constant) and isinstance(name.value, str)
    }
    for call in ast.walk(tree):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Reason"):
            continue
        given = [*call.args[2:], *(word.value for word in call.keywords if word.arg == "cap")]
        for cap in given:
            code = call.args[0]
            assert isinstance(cap, ast.Constant)
            names = {code.value} if isinstance(code, ast.Constant) else loops
            found |= {(str(name), str(cap.value)) for name in names}
    return found


def test_the_table_of_caps_has_every_cap_of_the_rules_and_no_other() -> None:
    assert set(CAPS) == _caps_of_the_code()
    assert len(CAPS) == len(set(CAPS)) == 25


@pytest.mark.parametrize("lang", languages())
def test_the_rules_are_told_whole_where_the_report_sends_its_readers(medan, tmp_path, lang) -> None:
    doc = Doc(Prose(medan, 2024, lang, _recorded(medan, tmp_path / "ledger", ()), tmp_path))
    annexes.technical(doc)
    text = doc.markdown()
    table = text[: text.index("{#tbl-caps}")]
    for reason, _ in CAPS:
        assert f"|{say(REASONS[reason], lang)}" in table, reason
    told = next(part for part in text.split("\n\n") if "tbl-caps" in part and "Holm" in part)
    survives = {"en": ("does not survive", "its sign turns"), "id": ("tidak bertahan", "tandanya berbalik")}
    assert all(part in told for part in survives[lang])
    assert "@tbl-caps" in say("tbl-verdict.notes", lang)
    assert "@tbl-caps" in say("whatif-opening", lang)
