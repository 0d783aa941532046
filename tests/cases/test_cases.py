"""Small files with known right answers: each is read as it says, or the run stops with the right cause."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
import yaml

from pipeline.clean.run import READERS, Gathered, _cleaner, clean_study
from pipeline.errors import SourceError
from pipeline.methods.effects import group_time
from pipeline.methods.effects.design import make_design
from pipeline.study import ROOT, Study, load_study

INPUTS = Path(__file__).parent / "inputs"
ATT, SE = 2.1206, 0.1296
"""Of the panel that most of these files hold: 40 units, 20 of them treated, 7 periods."""


def _clean(folder: Path, out: Path) -> pd.DataFrame:
    study = load_study("mine", folder)
    return clean_study(study, 2024, folder / "data/raw/mine", out / "tables").tables["panel"]


def _effect(panel: pd.DataFrame) -> tuple[float, float]:
    overall = group_time.estimate(make_design(panel, "score", cluster="unit"), draws=199).overall
    return round(overall.value, 4), round(overall.se, 4)


def _copy(case: str, folder: Path, **panel: object) -> Path:
    """A workspace with a case's study; keys of its panel replaced, and its file left out where another is named."""
    shutil.copytree(INPUTS / case, folder / "work")
    path = folder / "work/studies/mine/study.yml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    content["panel"] = {key: value for key, value in {**content["panel"], **panel}.items() if value is not None}
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    return folder / "work"


@pytest.mark.parametrize(
    ("case", "att", "se"),
    [
        ("05-decimal-comma-three-places", 0.1005, 0.0007),
        ("07-bps-village-codes", ATT, SE),
        ("11-villages-named-sumber", ATT, SE),
        ("18-hidden-first-sheet", ATT, SE),
        ("20-excel-unicode-text", ATT, SE),
    ],
)
def test_the_right_effect_comes_out(case: str, att: float, se: float, tmp_path: Path) -> None:
    panel = _clean(INPUTS / case, tmp_path)
    assert (len(panel), panel["unit"].nunique()) == (280, 40)
    assert int(panel.groupby("unit")["cohort"].first().notna().sum()) == 20
    assert _effect(panel) == (att, se)


def test_na_and_exponents_of_an_r_export(tmp_path: Path) -> None:
    panel = _clean(INPUTS / "08-r-export-na-1e05", tmp_path)
    assert len(panel) == 280
    assert int(panel.groupby("unit")["cohort"].first().isna().sum()) == 20
    assert 100_000 in set(panel["score"])


@pytest.mark.parametrize("encoding", ["utf-16-le", "UTF-16LE", "utf16", "unicode", "UTF_16"])
@pytest.mark.parametrize("mark", [True, False])
def test_utf_16_by_any_name_with_and_without_its_mark(encoding: str, mark: bool, tmp_path: Path) -> None:
    folder = _copy("20-excel-unicode-text", tmp_path, encoding=encoding)
    path = folder / "data/raw/mine/2024/panel.csv"
    content = path.read_bytes()
    path.write_bytes(content if mark else content[2:])
    assert len(_clean(folder, tmp_path)) == 280


def test_a_formula_without_a_stored_value_is_refused_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        _clean(INPUTS / "04-formula-without-cached-value", tmp_path)
    for word in ("formula", "sheet Sheet", "row 16", "first_treated", "save"):
        assert word in str(caught.value)
    assert not (tmp_path / "tables").exists()


def _kind(source: str, name: str, folder: Path, **panel: object) -> Path:
    work = _copy("08-r-export-na-1e05", folder, file=name, **panel)
    (work / "data/raw/mine/2024/panel.csv").unlink()
    shutil.copyfile(INPUTS / "17-file-kinds" / source, work / "data/raw/mine/2024" / name)
    return work


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("panel_binary.xls", "panel.xls"), ("panel_binary.xls", "panel.xlsx"), ("panel.ods", "panel.ods"),
        ("panel_html.xls", "panel.xls"), ("panel_html.xls", "panel.csv"),
    ],
)  # fmt: skip
def test_kinds_are_told_by_their_bytes(source: str, name: str, tmp_path: Path) -> None:
    assert _effect(_clean(_kind(source, name, tmp_path, decimal="."), tmp_path)) == (ATT, SE)


def test_figures_of_three_decimals_alone_ask_for_their_mark(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        _clean(_kind("panel_html.xls", "panel.xls", tmp_path), tmp_path)
    for word in ("10.756 (row 2)", 'decimal: "."', "under panel", "HTML"):
        assert word in str(caught.value)


def test_a_locked_workbook_opens_with_the_password_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work = _kind("locked.xlsx", "panel.xlsx", tmp_path)
    monkeypatch.delenv("EVALUATION_PASSWORD", raising=False)
    with pytest.raises(SourceError, match="locked with a password") as caught:
        _clean(work, tmp_path)
    assert "EVALUATION_PASSWORD" in str(caught.value)
    monkeypatch.setenv("EVALUATION_PASSWORD", "salah-sekali")
    with pytest.raises(SourceError, match="does not open") as caught:
        _clean(work, tmp_path)
    assert "salah-sekali" not in str(caught.value)
    monkeypatch.setenv("EVALUATION_PASSWORD", "rahasia")
    assert _effect(_clean(work, tmp_path)) == (ATT, SE)


@pytest.fixture(scope="module")
def wave(tmp_path_factory: pytest.TempPathFactory) -> tuple[Study, Path]:
    """The demonstration's wave of 2024, whose answers a test replaces."""
    raw = tmp_path_factory.mktemp("wave") / "data/raw/medan-pendidikan"
    shutil.copytree(ROOT / "data/raw/medan-pendidikan/2024", raw / "2024")
    return load_study("medan-pendidikan", ROOT), raw


def _answers(wave: tuple[Study, Path], content: bytes) -> tuple[pd.DataFrame, dict[str, int]]:
    study, raw = wave
    (raw / "2024/jawaban.csv").write_bytes(content)
    cleaner = _cleaner(study, raw, Gathered())
    readers = {**READERS, **cleaner.kit.readers}
    for name in ("schools", "staff", "invited"):
        readers[name](cleaner, 2024)
    table = readers["answers"](cleaner, 2024)
    cleaner.faults.stop()
    assert table is not None
    return table, dict(cleaner.accounts[-1].notes)


KOBO = INPUTS / "13-kobo-export"


@pytest.mark.parametrize("name", sorted(path.name for path in KOBO.glob("*.csv")))
def test_exports_of_a_form_server_say_the_same(name: str, wave: tuple[Study, Path]) -> None:
    """Labels, labels in part, two versions of a form, n/a, typed words: what the plain export says."""
    plain, _ = _answers(wave, (KOBO / "plain.csv").read_bytes())
    table, _ = _answers(wave, (KOBO / name).read_bytes())
    items = [*wave[0].survey.item_names, wave[0].survey.reward.name]  # type: ignore[union-attr]
    assert (len(table), int(table[items].isna().sum().sum()), int(table["said"].sum())) == (59, 0, 0)
    pd.testing.assert_frame_equal(table, plain)


@pytest.mark.parametrize("separator", ["-", ".", ":", "__"])
def test_any_separator_between_group_and_name(separator: str, wave: tuple[Study, Path]) -> None:
    plain, _ = _answers(wave, (KOBO / "plain.csv").read_bytes())
    head, _, body = (KOBO / "plain.csv").read_bytes().partition(b"\n")
    table, _ = _answers(wave, head.replace(b"/", separator.encode()) + b"\n" + body)
    pd.testing.assert_frame_equal(table, plain)


def test_answers_that_no_choice_has_are_refused_with_that_cause(wave: tuple[Study, Path]) -> None:
    text = (KOBO / "labels.csv").read_bytes().replace(b"Setuju", b"Mungkin").replace(b"setuju", b"mungkin")
    with pytest.raises(SourceError, match="answer_code_unknown") as caught:
        _answers(wave, text)
    assert "XML values" in str(caught.value)


def test_split_questions_are_refused_with_that_cause(wave: tuple[Study, Path]) -> None:
    text = (KOBO / "plain.csv").read_bytes().replace(b"motivation/m1;", b"motivation/m1/1;", 1)
    with pytest.raises(SourceError, match="'m1' is split into"):
        _answers(wave, text)


def test_two_versions_that_contradict_each_other_are_refused(wave: tuple[Study, Path]) -> None:
    lines = (KOBO / "two_versions.csv").read_text(encoding="utf-8-sig").splitlines()
    cells = lines[2].split(";")
    cells[-1] = "2" if cells[5] != "2" else "3"
    lines[2] = ";".join(cells)
    with pytest.raises(SourceError, match="differ in a row"):
        _answers(wave, "\n".join(lines).encode())


def test_school_years_are_the_years_in_which_they_end(tmp_path: Path) -> None:
    folder = _copy("11-villages-named-sumber", tmp_path)
    path = folder / "data/raw/mine/2024/panel.csv"
    panel = pd.read_csv(path, dtype=str, keep_default_na=False)
    for name in ("year", "first_treated"):
        panel[name] = panel[name].map(lambda year: f"{int(year) - 1}/{year}" if year else "")
    panel.to_csv(path, index=False)
    assert _effect(_clean(folder, tmp_path)) == (ATT, SE)


def test_a_word_for_never_is_told_as_one(tmp_path: Path) -> None:
    folder = _copy("11-villages-named-sumber", tmp_path)
    path = folder / "data/raw/mine/2024/panel.csv"
    panel = pd.read_csv(path, dtype=str, keep_default_na=False)
    panel.assign(first_treated=panel["first_treated"].replace("", "tidak pernah")).to_csv(path, index=False)
    with pytest.raises(SourceError, match="never treated, say so") as caught:
        _clean(folder, tmp_path)
    assert "'tidak pernah'" in str(caught.value)
    study = folder / "studies/mine/study.yml"
    content = yaml.safe_load(study.read_text())
    content["panel"]["never"] = ["Tidak pernah"]
    study.write_text(yaml.safe_dump(content))
    assert _effect(_clean(folder, tmp_path)) == (ATT, SE)
