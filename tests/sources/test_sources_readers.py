"""Files as offices send them: furniture set apart with its row numbers, faults told with their place."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.sources.readers import read_table
from pipeline.sources.table import Fields, RawTable


@dataclass(frozen=True)
class Spec:
    file: str = "f.csv"
    sheet: str | None = None
    encoding: str = "utf-8"
    separator: str | None = ";"
    decimal: str | None = ","
    missing: tuple[str, ...] = ()
    columns: dict[str, list[str]] = field(
        default_factory=lambda: {"npsn": ["NPSN"], "name": ["Nama Sekolah"], "pupils": ["Peserta Didik"]}
    )


NUMBERS = Fields(numbers=("pupils",))
TEXT = "NPSN;Nama Sekolah;Peserta Didik\n10000001;SD Satu;1.234\n\n10000002;SD Dua;\nJumlah;;1.234\n"


def _text(folder: Path, content: str | bytes, spec: Spec | None = None) -> RawTable:
    path = folder / "f.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_table(path, spec or Spec(), "data/f.csv", fields=NUMBERS)


def _book(folder: Path, *, sheet: str = "Daftar", drop: str = "") -> Path:
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    rows = [
        ["DAFTAR SEKOLAH"],
        [],
        ["No", "Identitas", None, "Jumlah", None, None],
        [None, "NPSN", "Nama Sekolah", "Peserta Didik", None, "Guru"],
        [1, 10000001, "SD Satu", 210.5, None, 9],
        [2, "10000002", "SD Dua", 90, None, 7],
        ["Jumlah", None, None, 300.5, None, 16],
        ["Catatan: angka sementara"],
    ]
    for row in rows:
        page.append([None if cell == drop else cell for cell in row])
    page.merge_cells("A1:F1")
    page.merge_cells("B3:C3")
    page.merge_cells("D3:F3")
    path = folder / "b.xlsx"
    book.save(path)
    return path


def test_text_keeps_its_row_numbers_and_blanks(tmp_path: Path) -> None:
    table = _text(tmp_path, TEXT)
    assert table.frame.index.tolist() == [2, 4]
    assert table.frame.loc[4, "pupils"] is None
    assert [(a.row, a.rule) for a in table.aside] == [(3, "blank_row"), (5, "total_or_note")]
    assert table.read == 4
    assert table.place(4, "pupils") == "data/f.csv, row 4, column Peserta Didik"


def test_a_byte_order_mark_is_no_part_of_the_first_heading(tmp_path: Path) -> None:
    assert _text(tmp_path, b"\xef\xbb\xbf" + TEXT.encode()).frame["npsn"].tolist() == ["10000001", "10000002"]


def test_merged_header_titles_totals_and_notes(tmp_path: Path) -> None:
    table = read_table(_book(tmp_path), Spec("b.xlsx", "Daftar"), "data/b.xlsx", fields=NUMBERS)
    assert table.frame.index.tolist() == [5, 6]
    assert table.frame["npsn"].tolist() == ["10000001", "10000002"]
    assert table.frame["pupils"].tolist() == ["210,5", "90"]
    assert table.numbers["npsn"] == {5}
    assert [(a.row, a.rule) for a in table.aside] == [(1, "title_row"), (7, "total_or_note"), (8, "total_or_note")]


def test_group_and_heading_together_are_a_heading(tmp_path: Path) -> None:
    spec = Spec("b.xlsx", "Daftar", columns={"npsn": ["NPSN"], "pupils": ["Jumlah Peserta Didik"]})
    assert read_table(_book(tmp_path), spec, "data/b.xlsx", fields=NUMBERS).frame["pupils"].tolist() == ["210,5", "90"]


@pytest.mark.parametrize(
    ("content", "spec", "words"),
    [
        (b"", Spec(), ("empty",)),
        (b"\n \n", Spec(), ("empty",)),
        (TEXT.split("\n", maxsplit=1)[0].encode(), Spec(), ("no data",)),
        ("NPSN;Nama Sekolah;Peserta Didik\n1;é;2\n".encode("cp1252"), Spec(), ("utf-8", "windows-1252", "row 2")),
        (
            "NPSN;Nama Sekolah;Peserta Didik\n1;é;2\n".encode(),
            Spec(encoding="windows-1252"),
            ("cp1252", "utf-8", "row 2"),
        ),
        (TEXT.encode("utf-16"), Spec(), ("UTF-16",)),
        (TEXT.replace(";", ",").encode(), Spec(), ("comma", "semicolon")),
        (TEXT.replace(";", "\t").encode(), Spec(), ("tab", "semicolon")),
        (TEXT.replace("Nama Sekolah", "Nama Sekolahan").encode(), Spec(), ("'Nama Sekolahan'", "nearest", "row 1")),
        (TEXT.replace("Nama Sekolah", "NPSN").encode(), Spec(), ("Nama Sekolah", "missing")),
        (TEXT.replace(";SD Dua;", ";SD Dua").encode(), Spec(), ("2 cells", "row 4")),
        (TEXT.replace("SD Dua", '"SD Dua').encode(), Spec(), ("quotation", "row 4")),
        (b"PK\x03\x04 not a text", Spec(), ("workbook",)),
        (b"a;b;c\n1;2;3\n", Spec(), ("No header",)),
    ],
)
def test_faults_of_a_text_file(tmp_path: Path, content: bytes, spec: Spec, words: tuple[str, ...]) -> None:
    with pytest.raises(SourceError) as caught:
        _text(tmp_path, content, spec)
    for word in ("data/f.csv", *words):
        assert word in str(caught.value), str(caught.value)


def test_faults_of_a_workbook(tmp_path: Path) -> None:
    path = _book(tmp_path, sheet="Daftar SD")
    with pytest.raises(SourceError, match="'Daftar SD'"):
        read_table(path, Spec("b.xlsx", "Daftar"), "b.xlsx")
    whole = path.read_bytes()
    for length in (10, 500, len(whole) // 2, len(whole) - 30):
        path.write_bytes(whole[:length])
        with pytest.raises(SourceError, match="cut short"):
            read_table(path, Spec("b.xlsx", "Daftar SD"), "b.xlsx")
    with pytest.raises(SourceError, match="'Nama Sekolah' is missing"):
        read_table(_book(tmp_path, drop="Nama Sekolah"), Spec("b.xlsx", "Daftar"), "b.xlsx")


def test_missing_file_and_folder(tmp_path: Path) -> None:
    (tmp_path / "asesmen_2023.csv").write_text("x")
    with pytest.raises(SourceError, match=r"asesmen_2023\.csv"):
        read_table(tmp_path / "asesmen.csv", Spec(), "data/2023/asesmen.csv")
    with pytest.raises(SourceError, match="folder is missing"):
        read_table(tmp_path / "2021" / "asesmen.csv", Spec(), "data/2021/asesmen.csv")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400), st.sampled_from(["utf-8", "windows-1252"]), st.sampled_from(["f.csv", "f.xlsx"]))
def test_any_bytes_give_a_table_or_the_declared_error(tmp_path: Path, body: bytes, encoding: str, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"NPSN;Nama Sekolah;Peserta Didik\n" + body if name.endswith("csv") else body)
    try:
        table = read_table(path, Spec(name, encoding=encoding), name)
    except SourceError:
        return
    assert table.read == len(table.frame) + len(table.aside)
