"""A sector is a kit: another one, made here, is read and put together by the same cleaning step."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pandera.pandas as pa
import pytest
import yaml

from pipeline.clean import flow, kits, run
from pipeline.clean.kits import Kit, kit_of
from pipeline.clean.run import clean_study
from pipeline.clean.tables import Cleaner
from pipeline.errors import StudyError
from pipeline.sources import schemas
from pipeline.study import ROOT, load_study
from pipeline.study import kits as sectors

PERMITS = {"npsn": ["Kode"], "done": ["Izin selesai"], "joined": ["Ikut sejak"]}


def offices(cleaner: Cleaner, period: int) -> pd.DataFrame:
    """Permits that each office finished in the year, and since when it takes part."""
    account = cleaner.open("offices", period)
    assert account is not None
    frame = account.frame
    return pd.DataFrame(
        {
            "unit": frame["npsn"],
            "period": period,
            "permits": pd.to_numeric(frame["done"]).astype(float),
            "cohort": pd.to_numeric(frame["joined"]).astype("Int64"),
        }
    )


def treatment(tables: dict[str, pd.DataFrame], shown: str) -> pd.DataFrame:
    assert shown == "data/raw/mine"
    return tables["offices"].drop_duplicates("unit")[["unit", "cohort"]].reset_index(drop=True)


def assemble(study, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    assert study.outcome_names == ["permits"]
    return tables["offices"].sort_values(["unit", "period"], ignore_index=True)


LICENSING = Kit(
    units="offices",
    order=("offices",),
    sorted_by={"offices": ["unit", "period"]},
    readers={"offices": offices},
    treatment=treatment,
    assemble=assemble,
)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(sectors.SECTORS, "licensing", sectors.Sector(("offices",), (), ()))
    for room in (run, flow):
        monkeypatch.setattr(room, "kit_of", lambda study: LICENSING)
    real, tidy = schemas.source_schema, run.check_tidy
    empty = pa.DataFrameSchema({}, strict=False)
    monkeypatch.setattr("pipeline.clean.tables.source_schema", lambda k, *a: empty if k == "offices" else real(k, *a))
    monkeypatch.setattr(run, "check_tidy", lambda name, table: table if name == "offices" else tidy(name, table))
    base = yaml.safe_load((ROOT / "tests/cases/inputs/02-weight-column/studies/mine/study.yml").read_text("utf-8"))
    del base["panel"]
    base |= {"kit": "licensing", "sources": {"offices": {"file": "izin.csv", "columns": PERMITS}}}
    base["outcomes"][0] |= {"name": "permits", "source": "offices"}
    (tmp_path / "studies/mine").mkdir(parents=True)
    (tmp_path / "studies/mine/study.yml").write_text(yaml.safe_dump(base), encoding="utf-8")
    for year in (2021, 2022, 2023):
        folder = tmp_path / "data/raw/mine" / str(year)
        folder.mkdir(parents=True)
        rows = [f"1020304{k},{k + year % 10},{2022 if k < 4 else ''}" for k in range(1, 9)]
        (folder / "izin.csv").write_text("Kode,Izin selesai,Ikut sejak\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return tmp_path


def test_another_sector_is_cleaned_by_the_same_step(root: Path) -> None:
    study = load_study("mine", root)
    made = clean_study(study, 2023, study.raw_root(root), root / "out")
    panel = made.tables["panel"]
    assert (panel["unit"].nunique(), panel["period"].nunique()) == (8, 3)
    assert panel.groupby("unit")["cohort"].first().notna().sum() == 3
    assert made.tables["row_account"]["rows"].sum() >= 24


def test_the_study_says_which_sector_and_a_ready_panel_has_none(root: Path) -> None:
    path = root / "studies/mine/study.yml"
    path.write_text(path.read_text("utf-8").replace("kit: licensing", "kit: licencing"), encoding="utf-8")
    with pytest.raises(StudyError, match="licencing"):
        load_study("mine", root)
    assert kit_of(load_study("medan-puskesmas", ROOT)) is kits.NO_KIT
    assert kit_of(load_study("medan-pendidikan", ROOT)).units == "schools"


def test_what_is_common_names_no_sector() -> None:
    """The cleaning step, the reading of files and the core of the study know no school."""
    for name in ("clean/run.py", "clean/kits.py", "clean/panel.py", "study/model.py"):
        text = (ROOT / "pipeline" / name).read_text("utf-8")
        assert '"schools"' not in text, name
        assert '"participation"' not in text, name
