"""What the annexes know against a finding stands in the discussion too; offices, covariates and hidden cells are named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from pipeline.chapters import (
    annexes,
    conclusion,
    covariates,
    discussion,
    motivation,
    outline,
    programme,
    service,
    specification,
)
from pipeline.languages.catalogue import say
from pipeline.languages.known import languages
from pipeline.languages.message import literal
from pipeline.ledger.counts import PERSONS
from pipeline.ledger.entries import Column, Ledger, read_results
from pipeline.report.doc import Doc
from pipeline.report.prose import Prose
from pipeline.report.withheld import withheld
from pipeline.study.cover import Offices

Make = Callable[..., Doc]
PAIRS = ("innovative_methods_pupil_activity", "pupil_activity_literacy")


@pytest.fixture
def doc(medan, tmp_path: Path) -> Make:
    """A document whose ledger has these numbers, codes and tables."""

    def make(lang: str = "en", numbers=None, texts=None, tables=(), study=medan, counted: int = 0) -> Doc:
        with Ledger("07_verdict", tmp_path / "ledger") as ledger:
            for outcome in study.outcomes:
                ledger.text(f"verdict_{outcome.name}", "moderate")
                ledger.text(f"underpowered_{outcome.name}", "no")
                ledger.number(f"att_{outcome.name}", 0.2, low=0.1, high=0.3, p=0.01, unit="sd")
            for name, code in {"headline": "moderate", **(texts or {})}.items():
                ledger.text(name, code)
            for name, value in {"rows_read": 10, "rows_set_aside": 1, **(numbers or {})}.items():
                ledger.number(name, value, low=value - 1, high=value + 1, decimals=2)
            for name in tables:
                ledger.table(name, pd.DataFrame({"a": ["x"]}), [Column("a", literal("a"))], caption=literal(name))
            if counted:
                columns = [Column("a", literal("a")), Column("n", literal("n"), "int", counts=PERSONS)]
                frame = pd.DataFrame({"a": ["x", "y"], "n": [counted, 50]})
                ledger.table("tbl_counted", frame, columns, caption=literal("c"))
        return Doc(Prose(study, 2024, lang, read_results(tmp_path / "ledger"), tmp_path / "figures"))

    return make


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize(
    ("states", "said"),
    [
        (("unclear", "unclear"), "none"), (("with", "unclear"), "some"), (("with", "with"), "all"),
        (("with", "against"), "against"), (("against", "unclear"), "against"),
    ],
)  # fmt: skip
def test_what_links_say_of_the_chain_stands_beside_the_chain(doc: Make, lang: str, states, said: str) -> None:
    texts = {f"mechanism_link_{pair}": state for pair, state in zip(PAIRS, states, strict=True)}
    made = doc(lang, texts=texts, tables=("tbl_mechanism_links",))
    discussion.discussion(made)
    told = {k for k in ("none", "some", "all", "against") if made.say(f"discussion-links-{k}") in made.markdown()}
    assert told == {said}
    bare = doc(lang, texts=texts)
    discussion.discussion(bare)
    assert "tbl-mechanism-links" not in bare.markdown()


def test_other_choices_early_breakdowns_and_placebos_stand_in_the_discussion(doc: Make) -> None:
    numbers = {
        "whatif_ruled_n_literacy": 16, "whatif_ruled_same_literacy": 12, "whatif_others_n_literacy": 8,
        "whatif_others_same_literacy": 2, "sensitivity_mbar_literacy": 0.47, "sensitivity_mbar_numeracy": 1.2,
        "sensitivity_placebos": 4, "sensitivity_placebos_beyond": 1,
    }  # fmt: skip
    made = doc(numbers=numbers)
    discussion.discussion(made)
    text = made.markdown()
    assert "12.00 of 16.00 combinations" in text
    assert "With other estimators 2.00 of 8.00 do" in text
    assert "at most 0.47 times the largest change before" in text
    assert "1.20" not in text, "a finding that survives what was seen before has no such doubt"
    assert "1.00 would look like an effect" in text
    assert "an improvement (@tbl-like)" not in text, "no such world was simulated"
    diverging = doc(numbers={**numbers, "like_diverging_increase": 35.0})
    assert "would have called 35.00 an improvement" in diverging.sentence(*discussion.method_doubts(diverging))
    held = {"sensitivity_mbar_literacy": 0, "like_diverging_increase": 35.0, "sensitivity_placebos": 4}
    plain = doc(numbers={**held, "sensitivity_placebos_beyond": 0})
    assert plain.sentence(*discussion.method_doubts(plain)) == ""


@pytest.mark.parametrize(
    ("moved", "p", "said"),
    [
        (-0.043, 0.03, "recovery alone (regression to the mean, @sec-methods)"),
        (0.05, 0.03, "had begun before"),
        (-0.1, 0.4, ""),
    ],
)
def test_a_dip_before_entry_is_joined_with_recovery(doc: Make, medan, moved, p, said) -> None:
    made = doc()
    with Ledger("04_sensitivity", made.prose.figures_dir.parent / "ledger") as ledger:
        ledger.number("placebo_date_numeracy", moved, low=-0.1, high=0.1, p=p, unit="sd")
        ledger.number("placebo_shift_numeracy", 1, decimals=0)
        ledger.number("earlier_base_numeracy", 0.05, unit="sd")
        ledger.number("earlier_base_literacy", 0.19, unit="sd")
    for lang in languages():
        known = Doc(Prose(medan, 2024, lang, read_results(ledger.folder), made.prose.figures_dir))
        text = known.sentence(*discussion.method_doubts(known))
        found = [one for one in ("dip", "rise") if known.say(f"discussion-before-{one}", o="numeracy") in text]
        assert found == ({"recover": ["dip"], "had beg": ["rise"], "": []}[said[:7]])
        if lang == "en":
            assert said in text
            assert "Measured from one period earlier, the effect is 0.05" in text
            assert text.count("Measured from one period earlier") == 1, "literacy hardly falls"


@pytest.mark.parametrize("same", [2, 14])
def test_a_curve_beyond_zero_does_not_deny_that_the_verdict_hangs_on_choices(doc: Make, same: int) -> None:
    numbers = {f"spec_{part}_literacy": 0.1 for part in ("n", "lowest", "highest", "median")}
    numbers |= {
        "spec_significant_literacy": 95,
        "spec_against_literacy": 0,
        "whatif_others_n_literacy": 16,
        "whatif_others_same_literacy": same,
    }
    made = doc(numbers=numbers)
    with Ledger("04_specification", made.prose.figures_dir.parent / "ledger") as ledger:
        ledger.number("spec_p_literacy", 0.001, p=0.001)
    made = Doc(Prose(made.study, 2024, "en", read_results(ledger.folder), made.prose.figures_dir))
    text = made.sentence(specification.about_outcome(made, made.outcomes[0]))
    assert "the finding does not hang on one choice" not in text
    assert ("How strong the evidence is called does hang on the choices (@tbl-whatif)" in text) is (same == 2)


@pytest.mark.parametrize("lang", languages())
def test_recommendations_name_the_offices_that_the_study_names(doc: Make, medan, lang: str) -> None:
    named = medan.report.offices.model_dump()
    assert all(named.values())

    def said(study) -> str:
        made = doc(lang, study=study, texts={"frankness": "fear"}, tables=("tbl_next_wave",))
        return "\n".join(made.sentence(part) for part in conclusion.recommendations(made))

    for part in ("programme", "data", "evaluation"):
        assert f"({named[part][lang]})" in said(medan), part
    silent = medan.model_copy(update={"report": medan.report.model_copy(update={"offices": Offices()})})
    assert not any(f"({office[lang]})" in said(silent) for office in named.values())
    assert "()" not in said(silent)


@pytest.mark.parametrize("lang", languages())
def test_only_the_rules_that_hid_a_cell_are_told_and_how_often_the_sign_stands(doc: Make, lang: str) -> None:
    none = doc(lang, counted=9)
    assert none.sentence(withheld(none)) == none.say("methods-protection-none")
    some = doc(lang, counted=2)
    told = some.sentence(withheld(some))
    assert some.say("methods-protection-threshold") in told
    for rule in ("group", "dominance"):
        assert some.say(f"methods-protection-{rule}") not in told
    assert some.value("cells_marked") == 1
    assert withheld(doc(lang)) is None


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize(("weak", "phrase"), [("yes", "none-underpowered-higher"), ("no", "none-higher")])
def test_a_null_that_the_data_could_not_have_told_is_called_so_in_the_text_too(doc: Make, lang, weak, phrase) -> None:
    for effect, told in (("effect_motivation", "motivation-none"), ("skm_effect", "service-effect-none")):
        numbers = {effect: 0.1, f"{effect}_mde": 0.2}
        made = doc(lang, numbers, {f"{effect}_verdict": "none", f"{effect}_underpowered": weak})
        key = (
            motivation.effect_phrase(made, "motivation")
            if told.startswith("motivation")
            else service.effect_phrase(made)
        )
        assert key.startswith(told)
        assert say(f"verdict-phrase-{phrase}", lang) in made.say(key, effect=effect, code="motivation")


@pytest.mark.parametrize("lang", languages())
def test_covariates_are_told_once_with_those_that_change_nothing(doc: Make, lang: str) -> None:
    every = [say(covariates.covariate_label(name), lang) for name in ("log_pupils", "level_smp", "share_pns")]
    made = doc(lang, texts={"covariates_same": "share_pns"})
    said = made.sentence(covariates.covariates_told(made))
    assert [said.count(name) for name in every] == [1, 1, 2]
    made = doc(lang, texts={"covariates_same": ""})
    assert made.sentence(covariates.covariates_told(made)).count(every[-1]) == 1


def test_a_row_of_the_balance_says_of_how_many_units_it_is() -> None:
    units = pd.DataFrame({"unit": ["a", "a", "b", "c"], "cohort": pd.array([2021, 2021, None, None], "Int64")})
    told = covariates.units_told(units)
    assert {key: (one.value, one.of) for key, one in told.args.items()} == {
        "treated": (1, "n_treated"),
        "never": (2, "n_never"),
    }
    assert covariates.units_told(units[units["unit"] == "a"]).name == "tbl-balance.units-later"


def test_figures_of_the_annex_stand_under_a_heading_of_what_they_show(medan, doc: Make, monkeypatch) -> None:
    made = doc()
    drawn = {f"fig_how_{name}" for name in ("literacy", "numeracy")} | {"fig_tiles", "fig_coverage"}
    monkeypatch.setattr(made, "has", lambda name: name in drawn)
    monkeypatch.setattr(made, "figure", lambda name, width="": made.blocks.append(name) if name in drawn else None)
    monkeypatch.setattr(made, "table", lambda name: None)
    annexes.tables(made)
    programme.tables(made)
    headed, heading = {}, ""
    for block in made.blocks:
        heading = block if block.startswith("#") else heading
        headed[block] = heading
    assert "fig_how_literacy" not in headed, "it stands in the text"
    assert headed["fig_how_numeracy"] == "## Numeracy"
    assert headed["fig_coverage"] == f"## {say('programme-places-title', 'en')}"
    assert not any(part == ("effects", "tables") for part in outline.OUTLINE["tables"])
