"""From the item bank to forms, to simulated answers in a server's export, through the cleaning step, to estimates."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
from pyxform import xls2xform

from pipeline.audit.pdf_words import words_of_pages
from pipeline.clean.run import clean_study
from pipeline.errors import StudyError
from pipeline.methods.feedback.sensitive import estimate
from pipeline.questionnaire.assignment import LETTERS, Secret, assign, tokens
from pipeline.questionnaire.run import make_questionnaire
from pipeline.questionnaire.wording import instruction
from pipeline.study import Study, load_study, load_survey
from pipeline.study.survey import FORMATS, Survey
from tests.conftest import make_workspace, run_pipeline

TRUE_SHARE = 0.30
KEY = "a key of this test, published nowhere"


def _secret(wave: int = 1) -> Secret:
    return Secret(KEY.encode(), "study", wave)


@pytest.fixture(autouse=True, scope="module")
def _own_key():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVALUATION_KEY", KEY)
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("questionnaire")
    (root / "batches.csv").write_text("batch,forms\nK01-0,40\nK01-1,33\nK02-0,7\n")
    make_questionnaire("medan-pendidikan", Path(__file__).parents[2], root / "out", root / "batches.csv")
    return root / "out"


def test_the_form_is_a_valid_xlsform_without_warnings(folder: Path) -> None:
    warnings: list[str] = []
    made = xls2xform.convert(str(folder / "form.xlsx"), warnings=warnings, validate=False)
    assert warnings == []
    assert "Bahasa Indonesia (id)" in made.xform
    assert "English (en)" in made.xform
    assert "<h:head>" in made.xform


def test_the_form_asks_for_nobody(folder: Path) -> None:
    rows = list(openpyxl.load_workbook(folder / "form.xlsx")["survey"].iter_rows(values_only=True))
    kinds = {str(row[0]).split()[0] for row in rows[1:] if row[0]}
    assert kinds <= {"note", "begin", "end", "select_one", "integer", "text", "calculate"}
    names = {str(row[1]) for row in rows[1:]}
    assert not names & {"nip", "name", "deviceid", "username", "phonenumber", "start", "end", "today", "unit", "npsn"}


def test_same_bytes(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "batches.csv").write_text("batch,forms\nK01-0,40\nK01-1,33\nK02-0,7\n")
    make_questionnaire("medan-pendidikan", Path(__file__).parents[2], tmp_path / "out", tmp_path / "batches.csv")
    for path in folder.iterdir():
        assert path.read_bytes() == (tmp_path / "out" / path.name).read_bytes(), path.name


@pytest.mark.parametrize("lang", ["id", "en"])
def test_paper_has_a_form_for_each_design(folder: Path, medan: Study, lang: str) -> None:
    pages = words_of_pages(folder / f"form-{lang}.pdf")
    assert len(pages) == len(FORMATS)
    text = re.sub(r"\s+", " ", " ".join(pages))
    assert medan.survey is not None
    for scale in medan.survey.scales:
        for item in scale.items:
            assert text.count(item.text[lang].split(".")[0]) >= len(FORMATS)


def test_designs_are_dealt_in_their_shares_within_each_batch(medan: Study) -> None:
    assert medan.survey is not None
    bank = medan.survey.sensitive
    assert bank is not None
    table = assign(bank, {"a": 200, "b": 61, "c": 5}, _secret())
    assert table["form"].is_unique
    assert table.groupby("batch").size().to_dict() == {"a": 200, "b": 61, "c": 5}
    for batch, part in table.groupby("batch"):
        for name in FORMATS:
            assert abs((part["format"] == name).sum() - bank.shares[name] * len(part)) < 1, (batch, name)
    assert (table["letter"] == table["format"].map(LETTERS)).all()
    assert not assign(bank, {"a": 200}, _secret(2)).equals(table[table["batch"] == "a"])


def test_tokens_are_not_tied_to_forms(folder: Path) -> None:
    forms = {row["form"] for row in csv.DictReader((folder / "assignment.csv").open())}
    given = pd.read_csv(folder / "tokens.csv")
    assert list(given.columns) == ["token"]
    assert len(given) == len(forms) == 80
    assert not forms & set(given["token"])


def test_codes_do_not_come_back_in_another_wave_and_need_the_key() -> None:
    waves = [tokens(2000, _secret(wave))["token"] for wave in range(1, 6)]
    assert pd.concat(waves).is_unique
    other = Secret(b"another key of sixteen or more", "study", 1)
    assert len(set(tokens(2000, other)["token"]) & set(waves[0])) < 5


def test_a_batch_named_like_a_formula_stays_text(tmp_path: Path) -> None:
    formula = '=HYPERLINK("http://x","y")'
    pd.DataFrame({"batch": [formula, "+1", "-K", "@a"], "forms": [5, 5, 5, 5]}).to_csv(tmp_path / "b.csv", index=False)
    make_questionnaire("medan-pendidikan", Path(__file__).parents[2], tmp_path / "out", tmp_path / "b.csv")
    cells = [
        cell
        for page in openpyxl.load_workbook(tmp_path / "out" / "form.xlsx")
        for row in page.iter_rows()
        for cell in row
    ]
    assert formula in {cell.value for cell in cells}
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    with (tmp_path / "out" / "assignment.csv").open(newline="") as file:
        assert all(not cell.startswith(("=", "+", "-", "@")) for row in csv.reader(file) for cell in row)


def test_instructions_follow_the_probabilities(medan: Study) -> None:
    assert medan.survey is not None
    bank = medan.survey.sensitive
    assert bank is not None
    assert "On 1, answer Yes" in instruction("forced", bank)["en"]
    assert "On 6, answer No" in instruction("forced", bank)["en"]
    assert "On 1-5," in instruction("warner", bank)["en"]
    assert bank.statement["en"] in instruction("list_treatment", bank)["en"]
    assert bank.statement["en"] not in instruction("list_control", bank)["en"]


def _export(survey: Survey, separator: str, n: int, batches: list[str], seed: int) -> tuple[list[str], list[list[str]]]:
    """What a form server exports: names behind their groups, columns of its own, one row a submission."""
    rng = np.random.default_rng(seed)
    bank = survey.sensitive
    assert bank is not None
    form = rng.choice(FORMATS, n, p=[bank.shares[f] for f in FORMATS])
    yes, die, other = rng.random(n) < TRUE_SHARE, rng.random(n), rng.random(n) < bank.innocuous_share
    count = (rng.random((n, 4)) < [0.5, 0.3, 0.05, 0.9]).sum(axis=1)
    forced = np.where(die < bank.forced_yes, True, np.where(die < bank.forced_yes + bank.forced_no, False, yes))
    said = {"direct": yes, "list_control": count, "list_treatment": count + yes, "forced": forced,
            "warner": np.where(die < bank.warner, yes, ~yes), "crosswise": yes == other}  # fmt: skip
    response = np.select([form == f for f in FORMATS], [said[f] for f in FORMATS])
    head = ["_id", "_uuid", "_submission_time"]
    head += [f"about{separator}{name}" for name in ("batch", "sex", "rank_group", "mode", "contact")]
    head += [f"{scale.name}{separator}{item.name}" for scale in survey.scales for item in scale.items]
    head += [f"reward{separator}course_away", f"protected{separator}format"]
    head += [f"protected{separator}by_{name}" for name in FORMATS]
    head += [f"protected{separator}response", f"open{separator}suggestion", "complete"]
    rows = []
    for k in range(n):
        own = [str(int(response[k])) if form[k] == name else "" for name in FORMATS]
        items = [str(v) for v in rng.integers(1, 6, len(survey.item_names))]
        about = [batches[k % len(batches)], "MF"[k % 2], "III", "web", "1"]
        tail = [str(int(response[k])), "Pak Budi Lubis kurang waktu" if k % 9 == 0 else "", "1"]
        rows.append([str(k), f"uuid-{k}", "2024-05-01T10:00:00", *about, *items, "0", str(form[k]), *own, *tail])
    return head, rows


@pytest.mark.parametrize(("separator", "kind"), [("/", "csv"), ("-", "csv"), ("/", "xlsx")])
def test_from_item_bank_to_estimates(tmp_path: Path, separator: str, kind: str) -> None:
    """Kobo (group/name), ODK Central (group-name) and a workbook are read as they come."""
    workspace = make_workspace(tmp_path, "standard")
    survey = load_survey("medan-pendidikan", workspace)
    raw = workspace / "data/raw/medan-pendidikan"
    known = sorted({row["Kelompok"] for row in csv.DictReader((raw / "2024/undangan.csv").open(encoding="utf-8-sig"))})
    head, rows = _export(survey, separator, 3000, known, seed=7)
    if kind == "csv":
        with (raw / "2024/jawaban.csv").open("w", newline="", encoding="utf-8-sig") as file:
            csv.writer(file, delimiter=";").writerows([head, *rows])
    else:
        _as_workbook(workspace, head, rows)
    study = load_study("medan-pendidikan", workspace)
    answers = clean_study(study, 2024, study.raw_root(workspace), tmp_path / "tables").tables["answers"]
    here = answers[answers["period"] == 2024].assign(weight=1.0)
    assert len(here) == 3000
    assert survey.sensitive is not None
    found = estimate(here, survey.sensitive)
    assert found.pooled is not None
    assert abs(found.pooled.value - TRUE_SHARE) < 3.5 * found.pooled.se
    assert here["theme_time"].sum() == here["said"].sum() == len(range(0, 3000, 9))
    assert "Lubis" not in here.to_csv()


def _as_workbook(workspace: Path, head: list[str], rows: list[list[str]]) -> None:
    """Every wave's answers as a workbook, and the study told so."""
    raw = workspace / "data/raw/medan-pendidikan"
    for path in sorted(raw.glob("*/jawaban.csv")):
        content = list(csv.reader(path.open(encoding="utf-8-sig"), delimiter=";"))
        book = openpyxl.Workbook()
        for row in [head, *rows] if path.parent.name == "2024" else content:
            book.active.append(row)  # type: ignore[union-attr]
        book.save(path.with_suffix(".xlsx"))
        path.unlink()
    file = workspace / "studies/medan-pendidikan/study.yml"
    file.write_text(file.read_text().replace("file: jawaban.csv", "file: jawaban.xlsx"))


def test_without_batches_the_command_says_what_to_do(tmp_path: Path) -> None:
    shutil.copytree(Path(__file__).parents[2] / "studies", tmp_path / "studies")
    done = run_pipeline(tmp_path, "questionnaire")
    assert done.returncode == 1
    assert "list of batches" in done.stderr
    assert "Traceback" not in done.stderr
    with pytest.raises(StudyError, match="item bank"):
        make_questionnaire("jtrain", tmp_path, None, None)


def test_a_spoilt_list_of_batches_is_refused(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text("group,forms\na,3\n")
    with pytest.raises(StudyError, match="cannot be read"):
        make_questionnaire("medan-pendidikan", Path(__file__).parents[2], tmp_path / "out", tmp_path / "b.csv")
    assert not (tmp_path / "out").exists()
