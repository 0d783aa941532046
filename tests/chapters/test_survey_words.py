"""What is said of the survey: differences on the scales that have them, advice by the test behind it, persons as counts."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from pipeline.chapters import feedback, frankness, methods, motivation
from pipeline.languages.catalogue import say
from pipeline.languages.known import languages
from pipeline.languages.message import literal
from pipeline.ledger.entries import Column, Ledger, Table, read_results
from pipeline.report.doc import Doc
from pipeline.report.prose import Prose
from pipeline.report.tables import block


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize(("p", "named"), [((0.001, 0.49), (0,)), ((0.001, 0.02), (0, 1)), ((0.3, 0.49), ())])
def test_a_difference_by_reward_names_the_scales_that_have_it(medan, tmp_path, lang, p, named) -> None:
    scales = medan.survey.scales[:2]
    with Ledger("06_aims", tmp_path / "ledger") as ledger:
        for scale, value in zip(scales, p, strict=True):
            ledger.number(f"reward_{scale.name}", 0.3, low=0.1, high=0.5, p=value, unit="sd", decimals=2)
    doc = Doc(Prose(medan, 2024, lang, read_results(tmp_path / "ledger"), tmp_path / "figures"))
    said = doc.sentence(motivation.reward_part(doc))
    assert [doc.say(s.phrase) in said for s in scales] == [k in named for k in range(2)]
    others = {"en": "on other scales no difference is shown", "id": "pada skala lain perbedaan tidak terbukti"}[lang]
    assert (others in said) == (len(named) == 1)


def advice(tmp_path, partial: pd.DataFrame, *, low: float) -> Table:
    last = pd.DataFrame({"disposition": ["complete"] * 40 + ["refusal"] * 60, "mode": "web"})
    modes = pd.DataFrame({"mode": ["web", "paper"], "rate": [50.0, 40.0], "low": [low, 38.0], "high": [53.0, 42.0]})
    contacts = pd.DataFrame({"contact": [1, 2], "rate": [30.0, 8.2]})
    with Ledger("05_feedback", tmp_path) as ledger:
        feedback._advice(ledger, last, partial, 1.0, modes, contacts)
    return read_results(tmp_path).tables["tbl_next_wave"]


@pytest.mark.parametrize("lang", languages())
def test_advice_counts_persons_whole_and_names_the_test_of_the_mode(tmp_path, lang: str) -> None:
    known = pd.DataFrame({"trait": ["sex"], "value": ["M"], "partial": [-0.1]})
    table = advice(tmp_path / "open", known, low=41.0)
    printed = block("tbl_next_wave", table, lang)
    assert re.search(r"\b80\|", printed), "persons have no decimals"
    assert {"en": "8.2|", "id": "8,2|"}[lang] in printed
    assert say("feedback-advice-mode-open", lang) in printed
    assert "@tbl-silence" in printed
    clear = block("tbl_next_wave", advice(tmp_path / "clear", known.iloc[:0], low=47.0), lang)
    assert say("feedback-advice-mode-clear", lang) in clear
    assert "@tbl-silence" not in clear, "without a model of response there is no such table"


@pytest.mark.parametrize("lang", languages())
def test_the_statement_that_people_fear_is_quoted_where_its_result_stands(medan, tmp_path, lang: str) -> None:
    with Ledger("05_feedback", tmp_path / "ledger") as ledger:
        ledger.number("sensitive_checks_failed", 0, decimals=0)
        ledger.number("sensitive_direct", 12.2, low=9.3, high=15.2, unit="percent", decimals=1)
        frame = pd.DataFrame({"design": ["direct"], "value": [12.2]})
        columns = [Column("design", literal("d")), Column("value", literal("v"), "percent", 1)]
        ledger.table("tbl_sensitive", frame, columns, caption=literal("t"))
    doc = Doc(Prose(medan, 2024, lang, read_results(tmp_path / "ledger"), tmp_path / "figures"))
    frankness.results(doc)
    statement = medan.survey.sensitive.statement.model_dump()[lang]
    paragraph = next(block for block in doc.blocks if statement in block)
    assert doc.say("frankness-direct") in paragraph


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize(("waves", "said"), [(2, False), (5, True)])
def test_open_answers_of_waves_that_the_table_has_not_are_told_apart(medan, tmp_path, lang, waves, said) -> None:
    """All waves are counted, and the themes of the last two are shown: a reader adds them up and finds others."""
    rows = pd.DataFrame({"period": [2020 + k for k in range(waves) for _ in range(20)], "said": True})
    answers = rows.assign(**{f"theme_{theme.name}": True for theme in medan.survey.open_question.themes})
    with Ledger("05_feedback", tmp_path / "ledger") as ledger:
        frankness._themes(ledger, medan.survey, answers)
    doc = Doc(Prose(medan, 2024, lang, read_results(tmp_path / "ledger"), tmp_path / "figures"))
    frankness.results(doc)
    assert (doc.say("frankness-open-waves") in doc.markdown()) == said
    assert str(20 * waves) in doc.markdown()


@pytest.mark.parametrize("lang", languages())
def test_files_that_are_missing_for_a_period_are_told_in_one_sentence(medan, tmp_path, lang: str) -> None:
    """Five sentences in a row began alike, each with the name of a file."""
    with Ledger("07_verdict", tmp_path / "ledger") as ledger:
        ledger.number("rows_read", 10, decimals=0)
    doc = Doc(Prose(medan, 2024, lang, read_results(tmp_path / "ledger"), tmp_path / "figures"))
    years = {year for source in medan.sources.values() for year in source.absent_periods}
    said = doc.sentence(*methods.absent(doc))
    assert len(methods.absent(doc)) == len(years) == 1
    assert not re.search(r"\w\.(csv|tsv|xlsx)", said)
    for source in medan.sources.values():
        for reason in source.absent_periods.values():
            assert said.count(f"({reason[lang]})") == 1


@pytest.mark.parametrize("lang", languages())
def test_bounds_of_a_mean_are_called_so_and_the_gap_between_two_ways_of_asking_is_no_lack_of_frankness(
    medan, lang
) -> None:
    mean, effect = {"en": ("mean", "effect"), "id": ("rata-rata", "efek")}[lang]
    assert mean in say("estimand-bounds", lang)
    assert effect not in say("estimand-bounds", lang)
    only = {"en": "only under protection", "id": "hanya bila terlindung"}[lang]
    labels = [i.label[lang].lower() for aim in medan.aims for i in aim.indicators if i.number == "hidden_share"]
    assert labels
    assert all(only in label for label in labels)
    assert only in say("frankness-design-hidden", lang).lower()
