"""Workbooks as offices send them: sheets, hidden rows, merged cells."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from pipeline.errors import SourceError
from pipeline.sources.readers import read_table
from pipeline.sources.table import Fields, RawTable


@dataclass(frozen=True)
class Spec:
    file: str = "f"
    sheet: str | None = None
    encoding: str = "utf-8"
    separator: str | None = None
    decimal: str | None = None
    missing: tuple[str, ...] = ()
    columns: dict[str, list[str]] = field(
        default_factory=lambda: {"unit": ["unit"], "year": ["year"], "score": ["score"]}
    )


FIELDS = Fields(numbers=("year", "score"), dates=("day",), decimal_key="panel")


def _read(path: Path, spec: Spec | None = None) -> RawTable:
    return read_table(path, spec or Spec(), path.name, fields=FIELDS)


def _text(folder: Path, text: str | bytes, spec: Spec | None = None) -> RawTable:
    path = folder / "f.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return _read(path, spec)


ROWS: list[list[Any]] = [["unit", "year", "score"], *[[f"u{i}", 2020 + i % 3, 1.5 + i] for i in range(20)]]


def _book(
    folder: Path, rows: Sequence[Sequence[Any]] = ROWS, change: Callable[[openpyxl.Workbook], None] | None = None
) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(list(row))
    if change is not None:
        change(book)
    path = folder / "f.xlsx"
    book.save(path)
    return path


def _edit(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """Change a part of a workbook as another program would have written it."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    path.write_bytes(out.getvalue())
    return path


def _refusal(path: Path, spec: Spec | None = None) -> str:
    with pytest.raises(SourceError) as caught:
        _read(path, spec)
    assert len(str(caught.value).splitlines()) <= 6
    return str(caught.value)


def test_hidden_rows_and_columns_are_read_and_said(tmp_path: Path) -> None:
    def hide(book: openpyxl.Workbook) -> None:
        book.active.row_dimensions[3].hidden = True  # type: ignore[union-attr]
        book.active.column_dimensions["C"].hidden = True  # type: ignore[union-attr]

    table = _read(_book(tmp_path, change=hide))
    assert len(table.frame) == 20
    assert table.reading.hidden == [
        "1 rows of the table are hidden or filtered out in the sheet; read", "column score is hidden in the sheet; read",
    ]  # fmt: skip


def test_of_several_sheets_the_one_with_the_headings_or_a_question(tmp_path: Path) -> None:
    def before(book: openpyxl.Workbook) -> None:
        book.create_sheet("Petunjuk", 0)["A1"] = "Isi semua kolom"

    assert _read(_book(tmp_path, change=before)).sheet == "Sheet"

    def twice(book: openpyxl.Workbook) -> None:
        page = book.create_sheet("Lama")
        for row in ROWS:
            page.append(row)

    assert "sheet: Sheet or Lama" in _refusal(_book(tmp_path, change=twice))
    assert _read(tmp_path / "f.xlsx", Spec(sheet="lama")).sheet == "Lama"


def test_an_empty_sheet_before_a_hidden_one_says_so(tmp_path: Path) -> None:
    def hide(book: openpyxl.Workbook) -> None:
        book.create_sheet("Kosong")
        book["Sheet"].sheet_state = "hidden"

    assert "hidden sheet 'Sheet'" in _refusal(_book(tmp_path, change=hide))


def test_errors_are_no_blanks(tmp_path: Path) -> None:
    def spoil(book: openpyxl.Workbook) -> None:
        for place, text in (("C3", "#REF!"), ("C4", "#N/A")):
            book.active[place] = text  # type: ignore[index]
            book.active[place].data_type = "e"  # type: ignore[index]

    assert _read(_book(tmp_path, change=spoil)).frame["score"].tolist()[1:3] == ["#REF!", None]


def test_formulas(tmp_path: Path) -> None:
    """Without a stored value, or with the 0 of a program that does not calculate, in a declared column: refused."""

    def formula(place: str, text: str) -> Callable[[openpyxl.Workbook], None]:
        def put(book: openpyxl.Workbook) -> None:
            book.active[place] = text  # type: ignore[index]

        return put

    sheet = "xl/worksheets/sheet1.xml"
    assert "row 3, column score" in _refusal(_book(tmp_path, change=formula("C3", "=1+1")))
    path = _edit(tmp_path / "f.xlsx", sheet, lambda xml: xml.replace(b"<v></v>", b"<v>0</v>"))
    assert "stored value is the 0" in _refusal(path)
    path = _edit(path, "xl/workbook.xml", lambda xml: xml.replace(b'fullCalcOnLoad="1"', b""))
    assert _read(path).frame["score"].tolist()[1] == "0", "a program that calculates stored this 0"
    assert len(_read(_book(tmp_path, change=formula("F3", "=1+1"))).frame) == 20, "a column that nothing reads"
    path = _book(tmp_path, [*ROWS, ["Jumlah", None, "=SUM(C2:C21)"]])
    assert len(_read(path).frame) == 20, "a total"


def test_days_from_1904_in_general_format(tmp_path: Path) -> None:
    columns = {"unit": ["unit"], "year": ["year"], "score": ["score"], "day": ["day"]}
    day = dt.date(2020, 1, 1)
    rows = [[*columns], ["a", 2020, 1, 43831 - 1462], ["b", 2021, 2, day]]
    path = _book(tmp_path, rows, lambda book: setattr(book, "epoch", CALENDAR_MAC_1904))
    assert _read(path, Spec(columns=columns)).frame["day"].tolist() == ["43831", "2020-01-01"]


GROUPED = [
    ["No", "NPSN", "Peserta Didik", None, None, "Guru", None, None],
    [None, None, "L", "P", "Jumlah", "L", "P", "Jumlah"],
    *[[i, f"1000000{i}", 10, 20, 30, 1, 2, 3] for i in range(1, 5)],
]


def _grouped(folder: Path, name: str, kind: str) -> RawTable:
    spec = Spec(columns={"unit": ["NPSN"], "score": [name]})
    if kind == "text":
        return _text(folder, "\n".join(";".join("" if c is None else str(c) for c in row) for row in GROUPED), spec)

    def merge(book: openpyxl.Workbook) -> None:
        if kind == "merged":
            for cells in ("A1:A2", "B1:B2", "C1:E1", "F1:H1"):
                book.active.merge_cells(cells)  # type: ignore[union-attr]

    return _read(_book(folder, GROUPED, merge), spec)


@pytest.mark.parametrize("kind", ["merged", "plain", "text"])
def test_groups_over_columns(kind: str, tmp_path: Path) -> None:
    for name, value in (("Peserta Didik / Jumlah", "30"), ("Guru / Jumlah", "3"), ("guru / l", "1"), ("Guru P", "2")):
        assert _grouped(tmp_path, name, kind).frame["score"].tolist() == [value] * 4, name
    for name in ("Peserta Didik", "Guru"):
        with pytest.raises(SourceError, match="is a group of 3 columns") as caught:
            _grouped(tmp_path, name, kind)
        assert f"'{name} / Jumlah'" in str(caught.value)
    with pytest.raises(SourceError, match="under several groups"):
        _grouped(tmp_path, "Jumlah", kind)


@pytest.mark.parametrize("kind", ["merged", "plain", "text"])
def test_a_second_header_row_is_no_data(kind: str, tmp_path: Path) -> None:
    spec = Spec(columns={"unit": ["NPSN"]})
    if kind == "text":
        table = _text(tmp_path, "\n".join(";".join("" if c is None else str(c) for c in r) for r in GROUPED), spec)
    else:
        table = _read(_book(tmp_path, GROUPED), spec)
    assert table.frame["unit"].tolist() == [row[1] for row in GROUPED[2:]]
    assert table.reading.header_rows == (1, 2)


def test_three_rows_of_header(tmp_path: Path) -> None:
    rows = [
        ["NPSN", "Sekolah", None, None, None],
        [None, "Negeri", None, "Swasta", None],
        [None, "SD", "SMP", "SD", "SMP"],
        *[[f"1000000{i}", 1, 2, 3, 4] for i in range(1, 5)],
    ]
    spec = Spec(columns={"unit": ["NPSN"], "score": ["Sekolah / Swasta / SMP"]})
    assert _read(_book(tmp_path, rows), spec).frame["score"].tolist() == ["4"] * 4
    with pytest.raises(SourceError, match="under several groups"):
        _read(_book(tmp_path, rows), Spec(columns={"unit": ["NPSN"], "score": ["SMP"]}))


WORDS = ["Sumber Rejo", "Totalindo", "Catatan Harian", "Jumlah Makmur", "Keterangan Jaya", "Nihil Raya", "Total", "Ket"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(WORDS[:6]), min_size=4, max_size=8, unique=True), st.booleans())
def test_units_of_any_name_are_data(tmp_path: Path, names: list[str], blank: bool) -> None:
    rows = [f"{name} {i},{2018 + i},{'' if blank and i == 1 else 1.25 + i}" for name in names for i in range(3)]
    table = _text(tmp_path, "unit,year,score\n" + "\n".join(rows) + "\n")
    assert len(table.frame) == len(rows)
    assert not table.aside


def test_totals_and_notes_are_told_by_their_shape(tmp_path: Path) -> None:
    text = "unit,year,score\na,2020,1.5\nb,2020,2.5\nJumlah 2020,,4\nc,2021,3\nTotal,,7\n\nSumber: Dinas\nCatatan: x\n"
    table = _text(tmp_path, text)
    assert table.frame["unit"].tolist() == ["a", "b", "c"]
    assert [(a.row, a.rule) for a in table.aside] == [
        (4, "total_or_note"), (6, "total_or_note"), (7, "blank_row"), (8, "total_or_note"), (9, "total_or_note"),
    ]  # fmt: skip
    shown = {piece.rule: piece.examples for piece in table.reading.furniture}
    assert shown["total_or_note"] == ("row 4: Jumlah", "row 6: Total", "row 8: Sumber")


def test_a_total_that_does_not_add_up_is_said(tmp_path: Path) -> None:
    table = _text(tmp_path, "unit,year,score\na,2020,1.5\nb,2020,2.5\nJumlah,,9\n")
    assert any("do not add up to" in note for note in table.reading.notes)
