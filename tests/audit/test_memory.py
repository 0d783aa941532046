"""The audit searches the same bytes once, and whatever is new each time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline import installed
from pipeline.audit import bounds, run, search
from pipeline.audit.run import MEMORY, audit, keep_ledgers
from pipeline.found import keep_found
from pipeline.installed import CODE, made_by, whole_code
from pipeline.languages.message import literal
from pipeline.ledger.counts import Counts
from pipeline.ledger.decided import FILE
from pipeline.ledger.entries import Column, Ledger
from pipeline.ledger.results import _once, read_results
from pipeline.private import made_private
from pipeline.run.steps import Target
from pipeline.study import Study

BY = "this code"
NUMBER = "19800101 200501 1 001"


@pytest.fixture
def target(medan: Study, tmp_path: Path) -> Iterator[Target]:
    made = Target(medan, 2024, ("en",), "auto", tmp_path)
    with made_private():
        for folder in (made.build, made.processed):
            folder.mkdir(parents=True)
        _record(made, {"seminar": 52, "workshop": 25})
        (made.build / "run.log").write_text("nobody", encoding="utf-8")
        yield made


def _record(target: Target, counts: dict[str, int]) -> None:
    frame = pd.DataFrame({"activity": counts.keys(), "persons": counts.values(), "period": target.edition})
    counted = Counts("persons", "attendance", by=("period", "activity"))
    with Ledger("02_programme", target.results, languages=("en",)) as ledger:
        columns = [Column("activity", literal("x")), Column("persons", literal("x"), "int", counts=counted)]
        ledger.table("tbl_activities", frame, columns, caption=literal("x"))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the audit looks into: names of files, "ledgers", and "attack" where it works out hidden cells."""
    noted: list[str] = []

    def noting(name: str, inner: Any) -> Any:
        def call(first: Any, *rest: Any) -> Any:
            noted.append(name or first.name)
            return inner(first, *rest)

        return call

    monkeypatch.setattr(search, "_words", noting("", search._words))
    monkeypatch.setattr(run, "_ledgers", noting("ledgers", run._ledgers))
    monkeypatch.setattr(bounds, "narrowed", noting("attack", bounds.narrowed))
    return noted


def test_the_same_bytes_are_searched_once(target: Target, asked: list[str]) -> None:
    assert audit(target, by=BY) == []
    assert {"ledgers", "run.log", "02_programme.json"} <= set(asked)
    asked.clear()
    assert audit(target, by=BY) == []
    assert set(asked) <= {MEMORY}


def test_what_was_searched_while_the_report_was_written_is_not_searched_again(target: Target, asked: list[str]) -> None:
    ahead = run.search_ahead(target, BY)
    assert "02_programme.json" in asked
    assert "run.log" not in asked, "what the report's own step writes is searched at its end"
    asked.clear()
    assert audit(target, by=BY, ahead=ahead) == []
    assert "02_programme.json" not in asked
    assert {"ledgers", "run.log"} <= set(asked)


def test_a_search_goes_on_where_an_earlier_one_of_the_run_ended(target: Target, asked: list[str]) -> None:
    """Before the last step of the analysis tables are searched; its result, and how all of them fit, are looked at after."""
    first = run.search_ahead(target, BY, results=False)
    assert "02_programme.json" in asked
    assert "attack" not in asked
    asked.clear()
    with Ledger("07_verdict", target.results, languages=("en",)) as ledger:
        ledger.number("share", 1.0)
    ahead = run.search_ahead(target, BY, first)
    assert {"07_verdict.json", "attack"} <= set(asked)
    assert "02_programme.json" not in asked
    asked.clear()
    assert audit(target, by=BY, ahead=ahead) == []
    assert not {"02_programme.json", "07_verdict.json", "attack"} & set(asked)


def test_results_that_were_attacked_while_the_report_was_written_are_not_attacked_again(
    target: Target, asked: list[str]
) -> None:
    ahead = run.search_ahead(target, BY)
    assert "attack" in asked
    asked.clear()
    assert audit(target, by=BY, ahead=ahead) == []
    assert "ledgers" in asked, "what lies beside the report is held against what may be shown"
    assert "attack" not in asked
    (target.build / "run.log").write_text("another line", encoding="utf-8")
    assert audit(target, by=BY) == []
    assert "attack" not in asked


@pytest.mark.parametrize("change", ["shown", "recorded", "figure", "earlier"])
def test_results_are_attacked_again_where_more_is_shown_or_they_are_others(
    target: Target, asked: list[str], change: str
) -> None:
    old = replace(target, edition=target.edition - 1)
    _record(old, {"seminar": 52})
    keep_ledgers(old)
    _record(target, {"seminar": 52, "workshop": 2})
    ahead = run.search_ahead(target, BY)
    asked.clear()
    if change == "shown":  # the hidden cell stands beside the report all the same
        rows = [{"activity": "seminar", "persons": 52}, {"activity": "workshop", "persons": 2}]
        shipped = {"numbers": {}, "tables": {"tbl_activities": {"rows": rows}}, "provenance": {"entity": {}}}
        target.draft("en").mkdir(parents=True)
        (target.draft("en") / "ledger.json").write_text(json.dumps(shipped), encoding="utf-8")
    elif change == "recorded":
        _record(target, {"seminar": 52, "workshop": 31})
    elif change == "figure":
        (target.results / "drawn.svg").write_text("<svg/>", encoding="utf-8")
    else:
        old.published("id").mkdir(parents=True)  # from now on it is out
    found = audit(target, by=BY, ahead=ahead)
    assert "attack" in asked
    assert bool(found) == (change == "shown")


def test_a_decision_that_was_put_into_the_gates_place_shows_the_audit_nothing(
    target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a report then shows is held against what the gate decides anew."""
    monkeypatch.setenv(CODE, whole_code())
    _record(target, {"seminar": 52, "workshop": 2})
    read_results(target.results)
    path = target.results.parent / FILE
    held = json.loads(path.read_text(encoding="utf-8"))
    keep_found(path, held["by"], {"key": held["found"]["key"], "hidden": [[] for _ in held["found"]["hidden"]]})
    _once.cache_clear()
    shown = read_results(target.results).tables["tbl_activities"].rows
    assert [row["persons"] for row in shown] == [52, 2]
    target.draft("en").mkdir(parents=True)
    shipped = {"numbers": {}, "tables": {"tbl_activities": {"rows": shown}}, "provenance": {"entity": {}}}
    (target.draft("en") / "ledger.json").write_text(json.dumps(shipped), encoding="utf-8")
    assert audit(target, by=BY, ahead=run.search_ahead(target, BY))


@pytest.mark.parametrize("harm", ["written since", "other code", "found"])
def test_a_search_ahead_hides_nothing(target: Target, asked: list[str], harm: str) -> None:
    notebook = target.build / "notebooks/01_clean.ipynb"
    notebook.parent.mkdir()
    notebook.write_text(f"row of {NUMBER if harm == 'found' else 'nobody'}", encoding="utf-8")
    ahead = run.search_ahead(target, "another" if harm == "other code" else BY)
    if harm == "written since":
        notebook.write_text(f"row of {NUMBER}", encoding="utf-8")
    asked.clear()
    assert bool(audit(target, by=BY, ahead=ahead)) == (harm != "other code")
    assert notebook.name in asked


def test_a_file_that_is_written_anew_is_searched_anew(target: Target, asked: list[str]) -> None:
    audit(target, by=BY)
    (target.build / "run.log").write_text(f"row of {NUMBER}", encoding="utf-8")
    asked.clear()
    for _ in range(2):  # a finding is never taken for known
        assert [finding.what for finding in audit(target, by=BY)] == ["a number of a person"]
    assert "ledgers" not in asked


def test_what_was_other_bytes_only_while_it_was_searched_is_searched_again(
    target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody puts a harmless file in its place for that moment: what is found clean is not what then lies there."""
    log, real = target.build / "run.log", search._words
    log.write_text(NUMBER, encoding="utf-8")

    def swapped(path: Path) -> str:
        if path != log:
            return real(path)
        log.write_text("nobody", encoding="utf-8")
        try:
            return real(path)
        finally:
            log.write_text(NUMBER, encoding="utf-8")

    with monkeypatch.context() as patch:
        patch.setattr(search, "_words", swapped)
        assert audit(target, by=BY) == []
    assert [finding.places for finding in audit(target, by=BY)] == [(str(log.relative_to(target.root)),)]


def test_ledgers_that_were_others_only_while_they_were_attacked_are_attacked_again(
    target: Target, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = run._ledgers

    def meanwhile(given: Target, *rest: Any) -> list[Any]:
        found = real(given, *rest)
        _record(given, {"seminar": 52, "workshop": 31})
        return found

    with monkeypatch.context() as patch:
        patch.setattr(run, "_ledgers", meanwhile)
        audit(target, by=BY)
    _record(target, {"seminar": 52, "workshop": 25})
    asked.clear()
    audit(target, by=BY)
    assert "ledgers" in asked


def test_the_same_bytes_under_another_ending_are_another_file(target: Target) -> None:
    (target.build / "run.bin").write_text(f"row of {NUMBER}", encoding="utf-8")
    assert audit(target, by=BY) == []
    (target.build / "run.bin").rename(target.build / "other.log")
    assert len(audit(target, by=BY)) == 1


@pytest.mark.parametrize("change", ["ledger", "data", "shipped", "earlier"])
def test_whatever_the_attack_on_the_ledgers_reads_makes_it_anew(target: Target, asked: list[str], change: str) -> None:
    old = replace(target, edition=target.edition - 1)
    _record(old, {"seminar": 52})
    keep_ledgers(old)
    audit(target, by=BY)
    asked.clear()
    if change == "ledger":
        _record(target, {"seminar": 51, "workshop": 25})
    elif change == "data":
        (target.draft("en") / "data").mkdir(parents=True)
        (target.draft("en") / "data" / "tbl_activities.csv").write_text("x,x\r\nseminar,52\r\n", encoding="utf-8")
    elif change == "shipped":
        target.draft("en").mkdir(parents=True)
        (target.draft("en") / "ledger.json").write_text("{}", encoding="utf-8")
    else:
        old.published("id").mkdir(parents=True)  # from now on it is out
    found = audit(target, by=BY)
    assert "ledgers" in asked
    assert bool(found) == (change in ("data", "shipped"))  # files that cannot be read


@pytest.mark.parametrize("harm", ["other code", "edited", "half"])
def test_a_list_of_another_audit_counts_for_nothing(target: Target, asked: list[str], harm: str) -> None:
    audit(target, by=BY)
    path, by = target.build / MEMORY, BY
    if harm == "other code":
        by = "another"
    elif harm == "edited":
        (target.build / "run.log").write_text(f"row of {NUMBER}", encoding="utf-8")
        held = json.loads(path.read_text(encoding="utf-8"))
        held["found"] = sorted([*held["found"], search.key_of([(".log", target.build / "run.log")]).content])
        path.write_text(json.dumps(held), encoding="utf-8")
    else:
        path.write_text(path.read_text(encoding="utf-8")[:40], encoding="utf-8")
    asked.clear()
    assert len(audit(target, by=by)) == (harm == "edited")
    assert {"ledgers", "run.log"} <= set(asked)


def test_a_search_for_the_names_of_the_raw_files_knows_nothing_beforehand(
    target: Target, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    audit(target, by=BY)
    asked.clear()
    (target.build / "run.log").write_text("Siti Rahma Lubis", encoding="utf-8")
    assert audit(target, by=BY) == []
    monkeypatch.setattr(run, "raw_persons", lambda _: search.known_persons([pd.Series(["Siti Rahma Lubis"])]))
    assert [finding.what for finding in audit(target, names=True)] == ["a name of a person"]
    assert "ledgers" in asked


def test_without_the_name_of_the_code_nothing_is_taken_for_known(target: Target, asked: list[str]) -> None:
    audit(target, by=BY)
    asked.clear()
    assert audit(target) == []
    assert {"ledgers", "run.log"} <= set(asked)


def test_the_code_and_every_package_are_what_audits(monkeypatch: pytest.MonkeyPatch) -> None:
    code = whole_code()
    before = made_by(code)
    assert made_by(code) == before
    monkeypatch.setattr(installed, "software", lambda: {"scipy": "99"})
    other = made_by(code)
    monkeypatch.setattr(installed, "whole_code", lambda: "another")
    assert len({before, other, made_by("another")}) == 3
    assert made_by(code) == ""  # what this process has loaded is not known
