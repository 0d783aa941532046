"""The CSV files beside a report: unrounded, withheld as in print, described so that a library of others reads them."""

from __future__ import annotations

import csv
import json
import warnings
from pathlib import Path

import pandas as pd
import pytest
from csvw import CSVW, TableGroup
from matplotlib.figure import Figure

from pipeline.ledger.counts import NOTHING, PERSONS, Counts
from pipeline.ledger.entries import Column, Ledger, read_ledgers
from pipeline.ledger.gate import WITHHELD, gate
from pipeline.ledger.results import Results
from pipeline.report.data_files import METADATA, data_of, numbers_file, read_back, write_data
from tests.demo_study import blank_figures

THIRD = 1 / 3


def _words(en: str, id: str = "x") -> dict[str, str]:
    return {"en": en, "id": id}


@pytest.fixture
def results(tmp_path: Path) -> Results:
    """A table of every kind of column with a withheld cell and a missing one, a figure, and a number that is withheld."""

    def draw(lang: str) -> Figure:
        figure = Figure()
        axes = figure.subplots()
        axes.plot([2021, 2022], [THIRD, 2.5], label=f"series {lang}")
        axes.set(xlabel="year", ylabel="mean, in points")
        return figure

    frame = pd.DataFrame(
        {
            "what": ["=1+1", 'b "quoted", with a comma', "c"],
            "year": [2021, 2022, 2023],
            "kind": ["a", "b", "a"],
            "persons": [40, 2, 30],
            "mean": [THIRD, 2.5, None],
            "p": [7.95e-12, 0.5, 0.25],
            "share": [100 / 3, 50.0, 0.1],
        }
    )
    columns = [
        Column("what", _words("What", "Apa")),
        Column("year", _words("Year", "Tahun"), "period"),
        Column("kind", _words("Kind", "Jenis"), "code", codes={"a": _words("first"), "b": _words("second")}),
        Column("persons", _words("Persons"), "int", counts=Counts("persons", "m", by=("what",), overlap=("what",))),
        Column("mean", _words("Value"), "number", 2, group=_words("Score"), behind=("persons",)),
        Column("p", _words("Value"), "p", group=_words("Score"), behind=("persons",)),
        Column("share", _words("Share"), "percent", behind=("persons",)),
    ]
    with blank_figures(), Ledger("02_programme", tmp_path / "results", languages=("en", "id")) as ledger:
        ledger.table("tbl_all", frame, columns, caption=_words("All *kinds*"), notes=_words("A note"))
        ledger.figure("fig_all", draw, caption=_words("A figure"), alt=_words("A line rises"))
        ledger.number("third", THIRD, unit="sd", low=0.1, high=0.7, n=40)
        ledger.number("few", 2, unit="persons", decimals=0, counts=PERSONS)
        ledger.number("draws", 999, decimals=0, counts=NOTHING)
    return gate(read_ledgers(tmp_path / "results"))


@pytest.fixture
def folder(results: Results, tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    names = ["tbl_all", "third", "few", "fig_all", "third"]
    write_data(data_of(results, names, "en", "school_year", {"third": "A third."}), "en", folder)
    return folder


def _valid(folder: Path) -> tuple[bool, list[str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        read = CSVW(str(folder / METADATA), validate=True)
    return read.is_valid, [str(warning.message) for warning in read.warnings]


def test_a_library_of_others_finds_the_files_as_described(folder: Path) -> None:
    assert _valid(folder) == (True, [])
    tables = {str(table.url): table for table in TableGroup.from_file(folder / METADATA).tables}
    rows = list(tables["tbl_all.csv"].iterdicts(strict=True))
    assert [row["mean"] for row in rows] == [THIRD, None, None]  # withheld and missing are no values to a program
    assert [row["persons"] for row in rows] == [40, None, 30]
    assert rows[0]["p"] == 7.95e-12
    assert next(iter(tables["numbers.csv"].iterdicts(strict=True)))["name"] == "few"


@pytest.mark.parametrize("fault", ["word", "heading"])
def test_it_finds_files_that_are_not_as_described(folder: Path, fault: str) -> None:
    path = folder / "tbl_all.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("0.3333", "third") if fault == "word" else text.replace("What", "Whom", 1), encoding="utf-8"
    )
    if fault == "word":
        assert not _valid(folder)[0]
    else:
        with pytest.warns(UserWarning, match="Whom"):
            list(TableGroup.from_file(folder / METADATA).tables[-1].iterdicts(strict=True))


def test_numbers_are_not_rounded_and_withheld_cells_stay_withheld(folder: Path) -> None:
    with (folder / "tbl_all.csv").open(encoding="utf-8", newline="") as file:
        head, first, second, third = csv.reader(file)
    assert head == ["What", "Year", "Kind", "Persons", "Score: Value", "Score: Value (2)", "Share"]
    assert first == ["=1+1", "2020/2021", "first", "40", repr(THIRD), "7.95e-12", repr(100 / 3)]
    assert second[3:] == [WITHHELD] * 4
    assert third[4] == ""
    numbers = {row["name"]: row for row in read_back(folder)["numbers"]}
    assert (numbers["third"]["value"], numbers["third"]["unit"]) == (repr(THIRD), "SD")
    assert numbers["third"]["meaning"] == "A third."
    assert numbers["few"]["value"] == WITHHELD
    assert numbers["few"]["n"] == ""
    assert "draws" not in numbers  # the report does not print it
    assert b",2," not in (folder / "tbl_all.csv").read_bytes()


def test_units_notes_and_titles_are_told_in_the_language(results: Results, tmp_path: Path) -> None:
    write_data(data_of(results, ["tbl_all", "fig_all"], "en", "year", {}), "en", tmp_path / "en")
    write_data(data_of(results, ["tbl_all", "fig_all"], "id", "year", {}), "id", tmp_path / "id")
    described = {lang: json.loads((tmp_path / lang / METADATA).read_text(encoding="utf-8")) for lang in ("en", "id")}
    figure, table = described["en"]["tables"]
    assert table["dc:title"] == "All kinds"
    assert table["dc:description"].startswith("A note")
    assert WITHHELD in table["dc:description"]
    units = {column["name"]: column.get("schema:unitText") for column in table["tableSchema"]["columns"]}
    assert units == {**dict.fromkeys(units), "share": "%", "persons": "persons"}
    assert figure["dc:description"] == "A line rises"
    assert described["id"]["tables"][1]["tableSchema"]["columns"][0]["titles"] == "Apa"
    assert read_back(tmp_path / "en")["fig_all"][0]["y_axis"] == "mean, in points"
    assert [row["y"] for row in read_back(tmp_path / "id")["fig_all"]] == [f"{THIRD:.12g}", "2.5"]
    assert read_back(tmp_path / "id")["fig_all"][0]["series"] == "series id"


def test_the_same_results_give_the_same_bytes(results: Results, folder: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    names = ["fig_all", "third", "few", "tbl_all"]
    write_data(data_of(results, names, "en", "school_year", {"third": "A third."}), "en", again)
    assert {p.name: p.read_bytes() for p in again.iterdir()} == {p.name: p.read_bytes() for p in folder.iterdir()}


def test_a_file_that_nobody_described_is_not_passed_over(folder: Path) -> None:
    (folder / "more.csv").write_text("a\r\n1\r\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"more\.csv"):
        read_back(folder)


def test_a_count_has_no_decimals(tmp_path: Path) -> None:
    with Ledger("02_programme", tmp_path / "results") as ledger:
        for name, value, decimals in (("cells", 1318.0, 0), ("part", 0.5, 0), ("mean", 3.0, 1)):
            ledger.number(name, value, decimals=decimals, counts=NOTHING)
        frame = pd.DataFrame({"who": ["a", "b"], "n": [40, 2]})
        columns = [Column("who", _words("W")), Column("n", _words("N"), "int", counts=PERSONS)]
        ledger.table("tbl_n", frame, columns, caption=_words("N"))
    found = gate(read_ledgers(tmp_path / "results")).numbers
    told = {row[0]: repr(row[2]) for row in numbers_file(found, "en", {}).rows}
    assert (told["cells"], told["part"], told["mean"]) == ("1318", "0.5", "3.0")
    assert (told["cells_counted"], told["cells_hidden"]) == ("2", "1")
