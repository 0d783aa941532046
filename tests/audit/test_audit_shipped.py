"""The audit reads what lies beside the report: whatever a file there shows beyond the gate is found."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure

from pipeline.audit.bounds import narrowed
from pipeline.audit.shipped import as_shipped
from pipeline.languages.message import literal
from pipeline.ledger.counts import Counts
from pipeline.ledger.entries import Column, Ledger, read_ledgers
from pipeline.ledger.gate import WITHHELD, gate
from pipeline.ledger.origins import Origins
from pipeline.report.chains import LEDGER, shipped
from pipeline.report.data_files import FOLDER, METADATA, data_of, write_data

WORD = literal("x")
COUNTS = {"seminar": 40, "workshop": 2, "course": 31, "mentoring": 17}


@pytest.fixture
def made(tmp_path: Path):
    """The ledger of persons by activity, with the total in a sentence; and the draft of its report."""
    by_activity = Counts("persons", "attendance", by=("activity",))
    frame = pd.DataFrame({"activity": COUNTS.keys(), "persons": COUNTS.values()})

    def draw(lang: str) -> Figure:
        figure = Figure()
        figure.subplots().plot([1, 2], [1, 2])
        return figure

    with Ledger("02_programme", tmp_path / "results", languages=("en",)) as ledger:
        columns = [Column("activity", WORD), Column("persons", WORD, "int", counts=by_activity)]
        ledger.table("tbl_activities", frame, columns, caption=WORD)
        ledger.number("everybody", sum(COUNTS.values()), counts=Counts("persons", "attendance"))
        ledger.number("fewest", 2, counts=Counts("persons", "attendance", at={"activity": "workshop"}))
        ledger.figure("fig_all", draw, caption=WORD, alt=WORD)
    recorded = read_ledgers(tmp_path / "results")
    published = gate(recorded)
    draft = tmp_path / "draft"
    names = ["tbl_activities", "fig_all", "everybody", "fewest"]
    write_data(data_of(published, names, "en", "year", {}), "en", draft / FOLDER)
    (draft / LEDGER).write_text(shipped(published, Origins(), {}, (), "en", {}), encoding="utf-8")

    def attack() -> list[str]:
        shown, found = as_shipped(published, recorded, [draft], tmp_path)
        return [finding.what for finding in [*found, *narrowed(recorded, shown)]]

    return draft, attack


def test_what_the_gate_let_out_is_no_finding(made) -> None:
    draft, attack = made
    assert WITHHELD in (draft / FOLDER / "tbl_activities.csv").read_text(encoding="utf-8")
    assert attack() == []


def test_a_hidden_cell_in_a_csv_is_found(made) -> None:
    draft, attack = made
    path = draft / FOLDER / "tbl_activities.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(f"workshop,{WITHHELD}", "workshop,2"), encoding="utf-8")
    assert any("workshop" in what and "printed" in what for what in attack())


def test_a_cell_that_gives_a_hidden_one_away_is_found(made) -> None:
    draft, attack = made
    path = draft / FOLDER / "tbl_activities.csv"
    text = path.read_text(encoding="utf-8")
    for name, count in COUNTS.items():
        if name != "workshop":
            text = text.replace(f"{name},{WITHHELD}", f"{name},{count}")
    path.write_text(text, encoding="utf-8")
    assert any("workshop" in what and "worked out" in what for what in attack())


@pytest.mark.parametrize("place", ["numbers", "provenance"])
def test_a_hidden_number_in_the_ledger_is_found(made, place: str) -> None:
    draft, attack = made
    held = json.loads((draft / LEDGER).read_text(encoding="utf-8"))
    if place == "numbers":
        held["numbers"]["fewest"]["value"] = 2
    else:
        held["provenance"]["entity"]["ev:number/fewest"]["prov:value"] = 2
    (draft / LEDGER).write_text(json.dumps(held), encoding="utf-8")
    assert any("workshop" in what for what in attack())


def test_a_column_that_is_not_shown_a_table_that_is_not_out_and_more_than_is_drawn_are_found(made) -> None:
    draft, attack = made
    held = json.loads((draft / LEDGER).read_text(encoding="utf-8"))
    held["tables"]["tbl_activities"]["rows"][0]["nip"] = "1"
    held["tables"]["tbl_secret"] = {"rows": [{"a": 1}]}
    (draft / LEDGER).write_text(json.dumps(held), encoding="utf-8")
    path = draft / FOLDER / "fig_all.csv"
    path.write_text(path.read_text(encoding="utf-8") + "line,3.0,3.0\r\n", encoding="utf-8")
    found = attack()
    for words in ("columns or rows of tbl_activities", "data of tbl_secret", "more data of fig_all"):
        assert any(words in what for what in found), (words, found)


def test_data_that_cannot_be_read_stops_publication(made) -> None:
    draft, attack = made
    (draft / FOLDER / METADATA).unlink()
    assert any("cannot be read" in what for what in attack())
