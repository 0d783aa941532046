"""What the gate decided is known for the same ledgers and code alone, and the audit does not go by it."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from pipeline.found import keep_found
from pipeline.installed import CODE, whole_code
from pipeline.languages.message import literal
from pipeline.ledger import decided, disclosure, gate
from pipeline.ledger.counts import Counts
from pipeline.ledger.decided import FILE
from pipeline.ledger.entries import Column, Ledger
from pipeline.ledger.gate import WITHHELD
from pipeline.ledger.results import Results, _once, read_results


@pytest.fixture(autouse=True)
def _in_a_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CODE, whole_code())


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many systems were decided about anew."""
    noted: list[int] = []
    for module in (decided, gate):
        monkeypatch.setattr(module, "protect", lambda *given: noted.append(1) or disclosure.protect(*given))
    return noted


def _record(folder: Path, small: int = 2) -> None:
    counted = Counts("persons", "attendance", by=("activity", "unit"))
    frame = pd.DataFrame(
        [(a, u, n) for a, row in (("seminar", (52, small, 30)), ("workshop", (25, 31, 44))) for u, n in enumerate(row)],
        columns=["activity", "unit", "persons"],
    )
    columns = [Column(key, literal("x")) for key in ("activity", "unit")]
    with Ledger("02_programme", folder, languages=("en",)) as ledger:
        ledger.table(
            "tbl_a", frame, [*columns, Column("persons", literal("x"), "int", counts=counted)], caption=literal("x")
        )


def _read(folder: Path, *, anew: bool = False) -> Results:
    _once.cache_clear()
    return read_results(folder, anew=anew)


def _hidden(results: Results) -> int:
    return sum(value == WITHHELD for row in results.tables["tbl_a"].rows for value in row.values())


def test_the_same_ledgers_are_decided_about_once(tmp_path: Path, asked: list[int]) -> None:
    _record(tmp_path / "results")
    first = _read(tmp_path / "results")
    assert asked
    assert _hidden(first) > 0
    asked.clear()
    again = _read(tmp_path / "results")
    assert asked == []
    assert (again.tables, again.numbers, again.figures) == (first.tables, first.numbers, first.figures)
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("change", ["ledger", "code", "software", "no run", "cut", "edited"])
def test_whatever_it_rests_on_is_another_decides_anew(
    tmp_path: Path, asked: list[int], change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _record(tmp_path / "results")
    _read(tmp_path / "results")
    asked.clear()
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    if change == "ledger":
        _record(tmp_path / "results", small=40)
    elif change == "code":
        monkeypatch.setenv(CODE, "another")
    elif change == "no run":
        monkeypatch.delenv(CODE)
    elif change == "software":
        monkeypatch.setattr(decided, "software", lambda: {"scipy": "99"})
    elif change == "cut":
        (tmp_path / FILE).write_text(text[:-9], encoding="utf-8")
    elif change == "edited":
        (tmp_path / FILE).write_text(json.dumps(json.loads(text) | {"found": {"hidden": []}}), encoding="utf-8")
    found = _read(tmp_path / "results")
    assert asked
    assert _hidden(found) == (0 if change == "ledger" else _hidden(_read(tmp_path / "results", anew=True)))


def test_nothing_is_kept_where_other_code_lies_there_than_was_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decided, "whole_code", lambda: "edited meanwhile")
    _record(tmp_path / "results")
    _read(tmp_path / "results")
    assert not (tmp_path / FILE).exists()


def test_who_reads_anew_does_not_go_by_it(tmp_path: Path) -> None:
    """A decision that was put into its place shows what it likes to a report; the audit reads anew (tests/audit)."""
    _record(tmp_path / "results")
    hidden = _hidden(_read(tmp_path / "results"))
    held = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))
    found = {"key": held["found"]["key"], "hidden": [[] for _ in held["found"]["hidden"]]}
    keep_found(tmp_path / FILE, held["by"], found)
    assert _hidden(_read(tmp_path / "results")) == 0
    assert _hidden(_read(tmp_path / "results", anew=True)) == hidden > 0
