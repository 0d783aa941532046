"""Bad input: each fault gets a short error that names the place, the rule and what to do, and writes nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import yaml

from pipeline.clean.run import clean_study
from pipeline.errors import UserError
from pipeline.study import Study, load_study
from tests.conftest import run_pipeline

YEAR, EDITION = 2019, 2020
"""The year whose files are spoilt, and the edition that is cleaned: an early one has fewer files."""
LATER = {"score out of range": (2023, 2024), "treatment switches off": (2023, 2024)}
"""Faults that need a year with others before it, or one whose first scores are in range."""


def _edit(path: Path, change: Callable[[list[str]], list[str]], encoding: str = "windows-1252") -> None:
    lines = path.read_bytes().decode(encoding).split("\r\n")
    path.write_bytes("\r\n".join(change(lines)).encode(encoding))


def _cell(position: int, value: str, rows: range = range(1, 400)) -> Callable[[list[str]], list[str]]:
    def change(lines: list[str]) -> list[str]:
        for row in rows:
            if row < len(lines) and lines[row]:
                cells = lines[row].split(";")
                cells[position] = value
                lines[row] = ";".join(cells)
        return lines

    return change


def _sheet(path: Path, change: Callable[[openpyxl.worksheet.worksheet.Worksheet], None]) -> None:
    book = openpyxl.load_workbook(path)
    change(book.active)
    book.save(path)


def _drop_listed(sheet) -> None:
    sheet.delete_rows(5, 3)


CASES: dict[str, tuple[Callable[[Path], None], tuple[str, ...]]] = {
    "missing year": (lambda f: shutil.rmtree(f), ("data/raw/medan-pendidikan/2019",)),
    "missing file": (lambda f: (f / "sekolah.xlsx").unlink(), ("sekolah.xlsx",)),
    "empty file": (lambda f: (f / "asesmen.csv").write_bytes(b""), ("asesmen.csv", "empty")),
    "truncated workbook": (
        lambda f: (f / "guru_asn.xlsx").write_bytes((f / "guru_asn.xlsx").read_bytes()[:2000]),
        ("guru_asn.xlsx",),
    ),
    "wrong encoding": (
        lambda f: (f / "pelatihan.csv").write_bytes(
            (f / "pelatihan.csv").read_bytes().replace(b"Workshop", b"W\xe9rk")
        ),
        ("pelatihan.csv", "utf-8"),
    ),
    "renamed column": (
        lambda f: _edit(f / "asesmen.csv", lambda x: [x[0].replace("Literasi", "Literasy"), *x[1:]]),
        ("asesmen.csv", "Literasi"),
    ),
    "wrong separator": (
        lambda f: _edit(f / "asesmen.csv", lambda x: [line.replace(";", "|") for line in x]),
        ("asesmen.csv", "separator"),
    ),
    "text in a score column": (
        lambda f: _edit(f / "asesmen.csv", _cell(4, "baik")),
        ("asesmen.csv", "row 2", "Literasi", "bad_number"),
    ),
    "score out of range": (
        lambda f: _edit(f / "asesmen.csv", _cell(5, "250,0")),
        ("asesmen.csv", "row 2", "Numerasi", "out_of_range"),
    ),
    "duplicated key": (
        lambda f: _edit(f / "asesmen.csv", _cell(0, "0123456789")),
        ("asesmen.csv", "row 2", "duplicate_key"),
    ),
    "unknown NPSN": (
        lambda f: _edit(f / "asesmen.csv", _cell(2, "19999999")),
        ("asesmen.csv", "row 2", "NPSN", "unknown_npsn"),
    ),
    "year outside the edition": (
        lambda f: _edit(f / "asesmen.csv", _cell(6, "12/05/2031")),
        ("asesmen.csv", "row 2", "Tanggal Tes", "outside_period"),
    ),
    "treatment switches off": (
        lambda f: _sheet(f / "peserta_program.xlsx", _drop_listed),
        ("took part from", "switch off"),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_fault_is_told(case: str, small: Path, medan: Study, tmp_path: Path) -> None:
    spoil, words = CASES[case]
    year, edition = LATER.get(case, (YEAR, EDITION))
    raw = tmp_path / "data/raw/medan-pendidikan"
    shutil.copytree(small / "data/raw/medan-pendidikan", raw)
    spoil(raw / str(year))
    with pytest.raises(UserError) as caught:
        clean_study(medan, edition, raw, tmp_path / "out")
    message = str(caught.value)
    for word in words:
        assert word in message, message
    assert str(year) in message
    assert len(message.splitlines()) < 24
    assert "0123456789" not in message
    assert not (tmp_path / "out").exists()


PANEL = "unit,year,first_treated,score\n"
PANELS: dict[str, tuple[str, tuple[str, ...]]] = {
    "duplicated key": (PANEL + "a,1,,1\na,1,,2\nb,1,2,3\nb,2,2,3\n", ("duplicate_key", "row 2")),
    "text in an outcome": (PANEL + "a,1,,x\na,2,,2\nb,1,2,3\nb,2,2,3\n", ("bad_number", "row 2", "score")),
    "all outcomes missing": (PANEL + "a,1,,\na,2,,\nb,1,2,\nb,2,2,\n", ("outcome is missing",)),
    "a period that is no year": (PANEL + "a,1.5,,1\na,2,,2\nb,1,2,3\nb,2,2,3\n", ("bad_number", "row 2", "year")),
    "a person's number as unit": (PANEL + "198001012005011001,1,,1\nb,1,2,3\nb,2,2,3\n", ("person_number", "row 2")),
    "a cohort that varies": (PANEL + "a,1,,1\na,2,,2\nb,1,2,3\nb,2,1,3\n", ("cohort_varies", "row 5", "first_treated")),
    "year outside the edition": (PANEL + "a,1,,1\na,2,,2\nb,1,2,3\nb,3000,2,3\n", ("outside_period", "row 5")),
}


def _mine(folder: Path, text: str) -> tuple[Study, Path]:
    raw = folder / "data/raw/mine"
    (raw / "2024").mkdir(parents=True)
    (raw / "2024" / "panel.csv").write_text(text, encoding="utf-8")
    (folder / "studies/mine").mkdir(parents=True)
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    (folder / "studies/mine/study.yml").write_text(readme.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    return load_study("mine", folder), raw


@pytest.mark.parametrize("case", PANELS)
def test_each_fault_of_a_panel_is_told(case: str, tmp_path: Path) -> None:
    text, words = PANELS[case]
    study, raw = _mine(tmp_path, text)
    with pytest.raises(UserError) as caught:
        clean_study(study, 2024, raw, tmp_path / "out")
    for word in words:
        assert word in str(caught.value)


def test_a_missing_year_names_those_there(tmp_path: Path) -> None:
    study, _ = _mine(tmp_path, PANEL)
    with pytest.raises(UserError, match="one of the years 2024"):
        study.resolve_edition(2031, tmp_path)


def _grid(units: int, years: range, first: Callable[[int], int | None], value: str = "{}") -> str:
    rows = [
        f"u{unit:02d},{year},{first(unit) or ''}," + value.format(round(10 + unit * 0.1 + (year * unit) % 7, 2))
        for unit in range(units)
        for year in years
    ]
    return PANEL + "\n".join(rows) + "\n"


YEARS = range(2020, 2025)
QUICK = ("one cluster", "treatment that switches off")
REPORTS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "no comparison units": (_grid(12, YEARS, lambda u: 2022), "", ("Error", "compar")),
    "one period": (_grid(12, range(2024, 2025), lambda u: 2024 if u % 2 else None), "", ("one period",)),
    "all outcomes missing": (
        _grid(12, YEARS, lambda u: 2022 if u % 2 else None, ""),
        "",
        ("outcome is missing", "panel.csv"),
    ),
    "one cluster": (
        _grid(12, YEARS, lambda u: 2022 if u % 2 else None),
        "cluster",
        ("one cluster",),
    ),
    "treatment that switches off": (
        "unit,year,on,score\n"
        + "".join(f"u{u},{y},{int(bool(u % 2) and y in (2021, 2022))},{u + y % 5}\n" for u in range(12) for y in YEARS),
        "status",
        ("switches off", "row 10"),
    ),
}


@pytest.mark.parametrize(
    "case",
    [
        *(pytest.param(case, marks=pytest.mark.slow) for case in REPORTS if case not in QUICK),
        *QUICK,
    ],
)
def test_a_design_that_cannot_be_stops_the_report(case: str, tmp_path: Path) -> None:
    """Through the command line: one screen, no traceback, status 1, nothing published."""
    text, kind, words = REPORTS[case]
    if kind == "cluster":
        lines = text.splitlines()
        text = "\n".join([lines[0] + ",area", *(line + ",north" for line in lines[1:])]) + "\n"
    _mine(tmp_path, text)
    path = tmp_path / "studies/mine/study.yml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    if kind == "cluster":
        content["panel"]["cluster"] = "area"
    if kind == "status":
        del content["panel"]["cohort"]
        content["panel"]["treated"] = "on"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    done = run_pipeline(tmp_path, "report", "--study", "mine", "--engine", "embedded")
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr
    assert "to do:" in done.stderr
    assert len(done.stderr.splitlines()) < 24
    assert not (tmp_path / "reports").exists()
