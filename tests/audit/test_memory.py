"""The audit searches the same bytes once, and whatever is new each time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline.audit import run, search
from pipeline.audit.run import MEMORY, audit, keep_ledgers
from pipeline.languages.message import literal
from pipeline.ledger.counts import Counts
from pipeline.ledger.entries import Column, Ledger
from pipeline.private import made_private
from pipeline.run.steps import Target
from pipeline.study import Study

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
    """What the audit looks into: names of files, and "ledgers"."""
    noted: list[str] = []

    def noting(name: str, inner: Any) -> Any:
        def call(first: Any, *rest: Any) -> Any:
            noted.append(name or first.name)
            return inner(first, *rest)

        return call

    monkeypatch.setattr(search, "_words", noting("", search._words))
    monkeypatch.setattr(run, "_ledgers", noting("ledgers", run._ledgers))
    return noted


def test_the_same_bytes_are_searched_once(target: Target, asked: list[str]) -> None:
    assert audit(target) == []
    assert {"ledgers", "run.log", "02_programme.json"} <= set(asked)
    asked.clear()
    assert audit(target) == []
    assert set(asked) <= {MEMORY}


def test_a_file_that_is_written_anew_is_searched_anew(target: Target, asked: list[str]) -> None:
    audit(target)
    (target.build / "run.log").write_text(f"row of {NUMBER}", encoding="utf-8")
    asked.clear()
    for _ in range(2):  # a finding is never taken for known
        assert [finding.what for finding in audit(target)] == ["a number of a person"]
    assert "ledgers" not in asked


def test_the_same_bytes_under_another_ending_are_another_file(target: Target) -> None:
    (target.build / "run.bin").write_text(f"row of {NUMBER}", encoding="utf-8")
    assert audit(target) == []
    (target.build / "run.bin").rename(target.build / "other.log")
    assert len(audit(target)) == 1


@pytest.mark.parametrize("change", ["ledger", "data", "shipped", "earlier"])
def test_whatever_the_attack_on_the_ledgers_reads_makes_it_anew(target: Target, asked: list[str], change: str) -> None:
    old = replace(target, edition=target.edition - 1)
    _record(old, {"seminar": 52})
    keep_ledgers(old)
    audit(target)
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
    found = audit(target)
    assert "ledgers" in asked
    assert bool(found) == (change in ("data", "shipped"))  # files that cannot be read


@pytest.mark.parametrize("harm", ["other code", "other packages", "edited", "half"])
def test_a_list_of_another_audit_counts_for_nothing(
    target: Target, asked: list[str], harm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    audit(target)
    path = target.build / MEMORY
    if harm == "other code":
        monkeypatch.setattr(run, "whole_code", lambda: "another")
    elif harm == "other packages":
        monkeypatch.setattr(run, "software", lambda: {"scipy": "99"})
    elif harm == "edited":
        (target.build / "run.log").write_text(f"row of {NUMBER}", encoding="utf-8")
        held = json.loads(path.read_text(encoding="utf-8"))
        held["clean"] = sorted([*held["clean"], search.key_of([(".log", target.build / "run.log")])])
        path.write_text(json.dumps(held), encoding="utf-8")
    else:
        path.write_text(path.read_text(encoding="utf-8")[:40], encoding="utf-8")
    asked.clear()
    assert len(audit(target)) == (harm == "edited")
    assert {"ledgers", "run.log"} <= set(asked)


def test_a_search_for_the_names_of_the_raw_files_knows_nothing_beforehand(
    target: Target, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    audit(target)
    asked.clear()
    (target.build / "run.log").write_text("Siti Rahma Lubis", encoding="utf-8")
    assert audit(target) == []
    monkeypatch.setattr(run, "raw_persons", lambda _: search.known_persons([pd.Series(["Siti Rahma Lubis"])]))
    assert [finding.what for finding in audit(target, names=True)] == ["a name of a person"]
    assert "ledgers" in asked
