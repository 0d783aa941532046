"""`make check`: every fault at once, what needs a look, what was understood; no person and no small count leaves it."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pandas as pd
import pytest
import yaml

from pipeline.audit.search import persons_in
from pipeline.check.run import write
from pipeline.check.settings import settings
from pipeline.check.understanding import Understanding, understand
from pipeline.languages.catalogue import catalogue
from pipeline.languages.known import languages
from pipeline.run.steps import Target
from pipeline.study import ROOT, Study, load_study
from pipeline.study.rules import ADVICE, FEWER
from tests.conftest import run_pipeline

CASES = ROOT / "tests/cases/inputs"


def _workspace(folder: Path, case: str = "02-weight-column", **keys: object) -> Path:
    shutil.copytree(CASES / case, folder)
    path = folder / "studies/mine/study.yml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    for key, value in keys.items():
        content[key] = {**content[key], **value} if isinstance(value, dict) and key in content else value
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return folder


def _edit(folder: Path, change: object) -> None:
    path = folder / "data/raw/mine/2024/panel.csv"
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    change(frame)  # type: ignore[operator]
    frame.to_csv(path, index=False)


def _understood(folder: Path) -> Understanding:
    study = load_study("mine", folder)
    return understand(study, 2024, study.raw_root(folder))


def _written(folder: Path) -> tuple[dict, str, Path]:
    """The JSON and the page's text."""
    study = load_study("mine", folder)
    final = folder / "reports/mine/2024/check"
    write(_understood(folder), Target(study, 2024, ("en",), "embedded", folder), final)
    page = re.sub(r"<(style|script).*?</\1>", "", (final / "check.html").read_text(encoding="utf-8"), flags=re.DOTALL)
    return json.loads((final / "check.json").read_text()), " ".join(re.sub(r"<[^>]+>", " ", page).split()), final


def _spoil(frame: pd.DataFrame) -> None:
    frame.loc[[4, 8], "score"] = "x9"
    frame.loc[19, "pop"] = "-3"
    frame.loc[29, "unit"] = frame.loc[29, "unit"].upper() + "\u00a0"


def test_every_fault_is_told_at_once_with_its_place_its_value_and_the_key_that_mends_it(tmp_path: Path) -> None:
    folder = _workspace(tmp_path / "w", panel={"office": {"id": "Dinas Contoh"}})
    _edit(folder, _spoil)
    done = run_pipeline(folder, "check", "--study", "mine", "--lang", "id")
    assert done.returncode == 1, done.stderr
    for said in (
        "row 6, column score",
        "'x9'",
        "panel.tolerances: {bad_number: 0.008}",
        "row 21, column pop",
        "panel.alike",
    ):
        assert said in done.stdout, said
    assert "Traceback" not in done.stdout + done.stderr
    content = json.loads((folder / "reports/mine/2024/check/check.json").read_text())
    assert [fault["code"] for fault in content["faults"]] == ["alike", "bad_number", "bad_weight"]
    fates = {row["rule"]: row for row in content["fates"]}
    assert fates["bad_number"]["examples"] == "2024: 6 (score: x9); 2024: 10 (score: x9)"
    assert fates["bad_number"]["rows"] == 2
    assert content["ready"] is False
    stopped = run_pipeline(folder, "report", "--study", "mine", "--lang", "en")
    assert stopped.returncode == 1
    assert all(code in stopped.stderr for code in ("look alike", "bad_number", "bad_weight", "make check STUDY=mine"))


def test_the_letter_speaks_indonesian_to_the_office_and_names_each_place(tmp_path: Path) -> None:
    folder = _workspace(tmp_path / "w", panel={"office": {"id": "Dinas Contoh"}})
    _edit(folder, _spoil)
    *_, final = _written(folder)
    letter = final / "letter-2024-panel.csv.docx"
    with zipfile.ZipFile(letter) as archive:
        text = re.sub(r"<[^>]+>", "", archive.read("word/document.xml").decode())
    for said in ("Yth. Kepala Dinas Contoh", "baris 6, kolom score", "Sel dalam kolom angka", "Nama yang sama ditulis"):
        assert said in text, said
    before = letter.read_bytes()
    _written(folder)
    assert letter.read_bytes() == before


def test_a_file_in_order_gives_status_0_and_no_letter(tmp_path: Path) -> None:
    folder = _workspace(tmp_path / "w")
    done = run_pipeline(folder, "check", "--study", "mine", "--lang", "all")
    assert (done.returncode, done.stderr) == (0, "")
    names = sorted(path.name for path in (folder / "reports/mine/2024/check").iterdir())
    assert names == ["check-en.html", "check-id.html", "check.json"]
    assert "\x1b" not in done.stdout


def test_the_demonstration_fits_one_screen_and_names_no_person(small: Path, medan: Study) -> None:
    done = run_pipeline(small, "check", "--lang", "id")
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(done.stdout.splitlines()) <= 50
    folder = small / "reports/medan-pendidikan/2024/check"
    raw = small / "data/raw/medan-pendidikan"
    rosters = [pd.read_excel(path, dtype=str) for path in sorted(raw.glob("*/*asn*.xlsx"))]
    pupils = [pd.read_csv(path, sep=";", dtype=str, encoding="cp1252") for path in sorted(raw.glob("*/asesmen.csv"))]
    held = [frame for frame in [*rosters, *pupils] if len(frame)]
    numbers = {
        cell
        for frame in held
        for name in frame
        for cell in frame[name].dropna()
        if re.fullmatch(r"\d{10}|\d{18}", cell)
    }
    assert len(numbers) > 1000
    text = (folder / "check.json").read_text() + (folder / "check.html").read_text() + done.stdout
    assert not set(re.findall(r"(?<!\d)(?:\d{10}|\d{18})(?!\d)", text)) & numbers
    assert persons_in([folder / "check.json", folder / "check.html"], small, None) == []


def test_the_size_of_a_small_cohort_stands_neither_in_page_nor_json(tmp_path: Path) -> None:
    folder = _workspace(tmp_path / "w")

    def two_alone(frame: pd.DataFrame) -> None:
        treated = sorted(frame.loc[frame["first_treated"] != "", "unit"].unique())[:2]
        frame.loc[frame["unit"].isin(treated), "first_treated"] = "2022"

    _edit(folder, two_alone)
    content, page, _ = _written(folder)
    rows = {row["cohort"]: row for row in content["cohorts"]}
    assert "2022" not in rows, "its size is not told, nor can it be worked out: it is not named"
    assert not [look for look in content["looks"] if look.get("cohort") == 2022]
    assert (rows["smaller"]["measured"], rows["smaller"]["used"], rows["smaller"]["why"]) == (2, 0, "too_few")
    assert "too few units to be shown" in page
    assert not any("given" in row for row in content["cohorts"])


def test_what_a_unit_of_measure_changes_is_seen(tmp_path: Path) -> None:
    folder = _workspace(tmp_path / "w")

    def hundredfold(frame: pd.DataFrame) -> None:
        late = frame["year"] == "2023"
        frame.loc[late, "score"] = (frame.loc[late, "score"].astype(float) * 100).astype(str)

    _edit(folder, hundredfold)
    found = {look.code: look.args for look in _understood(folder).looks}
    assert found["jump-period"]["period"] == 2023


def test_a_year_that_is_missing_between_others_is_seen_and_years_two_apart_are_none(tmp_path: Path) -> None:
    folder = _workspace(tmp_path / "w")

    path = folder / "data/raw/mine/2024/panel.csv"
    years = sorted(pd.read_csv(path, dtype=str)["year"].unique())

    def gaps(*without: str) -> list[object]:
        _edit(folder, lambda frame: frame.drop(index=frame.index[frame["year"].isin(without)], inplace=True))
        return [look.args for look in _understood(folder).looks if look.code == "gap"]

    assert not gaps()
    assert gaps(years[1]) == [{"period": int(years[1]), "count": 1}]
    assert not gaps(*years[1::2])


def test_one_cell_that_jumps_is_seen_and_steady_growth_is_not(tmp_path: Path) -> None:
    folder = _workspace(tmp_path / "w")
    assert not [look for look in _understood(folder).looks if look.code.startswith("jump")]

    def one(frame: pd.DataFrame) -> None:
        frame.loc[3, "score"] = str(float(frame.loc[3, "score"]) * 10)

    _edit(folder, one)
    jumps = [look.args for look in _understood(folder).looks if look.code == "jump-unit"]
    assert [args["unit"] for args in jumps] == ["u00"]


def test_settings_name_their_source_and_every_key_of_the_study(tmp_path: Path) -> None:
    folder = _workspace(tmp_path / "w", inference={"control": "not_yet"}, verdict={"power": 0.9})
    found = {one.key: (one.value, one.source) for one in settings(load_study("mine", folder))}
    assert found["inference.control"] == ("not_yet", "study")
    assert found["inference.level"] == ("0.95", "default")
    assert found["verdict.power"] == ("0.9", "study")
    assert found["verdict.pretrend_alpha"][1] == "default"
    assert found["panel.weight"] == ("pop", "study")


def test_a_fault_in_the_list_of_schools_does_not_make_the_other_files_faulty(small: Path, tmp_path: Path) -> None:
    folder = tmp_path / "w"
    shutil.copytree(small / "studies", folder / "studies")
    shutil.copytree(small / "data/raw", folder / "data/raw")
    (folder / "data/raw/medan-pendidikan/2023/sekolah.xlsx").write_bytes(b"PK\x03\x04 cut")
    (folder / "data/raw/medan-pendidikan/2022/biaya.csv").unlink(missing_ok=True)
    study = load_study("medan-pendidikan", folder)
    faults = understand(study, 2024, study.raw_root(folder)).faults
    assert [fault.code for fault in faults].count("damaged") == 1
    assert not [fault for fault in faults if fault.code in ("unknown_npsn", "cut") and "/2023/" in fault.where], faults


def test_each_kind_of_fault_has_its_sentence_in_every_language() -> None:
    codes = {*ADVICE, *FEWER} - {"total_or_note", "fewer_rows", "fewer_units"}
    for path in [*ROOT.glob("pipeline/sources/*.py"), *ROOT.glob("pipeline/clean/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "code" and isinstance(node.value, ast.Constant):
                codes.add(node.value.value)
    for lang in languages():
        missing = [code for code in sorted(codes) if not catalogue(lang).has(f"fault-{code.replace('_', '-')}")]
        assert missing == [], lang


def test_each_refusal_of_a_file_names_its_kind() -> None:
    nameless = []
    for path in [*ROOT.glob("pipeline/sources/*.py"), *ROOT.glob("pipeline/clean/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            ours_to_say = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "SourceError"
            if ours_to_say and not any(word.arg == "code" for word in node.keywords):
                nameless.append(f"{path.name}:{node.lineno}")
    ours = {"schemas.py", "tables.py", "panel.py"}  # of tidy tables and keys of the study: no fault of an office's file
    assert [place for place in nameless if place.split(":")[0] not in ours] == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda frame: frame.__setitem__("score", "1.5"), "does not vary"),
        (lambda frame: frame.__setitem__("first_treated", ""), "treated"),
        (lambda frame: frame.__setitem__("first_treated", "2021"), "compar"),
    ],
)
def test_a_panel_that_allows_no_estimate_is_told_before_anything_is_estimated(
    change: object, words: str, tmp_path: Path
) -> None:
    folder = _workspace(tmp_path / "w")
    _edit(folder, change)
    faults = _understood(folder).faults
    assert len(faults) == 1
    assert words in str(faults[0])


@pytest.mark.parametrize("case", ["04-formula-without-cached-value", "18-hidden-first-sheet"])
def test_what_is_hidden_or_not_calculated_is_told(case: str, tmp_path: Path) -> None:
    what = _understood(_workspace(tmp_path / "w", case))
    if case.startswith("04"):
        assert [fault.code for fault in what.faults] == ["formula"]
    else:
        assert any(look.code == "hidden" for look in what.looks)


def test_the_verb_is_in_the_makefile() -> None:
    done = subprocess.run(["make", "-n", "check", "STUDY=mine"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "python -m pipeline check" in done.stdout
