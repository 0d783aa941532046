"""What keys of a study do that no notebook reads: each probe fails where its keys have no effect."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from pipeline.chapters import doses, estimators, shape, since, timing
from pipeline.chapters.analysis import estimate_outcome
from pipeline.check.letter import letters
from pipeline.clean.run import gather
from pipeline.errors import SourceError, StudyError
from pipeline.languages.message import msg
from pipeline.ledger.entries import Ledger, read_results
from pipeline.questionnaire.run import make_questionnaire
from pipeline.report.doc import Doc
from pipeline.report.prose import Prose
from pipeline.run.build import make_target
from pipeline.run.stamp import Request
from pipeline.sources.engine import Engine, opened
from pipeline.study import ROOT, load_study
from tests.clean.pupils_study import YEARS, cleaned, settle, text_of, usual, workspace
from tests.conftest import make_workspace
from tests.given import Given

Change = dict[str, Any]
BASE = ROOT / "tests/cases/inputs/02-weight-column"


def work(folder: Path, changes: Change) -> Path:
    """The small panel with further columns, and a study of which the keys at some paths are set."""
    shutil.copytree(BASE, folder)
    path = folder / "data/raw/mine/2024/panel.csv"
    panel = pd.read_csv(path, dtype={"first_treated": str}, keep_default_na=False)
    order = panel["unit"].rank(method="dense").astype(int)
    panel["area"] = [f"a{k % 8}" for k in order]
    panel["status"] = ((panel["first_treated"] != "") & (panel["year"].astype(str) >= panel["first_treated"])).astype(
        int
    )
    panel["spell"] = panel["status"].where(panel["year"] < panel["year"].max(), 0)
    panel["part"] = panel["status"].astype(float).mask(panel["year"].astype(str) == panel["first_treated"], 0.417)
    panel["size"] = (order * 7 % 11) + panel["score"].groupby(panel["unit"]).transform("first") / 10
    panel["other"] = panel["score"] * 2 + order % 3
    panel["lag"] = panel["year"] + 1
    late = (order % 2 == 0) & (panel["first_treated"] != "")
    panel["later"] = panel["first_treated"].mask(late, "2023")
    panel["twin"] = panel["unit"].replace({"u01": "U00"})
    panel["group"] = panel["unit"].str.upper()
    panel.to_csv(path, index=False)
    study = folder / "studies/mine/study.yml"
    content = yaml.safe_load(study.read_text(encoding="utf-8"))
    content["panel"].pop("weight")
    for key, value in changes.items():
        _set(content, key.split("."), value)
    study.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return folder


def _set(content: Any, path: list[str], value: Any) -> None:
    here, (*way, last) = content, path
    for name in way:
        here = here[int(name)] if isinstance(here, list) else here.setdefault(name, {})
    if value is None:
        here.pop(last, None)
    else:
        here[int(last) if isinstance(here, list) else last] = value


def _office(folder: Path) -> None:
    work(folder / "w", {"panel.office": {"id": "Dinas Uji"}})
    study = load_study("mine", folder / "w")
    fault = SourceError("x", where="data/raw/mine/2024/panel.csv, row 2", code="bad_number")
    letters(study, 2024, [fault], folder)
    from docx import Document

    assert any("Dinas Uji" in p.text for p in Document(str(folder / "letter-2024-panel.csv.docx")).paragraphs)


def _source_office_and_totals(folder: Path) -> None:
    make_workspace(folder, "standard")
    path = folder / "studies/medan-pendidikan/study.yml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    content["sources"]["costs"] |= {"office": {"id": "Badan Uji"}, "expect": {2024: {"rows": 999, "units": 5}}}
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    study = load_study("medan-pendidikan", folder)
    faults = gather(study, 2024, study.raw_root(folder)).faults.found
    assert [fault.code for fault in faults] == ["control_total"]
    assert "999 rows" in str(faults[0])
    (letter,) = letters(study, 2024, faults, folder)
    from docx import Document

    assert any("Badan Uji" in p.text for p in Document(str(letter)).paragraphs)


def _questionnaire(folder: Path) -> None:
    shutil.copytree(ROOT / "studies/medan-pendidikan", folder / "studies/medan-pendidikan")
    path = folder / "studies/medan-pendidikan/items.yml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    said = {"title": "JUDUL UJI", "introduction": "PENGANTAR UJI"}
    content |= {key: {"id": text, "en": text} for key, text in said.items()}
    content["sensitive"] |= {key: {"id": f"{key} UJI", "en": f"{key} UJI"} for key in ("statement", "innocuous")}
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    batches = folder / "batches.csv"
    batches.write_text("batch,forms\nA,12\n", encoding="utf-8")
    made = make_questionnaire("medan-pendidikan", folder, folder / "out", batches)
    from openpyxl import load_workbook

    book = load_workbook(next(path for path in made if path.suffix == ".xlsx"))
    cells = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)
    for word in (*said.values(), "statement UJI", "innocuous UJI"):
        assert word in cells, word


def _recommendations(folder: Path) -> None:
    """Each part of a recommendation stands in the report of a later edition."""
    said = {"edition": 2023, "text": {"id": "ANJURAN UJI"}, "state": "dropped", "note": {"id": "SEBAB UJI"}}
    work(folder / "w", {"recommendations": [said]})
    with Ledger("07_verdict", folder / "results") as ledger:
        since.record(ledger, Given(load_study("mine", folder / "w"), folder))
    kept = (folder / "results/07_verdict.json").read_text(encoding="utf-8")
    for words in ('"2023"', "ANJURAN UJI", '"dropped"', "SEBAB UJI"):
        assert words in kept, words
    work(folder / "x", {"recommendations": [{**said, "state": "forgotten"}]})
    with pytest.raises(StudyError, match="under_way"):
        load_study("mine", folder / "x")


def _large(folder: Path) -> None:
    """A query's connection is opened by its name, the engine keeps sums unless rows are asked for, within its memory."""
    texts = {year: text_of(usual(year)) for year in YEARS}
    workspace(folder, texts, engine="duckdb", file="nilai.csv")
    for keep, table in (("rows", "scores"), ("sums", "pupil_sums")):
        assert table in cleaned(folder, file="nilai.csv", engine="duckdb", keep=keep).tables
    asked = {"sql": "SELECT {period}", "connection": "env:NO_SUCH_VARIABLE_HERE"}
    assert "NO_SUCH_VARIABLE_HERE" in cleaned(folder, **asked).faults.found[0].what
    study = settle(folder, file="nilai.csv", run={"memory_gb": 0.5})
    assert Engine(study.run.memory_gb, folder).own_mb == 250
    with opened(Engine(study.run.memory_gb, folder)) as connection:
        assert connection.execute("SELECT current_setting('memory_limit')").fetchone() == ("238.4 MiB",)


def _dose(folder: Path) -> None:
    """Each part of a dose moves the tables or the words of its report."""
    said = {"label": {"id": "DOSIS UJI"}, "step_label": {"id": "LANGKAH UJI"}}
    made = {}
    for name, more in {"plain": {}, "log": {"transform": "log"}, "step": {"step": 2.0}, "lags": {"lags": 1}}.items():
        root = work(folder / name, {"panel.cohort": None, "panel.dose": "pop", "dose": {**said, **more}})
        study = load_study("mine", root)
        panel = gather(study, 2024, study.raw_root(root)).tables["panel"]
        panel["dose"] += panel.groupby("unit").cumcount() ** 2 * panel["unit"].str[1:].astype(int) / 100
        with Ledger("03_dose", root / "results") as ledger:
            doses.record(ledger, Given(study, root, {"panel": panel}))
        made[name] = (root / "results/03_dose.json").read_text(encoding="utf-8")
    assert len(set(made.values())) == len(made)
    assert "LANGKAH UJI" in made["plain"]
    doc = Doc(Prose(study, 2024, "id", read_results(root / "results"), root))
    doc.paragraph(msg("doses-methods", dose=study.dose.label.model_dump()))
    assert "DOSIS UJI" in doc.markdown()


def _timing(folder: Path) -> None:
    """Estimates from the lot alone are told where the study says that there was one."""
    told = {}
    for word in ("chosen", "random"):
        root = work(folder / word, {"program.timing": word})
        study = load_study("mine", root)
        panel = gather(study, 2024, study.raw_root(root)).tables["panel"]
        effects = {o.name: estimate_outcome(study, panel, o) for o in study.outcomes}
        with Ledger("04_robustness", root / "results") as ledger:
            timing.record(ledger, Given(study, root, {}, effects))
        told[word] = "tbl_timing" in (root / "results/04_robustness.json").read_text(encoding="utf-8")
        rows = estimators.side_by_side(study, effects["score"])
        assert ("efficient_random_timing" in set(rows["method"])) == told[word]
    assert told == {"chosen": False, "random": True}


def _shape(folder: Path) -> None:
    """A limit that the study sets makes a floor of what would be none."""
    told = {}
    for share in (0.15, 0.001):
        root = work(folder / str(share), {"shape": {"bound_share": share}})
        study = load_study("mine", root)
        panel = gather(study, 2024, study.raw_root(root)).tables["panel"]
        effects = {o.name: estimate_outcome(study, panel, o) for o in study.outcomes}
        with Ledger("04_robustness", root / "results") as ledger:
            shape.record(ledger, Given(study, root, {}, effects))
        told[share] = "tbl_shape" in (root / "results/04_robustness.json").read_text(encoding="utf-8")
    assert told == {0.15: False, 0.001: True}


def _fetch(folder: Path) -> None:
    work(folder / "w", {"fetch": True})
    shutil.rmtree(folder / "w/data/raw/mine")
    with pytest.raises(StudyError, match="fetch"):
        make_target(Request("mine", "latest", "id", "embedded", folder / "w", False))


ELSEWHERE: dict[str, Callable[[Path], None]] = {
    "panel.office": _office,
    "sources.*.office": _source_office_and_totals,
    "sources.*.expect": _source_office_and_totals,
    "survey.title": _questionnaire,
    "survey.introduction": _questionnaire,
    "survey.sensitive.statement": _questionnaire,
    "survey.sensitive.innocuous": _questionnaire,
    "fetch": _fetch,
    "run.memory_gb": _large,
    **{f"sources.*.{key}": _large for key in ("sql", "connection", "engine", "keep")},
    "shape": _shape,
    "program.timing": _timing,
    "dose": _dose,
    **{f"dose.{key}": _dose for key in ("label", "transform", "step", "step_label", "lags")},
    "recommendations": _recommendations,
    **{f"recommendations.*.{key}": _recommendations for key in ("edition", "text", "state", "note")},
}
