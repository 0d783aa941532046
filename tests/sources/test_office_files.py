"""Files as offices and statistical programs make them: what is read, what is said, what is refused in one sentence."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.sources.cells import clean_text
from pipeline.sources.decimals import decide
from pipeline.sources.identifiers import PROVINCES, looks_like_person
from pipeline.sources.kinds import kind_of
from pipeline.sources.names import alike, look
from pipeline.sources.readers import read_table
from pipeline.sources.table import Fields, RawTable
from pipeline.sources.values import parse_number


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
ROWS: list[list[Any]] = [["unit", "year", "score"], *[[f"u{i}", 2020 + i % 3, 1.5 + i] for i in range(20)]]


def _read(path: Path, spec: Spec | None = None) -> RawTable:
    return read_table(path, spec or Spec(), path.name, fields=FIELDS)


def _text(folder: Path, text: str | bytes, spec: Spec | None = None) -> RawTable:
    path = folder / "f.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return _read(path, spec)


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


# --- what workbooks hide -------------------------------------------------------------------------------------------


# --- headers -------------------------------------------------------------------------------------------------------

GROUPED = [
    ["No", "NPSN", "Peserta Didik", None, None, "Guru", None, None],
    [None, None, "L", "P", "Jumlah", "L", "P", "Jumlah"],
    *[[i, f"1000000{i}", 10, 20, 30, 1, 2, 3] for i in range(1, 5)],
]


# --- furniture -----------------------------------------------------------------------------------------------------

WORDS = ["Sumber Rejo", "Totalindo", "Catatan Harian", "Jumlah Makmur", "Keterangan Jaya", "Nihil Raya", "Total", "Ket"]


def test_small_whole_numbers_are_data_and_column_numbers_are_not(tmp_path: Path) -> None:
    assert len(_text(tmp_path, "unit,year,score\n1,2,3\n1,3,4\n2,2,5\n2,3,6\n").frame) == 4
    table = _text(tmp_path, "unit,year,score\n1,2,3\nu1,2020,4\nu2,2021,5\n")
    assert table.frame["unit"].tolist() == ["u1", "u2"]


# --- numbers -------------------------------------------------------------------------------------------------------


@settings(max_examples=200)
@given(
    st.lists(st.floats(0, 10**7, allow_nan=False), min_size=3, max_size=30),
    st.integers(0, 4),
    st.sampled_from([",", "."]),
    st.booleans(),
)
def test_a_column_is_read_as_written_or_asked_about(numbers: list[float], digits: int, mark: str, group: bool) -> None:
    other = "." if mark == "," else ","
    texts = [f"{n:,.{digits}f}" if group else f"{n:.{digits}f}" for n in numbers]
    if mark == ",":
        texts = [text.translate(str.maketrans(",.", ".,")) for text in texts]
    try:
        style = decide(dict(enumerate(texts)), None, "f", "panel")
    except SourceError:
        assert any(parse_number(text, other) is not None for text in texts if "," in text or "." in text)
        return
    for text, number in zip(texts, numbers, strict=True):
        assert parse_number(text, style.mark) == pytest.approx(round(number, digits), abs=10**-digits)


@pytest.mark.parametrize("texts", [["12,000", "9,500", "1,250"], ["1.234", "2.345"], ["10.756", "10", "0"]])
def test_what_can_be_read_both_ways_stops_with_cells_and_key(texts: list[str]) -> None:
    with pytest.raises(SourceError) as caught:
        decide(dict(enumerate(texts, 2)), None, "f.csv, column score", "panel")
    for word in (f"{texts[0]} (row 2)", 'decimal: ","', "under panel"):
        assert word in str(caught.value)


@pytest.mark.parametrize(
    ("text", "mark", "value"),
    [
        ("0,512", ",", 0.512), ("0,512", ".", None), ("0.512", ",", None), ("1e+05", ".", 1e5), ("1,5E+03", ",", 1500.0),
        (".5", ".", 0.5), ("12 345,5", ",", 12345.5), ("1\u202f234", ".", 1234.0), ("TRUE", ".", 1.0), ("1.234e5", ",", None),
        ("0.123.456", ",", None), ("Inf", ".", None), ("5.", ".", None), ("1..2", ".", None), ("\u22123,5", ",", -3.5),
    ],
)  # fmt: skip
def test_numbers_of_programs_and_offices(text: str, mark: str, value: float | None) -> None:
    assert parse_number(text, mark) == value


def test_marks_are_decided_column_by_column(tmp_path: Path) -> None:
    table = _text(tmp_path, "unit;year;score\na;2020;0,512\nb;2021;1,250\nc;2022;NA\n")
    assert table.marks["score"] == ","
    assert table.reading.decimals["score"] == "',', 0,512 in row 2"
    assert table.frame["score"].tolist() == ["0,512", "1,250", None]
    table = _text(tmp_path, "unit;year;score\na;2020;0,512\n", Spec(decimal="."))
    assert table.others == {"score": 1}


# --- names ---------------------------------------------------------------------------------------------------------

UNSEEN = st.sampled_from(["\u200b", "\ufeff", "\u00ad", "\u2060", "\u200e"])
SPACES = st.sampled_from([" ", "\u00a0", "  ", "\t", "\u2009", "\u3000", "\n"])


@given(st.lists(st.text("abcdeéABC019'-", min_size=1, max_size=6), min_size=1, max_size=4), st.data())
def test_what_nobody_sees_makes_no_other_name(words: list[str], data: st.DataObject) -> None:
    dressed = "".join(data.draw(SPACES) + word + data.draw(UNSEEN) for word in words) + data.draw(SPACES)
    assert clean_text(dressed) == clean_text(" ".join(words))


@pytest.mark.parametrize(
    ("one", "other"),
    [("SD Satu", "SD SATU"), ("00012", "12"), ("1", "1.0"), ("SD 01", "SD 1"), ("A–1", "A-1"), ("Medan", "Mеdan"),
     ("Ma'arif", "Ma’arif"), ("SDN 1.", "SDN 1"), ("２", "2")],
)  # fmt: skip
def test_names_that_look_alike(one: str, other: str) -> None:
    assert alike([one, "x", other]) == [(one, other)]


@pytest.mark.parametrize(
    ("one", "other"), [("10", "1"), ("1.10", "1.1"), ("A0", "A"), ("3.05", "3.5"), ("SD 1", "SD 11")]
)
def test_names_that_differ(one: str, other: str) -> None:
    assert look(one) != look(other)


@given(st.sampled_from(sorted(PROVINCES)), st.integers(0, 10**8 - 1))
def test_codes_of_villages_are_no_persons(province: str, rest: int) -> None:
    assert not looks_like_person(f"{province}{rest:08d}")


@given(st.integers(0, 29), st.integers(0, 10**7 - 1))
def test_pupils_are_persons(year: int, serial: int) -> None:
    assert looks_like_person(f"0{year:02d}{serial:07d}")
    assert looks_like_person(f"99{year % 10}{serial:07d}")


# --- texts ---------------------------------------------------------------------------------------------------------


def test_short_rows_are_a_fault_only_where_a_declared_column_is_cut(tmp_path: Path) -> None:
    assert len(_text(tmp_path, "unit,year,score,note,more\na,2020,1\nb,2021,2,x\n").frame) == 2
    with pytest.raises(SourceError, match="2 cells where the header has 3"):
        _text(tmp_path, "unit,year,score\na,2020,1.5\nb,2021\n")


@pytest.mark.parametrize("encoding", ["utf-99", "rot13", "base64"])
def test_an_encoding_that_does_not_exist(encoding: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no encoding called"):
        _text(tmp_path, "unit,year,score\na,2020,1\n", Spec(encoding=encoding))


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text("abcéü–1", min_size=1, max_size=5), st.sampled_from(["utf-16", "utf-16-le", "utf-16-be"]), st.booleans())
def test_utf_16_with_and_without_its_mark(tmp_path: Path, name: str, encoding: str, mark: bool) -> None:
    text = f"unit,year,score\n{name},2020,1.5\n{name}2,2021,2.5\n"
    order = "utf-16-be" if encoding.endswith("be") else "utf-16-le"
    content = text.encode(order)
    head = b"\xfe\xff" if order.endswith("be") else b"\xff\xfe"
    table = _text(tmp_path, (head if mark else b"") + content, Spec(encoding=encoding))
    assert table.frame["unit"].tolist() == [clean_text(name), clean_text(f"{name}2")]


# --- column files --------------------------------------------------------------------------------------------------


def test_parquet_and_stata_say_what_a_text_says(tmp_path: Path) -> None:
    frame = pd.DataFrame({"unit": ["a", "b", "b"], "year": [2020, 2020, 2021], "score": [1.5, None, 2.0]})
    text = _text(tmp_path, frame.to_csv(index=False))
    frame.to_parquet(tmp_path / "f.parquet")
    frame.astype({"unit": "category"}).to_stata(tmp_path / "f.dta", write_index=False)
    for name in ("f.parquet", "f.dta"):
        table = _read(tmp_path / name)
        pd.testing.assert_frame_equal(
            table.frame.replace({"1.5": "1.5", "2": "2.0"}), text.frame, check_index_type=False
        )
    assert _read(tmp_path / "f.parquet").reading.kind == "parquet"


def test_damaged_column_files(tmp_path: Path) -> None:
    pd.DataFrame({"unit": ["a"], "year": [1], "score": [1.0]}).to_parquet(tmp_path / "f.parquet")
    pd.DataFrame({"unit": ["a"], "year": [1], "score": [1.0]}).to_stata(tmp_path / "f.dta", version=118)
    for name in ("f.parquet", "f.dta"):
        whole = (tmp_path / name).read_bytes()
        for length in (30, len(whole) // 2, len(whole) - 9):
            (tmp_path / name).write_bytes(whole[:length])
            assert "cannot be opened" in _refusal(tmp_path / name)


# --- limits --------------------------------------------------------------------------------------------------------


def test_cells_far_away_are_refused_in_one_sentence(tmp_path: Path) -> None:
    def far(book: openpyxl.Workbook) -> None:
        for row in range(1, 2000):
            book.active.cell(row, 16384, "x")  # type: ignore[union-attr]

    assert "column XFD" in _refusal(_book(tmp_path, change=far))
    one = _book(tmp_path, change=lambda book: book.active.cell(3, 16384, "x"))  # type: ignore[union-attr, arg-type, return-value]
    assert len(_read(one).frame) == 20


def test_a_small_file_of_many_cells_is_refused(tmp_path: Path) -> None:
    row = b"<row>" + b"<c/>" * 20 + b"</row>"
    path = _edit(
        _book(tmp_path),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"</sheetData>", row * 260_000 + b"</sheetData>"),
    )
    assert path.stat().st_size < 1_500_000
    assert "more than the 5,000,000 cells" in _refusal(path)


def test_column_files_larger_than_their_bytes(tmp_path: Path) -> None:
    codes = pa.DictionaryArray.from_arrays(pa.nulls(4_000_000, pa.int32()).fill_null(0), pa.array(["a"]))
    zeros = pa.nulls(4_000_000, pa.int32()).fill_null(0)
    pq.write_table(pa.table({"unit": codes, "year": zeros, "score": zeros}), tmp_path / "f.parquet")
    assert "4,000,000 rows" in _refusal(tmp_path / "f.parquet")
    pq.write_table(pa.table({"unit": ["a"], "year": [1], "score": [[1.0]]}), tmp_path / "f.parquet")
    assert "'score' holds list" in _refusal(tmp_path / "f.parquet")


def test_a_cell_of_more_than_a_megabyte(tmp_path: Path) -> None:
    long = "x" * 1_000_001
    with pytest.raises(SourceError, match="1,000,001 characters"):
        _text(tmp_path, f"unit,year,score\n{long},2020,1\n")
    pq.write_table(pa.table({"unit": [long], "year": [1], "score": [1.0]}), tmp_path / "f.parquet")
    assert "1,000,001 characters" in _refusal(tmp_path / "f.parquet")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from(
        [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PAR1", b"<table>", b"<stata_dta>", b"\xff\xfe", b""]
    ),
    st.sampled_from(["f.xlsx", "f.xls", "f.ods", "f.parquet", "f.dta", "f.csv"]),
)
def test_any_bytes_give_a_table_or_the_declared_error(tmp_path: Path, body: bytes, head: bytes, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(head + body)
    try:
        table = _read(path)
    except SourceError:
        return
    assert table.read == len(table.frame) + len(table.aside)


@pytest.mark.parametrize(
    ("begin", "what"),
    [(b"%PDF-1.7\n", "a PDF document"), (b"\x89PNG\r\n\x1a\n", "a picture"), (b"\xff\xd8\xff\xe0", "a picture")],
)
def test_what_is_sent_instead_of_a_table_is_named(begin: bytes, what: str) -> None:
    """By its bytes, whatever it is called: nobody is asked to look for an encoding."""
    with pytest.raises(SourceError, match=what) as met:
        kind_of(begin + b"\0" * 40, "data/raw/mine/2024/panel.csv")
    assert met.value.code == "not_a_table"
