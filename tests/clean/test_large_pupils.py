"""Pupils of a file larger than memory: the embedded engine gives the same bytes as data frames do."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.chapters.power import sampling_variance, variance_of_sums
from pipeline.clean.education import sums
from pipeline.clean.education.nisn import nisn_digits, written
from pipeline.clean.education.panel import standardised_pupils
from pipeline.clean.run import clean_study
from pipeline.errors import SourceError
from pipeline.sources.engine import SPILL, Engine, check_memory
from pipeline.sources.growing import Growing
from pipeline.sources.identifiers import read_nisn
from pipeline.sources.readers import read_table
from pipeline.study import Source
from tests.clean.pupils_study import HEADINGS, SCHOOLS, YEARS, cleaned, same, settle, text_of, told, usual, workspace

ODD = {
    "nisn": ["", "12345678", "123456789", "0012345678", " 0012345678 ", "'0012345678", "00.1234.5678", "12345", "abcdefghij",
        "٠١٢٣٤٥٦٧٨٩", "9999999999", "4000000001", "4000000002", "400\u200b0000001", "+123456789", "1e9", "NISN", "Jumlah"],
    "name": ["", "Budi", "BUDI ", "Ayu Lestari", "É\u0301", "Sumber Rejo", "null", 'Si "Kecil"', "A;B"],
    "npsn": ["", SCHOOLS[0], f"{SCHOOLS[1]}.0", f" {SCHOOLS[2]}", "99999999", "1020", "NPSN", "\u00a010200004", "n/a"],
    "grade": ["5", "6", "VI", "Kelas 5", "V-A", "13", "", "X", "5A"],
    "score": ["70,5", "70.5", "", "-", "NA", "kosong", "101", "-1", "1.234", "0,5", "1e1", "100", " 55 ", "72,123456789",
        "TRUE", "\u2212" + "5"],
    "date": ["", "05/03/2024", "5 Maret 2024", "2024-03-05", "31/12/2019", "32/01/2024", "45000", "05/03/24"],
}  # fmt: skip
rows_of_odd = st.lists(
    st.tuples(
        *(st.sampled_from(ODD[name]) for name in ("nisn", "name", "npsn", "grade", "score", "score", "date"))
    ).map(list),
    max_size=25,
)


def _tmp(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pupils")


hostile = given(
    odd=rows_of_odd,
    decimal=st.sampled_from([None, ",", "."]),
    end=st.sampled_from(["\n", "\r\n"]),
    seed=st.integers(0, 99),
)


@pytest.mark.slow
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@hostile
def test_both_engines_tell_the_same_of_many_hostile_rows(tmp_path_factory, odd, decimal, end, seed):
    _alike(tmp_path_factory, odd, decimal, end, seed)


@pytest.mark.parametrize(("decimal", "end"), [(None, "\r\n"), (",", "\n")])
def test_both_engines_tell_the_same_of_hostile_rows(tmp_path_factory, decimal, end):
    longest = max(map(len, ODD.values()))
    odd = [[ODD[name][(k * step) % len(ODD[name])] for name, step in _STEPS] for k in range(3 * longest)]
    _alike(tmp_path_factory, odd, decimal, end, 1)


_STEPS = (("nisn", 1), ("name", 2), ("npsn", 4), ("grade", 5), ("score", 7), ("score", 3), ("date", 5))


def _alike(tmp_path_factory, odd, decimal, end, seed):
    rows = usual(2024) + odd + odd[:2]
    order = np.random.default_rng(seed).permutation(len(rows))
    content = text_of([rows[k] for k in order], end=end)
    folder = workspace(_tmp(tmp_path_factory), {2023: text_of(usual(2023)), 2024: content})
    same(folder, file="nilai.csv", missing=["kosong", 9999999999], **({} if decimal is None else {"decimal": decimal}))


_FAST = ("a total between", "a line in a cell")
FURNITURE = {
    "titles and notes": "DAFTAR NILAI\n\n{head}{rows}Mengetahui\nKepala Dinas\n",
    "totals": "{head}{rows}Jumlah;;;;{sum};;\n",
    "a total between": "{head}{rows}Jumlah;;;;{sum};;\n{rest}Total;;;;1;;\n",
    "a header again": "{head}{rows}{head}{rest}",
    "column numbers": "{head}1;2;3;4;5;6;7\n{rows}",
    "blank lines": "{head}{rows}\n;;;;;;\n   ;;;;;;\n{rest}\n",
    "short rows": "{head}{rows}5999999999;Ali;10200001;5;70,0\n",
    "wide rows": "{head}{rows}5999999999;Ali;10200001;5;70,0;71,0;01/03/2024;;\n",
    "a separator line": "sep=;\n{head}{rows}",
    "a line in a cell": '{head}{rows}5999999999;"Ali\nBaba";10200001;5;70,0;71,0;01/03/2024\n{rest}',
    "an open quote": '{head}{rows}5999999999;"Ali;10200001;5;70,0;71,0;01/03/2024\n{rest}',
    "no line end": "{head}{rows}5999999999;Ali;10200001;5;70,0;71,0;01/03/2024",
    "a byte-order mark": "\ufeff{head}{rows}",
}


@pytest.mark.parametrize(
    "shape", [name if name in _FAST else pytest.param(name, marks=pytest.mark.slow) for name in FURNITURE]
)
def test_furniture_is_told_alike(tmp_path, shape):
    lines = text_of(usual(2024)).decode().splitlines(keepends=True)
    total = sum(float(row[4].replace(",", ".")) for row in usual(2024))
    made = FURNITURE[shape].format(
        head=lines[0], rows="".join(lines[1:]), sum=f"{total:.1f}".replace(".", ","),
        rest="5999999998;Adi;10200001;5;70,0;71,0;01/03/2024\n",
    )  # fmt: skip
    folder = workspace(tmp_path, {2023: text_of(usual(2023)), 2024: made.encode()})
    same(folder, file="nilai.csv")


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "utf-16"])
def test_encodings_are_read_alike_and_a_wrong_one_is_refused_alike(tmp_path, encoding):
    rows = usual(2024)
    rows[3][1] = "Zoë Désirée"
    content = text_of(rows).decode()
    folder = workspace(tmp_path, {2023: text_of(usual(2023)).decode().encode(encoding), 2024: content.encode(encoding)})
    assert not same(folder, file="nilai.csv", encoding=encoding)["faults"]
    wrong = "windows-1252" if encoding == "utf-8" else "utf-8"
    assert same(folder, file="nilai.csv", encoding=wrong)["faults"]


def _parquet(rows: list[list[str]], *, typed: bool, group: int | None = None) -> bytes:
    frame = pd.DataFrame(rows, columns=list(HEADINGS))
    if typed:
        numbers = frame[["Literasi", "Numerasi"]].apply(
            lambda c: pd.to_numeric(c.str.replace(",", "."), errors="coerce")
        )
        frame = frame.assign(NISN=frame["NISN"].astype("int64"), Kelas=frame["Kelas"].astype("int32"),
            Literasi=numbers["Literasi"], Numerasi=numbers["Numerasi"].astype("float32"), NPSN=frame["NPSN"].astype("int64"),
            Tanggal=[dt.date(*map(int, reversed(t.split("/")))) for t in frame["Tanggal"]])  # fmt: skip
        frame.loc[3, "Literasi"] = np.nan
        frame.loc[4, ["Literasi", "Numerasi"]] = -0.0, np.nan
        frame.loc[5, "Literasi"] = 250.0
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), sink, row_group_size=group)
    return sink.getvalue().to_pybytes()


@pytest.mark.parametrize(
    ("typed", "decimal"),
    [
        (True, None),
        *(pytest.param(*case, marks=pytest.mark.slow) for case in ((True, ","), (False, None), (False, ","))),
    ],
)
def test_parquet_is_read_alike(tmp_path, typed, decimal):
    scores = {year: _parquet(usual(year) + usual(year)[:2], typed=typed) for year in YEARS}
    folder = workspace(tmp_path, scores, file="nilai.parquet")
    made = same(folder, file="nilai.parquet", **({} if decimal is None else {"decimal": decimal}))
    assert "duplicate_row" in made["account"]


@pytest.mark.parametrize("group", [7, 80])
def test_parquet_of_hostile_rows_is_read_alike(tmp_path, monkeypatch, group):
    monkeypatch.setattr("pipeline.sources.parts.BATCH", 50)  # a group is a batch, or two are
    odd = [[ODD[name][(k * step) % len(ODD[name])] for name, step in _STEPS] for k in range(40)]
    rows = odd[20:] + usual(2024) + odd[:25]
    scores = {2023: _parquet(usual(2023), typed=False), 2024: _parquet(rows, typed=False, group=group)}
    folder = workspace(tmp_path, scores, file="nilai.parquet")
    same(folder, file="nilai.parquet", decimal=",", missing=["kosong", 9999999999])


def test_parts_of_a_folder_are_one_table(tmp_path):
    rows = {year: [*usual(year), ["12", "Ali", *usual(year)[0][2:]], *usual(year)[:1]] for year in YEARS}
    whole = workspace(tmp_path / "whole", {year: text_of(rows[year]) for year in YEARS})
    folder = workspace(tmp_path / "parts", {}, file="nilai")
    for year in YEARS:
        for number, (first, last) in enumerate([(0, 30), (30, 31), (31, None)]):
            place = folder / f"data/raw/kota/{year}/nilai"
            place.mkdir(exist_ok=True)
            (place / f"part-{number}.csv").write_bytes(text_of(rows[year][first:last]))
    of_parts = told(cleaned(folder, file="nilai"))
    of_whole = told(cleaned(whole, file="nilai.csv", engine="duckdb"))
    for name in ("panel", "pupil_sums", "pupil_count", "tested"):
        assert of_parts[name] == of_whole[name]
    assert of_parts["aside"].replace(",nilai,", ",nilai.csv,") == of_whole["aside"]
    (folder / "data/raw/kota/2024/nilai/part-9.csv").write_bytes(
        text_of(rows[2024][:1]).replace(b"Nama", b"Nama Murid")
    )
    assert "different columns" in told(cleaned(folder, file="nilai"))["faults"][0]


def test_no_number_and_no_name_of_a_pupil_is_left(tmp_path):
    rows = [*usual(2024), ["12", "Nama Rahasia", *usual(2024)[0][2:]]]
    folder = workspace(tmp_path, {2023: text_of(usual(2023)), 2024: text_of(rows)})
    for keep in ("rows", "sums"):
        study = settle(folder, file="nilai.csv", engine="duckdb", keep=keep)
        out = folder / "made" / keep
        made = clean_study(study, 2024, study.raw_root(folder), out)
        assert ("scores" in made.tables) == (keep == "rows")
        for path in out.iterdir():
            text = pd.read_parquet(path).to_csv() if path.suffix == ".parquet" else path.read_text()
            assert "Rahasia" not in text
            assert not any(row[0] in text or row[0].lstrip("0") in text for row in rows if len(row[0]) == 10)
    assert not list((folder / "build").glob(f"{SPILL}*"))  # what the engine spilled has gone with it


def test_a_large_file_goes_to_the_engine_by_itself(tmp_path, monkeypatch):
    folder = workspace(tmp_path, {year: text_of(usual(year)) for year in YEARS})
    assert "scores" in cleaned(folder, file="nilai.csv").tables
    monkeypatch.setattr("pipeline.sources.large_files.LARGE_TEXT", 1000)
    assert "pupil_sums" in cleaned(folder, file="nilai.csv").tables
    assert "scores" in cleaned(folder, file="nilai.csv", keep="rows").tables
    assert "scores" in cleaned(folder, file="nilai.csv", engine="memory").tables


def test_too_many_exceptions_are_refused_in_words(tmp_path, monkeypatch):
    folder = workspace(tmp_path, {year: text_of([["1", *row[1:]] for row in usual(year)]) for year in YEARS})
    monkeypatch.setattr("pipeline.sources.large.MOST_ROWS", 10)
    found = cleaned(folder, file="nilai.csv", engine="duckdb")
    assert [type(fault) for fault in found.faults.found][:1] == [SourceError]
    assert "80 of 80 rows break a rule" in found.faults.found[0].what


def test_rows_that_memory_does_not_hold_are_refused_in_words(tmp_path, monkeypatch):
    folder = workspace(tmp_path, {year: text_of(usual(year)) for year in YEARS})
    settings = {"file": "nilai.csv", "engine": "duckdb", "run": {"memory_gb": 1}}
    monkeypatch.setattr("pipeline.clean.education.readers.KEPT_ROW", 8_000_000)  # of 80 rows a year, two years
    found = cleaned(folder, keep="rows", **settings)
    assert [fault.code for fault in found.faults.found] == ["engine_memory"]  # the first year fits, both do not
    assert "keep: sums" in found.faults.found[0].todo
    assert {"panel", "pupil_sums"} <= set(cleaned(folder, keep="sums", **settings).tables)
    check_memory(50_000_000, Engine(3.5, tmp_path))
    with pytest.raises(SourceError, match="more memory"):
        check_memory(100_000_000, Engine(3.5, tmp_path))


def test_persons_of_other_sources_are_read_into_memory_or_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.sources.columnar.MAX_CELLS", 10)
    pd.DataFrame({"NIP": ["1"] * 11}).to_parquet(tmp_path / "asn.parquet")
    with pytest.raises(SourceError) as refused:
        read_table(tmp_path / "asn.parquet", Source(file="asn.parquet", columns={"nip": ["NIP"]}), "asn.parquet")
    assert refused.value.code == "too_large"


@pytest.mark.parametrize("cell", ["", ";;;;;;", "short;row", "a;b;c;d;e;f;g;h"])
def test_a_text_of_several_blocks_is_numbered_through(tmp_path, monkeypatch, cell):
    monkeypatch.setattr("pipeline.sources.parts.BLOCK", 500)
    rows = text_of([*usual(2024), ["12", "Ali", *usual(2024)[0][2:]]]).decode().splitlines()
    rows[20:20] = rows[60:60] = [cell]
    folder = workspace(tmp_path, {2023: text_of(usual(2023)), 2024: "\n".join(rows).encode()})
    same(folder, file="nilai.csv")


def test_totals_between_rows_that_stay_are_sums(tmp_path):
    lines = text_of(usual(2024)).decode().splitlines()
    sums = [sum(float(line.split(";")[4].replace(",", ".")) for line in lines[a:b]) for a, b in ((1, 31), (31, 81))]
    told = [f"Jumlah;;;;{value:.1f};;".replace(".", ",") for value in sums]
    content = "\n".join([*lines[:31], told[0], *lines[31:], told[1], ""]).encode()
    folder = workspace(tmp_path, {2023: text_of(usual(2023)), 2024: content})
    made = same(folder, file="nilai.csv")
    assert made["aside"].count("total_or_note") == 2
    assert not any("do not add up" in note for file in made["files"] for note in file.reading.notes)


def test_a_workbook_is_no_file_for_the_engine(tmp_path):
    folder = workspace(tmp_path, dict.fromkeys(YEARS, b"PK\x03\x04"))
    assert "neither" in cleaned(folder, file="nilai.csv", engine="duckdb").faults.found[0].what


# --- the one rule that stands twice, and sums ----------------------------------------------------------------------------

digits_like = st.text(alphabet="0123456789 .-'+eE٣\u200b\u00a0", max_size=13) | st.from_regex(
    r"[0-9]{7,11}", fullmatch=True
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(digits_like | st.none(), min_size=1, max_size=20), st.integers(0, 3))
def test_a_nisn_is_read_as_by_the_reader(texts, skip):
    cells = pa.array([None, *texts]).slice(min(skip, len(texts)))
    found, digits = nisn_digits(cells)
    for text, number, length in zip(cells.to_pylist(), found, digits, strict=True):
        read = read_nisn(text)
        if number != -1:  # what it reads it reads right; the rest goes to the reader
            assert read == f"{number:010d}"
            assert length == len(text)
            assert (length < 10) == (text != read)
        else:
            assert read is None or not (text.isascii() and text.isdigit())


def test_a_nisn_may_be_a_number_or_a_category():
    numbers = pa.array([12345678.0, None, 400000001.5, float("nan"), float("inf"), 1e12, 4000000001.0, -1.0])
    found, digits = nisn_digits(numbers)
    assert found.tolist() == [12345678, -1, -1, -1, -1, -1, 4000000001, -1]
    assert digits.tolist() == [8, *[0] * 5, 10, 0]
    found, _ = nisn_digits(pa.array(["4000000001", None, "40000000x1"]).dictionary_encode())
    assert found.tolist() == [4000000001, -1, -1]


def test_what_is_told_of_a_nisn_is_the_cell_itself():
    cells = pa.array(["0012345678", " 4000000001", "12345678", None, "000000000", "40000000x1"])
    numbers, digits = nisn_digits(cells)
    others = [cell for cell, number in zip(cells.to_pylist(), numbers, strict=True) if number == -1]
    assert len(others) == 3
    assert written(numbers, digits, others) == cells.to_pylist()


def test_an_array_grows_beyond_what_was_told():
    pieces = [
        np.arange(3, dtype=np.uint8),
        np.zeros(0, np.uint8),
        np.array([300, 7], np.uint16),
        np.arange(9, dtype=np.uint8),
    ]
    for length in (0, 3, 5, 100):
        array = Growing(np.uint8, length)
        for piece in pieces:
            array.add(piece)
        assert array.done().tolist() == np.concatenate(pieces).tolist()
        assert array.done().dtype == np.uint16


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.lists(st.integers(0, 60) | st.integers(0, 10**10 - 1), max_size=50), max_size=4))
def test_different_pupils_are_counted_wherever_their_numbers_lie(years):
    pupils = sums.Pupils()
    pupils._digits = [sums.distinct(np.array(year, dtype=np.int64)) for year in years]
    assert pupils.count() == len({number for year in years for number in year})


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.decimals(-1000, 1000, places=4)), min_size=1, max_size=40),
    st.randoms(use_true_random=False),
)
def test_sums_do_not_mind_the_order(rows, random):
    def made(given_rows):
        frame = pd.DataFrame(given_rows, columns=["unit", "score"]).assign(period=2024, grade=5, subject="literacy")
        return sums.pupil_sums(frame.astype({"score": "float64"}))

    first = made(rows)
    mixed = list(rows)
    random.shuffle(mixed)
    pd.testing.assert_frame_equal(first, made(mixed), check_exact=True)
    for unit, mean, spread in zip(first["unit"], first["mean"], first["spread"], strict=True):
        exact = [value for name, value in rows if name == unit]
        assert mean == pytest.approx(float(sum(exact) / len(exact)), abs=1e-15, rel=1e-15)
        centre = sum(exact) / len(exact)
        assert spread == pytest.approx(float(sum((value - centre) ** 2 for value in exact)), rel=1e-12, abs=1e-12)


def test_what_later_steps_ask_of_pupils_is_in_the_sums():
    rng = np.random.default_rng(3)
    keys = [(f"u{u}", year, grade) for u in range(8) for year in YEARS for grade in (5, 6) for _ in range(6)]
    scores = pd.DataFrame(keys, columns=["unit", "period", "grade"]).assign(subject="literacy")
    scores["score"] = rng.normal(60, 10, len(scores)).round(1)
    cohorts = pd.Series({f"u{u}": pd.NA if u > 2 else YEARS[1] for u in range(8)}, dtype="Int64")
    panel = pd.DataFrame({"unit": cohorts.index, "cohort": cohorts.to_numpy()})
    made = sums.pupil_sums(scores)
    assert variance_of_sums(made, panel, "literacy") == pytest.approx(sampling_variance(scores, panel, "literacy"))
    by_hand = standardised_pupils(scores, cohorts).groupby(["unit", "period"])["z"].mean()
    means = sums.standardised_sums(made, cohorts).set_index(["unit", "period"])["literacy"]
    pd.testing.assert_series_equal(means, by_hand, check_names=False)


def test_a_pupil_of_several_years_counts_once(tmp_path):
    rows = usual(2024)
    folder = workspace(tmp_path, {year: text_of([[r[0], *r[1:6], f"01/03/{year}"] for r in rows]) for year in YEARS})
    for engine in ("memory", "duckdb"):
        found = cleaned(folder, file="nilai.csv", engine=engine, keep="sums").tables["pupil_count"]
        assert found["pupils"].tolist() == [len(rows)]
