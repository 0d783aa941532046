"""`make new`: a study from an office's own file, whatever its kind; the study it writes gives the right effect."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pandas as pd
import pytest
import yaml

from pipeline.clean.run import clean_study
from pipeline.errors import StudyError, UserError
from pipeline.methods.effects import group_time
from pipeline.methods.effects.design import make_design
from pipeline.start.new import new_study
from pipeline.study import ROOT, load_study
from tests.conftest import run_pipeline

INPUTS = ROOT / "tests/cases/inputs"
BASE = INPUTS / "11-villages-named-sumber/data/raw/mine/2024/panel.csv"


def _take(words: str, default: str | None, why: str) -> str:
    assert default is not None, f"nothing was guessed for {words}"
    assert why
    return default


def _effect(folder: Path, name: str) -> float:
    study = load_study(name, folder)
    year = study.resolve_edition("latest", folder)
    panel = clean_study(study, year, study.raw_root(folder), folder / "tables").tables["panel"]
    design = make_design(panel, study.outcomes[0].name, cluster="cluster" if "cluster" in panel else "unit")
    return round(group_time.estimate(design, draws=199).overall.value, 4)


@pytest.mark.parametrize(
    ("file", "effect"),
    [
        ("11-villages-named-sumber/data/raw/mine/2024/panel.csv", 2.1206),
        ("20-excel-unicode-text/data/raw/mine/2024/panel.csv", 2.1206),
        ("18-hidden-first-sheet/data/raw/mine/2024/panel.xlsx", 2.1206),
        ("05-decimal-comma-three-places/data/raw/mine/2024/panel.csv", 0.1005),
        ("17-file-kinds/panel.ods", None),
        ("17-file-kinds/panel_binary.xls", None),
    ],
)
def test_the_guessed_study_gives_the_right_effect(file: str, effect: float | None, tmp_path: Path) -> None:
    path = new_study("mine", INPUTS / file, tmp_path, _take)
    assert path == tmp_path / "studies/mine/study.yml"
    assert _effect(tmp_path, "mine") == (effect or pytest.approx(2.1206, abs=1e-3))


def test_numbers_that_can_be_read_both_ways_are_asked_about(tmp_path: Path) -> None:
    asked = []

    def ask(words: str, default: str | None, why: str) -> str:
        if words.startswith("Decimal mark"):
            asked.append((words, default))
            return "."
        return _take(words, default, why)

    new_study("mine", INPUTS / "17-file-kinds/panel_html.xls", tmp_path, ask)
    assert asked == [("Decimal mark of numbers such as 10.756 (a comma or a point)", None)]
    assert _effect(tmp_path, "mine") == pytest.approx(2.1206, abs=1e-3)


def test_headings_of_an_indonesian_office_under_a_title(tmp_path: Path) -> None:
    base = pd.read_csv(BASE, dtype=str, keep_default_na=False)
    frame = pd.DataFrame(
        {
            "No": [str(k) for k in range(1, len(base) + 1)],
            "Nama Sekolah": base["unit"],
            "Kecamatan": base["unit"].map(lambda unit: f"Kec {hash(unit) % 1}{len(unit) % 3}"),
            "Tahun": base["year"],
            "Tahun Mulai Program": base["first_treated"],
            "Jumlah Murid": [str(100 + k % 7) for k in range(len(base))],
            "Nilai Rata-rata": base["score"].str.replace(".", ","),
        }
    )
    file = tmp_path / "data sekolah.xlsx"
    with pd.ExcelWriter(file) as book:
        frame.to_excel(book, sheet_name="Rekap", index=False, startrow=3)
        book.sheets["Rekap"]["A1"] = "REKAPITULASI NILAI"
    content = yaml.safe_load(new_study("mine", file, tmp_path / "w", _take).read_text(encoding="utf-8"))
    panel = content["panel"]
    assert (panel["unit"], panel["period"], panel["cohort"]) == ("Nama Sekolah", "Tahun", "Tahun Mulai Program")
    assert (panel["cluster"], panel["decimal"], panel["sheet"]) == ("Kecamatan", ",", "Rekap")
    assert content["outcomes"][0]["column"] == "Nilai Rata-rata"
    assert _effect(tmp_path / "w", "mine") == 2.1206


def test_a_status_of_zeros_and_ones_and_quarters(tmp_path: Path) -> None:
    base = pd.read_csv(BASE, dtype=str, keep_default_na=False)
    year = base["year"].astype(int)
    first = pd.to_numeric(base["first_treated"]).fillna(9999)
    frame = pd.DataFrame(
        {
            "opd": base["unit"],
            "triwulan": [f"2024-T{k}" for k in (year - 2018) % 4 + 1],
            "ikut": (year >= first).astype(int),
        }
    ).assign(skor=base["score"])
    frame = frame[year.between(2018, 2021)]
    frame.to_csv(tmp_path / "q.csv", index=False)
    content = yaml.safe_load(new_study("mine", tmp_path / "q.csv", tmp_path / "w", _take).read_text())
    assert content["panel"]["frequency"] == "quarter"
    assert content["panel"]["treated"] == "ikut"
    assert "cohort" not in content["panel"]


def _quarterly(write: str, **columns: object) -> pd.DataFrame:
    """The panel by quarters, each written as `write` says with its year and number."""
    base = pd.read_csv(BASE, dtype=str, keep_default_na=False)
    base = base[base["year"].astype(int).between(2018, 2021)]
    number = base["year"].astype(int) - 2017
    first = pd.to_numeric(base["first_treated"]).fillna(9999)
    frame = pd.DataFrame({"Desa": base["unit"], "Quarter": [write.format(y=2024, q=q) for q in number]})
    return frame.assign(ikut=(number + 2017 >= first).astype(int), skor=base["score"], **columns)


@pytest.mark.parametrize(
    ("write", "frequency"),
    [("{y}Q{q}", "quarter"), ("Q{q}{y}", "quarter"), ("{y}-Q{q}", "quarter"), ("{q}Q{y}", "quarter"), ("{y}-0{q}", "month"),
     ("{y}m{q}", "month"), ("202{q}/202{q}", None), ("202{q}-01-01", "year")],
)  # fmt: skip
def test_the_usual_ways_to_write_a_period(write: str, frequency: str | None, tmp_path: Path) -> None:
    frame = _quarterly(write)
    if frequency is None:  # school years
        frame["Quarter"] = [f"{text[:4]}/{int(text[:4]) + 1}" for text in frame["Quarter"]]
    frame.to_csv(tmp_path / "q.csv", index=False)
    content = yaml.safe_load(new_study("mine", tmp_path / "q.csv", tmp_path / "w", _take).read_text(encoding="utf-8"))
    assert (content["panel"]["period"], content["panel"]["unit"]) == ("Quarter", "Desa")
    assert content["panel"].get("frequency", "year") == (frequency or "year")
    assert content["program"]["period_label"]["en"] == (frequency or "year")
    assert _effect(tmp_path / "w", "mine")


@pytest.mark.parametrize(("write", "cell"), [("K{q}-{y}", "'K1-2024'"), ("q{q} '24", '"q1 \'24"')])
def test_periods_that_cannot_be_read_are_named_with_the_forms_that_are(write: str, cell: str, tmp_path: Path) -> None:
    frame = _quarterly(write)
    frame.to_csv(tmp_path / "q.csv", index=False)
    asked: list[tuple[str, str]] = []

    def ask(words: str, default: str | None, why: str) -> str:
        asked.append((words, why))
        return default or "Quarter"

    with pytest.raises(StudyError, match="'Quarter' cannot be read") as met:
        new_study("mine", tmp_path / "q.csv", tmp_path / "w", ask)
    assert cell in str(met.value)
    assert "2023Q2" in met.value.expected
    assert [words for words, _ in asked] == ["Column of the periods"], "no unit can be told before the periods are read"
    assert f"column 'Quarter' looks like periods, but {cell} cannot be read" in asked[0][1]
    done = run_pipeline(tmp_path, "new", "--study", "mine", "--file", str(tmp_path / "q.csv"), "--yes")
    assert done.returncode == 1
    assert f"column 'Quarter' looks like periods, but {cell} cannot be read" in done.stderr


def test_one_wrong_cell_among_periods_is_the_one_that_is_named(tmp_path: Path) -> None:
    frame = _quarterly("{y}Q{q}")
    frame.loc[frame.index[5], "Quarter"] = "2024Q7"
    frame.to_csv(tmp_path / "q.csv", index=False)
    with pytest.raises(StudyError, match="2024Q7"):
        new_study("mine", tmp_path / "q.csv", tmp_path / "w", lambda words, default, why: default or "Quarter")


def test_a_heading_keeps_its_words(tmp_path: Path) -> None:
    base = pd.read_csv(BASE, dtype=str, keep_default_na=False).rename(columns={"score": "lifeExp"})
    base.to_csv(tmp_path / "p.csv", index=False)
    content = yaml.safe_load(new_study("mine", tmp_path / "p.csv", tmp_path / "w", _take).read_text(encoding="utf-8"))
    assert content["outcomes"][0]["name"] == "life_exp"
    assert content["outcomes"][0]["label"] == {"id": "lifeExp", "en": "lifeExp"}


def test_persons_become_pseudonyms_without_being_asked_for(tmp_path: Path) -> None:
    base = pd.read_csv(BASE, dtype=str, keep_default_na=False)
    codes = {unit: f"19800101200501{1 + k % 2}{k:03d}" for k, unit in enumerate(sorted(base["unit"].unique()))}
    base.assign(unit=base["unit"].map(codes)).rename(columns={"unit": "nip"}).to_csv(tmp_path / "p.csv", index=False)
    path = new_study("mine", tmp_path / "p.csv", tmp_path / "w", _take)
    assert yaml.safe_load(path.read_text())["panel"]["person_units"] is True
    assert "198001012005" not in path.read_text()


def test_a_fault_leaves_nothing_behind(tmp_path: Path) -> None:
    file = tmp_path / "p.csv"
    file.write_text("unit,year\na,2020\n", encoding="utf-8")
    with pytest.raises(UserError):
        new_study("mine", file, tmp_path / "w", lambda words, default, why: default or "nonsense")
    assert not list((tmp_path / "w").rglob("*.yml"))
    assert not (tmp_path / "w/data/raw/mine").exists()


def test_a_study_that_there_is_stays_as_it_is(tmp_path: Path) -> None:
    path = new_study("mine", BASE, tmp_path, _take)
    before = path.read_bytes()
    with pytest.raises(UserError, match="There is a study"):
        new_study("mine", BASE, tmp_path, _take)
    assert path.read_bytes() == before


def test_as_a_person_types_it(tmp_path: Path) -> None:
    (tmp_path / "studies").mkdir()
    done = run_pipeline(tmp_path, "new", "--study", "mine", "--file", str(BASE), "--yes")
    assert done.returncode == 0, done.stderr
    assert "Column of the units: unit (40 units" in done.stdout
    assert "Cohorts (units)" in done.stdout
    bad = run_pipeline(tmp_path, "new", "--study", "Mine Too", "--file", str(BASE), "--yes")
    assert bad.returncode == 1
    assert "Traceback" not in bad.stderr
    made = subprocess.run(
        ["make", "-n", "new", "STUDY=x", "FILE=p.csv", "YES=1"], cwd=ROOT, capture_output=True, text=True
    )
    assert "--yes" in made.stdout


def test_answers_that_end_before_the_last_question_leave_nothing_and_speak_of_no_report(tmp_path: Path) -> None:
    done = run_pipeline(tmp_path, "new", "--study", "mine", "--file", str(BASE))  # nobody types
    assert done.returncode == 130
    assert "nothing was written" in done.stderr
    assert "report" not in done.stderr
    assert not list(tmp_path.rglob("study.yml"))


def test_answers_that_are_typed_win_over_the_guesses(tmp_path: Path) -> None:
    base = pd.read_csv(BASE, dtype=str, keep_default_na=False)
    base["other"] = [f"{k * 0.37 % 11:.3f}" for k in range(len(base))]
    base.to_csv(tmp_path / "p.csv", index=False)

    def ask(words: str, default: str | None, why: str) -> str:
        return "other" if words == "Column of the outcome" else _take(words, default, why)

    content = yaml.safe_load(new_study("mine", tmp_path / "p.csv", tmp_path / "w", ask).read_text())
    assert content["outcomes"][0]["column"] == "other"
    with pytest.raises(UserError, match="no column 'nothing'"):
        new_study("two", tmp_path / "p.csv", tmp_path / "w", lambda words, default, why: "nothing")


def test_a_new_study_without_a_file_says_what_to_type(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="needs a name and a file") as met:
        new_study("mine", Path(), tmp_path, _take)
    assert "FILE=" in str(met.value)


def test_what_was_not_asked_for_is_worded_in_each_language_and_what_was_typed_in_all(tmp_path: Path) -> None:
    file = tmp_path / "panel.csv"
    rows = [(f"u{u}", year, 2022 if u < 5 else "", u + year / 7) for u in range(12) for year in range(2019, 2025)]
    text = "\n".join(",".join(map(str, row)) for row in [("unit", "year", "start", "score"), *rows])
    file.write_text(text + "\n", encoding="utf-8")

    def ask(words: str, default: str | None, why: str) -> str:
        return "mutu" if words.startswith("Name of the outcome") else _take(words, default, why)

    content = yaml.safe_load(new_study("mine", file, tmp_path / "w", ask).read_text(encoding="utf-8"))
    assert content["title"] == {"id": "Evaluasi mutu", "en": "Evaluation of mutu"}
    assert content["program"]["period_label"] == {"id": "tahun", "en": "year"}
    assert content["outcomes"][0]["label"] == {"id": "mutu", "en": "mutu"}
    assert "assigned_at" not in content["program"], "the data tell it"
