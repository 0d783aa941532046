"""Stand-ins: the code reads them as it reads the files, whatever their kind, and they are made from shapes alone."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
import yaml

from pipeline.clean.run import gather
from pipeline.package.data import RawFile
from pipeline.package.shape import Field, Shape, shape_of
from pipeline.package.stand_in import person_code, stand_ins, synthetic_study, unit_code
from pipeline.run.build import Request, make_target
from pipeline.run.places import name_of
from pipeline.run.steps import Target, raw_files
from pipeline.sources.identifiers import Nip, looks_like_person, read_nip, read_npsn
from pipeline.study import ROOT, load_study

PANEL = Shape(
    file="2024/panel.csv", kind="panel", year=2024, form="text", encoding="utf-8", separator=";", decimal=",", sheet="Data",
    rows=58, units=12, periods=5, cohorts=2, clusters=4,
    fields=(
        Field("unit", "Unit", "unit"), Field("period", "Tahun", "period"), Field("cohort", "Mulai", "cohort"),
        Field("cluster", "Kecamatan", "cluster"), Field("score", "Skor", "number", 1, 100),
    ),
)  # fmt: skip
STUDY = """\
title: {en: "x"}
seed: 1
report: {institution: {en: "x"}}
program: {label: {en: "x"}, unit_label: {en: "x"}, period_label: {en: "x"}}
panel: {file: panel.csv, unit: Unit, period: Tahun, cohort: Mulai, cluster: Kecamatan}
outcomes: [{name: score, column: Skor, label: {en: "x"}, unit: points}]
"""


def shapes(target: Target) -> list[Shape]:
    """The shapes of all raw files of a study, as a package that withholds them takes them."""
    files = []
    for path in raw_files(target.study, target.edition, target.root):
        inside = path.relative_to(target.study.raw_root(target.root))
        kind = next((kind for kind, spec in target.study.sources.items() if spec.file == inside.name), "panel")
        name = name_of(path, target.root)
        files.append(RawFile(path, name, "", 0, kind, int(inside.parts[0]), included=False, why=""))
    return [shape for file in files if (shape := shape_of(target, file)) is not None]


def written(study: str, made: dict[str, bytes], folder: Path, settings: str) -> Path:
    for file, content in made.items():
        path = folder / "data/raw" / study / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    own = folder / "studies" / study
    own.mkdir(parents=True)
    (own / "study.yml").write_text(settings, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["medan-puskesmas", pytest.param("medan-pendidikan", marks=pytest.mark.slow)])
def test_every_row_of_a_whole_study_s_stand_ins_is_read_and_kept(tmp_path: Path, name: str) -> None:
    target = make_target(Request(name, "latest", "all", "auto", ROOT))
    found = shapes(target)
    settings = (ROOT / "studies" / name / "study.yml").read_text(encoding="utf-8")
    root = written(name, stand_ins(found, target.study.seed), tmp_path, synthetic_study(settings))
    shutil.copy(ROOT / "studies" / name / "items.yml", root / "studies" / name)
    study = load_study(name, root)
    made = gather(study, target.edition, study.raw_root(root))
    made.faults.stop()
    rows = {(account.source, account.period): (account.raw.read, len(account.frame)) for account in made.accounts}
    assert rows == {(shape.kind, shape.year): (shape.rows, shape.rows) for shape in found}


@pytest.mark.parametrize("form", ["text", "xlsx", "parquet", "dta"])
@pytest.mark.parametrize("quarterly", [False, True])
def test_a_panel_of_any_kind_is_read_back(tmp_path: Path, form: str, quarterly: bool) -> None:
    name = f"panel.{ {'text': 'csv'}.get(form, form) }"
    shape = replace(PANEL, form=form, file=f"2024/{name}", quarterly=quarterly)
    made = stand_ins([shape], 3)
    assert made == stand_ins([shape], 3)
    assert made != stand_ins([shape], 4)
    settings = STUDY.replace("panel.csv", name).replace(
        "unit: Unit", f"frequency: {'quarter' if quarterly else 'year'}, unit: Unit"
    )
    root = written("mine", made, tmp_path, synthetic_study(settings))
    study = load_study("mine", root)
    found = gather(study, 2024, study.raw_root(root))
    found.faults.stop()
    account = found.accounts[0]
    assert (account.raw.read, len(account.frame)) == (58, 58)
    panel = found.tables["panel"]
    assert (panel["unit"].nunique(), panel["period"].nunique(), panel["cluster"].nunique()) == (12, 5, 4)
    assert panel.groupby("unit")["cohort"].first().dropna().nunique() == 2


def test_a_panel_with_a_treatment_column_is_read_back(tmp_path: Path) -> None:
    fields = tuple(replace(f, name="treated", type="treated") if f.name == "cohort" else f for f in PANEL.fields)
    settings = STUDY.replace("cohort: Mulai", "treated: Mulai")
    root = written("mine", stand_ins([replace(PANEL, fields=fields, rows=60)], 3), tmp_path, synthetic_study(settings))
    study = load_study("mine", root)
    found = gather(study, 2024, study.raw_root(root))
    found.faults.stop()
    assert found.tables["panel"]["cohort"].notna().any()


def test_units_and_persons_are_nobody() -> None:
    for number in (0, 1, 57, 4000, 99_999):
        nip = read_nip(person_code(number))
        assert isinstance(nip, Nip)
        assert nip.birth.year < 1910
        assert read_npsn(unit_code(number)) is not None
    assert len({person_code(k) for k in range(20_000)}) == 20_000
    pupil = stand_ins([replace(PANEL, kind="scores", fields=(Field("nisn", "NISN", "pupil"),), periods=0)], 1)
    numbers = pd.read_csv(pd.io.common.BytesIO(pupil["2024/panel.csv"]), dtype=str)["NISN"]
    assert numbers.is_unique
    assert not numbers.map(looks_like_person).any()


def test_the_study_of_the_stand_ins_says_that_they_are_invented() -> None:
    text = "title: {en: x}\nfetch: true\ndemonstration: false\npanel: {file: a, expect: {rows: 3}}\n"
    made = yaml.safe_load(synthetic_study(text + "sources: {staff: {file: b, expect: {rows: 1}}}\n"))
    assert made["demonstration"] is True
    assert "fetch" not in made
    assert "expect" not in made["panel"]
    assert "expect" not in made["sources"]["staff"]
