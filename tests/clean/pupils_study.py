"""A study of a few schools whose pupils' scores a test writes, cleaned by either engine."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from pipeline.check.files import file_read
from pipeline.clean.account import account_table, set_aside_table
from pipeline.clean.run import Gathered, gather
from pipeline.study import Study, load_study

HEADINGS = ("NISN", "Nama", "NPSN", "Kelas", "Literasi", "Numerasi", "Tanggal")
YEARS = (2023, 2024)
SCHOOLS = tuple(f"1020{k:04d}" for k in range(1, 9))
_RULES = ("duplicate_row", "duplicate_key", "bad_npsn", "unknown_npsn", "bad_nisn", "bad_grade", "no_score", "bad_number",
    "out_of_range", "bad_date", "outside_period", "not_a_table_row", "total_or_note", "total_unclear", "header_again",
    "fewer_rows", "fewer_units")  # fmt: skip


def usual(year: int, schools: tuple[str, ...] = SCHOOLS) -> list[list[str]]:
    """Pupils who keep every rule: two grades, five pupils each, in every school."""
    rows = []
    for s, npsn in enumerate(schools):
        for k in range(10):
            number = f"{year % 10}{s:03d}{k:06d}"
            scores = (f"{50 + (s * 7 + k * 3 + year) % 31},{k % 10}", f"{60 + (s * 5 + k * 4) % 23},5")
            rows.append([number, f"Murid {s} {k}", npsn, str(5 + k % 2), *scores, f"0{1 + k % 9}/03/{year}"])
    return rows


def text_of(rows: list[list[str]], separator: str = ";", end: str = "\n") -> bytes:
    """Rows as a text file under the headings; a cell with the separator or a quotation mark is put in quotation marks."""

    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if any(c in text for c in f'{separator}"\n\r') else text

    lines = [separator.join(map(cell, row)) for row in [list(HEADINGS), *rows]]
    return (end.join(lines) + end).encode()


def workspace(folder: Path, scores: Mapping[int, bytes | None], file: str = "nilai.csv", **source: Any) -> Path:
    """A workspace with the study `kota`, the scores of each year (None: none), and settings of their source."""
    for year in YEARS:
        place = folder / "data/raw/kota" / str(year)
        place.mkdir(parents=True, exist_ok=True)
        schools = pd.DataFrame({"NPSN": SCHOOLS, "Bentuk": "SD", "Status": "Negeri", "Kecamatan": "Medan Kota"})
        schools.assign(Siswa="100", Guru="9", Ket="").to_csv(place / "sekolah.csv", index=False)
        taking = SCHOOLS[:3] if year == YEARS[-1] else ()
        pd.DataFrame({"NPSN": taking, "Tahun": f"{year - 1}/{year}"}).to_csv(place / "peserta.csv", index=False)
        content = scores.get(year)
        if content is not None:
            (place / file).parent.mkdir(parents=True, exist_ok=True)
            (place / file).write_bytes(content)
    settle(folder, file=file, **source)
    return folder


def settle(folder: Path, **source: Any) -> Study:
    """Write the study anew with settings of the scores, and load it."""
    path = folder / "studies/kota/study.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    label = {"id": "Kota", "en": "Town"}
    fields = ("nisn", "name", "npsn", "grade", "literacy", "numeracy", "date")
    scores = {
        "columns": {field: [heading] for field, heading in zip(fields, HEADINGS, strict=True)},
        "tolerances": dict.fromkeys(_RULES, 1.0),
        "value_range": [0, 100],
        **{key: value for key, value in source.items() if key != "run"},
    }
    columns = {
        "npsn": ["NPSN"], "level": ["Bentuk"], "status": ["Status"], "kecamatan": ["Kecamatan"], "pupils": ["Siswa"],
        "teachers": ["Guru"], "note": ["Ket"],
    }  # fmt: skip
    study: dict[str, Any] = {
        "title": label, "demonstration": True, "public_key": "a-key-of-a-demonstration", "seed": 1,
        "report": {"institution": label}, "run": source.get("run", {}),
        "program": {"label": label, "unit_label": label, "period_label": label},
        "sources": {
            "schools": {"file": "sekolah.csv", "columns": columns},
            "scores": scores,
            "participation": {"file": "peserta.csv", "columns": {"npsn": ["NPSN"], "school_year": ["Tahun"]}},
        },
        "outcomes": [{"name": n, "label": label, "source": "scores", "transform": "standardise"} for n in fields[4:6]],
    }  # fmt: skip
    path.write_text(yaml.safe_dump(study, allow_unicode=True), encoding="utf-8")
    return load_study("kota", folder)


def cleaned(folder: Path, **source: Any) -> Gathered:
    """What the cleaning step gathers of the workspace."""
    study = settle(folder, **source)
    return gather(study, YEARS[-1], study.raw_root(folder))


def told(found: Gathered) -> dict[str, Any]:
    """Everything that a cleaning tells: tables as bytes, the account, rows set aside, readings, faults."""
    tables = {name: table.to_parquet(index=False) for name, table in found.tables.items()}
    return tables | {
        "account": account_table(found.accounts).to_csv(index=False),
        "aside": set_aside_table(found.accounts).to_csv(index=False),
        "files": [file_read(account) for account in found.accounts],
        "faults": [fault.alone() for fault in found.faults.found],
        "lineage": dict(found.lineage),
    }


def same(folder: Path, **source: Any) -> dict[str, Any]:
    """What both engines tell, which is the same, rows kept or sums alone; fails where it is not."""
    for keep in ("sums", "rows"):
        memory, engine = (told(cleaned(folder, engine=name, keep=keep, **source)) for name in ("memory", "duckdb"))
        names = [name for name in {*memory, *engine} if memory.get(name) != engine.get(name)]
        differing = {name: (memory.get(name), engine.get(name)) for name in names}
        assert not differing, differing
    return memory
