"""What cleaning reads in spite of its form, and that it says so: nothing is repaired in silence."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
import yaml

from pipeline.chapters import data, programme
from pipeline.clean.account import _said, said_before
from pipeline.clean.run import CleanResult, _write, clean_study
from pipeline.errors import StudyError, UserError
from pipeline.notebook import Edition
from pipeline.study import Study, load_study
from tests.clean.test_bad_input import PANEL, _mine

YEAR, EDITION = 2019, 2020
"""The year whose files are changed, and the edition that is cleaned: an early one has fewer files."""


def _cleaned(small: Path, medan: Study, folder: Path, change: Callable[[Path], None]) -> CleanResult:
    raw = folder / "data/raw/medan-pendidikan"
    shutil.copytree(small / "data/raw/medan-pendidikan", raw)
    change(raw / str(YEAR))
    return clean_study(medan, EDITION, raw, folder / "out")


def _noted(result: CleanResult, source: str, rule: str) -> int:
    account = result.tables["row_account"]
    here = account.query("source == @source and rule == @rule and period == @YEAR")
    return int(here["rows"].sum())


def _lines(path: Path, change: Callable[[list[str]], None], encoding: str) -> None:
    lines = path.read_bytes().decode(encoding).split("\r\n")
    change(lines)
    path.write_bytes("\r\n".join(lines).encode(encoding))


def _score(lines: list[str]) -> int:
    """A row of the pupils' file with a date in words or figures and both scores."""
    return next(i for i, line in enumerate(lines) if i and line.count(";") == 6 and "/" in line.split(";")[6])


def test_the_same_row_in_another_style_is_a_duplicate(small: Path, medan: Study, tmp_path: Path) -> None:
    def repeat(lines: list[str]) -> None:
        cells = lines[_score(lines)].split(";")
        cells[6] = cells[6].replace("/", "-")
        cells[2] = f" {cells[2][:4]} {cells[2][4:]}"
        lines.append(lines.pop() or "")
        lines.insert(len(lines) - 1, ";".join(cells))

    plain = _cleaned(small, medan, tmp_path / "plain", lambda folder: None)
    changed = _cleaned(
        small, medan, tmp_path / "changed", lambda folder: _lines(folder / "asesmen.csv", repeat, "windows-1252")
    )
    assert _noted(changed, "scores", "duplicate_row") == _noted(plain, "scores", "duplicate_row") + 1
    assert _noted(changed, "scores", "duplicate_key") == _noted(plain, "scores", "duplicate_key")


def test_unreadable_cells_of_the_register_are_noted(small: Path, medan: Study, tmp_path: Path) -> None:
    def spoil(lines: list[str]) -> None:
        heads = lines[0].split(",")
        where = {name: heads.index(name) for name in ("Kehadiran", "NIP Mentor", "Jenis Kegiatan")}
        good = [i for i, line in enumerate(lines) if line.count(",") == len(heads) - 1 and "Workshop" in line]
        for i, (column, text) in zip(
            good, [("Kehadiran", "?"), ("NIP Mentor", "menyusul"), ("Jenis Kegiatan", "LOKAKARYA guru")], strict=False
        ):
            cells = lines[i].split(",")
            cells[where[column]] = text
            lines[i] = ",".join(cells)

    found = _cleaned(small, medan, tmp_path, lambda f: _lines(f / "pelatihan.csv", spoil, "utf-8-sig"))
    assert _noted(found, "training", "attendance_unreadable_taken_as_absent") == 1
    assert _noted(found, "training", "mentor_unreadable") == 1
    assert _noted(found, "training", "activity_written_otherwise") >= 1


def test_the_roster_is_held_against_the_nip(small: Path, medan: Study, tmp_path: Path) -> None:
    def spoil(folder: Path) -> None:
        book = openpyxl.load_workbook(folder / "guru_asn.xlsx")
        sheet = book["DATA ASN"]
        heads = {cell.value: cell.column for row in sheet.iter_rows(max_row=8) for cell in row if cell.value}
        last = sheet.max_row
        rows = [
            r for r in range(last - 20, last) if len("".join(filter(str.isdigit, str(sheet.cell(r, 1).value)))) == 18
        ]
        sex = sheet.cell(rows[0], heads["JENIS KELAMIN"])
        words = {str(sheet.cell(r, heads["JENIS KELAMIN"]).value) for r in range(2, last)} - {"None", sex.value}
        sex.value = next(word for word in sorted(words) if word[:1].upper() in "LPMFW" and word != "JENIS KELAMIN")
        sheet.cell(rows[1], heads["TANGGAL LAHIR"]).value = "01-02-1903"
        sheet.cell(rows[2], heads["GOL AKHIR NAMA"]).value = "tiga"
        book.save(folder / "guru_asn.xlsx")

    plain = _cleaned(small, medan, tmp_path / "plain", lambda folder: None)
    found = _cleaned(small, medan, tmp_path / "changed", spoil)
    for rule in ("sex_differs_from_nip", "birth_date_differs_from_nip", "rank_unreadable"):
        assert _noted(found, "staff", rule) == _noted(plain, "staff", rule) + 1, rule


def test_rows_set_aside_say_why(small: Path, medan: Study, tmp_path: Path) -> None:
    aside = _cleaned(small, medan, tmp_path, lambda folder: None).tables["set_aside"]
    assert aside["message"].str.len().gt(20).all()
    assert not aside["message"].str.contains(r"\d{8}").any()


def test_schools_scores_and_participation_are_enough(small: Path, tmp_path: Path) -> None:
    shutil.copytree(small / "data/raw/medan-pendidikan", tmp_path / "data/raw/lean")
    path = small / "studies/medan-pendidikan/study.yml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    needed = ("schools", "scores", "participation")
    content["sources"] = {name: content["sources"][name] for name in needed}
    content["outcomes"] = [o for o in content["outcomes"] if o["source"] == "scores"]
    content["covariates"].remove("share_pns")  # of the roster
    (tmp_path / "studies/lean").mkdir(parents=True)
    for key in ("aims",):
        content.pop(key, None)
    (tmp_path / "studies/lean/study.yml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    study = load_study("lean", tmp_path)
    this = Edition(study, 2024, tmp_path)
    tables = clean_study(study, 2024, study.raw_root(tmp_path), this.tables_folder).tables
    assert {"schools", "scores", "participation", "treatment", "panel"} <= set(tables)
    assert "staff" not in tables
    with this.ledger("02_programme") as results:
        data.record(results, this)
        programme.record(results, this)
    del content["sources"]["scores"]
    (tmp_path / "studies/lean/study.yml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    with pytest.raises(StudyError, match="scores"):
        load_study("lean", tmp_path)


def test_an_interrupt_while_writing_keeps_the_old_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write({"panel": pd.DataFrame({"a": [1]})}, {}, tmp_path / "out")

    def stop(*args, **kwargs) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pd.DataFrame, "to_parquet", stop)
    with pytest.raises(KeyboardInterrupt):
        _write({"panel": pd.DataFrame({"a": [2]})}, {}, tmp_path / "out")
    assert pd.read_parquet(tmp_path / "out/panel.parquet")["a"].tolist() == [1]


ROWS = [
    ("a", 1, None, 1.0),
    ("a", 2, None, 3.0),
    ("b", 1, None, 3.0),
    ("b", 2, None, 7.0),
    ("c", 1, 2, 5.0),
    ("c", 2, 2, 9.0),
]


def _panel_study(folder: Path, transform: str, file: str = "panel.csv") -> tuple[Study, Path]:
    _, raw = _mine(folder, PANEL + "\n".join(",".join("" if v is None else str(v) for v in row) for row in ROWS) + "\n")
    path = folder / "studies/mine/study.yml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    content["outcomes"][0]["transform"] = transform
    content["panel"]["file"] = file
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    return load_study("mine", folder), raw


def test_a_panel_is_standardised_on_units_never_treated(tmp_path: Path) -> None:
    study, raw = _panel_study(tmp_path, "standardise")
    panel = clean_study(study, 2024, raw, tmp_path / "out").tables["panel"]
    name = study.outcome_names[0]
    never = panel[panel["cohort"].isna()].groupby("period")[name]
    assert np.allclose(never.mean(), 0)
    assert np.allclose(never.std(), 1)
    treated = panel[panel["unit"] == "c"].sort_values("period")[name]
    assert treated.tolist() == pytest.approx([(5 - 2) / np.sqrt(2), (9 - 5) / np.sqrt(8)])


def test_a_parquet_panel_reads_as_the_text_does(tmp_path: Path) -> None:
    study, raw = _panel_study(tmp_path / "csv", "none")
    text = clean_study(study, 2024, raw, tmp_path / "csv/out").tables["panel"]
    study, raw = _panel_study(tmp_path / "parquet", "none", "panel.parquet")
    frame = pd.DataFrame(ROWS, columns=["unit", "year", "first_treated", "score"]).astype({"first_treated": "Int64"})
    frame.to_parquet(raw / "2024/panel.parquet")
    assert clean_study(study, 2024, raw, tmp_path / "parquet/out").tables["panel"].equals(text)
    (raw / "2024/panel.parquet").write_bytes(b"PAR1 not really")
    with pytest.raises(UserError, match=r"panel\.parquet"):
        clean_study(study, 2024, raw, tmp_path / "parquet/out")


def test_rows_that_say_the_same_are_found_as_by_reading_all_of_them() -> None:
    """The short way stops where nobody is left; what it finds is what every column of every row together would tell."""
    rng = np.random.default_rng(5)
    ways = {"npsn": ["10 00 1", "10001", "10002.0"], "score": ["1,0", "1", "2"], "name": ["A  b", "a B", "c", None]}
    met = 0
    for _ in range(150):
        count = int(rng.integers(1, 9))
        frame = pd.DataFrame({name: rng.choice(np.array(said, dtype=object), count) for name, said in ways.items()})
        frame.index = pd.Index(rng.permutation(count) + 2)
        whole = pd.DataFrame({name: _said(frame[name], name, {"score": ","}.get(name)) for name in frame})
        expected = whole.index[whole.duplicated()]
        assert list(said_before(frame, {"score": ","})) == list(expected)
        met += len(expected)
    assert met > 100
