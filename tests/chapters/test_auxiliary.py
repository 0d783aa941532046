"""Auxiliary analyses never stop a report, and leave a note or all of their exhibits, never some of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from pipeline.chapters.auxiliary import PARTS, attempt, auxiliary, not_shown_note, sentence, stand_in
from pipeline.errors import DesignError, WeightsError
from pipeline.languages.catalogue import say
from pipeline.languages.message import literal
from pipeline.ledger.entries import Ledger, read_ledgers, read_results
from pipeline.report.prose import Prose
from pipeline.topics import TOPICS


def fail(error: BaseException) -> Callable[[], None]:
    def call() -> None:
        raise error

    return call


FAILURES = {
    "needs": DesignError("Too few units."),
    "weights": WeightsError("No weights."),
    "numbers": np.linalg.LinAlgError("Eigenvalues did not converge"),
    "fault": IndexError("list index out of range"),
}


@pytest.mark.parametrize("code", FAILURES)
def test_a_failure_becomes_a_note_and_nothing_half_recorded(tmp_path: Path, code: str) -> None:
    with Ledger("04_robustness", tmp_path) as results:
        results.number("before", 1.0)

        def call() -> None:
            results.number("half", 2.0)
            raise FAILURES[code]

        assert auxiliary(results, "power", call) is None
        results.number("after", 3.0)
    found = read_ledgers(tmp_path)
    assert set(found.numbers) == {"before", "after"}
    assert found.texts == {"not_shown_power": code}


def test_a_number_that_is_not_finite_is_said_in_its_place(tmp_path: Path) -> None:
    with Ledger("04_robustness", tmp_path) as results:
        auxiliary(results, "power", lambda: results.number("power", float("nan")))
        auxiliary(results, "dose", lambda: results.number("dose", 1.0, low=float("-inf")))
    found = read_results(tmp_path)
    assert found.texts == {}
    assert {name: number.unknown for name, number in found.numbers.items()} == {"power": ("value",), "dose": ("low",)}


def test_an_analysis_that_records_nothing_is_noted_unless_the_study_may_do_without(tmp_path: Path) -> None:
    with Ledger("04_robustness", tmp_path) as results:
        auxiliary(results, "dose", lambda: None)
        auxiliary(results, "service", lambda: None, optional=True)
        auxiliary(results, "power", lambda: results.number("power", 0.8))
    assert read_results(tmp_path).texts == {"not_shown_dose": "needs"}


def test_a_person_who_stops_the_run_stops_it() -> None:
    with pytest.raises(KeyboardInterrupt):
        attempt(fail(KeyboardInterrupt()))


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_reason_of_every_analysis_is_a_sentence(lang: str) -> None:
    for name in (*PARTS, *(topic.name for topic in TOPICS if topic.auxiliary)):
        for code in FAILURES:
            told = say(sentence(name, code), lang)
            assert told[0].isupper()
            assert told.endswith(".")
            assert "{" not in told


def test_notes_name_only_what_is_missing() -> None:
    assert not_shown_note({}, ["bacon"]) == []
    assert "Goodman-Bacon" in say(not_shown_note({"bacon": "needs", "wild": "needs"}, ["bacon"]), "en")


def test_the_stand_in_is_a_table_of_one_note(tmp_path: Path) -> None:
    with Ledger("03_effects", tmp_path) as results:
        stand_in(results, "tbl_bacon_score", "bacon", "needs", literal("Title"))
    table = read_results(tmp_path).tables["tbl_bacon_score"]
    assert table.rows == [{"note": "needs"}]
    assert "observed in every period" in say(table.columns[0].codes["needs"], "en")


def test_every_chapter_of_robustness_feedback_and_aims_is_auxiliary() -> None:
    """The topics that may stop a run show the main estimate or restate what was estimated before."""
    beside = [t for t in TOPICS if t.notebook[:2] in ("04", "05", "06")]
    assert [topic.name for topic in beside if not topic.auxiliary] == ["robustness"]


@pytest.mark.parametrize("lang", ["en", "id"])
def test_the_prose_says_in_words_what_is_not_finite(tmp_path: Path, lang: str) -> None:
    with Ledger("x", tmp_path) as results:
        results.number("none", float("inf"))
        results.number("open", 1.0, low=float("nan"), high=2.0, p=float("nan"))
    prose = Prose.__new__(Prose)
    prose.lang, prose.results, prose.printed = lang, read_results(tmp_path), []
    prose.followed = False
    assert prose.num("none") == say("report-no-value", lang)
    assert prose.ci("open") == say("report-no-interval", lang)
    assert prose.p("open") == say("report-no-p", lang)
    assert not prose.p_value("open") < 1
