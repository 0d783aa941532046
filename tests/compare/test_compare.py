"""`compare`: each part of a difference is what it is by construction, or it is said that it cannot be told apart."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from lxml import html

from tests.compare.small import ASKED, code, data, everything_changes, published, under_version_control
from tests.conftest import run_pipeline

PARTS = ("code and software", "revised files", "new data", "choices of today")


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("compare") / "w")


@pytest.fixture
def root(before: Path, tmp_path: Path) -> Path:
    shutil.copytree(before, tmp_path / "w")
    return tmp_path / "w"


def compare(root: Path, *more: str):
    return run_pipeline(root, "compare", *ASKED, *more)


def split(root: Path) -> list[list[str]]:
    """The rows of the page's table of parts: step, change, value afterwards, verdict."""
    page = html.parse(str(root / "reports/tiny/2024/compare/compare.html")).getroot()
    (table,) = page.xpath("//*[@id='tbl-since-split']//table | //table[@id='tbl-since-split']")
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("./td")] for row in table.xpath(".//tbody/tr")]


def test_each_part_is_what_it_is_by_construction(root: Path) -> None:
    under_version_control(root)
    everything_changes(root)
    done = compare(root, "--edition", "2024", "--with", "2023")
    assert done.returncode == 0, done.stderr
    rows = split(root)
    assert rows[0][:3] == ["edition 2023 as it was published", "–", "107.0 points (102.0 to 112.0)"]
    told = {part: next(row for row in rows if row[0].startswith(part)) for part in PARTS}
    changes = [float(told[part][1].replace("+", "").replace(",", "")) for part in PARTS]
    assert changes == [1000.0, 1.0, 10.0, 100.0]
    assert told["choices of today"][2] == "1,218.0 points (1,213.0 to 1,223.0)"
    assert rows[0][3] == "Weak evidence"
    assert told["code and software"][3] == "Strong evidence"
    text = (root / "reports/tiny/2024/compare/compare.md").read_text(encoding="utf-8")
    for words in (
        "2023/panel.csv",
        "revised",
        "2024/panel.csv",
        "is the same to the byte",
    ):  # the notebook is the study's
        assert words in text, words
    for words in ("+1,000.0", "4 of 4", "revised"):
        assert words in done.stdout + done.stderr, words
    assert not (root / "build/tiny/2024").exists()  # all was run elsewhere
    assert not list((root / "build/.compare").iterdir())
    assert sorted(path.name for path in (root / "reports/tiny/2024").iterdir()) == ["compare"]


@pytest.mark.slow
def test_where_the_earlier_bytes_are_gone_the_parts_are_told_together(root: Path) -> None:
    everything_changes(root)  # and no version control
    done = compare(root, "--edition", "2024")
    assert done.returncode == 0, done.stderr
    rows = split(root)
    (both,) = [row for row in rows if row[0].startswith("not told apart")]
    assert "code and software" in both[0]
    assert "revised files" in both[0]
    assert both[1] == "+1,001.0"
    page = (root / "reports/tiny/2024/compare/compare.md").read_text(encoding="utf-8")
    assert re.search(
        r"^- code and software of today: the bytes .* version control: 2023/panel\.csv$", page, re.MULTILINE
    )


@pytest.mark.slow
def test_where_the_earlier_settings_cannot_be_read_the_parts_are_told_together(root: Path) -> None:
    path = root / "data/published/tiny/2023.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["study_files"]["study.yml"] += "a_key_of_an_earlier_version: 1\n"
    path.write_text(json.dumps(content), encoding="utf-8")
    everything_changes(root)
    done = compare(root, "--edition", "2024")
    assert done.returncode == 0, done.stderr
    (whole,) = [row for row in split(root) if row[0].startswith("not told apart")]
    assert whole[1] == "+1,111.0"
    page = (root / "reports/tiny/2024/compare/compare.md").read_text(encoding="utf-8")
    assert "a_key_of_an_earlier_version" in page.replace("\\", "")


@pytest.mark.slow
def test_a_file_that_came_late_is_revised_data(root: Path) -> None:
    data(root, 2022, 3)  # not read by the sum, though it is of an earlier year
    (root / "data/raw/tiny/2023/late.csv").write_text("1\n", encoding="utf-8")
    data(root, 2024, 10)
    done = compare(root, "--edition", "2024")
    assert done.returncode == 0, done.stderr
    assert [row[1] for row in split(root)] == ["–", "0.0", "0.0", "+10.0", "0.0"]
    text = (root / "reports/tiny/2024/compare/compare.md").read_text(encoding="utf-8")
    assert {"2022/panel.csv", "2023/late.csv", "2024/panel.csv"} <= set(re.findall(r"20\d\d/\w+\.csv", text))


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("--edition", "2024"), "Edition 2024 has no folder of raw data"),
        (("--edition", "2023"), "No edition before 2023 was published here"),
        (("--edition", "2023", "--with", "2022"), "Edition 2022 was not published here"),
        (("--edition", "2023", "--with", "2024"), "cannot be compared with '2024'"),
        (("--edition", "2023", "--with", "last"), "cannot be compared with 'last'"),
    ],
)
def test_an_edition_that_is_not_there_is_said(root: Path, asked: tuple[str, ...], words: str) -> None:
    done = compare(root, *asked)
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((root / "reports").rglob("compare"))


@pytest.mark.slow
def test_a_step_that_fails_leaves_the_last_page(root: Path) -> None:
    data(root, 2024, 10)
    assert compare(root, "--edition", "2024").returncode == 0
    folder = root / "reports/tiny/2024/compare"
    kept = {path.name: path.read_bytes() for path in folder.iterdir()}
    (root / "data/raw/tiny/2024/panel.csv").write_text("ten\n", encoding="utf-8")
    done = compare(root, "--edition", "2024")
    assert done.returncode == 1
    assert "01_clean" in done.stderr
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == kept
    assert sorted(path.name for path in folder.parent.iterdir()) == ["compare"]


@pytest.mark.slow
def test_the_same_call_writes_the_same_bytes(root: Path) -> None:
    data(root, 2024, 10)
    pages = []
    for _ in range(2):
        assert compare(root, "--edition", "2024").returncode == 0
        pages.append({path.name: path.read_bytes() for path in (root / "reports/tiny/2024/compare").iterdir()})
    assert pages[0] == pages[1]
    assert set(pages[0]) == {"compare.html", "compare.md"}


@pytest.mark.slow
def test_a_blind_run_leaves_no_record(root: Path) -> None:
    data(root, 2024, 10)
    code(root, 0)
    assert run_pipeline(root, "report", *ASKED, "--edition", "2024", "--blind").returncode == 0
    assert sorted(path.name for path in (root / "data/published/tiny").glob("*.json")) == ["2023.json"]


def test_the_record_is_closed_to_others_and_holds_the_study_file(root: Path) -> None:
    path = root / "data/published/tiny/2023.json"
    assert path.stat().st_mode & 0o077 == 0
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["study_files"]["study.yml"] == (root / "studies/tiny/study.yml").read_text(encoding="utf-8")
    assert set(content["raw"]) == {"2023/panel.csv"}
