"""Seeded pupils of a nation: files of a year each, as offices send them, with the faults that offices make.

    python -m benchmarks.pupil_files FOLDER ROWS [parquet|csv|quoted]

Every value follows from the row's number and the seed, whatever the number of threads.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import duckdb
import yaml

from pipeline.sources.engine import literal
from pipeline.sources.places import KECAMATAN

YEARS = tuple(range(2017, 2025))
HEADINGS = ("NISN", "Nama", "NPSN", "Kelas", "Literasi", "Numerasi", "Tanggal")
FIELDS = ("nisn", "name", "npsn", "grade", "literacy", "numeracy", "date")
PUPILS = 250
"""Pupils of a school in a year."""
SEED = 20240717
FAULTS = {"duplicate_row": 0.01, "duplicate_key": 0.01, "bad_nisn": 0.01, "unknown_npsn": 0.01, "no_score": 0.05,
    "bad_number": 0.01, "out_of_range": 0.01, "bad_date": 0.01, "outside_period": 0.01}  # fmt: skip
Settings = Mapping[str, object]
NOTHING: Settings = MappingProxyType({})
FORMS = {
    "parquet": ("nilai.parquet", "FORMAT parquet, COMPRESSION zstd"),
    "csv": ("nilai.csv", "FORMAT csv, HEADER, DELIMITER ';', QUOTE ''"),
    "quoted": ("nilai.csv", "FORMAT csv, HEADER, DELIMITER ';', FORCE_QUOTE (\"Nama\")"),
}
"""Kind -> the pupils' file and how it is written; of "quoted" text the names stand in quotation marks."""


def generate(folder: Path, rows: int, kind: str, scores: Settings = NOTHING, run: Settings = NOTHING) -> None:
    """Write the study `nation` and its files.

    Args:
        folder: The workspace.
        rows: Pupils over all years.
        kind: One of `FORMS`.
        scores, run: What the study says beside the usual of its source `scores`, and under `run`.
    """
    a_year = rows // len(YEARS)
    schools = max(12, a_year // PUPILS)
    _study(folder, kind, scores, run)
    connection = duckdb.connect()
    connection.execute("SET threads = 2; SET memory_limit = '2GB'; SET preserve_insertion_order = true")
    for year in YEARS:
        place = folder / "data/raw/nation" / str(year)
        place.mkdir(parents=True, exist_ok=True)
        _schools(connection, place, schools, year)
        name, form = FORMS[kind]
        connection.execute(f"COPY ({_pupils(a_year, schools, year)}) TO {literal(str(place / name))} ({form})")


def _pupils(rows: int, schools: int, year: int) -> str:
    """SQL of a year's pupils: about six in a thousand rows break a rule."""

    def draw(what: int, below: int) -> str:
        return f"(hash(i * 64 + {what} + {SEED * 1000 + year}) % {below})::BIGINT"

    def score(what: int, share: int, faulty: str) -> str:
        points = " + ".join(draw(what + k, 2400) for k in (1, 2, 3))
        good = f"replace(((2000 + {points} + (s % 97) * 6) / 100.0)::DECIMAL(6,1)::VARCHAR, '.', ',')"
        return f"CASE WHEN {draw(what, 1000)} < {share} THEN {faulty} ELSE {good} END"

    literacy = score(1, 3, f"CASE {draw(5, 3)} WHEN 0 THEN '' WHEN 1 THEN 'abs' ELSE '720,5' END")
    numeracy = score(6, 9, "''")
    again = f"CASE WHEN {draw(10, 2000)} = 0 THEN i - 1 ELSE i END"  # the number of the pupil before
    first = (year - YEARS[0]) * (rows // 6) * 8  # five of six pupils are there the year after
    day = f"strftime(DATE '{year}-02-01' + {draw(16, 100)}::INTEGER, '%d/%m/%Y')"
    columns = {
        "NISN": f"lpad(({again} * 8 + {first})::VARCHAR, 10, '0')",
        "Nama": f"'Murid ' || {draw(11, 90000)} || ' ' || {draw(12, 90000)}",
        "NPSN": f"CASE WHEN {draw(13, 2000)} = 0 THEN '99999999' ELSE (10000000 + s)::VARCHAR END",
        "Kelas": f"CASE {draw(14, 4)} WHEN 0 THEN 'V' WHEN 1 THEN '5' ELSE '6' END",
        "Literasi": literacy,
        "Numerasi": numeracy,
        "Tanggal": f"CASE WHEN {draw(15, 2000)} = 0 THEN '2 Maret 1999' ELSE {day} END",
    }
    listed = ", ".join(f'{sql} AS "{name}"' for name, sql in columns.items())
    return f"SELECT {listed} FROM (SELECT i, i * {schools} // {rows} AS s FROM range({rows}) t(i))"


def _schools(connection: duckdb.DuckDBPyConnection, place: Path, schools: int, year: int) -> None:
    kecamatan = literal(sorted(KECAMATAN)[0])
    number = "(10000000 + s)::VARCHAR"
    columns = {"NPSN": number, "Bentuk": "'SD'", "Status": "'Negeri'", "Kecamatan": kecamatan, "Siswa": f"{PUPILS}",
        "Guru": "12", "Ket": "''"}  # fmt: skip
    listed = (
        "SELECT " + ", ".join(f'{sql} AS "{name}"' for name, sql in columns.items()) + f" FROM range({schools}) t(s)"
    )
    entered = f"s % 4 = 0 AND {year} >= 2020 + s // 4 % 3"
    part = f'SELECT {number} AS "NPSN", \'{year - 1}/{year}\' AS "Tahun" FROM range({schools}) t(s) WHERE {entered}'
    for name, query in (("sekolah", listed), ("peserta", part)):
        connection.execute(f"COPY ({query}) TO {literal(str(place / f'{name}.csv'))} (HEADER, DELIMITER ',')")


def _study(folder: Path, kind: str, scores: Settings, run: Settings) -> None:
    label = {"en": "A nation"}
    study = {
        "title": label, "demonstration": True, "run": {**run}, "public_key": "a-key-of-a-benchmark", "seed": 1,
        "report": {"institution": label},
        "program": {"label": label, "unit_label": label, "period_label": label},
        "sources": {
            "schools": {"file": "sekolah.csv", "columns": {"npsn": ["NPSN"], "level": ["Bentuk"], "status": ["Status"],
                "kecamatan": ["Kecamatan"], "pupils": ["Siswa"], "teachers": ["Guru"], "note": ["Ket"]}},
            "scores": {"file": FORMS[kind][0], "engine": "duckdb", "decimal": ",", "value_range": [0, 100],
                "tolerances": FAULTS, **scores,
                "columns": {field: [heading] for field, heading in zip(FIELDS, HEADINGS, strict=True)}},
            "participation": {"file": "peserta.csv", "columns": {"npsn": ["NPSN"], "school_year": ["Tahun"]}},
        },
        "outcomes": [{"name": n, "label": label, "source": "scores", "transform": "standardise"} for n in FIELDS[4:6]],
    }  # fmt: skip
    path = folder / "studies/nation/study.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(study), encoding="utf-8")


if __name__ == "__main__":
    generate(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "parquet")
