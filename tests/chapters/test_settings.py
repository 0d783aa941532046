"""Keys of the study's file have words beside them, and a change of every outcome is one line of the plan's table."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from pipeline.chapters import plan
from pipeline.chapters.check import _ANNEX
from pipeline.chapters.settings import values_of, words_of
from pipeline.check.settings import settings
from pipeline.languages.catalogue import say
from pipeline.languages.known import languages
from pipeline.ledger.entries import Ledger, read_results
from pipeline.plan import Change, changes, primary_choices, read_plan
from pipeline.report.tables import cell
from pipeline.study import ROOT, load_study

STUDIES = ("medan-pendidikan", "medan-puskesmas", "jtrain")


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("name", STUDIES)
def test_every_key_that_a_report_prints_has_words_of_its_own(name: str, lang: str) -> None:
    study = load_study(name, ROOT)
    labels = {outcome.name: outcome.label.model_dump() for outcome in study.outcomes}
    printed = [one.key for one in settings(study, cover=False) if one.key.split(".")[0] in _ANNEX]
    planned = [key for key in primary_choices(study) if not key.startswith("panel")]
    frozen = [change.key for change in changes(study, read_plan(study))]
    told = {key: words_of(key, labels) for key in (*printed, *planned, *frozen)}
    assert [key for key, words in told.items() if words is None] == []
    said = {key: say(words, lang) for key, words in told.items() if words is not None}
    assert [key for key, words in said.items() if key in words or "_" in words] == []


def test_a_key_without_words_stands_as_it_is_written() -> None:
    assert words_of("panel.unit") is None
    assert words_of("verdict.literacy.power") is None, "an outcome that the study does not have"


def _changes(names: tuple[str, ...], key: str = "power", now: str = "0.9") -> list[Change]:
    return [Change(f"verdict.{name}.{key}", "0.8", now, "2026-11-30", "Satu. / One.") for name in names]


def test_what_changed_alike_for_every_outcome_is_one_line_and_what_did_not_is_its_own() -> None:
    both, one = ("literacy", "numeracy"), ("literacy",)
    other = Change("inference.level", "0.95", "0.9", "2026-11-30", "Satu. / One.")
    joined = plan.join([*_changes(both), other, *_changes(one, "min_df", "4")], both)
    assert [change.key for change in joined] == ["verdict.*.power", "inference.level", "verdict.literacy.min_df"]
    apart = [*_changes(one), *_changes(("numeracy",), now="0.7")]
    assert [change.key for change in plan.join(apart, both)] == ["verdict.literacy.power", "verdict.numeracy.power"]


def test_values_have_the_decimal_mark_of_the_report_s_language() -> None:
    told = values_of(["0.95", "3.0", "20240717", "log_pupils, share_pns", "\u2013", "", "2026-11-30"])
    said = {lang: [say(words, lang) for words in told.values()] for lang in ("id", "en")}
    assert said["id"] == ["0,95", "3", "20240717", r"log\_pupils, share\_pns", "\u2013", "\u2013", "2026-11-30"]
    assert said["en"][:2] == ["0.95", "3"]


def test_a_reason_that_was_given_in_each_language_is_told_in_the_report_s(medan) -> None:
    reason = _changes(("literacy",))[0]
    whole = dataclasses.replace(reason, reason="Salah satu saja")
    told = plan._reasons(medan, [reason, whole])
    assert [say(told[reason.reason], lang) for lang in ("id", "en")] == ["Satu.", "One."]
    assert say(told[whole.reason], "en") == "Salah satu saja"


def test_the_plan_s_table_names_each_choice_in_words_and_by_its_key(medan, tmp_path: Path) -> None:
    from tests.given import Given

    class Kept(Given):
        year = 2024

        def raw_hashes(self) -> dict[str, str]:
            return {}

    with Ledger("07_verdict", tmp_path) as ledger:
        plan.record(ledger, Kept(medan, ROOT))
    table = read_results(tmp_path).tables["tbl_plan"]
    choices = {column.key: column.codes for column in table.columns}["choice"]
    row = next(row for row in table.rows if row["key"] == "verdict.*.pretrend_alpha")
    assert say(choices[row["choice"]], "en") == "Level of the pre-trend test, each outcome"
    assert len(table.rows) < 12
    marks = {column.key: column for column in table.columns}
    assert [cell(row[key], marks[key], "id", "year", "") for key in ("planned", "now")] == ["0,05", "0,04"]
    reasons = {column.key: column.codes for column in table.columns}["reason"]
    assert not any("/" in say(reasons[row["reason"]], lang) for row in table.rows for lang in ("id", "en"))
