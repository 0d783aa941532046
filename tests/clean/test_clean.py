"""Cleaning: every row accounted for, persons hidden, the panel as the truth has it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from pipeline.chapters.data import account_by_file
from pipeline.clean.run import CleanResult, clean_study
from pipeline.errors import StudyError
from pipeline.pseudonym import pseudonymiser
from pipeline.secret import study_key
from pipeline.study import Study, load_study


@pytest.fixture(scope="module")
def cleaned(small: Path, medan: Study) -> CleanResult:
    return clean_study(medan, 2024, small / "data/raw/medan-pendidikan", small / "clean")


def _people(raw: Path) -> tuple[set[str], set[str]]:
    """Numbers and names of all persons in the raw files."""
    numbers, names = set(), set()
    for path in raw.rglob("*.csv"):
        encoding = "windows-1252" if path.name == "asesmen.csv" else "utf-8-sig"
        table = pd.read_csv(path, sep=None, engine="python", dtype=str, encoding=encoding)
        for column in table.columns:
            if column.startswith("Nama") and "Kegiatan" not in column:
                names |= set(table[column].dropna())
            if column.startswith(("NIP", "NISN")):
                numbers |= set(table[column].dropna())
    for path in raw.rglob("guru_asn.xlsx"):
        for row in openpyxl.load_workbook(path, read_only=True)["DATA ASN"].iter_rows(min_row=2, values_only=True):
            names.add(str(row[1]))
            numbers |= {re.sub(r"[\s']", "", str(row[0])), str(row[7])}
    return {n for n in numbers if re.fullmatch(r"\d{10}|\d{16}|\d{18}", n)}, names


def test_every_file_balances(cleaned: CleanResult) -> None:
    by_file = account_by_file(cleaned.tables["row_account"])
    assert (by_file["read"] == by_file["kept"] + by_file["set_aside"]).all()
    aside = cleaned.tables["set_aside"].groupby(["source", "period"]).size()
    expected = by_file.set_index(["source", "period"])["set_aside"]
    assert aside.reindex(expected.index, fill_value=0).tolist() == expected.tolist()
    kept = by_file.groupby("source")["kept"].sum()
    assert kept["staff"] == len(cleaned.tables["staff"])
    assert kept["training"] == len(cleaned.tables["training"])


def test_announced_faults_are_found(cleaned: CleanResult, small: Path) -> None:
    faults = json.loads((small / "truth/standard-small.json").read_text(encoding="utf-8"))["faults"]
    expected = pd.DataFrame(faults).fillna(0).sum(axis=1)
    account = cleaned.tables["row_account"]
    found = account.groupby(["file", "rule"])["rows"].sum()
    for fault, rule in (
        ("guru_asn.xlsx:duplicate_row", "duplicate_row"),
        ("pelatihan.csv:duplicate_row", "duplicate_row"),
        ("asesmen.csv:duplicate_row", "duplicate_row"),
        ("asesmen.csv:bad_number", "value_left_out_bad_number"),
        ("asesmen.csv:out_of_range", "value_left_out_out_of_range"),
        ("sekolah.xlsx:out_of_scope", "out_of_scope"),
        ("pelatihan.csv:spoilt_nip", "spoilt_nip"),
    ):
        name = fault.split(":")[0]
        assert found.get((name, rule), 0) == pytest.approx(expected[fault], abs=2), fault
    assert found["asesmen.csv", "unknown_npsn"] >= expected["asesmen.csv:unknown_npsn"] - 2


def test_no_person_remains(cleaned: CleanResult, small: Path) -> None:
    numbers, names = _people(small / "data/raw/medan-pendidikan")
    assert len(numbers) > 300
    assert len(names) > 300
    for name, table in cleaned.tables.items():
        for column in table.columns:
            cells = set(table[column].dropna().astype(str))
            assert not cells & numbers, (name, column)
            assert not cells & names, (name, column)


@pytest.mark.usefixtures("read_anew")
def test_same_bytes(cleaned: CleanResult, small: Path, medan: Study, tmp_path: Path) -> None:
    again = clean_study(medan, 2024, small / "data/raw/medan-pendidikan", tmp_path / "again")
    for path in cleaned.folder.glob("*.parquet"):
        assert path.read_bytes() == (again.folder / path.name).read_bytes(), path.name


def test_standardised_on_never_treated_pupils(cleaned: CleanResult) -> None:
    panel = cleaned.tables["panel"]
    never = panel[panel["cohort"].isna()]
    weighted = (never["literacy"] * never["n_literacy"].astype(float)).groupby([never["period"], never["level"]]).sum()
    assert np.allclose(weighted, 0, atol=1e-9)
    assert 2020 not in set(panel["period"])


def test_an_older_edition_knows_only_its_years(small: Path, medan: Study, tmp_path: Path) -> None:
    result = clean_study(medan, 2022, small / "data/raw/medan-pendidikan", tmp_path / "old")
    assert result.periods[-1] == 2022
    assert set(result.tables["panel"]["cohort"].dropna()) == {2021, 2022}


def test_pseudonyms_need_the_key() -> None:
    one, other = pseudonymiser(b"0123456789abcdef"), pseudonymiser(b"0123456789abcdeg")
    assert one("x") == one("x") != other("x")
    assert re.fullmatch("p[a-z]{16}", one("x"))


def test_real_studies_make_a_key_for_the_owner_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EVALUATION_KEY", raising=False)
    study = load_study("jtrain")
    key = study_key(study, tmp_path)
    assert study_key(study, tmp_path) == key
    path = tmp_path / "pseudonym.key"
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    with pytest.raises(StudyError, match="chmod 600"):
        study_key(study, tmp_path)
    monkeypatch.setenv("EVALUATION_KEY", "short")
    with pytest.raises(StudyError, match="too short"):
        study_key(study, tmp_path)
