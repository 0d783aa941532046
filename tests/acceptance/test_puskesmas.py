"""Another sector, by quarters, by its study file alone: what is read, what is estimated, and how quarters print."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from pipeline.chapters import effects, group_time, service
from pipeline.chapters.analysis import estimate_outcome, judge_outcomes
from pipeline.clean.run import CleanResult, clean_study
from pipeline.errors import SourceError
from pipeline.ledger.entries import Ledger, read_results
from pipeline.ledger.gate import WITHHELD
from pipeline.periods import quarter_code
from pipeline.report.prose import Prose
from pipeline.study import ROOT, Study, load_study
from tests.acceptance import figures
from tests.backtests import keep
from tests.backtests.editions import HEALTH
from tests.conftest import run_pipeline
from tests.given import Given
from tests.report import following, pdf_tags, unmarked

NAME = "medan-puskesmas"


def make_workspace(folder: Path) -> Path:
    for part in (Path("studies") / NAME, Path("data/raw") / NAME):
        shutil.copytree(ROOT / part, folder / part)
    return folder


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_workspace(tmp_path_factory.mktemp("puskesmas"))


@pytest.fixture(scope="module")
def study(workspace: Path) -> Study:
    return load_study(NAME, workspace)


@pytest.fixture(scope="module")
def cleaned(workspace: Path, study: Study) -> CleanResult:
    return clean_study(study, 2024, study.raw_root(workspace), workspace / "out")


@pytest.fixture(scope="module")
def panel_file() -> pd.DataFrame:
    path = ROOT / "data" / "raw" / NAME / "2024" / "skm_triwulan.csv"
    return pd.read_csv(path, sep=";", decimal=",", dtype={"Kode Faskes": str}, encoding="utf-8-sig")


def test_quarters_however_written_become_one_panel(cleaned: CleanResult, panel_file: pd.DataFrame) -> None:
    assert panel_file["Triwulan"].nunique() > 12  # the file writes quarters in four ways
    panel = cleaned.tables["panel"]
    assert cleaned.periods == tuple(range(quarter_code(2022, 1), quarter_code(2024, 4) + 1))
    assert panel.groupby("unit")["period"].nunique().eq(12).all()
    assert panel["unit"].nunique() == 41
    account = cleaned.tables["row_account"]
    aside = account[(account["source"] == "panel") & (account["outcome"] == "set_aside")]
    truth = json.loads((ROOT / "tests/demo/truth/puskesmas.json").read_text(encoding="utf-8"))["faults"]
    assert aside.set_index("rule")["rows"].to_dict() == {"duplicate_row": truth["skm_triwulan.csv:duplicate_row"]}


def test_the_index_is_25_times_the_mean_of_nine(cleaned: CleanResult, panel_file: pd.DataFrame) -> None:
    row = panel_file.iloc[0]
    panel = cleaned.tables["panel"].set_index(["unit", "period"])
    found = panel.loc[(row["Kode Faskes"], quarter_code(2022, 1)), "skm_index"]
    assert found == pytest.approx(25 * row[[f"U{k}" for k in range(1, 10)]].astype(float).mean())
    skm = cleaned.tables["skm"]
    few = skm[skm["n"] < 5].set_index(["unit", "period"]).index
    assert len(few) == 1
    assert panel.loc[few, "skm_index"].isna().all()
    assert panel["skm_index"].isna().sum() == 1


def test_yearly_sources_know_the_panels_units_and_years(cleaned: CleanResult) -> None:
    tables = cleaned.tables
    units = set(tables["panel"]["unit"])
    for name in ("staff", "training", "ip_asn", "invited"):
        assert set(tables[name]["period"]) == {2022, 2023, 2024}, name
        assert set(tables[name]["unit"]) <= units, name
    entry = tables["panel"].drop_duplicates("unit").set_index("unit")["cohort"]
    yearly = tables["treatment"].set_index("unit")["cohort"]
    assert yearly.dropna().isin([2023, 2024]).all()
    assert (entry.dropna() // 4).eq(yearly.reindex(entry.index).dropna()).all()
    assert set(tables["batches"]["cohort"].dropna()) == {2023, 2024}
    assert len(tables["answers"])


def test_a_blind_panel_deals_quarters_and_years_out_together(
    workspace: Path, study: Study, cleaned: CleanResult
) -> None:
    dealt = clean_study(study, 2024, study.raw_root(workspace), workspace / "blind", blind=True).tables
    entry = dealt["panel"].drop_duplicates("unit").set_index("unit")["cohort"]
    yearly = dealt["treatment"].set_index("unit")["cohort"].reindex(entry.index)
    assert (entry // 4).astype("Int64").equals(yearly.astype("Int64"))
    before = cleaned.tables["panel"].drop_duplicates("unit").set_index("unit")["cohort"]
    assert not entry.equals(before)
    assert dealt["skm"].equals(cleaned.tables["skm"])


def test_main_estimate_covers_the_truth_and_quarters_print(study: Study, cleaned: CleanResult, tmp_path: Path) -> None:
    outcome = study.outcomes[0]
    found = estimate_outcome(study, cleaned.tables["panel"], outcome)
    kept = json.loads((ROOT / "tests/demo/truth/puskesmas.json").read_text(encoding="utf-8"))["effects"]["skm_index"]
    assert found.main.overall.low <= kept["simple"] <= found.main.overall.high
    assert found.main.overall.low > 0
    assert judge_outcomes(study.model_copy(update={"outcomes": [outcome]}), {outcome.name: found})[
        outcome.name
    ].code in ("strong", "moderate")
    by_cohort = found.main.group.set_index("cohort")
    for cohort, effect in kept["cohort"].items():
        assert by_cohort.loc[int(cohort), "low"] <= effect <= by_cohort.loc[int(cohort), "high"]
    with Ledger("03_effects", tmp_path) as results:
        context = Given(study, tmp_path, {"panel": cleaned.tables["panel"]}, {outcome.name: found})
        effects.record(results, context)
        group_time.record(results, context)
    for lang, first in (("id", "2023 T1"), ("en", "2023 Q1")):
        prose = Prose(study, 2024, lang, read_results(tmp_path), tmp_path / "figures")
        assert first in prose.table("tbl_cohort_skm_index")
        assert first in prose.table("tbl_calendar_skm_index")
        assert prose.period(quarter_code(2023, 1)) == first
        assert prose.period(2023) == "2023"
        assert "8092" not in prose.table("tbl_attgt_skm_index")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("2022-T2", "2022-T9", "bad_period"),
        ("2022-T2", "2025-T2", "outside_period"),
        ("99000001;", "PKM-1;", "bad_npsn"),
    ],
)
def test_what_does_not_fit_names_its_rule(tmp_path: Path, old: str, new: str, words: str) -> None:
    folder = make_workspace(tmp_path)
    path = folder / "data/raw" / NAME / "2024" / "skm_triwulan.csv"
    path.write_text(path.read_text(encoding="utf-8-sig").replace(old, new), encoding="utf-8-sig")
    study = load_study(NAME, folder)
    with pytest.raises(SourceError, match=words):
        clean_study(study, 2024, study.raw_root(folder), folder / "out")


def test_service_takes_entry_by_quarter_and_training_by_year(
    study: Study, cleaned: CleanResult, tmp_path: Path
) -> None:
    with Ledger("06_aims", tmp_path) as results:
        service.record(results, Given(study, tmp_path, cleaned.tables))
    found = read_results(tmp_path)
    assert "skm_effect" not in found.numbers  # the index is an outcome, judged there once
    assert [row["outcome"] for row in found.tables["tbl_skm_effects"].rows] == ["u6", "u7"]
    kept = json.loads((ROOT / "tests/demo/truth/puskesmas.json").read_text(encoding="utf-8"))["effects"]["skm_index"]
    for row in found.tables["tbl_skm_effects"].rows:  # both elements answer 1.8 times as strongly as their mean
        half = (row["high"] - row["low"]) / 2
        assert abs(row["value"] - 1.8 * kept["simple"]) < 1.5 * half
        assert row["treated"] == 25
    grades = found.tables["tbl_skm_grades"].rows
    assert len(grades) == 12
    for (
        row
    ) in grades:  # every puskesmas is scored or has too few respondents, and there are 41: no grade is alone in hiding
        parts = [row[key] for key in ("A", "B", "C", "D")]
        assert parts.count(WITHHELD) != 1 or row["units"] == row["without"] == WITHHELD
        assert (row["units"] == WITHHELD) == (row["without"] == WITHHELD)
    assert any(row["B"] == row["C"] == WITHHELD for row in grades)
    assert found.numbers["skm_dose"].low > 0


@pytest.mark.slow
def test_the_whole_report_renders(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path)
    done = run_pipeline(folder, "report", "--study", NAME, "--lang", "all", "--engine", "embedded")
    assert done.returncode == 0, done.stderr
    assert figures.faults(folder / "build" / NAME / "2024" / "results", "id") == []
    keep.check(HEALTH.name, read_results(folder / "build" / NAME / "2024" / "results"))
    for lang, quarter in (("id", "2024 T4"), ("en", "2024 Q4")):
        made = folder / "reports" / NAME / "2024" / lang
        html = (made / "report.html").read_text(encoding="utf-8")
        for volume in ("report", "supplement"):
            assert pdf_tags.faults(made / f"{volume}.pdf") == []
        assert {"report.html", "report.pdf", "report.docx"} <= {path.name for path in made.iterdir()}
        assert quarter in html
        found = following.Report(made, {"id": ",", "en": "."}[lang])
        assert unmarked.unmarked(found, lang, folder / "studies" / NAME) == []
        text = re.sub(r"<script.*?</script>|<[^>]*>|data:[^\"]*", "", html, flags=re.DOTALL)
        assert not any(f"{code}" in text for code in range(8088, 8100))
        windows = json.loads(re.search(r'<script type="application/json"[^>]*>(.*?)</script>', html, re.DOTALL)[1])  # type: ignore[index]
        assert windows["entries"]["last_period"]["value"] == quarter
